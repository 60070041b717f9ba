//! The format as a second reader of TOML meets it: which names mean what, from the top of the file.

use crate::model::{Key, TableName, Type};

/// Where in the format a table stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Within {
    Root,
    /// A table of such by their ids.
    Ids(TableName),
    Table(TableName),
}

/// What a name means in a table.
pub(super) enum Meaning {
    Value(&'static Key),
    Table(Within),
}

impl Within {
    /// Returns what a name means here, if the format knows it.
    pub(super) fn meaning(self, name: &str) -> Option<Meaning> {
        match self {
            Self::Root => {
                let table = TableName::of_root(name)?;
                Some(Meaning::Table(if table.has_ids() {
                    Self::Ids(table)
                } else {
                    Self::Table(table)
                }))
            }
            Self::Ids(table) => Some(Meaning::Table(Self::Table(table))),
            Self::Table(TableName::KeyResult) if name == "milestone" => {
                Some(Meaning::Table(Self::Ids(TableName::Milestone)))
            }
            Self::Table(table) => {
                let key = &table.keys()[table.find(name)?];
                Some(match key.takes {
                    Type::Rows(row) => Meaning::Table(Self::Table(row)),
                    _ => Meaning::Value(key),
                })
            }
        }
    }
}
