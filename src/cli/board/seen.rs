use chrono::NaiveDate;

use super::outline::Outline;
use crate::model::{Address, Id, KeyResult, Plan};
use crate::render::{self, Look};
use crate::view::{self, Board, CycleLine, Filter, Row};

/// A plan as it was read last, with how it is laid out and looked at.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) plan: Plan,
    pub(super) cycle: Id,
    pub(super) today: NaiveDate,
    pub(super) look: Look,
    pub(super) outline: Outline,
}

/// A milestone, as it is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) due: Option<NaiveDate>,
    pub(super) is_done: bool,
}

impl Seen {
    /// Looks at a cycle of a plan on a day.
    pub(super) fn new(plan: Plan, cycle: Id, today: NaiveDate, look: Look) -> Self {
        Self {
            outline: Outline::new(&plan, &cycle, today),
            plan,
            cycle,
            today,
            look,
        }
    }

    /// Returns the heading and what comes first, as `status` begins.
    pub(super) fn head(&self, columns: usize) -> Vec<String> {
        let board = Board::new(&self.plan, &self.cycle, &Filter::default(), self.today);
        let look = self.look_of(columns);
        lines(|out| render::status_head(out, &board, self.today, look))
    }

    /// Returns one thing whole, as `show` does.
    pub(super) fn details(&self, address: &Address, columns: usize) -> Vec<String> {
        let detail = view::show(&self.plan, address, &self.cycle, self.today);
        let look = self.look_of(columns);
        lines(|out| render::show(out, &self.plan, detail.as_slice(), self.today, look))
    }

    /// Returns words as lines that fit.
    pub(super) fn lines_of(&self, words: &str, columns: usize) -> Vec<String> {
        render::lines(words, self.look_of(columns))
    }

    /// Returns the same on another day, or of another plan; where its cycle is gone, the current one.
    pub(super) fn anew(&self, plan: Plan, today: NaiveDate) -> Self {
        let is_there = plan.cycles.contains_key(&self.cycle) || self.cycle.as_str() == "later";
        let cycle = match plan.current_cycle(today) {
            Some(current) if !is_there => current.clone(),
            _ => self.cycle.clone(),
        };
        Self::new(plan, cycle, today, self.look)
    }

    pub(super) fn cycle_line(&self) -> CycleLine<'_> {
        CycleLine::new(&self.plan, &self.cycle, self.today)
    }

    pub(super) fn key_result(&self, id: &Id) -> Option<&KeyResult> {
        self.plan.key_results.get(id)
    }

    pub(super) fn row<'a>(&'a self, id: &'a Id) -> Option<Row<'a>> {
        let key_result = self.key_result(id)?;
        Some(Row::new(&self.plan, id, key_result, self.today))
    }

    /// Returns the key of a key result's plain figure, and what it says now.
    pub(super) fn figure(&self, id: &Id) -> Option<(&'static str, String)> {
        let own = self.key_result(id)?;
        let now = own.figure_now().map(|figure| figure.to_string());
        Some((own.figure_key()?, now.unwrap_or_default()))
    }

    /// Returns a key result's milestones.
    pub(super) fn steps(&self, id: &Id) -> Vec<Step> {
        let steps = self.key_result(id).into_iter();
        let steps = steps.flat_map(|own| &own.milestones);
        steps
            .map(|(id, step)| Step {
                id: id.clone(),
                name: step.name.clone(),
                due: step.due,
                is_done: step.is_done(),
            })
            .collect()
    }

    fn look_of(&self, columns: usize) -> Look {
        Look {
            width: Some(columns),
            ..self.look
        }
    }
}

/// Returns what is written, line by line.
fn lines(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Vec<String> {
    let mut text = Vec::new();
    // A list of bytes takes all.
    let _ = write(&mut text);
    let text = String::from_utf8_lossy(&text);
    text.lines().map(str::to_owned).collect()
}
