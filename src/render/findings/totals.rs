use crate::check::Report;
use crate::text::count;

/// Returns how much was found, in words: `2 errors, 1 warning`; nothing where nothing was.
pub(super) fn totals(report: &Report<'_>) -> Option<String> {
    let advice = match report.advice() {
        1 => "1 word of advice".to_owned(),
        more => format!("{more} words of advice"),
    };
    let counts = [
        (report.errors, count(report.errors, "error")),
        (report.warnings, count(report.warnings, "warning")),
        (report.advice(), advice),
    ];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts.map(|(_, words)| words).collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}
