use super::{List, ListColumn, Plain};
use crate::render::dates::{date, days_left};
use crate::render::days::{heading, what_next};
use crate::render::look::{Look, one_line};

impl List<'_> {
    /// Returns the columns in which the rows differ, with what was looked for, and in words what is
    /// the same in all.
    pub(super) fn telling(&self, look: Look) -> (Vec<ListColumn>, String) {
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
        for column in self.by {
            let tells = |row| self.plain(*column, row) != Plain::Nothing;
            if !columns.contains(column) && self.rows.iter().any(tells) {
                columns.push(*column);
            }
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
        (columns, sentences.join(" "))
    }
}
