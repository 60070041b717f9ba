use super::sheet::Sheet;
use crate::model::{Address, Id, Table, Value, days_between};
use crate::render::dates::{date, days_left};
use crate::render::look::one_line;

impl Sheet<'_> {
    /// Tells the keys of what has nothing more to say than they do.
    pub(super) fn other(&mut self) {
        let address = &self.detail.address;
        let Some(table) = self.plan.table(address) else {
            return;
        };
        if let Address::Milestone(of, id) = address {
            self.named("key result", &Address::KeyResult(of.clone()));
            self.step(of, id);
        }
        let notes = self.plan.notes(address);
        for (key, value) in <dyn Table>::values(table) {
            match value {
                _ if key.name == "note"
                    || matches!((address, key.name), (Address::Milestone(..), "due")) => {}
                Value::Date(day) => self.fact(key.name, date(day)),
                Value::Text(_) if key.name == "name" => {}
                Value::List(items) => {
                    for item in items {
                        self.copied(key.name, one_line(&item.to_string()).into_owned());
                    }
                }
                value => self.some(key.name, Some(&value.to_string())),
            }
        }
        self.notes(notes.unwrap_or_default());
        if *address == Address::Check && self.is_empty() {
            self.fact("sets", "nothing: loti's own levels and thresholds hold");
        }
    }

    fn step(&mut self, of: &Id, id: &Id) {
        let own = self.plan.key_results.get(of);
        let Some((own, step)) = own.and_then(|own| Some((own, own.milestones.get(id)?))) else {
            return;
        };
        let Some(due) = step.due else {
            return;
        };
        let is_open = self.plan.is_open(own, self.today) && !step.is_done();
        let days = if is_open {
            format!(", {}", days_left(days_between(self.today, due)))
        } else {
            String::new()
        };
        self.fact("due", format!("{}{days}", date(due)));
    }
}
