//! Where a text is not TOML, or is TOML that older readers refuse.

use toml_parser::ParseError;
use toml_parser::lexer::{Token, TokenKind};

use crate::text::Span;

/// What readers of TOML 1.0 refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modern {
    /// A new line in an inline table, or a comma after its last entry.
    InlineTable,
    /// The escapes `\e` and `\x`.
    Escape,
    /// A time of day without seconds.
    Time,
}

/// A place where the text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

impl SyntaxError {
    /// Returns whether what follows is read with something left open, and says nothing.
    pub(super) fn leaves_open(&self) -> bool {
        self.message.starts_with("unclosed") || self.message.contains("recurse")
    }
}

impl From<&ParseError> for SyntaxError {
    fn from(error: &ParseError) -> Self {
        use toml_parser::Expected;

        let unexpected = error.unexpected();
        let text = error.context().filter(|text| {
            // A text over several lines is told where it begins, not where it took the file to.
            let takes_the_rest = unexpected.is_some_and(|at| at.start() == text.end());
            takes_the_rest && error.description().starts_with("invalid multi-line")
        });
        let span = match text {
            Some(text) => Span::new(text.start(), text.end().min(text.start() + 3)),
            None => unexpected.or(error.context()).map_or(Span::at(0), place),
        };
        if text.is_some() {
            let message = "unclosed multi-line text, expected the quotes that opened it".to_owned();
            return Self { span, message };
        }
        let mut message = error.description().to_owned();
        if let Some(expected) = error.expected().filter(|expected| !expected.is_empty()) {
            let words = expected.iter().map(|expected| match expected {
                Expected::Literal("\n") => "a new line".to_owned(),
                Expected::Literal(literal) => format!("`{literal}`"),
                Expected::Description(description) => (*description).to_owned(),
                _ => "something else".to_owned(),
            });
            message = format!("{message}, expected {}", crate::text::alternatives(words));
        }
        Self { span, message }
    }
}

/// Returns the first bracket of a section's values that nothing closes.
pub(super) fn left_open(tokens: &[Token]) -> Option<SyntaxError> {
    let is_header = tokens.first()?.kind() == TokenKind::LeftSquareBracket;
    let is_line = |token: &&Token| is_header && token.kind() != TokenKind::Newline;
    let mut open = Vec::new();
    for token in tokens.iter().skip_while(is_line) {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => open.push(token),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                open.pop();
            }
            _ => {}
        }
    }
    let first = open.first()?;
    let message = match first.kind() {
        TokenKind::LeftCurlyBracket => "unclosed inline table, expected `}`",
        _ => "unclosed array, expected `]`",
    };
    Some(SyntaxError {
        span: place(first.span()),
        message: message.to_owned(),
    })
}

pub(super) fn place(span: toml_parser::Span) -> Span {
    Span::new(span.start(), span.end())
}

/// Returns whether a text in double quotes holds `\e` or `\x`.
pub(super) fn has_modern_escape(text: &str) -> bool {
    if !text.as_bytes().contains(&b'\\') {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        if rest[at + 1..].starts_with(['e', 'x']) {
            return true;
        }
        // What follows a backslash is no backslash of its own.
        let mut letters = rest[at + 1..].chars();
        letters.next();
        rest = letters.as_str();
    }
    false
}

/// Returns whether a bare value is a time of day, alone or after a date, without seconds.
pub(super) fn is_modern_time(text: &str) -> bool {
    let hours = text.bytes().position(|byte| byte == b':');
    hours.is_some_and(|at| !text.get(at + 3..).unwrap_or_default().starts_with(':'))
}
