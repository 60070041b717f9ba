use std::fmt;

use crate::model::{Address, Misfit, TableName};
use crate::text::nearest;

/// Why a change is not made; nothing is changed then.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// There is nothing at the address.
    Missing {
        /// The address.
        at: Address,
    },
    /// There is something at the address already.
    Taken {
        /// The address.
        at: Address,
    },
    /// The table has no such key.
    UnknownKey {
        /// The table.
        table: TableName,
        /// The key.
        key: String,
    },
    /// The value is not one the key takes.
    Misfit {
        /// The table.
        at: Address,
        /// The key.
        key: String,
        /// What is wrong with it.
        misfit: Misfit,
    },
    /// The key takes no list.
    NoList {
        /// The table.
        at: Address,
        /// The key.
        key: String,
    },
    /// The list has no such item, or there is no such note.
    NoItem {
        /// The table.
        at: Address,
        /// The key.
        key: String,
        /// The item, in words.
        item: String,
    },
    /// Nothing can be noted there.
    NoNotes {
        /// The address.
        at: Address,
    },
    /// It has no id, so it cannot be added, removed or renamed.
    Fixed {
        /// The address.
        at: Address,
    },
    /// The word means something else wherever an id could stand.
    Reserved {
        /// The word.
        id: String,
    },
    /// No table of this id stands at the line, or it is the only one of this id.
    NoClash {
        /// The address.
        at: Address,
        /// The line.
        line: u32,
    },
    /// The file would not be right afterwards.
    Problem {
        /// What would be wrong with it.
        message: String,
        /// What to do about it.
        help: Vec<String>,
    },
    /// The way this part of the file is written is not one that can be edited safely.
    Unproved {
        /// What the proof found.
        why: String,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { at } => write!(f, "there is no `{at}`"),
            Self::Taken { at } => write!(f, "there is a `{at}` already"),
            Self::UnknownKey { table, key } => {
                write!(f, "a {} has no key `{key}`", table.noun())?;
                match nearest(key, table.keys().iter().map(|key| key.name)) {
                    Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
                    None => Ok(()),
                }
            }
            Self::Misfit { at, key, misfit } => write!(f, "`{at}.{key}`: {misfit}"),
            Self::NoList { at, key } => {
                write!(f, "`{at}.{key}` is no list: give it a value with `{key}=`")
            }
            Self::NoItem { at, key, item } => write!(f, "`{at}.{key}` does not hold `{item}`"),
            Self::NoNotes { at } => write!(f, "`{at}` takes no notes"),
            Self::Fixed { at } => {
                write!(
                    f,
                    "`{at}` has no id: it cannot be added, removed or renamed"
                )
            }
            Self::Reserved { id } => write!(
                f,
                "`{id}` cannot be an id: status words, `later` and `plan` mean something else"
            ),
            Self::NoClash { at, line } => {
                write!(f, "line {line} belongs to none of two tables `{at}`")
            }
            Self::Problem { message, .. } => {
                write!(f, "the file would not be right afterwards: {message}")
            }
            Self::Unproved { why } => write!(
                f,
                "the file is written in a way that cannot be edited safely here: {why}"
            ),
        }
    }
}

impl std::error::Error for Refusal {}
