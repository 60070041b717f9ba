//! Finds the plan file, reads it whole and replaces it whole.
//!
//! To this module a plan is text and no more: it does not parse TOML, know what
//! an objective is, run git or talk to the user.
//!
//! - [`find`]: which file is the plan?
//! - [`read`] and [`read_from`]: its text, or why there is none.
//! - [`edit`] and [`create`]: the only two ways to change it.
//! - [`write()`]: what was made of it, in a file of its own.
//!
//! # Promises
//!
//! Whoever opens the plan sees one whole text, old or new, even if the writer
//! is killed half way or the disk is full. Writers take turns: each one makes
//! its edit on the text that the one before it left.

mod draft;
mod error;
mod find;
mod lock;
mod read;
mod save;

pub use error::{EditError, FindError, ReadError, SaveError};
pub use find::{FILE_NAME, find};
pub use read::{MAX_BYTES, read, read_from};
pub use save::{create, edit, write};
