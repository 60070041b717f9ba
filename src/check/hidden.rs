use super::context::Context;
use super::reading::HIDDEN_CHARACTERS;
use crate::diagnostic::Diagnostic;
use crate::text::{Span, is_hidden};

/// Looks for characters that no reader sees, and that may show a reviewer another text than the one
/// that is there.
pub(super) fn check(context: &mut Context<'_>) {
    let text = context.document.source.text();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // Nearly every line is plain: one pass over bytes settles it.
        if !line.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
            look_at(context, line, at);
        }
        at += line.len();
    }
}

fn look_at(context: &mut Context<'_>, line: &str, start: usize) {
    let body = line.trim_end_matches(['\n', '\r']);
    let mut found: Vec<(usize, char)> = body.char_indices().filter(|(_, c)| hides(*c)).collect();
    // The byte order mark that some editors begin a file with.
    found.retain(|(at, c)| !(start + at == 0 && *c == '\u{feff}'));
    let Some((first, character)) = found.first().copied() else {
        return;
    };
    context.put(HIDDEN_CHARACTERS, |_| {
        let span = |at: usize, c: char| Span::new(start + at, start + at + c.len_utf8());
        let more = match found.len() {
            1 => String::new(),
            all => format!(", and {} more on this line", all - 1),
        };
        let message = format!(
            "an unseen character, U+{:04X}, stands here{more}",
            character as u32
        );
        let mut problem = Diagnostic::error(HIDDEN_CHARACTERS, span(first, character), message)
            .help("take it out; in a text, write it as `\\u` and four digits if it is meant");
        for (at, c) in &found {
            problem = problem.fix("take it out", span(*at, *c), "");
        }
        problem
    });
}

/// Tabs are seen, as the space they take.
fn hides(character: char) -> bool {
    character != '\t' && is_hidden(character)
}
