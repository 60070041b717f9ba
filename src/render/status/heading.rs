use std::io;

use crate::model::Stage;
use crate::render::dates::{date, stage};
use crate::render::look::{Look, Tone, one_line, percent};
use crate::render::wrapped::wrapped;
use crate::text::{count, width};
use crate::view::Board;

/// Writes the plan, the cycle and its days left, then how the whole stands.
pub(super) fn heading(out: &mut dyn io::Write, board: &Board<'_>, look: Look) -> io::Result<()> {
    let name = one_line(&board.plan.name);
    let cycle = board
        .cycle
        .cycle
        .map_or("backlog".into(), |cycle| one_line(&cycle.name));
    let days = match (board.cycle.stage, board.cycle.cycle) {
        (Some(at), Some(cycle)) => match at {
            Stage::Running(_) => format!("{} (to {})", stage(at), date(cycle.end)),
            Stage::Ahead(_) => format!("{} ({})", stage(at), date(cycle.start)),
            Stage::Ended(_) => format!("{} ({})", stage(at), date(cycle.end)),
            Stage::Closed => {
                let closed = cycle.closed.map(|day| format!(" ({})", date(day)));
                format!("{}{}", stage(at), closed.unwrap_or_default())
            }
        },
        _ => "not scheduled".to_owned(),
    };
    let left = format!("{name}{}{cycle}", look.dot());
    let space = look.width.map_or(4, |columns| {
        columns.saturating_sub(width(&left) + width(&days)).max(2)
    });
    let fits = look
        .width
        .is_none_or(|columns| width(&left) + 2 + width(&days) <= columns);
    if fits {
        writeln!(
            out,
            "{}{}{}",
            look.paint(Tone::Strong, &left),
            " ".repeat(space),
            look.paint(Tone::Strong, &days)
        )?;
    } else {
        wrapped(out, "", &left, look)?;
        writeln!(out, "{}", look.paint(Tone::Strong, &days))?;
    }
    let mut facts = vec![board.rollup.counts.describe()];
    if board.rollup.progress.is_some() {
        facts.push(format!("progress {}", percent(board.rollup.progress, look)));
    }
    if let (Some(gone), Some(Stage::Running(_))) = (board.cycle.gone, board.cycle.stage) {
        facts.push(format!("{} of the time gone", percent(Some(gone), look)));
    }
    wrapped(out, "", &facts.join(look.dot()), look)
}

/// Says of a cycle that is over what to do next, once.
pub(super) fn over(out: &mut dyn io::Write, board: &Board<'_>, look: Look) -> io::Result<()> {
    let open = board.rollup.counts.open();
    let close = format!("`loti cycle close {}`", board.cycle.id);
    let words = match board.cycle.stage {
        Some(Stage::Ended(_)) if open > 0 => format!(
            "This cycle is over with {} open: {close} asks how each one ended, grades it, and \
             carries over what goes on.",
            count(open, "key result")
        ),
        Some(Stage::Ended(_)) => {
            format!("This cycle is over and nothing is open: {close} grades it.")
        }
        _ => "This cycle is closed: what it holds stays as it is.".to_owned(),
    };
    writeln!(out)?;
    wrapped(out, "", &words, look)?;
    // What was learnt comes with it.
    let notes = board.cycle.cycle.map(|cycle| cycle.note.iter());
    for note in notes.into_iter().flatten() {
        let by = note.by.as_deref().map(|by| {
            let name = one_line(board.plan.person_name(by));
            format!(", {name}")
        });
        let text = one_line(&note.text);
        let (on, by) = (date(note.on), by.unwrap_or_default());
        wrapped(out, "", &format!("\"{text}\" ({on}{by})"), look)?;
    }
    Ok(())
}
