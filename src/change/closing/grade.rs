use super::Fate;
use crate::model::{Fraction, KeyResult, Measure, Number, Status, whole_percent};

/// Returns the grade that is proposed for a key result, by what becomes of it: the one it has, else
/// its progress, rounded down as it is shown.
///
/// What is dropped or kept up needs none, and where nothing is measured none can be proposed.
pub fn grade(key_result: &KeyResult, then: Option<Fate>) -> Option<Fraction> {
    if key_result.score.is_some() {
        return key_result.score;
    }
    if !needs_grade(key_result, then) {
        return None;
    }
    let percent = match key_result.measure() {
        Measure::Guardrail { kept } => 100 * u8::from(kept?),
        _ if then == Some(Fate::Done) => {
            let done = KeyResult {
                status: Some(Status::Done),
                ..key_result.clone()
            };
            whole_percent(done.progress()?)
        }
        _ => whole_percent(key_result.progress()?),
    };
    Some(Fraction(Number::Float(f64::from(percent) / 100.0)))
}

/// Returns whether a key result has to be graded when its cycle is closed: not what is dropped or
/// kept up.
pub fn needs_grade(key_result: &KeyResult, then: Option<Fate>) -> bool {
    let is_dropped = then == Some(Fate::Drop) || key_result.status() == Status::Dropped;
    !is_dropped && !key_result.is_ongoing()
}
