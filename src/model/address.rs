use std::fmt;
use std::str::FromStr;

use super::id::Id;
use super::table::TableName;

/// Where something of a plan is found, in words that are also its path in the file:
/// `kr.3.milestone.route`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// The plan itself.
    Plan,
    /// The settings of `loti check`.
    Check,
    /// A cycle.
    Cycle(Id),
    /// A theme.
    Theme(Id),
    /// An objective.
    Objective(Id),
    /// A key result; its bare id names it too.
    KeyResult(Id),
    /// A person, team or role.
    Person(Id),
    /// A milestone: the key result's id, then its own.
    Milestone(Id, Id),
    /// A note by its number from 1 in the order of the file: `kr.3.note#2`.
    Note(Box<Address>, usize),
}

impl Address {
    /// Makes the address of something that stands at the top of the file under its id.
    pub fn of(table: TableName, id: Id) -> Option<Self> {
        Some(match table {
            TableName::Cycle => Self::Cycle(id),
            TableName::Theme => Self::Theme(id),
            TableName::Objective => Self::Objective(id),
            TableName::KeyResult => Self::KeyResult(id),
            TableName::Person => Self::Person(id),
            _ => return None,
        })
    }

    /// Returns which table of the format is found here.
    pub fn table(&self) -> TableName {
        match self {
            Self::Plan => TableName::Plan,
            Self::Check => TableName::Check,
            Self::Cycle(_) => TableName::Cycle,
            Self::Theme(_) => TableName::Theme,
            Self::Objective(_) => TableName::Objective,
            Self::KeyResult(_) => TableName::KeyResult,
            Self::Person(_) => TableName::Person,
            Self::Milestone(..) => TableName::Milestone,
            Self::Note(..) => TableName::Note,
        }
    }

    /// Returns the id, of what has one.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Plan | Self::Check | Self::Note(..) => None,
            Self::Cycle(id)
            | Self::Theme(id)
            | Self::Objective(id)
            | Self::KeyResult(id)
            | Self::Person(id)
            | Self::Milestone(_, id) => Some(id),
        }
    }

    /// Returns the same address with another id.
    #[must_use]
    pub fn with_id(&self, id: Id) -> Self {
        match self {
            Self::Milestone(of, _) => Self::Milestone(of.clone(), id),
            Self::Plan | Self::Check | Self::Note(..) => self.clone(),
            Self::Cycle(_) => Self::Cycle(id),
            Self::Theme(_) => Self::Theme(id),
            Self::Objective(_) => Self::Objective(id),
            Self::KeyResult(_) => Self::KeyResult(id),
            Self::Person(_) => Self::Person(id),
        }
    }

    /// Returns the path in the file as its segments; a note's number is not among them.
    pub fn path(&self) -> Vec<&str> {
        match self {
            Self::Milestone(of, id) => vec!["kr", of.as_str(), "milestone", id.as_str()],
            Self::Note(of, _) => {
                let mut path = of.path();
                path.push("note");
                path
            }
            Self::Plan | Self::Check => Vec::from_iter(self.table().root()),
            _ => self
                .table()
                .root()
                .into_iter()
                .chain(self.id().map(Id::as_str))
                .collect(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Note(of, number) = self {
            return write!(f, "{of}.note#{number}");
        }
        f.write_str(&self.path().join("."))
    }
}

/// A word that is no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    /// The word.
    pub word: String,
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no address: write an id such as `3`, or `kr.3`, `objective.ID`, `theme.ID`, \
             `kr.3.milestone.ID`, `cycle.ID`, `person.ID`, `plan`",
            self.word
        )
    }
}

impl std::error::Error for AddressError {}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(word: &str) -> Result<Self, AddressError> {
        parse(word).ok_or_else(|| AddressError {
            word: word.to_owned(),
        })
    }
}

fn parse(word: &str) -> Option<Address> {
    let segments: Vec<&str> = word.split('.').collect();
    Some(match segments.as_slice() {
        ["plan"] => Address::Plan,
        ["check"] => Address::Check,
        [id] => Address::KeyResult(Id::new(id)?),
        [table, id] => Address::of(TableName::of_root(table)?, Id::new(id)?)?,
        ["kr", of, "milestone", id] | [of, "milestone", id] => {
            Address::Milestone(Id::new(of)?, Id::new(id)?)
        }
        [of @ .., last] => {
            let number = last
                .strip_prefix("note#")?
                .parse()
                .ok()
                .filter(|n| *n > 0)?;
            Address::Note(Box::new(parse(&of.join("."))?), number)
        }
        [] => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_as_it_is_written() {
        for (word, shown) in [
            ("3", Some("kr.3")),
            ("kr.3", Some("kr.3")),
            ("plan", Some("plan")),
            ("theme.reach", Some("theme.reach")),
            ("objective.data-ethics", Some("objective.data-ethics")),
            ("kr.3.milestone.route", Some("kr.3.milestone.route")),
            ("3.milestone.route", Some("kr.3.milestone.route")),
            ("kr.3.note#2", Some("kr.3.note#2")),
            ("kr.3.note#0", None),
            ("kr.", None),
            ("", None),
            ("note.3", None),
            ("kr.3.status", None),
            ("kr.é", None),
        ] {
            let address = word.parse::<Address>().ok().map(|a| a.to_string());
            assert_eq!(address.as_deref(), shown, "{word}");
        }
    }
}
