use std::io;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::day;
use super::rollup::JsonCounts;
use super::write::write;
use crate::history::{MarkId, Oldest, State};
use crate::model::{Status, whole_percent};
use crate::view::{Forecast, Point, Trend, TrendRow};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonTrend<'a> {
    version: u32,
    today: String,
    name: &'a str,
    cycle: JsonCycle<'a>,
    /// For which versions there is a point: `commit`, `day` or `week`.
    by: &'static str,
    /// The first and the last day of the time that is looked at.
    from: String,
    to: String,
    /// How many committed versions were read, and how many could not be.
    versions: usize,
    unread: usize,
    /// Whether the newest version is the file as it is now, with what is not committed.
    uncommitted: bool,
    /// Why nothing is told from before the oldest version: `first`, `since` or `shallow`.
    oldest: &'static str,
    rows: Vec<JsonRow<'a>>,
    /// How many key results the filters hide; counts and progress are of all.
    hidden: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonRow<'a> {
    address: String,
    title: &'a str,
    #[serde(flatten)]
    now: Option<JsonStanding>,
    /// How far it was to have come by today.
    expected: Option<u8>,
    /// By how many percentage points it moved in the last two weeks.
    recently: Option<f64>,
    due: Option<String>,
    forecast: Option<JsonForecast>,
    points: Points<'a>,
    /// The statuses that a key result had, the oldest first; `null` is one that it was not there.
    statuses: Option<Vec<JsonStay<'a>>>,
    /// The moves of its due day, the oldest first.
    due_moves: Option<Vec<JsonMove<'a>>>,
}

/// How something stood: a key result has a status, what stands above has counts.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonStanding {
    progress: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<JsonCounts>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonForecast {
    /// `reached`, `too-few`, `standstill`, `falls-back`, `not-in-sight` or `reaches`.
    course: &'static str,
    day: Option<String>,
    days_late: Option<i64>,
    earliest: Option<String>,
    latest: Option<String>,
    /// How many different values it is made of, and over how many days.
    values: Option<usize>,
    over: Option<i64>,
}

/// Points that are written as they come: there may be one for each commit in each row.
struct Points<'a>(&'a Trend<'a>, &'a TrendRow<'a>);

#[derive(Serialize)]
struct JsonPoint<'a> {
    #[serde(flatten)]
    version: JsonVersion<'a>,
    #[serde(flatten)]
    state: JsonStanding,
    expected: Option<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonStay<'a> {
    status: Option<&'static str>,
    days: i64,
    until: String,
    /// Whether it may have been so for longer: what came before is not known.
    at_least: bool,
    #[serde(flatten)]
    version: JsonVersion<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonMove<'a> {
    from: String,
    to: String,
    days: i64,
    #[serde(flatten)]
    version: JsonVersion<'a>,
}

/// The day from which on something was so; commit and author are `null` for what is not committed.
#[derive(Serialize)]
struct JsonVersion<'a> {
    day: String,
    commit: Option<String>,
    author: Option<&'a str>,
}

/// Writes progress and status over time, every field of each row.
pub fn trend(out: &mut dyn io::Write, trend: &Trend<'_>) -> io::Result<()> {
    let course = trend.course;
    let json = JsonTrend {
        version: VERSION,
        today: day(trend.today),
        name: &trend.plan.name,
        cycle: JsonCycle::new(&trend.cycle),
        by: trend.by.word(),
        from: day(trend.from),
        to: day(trend.to),
        versions: course.versions,
        unread: course.unread,
        uncommitted: course.is_uncommitted(),
        oldest: match course.oldest {
            Oldest::First => "first",
            Oldest::Since => "since",
            Oldest::Cut => "shallow",
        },
        rows: trend
            .rows
            .iter()
            .map(|row| JsonRow::new(trend, row))
            .collect(),
        hidden: trend.hidden,
    };
    write(out, &json)
}

impl<'a> JsonRow<'a> {
    fn new(trend: &'a Trend<'a>, row: &'a TrendRow<'a>) -> Self {
        let statuses = row.stays.iter().map(|stay| JsonStay {
            status: stay.status.map(Status::word),
            days: stay.days(),
            until: day(stay.until),
            at_least: stay.is_cut,
            version: JsonVersion::new(trend, stay.mark),
        });
        let moves = row.moves.iter().map(|due| JsonMove {
            from: day(due.from),
            to: day(due.to),
            days: due.days(),
            version: JsonVersion::new(trend, due.at),
        });
        let is_key_result = row.key_result.is_some();
        Self {
            address: row.address.to_string(),
            title: row.title,
            now: row.now.map(JsonStanding::new),
            expected: row.expected.map(whole_percent),
            // Tenths are enough, and read better.
            recently: row.recently.map(|points| (10.0 * points).round() / 10.0),
            due: row.due.map(day),
            forecast: row.forecast.map(JsonForecast::new),
            points: Points(trend, row),
            statuses: is_key_result.then(|| statuses.collect()),
            due_moves: is_key_result.then(|| moves.collect()),
        }
    }
}

impl JsonStanding {
    fn new(state: State) -> Self {
        Self {
            progress: state.progress().map(whole_percent),
            status: state.status().map(Status::word),
            counts: match state {
                State::Rollup(rollup) => Some(JsonCounts::new(rollup.counts)),
                State::KeyResult { .. } => None,
            },
        }
    }
}

impl JsonForecast {
    fn new(forecast: Forecast) -> Self {
        let reaches = match forecast {
            Forecast::Reaches(reaches) => Some(reaches),
            _ => None,
        };
        let day = |day: NaiveDate| day.to_string();
        Self {
            course: match forecast {
                Forecast::Reached => "reached",
                Forecast::TooFew { .. } => "too-few",
                Forecast::Standstill => "standstill",
                Forecast::FallsBack => "falls-back",
                Forecast::NotInSight => "not-in-sight",
                Forecast::Reaches(_) => "reaches",
            },
            day: reaches.map(|reaches| day(reaches.day)),
            days_late: reaches.map(|reaches| reaches.late),
            earliest: reaches.map(|reaches| day(reaches.earliest)),
            latest: reaches.and_then(|reaches| reaches.latest).map(day),
            values: match forecast {
                Forecast::TooFew { values } => Some(values),
                _ => reaches.map(|reaches| reaches.values),
            },
            over: reaches.map(|reaches| reaches.over),
        }
    }
}

impl<'a> JsonVersion<'a> {
    fn new(trend: &'a Trend<'a>, mark: MarkId) -> Self {
        let mark = trend.course.mark(mark);
        let author = mark.commit.as_ref().map(|commit| commit.author);
        Self {
            day: day(mark.day),
            commit: mark.commit.map(|commit| commit.id),
            author,
        }
    }
}

impl Serialize for Points<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(trend, row) = *self;
        serializer.collect_seq(trend.points(row).map(|point: Point| JsonPoint {
            version: JsonVersion::new(trend, point.mark),
            state: JsonStanding::new(point.state),
            expected: point.expected.map(whole_percent),
        }))
    }
}
