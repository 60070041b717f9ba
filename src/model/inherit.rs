//! What holds for something because it holds for what stands above it.

use super::address::Address;
use super::id::Id;
use super::key_result::KeyResult;
use super::parts::{Objective, Theme};
use super::plan::Plan;
use super::table::TableName;
use super::words::Visibility;

/// What somebody may be to something, and to all below it that names nobody nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// Answers for it.
    Owner,
    /// Reads its check-ins.
    Reviewer,
}

impl Office {
    /// Returns the key that names who holds it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Reviewer => "reviewer",
        }
    }
}

/// The later a step, the farther up: a key result, its objective, its theme, the plan.
struct Above<'a> {
    objective: Option<&'a Objective>,
    theme: Option<&'a Theme>,
}

impl Plan {
    fn above(&self, key_result: &KeyResult) -> Above<'_> {
        self.above_in(self.objectives.get(&key_result.objective))
    }

    fn above_in<'a>(&'a self, objective: Option<&'a Objective>) -> Above<'a> {
        Above {
            objective,
            theme: objective.and_then(|objective| self.themes.get(&objective.theme)),
        }
    }

    /// Returns who answers for a key result: its own owner, else its objective's, its theme's, the
    /// plan's.
    pub fn owner_of<'a>(&'a self, key_result: &'a KeyResult) -> Option<&'a str> {
        let holder = self.held(Office::Owner, Some(key_result), &self.above(key_result));
        holder.map(|(id, _)| id)
    }

    /// Returns who reads the check-ins of a key result, inherited like the owner.
    pub fn reviewer_of<'a>(&'a self, key_result: &'a KeyResult) -> Option<&'a str> {
        let holder = self.held(Office::Reviewer, Some(key_result), &self.above(key_result));
        holder.map(|(id, _)| id)
    }

    /// Returns who holds an office for a key result, an objective, a theme or the plan, and in which
    /// table that is said: its own, else that of the nearest above it.
    pub fn holder(&self, office: Office, of: &Address) -> Option<(&str, TableName)> {
        let key_result = match of {
            Address::KeyResult(id) => Some(self.key_results.get(id)?),
            _ => None,
        };
        let above = match of {
            Address::KeyResult(_) => self.above(key_result?),
            Address::Objective(id) => self.above_in(Some(self.objectives.get(id)?)),
            Address::Theme(id) => Above {
                objective: None,
                theme: Some(self.themes.get(id)?),
            },
            Address::Plan => self.above_in(None),
            _ => return None,
        };
        self.held(office, key_result, &above)
    }

    fn held<'a>(
        &'a self,
        office: Office,
        key_result: Option<&'a KeyResult>,
        above: &Above<'a>,
    ) -> Option<(&'a str, TableName)> {
        if key_result.is_some_and(|own| own.is_outline) {
            return None;
        }
        let own = key_result.map(|own| (&own.owner, &own.reviewer));
        let objective = above.objective.map(|own| (&own.owner, &own.reviewer));
        let theme = above.theme.map(|own| (&own.owner, &own.reviewer));
        let nearest_first = [
            (own, TableName::KeyResult),
            (objective, TableName::Objective),
            (theme, TableName::Theme),
            (Some((&self.owner, &self.reviewer)), TableName::Plan),
        ];
        nearest_first.into_iter().find_map(|(offices, table)| {
            let (owner, reviewer) = offices?;
            let held = match office {
                Office::Owner => owner,
                Office::Reviewer => reviewer,
            };
            Some((held.as_deref()?, table))
        })
    }

    /// Returns how widely a key result may be shown: the strictest of its own word and those above
    /// it.
    pub fn visibility_of(&self, key_result: &KeyResult) -> Visibility {
        let above = self.above(key_result);
        [
            key_result.visibility,
            above.objective.and_then(|objective| objective.visibility),
            above.theme.and_then(|theme| theme.visibility),
        ]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(Visibility::Public)
    }

    /// Returns how widely an objective may be shown.
    pub fn objective_visibility(&self, objective: &Objective) -> Visibility {
        let theme = self.themes.get(&objective.theme);
        let own = objective.visibility.unwrap_or(Visibility::Public);
        own.max(
            theme
                .and_then(|theme| theme.visibility)
                .unwrap_or(Visibility::Public),
        )
    }

    /// Returns the theme a key result stands under.
    pub fn theme_of(&self, key_result: &KeyResult) -> Option<&Id> {
        let objective = self.objectives.get(&key_result.objective)?;
        Some(&objective.theme)
    }

    /// Returns what a person is to be called: the declared name, else the id.
    pub fn person_name<'a>(&'a self, id: &'a str) -> &'a str {
        let declared = self
            .persons
            .get(id)
            .and_then(|person| person.name.as_deref());
        declared.unwrap_or(id)
    }

    /// Returns the addresses and keys that name something, with what they name.
    ///
    /// Owners, reviewers and authors count only where persons are declared; before that they are
    /// plain names.
    pub fn references(&self) -> Vec<Reference> {
        self.addresses()
            .flat_map(|at| self.references_at(&at))
            .collect()
    }

    /// Returns what tables name behind some of their keys, their notes aside.
    pub fn references_behind(&self, keys: &[&str]) -> Vec<Reference> {
        let mut references = Vec::new();
        for at in self.addresses() {
            if let Some(table) = self.table(&at) {
                collect(&at, table, |key| keys.contains(&key), &mut references);
            }
        }
        references
    }

    /// Returns what a table and its notes name, by the same rule.
    pub fn references_at(&self, at: &Address) -> Vec<Reference> {
        let mut references = Vec::new();
        if let Some(table) = self.table(at) {
            collect(at, table, |_| true, &mut references);
        }
        for number in 1..=self.notes(at).map_or(0, <[_]>::len) {
            let note = Address::Note(Box::new(at.clone()), number);
            if let Some(table) = self.table(&note) {
                collect(&note, table, |_| true, &mut references);
            }
        }
        if self.persons.is_empty() {
            references.retain(|reference| !matches!(reference.to, Address::Person(_)));
        }
        references
    }
}

/// One place of a plan that names another.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Where the name stands.
    pub at: Address,
    /// The key it stands behind.
    pub key: &'static str,
    /// The item of the list it is, from 0, where the key takes a list.
    pub item: Option<usize>,
    /// What is named.
    pub to: Address,
}

fn collect(
    at: &Address,
    table: &dyn super::Table,
    is_asked: impl Fn(&str) -> bool,
    references: &mut Vec<Reference>,
) {
    use super::{Type, Value};

    for (number, key) in table.name().keys().iter().enumerate() {
        let can_refer = key.refers.is_some() || key.takes == Type::Addresses;
        let wanted = can_refer && is_asked(key.name);
        let Some(value) = wanted.then(|| table.field(number).get()).flatten() else {
            continue;
        };
        let mut add = |item, to| {
            references.push(Reference {
                at: at.clone(),
                key: key.name,
                item,
                to,
            });
        };
        match (key.refers, value) {
            (Some(refers), Value::Text(text)) if !(key.name == "cycle" && text == "later") => {
                if let Some(to) = Id::new(&text).and_then(|id| Address::of(refers, id)) {
                    add(None, to);
                }
            }
            (None, Value::List(items)) => {
                for (item, value) in items.into_iter().enumerate() {
                    if let Value::Text(text) = value
                        && let Ok(to) = text.parse()
                    {
                        add(Some(item), to);
                    }
                }
            }
            _ => {}
        }
    }
}
