use super::{Commit, Difference, Past, Reading, Step, Unread, Version};
use crate::change::Change;
use crate::model::Plan;

/// What every commit changed in the plan, newest first, one after the other.
///
/// Holds one version at a time, however long the history is.
#[derive(Debug)]
pub struct Log<P: Past> {
    past: P,
    reading: Reading,
    /// The file that the reading holds.
    held: Option<P::Id>,
    bytes: Vec<u8>,
}

/// A commit and what it did to the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Who made it, when, and what they said.
    pub commit: Commit,
    /// What it did.
    pub event: Event,
    /// What the file was called before, where the commit gave it another name.
    pub was_called: Option<String>,
}

/// What a commit did to the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// It changed the plan, or only its layout and comments, where there are no changes.
    ///
    /// Of a merge these are the changes that are on none of the sides it joins.
    Changed {
        /// The changes, which make the one of the other.
        changes: Vec<Change>,
        /// The tables that may differ, before and after.
        difference: Box<Difference>,
    },
    /// It left a file that cannot be read. What it changed is told with the next one that can.
    Unread(Unread),
    /// It took the file away.
    Gone,
    /// It is the last one that a shallow clone holds: what it changed is not known.
    Cut,
}

impl<P: Past> Log<P> {
    /// Begins with the newest commit of a past.
    pub fn new(past: P) -> Self {
        Self {
            past,
            reading: Reading::default(),
            held: None,
            bytes: Vec::new(),
        }
    }

    /// Returns the plan near the entry told last: tables that the entry did not change stand there
    /// as they are.
    pub fn plan(&self) -> &Plan {
        self.reading.plan()
    }

    /// Returns what the next older commit did, if there is one.
    ///
    /// Merges that change nothing by themselves are passed over.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, P::Error> {
        while let Some(step) = self.past.next_step()? {
            let event = self.event(&step)?;
            let is_merge = step.before.len() > 1;
            if let (true, Event::Changed { changes, .. }) = (is_merge, &event)
                && changes.is_empty()
            {
                continue;
            }
            return Ok(Some(Entry {
                commit: step.commit,
                event,
                was_called: step.was_called,
            }));
        }
        Ok(None)
    }

    fn event(&mut self, step: &Step<P::Id>) -> Result<Event, P::Error> {
        let Some(now) = step.now.file else {
            return Ok(Event::Gone);
        };
        if let Err(unread) = self.turn(now)? {
            return Ok(Event::Unread(unread));
        }
        if step.is_cut {
            return Ok(Event::Cut);
        }
        let Some((first, others)) = step.before.split_first() else {
            let difference = self.begun();
            return Ok(Event::Changed {
                changes: difference.changes(),
                difference: Box::new(difference),
            });
        };
        // What is on one of the sides was told there.
        let mut kept: Option<Vec<Change>> = None;
        for side in others.iter().rev() {
            let changes = self.since(*side)?.changes();
            if let Some(kept) = &mut kept {
                kept.retain(|change| changes.contains(change));
            } else {
                kept = Some(changes);
            }
            // What it was turned into before can be read.
            let _ = self.turn(now)?;
        }
        let difference = self.since(*first)?;
        let mut changes = difference.changes();
        if let Some(kept) = kept {
            changes.retain(|change| kept.contains(change));
        }
        Ok(Event::Changed {
            changes,
            difference: Box::new(difference),
        })
    }

    /// Turns into the nearest version from one before on that can be read, and returns what was
    /// changed since.
    fn since(&mut self, before: Version<P::Id>) -> Result<Difference, P::Error> {
        let mut before = Some(before);
        while let Some(version) = before {
            let Some(file) = version.file else {
                break;
            };
            if let Ok(difference) = self.turn(file)? {
                return Ok(difference.reversed());
            }
            before = self.past.earlier(version.commit)?;
        }
        Ok(self.begun())
    }

    /// Returns the whole plan as new.
    fn begun(&self) -> Difference {
        Difference {
            was: Plan::default(),
            is: self.reading.plan().clone(),
        }
    }

    fn turn(&mut self, file: P::Id) -> Result<Result<Difference, Unread>, P::Error> {
        if self.held == Some(file) {
            return Ok(Ok(Difference::default()));
        }
        self.past.read(file, &mut self.bytes)?;
        let turned = self.reading.turn(&mut self.bytes);
        if turned.is_ok() {
            self.held = Some(file);
        }
        Ok(turned)
    }
}
