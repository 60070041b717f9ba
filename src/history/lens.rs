use super::Difference;
use crate::model::Plan;

/// What of the versions of a plan may be looked at.
pub trait Lens {
    /// Returns what is seen of a version.
    ///
    /// Versions come one after the other, the newest first; `difference` leads to this one from the
    /// one that came before, if one did.
    fn look(&mut self, version: &Plan, difference: Option<&Difference>) -> Plan;
}
