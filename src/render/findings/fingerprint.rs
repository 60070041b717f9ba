use std::collections::HashMap;

use crate::check::Report;
use crate::text::hash;

/// Returns a name for each finding that stays when lines move and when days pass: made of the rule,
/// the header that it stands below and the marked text, not of line numbers or words such as "19 days
/// late".
///
/// No two findings of a report have the same one.
pub(super) fn fingerprints(report: &Report<'_>) -> Vec<String> {
    let text = report.source.text();
    let headers = headers(text);
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let names = report.findings.iter().map(|finding| {
        let span = finding.span();
        let parts = [
            finding.rule.0,
            header(text, &headers, span.start),
            report.source.slice(span),
        ];
        let hash = hash(&parts);
        let count = seen.entry(hash).or_default();
        *count += 1;
        match count {
            1 => format!("{hash:016x}"),
            count => format!("{hash:016x}-{count}"),
        }
    });
    names.collect()
}

/// Returns where the lines begin that begin with a bracket; one in a text of several lines is as good a
/// mark as a header.
fn headers(text: &str) -> Vec<usize> {
    text.match_indices("\n[").map(|(at, _)| at + 1).collect()
}

/// Returns the last of these lines at or above a place.
fn header<'a>(text: &'a str, headers: &[usize], place: u32) -> &'a str {
    let above = headers.partition_point(|start| *start <= place as usize);
    let start = above.checked_sub(1).map_or(0, |at| headers[at]);
    text[start..].lines().next().unwrap_or_default()
}
