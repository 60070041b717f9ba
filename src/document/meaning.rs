use super::body::Segment;
use super::names::Name;
use crate::model::{ById, Id, Plan, Status, Table, TableName, Type};

/// What a table of the file means for the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Root,
    /// The table of all tables of a kind: `[kr]`.
    Ids(TableName),
    /// One table of the format.
    Own(Owner),
    /// The milestones of a key result, by its number.
    Milestones(u32),
    /// A list of small tables behind a key, by the key's number.
    Rows(Owner, u8),
    /// One of them, by its number.
    Row(Owner, u8, u32),
    /// The levels of rules.
    Levels,
    /// Nothing that the format knows.
    Unknown,
}

/// A table that keys belong to, by its number in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Top(TableName, u32),
    Milestone(u32, u32),
}

/// What a name means in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A key of the format, by its number.
    Key(usize),
    /// Another table.
    Table(Place),
    /// An id, and one that cannot be.
    BadId,
    /// Nothing.
    Unknown,
}

impl Place {
    /// Returns the table of the format whose keys stand here.
    pub(super) fn table(self) -> Option<TableName> {
        match self {
            Self::Own(owner) => Some(owner.table()),
            Self::Row(owner, key, _) => row_table(owner, key),
            _ => None,
        }
    }

    /// Returns every name that the format knows here, ids aside.
    pub(super) fn names(self) -> Vec<&'static str> {
        match self.table() {
            None => TableName::ALL.iter().filter_map(|of| of.root()).collect(),
            Some(table) => {
                let within = (table == TableName::KeyResult).then_some("milestone");
                let keys = table.keys().iter().map(|key| key.name);
                keys.chain(within).collect()
            }
        }
    }

    /// Returns the number of a key that the format knows here.
    pub(super) fn find(self, key: &str) -> Option<usize> {
        self.table()?.find(key)
    }

    /// Makes a name of a key's segment that stands here.
    pub(super) fn name<'a>(self, text: &'a str, segment: &Segment) -> Name<'a> {
        Name {
            text,
            at: segment.span.start,
            known: self.find(text),
        }
    }

    /// Returns whether the names here are ids.
    pub(super) fn holds_ids(self) -> bool {
        matches!(self, Self::Ids(_) | Self::Milestones(_))
    }

    /// Returns what a name means here, and makes room in the plan for what it names.
    pub(super) fn meaning(self, plan: &mut Plan, name: &str) -> Meaning {
        match self {
            Self::Root => match TableName::of_root(name) {
                Some(table) if table.has_ids() => Meaning::Table(Self::Ids(table)),
                Some(table) => Meaning::Table(Self::Own(Owner::Top(table, 0))),
                None => Meaning::Unknown,
            },
            Self::Ids(_) | Self::Milestones(_) if is_reserved(name) => Meaning::BadId,
            Self::Ids(table) => Id::new(name).map_or(Meaning::BadId, |id| {
                let number = insert(plan, table, id);
                Meaning::Table(Self::Own(Owner::Top(table, number)))
            }),
            Self::Milestones(of) => Id::new(name).map_or(Meaning::BadId, |id| {
                let number = insert_default(&mut plan.key_results[of as usize].milestones, id);
                Meaning::Table(Self::Own(Owner::Milestone(of, number)))
            }),
            Self::Own(Owner::Top(TableName::KeyResult, number)) if name == "milestone" => {
                Meaning::Table(Self::Milestones(number))
            }
            Self::Own(owner) => match owner.table().find(name) {
                Some(at) => match owner.table().keys()[at].takes {
                    Type::Rows(_) => Meaning::Table(Self::Rows(owner, at as u8)),
                    Type::Levels => Meaning::Table(Self::Levels),
                    _ => Meaning::Key(at),
                },
                None => Meaning::Unknown,
            },
            Self::Row(..) => self.find(name).map_or(Meaning::Unknown, Meaning::Key),
            Self::Levels => Meaning::Key(0),
            Self::Rows(..) | Self::Unknown => Meaning::Table(Self::Unknown),
        }
    }

    /// Returns what a table means that stands alone here: nothing, where rows should.
    pub(super) fn single(self) -> Self {
        match self {
            Self::Rows(..) => Self::Unknown,
            place => place,
        }
    }

    /// Makes a place for one more row, where rows can stand.
    pub(super) fn push_row(self, plan: &mut Plan) -> Self {
        match self {
            Self::Rows(owner, key) => {
                let number = owner.in_plan(plan).field_mut(key as usize).push_row();
                Self::Row(owner, key, number.unwrap_or_default() as u32)
            }
            _ => Self::Unknown,
        }
    }

    /// Returns the fields of the table that stands here.
    pub(super) fn fields(self, plan: &mut Plan) -> Option<&mut dyn Table> {
        match self {
            Self::Own(owner) => Some(owner.in_plan(plan)),
            Self::Row(owner, key, number) => {
                let rows = owner.in_plan(plan).field_mut(key as usize);
                rows.row_mut(number as usize)
            }
            _ => None,
        }
    }
}

impl Owner {
    /// Returns which table of the format this is.
    pub(super) fn table(self) -> TableName {
        match self {
            Self::Top(table, _) => table,
            Self::Milestone(..) => TableName::Milestone,
        }
    }

    fn in_plan(self, plan: &mut Plan) -> &mut dyn Table {
        match self {
            Self::Top(TableName::Cycle, at) => &mut plan.cycles[at as usize],
            Self::Top(TableName::Theme, at) => &mut plan.themes[at as usize],
            Self::Top(TableName::Objective, at) => &mut plan.objectives[at as usize],
            Self::Top(TableName::KeyResult, at) => &mut plan.key_results[at as usize],
            Self::Top(TableName::Person, at) => &mut plan.persons[at as usize],
            Self::Top(TableName::Check, _) => &mut plan.check,
            Self::Top(..) => plan,
            Self::Milestone(of, at) => &mut plan.key_results[of as usize].milestones[at as usize],
        }
    }
}

/// Returns whether a word means something else wherever an id could stand.
pub fn is_reserved(id: &str) -> bool {
    Status::parse(id).is_some() || matches!(id, "later" | "plan")
}

fn row_table(owner: Owner, key: u8) -> Option<TableName> {
    match owner.table().keys()[key as usize].takes {
        Type::Rows(table) => Some(table),
        _ => None,
    }
}

fn insert(plan: &mut Plan, table: TableName, id: Id) -> u32 {
    match table {
        TableName::Cycle => insert_default(&mut plan.cycles, id),
        TableName::Theme => insert_default(&mut plan.themes, id),
        TableName::Objective => insert_default(&mut plan.objectives, id),
        TableName::Person => insert_default(&mut plan.persons, id),
        _ => insert_default(&mut plan.key_results, id),
    }
}

fn insert_default<T: Default>(tables: &mut ById<T>, id: Id) -> u32 {
    let entry = tables.entry(id);
    let number = entry.index();
    entry.or_default();
    number as u32
}
