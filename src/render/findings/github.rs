use std::io;

use super::lines::{brief, first_and_last, lines, path};
use super::totals::totals;
use crate::check::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Source, count};

/// So many of a kind are shown for one step of a job; what comes after them is dropped in silence.
const MOST: usize = 10;

/// Writes findings as commands of a GitHub workflow, which marks them in the changed files.
///
/// Every line is either such a command, with what comes from the file escaped, or has nothing of the
/// file in it: the runner looks for commands at the start of a line and, in their old form (`##[`),
/// anywhere in one.
pub fn github(out: &mut dyn io::Write, report: &Report<'_>) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning, Severity::Advice] {
        let findings = report.findings.iter();
        let of_kind = findings.filter(|finding| finding.severity == severity);
        for finding in of_kind.take(MOST) {
            writeln!(out, "{}", command(report.source, finding))?;
        }
    }
    let Some(totals) = totals(report) else {
        return writeln!(out, "loti check: nothing to mend");
    };
    let marked = |all: usize| all.min(MOST);
    let of = |severity| {
        let findings = report.findings.iter();
        marked(findings.filter(|found| found.severity == severity).count())
    };
    let shown = of(Severity::Error) + of(Severity::Warning) + of(Severity::Advice);
    let more = report.findings.len() + report.hidden - shown;
    if more == 0 {
        return writeln!(out, "loti check: {totals}");
    }
    writeln!(
        out,
        "loti check: {totals}; {} not marked here, `loti check` lists them all",
        count(more, "finding")
    )
}

fn command(source: &Source, finding: &Diagnostic) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let span = finding.span();
    let (line, end_line) = first_and_last(source, span);
    let mut place = format!(
        "file={},line={line},endLine={end_line}",
        property(&path(source))
    );
    // The host takes columns for a single line only.
    let (start, end) = (source.line_column(span.start), source.line_column(span.end));
    if start.line == end.line {
        place = format!("{place},col={},endColumn={}", start.column, end.column);
    }
    let title = property(&format!("loti {}", finding.rule));
    let message = data(&lines(source, finding).join("\n"));
    format!("::{name} {place},title={title}::{message}")
}

/// Escapes what stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(&brief(text)).replace(':', "%3A").replace(',', "%2C")
}
