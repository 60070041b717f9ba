//! Writes the history that is measured, for `git fast-import`: a plan of so many key results, and so
//! many commits that each change the status of one.
//!
//! `cargo run --release --example big-history -- 25 10000 | git fast-import`

use std::io::Write as _;

mod plan;

/// 15 July 2021, noon: the first day of the plan's cycle.
const BEGIN: u64 = 1_626_350_400;
/// The days over which the commits are spread.
const DAYS: u64 = 67;

fn main() -> anyhow::Result<()> {
    use anyhow::Context as _;

    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<usize>());
    let mut number = |what: String| numbers.next().and_then(Result::ok).context(what);
    let what = format!(
        "how many key results, how many commits? (to be looked at on {})",
        plan::TODAY
    );
    let (key_results, commits) = (number(what.clone())?, number(what)?);
    let mut text = plan::text(key_results);
    let mut out = std::io::BufWriter::new(std::io::stdout());
    for commit in 0..commits {
        if commit > 0 {
            // Neighbours in the history are not neighbours in the file.
            change(
                &mut text,
                1 + (commit * 7919) % key_results,
                commit / key_results,
            );
        }
        let time = BEGIN + DAYS * 86_400 * commit as u64 / commits as u64;
        writeln!(out, "commit refs/heads/main")?;
        writeln!(out, "committer Ada Byron <ada@example.org> {time} +0200")?;
        let message = format!("Update {commit}");
        writeln!(out, "data {}\n{message}", message.len())?;
        writeln!(out, "M 100644 inline okrs.toml")?;
        writeln!(out, "data {}\n{text}", text.len())?;
    }
    out.flush()?;
    Ok(())
}

/// Gives a key result another status.
fn change(text: &mut String, id: usize, round: usize) {
    let header = format!("\n[kr.{id}]\n");
    let Some(start) = text.find(&header) else {
        return;
    };
    let key = "status = \"";
    let Some(at) = text[start..].find(key).map(|at| start + at + key.len()) else {
        return;
    };
    let Some(end) = text[at..].find('"').map(|end| at + end) else {
        return;
    };
    let all = ["on-track", "at-risk", "off-track", "done", "not-started"];
    let was = all.iter().position(|status| *status == &text[at..end]);
    let next = (was.unwrap_or(0) + 1 + round % 4) % all.len();
    text.replace_range(at..end, all[next]);
}
