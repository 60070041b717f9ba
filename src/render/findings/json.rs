use std::io;

use serde::Serialize;

use crate::check::Report;
use crate::diagnostic::Diagnostic;
use crate::render::json::{VERSION, write};
use crate::text::{Source, Span};

#[derive(Debug, Serialize)]
struct JsonReport<'a> {
    version: u32,
    file: &'a str,
    errors: usize,
    warnings: usize,
    advice: usize,
    /// How many can be mended by `--fix`.
    fixable: usize,
    /// How many are counted but not listed, as asked.
    hidden: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    rule: &'a str,
    level: &'static str,
    message: &'a str,
    /// The place itself first, then what has to do with it.
    labels: Vec<Label<'a>>,
    help: &'a [String],
    fix: Option<Fix<'a>>,
}

#[derive(Debug, Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Fix<'a> {
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

/// A piece of the text and what is to stand there instead.
#[derive(Debug, Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

/// Where something begins and where the next thing would.
#[derive(Debug, Serialize)]
struct Place {
    start: Point,
    end: Point,
}

/// Line and column are counted from 1, columns in characters; `byte` is counted from 0.
#[derive(Debug, Serialize)]
struct Point {
    line: u32,
    column: u32,
    byte: u32,
}

/// Writes findings for programs, with every place and fix.
pub fn json(out: &mut dyn io::Write, report: &Report<'_>) -> io::Result<()> {
    let findings = report.findings.iter();
    let json = JsonReport {
        version: VERSION,
        file: report.source.name(),
        errors: report.errors,
        warnings: report.warnings,
        advice: report.advice(),
        fixable: report.fixable,
        hidden: report.hidden,
        findings: findings
            .map(|finding| Finding::new(report.source, finding))
            .collect(),
    };
    write(out, &json)
}

impl<'a> Finding<'a> {
    fn new(source: &Source, finding: &'a Diagnostic) -> Self {
        let labels = finding.labels.iter().map(|label| Label {
            place: Place::new(source, label.span),
            text: &label.text,
        });
        let fix = finding.fix.as_ref().map(|fix| {
            let edits = fix.edits.iter().map(|edit| Edit {
                place: Place::new(source, edit.span),
                text: &edit.text,
            });
            Fix {
                title: &fix.title,
                edits: edits.collect(),
            }
        });
        Self {
            rule: finding.rule.0,
            level: finding.severity.word(),
            message: &finding.message,
            labels: labels.collect(),
            help: &finding.help,
            fix,
        }
    }
}

impl Place {
    fn new(source: &Source, span: Span) -> Self {
        let point = |byte| {
            let place = source.line_column(byte);
            Point {
                line: place.line,
                column: place.column,
                byte,
            }
        };
        Self {
            start: point(span.start),
            end: point(span.end),
        }
    }
}
