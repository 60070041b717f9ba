use toml_parser::Source as Toml;
use toml_parser::lexer::TokenKind;

/// What of a text a reader sees: all but blanks and line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark<'t> {
    /// A comment, from its `#` on.
    Comment(&'t str),
    /// A piece of what the text says: a name, a sign, a value.
    Said(&'t str),
}

/// Returns what stands in a text, in its order.
pub fn marks(text: &str) -> impl Iterator<Item = Mark<'_>> {
    let tokens = Toml::new(text).lex();
    tokens.filter_map(move |token| {
        let span = token.span();
        let piece = text.get(span.start()..span.end())?.trim();
        match token.kind() {
            TokenKind::Comment => Some(Mark::Comment(piece)),
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Eof => None,
            _ => Some(Mark::Said(piece)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Mark, marks};

    #[test]
    fn a_comment_is_told_from_a_text_that_looks_like_one() {
        let text = "# of it \na = \"# no\" # why\r\n\n";
        let found: Vec<_> = marks(text).collect();
        assert_eq!(
            found,
            [
                Mark::Comment("# of it"),
                Mark::Said("a"),
                Mark::Said("="),
                Mark::Said("\"# no\""),
                Mark::Comment("# why"),
            ]
        );
    }
}
