//! What a key makes of what the board shows.

use super::draw;
use super::entry::Entry;
use super::key::{Action, KEYS, Key};
use super::seen::Seen;
use super::state::{Effect, LEAST, Mode, State, WIDE, Wish};
use crate::model::{Address, Status};

impl State {
    /// Takes a key.
    pub(super) fn key(&mut self, key: Key, seen: &Seen) -> Effect {
        // Whatever was said has been read by now.
        self.said = None;
        if key == Key::Control('c') {
            return Effect::Quit;
        }
        // Nobody sees what the keys would do.
        if self.size.0 < LEAST.0 || self.size.1 < LEAST.1 {
            return if key == Key::Char('q') {
                Effect::Quit
            } else {
                Effect::Nothing
            };
        }
        match std::mem::take(&mut self.mode) {
            Mode::Tree => key
                .action()
                .map_or(Effect::Nothing, |action| self.act(action, seen)),
            Mode::Help(from) => {
                let most = KEYS.len().saturating_sub(self.rows_of_help());
                match key.action() {
                    Some(Action::Down | Action::PageDown) if most > 0 => {
                        self.mode = Mode::Help((from + 1).min(most));
                    }
                    Some(Action::Up | Action::PageUp) if most > 0 => {
                        self.mode = Mode::Help(from.saturating_sub(1));
                    }
                    _ => {}
                }
                Effect::Nothing
            }
            Mode::Filter => self.filter_key(key, seen),
            Mode::Status(choice) => self.status_key(choice, key),
            Mode::Steps(choice) => self.step_key(choice, key, seen),
            Mode::Why(status, entry) => self.typed(
                entry,
                key,
                |entry| Mode::Why(status, entry),
                |state, text| {
                    let note = (!text.trim().is_empty()).then(|| text.to_owned());
                    state.set(status.word().to_owned(), note)
                },
            ),
            Mode::Note(entry) => self.typed(entry, key, Mode::Note, |state, text| {
                if text.trim().is_empty() {
                    return Effect::Nothing;
                }
                let words = state.about.as_ref().map(ToString::to_string);
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
                            state.set(format!("{plain}={text}"), None)
                        }
                        _ => state.set(text.to_owned(), None),
                    }
                },
            ),
        }
    }

    fn act(&mut self, action: Action, seen: &Seen) -> Effect {
        if self.is_past && action.changes() {
            self.complain("this is the past, which cannot be changed: leave `--at` out");
            return Effect::Nothing;
        }
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
            Action::DetailsDown => {
                let most = draw::most_scrolled(self, seen);
                self.scrolled = self.scrolled.saturating_add(3).min(most);
            }
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
            Action::Help => self.mode = Mode::Help(0),
            Action::Note => self.open(Mode::Note(Entry::default()), seen),
            Action::Status => match self.selected_key_result(seen) {
                Some(id) => {
                    let now = seen.key_result(id).map(crate::model::KeyResult::status);
                    let at = Status::ALL.iter().position(|status| Some(*status) == now);
                    self.open(Mode::Status(at.unwrap_or(0)), seen);
                }
                None => self.complain("only key results have a status: go to one"),
            },
            Action::Steps => match self.selected_key_result(seen) {
                Some(id) if seen.steps(id).is_empty() => self.complain(format!(
                    "{id} has no milestones; `loti add milestone {id} NAME` adds one"
                )),
                Some(_) => self.open(Mode::Steps(0), seen),
                None => self.complain("only key results have milestones: go to one"),
            },
            Action::Value => {
                let plain = self
                    .selected_key_result(seen)
                    .and_then(|id| seen.figure(id));
                let key = plain.map(|(key, _)| key);
                self.open(Mode::Value(key, Entry::default()), seen);
            }
        }
        Effect::Nothing
    }

    /// Takes words that are pasted: where a line is typed they are typed, and no key ends it.
    pub(super) fn paste(&mut self, words: &str, seen: &Seen) -> Effect {
        if !self.mode.is_typed() && self.mode != Mode::Filter {
            self.complain("nothing is typed here that could be pasted: m writes a note");
            return Effect::Nothing;
        }
        for c in words.trim_end_matches(['\r', '\n']).chars() {
            let c = if c.is_control() { ' ' } else { c };
            self.key(Key::Char(c), seen);
        }
        Effect::Nothing
    }

    /// Begins to choose or to type something about the selected line.
    fn open(&mut self, mode: Mode, seen: &Seen) {
        self.about = self.address(seen).cloned();
        if self.about.is_some() {
            self.mode = mode;
        } else {
            self.complain("nothing is shown that could be changed: Esc shows all again");
        }
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

    fn status_key(&mut self, choice: usize, key: Key) -> Effect {
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
                return self.set(status.word().to_owned(), None);
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
        let Some(Address::KeyResult(id)) = self.about.clone() else {
            return Effect::Nothing;
        };
        let steps = seen.steps(&id);
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
                let at = Address::Milestone(id, step.id.clone());
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
        if !matches!(self.mode, Mode::Steps(_) | Mode::Help(_)) {
            self.mode = Mode::Tree;
        }
    }

    fn set(&self, word: String, note: Option<String>) -> Effect {
        let Some(address) = &self.about else {
            return Effect::Nothing;
        };
        Effect::Save(Wish {
            words: vec![address.to_string(), word],
            note,
        })
    }
}
