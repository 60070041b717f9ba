use std::io;

use super::look::Look;

/// Writes running text, wrapped at words where there is a width.
pub fn wrapped(out: &mut dyn io::Write, indent: &str, text: &str, look: Look) -> io::Result<()> {
    let Some(columns) = look.width else {
        return writeln!(out, "{indent}{text}");
    };
    let options = textwrap::Options::new(columns.max(20))
        .initial_indent(indent)
        .subsequent_indent(indent);
    for line in textwrap::wrap(text, options) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
