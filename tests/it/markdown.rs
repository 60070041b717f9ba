//! Text of a plan in Markdown, as a reader of Markdown that knows all that hosts add to it sees it.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use loti::text::{markdown, printable};
use proptest::prelude::*;

/// What stands in a Markdown text: the kinds of what is not plain text, the text, and the code.
pub(crate) struct Seen {
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) text: String,
    pub(crate) code: String,
    /// Text and code, in order.
    pub(crate) all: String,
}

/// Reads Markdown with everything switched on that GitHub or GitLab understands.
pub(crate) fn seen(markdown: &str) -> Seen {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.inline_footnotes = true;
    extension.description_lists = true;
    extension.multiline_block_quotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.wikilinks_title_after_pipe = true;
    extension.highlight = true;
    extension.insert = true;
    options.parse.relaxed_autolinks = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let mut seen = Seen {
        kinds: Vec::new(),
        text: String::new(),
        code: String::new(),
        all: String::new(),
    };
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => {
                seen.text.push_str(text);
                seen.all.push_str(text);
            }
            NodeValue::Code(code) => {
                // No reference goes on through code.
                seen.text.push('\n');
                seen.code.push_str(&code.literal);
                seen.all.push_str(&code.literal);
            }
            NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Strong
            | NodeValue::SoftBreak => seen.text.push('\n'),
            other => {
                // Nor through the end of a cell.
                seen.text.push('\n');
                seen.kinds.push(other.xml_node_name());
            }
        }
    }
    seen
}

/// Returns the first thing in a shown text that a host would make a link of by itself.
pub(crate) fn reference(text: &str) -> Option<&str> {
    text.char_indices().find_map(|(at, character)| {
        let mut rest = text[at..].chars().skip(1);
        let next = rest.next()?;
        let names = next.is_alphanumeric() || next == '_' || next == '"';
        let is_one = match character {
            '@' | '#' | '!' | '$' | '%' | '&' | '~' | '^' | '*' => names,
            ':' => next == '/' || names,
            'w' => text[at..].starts_with("www.") && rest.nth(1).is_some(),
            '-' => text[..at].ends_with("GH") && next.is_ascii_digit(),
            _ => false,
        };
        is_one.then(|| &text[at..])
    })
}

fn holds(text: &str) {
    let written = markdown(text);
    assert!(!written.contains('\n'), "{text:?}");
    for before in ["", "- ", "  - ", "word "] {
        let seen = seen(&format!("{before}{written}"));
        assert!(seen.kinds.is_empty(), "{:?}: {written}", seen.kinds);
        assert_eq!(reference(&seen.text), None, "{written}");
        let same = |text: &str| text.replace(['`', '\u{200b}', ' '], "");
        let shown = printable(text).replace('\n', " ");
        assert_eq!(
            same(&seen.all),
            same(&format!(
                "{}{}",
                before.trim_start_matches([' ', '-']),
                shown.trim()
            )),
            "{written}"
        );
    }
    // A cell of a table stays one.
    let seen = seen(&format!("| a | b |\n|---|---|\n| {written} | c |"));
    let cells = ["table", "table_row", "table_cell", "table_cell"];
    let row = ["table_row", "table_cell", "table_cell"];
    assert_eq!(seen.kinds, [&cells[..], &row[..]].concat(), "{written}");
    assert!(seen.all.ends_with('c'), "{written}");
}

#[test]
fn what_attacks_a_comment_stays_text() {
    for text in ATTACKS {
        holds(text);
        holds(&format!("`{text}` is no status"));
        holds(&format!("a `{text}"));
        holds(&format!("kr.1 {text} and {text}"));
    }
}

/// Texts that mean something to some channel.
pub(crate) const ATTACKS: &[&str] = &[
    "@everyone",
    "me@example.org",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- x",
    "https://example.org/?a=b",
    "www.example.org",
    "mailto:me@example.org",
    "#12",
    "loti/loti#12",
    "GH-12",
    "!12 $3 %v1 &4 ~bug ^5",
    "[vulnerability:12]",
    ":octocat:",
    "a | b || c",
    "x `y` z ``` |",
    "\\`\\|\\",
    "# title",
    "- item",
    "1. item",
    "> quote",
    "    code",
    "---",
    "===",
    "***bold*** __bold__ ~~gone~~ ==mark== ++in++",
    "$x^2$ $`x`$",
    "[[page]] [^1] ^[note]",
    "&lt;script&gt; &#64;everyone",
    "two\nlines\n\n# title\n\n| a |",
    "::error file=x::y",
    "\n::error::x\n##[error]y",
    "##[stop-commands]x",
    "%0A::error::x",
    "a%0Ab%3A%2C",
    "file=x,line=1::y",
    "]]></failure><failure>",
    "\"/><x y='",
    "&amp;&bogus;",
    "bell\u{7} escape\u{1b}[31m c1\u{9b}31m nul-less",
    "turned \u{202e}around\u{2066}",
    "none\u{fffe}character\u{ffff}",
    "next\u{85}line\u{2028}separators\u{2029}",
    "0123456789abcdef0123456789abcdef01234567",
    "{0} {{1}} ${{ secrets.X }}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_stays_text(text in "[ -~]{0,24}") {
        holds(&text);
    }

    #[test]
    fn any_mark_stays_text(text in "[`|\\\\@#!:/<>&;\\[\\]()*_~$^.w0a \n-]{0,16}") {
        holds(&text);
    }

    #[test]
    fn any_character_stays_text(text in any::<String>()) {
        holds(&text);
    }
}
