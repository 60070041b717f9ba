use std::io;

use serde::Serialize;

use super::fingerprint::fingerprints;
use super::lines::{first_and_last, lines, path};
use crate::check::Report;
use crate::diagnostic::Severity;
use crate::render::json::write;

/// What GitLab calls a code quality violation.
#[derive(Debug, Serialize)]
struct Violation {
    description: String,
    check_name: &'static str,
    /// Tells one finding from another across two versions of the file.
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes findings as a code quality report for GitLab, which shows in a merge request what is new.
pub fn gitlab(out: &mut dyn io::Write, report: &Report<'_>) -> io::Result<()> {
    let names = fingerprints(report);
    let findings = report.findings.iter().zip(names);
    let violations = findings.map(|(finding, fingerprint)| {
        let (begin, end) = first_and_last(report.source, finding.span());
        Violation {
            description: lines(report.source, finding).join("; "),
            check_name: finding.rule.0,
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Advice => "info",
            },
            location: Location {
                path: path(report.source),
                lines: Lines { begin, end },
            },
        }
    });
    write(out, &violations.collect::<Vec<_>>())
}
