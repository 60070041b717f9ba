use chrono::NaiveDate;

use super::key_result::KeyResult;
use super::measure::Measure;
use super::number::Number;
use super::plan::Plan;
use super::time::share_gone;
use super::words::Status;

/// How an open key result's progress compares with the time it has had.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Progress less the share of time gone, in percentage points: negative is behind.
    pub points: f64,
    /// The status that this suggests, where it is worse than on track.
    pub suggests: Option<Status>,
}

/// What loti asks about a key result whose figures and status do not go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OnTrack {
    /// Its status is better than its pace suggests.
    Behind(Pace),
    /// More than half its time is gone, and nobody has begun.
    LateToStart,
}

impl Plan {
    /// Returns how an open key result's progress compares with the time it has had, where that can
    /// be said: a judged percentage, or a metric with more than three steps, after the first third
    /// of its time.
    pub fn pace_of(&self, key_result: &KeyResult, today: NaiveDate) -> Option<Pace> {
        if !self.is_expected(key_result, today) || !key_result.has_pace() {
            return None;
        }
        let gone = share_gone(self.start_of(key_result)?, self.due_of(key_result)?, today);
        if gone < 1.0 / 3.0 {
            return None;
        }
        let points = key_result.progress()? - 100.0 * gone;
        let (at_risk, off_track) = self.check.behind();
        let suggests = if -points > off_track {
            Some(Status::OffTrack)
        } else if -points > at_risk {
            Some(Status::AtRisk)
        } else {
            None
        };
        Some(Pace { points, suggests })
    }

    /// Returns what is to be asked about a key result: whether its status flatters, or whether it
    /// should have begun.
    pub fn on_track(&self, key_result: &KeyResult, today: NaiveDate) -> Option<OnTrack> {
        if let Some(pace) = self.pace_of(key_result, today) {
            let worse = |suggested: Status| suggested > key_result.status();
            return pace
                .suggests
                .is_some_and(worse)
                .then_some(OnTrack::Behind(pace));
        }
        self.is_late_to_start(key_result, today)
            .then_some(OnTrack::LateToStart)
    }

    /// Returns whether more than half the time of something to deliver is gone and nobody has begun.
    ///
    /// A metric of three steps or fewer has no pace and counts as something to deliver.
    fn is_late_to_start(&self, key_result: &KeyResult, today: NaiveDate) -> bool {
        let delivers = match key_result.measure() {
            Measure::Deliverable | Measure::Steps { done: 0, .. } => true,
            Measure::Metric {
                baseline, current, ..
            } => !key_result.has_pace() && current == baseline,
            _ => false,
        };
        let gone = self
            .start_of(key_result)
            .zip(self.due_of(key_result))
            .map(|(start, due)| share_gone(start, due, today));
        delivers
            && key_result.status() == Status::NotStarted
            && self.is_expected(key_result, today)
            && gone.is_some_and(|gone| gone > 0.5)
    }
}

impl KeyResult {
    /// Returns whether progress can be held against time: a judged percentage or a metric, but not
    /// one that moves in three steps or fewer.
    pub fn has_pace(&self) -> bool {
        match self.measure() {
            Measure::Judged(_) => true,
            Measure::Metric {
                baseline,
                current,
                target: Some(target),
            } => {
                let whole = [baseline, current, target].iter().all(|n| is_whole(*n));
                !(whole && (target.get() - baseline.get()).abs() <= 3.0)
            }
            _ => false,
        }
    }
}

fn is_whole(number: Number) -> bool {
    match number {
        Number::Integer(_) => true,
        Number::Float(number) => number.fract() == 0.0,
    }
}
