use std::collections::HashSet;

use super::bounds::Bounds;
use crate::model::{
    Address, KeyResult, Note, Objective, Person, Plan, Rows, Settings, Theme, Visibility,
};

/// Returns a plan without what is beyond bounds, and without what names it.
pub(super) fn redacted(plan: &Plan, bounds: &Bounds) -> Plan {
    let mut shown = plan.clone();
    shown.themes.retain(|id, theme| {
        let visibility = bounds.of_theme(id, theme);
        cut_theme(theme, visibility, bounds);
        visibility != Visibility::Private
    });
    shown.objectives.retain(|id, objective| {
        let visibility = bounds.of_objective(plan, id, objective);
        cut_objective(objective, visibility, bounds);
        visibility != Visibility::Private
    });
    shown.key_results.retain(|id, key_result| {
        let visibility = bounds.of_key_result(plan, id, key_result);
        cut_key_result(key_result, visibility, bounds);
        visibility != Visibility::Private
    });
    for cycle in shown.cycles.values_mut() {
        cycle.allow = Rows::default();
        cut_notes(&mut cycle.note, bounds);
    }
    shown.allow = Rows::default();
    cut_notes(&mut shown.note, bounds);
    if !bounds.notes {
        // Without them nobody can tell when something was last heard of.
        shown.cadence = None;
    }
    if !bounds.people {
        shown.owner = None;
        shown.reviewer = None;
    }
    // How far behind its pace something looks at risk is seen with the pace; the rest of how strict a
    // team is with itself is its own matter.
    shown.check = Settings {
        at_risk_behind: plan.check.at_risk_behind,
        off_track_behind: plan.check.off_track_behind,
        ..Settings::default()
    };
    cut_persons(&mut shown, bounds);
    cut_references(&mut shown);
    shown
}

fn cut_theme(theme: &mut Theme, visibility: Visibility, bounds: &Bounds) {
    if visibility == Visibility::Outline {
        *theme = Theme {
            name: std::mem::take(&mut theme.name),
            aim: theme.aim.take(),
            visibility: Some(visibility),
            ..Theme::default()
        };
        return;
    }
    theme.visibility = None;
    theme.allow = Rows::default();
    cut_notes(&mut theme.note, bounds);
    if !bounds.people {
        theme.owner = None;
        theme.reviewer = None;
    }
}

fn cut_objective(objective: &mut Objective, visibility: Visibility, bounds: &Bounds) {
    if visibility == Visibility::Outline {
        *objective = Objective {
            theme: std::mem::take(&mut objective.theme),
            name: std::mem::take(&mut objective.name),
            aim: objective.aim.take(),
            visibility: Some(visibility),
            ..Objective::default()
        };
        return;
    }
    objective.visibility = None;
    objective.allow = Rows::default();
    cut_notes(&mut objective.note, bounds);
    if !bounds.people {
        objective.owner = None;
        objective.reviewer = None;
    }
}

fn cut_key_result(own: &mut KeyResult, visibility: Visibility, bounds: &Bounds) {
    if visibility == Visibility::Outline {
        *own = KeyResult {
            objective: std::mem::take(&mut own.objective),
            title: std::mem::take(&mut own.title),
            status: own.status,
            cycle: own.cycle.take(),
            // What is kept up is never late: a day of its own would make it so.
            due: own.due.filter(|_| !own.is_ongoing()),
            visibility: Some(visibility),
            is_outline: true,
            ..KeyResult::default()
        };
        return;
    }
    own.visibility = None;
    own.allow = Rows::default();
    for milestone in own.milestones.values_mut() {
        milestone.allow = Rows::default();
    }
    cut_notes(&mut own.note, bounds);
    if !bounds.notes {
        own.checked = None;
        own.cadence = None;
    }
    if !bounds.people {
        own.owner = None;
        own.reviewer = None;
    }
}

fn cut_notes(notes: &mut Rows<Note>, bounds: &Bounds) {
    if !bounds.notes {
        *notes = Rows::default();
    }
    if !bounds.people {
        for note in notes.iter_mut() {
            note.by = None;
        }
    }
}

/// Leaves of people only those who are named by what is shown, and of these the name and the account;
/// by their mail address they are only recognised.
fn cut_persons(shown: &mut Plan, bounds: &Bounds) {
    if !bounds.people {
        shown.persons.clear();
        return;
    }
    let references = shown.references().into_iter();
    let named: HashSet<Address> = references.map(|reference| reference.to).collect();
    shown.persons.retain(|id, person| {
        *person = Person {
            name: person.name.take(),
            github: person.github.take(),
            ..Person::default()
        };
        named.contains(&Address::Person(id.clone()))
    });
}

/// Takes away what names something that is not shown.
fn cut_references(shown: &mut Plan) {
    let there: HashSet<Address> = shown.addresses().collect();
    for objective in shown.objectives.values_mut() {
        objective.supports.retain(|to| there.contains(to));
    }
    for own in shown.key_results.values_mut() {
        own.supports.retain(|to| there.contains(to));
        own.needs.retain(|to| there.contains(to));
        let continues = own.continues.take();
        own.continues = continues.filter(|id| there.contains(&Address::KeyResult(id.clone())));
    }
}
