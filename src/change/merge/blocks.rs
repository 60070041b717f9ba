//! The blocks of three texts brought together: what one side left as it was is taken from the other,
//! byte for byte.

use std::cell::RefCell;

use hashbrown::{HashMap, HashSet};

use super::align::{Aligned, Thing};
use super::comments::added;
use super::cut::{Block, Cut};
use super::definition::{Forced, Path, read, says_same};
use super::draft::{Apart, Draft};
use super::entries::Lines;
use super::keys::{comments_of, either, merge_keys};
use super::order::{Orders, order};
use super::place;
use super::{Notice, Why};

/// The blocks of one thing in the three texts.
type Three<'b, 't> = [Option<&'b Block<'t>>; 3];

/// What is done with a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It is gone.
    Drops,
    Stays,
    /// It is gone, but for comments that are new.
    Leaves(Vec<String>),
    /// A side removed it, or the table it is part of, and the other changed that.
    Contested(Path, Why),
}

/// Three texts cut and aligned, and what has to be marked beside what their values ask for.
pub(super) struct Blocks<'a, 't> {
    pub(super) cuts: [&'a Cut<'t>; 3],
    pub(super) aligned: &'a Aligned<'a>,
    pub(super) forced: Forced,
    leads_to_forced: HashSet<Path>,
    /// Comments that would be there too often, and by how many.
    pub(super) excess: RefCell<std::collections::HashMap<String, usize>>,
}

impl<'a, 't> Blocks<'a, 't> {
    pub(super) fn new(cuts: [&'a Cut<'t>; 3], aligned: &'a Aligned<'a>, forced: Forced) -> Self {
        let leads = forced
            .keys()
            .flat_map(|path| (0..path.len()).map(|to| path[..to].to_vec()));
        Self {
            leads_to_forced: leads.collect(),
            excess: RefCell::default(),
            cuts,
            aligned,
            forced,
        }
    }

    /// Puts the merged text together; `None` where it is written
    /// in a way that is not merged block by block.
    pub(super) fn merge(&mut self) -> Option<Draft> {
        let fates = self.fates()?;
        let [base, ours, theirs] = self.aligned.orders.each_ref().map(Vec::as_slice);
        let table = |number: u32| self.table(number);
        let order = order(
            &Orders { base, ours, theirs },
            |number| fates[number as usize] != Fate::Drops,
            |ours, theirs, anchor| {
                // What is new in a table stands with it.
                anchor.map(table) != Some(table(theirs)) || table(ours) == table(theirs)
            },
        );
        let mut draft = Draft::default();
        (draft.differs, draft.is_counted) = (true, true);
        self.stay(&mut draft, 0)?;
        for number in order.all {
            let thing = &self.aligned.things[number as usize];
            draft.differs = self.aligned.differs(table(number));
            draft.is_counted = self.is_counted(thing);
            match &fates[number as usize] {
                Fate::Contested(path, why) => self.contested(&mut draft, thing, path, why),
                Fate::Leaves(comments) => draft.text(&format!("\n{}\n", comments.join("\n"))),
                _ => self.stay(&mut draft, number as usize)?,
            }
        }
        let [base, ours, theirs] = self.cuts.map(|cut| Some(cut.tail));
        (draft.differs, draft.is_counted) = (false, true);
        draft.text(&comments_of([base, ours, theirs]));
        let moved = order
            .both_moved
            .into_iter()
            .map(|number| Notice::BothMoved {
                at: self.table(number).to_owned(),
            });
        draft.notices.extend(moved);
        draft.notices.dedup();
        Some(draft)
    }

    /// Returns whether the comments of a thing may be others in one of the texts.
    fn is_counted(&self, thing: &Thing) -> bool {
        let before = self
            .blocks(thing)
            .map(|block| block.map(|block| block.before));
        !thing.is_same || before[0] != before[1] || before[0] != before[2]
    }

    /// Returns of each text all blocks with comments that may be others in another one.
    pub(super) fn counted(&self) -> [String; 3] {
        let mut texts = self.cuts.map(|cut| cut.tail.to_owned());
        for (number, thing) in self.aligned.things.iter().enumerate() {
            if number == 0 || self.is_counted(thing) {
                for (text, block) in texts.iter_mut().zip(self.blocks(thing)) {
                    if let Some(block) = block {
                        text.push_str(block.before);
                        text.push_str(block.whole);
                    }
                }
            }
        }
        texts
    }

    fn blocks(&self, thing: &Thing) -> Three<'a, 't> {
        let mut blocks = [None; 3];
        for ((block, cut), place) in blocks.iter_mut().zip(self.cuts).zip(thing.places) {
            *block = place.map(|place| &cut.blocks[place]);
        }
        blocks
    }

    fn table(&self, number: u32) -> &'a str {
        let thing = &self.aligned.things[number as usize];
        let blocks = self.blocks(thing);
        blocks
            .into_iter()
            .flatten()
            .next()
            .map_or("", |block| &block.table)
    }

    /// Decides what goes, and what cannot.
    fn fates(&mut self) -> Option<Vec<Fate>> {
        let tables = self.cuts.map(|cut| {
            let tables = cut.blocks[1..].iter().map(|block| &*block.table);
            let differ = tables.filter(|table| self.aligned.differ.contains(table));
            differ.collect::<HashSet<&str>>()
        });
        let mut gone: HashMap<&str, Fate> = HashMap::new();
        for table in &tables[0] {
            let fate = match (tables[1].contains(table), tables[2].contains(table)) {
                (true, true) => continue,
                (false, false) => Fate::Drops,
                (is_ours, _) => self.removed_table(table, if is_ours { 1 } else { 2 })?,
            };
            gone.insert(table, fate);
        }
        let mut fates = Vec::with_capacity(self.aligned.things.len());
        for number in 0..self.aligned.things.len() {
            let thing = &self.aligned.things[number];
            let blocks = self.blocks(thing);
            let fate = match blocks {
                [_, None, None] => Fate::Drops,
                _ if thing.is_same => Fate::Stays,
                _ => match gone.get(self.table(number as u32)) {
                    Some(fate) => fate.clone(),
                    None => self.fate(number)?,
                },
            };
            fates.push(fate);
        }
        Some(fates)
    }

    /// Decides about a table that only one side still has.
    fn removed_table(&mut self, table: &str, side: usize) -> Option<Fate> {
        let [was, is] = [self.cuts[0], self.cuts[side]].map(|cut| {
            let blocks = cut.blocks[1..].iter().filter(|block| block.table == table);
            let texts = blocks.map(|block| block.whole);
            texts.collect::<String>()
        });
        let is_said = says_same(&read(&was)?, &read(&is)?);
        if is_said && added(&was, &is).is_empty() {
            return Some(Fate::Drops);
        }
        let mut things = self.aligned.things.iter();
        let thing = things.find(|thing| {
            let block = thing.places[side].map(|place| &self.cuts[side].blocks[place]);
            block.is_some_and(|block| block.table == table) && !thing.path.is_empty()
        });
        let path = place::table(&thing?.path);
        Some(self.contest(path, side, is_said))
    }

    /// Decides about a block of a table that both sides have.
    fn fate(&mut self, number: usize) -> Option<Fate> {
        let thing = &self.aligned.things[number];
        if let Some(row) = &thing.row {
            let mut path = thing.path.clone();
            path.push(row.clone());
            if let Some(why) = self.forced.get(&path) {
                return Some(Fate::Contested(thing.path.clone(), why.clone()));
            }
        }
        let (was, is, side) = match self.blocks(thing) {
            [Some(was), Some(is), None] => (was, is, 1),
            [Some(was), None, Some(is)] => (was, is, 2),
            _ => return Some(Fate::Stays),
        };
        if was.whole == is.whole {
            return Some(Fate::Drops);
        }
        let is_said = says_same(&read(was.text)?, &read(is.text)?);
        if is_said && added(was.whole, is.whole).is_empty() {
            return Some(Fate::Drops);
        }
        if thing.row.is_some() && is_said {
            // Rows go by what they say: whether they are there is no conflict.
            let comments = added(was.whole, is.whole).into_iter();
            return Some(Fate::Leaves(comments.map(str::to_owned).collect()));
        }
        let path = thing.path.clone();
        Some(self.contest(path, side, is_said))
    }

    fn contest(&mut self, path: Path, side: usize, is_forced: bool) -> Fate {
        let why = if side == 1 {
            Why::RemovedByThem
        } else {
            Why::RemovedByUs
        };
        if is_forced {
            self.forced.insert(path.clone(), why.clone());
        }
        Fate::Contested(path, why)
    }

    fn contested(&self, draft: &mut Draft, thing: &Thing, path: &Path, why: &Why) {
        let [base, ours, theirs] = self.blocks(thing).map(|block| {
            block.map_or_else(String::new, |block| {
                format!("{}{}", block.before, block.whole)
            })
        });
        draft.removed(path, Apart { base, ours, theirs }, why.clone());
    }

    /// Merges comments, without those of theirs that ours has elsewhere.
    fn comments(&self, comments: [Option<&str>; 3]) -> String {
        let merged = comments_of(comments);
        let mut excess = self.excess.borrow_mut();
        if excess.is_empty() {
            return merged;
        }
        let ours = comments[1].unwrap_or_default();
        let is_kept = |line: &&str| {
            let line = line.trim();
            match excess.get_mut(line) {
                Some(more) if *more > 0 && !ours.lines().any(|own| own.trim() == line) => {
                    *more -= 1;
                    false
                }
                _ => true,
            }
        };
        let kept: String = merged.split_inclusive('\n').filter(is_kept).collect();
        let said = |text: &str| text.split_whitespace().eq(ours.split_whitespace());
        // With a comment of theirs go the blank lines that they put round it.
        if kept != merged && said(&kept) {
            ours.to_owned()
        } else {
            kept
        }
    }

    fn stay(&self, draft: &mut Draft, number: usize) -> Option<()> {
        let thing = &self.aligned.things[number];
        let blocks = self.blocks(thing);
        draft.text(&self.comments(blocks.map(|block| Some(block?.before))));
        draft.text(&self.comments(blocks.map(|block| Some(block?.lead))));
        let texts = blocks.map(|block| Some(block?.text));
        let [base, ours, theirs] = texts;
        let is_taken =
            ours.is_none() || theirs.is_none() || ours == theirs || base == ours || base == theirs;
        if is_taken && !self.leads_to_forced.contains(&thing.path) {
            draft.text(either(texts));
            return Some(());
        }
        let mut lines = [None, None, None];
        for ((lines, cut), place) in lines.iter_mut().zip(self.cuts).zip(thing.places) {
            if let Some(place) = place {
                *lines = Some(Lines::of(cut, place)?);
            }
        }
        merge_keys(draft, &thing.path, &lines, &self.forced)
    }
}
