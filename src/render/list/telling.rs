use super::{List, ListColumn, Plain};
use crate::render::dates::{date, days_left};
use crate::render::days::{heading, what_next};
use crate::render::look::{Look, one_line};

/// What a list shows where nobody asked for columns.
#[derive(Default)]
pub(super) struct Telling {
    /// The columns in which the rows differ, with what was looked for.
    pub(super) columns: Vec<ListColumn>,
    /// What was looked for, where there is no room for its column: it follows the title.
    pub(super) after_title: Vec<ListColumn>,
    /// What is the same in all rows, in words.
    pub(super) said: String,
}

impl List<'_> {
    /// Returns what tells the rows apart, and what need not be told of each.
    pub(super) fn telling(&self, look: Look) -> Telling {
        use ListColumn as Column;

        let mut columns = vec![Column::Id, Column::Status, Column::Progress];
        let mut said = Vec::new();
        let is_over = self.cycle.is_over();
        let mut open = self.rows.iter().filter(|row| row.days_left.is_some());
        let first = open.next();
        let same_due = first.is_none_or(|first| open.all(|row| row.due == first.due));
        if !same_due {
            columns.push(if is_over { Column::Due } else { Column::Days });
        } else if let Some((due, days)) = first.and_then(|first| first.due.zip(first.days_left)) {
            if !is_over {
                said.push(format!("due {} ({})", date(due), days_left(days)));
            } else if self.cycle.cycle.is_none_or(|cycle| cycle.end != due) {
                said.push(format!("due {}", date(due)));
            }
        }
        let mut owners = self.rows.iter().map(|row| row.owner);
        let owner = owners.next().flatten();
        if owners.any(|other| other != owner) {
            columns.push(Column::Owner);
        } else if let Some(owner) = owner {
            let name = one_line(self.plan.person_name(owner));
            said.push(format!("owned by {name}"));
        }
        columns.push(if look.is_narrow() {
            Column::Short
        } else {
            Column::Title
        });
        let by = self.by.iter().copied().filter(|column| {
            let tells = |row| self.plain(*column, row) != Plain::Nothing;
            self.rows.iter().any(tells)
        });
        let mut after_title = Vec::new();
        if look.is_narrow() {
            after_title.extend(by);
        } else {
            columns.extend(by);
        }
        let mut sentences = Vec::new();
        if !said.is_empty() {
            let only_open =
                same_due && first.is_some() && self.rows.iter().any(|row| !row.is_open) && !is_over;
            // Of one row there is no "all".
            let all = match self.rows.len() {
                1 => "It is",
                _ if only_open => "Everything open is",
                _ => "All are",
            };
            sentences.push(format!("{all} {}.", said.join(" and ")));
        }
        if is_over {
            sentences.push(format!("{}.", heading(&self.cycle, look)));
            sentences.extend(what_next(&self.cycle).map(str::to_owned));
        }
        Telling {
            columns,
            after_title,
            said: sentences.join(" "),
        }
    }
}
