use chrono::NaiveDate;

/// What a check has to know beside the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day from which the plan is looked at.
    pub today: NaiveDate,
    /// Whether loti is to merge the plan and this clone's git does not know how.
    pub lacks_driver: bool,
}

impl From<NaiveDate> for Facts {
    fn from(today: NaiveDate) -> Self {
        Self {
            today,
            ..Self::default()
        }
    }
}
