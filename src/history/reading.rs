use std::mem;

use super::difference::{Difference, put, take};
use super::parts::{Changed, Parts};
use super::unread::Unread;
use crate::document::{read_pieces, read_plan};
use crate::model::Plan;

/// A version of a plan, which turns into another by reading of that one only the tables in whose
/// sections bytes differ.
///
/// Two neighbours in a long history differ in a section or two: to read each afresh would be a
/// hundred times the work. What comes out is the same, which a law holds over random edits.
#[derive(Debug, Default)]
pub struct Reading {
    text: String,
    plan: Plan,
    parts: Parts,
}

impl Reading {
    /// Returns what the version says; its tables come in no particular order.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Turns into another version, and returns the tables that may differ.
    ///
    /// The version is taken out of `bytes`, and the one before left there. One that cannot be read
    /// changes nothing.
    pub fn turn(&mut self, bytes: &mut Vec<u8>) -> Result<Difference, Unread> {
        let text = Unread::check_text(mem::take(bytes))?;
        let difference = match self.parts.changed(&self.text, &text) {
            Some(changed) => self.turn_parts(&text, changed),
            None => None,
        };
        let difference = match difference {
            Some(difference) => difference,
            None => self.turn_whole(&text)?,
        };
        *bytes = mem::replace(&mut self.text, text).into_bytes();
        Ok(difference)
    }

    /// Reads the tables whose sections changed; `None` where something is wrong with them.
    fn turn_parts(&mut self, text: &str, changed: Changed) -> Option<Difference> {
        let sections = self.parts.sections_with(&changed);
        let (is, problems) = read_pieces(text, sections);
        if Unread::first_of(text, &problems).is_some() {
            return None;
        }
        let mut was = Plan::default();
        for address in self.parts.tables(&changed) {
            take(&mut self.plan, address, &mut was);
        }
        put(&mut self.plan, is.clone());
        self.parts.replace(changed);
        Some(Difference { was, is })
    }

    fn turn_whole(&mut self, text: &str) -> Result<Difference, Unread> {
        let (is, problems) = read_plan(text);
        if let Some(unread) = Unread::first_of(text, &problems) {
            return Err(unread);
        }
        self.parts = Parts::of(text);
        let was = mem::replace(&mut self.plan, is.clone());
        Ok(Difference { was, is })
    }
}
