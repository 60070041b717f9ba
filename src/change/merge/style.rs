//! How a text is written throughout: its line ending, its byte order mark, its last newline.

use std::borrow::Cow;

use super::Part;
use super::lines::push_text;
use super::whole::Texts;

const MARK: char = '\u{feff}';

/// How the merged text is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    has_mark: bool,
    /// Whether lines are to end as in Windows; they end as elsewhere while texts are merged.
    is_crlf: bool,
    ends_open: bool,
}

/// Three texts with one line ending, no mark and a last newline each.
pub(super) struct Plain<'t> {
    texts: [Cow<'t, str>; 3],
    pub(super) style: Style,
}

impl<'t> Plain<'t> {
    /// Takes three texts: what one of them has changed of the style is the style of the result.
    pub(super) fn of(texts: Texts<'t>) -> Self {
        let all = [texts.base, texts.ours, texts.theirs];
        let endings = merged(all.map(Ending::of));
        let is_converted = endings != Some(Ending::Mixed);
        let style = Style {
            has_mark: merged(all.map(|text| some(text, text.starts_with(MARK)))).unwrap_or(false),
            is_crlf: endings == Some(Ending::CrLf),
            ends_open: merged(all.map(|text| some(text, !text.ends_with('\n')))).unwrap_or(false),
        };
        let texts = all.map(|text| {
            let text = text.strip_prefix(MARK).unwrap_or(text);
            let mut text = Cow::Borrowed(text);
            if is_converted && text.contains('\r') {
                text = Cow::Owned(text.replace("\r\n", "\n"));
            }
            if !text.is_empty() && !text.ends_with('\n') {
                let ending = if !is_converted && text.ends_with("\r\n") {
                    "\r\n"
                } else {
                    "\n"
                };
                text.to_mut().push_str(ending);
            }
            text
        });
        Self { texts, style }
    }

    pub(super) fn texts(&self) -> Texts<'_> {
        let [base, ours, theirs] = &self.texts;
        Texts { base, ours, theirs }
    }
}

impl Style {
    /// Writes a text, or a piece of one, with the line ending of the style.
    pub(super) fn lines(self, text: &str) -> String {
        if self.is_crlf {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        }
    }

    /// Writes the parts of a text in the style.
    pub(super) fn parts(self, parts: Vec<Part>) -> Vec<Part> {
        let mut styled = Vec::with_capacity(parts.len() + 1);
        let begins_apart = matches!(parts.first(), Some(Part::Conflict { .. }));
        if self.has_mark && !begins_apart {
            push_text(&mut styled, MARK.encode_utf8(&mut [0; 4]));
        }
        for part in parts {
            // Lines that are apart each begin with the mark: whichever is taken, the file does.
            let is_marked = self.has_mark && styled.is_empty();
            let first_lines = |lines: &str| match lines {
                "" => String::new(),
                lines if is_marked => format!("{MARK}{}", self.lines(lines)),
                lines => self.lines(lines),
            };
            match part {
                Part::Text(text) if self.is_crlf => push_text(&mut styled, &self.lines(&text)),
                Part::Text(text) if styled.is_empty() => styled.push(Part::Text(text)),
                Part::Text(text) => push_text(&mut styled, &text),
                Part::Conflict {
                    label,
                    base,
                    ours,
                    theirs,
                } => styled.push(Part::Conflict {
                    label,
                    base: first_lines(&base),
                    ours: first_lines(&ours),
                    theirs: first_lines(&theirs),
                }),
            }
        }
        if let (true, Some(Part::Text(last))) = (self.ends_open, styled.last_mut()) {
            let line = last.strip_suffix('\n').unwrap_or(last);
            last.truncate(line.strip_suffix('\r').unwrap_or(line).len());
        }
        styled
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Lf,
    CrLf,
    /// Both: a text that is left as it is.
    Mixed,
}

impl Ending {
    fn of(text: &str) -> Option<Self> {
        let lines = text.matches('\n').count();
        let windows = if text.contains('\r') {
            text.matches("\r\n").count()
        } else {
            0
        };
        match (lines, windows) {
            (0, _) => None,
            (_, 0) => Some(Self::Lf),
            _ if lines == windows => Some(Self::CrLf),
            _ => Some(Self::Mixed),
        }
    }
}

/// An empty text is in any style.
fn some(text: &str, is: bool) -> Option<bool> {
    (!text.is_empty()).then_some(is)
}

/// Returns what one side changed, and what neither did; ours where both did.
fn merged<T: PartialEq>([base, ours, theirs]: [Option<T>; 3]) -> Option<T> {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if base.as_ref() == Some(&ours) => Some(theirs),
        (Some(ours), _) => Some(ours),
        (None, theirs) => theirs,
    }
}
