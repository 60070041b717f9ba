use crate::model::{Counts, KeyResult, Rollup, Status};

/// How something stood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// A key result.
    KeyResult {
        /// How its owner said it stood.
        status: Status,
        /// How far it had come, 0 to 100, where that was measured.
        progress: Option<f64>,
    },
    /// What several key results said together.
    Rollup(Rollup),
}

impl State {
    /// Returns how a key result stands.
    pub fn of(key_result: &KeyResult) -> Self {
        Self::KeyResult {
            status: key_result.status(),
            progress: key_result.progress(),
        }
    }

    /// Returns how far it had come, 0 to 100, where that was measured.
    pub fn progress(self) -> Option<f64> {
        match self {
            Self::KeyResult { progress, .. } => progress,
            Self::Rollup(rollup) => rollup.progress,
        }
    }

    /// Returns the status of a key result.
    pub fn status(self) -> Option<Status> {
        match self {
            Self::KeyResult { status, .. } => Some(status),
            Self::Rollup(_) => None,
        }
    }

    /// Returns whether two are the same, but for what sums in another order lose.
    fn is_like(self, other: Self) -> bool {
        let close = match (self.progress(), other.progress()) {
            (Some(one), Some(other)) => (one - other).abs() < 1e-9,
            (one, other) => one == other,
        };
        let same = match (self, other) {
            (Self::Rollup(one), Self::Rollup(other)) => one.counts == other.counts,
            _ => self.status() == other.status(),
        };
        close && same
    }
}

/// How something stood from moment to moment: an entry where that changed.
#[derive(Debug)]
pub(super) struct Series {
    entries: Entries,
    /// What was said last.
    last: Option<State>,
}

#[derive(Debug)]
enum Entries {
    OfKeyResult(Vec<Entry<Status>>),
    RolledUp(Vec<Entry<Counts>>),
}

/// How something stood, and from which moment on. There may be as many as there are commits, so that
/// they are kept small.
#[derive(Debug, Clone, Copy)]
struct Entry<T> {
    progress: f64,
    moment: u32,
    presence: Presence,
    rest: T,
}

#[derive(Debug, Clone, Copy)]
enum Presence {
    /// It was not there.
    Absent,
    /// It was there, and nothing of it is measured.
    Unmeasured,
    /// It was there, with progress.
    Measured,
}

impl Series {
    /// Begins that of a key result, or of what stands above them.
    pub(super) fn new(of_key_result: bool) -> Self {
        Self {
            entries: if of_key_result {
                Entries::OfKeyResult(Vec::new())
            } else {
                Entries::RolledUp(Vec::new())
            },
            last: None,
        }
    }

    /// Says how it stood at a moment, later ones having been said before.
    pub(super) fn say(&mut self, moment: u32, state: Option<State>) {
        let is_same = match (self.last, state) {
            (Some(last), Some(state)) => last.is_like(state),
            (last, state) => last.is_none() && state.is_none(),
        };
        if is_same && self.len() > 0 {
            return;
        }
        self.last = state;
        match &mut self.entries {
            Entries::OfKeyResult(entries) => {
                let status = state.and_then(State::status);
                let rest = status.unwrap_or(Status::NotStarted);
                entries.push(Entry::new(moment, state, rest));
            }
            Entries::RolledUp(entries) => {
                let rest = match state {
                    Some(State::Rollup(rollup)) => rollup.counts,
                    _ => Counts::default(),
                };
                entries.push(Entry::new(moment, state, rest));
            }
        }
    }

    /// Turns all around, once the oldest of so many moments was said: from the newest first, each up
    /// to which moment, to the oldest first, each from which moment on.
    pub(super) fn turn_around(&mut self, moments: u32) {
        match &mut self.entries {
            Entries::OfKeyResult(entries) => turn_around(entries, moments),
            Entries::RolledUp(entries) => turn_around(entries, moments),
        }
    }

    /// Returns how many entries there are.
    pub(super) fn len(&self) -> usize {
        match &self.entries {
            Entries::OfKeyResult(entries) => entries.len(),
            Entries::RolledUp(entries) => entries.len(),
        }
    }

    /// Returns from which moment on it stood how, by the number of an entry.
    pub(super) fn entry(&self, number: usize) -> (u32, Option<State>) {
        match &self.entries {
            Entries::OfKeyResult(entries) => {
                entries[number].told(|status, progress| State::KeyResult { status, progress })
            }
            Entries::RolledUp(entries) => {
                entries[number].told(|counts, progress| State::Rollup(Rollup { counts, progress }))
            }
        }
    }

    /// Returns from which moments on it stood how, the oldest first.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, Option<State>)> {
        (0..self.len()).map(|number| self.entry(number))
    }
}

impl<T: Copy> Entry<T> {
    fn new(moment: u32, state: Option<State>, rest: T) -> Self {
        let progress = state.and_then(State::progress);
        Self {
            progress: progress.unwrap_or_default(),
            moment,
            presence: match (state, progress) {
                (None, _) => Presence::Absent,
                (_, None) => Presence::Unmeasured,
                (_, Some(_)) => Presence::Measured,
            },
            rest,
        }
    }

    fn told(&self, told: impl Fn(T, Option<f64>) -> State) -> (u32, Option<State>) {
        let state = match self.presence {
            Presence::Absent => None,
            Presence::Unmeasured => Some(told(self.rest, None)),
            Presence::Measured => Some(told(self.rest, Some(self.progress))),
        };
        (self.moment, state)
    }
}

fn turn_around<T>(entries: &mut [Entry<T>], moments: u32) {
    // What is up to the moment before the next older one's begins right after that.
    for at in 0..entries.len() {
        let older = entries.get(at + 1).map(|entry| entry.moment);
        entries[at].moment = older.map_or(0, |older| moments - older);
    }
    entries.reverse();
}
