use indexmap::IndexSet;

use crate::model::{KeyResult, Measure, Number, OnTrack, Plan};
use crate::view::Row;

/// Returns the figures at the start and now, those of a metric also where they go without saying.
pub(in crate::render) fn figures(key_result: &KeyResult) -> (Option<Number>, Option<Number>) {
    match key_result.measure() {
        Measure::Metric {
            baseline, current, ..
        } => (Some(baseline), Some(current)),
        _ => (key_result.baseline, key_result.current),
    }
}

/// Returns who acts with the team on a key result: its own partners, then its objective's.
pub(in crate::render) fn partners<'a>(plan: &'a Plan, key_result: &'a KeyResult) -> Vec<&'a str> {
    // Whose outline alone is known has none that are known.
    let objective = plan.objectives.get(&key_result.objective);
    let objective = objective.filter(|_| !key_result.is_outline);
    let above = objective
        .into_iter()
        .flat_map(|objective| &objective.partners);
    let all = key_result.partners.iter().chain(above).map(String::as_str);
    all.collect::<IndexSet<_>>().into_iter().collect()
}

/// Returns how progress compares with time in words, and what loti asks about it.
pub(in crate::render) fn pace(row: &Row<'_>) -> String {
    match (row.on_track, row.pace) {
        (Some(OnTrack::Behind(pace)), _) => {
            format!("on track? {} points behind", (-pace.points).floor())
        }
        (Some(OnTrack::LateToStart), _) => "late to start".to_owned(),
        (None, Some(pace)) if pace.points.abs() < 1.0 => "as the time".to_owned(),
        (None, Some(pace)) if pace.points < 0.0 => {
            format!("{} points behind", (-pace.points).floor())
        }
        (None, Some(pace)) => format!("{} points ahead", pace.points.floor()),
        (None, None) => String::new(),
    }
}
