use hashbrown::HashMap;
use memchr::{memchr, memchr_iter};
use toml_parser::lexer::{Lexer, Token, TokenKind};
use toml_parser::{Source as Toml, Span as TomlSpan};

use super::body::Body;
use crate::model::TableName;
use crate::text::Span;

/// A header that opens a line and all up to the next one; the first section may have no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// From the header's bracket to where the next section begins.
    pub span: Span,
}

/// Cuts a text into sections and hands each one over, taken apart.
///
/// A mistake stays in its section: a line that looks like a header of the format ends what brackets
/// hold, which nothing else could mean. Where a text over several lines took such a line in and
/// cannot have been meant to, the text of the file from the first broken section on is cut again at
/// every line that looks so, whatever is open there.
pub(super) fn cut(text: &str, mut visit: impl FnMut(Section, &Body)) {
    let mut broken = None;
    let mut held: Vec<Section> = Vec::new();
    let toml = Toml::new(text);
    let mut body = Body::default();
    let mut cutter = Cutter::new(toml);
    while let Some((section, tokens)) = cutter.next() {
        if broken.is_none() {
            body.fill(toml, tokens, 0);
            if body.errors.is_empty() && !cutter.ran_away {
                visit(section, &body);
                continue;
            }
            broken = Some(section.span.start);
        }
        // Whether the rest is to be read as it stands shows only at its end.
        held.push(section);
    }
    let Some(from) = broken else {
        return;
    };
    if cutter.ran_away {
        held = pieces(text, from);
    }
    for section in held {
        fill(&mut body, text, section);
        visit(section, &body);
    }
}

/// Cuts a text that is taken at its word into sections, without looking into them; `None` where a
/// text over several lines goes on where it cannot have been meant to.
pub fn sections(text: &str) -> Option<Vec<Section>> {
    let mut cutter = Cutter::new(Toml::new(text));
    let mut sections = Vec::new();
    while let Some((section, _)) = cutter.next() {
        sections.push(section);
    }
    (!cutter.ran_away).then_some(sections)
}

/// Cuts a text as [`sections`] does, but for the sections that stand just so in another text that is
/// cut already.
pub fn sections_like(text: &str, other: &str, cut: &[Section]) -> Option<Vec<Section>> {
    /// How many of the other's may be gone before one; beyond that it is looked up.
    const MOST: usize = 8;

    let bytes = |number: usize| &other.as_bytes()[cut[number].span.range()];
    let mut by_bytes: Option<HashMap<&[u8], usize>> = None;
    let mut sections = Vec::with_capacity(cut.len());
    let mut cutter: Option<(usize, Cutter<'_>)> = None;
    let (mut at, mut next) = (0, 0);
    while at < text.len() || sections.is_empty() {
        let rest = &text.as_bytes()[at..];
        let same = (next..cut.len().min(next + MOST)).find(|number| {
            let bytes = bytes(*number);
            !bytes.is_empty() && rest.starts_with(bytes) && ends_there(bytes, &rest[bytes.len()..])
        });
        let end = if let Some(same) = same {
            next = same + 1;
            cutter = None;
            at + cut[same].span.range().len()
        } else {
            let (base, cutter) =
                cutter.get_or_insert_with(|| (at, Cutter::new(Toml::new(&text[at..]))));
            let mut section = cutter.next()?.0;
            if section.span.is_empty() && at > 0 {
                // Nothing stands above a header at the very beginning.
                section = cutter.next()?.0;
            }
            if cutter.ran_away {
                return None;
            }
            let end = *base + section.span.end as usize;
            let by_bytes =
                by_bytes.get_or_insert_with(|| (0..cut.len()).map(|at| (bytes(at), at)).collect());
            next = by_bytes.get(&text.as_bytes()[at..end]).unwrap_or(&next) + 1;
            end
        };
        sections.push(Section {
            span: Span::new(at, end),
        });
        at = end;
    }
    Some(sections)
}

/// Returns whether a section that ended elsewhere before `rest` would end here as well: at the end of
/// the text, or where a bracket opens a line.
pub fn ends_there(section: &[u8], rest: &[u8]) -> bool {
    let blank = &section[section.trim_ascii_end().len()..];
    rest.is_empty() || (rest[0] == b'[' && blank.contains(&b'\n'))
}

/// Takes one section of a text apart again.
pub fn fill(body: &mut Body, text: &str, section: Section) {
    let toml = Toml::new(&text[section.span.range()]);
    let tokens: Vec<Token> = lex(toml);
    body.fill(toml, &tokens, section.span.start);
}

fn lex(toml: Toml<'_>) -> Vec<Token> {
    // Collecting would begin with room for four.
    let mut tokens = Vec::with_capacity(toml.input().len() / 4);
    tokens.extend(toml.lex());
    tokens
}

/// Walks over the sections of a text that is taken at its word.
pub(super) struct Cutter<'i> {
    text: &'i str,
    lexer: Lexer<'i>,
    tokens: Vec<Token>,
    /// The bracket that opens the next section, already taken from the lexer.
    next: Option<Token>,
    start: u32,
    finished: bool,
    /// Whether a text over several lines goes on where it cannot have been meant to.
    pub(super) ran_away: bool,
}

impl<'i> Cutter<'i> {
    pub(super) fn new(toml: Toml<'i>) -> Self {
        Self {
            text: toml.input(),
            lexer: toml.lex(),
            tokens: Vec::new(),
            next: None,
            start: 0,
            finished: false,
            ran_away: false,
        }
    }

    pub(super) fn next(&mut self) -> Option<(Section, &[Token])> {
        if self.finished {
            return None;
        }
        self.tokens.clear();
        let mut depth = 0_u32;
        let mut in_header = false;
        let mut opens_line = true;
        if let Some(bracket) = self.next.take() {
            self.tokens.push(bracket);
            in_header = true;
            opens_line = false;
        }
        let end = loop {
            let Some(token) = self.lexer.next() else {
                self.finished = true;
                break self.text.len() as u32;
            };
            match token.kind() {
                TokenKind::LeftSquareBracket
                    if opens_line && (depth == 0 || self.is_header_at(token)) =>
                {
                    self.next = Some(token);
                    break token.span().start() as u32;
                }
                TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket if !in_header => {
                    depth += 1;
                }
                TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                    depth = depth.saturating_sub(1);
                }
                // A header ends with its line, closed or not.
                TokenKind::Newline => in_header = false,
                TokenKind::MlBasicString => {
                    self.check_closed(token.span(), '"');
                }
                TokenKind::MlLiteralString => self.check_closed(token.span(), '\''),
                _ => {}
            }
            opens_line = match token.kind() {
                TokenKind::Newline => true,
                TokenKind::Whitespace => opens_line,
                _ => false,
            };
            self.tokens.push(token);
        };
        let section = Section {
            span: Span {
                start: self.start,
                end,
            },
        };
        self.start = end;
        Some((section, &self.tokens))
    }

    /// Returns whether the line that a bracket opens looks like a header of the format.
    fn is_header_at(&self, bracket: Token) -> bool {
        let line = self.text[bracket.span().start()..].lines().next();
        line.is_some_and(looks_like_header)
    }

    /// Looks whether a text over several lines ends where it was meant to: one that nothing closes
    /// took the rest of the file, and one that takes headers in up to the opening quotes of another
    /// text is followed by what that one says.
    fn check_closed(&mut self, span: TomlSpan, quote: char) {
        let text = &self.text[span.start() + 3..span.end()];
        let before = text.trim_end_matches(quote);
        let slashes = before.len() - before.trim_end_matches('\\').len();
        let is_escaped = quote == '"' && slashes % 2 == 1;
        if text.len() - before.len() < 3 + usize::from(is_escaped) {
            self.finished = true;
            self.ran_away = true;
            return;
        }
        let line = self.text[span.end()..].lines().next().unwrap_or_default();
        let ends_well =
            line.trim_start().is_empty() || line.trim_start().starts_with([',', ']', '}', '#']);
        if !ends_well && text.lines().any(looks_like_header) {
            self.finished = true;
            self.ran_away = true;
        }
    }
}

/// Cuts the rest of a broken text at every line that looks like a header of the format.
pub(super) fn pieces(text: &str, from: u32) -> Vec<Section> {
    let rest = &text[from as usize..];
    // Nearly no bracket opens a line, and finding the brackets is far quicker than the lines.
    let headers = memchr_iter(b'[', rest.as_bytes()).filter(|at| {
        let blank = |byte: &u8| *byte == b' ' || *byte == b'\t';
        let before = rest.as_bytes()[..*at]
            .iter()
            .rev()
            .find(|byte| !blank(byte));
        before.is_none_or(|byte| *byte == b'\n') && looks_like_header(first_line(&rest[*at..]))
    });
    let headers = headers.map(|at| from + at as u32);
    let mut starts = vec![from];
    starts.extend(headers.filter(|start| *start > from));
    let ends = starts.iter().skip(1).copied().chain([text.len() as u32]);
    let spans = starts.iter().zip(ends);
    spans
        .map(|(start, end)| Section {
            span: Span { start: *start, end },
        })
        .collect()
}

fn first_line(text: &str) -> &str {
    &text[..memchr(b'\n', text.as_bytes()).unwrap_or(text.len())]
}

/// Returns whether a line is `[table…]` for a table of the format, blanks around it and a comment
/// after it aside.
fn looks_like_header(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix('[') else {
        return false;
    };
    let inner = inner.strip_prefix('[').unwrap_or(inner).trim_start();
    let name_end = inner
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at(name_end);
    let closes = rest.trim_start().starts_with(['.', ']']);
    let before_comment = &rest[..memchr(b'#', rest.as_bytes()).unwrap_or(rest.len())];
    TableName::of_root(name).is_some() && closes && before_comment.trim_end().ends_with(']')
}
