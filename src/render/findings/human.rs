use std::io;

use super::totals::totals;
use crate::check::Report;
use crate::render::look::{Look, Tone};
use crate::render::problems::problems;
use crate::text::printable;

/// Writes findings for people: each on its line of the file with what to do, then how many.
pub fn human(out: &mut dyn io::Write, report: &Report<'_>, look: Look) -> io::Result<()> {
    problems(out, report.source, &report.findings, look)?;
    let name = printable(report.source.name());
    let Some(totals) = totals(report) else {
        return writeln!(out, "{name}: nothing to mend");
    };
    let mut line = format!("{name}: {totals}");
    if report.hidden > 0 {
        line = format!("{line} ({} not shown)", report.hidden);
    }
    writeln!(out, "{}", look.paint(Tone::Strong, &line))?;
    if report.fixable > 0 {
        let them = if report.fixable == 1 { "it" } else { "them" };
        writeln!(
            out,
            "{} of these can be mended by `loti check --fix`; add `--dry-run` to see {them} first.",
            report.fixable
        )?;
    }
    Ok(())
}
