use super::key_result::KeyResult;
use super::number::Number;
use super::words::{Kind, Status};

/// Of what is a stretch, so many hundredths of the way are a good result.
const GOOD_STRETCH: f64 = 70.0;

/// How one tells how far a key result has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// There or not there: 0 until it is done, then 100.
    Deliverable,
    /// A figure on its way from a baseline to a target, up or down.
    Metric {
        /// The figure at the start.
        baseline: Number,
        /// The figure now.
        current: Number,
        /// The figure to reach; without it there is no progress.
        target: Option<Number>,
    },
    /// A percentage that the owner judges.
    Judged(f64),
    /// A figure to keep within bounds: kept or broken, never on its way.
    Guardrail {
        /// Whether the figure is within its bounds; unknown without a current figure.
        kept: Option<bool>,
    },
    /// Something kept up over the cycle, with a guardrail or without.
    Ongoing {
        /// Whether its guardrail holds, where it has one and a current figure.
        kept: Option<bool>,
    },
    /// Not known: no more of the key result is than its outline.
    Untold,
    /// Dated steps; the key result itself is the last one.
    Steps {
        /// How many milestones are done.
        done: usize,
        /// How many there are.
        all: usize,
    },
}

/// The farthest line that a metric has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// What was promised.
    Commit,
    /// What was aimed at.
    Target,
    /// What was hoped for beyond it.
    Stretch,
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Commit => "commit",
            Self::Target => "target",
            Self::Stretch => "stretch",
        })
    }
}

impl KeyResult {
    /// Returns how one tells how far it has come.
    pub fn measure(&self) -> Measure {
        if self.is_outline {
            return Measure::Untold;
        }
        if self.is_ongoing() {
            return Measure::Ongoing {
                kept: self.guardrail_kept(),
            };
        }
        if self.at_least.is_some() || self.at_most.is_some() {
            return Measure::Guardrail {
                kept: self.guardrail_kept(),
            };
        }
        if self.target.is_some() || self.current.is_some() || self.baseline.is_some() {
            let baseline = self.baseline.unwrap_or(Number::Integer(0));
            return Measure::Metric {
                baseline,
                current: self.current.unwrap_or(baseline),
                target: self.target,
            };
        }
        if let Some(progress) = self.progress {
            return Measure::Judged(progress.get());
        }
        if self.milestones.is_empty() {
            return Measure::Deliverable;
        }
        Measure::Steps {
            done: self
                .milestones
                .values()
                .filter(|step| step.is_done())
                .count(),
            all: self.milestones.len(),
        }
    }

    /// Returns the key that its figure stands behind, where it is measured by one: `current`, or
    /// `progress` where its owner judges.
    pub fn figure_key(&self) -> Option<&'static str> {
        match self.measure() {
            Measure::Metric { .. } | Measure::Guardrail { .. } => Some("current"),
            Measure::Ongoing { .. } if self.at_least.is_some() || self.at_most.is_some() => {
                Some("current")
            }
            Measure::Judged(_) => Some("progress"),
            _ => None,
        }
    }

    /// Returns its figure as the file states it.
    pub fn figure(&self) -> Option<Number> {
        match self.figure_key()? {
            "progress" => self.progress.map(|progress| progress.0),
            _ => self.current,
        }
    }

    /// Returns where its figure stands: as stated, else where it began.
    pub fn figure_now(&self) -> Option<Number> {
        match self.measure() {
            Measure::Metric { current, .. } => Some(current),
            _ => self.figure(),
        }
    }

    /// Returns whether the current figure is within its bounds, where there are bounds and a figure.
    fn guardrail_kept(&self) -> Option<bool> {
        if self.at_least.is_none() && self.at_most.is_none() {
            return None;
        }
        let current = self.current?;
        Some(
            self.at_least.is_none_or(|least| current >= least)
                && self.at_most.is_none_or(|most| current <= most),
        )
    }

    /// Returns how far it has come, 0 to 100, or `None` where there is nothing to measure.
    ///
    /// What is done is at 100; a metric keeps what was measured, done or not.
    pub fn progress(&self) -> Option<f64> {
        let done = self.status() == Status::Done;
        match self.measure() {
            Measure::Metric {
                baseline,
                current,
                target,
            } => percent_of_way(baseline.get(), current.get(), target?.get()),
            Measure::Guardrail { .. } | Measure::Ongoing { .. } | Measure::Untold => None,
            _ if done => Some(100.0),
            Measure::Deliverable => Some(0.0),
            Measure::Judged(percent) => Some(percent.clamp(0.0, 100.0)),
            Measure::Steps { done, all } => Some(100.0 * done as f64 / (all + 1) as f64),
        }
    }

    /// Returns where a metric stands and its target, where it is too far from it to be called done: no
    /// line is reached, nor so much of a stretch as is a good result.
    pub fn falls_short(&self) -> Option<(Number, Number)> {
        let Measure::Metric {
            current,
            target: Some(target),
            ..
        } = self.measure()
        else {
            return None;
        };
        // Without a way to go there is no telling.
        let progress = self.progress()?;
        let is_good = self.kind() == Kind::Aspirational && progress >= GOOD_STRETCH;
        (self.line_reached().is_none() && !is_good).then_some((current, target))
    }

    /// Returns the farthest of its lines that a metric has reached.
    pub fn line_reached(&self) -> Option<Line> {
        let Measure::Metric {
            baseline,
            current,
            target: Some(target),
        } = self.measure()
        else {
            return None;
        };
        let falling = target < baseline;
        let reached = |line: Number| {
            if falling {
                current <= line
            } else {
                current >= line
            }
        };
        [
            (self.stretch, Line::Stretch),
            (Some(target), Line::Target),
            (self.commit, Line::Commit),
        ]
        .into_iter()
        .find(|(line, _)| line.is_some_and(reached))
        .map(|(_, name)| name)
    }
}

/// Returns how much of the way from a baseline to a target lies behind, held between 0 and 100.
fn percent_of_way(baseline: f64, current: f64, target: f64) -> Option<f64> {
    // Halves keep the spans finite when the figures are near the ends of what a float can hold.
    let whole = target / 2.0 - baseline / 2.0;
    if whole == 0.0 {
        return None;
    }
    let gone = current / 2.0 - baseline / 2.0;
    let share = gone / whole;
    if share >= 1.0 {
        return Some(100.0);
    }
    // Multiplied before it is divided: 100 × (29 / 100) falls just short of 29.
    let scaled = gone * 100.0;
    let percent = if scaled.is_finite() {
        scaled / whole
    } else {
        share * 100.0
    };
    Some(if percent.is_nan() {
        0.0
    } else {
        percent.clamp(0.0, 100.0)
    })
}
