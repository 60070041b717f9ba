use crate::model::{Address, Id, Note, Value};

/// One thing that is done to a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A key is given a value, or taken away.
    Set {
        /// The table.
        at: Address,
        /// The key.
        key: String,
        /// The value; `None` takes the key away.
        value: Option<Value>,
    },
    /// A list gains an item, at its end.
    AddItem {
        /// The table.
        at: Address,
        /// The key that takes the list.
        key: String,
        /// The item.
        item: Value,
    },
    /// A list loses the first item that equals this one.
    RemoveItem {
        /// The table.
        at: Address,
        /// The key that takes the list.
        key: String,
        /// The item.
        item: Value,
    },
    /// A new cycle, theme, objective, key result, milestone or person.
    Add {
        /// Where it will be found.
        at: Address,
        /// Its keys.
        values: Vec<(String, Value)>,
    },
    /// Somebody wrote something down.
    AddNote {
        /// What it is about.
        to: Address,
        /// The note.
        note: Note,
    },
    /// A note is taken away.
    RemoveNote {
        /// What it was about.
        of: Address,
        /// The note.
        note: Note,
    },
    /// Something goes with all that stands below it; an objective's key results do not stand below
    /// it, they name it.
    Remove {
        /// Where it is found.
        at: Address,
    },
    /// Something goes by another id, and all that names it follows.
    Rename {
        /// Where it is found.
        from: Address,
        /// The new id.
        to: Id,
        /// A line of the file, from 1, that belongs to one of two tables of the same id: that one is
        /// renamed, and what names the id stays with the other.
        line: Option<u32>,
    },
}

impl Change {
    /// Returns the address of what is changed.
    pub fn address(&self) -> &Address {
        match self {
            Self::Set { at, .. }
            | Self::AddItem { at, .. }
            | Self::RemoveItem { at, .. }
            | Self::Add { at, .. }
            | Self::Remove { at }
            | Self::AddNote { to: at, .. }
            | Self::RemoveNote { of: at, .. }
            | Self::Rename { from: at, .. } => at,
        }
    }
}
