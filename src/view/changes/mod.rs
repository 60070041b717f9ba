//! What changed in a plan, in the plan's own words: each change with what it means, in the order in
//! which the plan shows it.

mod comparison;
mod counts;
mod groups;
mod remark;
mod sides;
mod told;

pub use comparison::{Comparison, Whole};
pub use counts::ChangeCounts;
pub use groups::{About, ChangeGroup, Changed, Changes};
pub use remark::Remark;
pub use sides::Sides;
pub use told::{Told, tell};

#[cfg(test)]
mod tests;
