use std::io;

use super::lines::{brief, lines, path};
use crate::check::{Level, Levels, Report, page, pages};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::text::xml;

/// Writes findings as test results: a test for each rule that was looked at, so that its name is the
/// same in every run.
///
/// A rule fails by what makes the check fail, `strict` or not; what else it found is said beside it.
pub fn junit(
    out: &mut dyn io::Write,
    report: &Report<'_>,
    levels: &Levels,
    strict: bool,
) -> io::Result<()> {
    let rules = rules(report, levels);
    let fails = |finding: &&Diagnostic| {
        finding.severity == Severity::Error || (strict && finding.severity == Severity::Warning)
    };
    let of = |rule: Rule| {
        report
            .findings
            .iter()
            .filter(move |found| found.rule == rule)
    };
    let failed = rules
        .iter()
        .filter(|rule| of(**rule).any(|found| fails(&found)));
    let failures = failed.count();
    // A rule may have found what was left out: nobody can say that it passed.
    let unknown = |rule: Rule| report.hidden > 0 && of(rule).next().is_none();
    let skipped = rules.iter().filter(|rule| unknown(**rule)).count();
    let numbers = format!("tests=\"{}\" failures=\"{failures}\"", rules.len());
    let file = xml(&path(report.source));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"loti check\" {numbers}>")?;
    writeln!(
        out,
        "  <testsuite name=\"{file}\" {numbers} errors=\"0\" skipped=\"{skipped}\">"
    )?;
    for rule in rules {
        let family = page(rule.0).map_or("rules", |page| page.family.name());
        write!(
            out,
            "    <testcase classname=\"loti.{family}\" name=\"{rule}\""
        )?;
        let Some(first) = of(rule).next() else {
            if unknown(rule) {
                writeln!(
                    out,
                    ">\n      <skipped message=\"not all findings are shown\"/>"
                )?;
                writeln!(out, "    </testcase>")?;
            } else {
                writeln!(out, "/>")?;
            }
            continue;
        };
        let line = report.source.line_column(first.span().start).line;
        writeln!(out, " file=\"{file}\" line=\"{line}\">")?;
        let tag = if of(rule).any(|found| fails(&found)) {
            let message = match of(rule).count() {
                1 => brief(&first.message),
                all => format!("{} (and {} more)", brief(&first.message), all - 1),
            };
            let message = xml(&message);
            let kind = first.severity.word();
            write!(out, "      <failure type=\"{kind}\" message=\"{message}\">")?;
            "failure"
        } else {
            write!(out, "      <system-out>")?;
            "system-out"
        };
        for finding in of(rule) {
            let place = report.source.line_column(finding.span().start);
            let words = lines(report.source, finding).join("\n    ");
            let name = path(report.source);
            let text = format!("{name}:{}:{}: {words}\n", place.line, place.column);
            write!(out, "{}", xml(&text))?;
        }
        writeln!(out, "</{tag}>\n    </testcase>")?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

/// Returns the rules that were looked at, and those that found something in any case.
fn rules(report: &Report<'_>, levels: &Levels) -> Vec<Rule> {
    let on = pages().map(|page| page.rule);
    let mut rules: Vec<Rule> = on.filter(|rule| levels.of(*rule) != Level::Off).collect();
    for finding in &report.findings {
        if !rules.contains(&finding.rule) {
            rules.push(finding.rule);
        }
    }
    rules
}
