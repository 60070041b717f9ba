//! The names of the problems that reading finds.

use crate::diagnostic::Rule;

/// The text is not TOML at this place.
pub const TOML_SYNTAX: Rule = Rule("toml-syntax");
/// A key or table that the format does not know.
pub const UNKNOWN_KEY: Rule = Rule("unknown-key");
/// A key that a table cannot be without.
pub const MISSING_KEY: Rule = Rule("missing-key");
/// A value of another kind than the key takes.
pub const WRONG_TYPE: Rule = Rule("wrong-type");
/// A word that is none of those the key takes.
pub const UNKNOWN_STATUS: Rule = Rule("unknown-status");
/// An id that is not made of letters, digits, `-` and `_`, or that means something else.
pub const BAD_ID: Rule = Rule("bad-id");
/// Two tables or keys of one name.
pub const DUPLICATE_ID: Rule = Rule("duplicate-id");
/// A name for something that is not there.
pub const UNKNOWN_REFERENCE: Rule = Rule("unknown-reference");
/// Things that need or support each other in a ring.
pub const DEPENDENCY_LOOP: Rule = Rule("dependency-loop");
/// Key results without a cycle to belong to.
pub const NO_CYCLE: Rule = Rule("no-cycle");
/// The marks of a merge that was not finished.
pub const CONFLICT_MARKERS: Rule = Rule("conflict-markers");
/// A way of writing that readers of TOML 1.0 refuse.
pub const TOML_1_1: Rule = Rule("toml-1-1");

/// Returns whether commands other than `check` refuse a file for this problem.
pub fn refuses(rule: Rule) -> bool {
    !matches!(rule, UNKNOWN_KEY | TOML_1_1)
}
