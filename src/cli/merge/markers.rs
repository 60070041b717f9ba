//! Both sides of a merge, read out of the conflict markers that it left in the plan.

use imara_diff::{Algorithm, Diff, InternedInput};

use super::HowArgs;
use crate::change::merge::{Marks, Texts};
use crate::cli::World;
use crate::document::Document;
use crate::document::rules::{CONFLICT_MARKERS, DUPLICATE_ID, TOML_SYNTAX};
use crate::text::{MarkedConflict, MarkedSide, Source, marked_conflicts, replace_conflicts};

/// As deep as conflicts within conflicts are taken apart.
const DEEPEST: usize = 4;

/// More conflicts than these are not tried one by one.
const MOST_TRIED: usize = 50;

/// The three texts that a file with conflict markers stands for.
pub(super) struct Sides {
    pub base: String,
    pub ours: String,
    pub theirs: String,
    /// What the markers call our side and theirs.
    pub names: (String, String),
    /// In how many conflicts the markers do not say what both sides come from, or not so that it can
    /// be read.
    pub unknown: usize,
}

impl Sides {
    /// Takes a text apart; none, where no conflict stands in it.
    pub(super) fn read(world: &World, how: &HowArgs, text: &str) -> Option<Self> {
        Self::read_to(world, how, text, DEEPEST)
    }

    fn read_to(world: &World, how: &HowArgs, text: &str, depth: usize) -> Option<Self> {
        let conflicts = marked_conflicts(text);
        let first = conflicts.first()?;
        let side = |lines: &dyn Fn(&MarkedConflict) -> std::ops::Range<usize>| {
            let with = |_: usize, conflict: &MarkedConflict| &text[lines(conflict)];
            replace_conflicts(text, &conflicts, with).0
        };
        let ours = side(&|conflict| conflict.ours.lines.range());
        let theirs = side(&|conflict| conflict.theirs.lines.range());
        let (base, unknown) = base(text, &conflicts);
        // A merge that was committed unfinished, and then merged again.
        let settled = |text: String| {
            let inner = depth.checked_sub(1);
            let inner = inner.and_then(|depth| Self::read_to(world, how, &text, depth));
            let Some(inner) = inner else {
                return text;
            };
            let merged = how.merge(world, inner.texts());
            if merged.is_clean() {
                merged.text(&Marks::default())
            } else {
                text
            }
        };
        Some(Self {
            base,
            ours: settled(ours),
            theirs: settled(theirs),
            names: (name(&first.ours), name(&first.theirs)),
            unknown,
        })
    }

    /// Returns the texts for a merge.
    pub(super) fn texts(&self) -> Texts<'_> {
        Texts {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }
}

/// Returns what a marker calls a side, without what loti adds of what the lines are about.
fn name(side: &MarkedSide) -> String {
    let name = side.label.split(" · ").next();
    name.unwrap_or_default().to_owned()
}

/// Returns what both sides come from, as far as the markers say it, and for how many conflicts they do
/// not.
///
/// Where they do not, it is taken to be the lines that both sides have.
fn base(text: &str, conflicts: &[MarkedConflict]) -> (String, usize) {
    let shared: Vec<String> = conflicts
        .iter()
        .map(|conflict| {
            let lines = |side: &MarkedSide| &text[side.lines.range()];
            shared_lines(lines(&conflict.ours), lines(&conflict.theirs))
        })
        .collect();
    let with = |takes: &dyn Fn(usize) -> bool| {
        let with = |number: usize, conflict: &MarkedConflict| match &conflict.base {
            Some(base) if takes(number) => text[base.lines.range()].to_owned(),
            _ => shared[number].clone(),
        };
        let pieces: Vec<String> = conflicts
            .iter()
            .enumerate()
            .map(|(number, conflict)| with(number, conflict))
            .collect();
        replace_conflicts(text, conflicts, |number, _| &pieces[number]).0
    };
    let all = with(&|_| true);
    let unknown = conflicts.iter().filter(|one| one.base.is_none()).count();
    if unknown == conflicts.len() || is_readable(&all) {
        return (all, unknown);
    }
    // `zdiff3` moves lines that both sides have out of a conflict, but leaves them in its base, where
    // they are then given twice; and a base may itself hold conflicts.
    let mut is_fit = vec![false; conflicts.len()];
    if conflicts.len() <= MOST_TRIED {
        for number in 0..conflicts.len() {
            is_fit[number] =
                conflicts[number].base.is_some() && is_readable(&with(&|other| other == number));
        }
    }
    let unfit = is_fit.iter().filter(|fit| !**fit).count();
    (with(&|number| is_fit[number]), unfit)
}

fn is_readable(text: &str) -> bool {
    let document = Document::read(Source::new("base", text));
    let torn = [TOML_SYNTAX, DUPLICATE_ID, CONFLICT_MARKERS];
    !document
        .problems
        .iter()
        .any(|problem| torn.contains(&problem.rule))
}

/// Returns the lines that two texts share, in their order.
fn shared_lines(ours: &str, theirs: &str) -> String {
    let lines = |text| imara_diff::sources::lines(text);
    let input = InternedInput::new(lines(ours), lines(theirs));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let kept = (0..input.before.len()).filter(|line| !diff.is_removed(*line as u32));
    kept.map(|line| input.interner[input.before[line]])
        .collect()
}
