use std::io;

use super::lines::{brief, lines};
use super::totals::totals;
use crate::check::Report;
use crate::text::{self, count};

/// GitHub takes comments of up to 65 536 characters.
pub(in crate::render) const LONGEST: usize = 60_000;

/// Writes findings for a comment or the summary of a job: how many, then a list.
///
/// Nothing of the file can form a mention, a link, an image or HTML. What does not fit into a comment
/// is only counted.
pub fn markdown(out: &mut dyn io::Write, report: &Report<'_>) -> io::Result<()> {
    let name = text::markdown(&brief(report.source.name()));
    let Some(totals) = totals(report) else {
        return writeln!(out, "**{name}**: nothing to mend");
    };
    writeln!(out, "**{name}**: {totals}")?;
    let mut written = 0;
    let mut listed = 0;
    for finding in &report.findings {
        let line = report.source.line_column(finding.span().start).line;
        let mut lines = lines(report.source, finding).into_iter();
        let mut item = format!(
            "- **{}** `{}`, line {line}: {}\n",
            finding.severity.word(),
            finding.rule,
            text::markdown(&lines.next().unwrap_or_default())
        );
        for line in lines {
            item.push_str("  - ");
            item.push_str(&text::markdown(&line));
            item.push('\n');
        }
        written += item.len();
        if written > LONGEST {
            break;
        }
        if listed == 0 {
            writeln!(out)?;
        }
        listed += 1;
        out.write_all(item.as_bytes())?;
    }
    let more = report.findings.len() + report.hidden - listed;
    if more > 0 {
        let findings = count(more, "finding");
        writeln!(out, "\n{findings} not listed here: `loti check` shows all.")?;
    }
    if report.fixable > 0 {
        let fixable = report.fixable;
        writeln!(out, "\n`loti check --fix` can mend {fixable} of these.")?;
    }
    Ok(())
}
