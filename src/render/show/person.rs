use super::sheet::Sheet;
use crate::model::Stage;
use crate::render::dates::date;
use crate::view::Work;

impl Sheet<'_> {
    /// Tells of a person, team or role: what they answer for and what they review, inherited or not.
    pub(super) fn person(&mut self, work: &Work<'_>) {
        let person = work.person;
        self.some("email", person.email.as_deref());
        self.some("github", person.github.as_deref());
        self.fact("from", person.from.map_or(String::new(), date));
        self.fact("until", person.until.map_or(String::new(), date));
        let standing = &work.standing;
        if !work.owns.is_empty() || standing.elsewhere > 0 {
            self.standing(standing);
        }
        self.in_cycle(&standing.cycle);
        self.named_by();
        for row in &work.owns {
            self.row("owns", row);
        }
        for row in &work.reviews {
            self.row("reviews", row);
        }
        if work.owns.is_empty() && work.reviews.is_empty() {
            let whose = match standing.cycle.stage {
                Some(Stage::Closed | Stage::Ended(_)) => "owned and reviewed nothing in this cycle",
                _ => "owns and reviews nothing in this cycle",
            };
            self.fact("stands", whose);
        }
        self.allowances(&person.allow);
    }
}
