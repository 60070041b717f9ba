use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span, printable};

/// A longer line is cut: it quotes more of the file than anybody reads.
const LONGEST: usize = 500;

/// Returns all that a finding says as lines fit to be shown: the message, what has to do with it
/// elsewhere, what to do.
pub(super) fn lines(source: &Source, finding: &Diagnostic) -> Vec<String> {
    let mut lines = vec![brief(&finding.message)];
    for (at, label) in finding.labels.iter().enumerate() {
        if at == 0 || label.text.is_empty() {
            continue;
        }
        let line = source.line_column(label.span.start).line;
        lines.push(format!("line {line}: {}", brief(&label.text)));
    }
    let help = finding.help.iter();
    lines.extend(help.map(|help| format!("help: {}", brief(help))));
    lines
}

/// Returns a text on one line, with what hides written out, and cut where it goes on and on.
pub(in crate::render) fn brief(text: &str) -> String {
    let mut characters = text.char_indices();
    let cut = match characters.nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    printable(&cut).replace('\n', " ")
}

/// Returns the first and the last line of a span, counted from 1.
pub(super) fn first_and_last(source: &Source, span: Span) -> (u32, u32) {
    let first = source.line_column(span.start).line;
    let end = source.line_column(span.end);
    // What ends with a line break does not reach into the next line.
    let last = if end.column == 1 {
        end.line.saturating_sub(1)
    } else {
        end.line
    };
    (first, last.max(first))
}

/// Returns the path of the file as hosts expect it: from the folder where the command was given.
pub(in crate::render) fn path(source: &Source) -> String {
    let path = if cfg!(windows) {
        source.name().replace('\\', "/")
    } else {
        source.name().to_owned()
    };
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}
