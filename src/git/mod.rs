//! What git knows of a plan: its versions, who made them, the revisions and branches they are found
//! by, and who is at the keyboard.
//!
//! Reads a repository and never writes to it. No program is started for that: not git, and no hook,
//! filter, pager or alias of the repository. It knows no TOML; what a version says is for others.

mod commits;
mod delta;
mod driver;
mod files;
mod met;
mod operation;
mod packs;
mod refusal;
mod rename;
mod repository;
mod revision;
mod stages;
mod tips;
mod tree_path;
mod user;
mod walk;

pub use driver::{DRIVER, Named, lacks_driver, marks_base};
pub use operation::Operation;
pub use repository::Repository;
pub use stages::Stages;
pub use tips::Tip;
pub use tree_path::TreePath;
pub use user::{Signing, user};
pub use walk::{Walk, WalkOptions};

/// What names a commit or a version of a file.
pub type Id = gix::ObjectId;
