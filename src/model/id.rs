use std::fmt;

use hashbrown::DefaultHashBuilder;
use indexmap::IndexMap;

/// The name that a cycle, theme, objective, key result, milestone or person goes by in the file and
/// on the command line: letters, digits, `-` and `_`, as in `12` or `data-ethics`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Box<str>);

/// Things by their ids, in the order of the file.
pub type ById<T, I = Id> = IndexMap<I, T, DefaultHashBuilder>;

impl Id {
    /// Takes a text as an id, or returns `None` where it holds anything but letters, digits, `-`
    /// and `_`.
    pub fn new(text: &str) -> Option<Self> {
        Self::fits(text).then(|| Self(text.into()))
    }

    /// Returns whether a text can be an id.
    pub fn fits(text: &str) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !text.is_empty() && text.bytes().all(plain)
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}
