//! How often merges conflict in a team that keeps its plan in one file, and what each way to merge
//! loses: plain git, git's `union`, Mergiraf, and loti.
//!
//! `cargo run --release --example team -- REPEATS [MERGIRAF]`; benches/team.sh gets Mergiraf, too.
//! Everybody works on a branch of the Monday and merges on the Friday, one after the other, for a
//! quarter; REPEATS says how many quarters. `cargo run --release --example team -- layouts REPEATS`
//! asks instead how a file has to be laid out for plain git to conflict least.

mod chance;
mod judge;
mod layout;
mod mergers;
mod week;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;

use judge::Tally;
use mergers::Merger;
use week::{Quarter, Work};

fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1).peekable();
    let lays_out = words.next_if(|word| word == "layouts").is_some();
    let repeats = words.next().and_then(|word| word.parse().ok());
    let repeats = repeats.context("how many quarters?")?;
    if lays_out {
        return layout::compare(repeats);
    }
    let mut mergers = vec![Merger::Git, Merger::Union];
    mergers.extend(
        words
            .next()
            .map(|path| Merger::Mergiraf(PathBuf::from(path))),
    );
    mergers.push(Merger::Loti);
    let mut out = std::io::stdout();
    let folder = tempfile::tempdir()?;
    for work in Work::ALL {
        let mut tallies = vec![Tally::default(); mergers.len()];
        let (mut merges, mut contradictions) = (0, 0);
        for seed in 0..repeats {
            for merge in Quarter::new(*work, seed) {
                let merge = merge?;
                merges += 1;
                contradictions += usize::from(merge.contradicts);
                for (merger, tally) in mergers.iter().zip(&mut tallies) {
                    tally.add(&merge, &merger.merge(&merge, folder.path())?);
                }
            }
        }
        writeln!(
            out,
            "\n{} ({merges} merges, {contradictions} in which the two contradict each other)",
            work.words()
        )?;
        for (merger, tally) in mergers.iter().zip(&tallies) {
            writeln!(out, "  {:<9} {}", merger.name(), tally.words(merges))?;
        }
    }
    Ok(())
}
