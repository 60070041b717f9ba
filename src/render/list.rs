use std::io;

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::dates::{date, days_left, short_date};
use super::look::{Look, Tone, one_line, percent, status_words, tone};
use super::table::{Cell, Column, Table};
use super::wrapped::wrapped;
use crate::model::{Id, KeyResult, Measure, Number, OnTrack, Plan};
use crate::text::shorten;
use crate::view::{CycleLine, Row};

/// Key results to be written one to a row.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The cycle they are of.
    pub cycle: CycleLine<'a>,
    /// The key results.
    pub rows: &'a [Row<'a>],
    /// The columns asked for; none means those that tell the rows apart.
    pub columns: &'a [ListColumn],
    /// The day.
    pub today: NaiveDate,
}

/// Declares the columns of a list with the names they are asked for by.
macro_rules! columns {
    ($( #[doc = $doc:literal] $column:ident = $name:literal, )*) => {
        /// A column of a list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ListColumn {
            $( #[doc = $doc] $column, )*
        }

        impl ListColumn {
            /// Every column.
            pub const ALL: &'static [Self] = &[$( Self::$column, )*];

            /// Returns the name that it is asked for by, and that stands over it.
            pub fn name(self) -> &'static str {
                match self {
                    $( Self::$column => $name, )*
                }
            }

            /// Returns the column of a name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|column| column.name() == name)
            }
        }
    };
}

columns! {
    /// The id.
    Id = "id",
    /// The title.
    Title = "title",
    /// The short title, else the title.
    Short = "short",
    /// How it stands, as its owner says.
    Status = "status",
    /// A promise or a stretch.
    Kind = "kind",
    /// How far it has come.
    Progress = "progress",
    /// How its progress compares with the time it has had.
    Pace = "pace",
    /// The figure now.
    Current = "current",
    /// The figure to reach.
    Target = "target",
    /// What the figures count.
    Unit = "unit",
    /// The figure at the start.
    Baseline = "baseline",
    /// How likely its owner thinks it is to be reached.
    Confidence = "confidence",
    /// The grade given at the close.
    Score = "score",
    /// The day on which it is due.
    Due = "due",
    /// The days left until then.
    Days = "days",
    /// Who answers for it.
    Owner = "owner",
    /// Who reads its check-ins.
    Reviewer = "reviewer",
    /// The objective's id.
    Objective = "objective",
    /// The theme's id.
    Theme = "theme",
    /// Who acts with the team, the objective's partners included.
    Partners = "partners",
    /// Words to filter by.
    Tags = "tags",
    /// The cycle's id.
    Cycle = "cycle",
    /// The day of the latest check-in that found nothing changed.
    Checked = "checked",
    /// The next milestone.
    Next = "next",
    /// The last note.
    Note = "note",
    /// What the team needs from its readers.
    Ask = "ask",
    /// How widely it may be shown.
    Visibility = "visibility",
}

/// Writes a list as a table; what is the same on every row is said once below it.
pub fn list(out: &mut dyn io::Write, list: &List<'_>, look: Look) -> io::Result<()> {
    if list.rows.is_empty() {
        return Ok(());
    }
    let (columns, said) = if list.columns.is_empty() {
        list.telling(look)
    } else {
        (list.columns.to_vec(), String::new())
    };
    let heads = columns.iter().map(|column| column.head(look));
    let mut table = Table::titled(heads.collect());
    for row in list.rows {
        let cells = columns.iter().map(|column| list.cell(*column, row, look));
        table.row(cells.collect());
    }
    table.write(out, look)?;
    if !said.is_empty() {
        writeln!(out)?;
        wrapped(out, "", &said, look)?;
    }
    Ok(())
}

impl ListColumn {
    fn head(self, look: Look) -> Column {
        match self {
            Self::Id
            | Self::Progress
            | Self::Current
            | Self::Target
            | Self::Baseline
            | Self::Confidence
            | Self::Score => Column::right(self.name()),
            Self::Title
            | Self::Short
            | Self::Pace
            | Self::Unit
            | Self::Owner
            | Self::Reviewer
            | Self::Partners
            | Self::Tags
            | Self::Next
            | Self::Note
            | Self::Ask => Column::flexible(self.name()),
            // Ids may be of any length; where there is no room they give way too.
            Self::Objective | Self::Theme if look.is_narrow() => Column::flexible(self.name()),
            _ => Column::left(self.name()),
        }
    }
}

impl List<'_> {
    /// Returns the columns in which the rows differ, and in words what is the same in all.
    fn telling(&self, look: Look) -> (Vec<ListColumn>, String) {
        use ListColumn as Column;

        let mut columns = vec![Column::Id, Column::Status, Column::Progress];
        let mut said = Vec::new();
        let mut open = self.rows.iter().filter(|row| row.days_left.is_some());
        let first = open.next();
        let same_due = first.is_none_or(|first| open.all(|row| row.due == first.due));
        if !same_due {
            columns.push(if self.cycle.is_over() {
                Column::Due
            } else {
                Column::Days
            });
        } else if let Some((due, days)) = first.and_then(|first| first.due.zip(first.days_left)) {
            let days = if self.cycle.is_over() {
                String::new()
            } else {
                format!(" ({})", days_left(days))
            };
            said.push(format!("due {}{days}", date(due)));
        }
        let mut owners = self.rows.iter().map(|row| row.owner);
        let owner = owners.next().flatten();
        if owners.any(|other| other != owner) {
            columns.push(Column::Owner);
        } else if let Some(owner) = owner {
            said.push(format!(
                "owned by {}",
                one_line(self.plan.person_name(owner))
            ));
        }
        columns.push(if look.is_narrow() {
            Column::Short
        } else {
            Column::Title
        });
        // Of one row there is no "all".
        if said.is_empty() {
            return (columns, String::new());
        }
        let all = match self.rows.len() {
            1 => "It is",
            _ if same_due && first.is_some() && self.rows.iter().any(|row| !row.is_open) => {
                "Everything open is"
            }
            _ => "All are",
        };
        (columns, format!("{all} {}.", said.join(" and ")))
    }

    fn cell(&self, column: ListColumn, row: &Row<'_>, look: Look) -> Cell {
        use ListColumn as Column;

        match column {
            Column::Status => Cell::toned(
                tone(row.status),
                format!("{} {}", look.sign(row.status), status_words(row.status)),
            ),
            Column::Progress => match row.progress {
                Some(_) => percent(row.progress, look).into(),
                None => row
                    .figure()
                    .map_or(look.dash().into(), |figure| one_line(&figure).into_owned())
                    .into(),
            },
            Column::Pace => pace(row).into(),
            Column::Due => row
                .due
                .map_or(String::new(), |due| short_date(due, self.today))
                .into(),
            Column::Days => {
                let tone = match row.days_left {
                    Some(..0) => Tone::Bad,
                    Some(0) => Tone::Warn,
                    _ => Tone::Plain,
                };
                Cell::toned(tone, row.days_left.map_or(String::new(), days_left))
            }
            Column::Checked => row
                .key_result
                .checked
                .map_or(String::new(), |day| short_date(day, self.today))
                .into(),
            Column::Next => self.next(row, |day| short_date(day, self.today)).into(),
            Column::Note => self
                .note(row, |day| short_date(day, self.today))
                .map_or(String::new(), |note| {
                    shorten(&one_line(&note), 300, look.ellipsis()).into_owned()
                })
                .into(),
            other => match self.plain(other, row) {
                // People are shown by name.
                Plain::Text(id) if matches!(other, Column::Owner | Column::Reviewer) => {
                    one_line(self.plan.person_name(&id)).into_owned().into()
                }
                Plain::Text(text) => one_line(&text).into_owned().into(),
                Plain::Figure(figure) => figure.to_string().into(),
                Plain::Whole(number) => number.to_string().into(),
                Plain::Nothing => String::new().into(),
            },
        }
    }

    /// Returns what stands in a column as it is, for whatever reckons with it.
    pub(super) fn plain(&self, column: ListColumn, row: &Row<'_>) -> Plain {
        use ListColumn as Column;

        let key_result = row.key_result;
        let text =
            |text: Option<&str>| text.map_or(Plain::Nothing, |text| Plain::Text(text.into()));
        let id = |id: Option<&Id>| text(id.map(Id::as_str));
        let day = |day: Option<NaiveDate>| text(day.map(|day| day.to_string()).as_deref());
        let figure = |number: Option<Number>| number.map_or(Plain::Nothing, Plain::Figure);
        let (baseline, current) = figures(key_result);
        match column {
            Column::Id => id(Some(row.id)),
            Column::Title => text(Some(&key_result.title)),
            Column::Short => text(Some(key_result.short_title())),
            Column::Status => text(Some(row.status.word())),
            Column::Kind => text(Some(key_result.kind().word())),
            Column::Progress => row.progress.map_or(Plain::Nothing, |progress| {
                Plain::Whole(crate::model::whole_percent(progress).into())
            }),
            Column::Pace => row.pace.map_or(Plain::Nothing, |pace| {
                Plain::Whole(pace.points.floor() as i64)
            }),
            Column::Current => figure(current),
            Column::Target => figure(key_result.target),
            Column::Unit => text(key_result.unit.as_deref()),
            Column::Baseline => figure(baseline),
            Column::Confidence => figure(key_result.confidence.map(|confidence| confidence.0)),
            Column::Score => figure(key_result.score.map(|score| score.0)),
            Column::Due => day(row.due),
            Column::Days => row.days_left.map_or(Plain::Nothing, Plain::Whole),
            Column::Owner => text(row.owner),
            Column::Reviewer => text(self.plan.reviewer_of(key_result)),
            Column::Objective => id(Some(&key_result.objective)),
            Column::Theme => id(row.theme),
            Column::Partners => text(Some(&partners(self.plan, key_result).join(", "))),
            Column::Tags => text(Some(&key_result.tags.join(", "))),
            Column::Cycle => id(self.plan.cycle_id_of(key_result)),
            Column::Checked => day(key_result.checked),
            Column::Next => text(Some(&self.next(row, |day| day.to_string()))),
            Column::Note => text(self.note(row, |day| day.to_string()).as_deref()),
            Column::Ask => text(key_result.ask.as_deref()),
            Column::Visibility => text(Some(row.visibility.word())),
        }
    }

    /// Returns the next open milestone with its day; one without a day only where none has one.
    fn next(&self, row: &Row<'_>, day: impl Fn(NaiveDate) -> String) -> String {
        if let Some(step) = row.steps(self.today).first() {
            return format!("{} ({})", step.title, day(step.due));
        }
        let mut steps = row.key_result.milestones.values();
        steps
            .find(|step| row.is_open && !step.is_done())
            .map_or(String::new(), |step| step.name.clone())
    }

    fn note(&self, row: &Row<'_>, day: impl Fn(NaiveDate) -> String) -> Option<String> {
        let note = row.key_result.last_note()?;
        let by = note.by.as_deref().map(|by| self.plan.person_name(by));
        let by = by.map_or(String::new(), |by| format!(", {by}"));
        Some(format!("{} ({}{by})", note.text, day(note.on)))
    }
}

/// What stands in a column, as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain {
    /// Words of the plan.
    Text(String),
    /// A figure of the plan.
    Figure(Number),
    /// A number that loti reckoned.
    Whole(i64),
    /// Nothing.
    Nothing,
}

/// Returns the figures at the start and now, those of a metric also where they go without saying.
pub(super) fn figures(key_result: &KeyResult) -> (Option<Number>, Option<Number>) {
    match key_result.measure() {
        Measure::Metric {
            baseline, current, ..
        } => (Some(baseline), Some(current)),
        _ => (key_result.baseline, key_result.current),
    }
}

/// Returns who acts with the team on a key result: its own partners, then its objective's.
pub(super) fn partners<'a>(plan: &'a Plan, key_result: &'a KeyResult) -> Vec<&'a str> {
    let objective = plan.objectives.get(&key_result.objective);
    let above = objective
        .into_iter()
        .flat_map(|objective| &objective.partners);
    let all = key_result.partners.iter().chain(above).map(String::as_str);
    all.collect::<IndexSet<_>>().into_iter().collect()
}

/// Returns how progress compares with time in words, and what loti asks about it.
pub(super) fn pace(row: &Row<'_>) -> String {
    match (row.on_track, row.pace) {
        (Some(OnTrack::Behind(pace)), _) => {
            format!("on track? {} points behind", (-pace.points).floor())
        }
        (Some(OnTrack::LateToStart), _) => "late to start".to_owned(),
        (None, Some(pace)) if pace.points.abs() < 1.0 => "as the time".to_owned(),
        (None, Some(pace)) if pace.points < 0.0 => {
            format!("{} points behind", (-pace.points).floor())
        }
        (None, Some(pace)) => format!("{} points ahead", pace.points.floor()),
        (None, None) => String::new(),
    }
}
