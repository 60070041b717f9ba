use std::io;

use super::lines::{first_and_last, lines, path};
use super::totals::totals;
use crate::check::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::workflow::{MOST, command};
use crate::text::{Source, count};

/// Writes findings as commands of a GitHub workflow, which marks them in the changed files.
///
/// Every line is either such a command, with what comes from the file escaped, or has nothing of the
/// file in it.
pub fn github(out: &mut dyn io::Write, report: &Report<'_>) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning, Severity::Advice] {
        let findings = report.findings.iter();
        let of_kind = findings.filter(|finding| finding.severity == severity);
        for finding in of_kind.take(MOST) {
            writeln!(out, "{}", marked_at(report.source, finding))?;
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

fn marked_at(source: &Source, finding: &Diagnostic) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let span = finding.span();
    let (line, end_line) = first_and_last(source, span);
    let (line, end_line) = (line.to_string(), end_line.to_string());
    let file = path(source);
    let mut properties = vec![("file", &*file), ("line", &line), ("endLine", &end_line)];
    // The host takes columns for a single line only.
    let (start, end) = (source.line_column(span.start), source.line_column(span.end));
    let columns = [start.column.to_string(), end.column.to_string()];
    if start.line == end.line {
        properties.extend([("col", &*columns[0]), ("endColumn", &*columns[1])]);
    }
    let title = format!("loti {}", finding.rule);
    properties.push(("title", &title));
    command(name, &properties, &lines(source, finding).join("\n"))
}
