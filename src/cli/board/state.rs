//! What the board shows, and where in it one is: no terminal, no file, no clock.

use std::collections::HashSet;

use super::entry::Entry;
use super::seen::{Seen, Step};
use crate::model::{Address, Id, Status};
use crate::text::count;

/// The least that the board is laid out for.
pub(super) const LEAST: (u16, u16) = (80, 20);

/// From so many columns on, the details have a place of their own.
pub(super) const WIDE: u16 = 110;

/// What the board shows of a plan.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Columns and rows.
    pub(super) size: (u16, u16),
    /// What comes first, and the heading above it, laid out for the size.
    pub(super) head: Vec<String>,
    pub(super) mode: Mode,
    /// What is changed by what is being typed or chosen, wherever it stands by then.
    pub(super) about: Option<Address>,
    pub(super) filter: Entry,
    /// The numbers of the outline's items that are shown.
    pub(super) shown: Vec<usize>,
    /// Which of those is the one that keys are about, by its place in them.
    pub(super) selected: usize,
    /// The first of them on the screen.
    pub(super) top: usize,
    pub(super) details: bool,
    pub(super) scrolled: u16,
    /// Whether the plan is only to be looked at: it is past.
    pub(super) is_past: bool,
    pub(super) is_first_whole: bool,
    pub(super) said: Option<Said>,
    pub(super) folded: HashSet<Address>,
}

/// What keys are for at the moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Looking at the plan.
    #[default]
    Tree,
    /// Typing what to look for.
    Filter,
    /// Choosing a status.
    Status(usize),
    /// Saying why, once a status is chosen.
    Why(Status, Entry),
    /// Typing a figure; the key it is for, where one is plain.
    Value(Option<&'static str>, Entry),
    /// Typing a note.
    Note(Entry),
    /// Choosing a milestone.
    Steps(usize),
    /// Reading what the keys do, from a line on.
    Help(usize),
}

impl Mode {
    /// Returns whether words are typed that are to be saved.
    pub(super) fn is_typed(&self) -> bool {
        matches!(self, Self::Why(..) | Self::Value(..) | Self::Note(_))
    }
}

/// What was done last, or what is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) words: String,
    pub(super) is_bad: bool,
}

/// What a key asks of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing but another look.
    Nothing,
    /// To end.
    Quit,
    /// To take the last change back.
    Undo,
    /// To make a change.
    Save(Wish),
}

/// A change that somebody wants, in the words of `loti set` and `loti note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// An address, then a status or KEY=VALUE.
    pub(super) words: Vec<String>,
    pub(super) note: Option<String>,
}

impl State {
    /// Begins with a plan, on a terminal of some columns and rows.
    pub(super) fn new(seen: &Seen, size: (u16, u16)) -> Self {
        let mut state = Self {
            details: size.0 >= WIDE,
            ..Self::default()
        };
        state.resize(seen, size);
        state.look_again(seen, None);
        state
    }

    /// Takes another size.
    pub(super) fn resize(&mut self, seen: &Seen, size: (u16, u16)) {
        self.size = size;
        self.head = seen.head(usize::from(size.0));
        self.keep_in_sight();
    }

    /// Takes a plan that was read again, and stays where it was in the one before.
    ///
    /// What is typed stays, even about what is gone: to be saved it asks for it to be there.
    pub(super) fn renew(&mut self, before: &Seen, seen: &Seen) {
        let here = self.address(before).cloned();
        self.head = seen.head(usize::from(self.size.0));
        self.look_again(seen, here.as_ref());
        let is_choice = matches!(self.mode, Mode::Steps(_) | Mode::Status(_));
        let is_open = is_choice || self.mode.is_typed();
        let Some(about) = self.about.clone().filter(|_| is_open) else {
            return;
        };
        let gone = match (&self.mode, &about) {
            _ if seen.plan.table(&about).is_none() => Some(about.to_string()),
            (Mode::Steps(choice), Address::KeyResult(id)) => {
                // The same one, wherever it stands now.
                let (old, new) = (before.steps(id), seen.steps(id));
                let is_it = |step: &Step| old.get(*choice).is_some_and(|old| old.id == step.id);
                match new.iter().position(is_it) {
                    Some(at) => {
                        self.mode = Mode::Steps(at);
                        None
                    }
                    None => Some("the milestone".to_owned()),
                }
            }
            _ => None,
        };
        if let Some(gone) = gone {
            if is_choice {
                self.mode = Mode::Tree;
            }
            self.complain(format!("{gone} is gone: somebody took it away meanwhile"));
        }
    }

    /// Says what was done.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.said = Some(Said {
            words: words.into(),
            is_bad: false,
        });
    }

    /// Says what is in the way.
    pub(super) fn complain(&mut self, words: impl Into<String>) {
        self.said = Some(Said {
            words: words.into(),
            is_bad: true,
        });
    }

    /// Returns the address of the line that keys are about.
    pub(super) fn address<'a>(&self, seen: &'a Seen) -> Option<&'a Address> {
        let item = self.shown.get(self.selected)?;
        Some(&seen.outline.items.get(*item)?.address)
    }

    /// Returns the key result of the selected line, if it is one.
    pub(super) fn selected_key_result<'a>(&self, seen: &'a Seen) -> Option<&'a Id> {
        match self.address(seen)? {
            Address::KeyResult(id) => Some(id),
            _ => None,
        }
    }

    /// Returns whether what stands under a line is folded away.
    pub(super) fn is_folded(&self, address: &Address) -> bool {
        self.filter.text().trim().is_empty() && self.folded.contains(address)
    }

    /// Folds away what stands under the selected line, or goes to what that stands under.
    pub(super) fn fold(&mut self, seen: &Seen) {
        let Some(address) = self.address(seen).cloned() else {
            return;
        };
        let item = self.shown[self.selected];
        let depth = seen.outline.items[item].depth;
        let is_open = depth < 2 && !self.folded.contains(&address);
        if is_open && self.filter.text().trim().is_empty() {
            self.folded.insert(address.clone());
            self.look_again(seen, Some(&address));
            return;
        }
        let mut above = self.shown[..self.selected].iter();
        let above = above.rposition(|at| seen.outline.items[*at].depth < depth);
        self.select(above.unwrap_or(self.selected));
    }

    /// Goes on to the next key result that FIRST names.
    pub(super) fn next_first(&mut self, seen: &Seen) {
        let first = &seen.outline.first;
        let now = self.selected_key_result(seen);
        let at = now.and_then(|now| first.iter().position(|id| id == now));
        let next = at.map_or(0, |at| (at + 1) % first.len().max(1));
        let Some(id) = first.get(next) else {
            self.say("nothing comes first today");
            return;
        };
        let wanted = Address::KeyResult(id.clone());
        self.filter = Entry::default();
        self.folded.clear();
        self.look_again(seen, Some(&wanted));
        self.say(format!(
            "{} of {} that come first",
            next + 1,
            count(first.len(), "key result")
        ));
    }

    /// Finds out what is shown, and goes to a line of it if that is there.
    pub(super) fn look_again(&mut self, seen: &Seen, wanted: Option<&Address>) {
        let folded = &self.folded;
        self.shown = seen
            .outline
            .shown(self.filter.text(), |address| folded.contains(address));
        let items = &seen.outline.items;
        let is_wanted = |at: &usize| Some(&items[*at].address) == wanted;
        let first_row = || self.shown.iter().position(|at| items[*at].depth == 2);
        let found = self.shown.iter().position(is_wanted);
        let is_filtered = !self.filter.text().trim().is_empty();
        // Whoever looks for something means a key result.
        let found = found.filter(|at| !is_filtered || items[self.shown[*at]].depth == 2);
        let selected = match found {
            Some(found) => found,
            None if is_filtered || wanted.is_none() => first_row().unwrap_or(0),
            None => self.selected,
        };
        self.select(selected);
    }

    /// Goes to a line, or to the last one.
    pub(super) fn select(&mut self, at: usize) {
        let at = at.min(self.shown.len().saturating_sub(1));
        if at != self.selected {
            self.scrolled = 0;
        }
        self.selected = at;
        self.keep_in_sight();
    }

    /// Moves the tree as little as it takes to show the selected line.
    pub(super) fn keep_in_sight(&mut self) {
        let rows = self.rows_of_tree().max(1);
        let last_top = self.shown.len().saturating_sub(rows);
        self.top = self
            .top
            .clamp((self.selected + 1).saturating_sub(rows), self.selected)
            .min(last_top);
    }

    /// Returns how many lines of the heading and of FIRST there is room for.
    pub(super) fn rows_of_head(&self) -> usize {
        let rows = usize::from(self.size.1);
        let most = if self.is_first_whole {
            rows.saturating_sub(8)
        } else {
            (rows / 3).max(8)
        };
        self.head.len().min(most)
    }

    /// Returns how many lines of what the keys do there is room for, between the lines around it.
    pub(super) fn rows_of_help(&self) -> usize {
        usize::from(self.size.1).saturating_sub(2)
    }

    /// Returns how many lines of the tree there is room for: what the heading, a rule below it and the
    /// two lines at the foot leave.
    pub(super) fn rows_of_tree(&self) -> usize {
        usize::from(self.size.1).saturating_sub(self.rows_of_head() + 3)
    }
}
