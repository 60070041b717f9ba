use std::collections::HashMap;

use thin_vec::ThinVec;

use super::address::Address;
use super::field::Rows;
use super::id::{ById, Id};
use super::key_result::KeyResult;
use super::number::Number;
use super::parts::{Allowance, Cycle, Link, Note, Objective, Person, Settings, Theme};
use super::table::{Table, TableName, table};
use super::words::{Cadence, Publish};

table! {
    /// A team's plan: everything that one file says.
    ///
    /// Two plans are equal when they say the same, in whatever order they say it.
    pub struct Plan as Plan {
        /// What the plan is called.
        name: String,
        /// The version of the file's format, 1 if absent.
        format: Option<Number>,
        /// What the plan is for, in a sentence.
        aim: Option<String>,
        /// Whatever else a reader should know.
        about: Option<String>,
        /// Who answers for what has no nearer owner.
        owner: Option<String> => Person,
        /// Who reads the check-ins of what has no nearer reviewer.
        reviewer: Option<String> => Person,
        /// The current cycle; if absent, the one that holds the day.
        cycle: Option<Id> => Cycle,
        /// How often key results are checked; without it nothing is ever stale.
        cadence: Option<Cadence>,
        /// Where more is to be found.
        links: Rows<Link>,
        /// What public exports show beyond the plan itself.
        publish: ThinVec<Publish>,
        /// What was said of the plan, with its day.
        note: Rows<Note>,
        /// Rules of `loti check` switched off for the plan's own table, and why.
        allow: Rows<Allowance>,
    }
    and {
        /// The cycles by id.
        cycles: ById<Cycle>,
        /// The themes by id.
        themes: ById<Theme>,
        /// The objectives by id.
        objectives: ById<Objective>,
        /// The key results by id.
        key_results: ById<KeyResult>,
        /// The persons by id.
        persons: ById<Person>,
        /// How strict `loti check` is.
        check: Settings,
    }
}

impl Plan {
    /// Returns what is found at an address; notes are found within their owner's table.
    pub fn table(&self, address: &Address) -> Option<&dyn Table> {
        Some(match address {
            Address::Plan => self,
            Address::Check => &self.check,
            Address::Cycle(id) => self.cycles.get(id)?,
            Address::Theme(id) => self.themes.get(id)?,
            Address::Objective(id) => self.objectives.get(id)?,
            Address::KeyResult(id) => self.key_results.get(id)?,
            Address::Person(id) => self.persons.get(id)?,
            Address::Milestone(of, id) => self.key_results.get(of)?.milestones.get(id)?,
            Address::Note(of, number) => self.notes(of)?.get(number.checked_sub(1)?)?,
        })
    }

    /// Returns what is found at an address, for change.
    pub fn table_mut(&mut self, address: &Address) -> Option<&mut dyn Table> {
        Some(match address {
            Address::Plan => self,
            Address::Check => &mut self.check,
            Address::Cycle(id) => self.cycles.get_mut(id)?,
            Address::Theme(id) => self.themes.get_mut(id)?,
            Address::Objective(id) => self.objectives.get_mut(id)?,
            Address::KeyResult(id) => self.key_results.get_mut(id)?,
            Address::Person(id) => self.persons.get_mut(id)?,
            Address::Milestone(of, id) => self.key_results.get_mut(of)?.milestones.get_mut(id)?,
            Address::Note(of, number) => self.notes_mut(of)?.get_mut(number.checked_sub(1)?)?,
        })
    }

    /// Returns the notes below an address, of what can have notes.
    pub fn notes(&self, address: &Address) -> Option<&[Note]> {
        Some(match address {
            Address::Plan => &self.note,
            Address::Cycle(id) => &self.cycles.get(id)?.note,
            Address::Theme(id) => &self.themes.get(id)?.note,
            Address::Objective(id) => &self.objectives.get(id)?.note,
            Address::KeyResult(id) => &self.key_results.get(id)?.note,
            _ => return None,
        })
    }

    /// Returns the notes below an address, for change.
    pub fn notes_mut(&mut self, address: &Address) -> Option<&mut Rows<Note>> {
        Some(match address {
            Address::Plan => &mut self.note,
            Address::Cycle(id) => &mut self.cycles.get_mut(id)?.note,
            Address::Theme(id) => &mut self.themes.get_mut(id)?.note,
            Address::Objective(id) => &mut self.objectives.get_mut(id)?.note,
            Address::KeyResult(id) => &mut self.key_results.get_mut(id)?.note,
            _ => return None,
        })
    }

    /// Returns the ids that tables of a kind have at the top of the file, in its order.
    pub fn ids(&self, table: TableName) -> Box<dyn Iterator<Item = &Id> + '_> {
        match table {
            TableName::Cycle => Box::new(self.cycles.keys()),
            TableName::Theme => Box::new(self.themes.keys()),
            TableName::Objective => Box::new(self.objectives.keys()),
            TableName::KeyResult => Box::new(self.key_results.keys()),
            TableName::Person => Box::new(self.persons.keys()),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// Returns the addresses of everything but notes, in the order of the format and of the file.
    pub fn addresses(&self) -> impl Iterator<Item = Address> + '_ {
        let with_ids = TableName::ALL.iter().filter(|table| table.root().is_some());
        let tops = with_ids.flat_map(|table| {
            self.ids(*table)
                .filter_map(|id| Address::of(*table, id.clone()))
        });
        let milestones = self.key_results.iter().flat_map(|(of, key_result)| {
            let ids = key_result.milestones.keys();
            ids.map(|id| Address::Milestone(of.clone(), id.clone()))
        });
        [Address::Plan, Address::Check]
            .into_iter()
            .chain(tops)
            .chain(milestones)
    }

    /// Returns what something is called: its name or title.
    pub fn title(&self, address: &Address) -> Option<&str> {
        Some(match address {
            Address::Plan => &self.name,
            Address::Cycle(id) => &self.cycles.get(id)?.name,
            Address::Theme(id) => &self.themes.get(id)?.name,
            Address::Objective(id) => &self.objectives.get(id)?.name,
            Address::KeyResult(id) => &self.key_results.get(id)?.title,
            Address::Person(id) => self.persons.get(id)?.name.as_deref()?,
            Address::Milestone(of, id) => &self.key_results.get(of)?.milestones.get(id)?.name,
            Address::Check | Address::Note(..) => return None,
        })
    }

    /// Returns the key results that others carry on, each with the first that does.
    pub fn continued(&self) -> HashMap<&Id, &Id> {
        let all = self.key_results.iter().rev();
        all.filter_map(|(id, own)| Some((own.continues.as_ref()?, id)))
            .collect()
    }
}
