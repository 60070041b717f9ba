use super::sheet::Sheet;
use crate::model::{Theme, Visibility};
use crate::view::{Part, Standing};

impl Sheet<'_> {
    /// Tells of a theme and its objectives.
    pub(super) fn theme(&mut self, theme: &Theme, standing: &Standing<'_>, parts: &[Part<'_>]) {
        self.some("aim", theme.aim.as_deref());
        self.some("about", theme.about.as_deref());
        self.standing(standing);
        self.in_cycle(&standing.cycle);
        self.offices();
        self.visibility(theme.visibility.unwrap_or(Visibility::Public));
        self.links(&theme.links);
        self.parts("objectives", parts);
        self.allowances(&theme.allow);
        self.notes(&theme.note);
    }
}
