//! The plan as plain values: plan, cycles, themes, objectives, key results, milestones, notes, and
//! what follows from them on a day.
//!
//! Holds no TOML, no places in a file and no clock: whoever asks says which day it is. The rules of
//! progress and pace are those of `docs/figures.md`.

mod address;
mod default;
mod field;
mod id;
mod inherit;
mod key_result;
mod measure;
mod number;
mod pace;
mod parts;
mod plan;
mod progress;
mod table;
mod time;
mod tree;
mod value;
mod words;

pub use address::{Address, AddressError};
pub use field::{Field, Rows};
pub use id::{ById, Id};
pub use inherit::{Office, Reference};
pub use key_result::{KeyResult, Milestone};
pub use measure::{Line, Measure};
pub use number::{Fraction, Number, Percent, Weight};
pub use pace::{OnTrack, Pace};
pub use parts::{Allowance, Cycle, Link, Note, Objective, Person, Settings, Theme};
pub use plan::Plan;
pub use progress::{Counts, Rollup, whole_percent};
pub use table::{Key, Table, TableName};
pub use time::{LeftOpen, Stage, days_between, read_day, share_gone};
pub use tree::{ObjectiveBranch, ThemeBranch, Tree};
pub use value::{Misfit, Type, Value, seen};
pub use words::{Cadence, Kind, Publish, Status, Visibility, Word};
