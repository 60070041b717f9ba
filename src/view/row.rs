use chrono::NaiveDate;

use crate::model::{
    Address, Id, KeyResult, Measure, OnTrack, Pace, Plan, Status, Visibility, days_between,
};

/// One key result as a report shows it, with what follows from the day.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Its id.
    pub id: &'a Id,
    /// The key result itself.
    pub key_result: &'a KeyResult,
    /// The theme it stands under.
    pub theme: Option<&'a Id>,
    /// How it stands, as its owner says.
    pub status: Status,
    /// How far it has come, 0 to 100, where that is measured.
    pub progress: Option<f64>,
    /// How its progress compares with the time it has had.
    pub pace: Option<Pace>,
    /// What loti asks about its status.
    pub on_track: Option<OnTrack>,
    /// The day on which it is due.
    pub due: Option<NaiveDate>,
    /// The days left until then, where it is still open; negative when past.
    pub days_left: Option<i64>,
    /// By how many days it is late.
    pub days_overdue: Option<i64>,
    /// For how many days it has not been heard of, where that is longer than its cadence allows.
    pub days_silent: Option<i64>,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// How widely it may be shown.
    pub visibility: Visibility,
    /// Whether work on it is still to come.
    pub is_open: bool,
}

/// A dated thing still to come: a milestone, or the key result itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated<'a> {
    /// The key result.
    pub id: &'a Id,
    /// The milestone's id, where it is one.
    pub milestone: Option<&'a Id>,
    /// What is to happen.
    pub title: &'a str,
    /// The day.
    pub due: NaiveDate,
    /// The days until then; negative when past.
    pub days_left: i64,
}

impl Dated<'_> {
    /// Returns where it is found: the milestone, else the key result.
    pub fn address(&self) -> Address {
        match self.milestone {
            Some(milestone) => Address::Milestone(self.id.clone(), milestone.clone()),
            None => Address::KeyResult(self.id.clone()),
        }
    }
}

impl<'a> Row<'a> {
    /// Looks at a key result on a day.
    pub fn new(plan: &'a Plan, id: &'a Id, key_result: &'a KeyResult, today: NaiveDate) -> Self {
        let is_open = plan.is_open(key_result, today);
        let due = plan.due_of(key_result);
        Self {
            id,
            key_result,
            theme: plan.theme_of(key_result),
            status: key_result.status(),
            progress: key_result.progress(),
            pace: plan.pace_of(key_result, today),
            on_track: plan.on_track(key_result, today),
            due,
            days_left: due
                .filter(|_| is_open && !key_result.is_ongoing())
                .map(|due| days_between(today, due)),
            days_overdue: plan.days_overdue(key_result, today),
            days_silent: plan.days_silent(key_result, today),
            owner: plan.owner_of(key_result),
            visibility: plan.visibility_of(key_result),
            is_open,
        }
    }

    /// Returns the key result itself as a dated thing, while it is open and due on a day.
    pub fn dated(&self) -> Option<Dated<'a>> {
        Some(Dated {
            id: self.id,
            milestone: None,
            title: self.key_result.short_title(),
            due: self.due?,
            days_left: self.days_left?,
        })
    }

    /// Returns its open milestones that have a day, the next one first.
    pub fn steps(&self, today: NaiveDate) -> Vec<Dated<'a>> {
        if !self.is_open {
            return Vec::new();
        }
        let steps = self
            .key_result
            .milestones
            .iter()
            .filter(|(_, step)| !step.is_done());
        let mut dated: Vec<_> = steps
            .filter_map(|(milestone, step)| {
                let due = step.due?;
                Some(Dated {
                    id: self.id,
                    milestone: Some(milestone),
                    title: &step.name,
                    due,
                    days_left: days_between(today, due),
                })
            })
            .collect();
        dated.sort_by_key(|step| step.due);
        dated
    }

    /// Returns the figure that its measure stands at, in words: `260 of 400 books`, `kept up`.
    pub fn figure(&self) -> Option<String> {
        let unit = self.key_result.unit.as_deref().unwrap_or_default();
        let with_unit = |figure: String| format!("{figure} {unit}").trim_end().to_owned();
        let kept = |kept: bool| if kept { "kept" } else { "broken" }.to_owned();
        match self.key_result.measure() {
            Measure::Metric {
                current, target, ..
            } => Some(with_unit(match target {
                Some(target) => format!("{current} of {target}"),
                None => current.to_string(),
            })),
            Measure::Guardrail {
                kept: Some(is_kept),
            } => Some(kept(is_kept)),
            Measure::Ongoing { kept: Some(false) } => Some(kept(false)),
            Measure::Ongoing { .. } if self.status == Status::OnTrack => Some("kept up".to_owned()),
            Measure::Steps { done, all } => {
                Some(format!("{done} of {}", crate::text::count(all, "step")))
            }
            _ => None,
        }
    }
}
