//! OKRs as code: a team's objectives and key results in one file, in git.

pub mod change;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod git;
pub mod history;
pub mod model;
pub mod render;
pub mod store;
pub mod text;
pub mod view;
