//! The keys of the board, each with what it does: one list for doing it and for `?`.

/// A key, whatever bytes a terminal sends for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Char(char),
    Enter,
    Escape,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Control(char),
}

/// What a key does while the plan is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Fold,
    Unfold,
    Details,
    DetailsDown,
    DetailsUp,
    NextFirst,
    First,
    Filter,
    Clear,
    Status,
    Value,
    Note,
    Steps,
    Undo,
    Help,
    Quit,
}

/// Some keys that do the same.
pub(super) struct Bound {
    keys: &'static [Key],
    pub(super) action: Action,
    /// What they do, for `?`.
    pub(super) does: &'static str,
}

/// Every key, in the order of `?`.
pub(super) const KEYS: &[Bound] = &[
    bound(&[Key::Down, Key::Char('j')], Action::Down, "the next line"),
    bound(&[Key::Up, Key::Char('k')], Action::Up, "the line before"),
    bound(
        &[Key::PageDown, Key::Control('f')],
        Action::PageDown,
        "a page on",
    ),
    bound(
        &[Key::PageUp, Key::Control('b')],
        Action::PageUp,
        "a page back",
    ),
    bound(&[Key::Home, Key::Char('g')], Action::Top, "the first line"),
    bound(&[Key::End, Key::Char('G')], Action::Bottom, "the last line"),
    bound(
        &[Key::Left, Key::Char('h')],
        Action::Fold,
        "fold, or go to what it stands under",
    ),
    bound(&[Key::Right, Key::Char('l')], Action::Unfold, "unfold"),
    bound(
        &[Key::Enter],
        Action::Details,
        "show all of it, or no longer",
    ),
    bound(
        &[Key::Char('J')],
        Action::DetailsDown,
        "scroll what is shown of it",
    ),
    bound(&[Key::Char('K')], Action::DetailsUp, "scroll back"),
    bound(
        &[Key::Char('n'), Key::Tab],
        Action::NextFirst,
        "the next that FIRST names",
    ),
    bound(
        &[Key::Char('f')],
        Action::First,
        "all of FIRST, or its beginning",
    ),
    bound(
        &[Key::Char('/')],
        Action::Filter,
        "show only what has these words, a status or an owner",
    ),
    bound(&[Key::Escape], Action::Clear, "back: show all again"),
    bound(&[Key::Char('s')], Action::Status, "set its status"),
    bound(
        &[Key::Char('v')],
        Action::Value,
        "set its figure, or any KEY=VALUE",
    ),
    bound(&[Key::Char('m')], Action::Note, "write a note"),
    bound(
        &[Key::Char('t')],
        Action::Steps,
        "its milestones: done or not",
    ),
    bound(
        &[Key::Char('u')],
        Action::Undo,
        "take back what was set last",
    ),
    bound(&[Key::Char('?')], Action::Help, "these keys"),
    bound(&[Key::Char('q'), Key::Control('c')], Action::Quit, "leave"),
];

const fn bound(keys: &'static [Key], action: Action, does: &'static str) -> Bound {
    Bound { keys, action, does }
}

impl Action {
    /// Returns whether it is there to change the plan.
    pub(super) fn changes(self) -> bool {
        matches!(
            self,
            Self::Status | Self::Value | Self::Note | Self::Steps | Self::Undo
        )
    }
}

impl Bound {
    /// Returns the keys as they are called.
    pub(super) fn names(&self, is_ascii: bool) -> String {
        let names: Vec<_> = self.keys.iter().map(|key| key.name(is_ascii)).collect();
        names.join(" ")
    }
}

impl Key {
    /// Returns what the key does while the plan is looked at.
    pub(super) fn action(self) -> Option<Action> {
        let bound = KEYS.iter().find(|bound| bound.keys.contains(&self));
        bound.map(|bound| bound.action)
    }

    fn name(self, is_ascii: bool) -> String {
        let named = |arrow: &'static str, word: &'static str| {
            if is_ascii { word } else { arrow }.to_owned()
        };
        match self {
            Self::Char(c) => c.to_string(),
            Self::Control(c) => format!("Ctrl-{c}"),
            Self::Up => named("↑", "Up"),
            Self::Down => named("↓", "Down"),
            Self::Left => named("←", "Left"),
            Self::Right => named("→", "Right"),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Escape => "Esc".to_owned(),
            other => format!("{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        let all: Vec<_> = KEYS.iter().flat_map(|bound| bound.keys).collect();
        for (at, key) in all.iter().enumerate() {
            assert!(!all[..at].contains(key), "{key:?}");
        }
    }
}
