use std::io;

use super::look::Look;

/// Writes running text, wrapped at words where there is a width.
pub fn wrapped(out: &mut dyn io::Write, indent: &str, text: &str, look: Look) -> io::Result<()> {
    for line in indented(indent, text, look) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Returns running text as lines, wrapped at words where there is a width.
pub fn lines(text: &str, look: Look) -> Vec<String> {
    indented("", text, look)
}

fn indented(indent: &str, text: &str, look: Look) -> Vec<String> {
    let Some(columns) = look.width else {
        return vec![format!("{indent}{text}")];
    };
    let options = textwrap::Options::new(columns.max(20))
        .initial_indent(indent)
        .subsequent_indent(indent);
    let wrapped = textwrap::wrap(text, options).into_iter();
    wrapped.map(std::borrow::Cow::into_owned).collect()
}
