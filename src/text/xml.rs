use super::printable;

/// Returns a text escaped for XML 1.0, in an element or an attribute.
pub fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            // In `]]>` it would end what it does not stand in.
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // The two that are no characters to XML and still pass as printable.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_opens_no_element_and_ends_no_attribute() {
        for (text, escaped) in [
            ("plain, naïve 東京", "plain, naïve 東京"),
            ("<script>\"&'", "&lt;script&gt;&quot;&amp;&apos;"),
            ("]]>", "]]&gt;"),
            ("\u{1}\u{202e}\u{ffff}", "\\u{1}\\u{202e}\u{fffd}"),
        ] {
            assert_eq!(xml(text), escaped, "{text:?}");
        }
    }
}
