use chrono::NaiveDate;

use super::row::Row;
use crate::model::{Plan, Status};

/// Which key results a report shows; one that says nothing shows all.
///
/// Several values of one kind mean any of them; several kinds have to hold together.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Ids of themes.
    pub themes: Vec<String>,
    /// Ids of objectives.
    pub objectives: Vec<String>,
    /// Owners in force.
    pub owners: Vec<String>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Tags.
    pub tags: Vec<String>,
    /// Parts of partners' names.
    pub partners: Vec<String>,
    /// Only those that ask their readers for something.
    pub asks: bool,
    /// Only those not heard of for longer than their cadence allows.
    pub stale: bool,
    /// Only those past their due day, or with a milestone that is.
    pub overdue: bool,
    /// Only those due, or with a milestone due, within so many days, late ones included.
    pub due_within: Option<i64>,
    /// Only those neither done nor dropped.
    pub open: bool,
    /// Words that stand somewhere in their text, whatever the case.
    pub text: Vec<String>,
}

impl Filter {
    /// Returns whether every key result is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns whether a key result is shown.
    pub fn shows(&self, plan: &Plan, row: &Row<'_>, today: NaiveDate) -> bool {
        let key_result = row.key_result;
        let any = |wanted: &[String], is: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|word| is(word))
        };
        let has = |text: &str, word: &str| text.to_lowercase().contains(&word.to_lowercase());
        let next_due = || {
            let steps = row.steps(today).first().map(|step| step.days_left);
            [row.days_left, steps].into_iter().flatten().min()
        };
        any(&self.themes, &|id| {
            row.theme.is_some_and(|theme| theme.as_str() == id)
        }) && any(&self.objectives, &|id| key_result.objective.as_str() == id)
            && any(&self.owners, &|id| row.owner == Some(id))
            && (self.statuses.is_empty() || self.statuses.contains(&row.status))
            && any(&self.tags, &|tag| {
                key_result.tags.iter().any(|own| own == tag)
            })
            && any(&self.partners, &|name| {
                let objective = plan.objectives.get(&key_result.objective);
                let above = objective
                    .into_iter()
                    .flat_map(|objective| &objective.partners);
                key_result
                    .partners
                    .iter()
                    .chain(above)
                    .any(|own| has(own, name))
            })
            && (!self.asks || (key_result.ask.is_some() && row.is_open))
            && (!self.stale || row.days_silent.is_some())
            && (!self.overdue || next_due().is_some_and(|days| days < 0))
            && self
                .due_within
                .is_none_or(|within| next_due().is_some_and(|days| days <= within))
            && (!self.open || row.is_open)
            && self
                .text
                .iter()
                .all(|word| texts(row).any(|text| has(text, word)))
    }
}

/// Returns the texts of a key result in which words are looked for.
pub fn texts<'a>(row: &Row<'a>) -> impl Iterator<Item = &'a str> {
    let key_result = row.key_result;
    let own = [
        Some(row.id.as_str()),
        Some(key_result.title.as_str()),
        key_result.short.as_deref(),
        key_result.about.as_deref(),
        key_result.ask.as_deref(),
    ];
    let steps = key_result.milestones.values();
    let steps = steps.map(|step| step.name.as_str());
    let notes = key_result.note.iter().map(|note| note.text.as_str());
    own.into_iter().flatten().chain(steps).chain(notes)
}
