//! The proof of merging: random merges held against what they have to come to by definition.
//!
//! A hundred at each run of the tests. `benches/merges.sh` makes as many as it is told to, and prints
//! what it counted.

mod comments;
mod faults;
mod oracle;
mod sides;
mod simulation;
mod values;
