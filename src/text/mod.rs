//! Text as it stands in a file and as it stands on a screen: spans, lines and columns, width,
//! escaping, nearest spelling.
//!
//! Knows nothing of plans or of TOML, and reads and writes no files.

mod between;
mod conflict;
mod escape;
mod hash;
mod markdown;
mod nearest;
mod place;
mod shell;
mod width;
mod words;
mod xml;

pub use between::{BetweenError, between};
pub use conflict::{MarkedConflict, MarkedSide, marked_conflicts, replace_conflicts};
pub use escape::{is_hidden, printable};
pub use hash::hash;
pub use markdown::markdown;
pub use nearest::{nearest, only_near};
pub use place::{LineColumn, Source, Span};
pub use shell::shell_word;
pub use width::{pad, shorten, width};
pub use words::{alternatives, count, join, with_article};
pub use xml::xml;
