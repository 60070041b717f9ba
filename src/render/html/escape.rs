use std::fmt;

use askama::filters::{Escaper, Html};

use crate::text::printable;

/// How a page shows the plan's words: as text and nothing else, with what would act on a reader
/// unseen written out.
#[derive(Debug, Clone, Copy)]
pub struct Shown;

impl Escaper for Shown {
    fn write_escaped_str<W: fmt::Write>(&self, out: W, text: &str) -> fmt::Result {
        Html.write_escaped_str(out, &printable(text))
    }
}
