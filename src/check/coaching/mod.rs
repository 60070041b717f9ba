//! What a coach would ask of a plan that is right in every other way: never an error, and asked only
//! where somebody wants to hear it.

mod key_results;
mod objectives;

use super::catalogue::Page;
use super::context::Context;
use crate::model::{Id, KeyResult};

/// The rules, file by file.
pub(super) const PAGES: [&[Page]; 2] = [objectives::PAGES, key_results::PAGES];

/// Returns the key results that something is still expected of, where all that holds for them could be
/// read.
fn expected<'a>(context: &Context<'a>) -> Vec<(&'a Id, &'a KeyResult)> {
    let plan = context.plan;
    let all = plan.key_results.iter();
    let expected =
        all.filter(|(_, own)| plan.is_expected(own, context.today) && context.is_read_around(own));
    expected.collect()
}
