use super::bounds::Bounds;
use super::redaction::redacted;
use crate::history::{Difference, Lens};
use crate::model::Plan;

/// What may be seen of older versions, from the newest one back: what each allows, and the newest as
/// well. What is private today does not show in the past, under whatever id; what was private then
/// stays out.
#[derive(Debug)]
pub struct PublicPast {
    /// What the newest version allows, with the names of the one at hand.
    bounds: Bounds,
}

impl PublicPast {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self { bounds }
    }
}

impl Lens for PublicPast {
    fn look(&mut self, version: &Plan, difference: Option<&Difference>) -> Plan {
        if let Some(difference) = difference {
            self.bounds.go_back(&difference.is, &difference.was);
        }
        redacted(version, &Bounds::of(version).and(&self.bounds))
    }
}
