use super::field::Field;
use super::value::{Misfit, Type, Value};

/// A table of the file as the values of its keys.
pub trait Table {
    /// Returns which table of the format this is.
    fn name(&self) -> TableName;

    /// Returns the field of a key, by the key's number in [`TableName::keys`].
    fn field(&self, key: usize) -> &dyn Field;

    /// Returns the field of a key for change.
    fn field_mut(&mut self, key: usize) -> &mut dyn Field;
}

impl dyn Table + '_ {
    /// Returns the value behind a key, by the key's name.
    pub fn get(&self, key: &str) -> Option<Value> {
        self.name().find(key).and_then(|at| self.field(at).get())
    }

    /// Returns the keys that are there with their values, in the format's order.
    pub fn values(&self) -> impl Iterator<Item = (&'static Key, Value)> + '_ {
        let keys = self.name().keys().iter().enumerate();
        keys.filter_map(|(at, key)| Some((key, self.field(at).get()?)))
    }
}

/// One line of the table of keys: what a key is called, what it takes, what it says of an OKR.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// As it stands in the file.
    pub name: &'static str,
    /// What it says, in a sentence or two.
    pub about: &'static str,
    /// What it takes.
    pub takes: Type,
    /// Whether the table is incomplete without it.
    pub required: bool,
    /// The table in which what it names has to stand, if it names something.
    pub refers: Option<TableName>,
}

/// A small table without an id: a note, a link, an allowance.
pub(super) trait Row: Table + Default + Ord {
    const NAME: TableName;

    fn from_value(value: Value) -> Result<Self, Misfit>;

    fn to_value(&self) -> Value {
        let mut entries = Vec::new();
        for (at, key) in Self::NAME.keys().iter().enumerate() {
            if let Some(value) = self.field(at).get() {
                entries.push((key.name.to_owned(), value));
            }
        }
        Value::Table(entries)
    }
}

/// Fills a row from a small table.
pub(super) fn fill<R: Row>(value: Value) -> Result<R, Misfit> {
    let entries = match value {
        Value::Table(entries) => entries,
        other => {
            return Err(Misfit::Kind {
                expected: Type::Rows(R::NAME),
                found: other.describe().to_owned(),
            });
        }
    };
    let mut row = R::default();
    for (name, value) in entries {
        if let Some(at) = R::NAME.find(&name) {
            row.field_mut(at).set(Some(value))?;
        }
    }
    Ok(row)
}

macro_rules! table_names {
    ($( $(#[doc = $doc:literal])+ $name:ident = $header:literal, $type:ty; )*) => {
        /// The tables of the format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TableName {
            $( $(#[doc = $doc])+ $name, )*
        }

        impl TableName {
            /// Every table, in the order of the format's reference.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// Returns what the table is for, in a sentence.
            pub fn about(self) -> &'static str {
                match self {
                    $( Self::$name => concat!($($doc),+).trim_ascii(), )*
                }
            }

            /// Returns how its header is written, with `ID` for an id.
            pub fn header(self) -> &'static str {
                match self {
                    $( Self::$name => $header, )*
                }
            }

            /// Returns its keys, in the order in which new ones are written.
            pub fn keys(self) -> &'static [Key] {
                match self {
                    $( Self::$name => <$type>::KEYS, )*
                }
            }

            /// Returns one that says nothing yet.
            pub fn empty(self) -> Box<dyn Table> {
                match self {
                    $( Self::$name => Box::<$type>::default(), )*
                }
            }

            /// Returns the number of a key among its keys.
            pub fn find(self, key: &str) -> Option<usize> {
                match self {
                    $( Self::$name => <$type>::find(key), )*
                }
            }
        }
    };
}

table_names! {
    /// The plan as a whole.
    Plan = "[plan]", super::Plan;
    /// A span of time that the plan is made for and closed after, such as a quarter.
    Cycle = "[cycle.ID]", super::Cycle;
    /// A broad direction that objectives are grouped by.
    Theme = "[theme.ID]", super::Theme;
    /// What the team wants to be true: inspiring, and proved by its key results.
    Objective = "[objective.ID]", super::Objective;
    /// A result by which one can tell that the objective is being reached.
    KeyResult = "[kr.ID]", super::KeyResult;
    /// A dated step on the way to a key result.
    Milestone = "[kr.ID.milestone.ID]", super::Milestone;
    /// What somebody wrote down on a day, under the plan, a cycle, a theme, an objective or a key result.
    Note = "[[kr.ID.note]]", super::Note;
    /// An address on the web; in a list, a text alone stands for its `url`.
    Link = "links = [{ … }]", super::Link;
    /// A rule of `loti check` switched off at this place, and why.
    Allowance = "allow = [{ … }]", super::Allowance;
    /// Somebody who owns, reviews or writes; a team or a role is a person too.
    Person = "[person.ID]", super::Person;
    /// How strict `loti check` is with this plan.
    Check = "[check]", super::Settings;
}

impl TableName {
    /// Returns the key under which tables of this kind stand at the top of the file: `kr`.
    ///
    /// Rows and milestones stand within other tables and have none.
    pub fn root(self) -> Option<&'static str> {
        match self {
            Self::Plan => Some("plan"),
            Self::Cycle => Some("cycle"),
            Self::Theme => Some("theme"),
            Self::Objective => Some("objective"),
            Self::KeyResult => Some("kr"),
            Self::Person => Some("person"),
            Self::Check => Some("check"),
            Self::Milestone | Self::Note | Self::Link | Self::Allowance => None,
        }
    }

    /// Returns the table that stands at the top of the file under a key.
    pub fn of_root(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|table| table.root() == Some(key))
    }

    /// Returns whether each table of this kind has an id.
    pub fn has_ids(self) -> bool {
        matches!(
            self,
            Self::Cycle
                | Self::Theme
                | Self::Objective
                | Self::KeyResult
                | Self::Person
                | Self::Milestone
        )
    }

    /// Returns what one of them is called in a sentence: `key result`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Cycle => "cycle",
            Self::Theme => "theme",
            Self::Objective => "objective",
            Self::KeyResult => "key result",
            Self::Milestone => "milestone",
            Self::Note => "note",
            Self::Link => "link",
            Self::Allowance => "allowance",
            Self::Person => "person",
            Self::Check => "settings of `loti check`",
        }
    }
}

/// Declares a table of the format: one list gives the struct, the table of keys with what each key
/// means, and the way from a key to its field.
///
/// The doc comment of a field is the key's meaning in the format's reference, in the JSON Schema and
/// in error messages. `as` gives the key's name where it is not the field's, `->` the table it names
/// something in. Fields after `and` hold no keys of their own: tables within tables.
macro_rules! table {
    (
        $(#[$meta:meta])*
        pub struct $name:ident as $table:ident {
            $( $(#[doc = $about:literal])+ $field:ident $(as $key:literal)? : $type:ty $(=> $refers:ident)? , )*
        }
        $( and { $( $(#[doc = $within_about:literal])+ $within:ident : $within_type:ty , )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $( $(#[doc = $about])+ pub $field: $type, )*
            $( $( $(#[doc = $within_about])+ pub $within: $within_type, )* )?
        }

        impl $name {
            /// The table's keys, in the order in which new ones are written.
            pub const KEYS: &'static [$crate::model::Key] = &[
                $( $crate::model::Key {
                    name: $crate::model::table::key_name!($field $($key)?),
                    about: concat!($($about),+).trim_ascii(),
                    takes: <$type as $crate::model::field::FieldType>::TYPE,
                    required: <$type as $crate::model::field::FieldType>::REQUIRED,
                    refers: $crate::model::table::refers!($($refers)?),
                }, )*
            ];

            /// Returns the number of a key in [`Self::KEYS`].
            pub fn find(key: &str) -> Option<usize> {
                #[allow(non_camel_case_types)]
                enum Number { $( $field, )* }
                $( if key == $crate::model::table::key_name!($field $($key)?) {
                    return Some(Number::$field as usize);
                } )*
                None
            }
        }

        impl $crate::model::Table for $name {
            fn name(&self) -> $crate::model::TableName {
                $crate::model::TableName::$table
            }

            fn field(&self, key: usize) -> &dyn $crate::model::Field {
                #[allow(non_camel_case_types)]
                enum Number { $( $field, )* }
                $( if key == Number::$field as usize {
                    return &self.$field;
                } )*
                unreachable!("a key's number comes from the table of keys")
            }

            fn field_mut(&mut self, key: usize) -> &mut dyn $crate::model::Field {
                #[allow(non_camel_case_types)]
                enum Number { $( $field, )* }
                $( if key == Number::$field as usize {
                    return &mut self.$field;
                } )*
                unreachable!("a key's number comes from the table of keys")
            }
        }
    };
}

macro_rules! key_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

macro_rules! refers {
    () => {
        None
    };
    ($table:ident) => {
        Some($crate::model::TableName::$table)
    };
}

pub(super) use {key_name, refers, table};
