mod log;

use std::fmt::Write as _;
use std::io;

use log::{
    Artifact, Change, Configuration, Descriptor, Driver, Fingerprints, Fix, Found, Help, Location,
    Log, Message, Physical, Properties, Region, Replacement, Run, Tool,
};

use super::fingerprint::fingerprints;
use super::lines::{lines, path};
use crate::check::{Family, Level, Page, Report, pages};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::json::write;
use crate::text::{Source, Span, printable};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes findings as SARIF 2.1.0, which code scanning of several hosts and editors read.
pub fn sarif(out: &mut dyn io::Write, report: &Report<'_>) -> io::Result<()> {
    let findings = report.findings.iter().zip(fingerprints(report));
    let results = findings.map(|(finding, name)| Found::new(report.source, finding, name));
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "loti",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: pages().map(Descriptor::new).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: results.collect(),
        }],
    };
    write(out, &log)
}

impl Descriptor {
    fn new(page: &Page) -> Self {
        let fix = match page.fix {
            Some(fix) => format!("\n\n`loti check --fix` {fix}."),
            None => String::new(),
        };
        let Page { summary, why, .. } = page;
        let before = page.before().map(printable);
        let (bad, good) = (printable(page.bad), printable(page.good));
        let plain = before.as_ref().map(|it| format!("Before:\n\n{it}\n"));
        let fenced = before.map(|it| format!("Before:\n\n```toml\n{it}```\n\n"));
        let (plain, fenced) = (plain.unwrap_or_default(), fenced.unwrap_or_default());
        Self {
            id: page.rule.0,
            short_description: Message {
                text: (*summary).to_owned(),
            },
            full_description: Message {
                text: format!("{summary} {why}"),
            },
            help: Help {
                text: format!("{why}\n\n{plain}Not so:\n\n{bad}\nBut so:\n\n{good}{fix}"),
                markdown: format!(
                    "{why}\n\n{fenced}Not so:\n\n```toml\n{bad}```\n\nBut so:\n\n```toml\n{good}```{fix}\n"
                ),
            },
            default_configuration: Configuration {
                enabled: page.level != Level::Off && page.family != Family::Coaching,
                level: match page.level {
                    Level::Error => "error",
                    Level::Warning | Level::Off => "warning",
                    Level::Advice => "note",
                },
            },
            properties: Properties {
                tags: [page.family.name()],
            },
        }
    }
}

impl Found {
    fn new(source: &Source, finding: &Diagnostic, fingerprint: String) -> Self {
        let related = finding.labels.iter().enumerate().skip(1);
        let related = related.map(|(at, label)| Location {
            id: Some(at),
            physical_location: physical(source, label.span),
            message: Some(Message {
                text: plain(&label.text),
            }),
        });
        let fixes = finding.fix.iter().map(|fix| Fix {
            description: Message {
                text: plain(&fix.title),
            },
            artifact_changes: [Change {
                artifact_location: artifact(source),
                replacements: fix
                    .edits
                    .iter()
                    .map(|edit| Replacement {
                        deleted_region: Region::new(source, edit.span),
                        inserted_content: Message {
                            text: edit.text.clone(),
                        },
                    })
                    .collect(),
            }],
        });
        Self {
            rule_id: finding.rule.0,
            rule_index: pages().position(|page| page.rule == finding.rule),
            level: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "note",
            },
            message: Message {
                text: plain(&lines(source, finding).join("\n")),
            },
            locations: [Location {
                id: None,
                physical_location: physical(source, finding.span()),
                message: None,
            }],
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints { loti: fingerprint },
            fixes: fixes.collect(),
        }
    }
}

fn physical(source: &Source, span: Span) -> Physical {
    Physical {
        artifact_location: artifact(source),
        region: Region::new(source, span),
    }
}

impl Region {
    fn new(source: &Source, span: Span) -> Self {
        let (start, end) = (source.line_column(span.start), source.line_column(span.end));
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_offset: span.start,
            byte_length: span.end.saturating_sub(span.start),
        }
    }
}

fn artifact(source: &Source) -> Artifact {
    let path = path(source);
    // A full path needs the scheme, or it would be taken for one of the repository.
    let scheme = match path.strip_prefix('/') {
        Some(_) => "file://",
        None if path.as_bytes().get(1) == Some(&b':') && cfg!(windows) => "file:///",
        None => "",
    };
    let mut uri = scheme.to_owned();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    Artifact { uri }
}

/// Returns a text as a plain message, in which `[words](place)` would be a link.
fn plain(text: &str) -> String {
    let shown = printable(text);
    if !shown.contains("](") {
        return shown.into_owned();
    }
    shown
        .replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}
