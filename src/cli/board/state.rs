//! What the board shows and what a key makes of it: no terminal, no file, no clock.

use std::collections::HashSet;

use super::entry::Entry;
use super::key::{Action, Key};
use super::seen::Seen;
use crate::model::{Address, Id, Status};
use crate::text::count;

/// The least that the board is laid out for.
pub(super) const LEAST: (u16, u16) = (80, 24);

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
    pub(super) filter: Entry,
    /// The numbers of the outline's items that are shown.
    pub(super) shown: Vec<usize>,
    /// Which of those is the one that keys are about, by its place in them.
    pub(super) selected: usize,
    /// The first of them on the screen.
    pub(super) top: usize,
    pub(super) details: bool,
    pub(super) scrolled: u16,
    pub(super) is_first_whole: bool,
    pub(super) said: Option<Said>,
    folded: HashSet<Address>,
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
    /// Reading what the keys do.
    Help,
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

    /// Takes a plan that was read again, and stays where it is in it.
    pub(super) fn renew(&mut self, before: Option<&Address>, seen: &Seen) {
        self.head = seen.head(usize::from(self.size.0));
        self.look_again(seen, before);
        if let Mode::Steps(_) | Mode::Status(_) | Mode::Why(..) | Mode::Value(..) = &self.mode
            && self.selected_key_result(seen).is_none()
        {
            self.mode = Mode::Tree;
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

    fn selected_key_result<'a>(&self, seen: &'a Seen) -> Option<&'a Id> {
        match self.address(seen)? {
            Address::KeyResult(id) => Some(id),
            _ => None,
        }
    }

    /// Returns whether what stands under a line is folded away.
    pub(super) fn is_folded(&self, address: &Address) -> bool {
        self.filter.text().trim().is_empty() && self.folded.contains(address)
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: Key, seen: &Seen) -> Effect {
        // Whatever was said has been read by now.
        self.said = None;
        if key == Key::Control('c') {
            return Effect::Quit;
        }
        match std::mem::take(&mut self.mode) {
            Mode::Tree => key
                .action()
                .map_or(Effect::Nothing, |action| self.act(action, seen)),
            Mode::Help => Effect::Nothing,
            Mode::Filter => self.filter_key(key, seen),
            Mode::Status(choice) => self.status_key(choice, key, seen),
            Mode::Steps(choice) => self.step_key(choice, key, seen),
            Mode::Why(status, entry) => self.typed(
                entry,
                key,
                |entry| Mode::Why(status, entry),
                |state, text| {
                    let note = (!text.trim().is_empty()).then(|| text.to_owned());
                    state.set(status.word().to_owned(), note, seen)
                },
            ),
            Mode::Note(entry) => self.typed(entry, key, Mode::Note, |state, text| {
                if text.trim().is_empty() {
                    return Effect::Nothing;
                }
                let words = state.address(seen).map(ToString::to_string);
                Effect::Save(Wish {
                    words: words.into_iter().collect(),
                    note: Some(text.to_owned()),
                })
            }),
            Mode::Value(plain, entry) => self.typed(
                entry,
                key,
                |entry| Mode::Value(plain, entry),
                |state, text| {
                    let text = text.trim();
                    match plain {
                        _ if text.is_empty() => Effect::Nothing,
                        Some(plain) if !text.contains('=') => {
                            state.set(format!("{plain}={text}"), None, seen)
                        }
                        _ => state.set(text.to_owned(), None, seen),
                    }
                },
            ),
        }
    }

    fn act(&mut self, action: Action, seen: &Seen) -> Effect {
        let page = self.rows_of_tree().saturating_sub(1).max(1);
        match action {
            Action::Quit => return Effect::Quit,
            Action::Undo => return Effect::Undo,
            Action::Up => self.select(self.selected.saturating_sub(1)),
            Action::Down => self.select(self.selected + 1),
            Action::PageUp => self.select(self.selected.saturating_sub(page)),
            Action::PageDown => self.select(self.selected + page),
            Action::Top => self.select(0),
            Action::Bottom => self.select(usize::MAX),
            Action::Fold => self.fold(seen),
            Action::Unfold => {
                if let Some(address) = self.address(seen)
                    && self.folded.remove(address)
                {
                    let address = address.clone();
                    self.look_again(seen, Some(&address));
                }
            }
            Action::Details => {
                self.details = !self.details;
                self.scrolled = 0;
            }
            Action::DetailsDown => self.scrolled = self.scrolled.saturating_add(3),
            Action::DetailsUp => self.scrolled = self.scrolled.saturating_sub(3),
            Action::NextFirst => self.next_first(seen),
            Action::First => {
                self.is_first_whole = !self.is_first_whole;
                self.keep_in_sight();
            }
            Action::Filter => self.mode = Mode::Filter,
            Action::Clear => {
                if self.details && self.size.0 < WIDE {
                    self.details = false;
                } else {
                    self.filter = Entry::default();
                    let here = self.address(seen).cloned();
                    self.look_again(seen, here.as_ref());
                }
            }
            Action::Help => self.mode = Mode::Help,
            Action::Note => self.mode = Mode::Note(Entry::default()),
            Action::Status => match self.selected_key_result(seen) {
                Some(id) => {
                    let now = seen.key_result(id).map(crate::model::KeyResult::status);
                    let at = Status::ALL.iter().position(|status| Some(*status) == now);
                    self.mode = Mode::Status(at.unwrap_or(0));
                }
                None => self.complain("only key results have a status: go to one"),
            },
            Action::Steps => match self.selected_key_result(seen) {
                Some(id) if seen.steps(id).is_empty() => self.complain(format!(
                    "{id} has no milestones; `loti add milestone {id} NAME` adds one"
                )),
                Some(_) => self.mode = Mode::Steps(0),
                None => self.complain("only key results have milestones: go to one"),
            },
            Action::Value => {
                let plain = self
                    .selected_key_result(seen)
                    .and_then(|id| seen.figure(id));
                self.mode = match plain {
                    Some((key, now)) => Mode::Value(Some(key), Entry::of(now)),
                    None => Mode::Value(None, Entry::default()),
                };
            }
        }
        Effect::Nothing
    }

    fn filter_key(&mut self, key: Key, seen: &Seen) -> Effect {
        let here = self.address(seen).cloned();
        match key {
            Key::Enter => return Effect::Nothing,
            Key::Escape => self.filter = Entry::default(),
            Key::Up | Key::Down | Key::PageUp | Key::PageDown => {
                self.mode = Mode::Filter;
                let action = key.action();
                return action.map_or(Effect::Nothing, |action| self.act(action, seen));
            }
            key => {
                self.filter.key(key);
                self.mode = Mode::Filter;
            }
        }
        self.look_again(seen, here.as_ref());
        Effect::Nothing
    }

    fn status_key(&mut self, choice: usize, key: Key, seen: &Seen) -> Effect {
        let last = Status::ALL.len() - 1;
        let chosen = match key {
            Key::Escape | Key::Char('q') => return Effect::Nothing,
            Key::Up | Key::Char('k') => choice.saturating_sub(1),
            Key::Down | Key::Char('j') => (choice + 1).min(last),
            Key::Enter => {
                let status = Status::ALL[choice.min(last)];
                // What is in trouble or given up is said with its reason.
                if status.is_trouble() || status == Status::Dropped {
                    self.mode = Mode::Why(status, Entry::default());
                    return Effect::Nothing;
                }
                return self.set(status.word().to_owned(), None, seen);
            }
            Key::Char(c) => match c.to_digit(10) {
                Some(digit @ 1..) if digit as usize <= last + 1 => digit as usize - 1,
                _ => choice,
            },
            _ => choice,
        };
        self.mode = Mode::Status(chosen);
        Effect::Nothing
    }

    fn step_key(&mut self, choice: usize, key: Key, seen: &Seen) -> Effect {
        let Some(id) = self.selected_key_result(seen) else {
            return Effect::Nothing;
        };
        let steps = seen.steps(id);
        let Some(step) = steps.get(choice.min(steps.len().saturating_sub(1))) else {
            return Effect::Nothing;
        };
        let chosen = match key {
            Key::Escape | Key::Char('q') => return Effect::Nothing,
            Key::Up | Key::Char('k') => choice.saturating_sub(1),
            Key::Down | Key::Char('j') => (choice + 1).min(steps.len() - 1),
            Key::Enter | Key::Char(' ') => {
                self.mode = Mode::Steps(choice);
                let done = if step.is_done { "done=" } else { "done" };
                let at = Address::Milestone(id.clone(), step.id.clone());
                return Effect::Save(Wish {
                    words: vec![at.to_string(), done.to_owned()],
                    note: None,
                });
            }
            _ => choice,
        };
        self.mode = Mode::Steps(chosen);
        Effect::Nothing
    }

    /// Takes a key for a line that is typed: `again` is the mode while it goes on, `done` what is made of
    /// it at the end.
    fn typed(
        &mut self,
        mut entry: Entry,
        key: Key,
        again: impl Fn(Entry) -> Mode,
        done: impl FnOnce(&mut Self, &str) -> Effect,
    ) -> Effect {
        match key {
            Key::Escape => {
                if !entry.text().is_empty() {
                    self.say("nothing is changed");
                }
                Effect::Nothing
            }
            Key::Enter => {
                let effect = done(self, entry.text());
                // What cannot be saved is not lost: it is typed on where it stands.
                if let Effect::Save(_) = effect {
                    self.mode = again(entry);
                }
                effect
            }
            key => {
                entry.key(key);
                self.mode = again(entry);
                Effect::Nothing
            }
        }
    }

    /// Ends what was typed or chosen, once it is saved.
    pub(super) fn saved(&mut self) {
        if !matches!(self.mode, Mode::Steps(_) | Mode::Help) {
            self.mode = Mode::Tree;
        }
    }

    fn set(&self, word: String, note: Option<String>, seen: &Seen) -> Effect {
        let Some(address) = self.address(seen) else {
            return Effect::Nothing;
        };
        Effect::Save(Wish {
            words: vec![address.to_string(), word],
            note,
        })
    }

    fn fold(&mut self, seen: &Seen) {
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

    fn next_first(&mut self, seen: &Seen) {
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
    fn look_again(&mut self, seen: &Seen, wanted: Option<&Address>) {
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

    fn select(&mut self, at: usize) {
        let at = at.min(self.shown.len().saturating_sub(1));
        if at != self.selected {
            self.scrolled = 0;
        }
        self.selected = at;
        self.keep_in_sight();
    }

    fn keep_in_sight(&mut self) {
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

    /// Returns how many lines of the tree there is room for: what the heading, a rule below it and the
    /// two lines at the foot leave.
    pub(super) fn rows_of_tree(&self) -> usize {
        usize::from(self.size.1).saturating_sub(self.rows_of_head() + 3)
    }
}
