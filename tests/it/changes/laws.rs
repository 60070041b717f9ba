//! Parts of two plans tell what the whole plans do.

use loti::change::diff;
use loti::history::Reading;
use loti::model::Plan;
use loti::view::{Sides, Told, tell};
use proptest::prelude::{ProptestConfig, prop_assert_eq};
use proptest::proptest;

use crate::change::revised;
use crate::layouts::{choices, plan, render};
use crate::tree::read;

/// Returns what is told, whatever the order.
fn sorted(told: &[Told]) -> Vec<String> {
    let mut told: Vec<_> = told.iter().map(|told| format!("{told:#?}")).collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig {
        // More where the environment asks for more.
        cases: ProptestConfig::default().cases.max(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_tables_that_differ_tell_all_that_changed(mut choices in choices()) {
        let a = plan(&mut choices);
        let b = revised(&a, &mut choices);
        let (before, after) = (render(&a, &mut choices), render(&b, &mut choices));
        // As they are read: a table that says nothing is in no text.
        let [a, b] = [&before, &after].map(|text| read(text));
        // What names something that is not there is no plan that anybody works with.
        let is_sound = !b.is_refused();
        let (a, b) = (a.plan, b.plan);
        let mut reading = Reading::default();
        reading.turn(&mut before.into_bytes()).expect("a plan reads");
        let Ok(difference) = reading.turn(&mut after.into_bytes()) else {
            return Ok(());
        };
        if is_sound {
            let changes = difference.changes();
            let whole = sorted(&tell(&diff(&a, &b), Sides::whole(&a, &b)));
            let (was, is) = (&difference.was, &difference.is);
            for around in [&a, &b] as [&Plan; 2] {
                let parts = tell(&changes, Sides { was, is, around });
                prop_assert_eq!(&sorted(&parts), &whole);
            }
        }
    }
}
