use chrono::NaiveDate;

use crate::model::{Address, Id, Plan, Rollup};
use crate::view::{Board, Filter, Row, texts};

/// The plan as the lines of a tree: themes, their objectives, their key results.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) items: Vec<Item>,
    /// The key results that come first, the most pressing one first.
    pub(super) first: Vec<Id>,
    /// How many columns the longest id of a key result takes.
    pub(super) id_width: usize,
}

/// A line of the tree.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) address: Address,
    /// 0 for a theme, 1 for an objective, 2 for a key result.
    pub(super) depth: u8,
    /// What stands below it, said together; a key result has nothing.
    pub(super) rollup: Option<Rollup>,
    /// All that a key result is found by, in lower case.
    text: String,
}

impl Outline {
    /// Lays a cycle of a plan out.
    pub(super) fn new(plan: &Plan, cycle: &Id, today: NaiveDate) -> Self {
        let board = Board::new(plan, cycle, &Filter::default(), today);
        let mut outline = Self::default();
        for theme in &board.themes {
            outline.items.push(Item {
                address: Address::Theme(theme.id.clone()),
                depth: 0,
                rollup: Some(theme.rollup),
                text: String::new(),
            });
            for objective in &theme.objectives {
                outline.items.push(Item {
                    address: Address::Objective(objective.id.clone()),
                    depth: 1,
                    rollup: Some(objective.rollup),
                    text: String::new(),
                });
                outline.items.extend(objective.rows.iter().map(|row| Item {
                    address: Address::KeyResult(row.id.clone()),
                    depth: 2,
                    rollup: None,
                    text: findable(plan, row, [&theme.theme.name, &objective.objective.name]),
                }));
            }
        }
        let ids = board.rows().map(|row| row.id.as_str().len());
        outline.id_width = ids.max().unwrap_or(1);
        for first in &board.first {
            let dated = first.dated.iter().map(|dated| dated.id);
            for id in dated.chain(first.ids.iter().copied()) {
                if !outline.first.contains(id) {
                    outline.first.push(id.clone());
                }
                // A list of hundreds is no order in which to do things.
                if outline.first.len() >= 100 {
                    return outline;
                }
            }
        }
        outline
    }

    /// Returns the numbers of the items that have all these words, with what they stand under; without
    /// words, of those that nothing folded hides.
    pub(super) fn shown(&self, words: &str, is_folded: impl Fn(&Address) -> bool) -> Vec<usize> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let mut shown = Vec::new();
        // The last theme and objective: not shown yet, or folded.
        let mut above: [Option<usize>; 2] = [None, None];
        let mut hides = None;
        for (at, item) in self.items.iter().enumerate() {
            if words.is_empty() {
                if hides.is_some_and(|depth| item.depth > depth) {
                    continue;
                }
                hides = is_folded(&item.address).then_some(item.depth);
                shown.push(at);
            } else if item.depth < 2 {
                above[usize::from(item.depth)] = Some(at);
                if item.depth == 0 {
                    above[1] = None;
                }
            } else if words.iter().all(|word| item.text.contains(word)) {
                shown.extend(above.iter_mut().filter_map(Option::take));
                shown.push(at);
            }
        }
        shown
    }
}

/// Returns all that a key result is found by: its texts, its status, its owner, its tags, and what it
/// stands under.
fn findable(plan: &Plan, row: &Row<'_>, above: [&str; 2]) -> String {
    let mut found = String::new();
    let owner = row.owner;
    let words = [
        Some(row.status.word()),
        owner,
        owner.map(|id| plan.person_name(id)),
    ];
    let tags = row.key_result.tags.iter().map(String::as_str).chain(above);
    for text in texts(row).chain(words.into_iter().flatten()).chain(tags) {
        found.push_str(&text.to_lowercase());
        found.push('\n');
    }
    found
}
