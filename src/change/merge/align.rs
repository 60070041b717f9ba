//! Which blocks of three texts are the same thing.

use hashbrown::{HashMap, HashSet};
use toml::{Table, Value};

use super::Side;
use super::cut::Cut;
use super::definition::Path;
use super::kind::{at_path, plain_value};
use crate::document::{Body, fill};

/// The sides in the order in which everything of a merge has them.
pub(super) const SIDES: [Side; 3] = [Side::Base, Side::Ours, Side::Theirs];

/// The blocks of three texts, by numbers that they share.
#[derive(Debug, Default)]
pub(super) struct Aligned<'t> {
    /// The numbers of each text's blocks, in its order, the one above all headers left out.
    pub(super) orders: [Vec<u32>; 3],
    /// For each number where the block stands in each text; number 0 is what stands above all headers.
    pub(super) things: Vec<Thing>,
    /// The tables of which any block differs.
    pub(super) differ: HashSet<&'t str>,
    /// Whether any table may differ: some blocks that differ may be about any.
    pub(super) is_any: bool,
}

/// One thing, wherever it stands.
#[derive(Debug, Default)]
pub(super) struct Thing {
    /// The number of its block in each text.
    pub(super) places: [Option<usize>; 3],
    /// Whether its bytes are the same in all three.
    pub(super) is_same: bool,
    /// The path of its header, looked at only where it differs.
    pub(super) path: Path,
    /// What it says, where it is a row of a list.
    pub(super) row: Option<String>,
}

/// What tells blocks apart: the path of the header, and for the row of a list what it says and how
/// many say the same before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Name {
    path: Path,
    row: Option<(String, usize)>,
}

impl<'t> Aligned<'t> {
    /// Aligns three texts, or tells which one is no TOML.
    pub(super) fn of(cuts: [&'t Cut<'_>; 3]) -> Result<Self, Side> {
        // For each text how often it stands in each of the three; for each block the number of its text.
        let mut numbers: HashMap<&str, u32> = HashMap::with_capacity(cuts[0].blocks.len());
        let mut counts: Vec<[u32; 3]> = Vec::with_capacity(cuts[0].blocks.len());
        let mut texts: [Vec<u32>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        for (side, cut) in cuts.iter().enumerate() {
            for block in &cut.blocks[1..] {
                let number = *numbers.entry(block.whole).or_insert_with(|| {
                    counts.push([0; 3]);
                    counts.len() as u32 - 1
                });
                counts[number as usize][side] += 1;
                texts[side].push(number);
            }
        }
        let mut aligned = Self::default();
        aligned.things.push(Thing {
            places: [Some(0); 3],
            is_same: cuts
                .iter()
                .all(|cut| cut.blocks[0].whole == cuts[0].blocks[0].whole),
            ..Thing::default()
        });
        aligned.is_any = cuts.iter().any(|cut| cut.blocks[0].is_about_many());
        // The things of texts that stand once in each.
        let mut same: Vec<Option<u32>> = vec![None; counts.len()];
        let mut others: HashMap<Name, u32> = HashMap::new();
        for (side, cut) in cuts.iter().enumerate() {
            let mut rows: HashMap<(Path, String), usize> = HashMap::new();
            for (at, block) in cut.blocks.iter().enumerate().skip(1) {
                let text = texts[side][at - 1] as usize;
                if counts[text] == [1, 1, 1] {
                    let number = *same[text].get_or_insert_with(|| {
                        aligned.things.push(Thing {
                            is_same: true,
                            ..Thing::default()
                        });
                        aligned.things.len() as u32 - 1
                    });
                    aligned.put(side, number, at);
                    continue;
                }
                let (path, row) = name(cut, at).ok_or(SIDES[side])?;
                let row = row.map(|says| {
                    let count = rows.entry((path.clone(), says.clone())).or_default();
                    *count += 1;
                    (says, *count)
                });
                let name = Name { path, row };
                let path = name.path.clone();
                let row = name.row.as_ref().map(|(says, _)| says.clone());
                let number = *others.entry(name).or_insert_with(|| {
                    aligned.things.push(Thing {
                        path,
                        row,
                        ..Thing::default()
                    });
                    aligned.things.len() as u32 - 1
                });
                if aligned.things[number as usize].places[side].is_some() {
                    // A table that is given twice.
                    return Err(SIDES[side]);
                }
                aligned.differ.insert(&block.table);
                aligned.is_any |= block.is_about_many();
                aligned.put(side, number, at);
            }
        }
        Ok(aligned)
    }

    fn put(&mut self, side: usize, number: u32, at: usize) {
        self.things[number as usize].places[side] = Some(at);
        self.orders[side].push(number);
    }

    /// Returns whether a table may say something else in any of the texts.
    pub(super) fn differs(&self, table: &str) -> bool {
        self.is_any || table.is_empty() || self.differ.contains(table)
    }
}

/// Returns the path of a block's header, and what it says where it is a row.
fn name(cut: &Cut<'_>, at: usize) -> Option<(Path, Option<String>)> {
    let block = &cut.blocks[at];
    let mut body = Body::default();
    fill(&mut body, cut.text, block.section);
    if !body.errors.is_empty() {
        return None;
    }
    let path = body.header.iter();
    let path: Path = path
        .map(|segment| segment.decode(cut.text).into_owned())
        .collect();
    let row = body.is_row.then(|| row(block.text, &path));
    match row {
        Some(None) => None,
        row => Some((path, row.flatten())),
    }
}

/// Returns what a row says, in its one spelling.
fn row(text: &str, path: &[String]) -> Option<String> {
    let table: Table = text.parse().ok()?;
    let mut value = Value::Table(table);
    for name in path {
        value = value.as_table_mut()?.remove(name)?;
    }
    let (kind, below) = at_path(path);
    let Value::Array(mut rows) = plain_value(value, kind, below) else {
        return None;
    };
    Some(rows.pop()?.to_string())
}

/// Returns the part of a text that may say something else than the others: all blocks of the tables
/// that differ.
pub(super) fn part_that_differs(cut: &Cut<'_>, aligned: &Aligned<'_>) -> String {
    let blocks = cut.blocks.iter();
    let blocks = blocks.filter(|block| aligned.differs(&block.table));
    blocks.map(|block| block.text).collect()
}
