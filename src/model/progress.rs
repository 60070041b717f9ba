use std::fmt::Write as _;

use super::key_result::KeyResult;
use super::parts::Objective;
use super::words::Status;

/// How many key results are in each status.
///
/// A plan is bounded, so that 32 bits are enough; over a long history there are many of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u32; Status::ALL.len()]);

impl Counts {
    /// Returns how many are in a status.
    pub fn of(self, status: Status) -> usize {
        self.0[status as usize] as usize
    }

    /// Returns how many there are, dropped ones included.
    pub fn all(self) -> usize {
        self.0.iter().map(|number| *number as usize).sum()
    }

    /// Returns how many are neither done nor dropped.
    pub fn open(self) -> usize {
        let open = Status::ALL.iter().filter(|status| status.is_open());
        open.map(|status| self.of(*status)).sum()
    }

    /// Counts one more.
    pub fn add(&mut self, status: Status) {
        self.0[status as usize] += 1;
    }

    /// Counts all that another count holds.
    pub fn add_all(&mut self, other: Self) {
        for (mine, more) in self.0.iter_mut().zip(other.0) {
            *mine += more;
        }
    }

    /// Returns the counts in words, done first and always said: `1 of 8 done, 4 not started`.
    pub fn describe(self) -> String {
        let mut words = format!("{} of {} done", self.of(Status::Done), self.all());
        for status in Status::ALL
            .iter()
            .rev()
            .filter(|status| **status != Status::Done)
        {
            let number = self.of(*status);
            if number > 0 {
                let _ = write!(words, ", {number} {}", status.word().replace('-', " "));
            }
        }
        words
    }
}

/// What several key results say together: their counts and, where anything can be measured, how far
/// they have come.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rollup {
    /// How many are in each status.
    pub counts: Counts,
    /// 0 to 100; `None` where nothing is measured.
    pub progress: Option<f64>,
}

impl Rollup {
    /// Rolls an objective's key results of one cycle up: their mean by weight, dropped ones and
    /// those without progress aside.
    pub fn of_key_results<'a>(key_results: impl IntoIterator<Item = &'a KeyResult>) -> Self {
        let mut mean = Mean::default();
        let mut counts = Counts::default();
        for key_result in key_results {
            counts.add(key_result.status());
            if key_result.status() == Status::Dropped {
                continue;
            }
            if let Some(progress) = key_result.progress() {
                mean.add(progress, key_result.weight.map_or(1.0, super::Weight::get));
            }
        }
        Self {
            counts,
            progress: mean.get(),
        }
    }

    /// Rolls a theme's objectives up: their mean by weight.
    pub fn of_objectives<'a>(objectives: impl IntoIterator<Item = (&'a Objective, Self)>) -> Self {
        Self::of_parts(
            objectives.into_iter().map(|(objective, rollup)| {
                (rollup, objective.weight.map_or(1.0, super::Weight::get))
            }),
        )
    }

    /// Rolls a plan's themes up: their plain mean.
    pub fn of_themes(themes: impl IntoIterator<Item = Self>) -> Self {
        Self::of_parts(themes.into_iter().map(|rollup| (rollup, 1.0)))
    }

    fn of_parts(parts: impl IntoIterator<Item = (Self, f64)>) -> Self {
        let mut mean = Mean::default();
        let mut counts = Counts::default();
        for (part, weight) in parts {
            counts.add_all(part.counts);
            if let Some(progress) = part.progress {
                mean.add(progress, weight);
            }
        }
        Self {
            counts,
            progress: mean.get(),
        }
    }
}

/// Returns a percentage as it is shown: whole, and rounded down, so that 100 is said only of what is
/// reached.
///
/// What sums of fractions lose in their last digits does not cost a point.
#[expect(clippy::cast_sign_loss, reason = "held between 0 and 100")]
pub fn whole_percent(progress: f64) -> u8 {
    (progress + 1e-9).clamp(0.0, 100.0) as u8
}

/// A weighted mean in the making.
#[derive(Default)]
struct Mean {
    sum: f64,
    weights: f64,
}

impl Mean {
    fn add(&mut self, value: f64, weight: f64) {
        // A weight below 0 makes no sense and `loti check` says so; here it must not turn the mean
        // upside down. The ceiling keeps sums of absurd weights finite.
        let weight = weight.clamp(0.0, 1e100);
        self.sum += value * weight;
        self.weights += weight;
    }

    fn get(&self) -> Option<f64> {
        (self.weights > 0.0).then(|| (self.sum / self.weights).clamp(0.0, 100.0))
    }
}
