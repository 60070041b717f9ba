use std::fmt;

use crate::model::Address;

/// Something that two sides contradict each other in.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// What it is about, where the format knows it.
    pub at: Option<Address>,
    /// The key, or the path of what the format does not know; `None` where it is about the whole.
    pub key: Option<String>,
    /// What stood there, as the file has it; `None` for nothing.
    pub base: Option<String>,
    /// What our side has.
    pub ours: Option<String>,
    /// What their side has.
    pub theirs: Option<String>,
    /// Why neither can be taken.
    pub why: Why,
}

/// Why a conflict cannot be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Both sides changed it, to different things.
    BothChanged,
    /// Our side removed what theirs changed.
    RemovedByUs,
    /// Their side removed what ours changed.
    RemovedByThem,
    /// It names what the other side removed.
    NamesRemoved(Address),
    /// Both changed lines that cannot be told apart by what they are about.
    Lines,
}

impl Conflict {
    /// Returns what it is about as a path in the file; empty for lines about nothing in particular.
    pub fn place(&self) -> String {
        match (&self.at, &self.key) {
            (Some(at), Some(key)) => format!("{at}.{key}"),
            (Some(at), None) => at.to_string(),
            (None, Some(key)) => key.clone(),
            (None, None) => String::new(),
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place();
        let says = |value: &Option<String>| match value {
            Some(value) => one_line(value),
            None => "(none)".to_owned(),
        };
        match &self.why {
            Why::BothChanged => write!(
                f,
                "{place}: {} here, {} there, {} before",
                says(&self.ours),
                says(&self.theirs),
                says(&self.base)
            ),
            Why::RemovedByUs => write!(f, "{place}: removed here, changed there"),
            Why::RemovedByThem => write!(f, "{place}: changed here, removed there"),
            Why::NamesRemoved(to) => {
                let (side, other, value) = match (&self.ours, &self.theirs) {
                    (_, Some(value)) if self.ours != self.theirs => ("there", "here", value),
                    (Some(value), _) => ("here", "there", value),
                    _ => return write!(f, "{place}: names {to}, which was removed"),
                };
                let value = one_line(value);
                write!(f, "{place}: {value} {side} names {to}, removed {other}")
            }
            Why::Lines if place.is_empty() => f.write_str("both changed the same lines"),
            Why::Lines => write!(f, "{place}: both changed the same lines"),
        }
    }
}

fn one_line(value: &str) -> String {
    let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" / ")
}
