//! Key results one to a row, as text; what else stands in their columns is for CSV too.

mod telling;
mod words;

use std::io;

use chrono::NaiveDate;

use self::telling::Telling;
pub(super) use self::words::{figures, pace, partners};
use super::dates::{days_left, short_date};
use super::look::{Look, Tone, one_line, percent, status_words, tone};
use super::table::{Cell, Column, Table};
use super::wrapped::wrapped;
use crate::model::{Id, Number, Plan};
use crate::text::shorten;
use crate::view::{CycleLine, Dated, Row};

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
    /// What the rows were looked for or put in order by, and so is shown beside those.
    pub by: &'a [ListColumn],
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
    /// The day it was last heard of: its latest note, check-in or start.
    Heard = "heard",
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
    let Telling {
        columns,
        after_title,
        said,
    } = if list.columns.is_empty() {
        list.telling(look)
    } else {
        Telling {
            columns: list.columns.to_vec(),
            ..Telling::default()
        }
    };
    let heads = columns.iter().map(|column| column.head(look));
    let mut table = Table::titled(heads.collect());
    for row in list.rows {
        let mut cells: Vec<Cell> = columns
            .iter()
            .map(|column| list.cell(*column, row, look))
            .collect();
        if let Some(title) = cells.last_mut() {
            for column in &after_title {
                let more = list.cell(*column, row, look).text;
                if !more.is_empty() {
                    title.text = format!("{}{}{more}", title.text, look.dot()).into();
                }
            }
        }
        table.row(cells);
    }
    table.write(out, look)?;
    if !said.is_empty() {
        writeln!(out)?;
        wrapped(out, "", &said, look)?;
    }
    Ok(())
}

impl ListColumn {
    /// Returns whether it is known of what is known in outline alone.
    fn is_of_outline(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Title
                | Self::Short
                | Self::Status
                | Self::Due
                | Self::Days
                | Self::Objective
                | Self::Theme
                | Self::Cycle
                | Self::Visibility
        )
    }

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
    fn cell(&self, column: ListColumn, row: &Row<'_>, look: Look) -> Cell<'_> {
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
            Column::Due => self.day(row.due).into(),
            Column::Days => {
                let tone = match row.days_left {
                    Some(..0) => Tone::Bad,
                    Some(0) => Tone::Warn,
                    _ => Tone::Plain,
                };
                Cell::toned(tone, row.days_left.map_or(String::new(), days_left))
            }
            Column::Checked => self.day(row.key_result.checked).into(),
            Column::Heard => self
                .day(self.plan.last_heard(row.key_result, self.today))
                .into(),
            Column::Next => {
                // When all of a cycle is late, its own line says so.
                let is_over = self.cycle.is_over();
                let when = |step: &Dated<'_>| match step.days_left {
                    ..=0 if !is_over => {
                        let due = short_date(step.due, self.today);
                        format!("{due}, {}", days_left(step.days_left))
                    }
                    _ => short_date(step.due, self.today),
                };
                one_line(&self.next(row, when)).into_owned().into()
            }
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

    fn day(&self, day: Option<NaiveDate>) -> String {
        day.map_or(String::new(), |day| short_date(day, self.today))
    }

    /// Returns what stands in a column as it is, for whatever reckons with it.
    pub(super) fn plain(&self, column: ListColumn, row: &Row<'_>) -> Plain {
        use ListColumn as Column;

        let key_result = row.key_result;
        let text = |text: Option<&str>| match text {
            None | Some("") => Plain::Nothing,
            Some(text) => Plain::Text(text.to_owned()),
        };
        let id = |id: Option<&Id>| text(id.map(Id::as_str));
        let day = |day: Option<NaiveDate>| text(day.map(|day| day.to_string()).as_deref());
        let figure = |number: Option<Number>| number.map_or(Plain::Nothing, Plain::Figure);
        let (baseline, current) = figures(key_result);
        if key_result.is_outline && !column.is_of_outline() {
            return Plain::Nothing;
        }
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
            Column::Heard => day(self.plan.last_heard(key_result, self.today)),
            Column::Next => text(Some(&self.next(row, |step| step.due.to_string()))),
            Column::Note => text(self.note(row, |day| day.to_string()).as_deref()),
            Column::Ask => text(key_result.ask.as_deref()),
            Column::Visibility => text(Some(row.visibility.word())),
        }
    }

    /// Returns the next open milestone with its day; one without a day only where none has one.
    fn next(&self, row: &Row<'_>, when: impl Fn(&Dated<'_>) -> String) -> String {
        if let Some(step) = row.steps(self.today).first() {
            return format!("{} ({})", step.title, when(step));
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
