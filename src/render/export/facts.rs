//! What is said of a plan in words, whatever the form.

use crate::model::Stage;
use crate::render::dates::date;
use crate::render::days::heading;
use crate::render::look::{Look, one_line, percent, status_words};
use crate::view::{Edition, Row};

/// Returns what the plan is called, and that it is not for everybody, where it is not.
pub(super) fn plan(edition: &Edition<'_>) -> String {
    let internal = if edition.is_internal() {
        " (internal)"
    } else {
        ""
    };
    format!("{}{internal}", one_line(&edition.board.plan.name))
}

/// Returns what the plan and the cycle are called, and where the day lies in it.
pub(super) fn name(edition: &Edition<'_>) -> String {
    let cycle = heading(&edition.board.cycle, Look::PLAIN);
    format!("{} · {cycle}", plan(edition))
}

/// Returns how the whole stands: the counts before the percentages.
pub(super) fn whole(edition: &Edition<'_>) -> Vec<String> {
    let board = &edition.board;
    let mut facts = vec![board.rollup.counts.describe()];
    if board.rollup.progress.is_some() {
        let progress = percent(board.rollup.progress, Look::PLAIN);
        facts.push(format!("progress {progress}"));
    }
    if let (Some(gone), Some(Stage::Running(_))) = (board.cycle.gone, board.cycle.stage) {
        let gone = percent(Some(gone), Look::PLAIN);
        facts.push(format!("{gone} of the time gone"));
    }
    facts
}

/// Returns a status with its sign.
pub(super) fn status(row: &Row<'_>) -> String {
    let sign = Look::PLAIN.sign(row.status);
    format!("{sign} {}", status_words(row.status))
}

/// Returns how far a key result has come: the percentage, with the figures that it comes of.
pub(super) fn progress(row: &Row<'_>) -> String {
    match (row.progress, row.figure()) {
        (Some(_), Some(figure)) => format!("{} ({figure})", percent(row.progress, Look::PLAIN)),
        (None, Some(figure)) => figure,
        (_, None) => percent(row.progress, Look::PLAIN),
    }
}

/// Says from which day it is all looked at.
pub(super) fn as_of(edition: &Edition<'_>) -> String {
    format!("As of {}", date(edition.today))
}
