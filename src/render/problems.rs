use std::io;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::look::Look;
use super::wrapped::lines;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::{Source, printable};

/// What stands before a help text: the line numbers' column, the corner, `help: `.
const HELP_INDENT: usize = 14;

/// Lines longer than this are shown around the place only.
const LONGEST_LINE: usize = 400;

/// Writes problems with their marked source lines, what to do, and the place in other files' form.
pub fn problems<'a>(
    out: &mut dyn io::Write,
    source: &Source,
    problems: impl IntoIterator<Item = &'a Diagnostic>,
    look: Look,
) -> io::Result<()> {
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let style = if look.ascii {
        DecorStyle::Ascii
    } else {
        DecorStyle::Unicode
    };
    let renderer = renderer
        .decor_style(style)
        .term_width(look.width.unwrap_or(160));
    for problem in problems {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::NOTE.with_name("advice"),
        };
        let title = printable(&problem.message);
        let windows: Vec<_> = problem
            .labels
            .iter()
            .map(|label| Window::new(source, label))
            .collect();
        let mut group = level
            .primary_title(title)
            .id(problem.rule.0)
            .elements(Vec::<annotate_snippets::Element<'_>>::new());
        for (at, (window, label)) in windows.iter().zip(&problem.labels).enumerate() {
            let kind = if at == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let mut annotation = kind.span(window.start..window.end);
            if !label.text.is_empty() {
                annotation = annotation.label(printable(&label.text));
            }
            group = group.element(
                Snippet::source(&*window.text)
                    .path(printable(source.name()))
                    .line_start(window.line)
                    .annotation(annotation),
            );
        }
        for help in &problem.help {
            // Broken at words, not where the terminal ends.
            let room = Look {
                width: look
                    .width
                    .map(|columns| columns.saturating_sub(HELP_INDENT)),
                ..look
            };
            let help = lines(&printable(help), room).join("\n");
            group = group.element(Level::HELP.message(help));
        }
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

/// The line of a label, cut to what can be shown, and where the label lies in it.
struct Window {
    text: String,
    line: usize,
    start: usize,
    end: usize,
}

impl Window {
    fn new(source: &Source, label: &Label) -> Self {
        let text = source.text();
        let start = text.floor_char_boundary(label.span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = text
            .floor_char_boundary(label.span.end as usize)
            .clamp(start, line_end);
        let from = text.ceil_char_boundary(line_start.max(start.saturating_sub(LONGEST_LINE / 2)));
        let to = text.floor_char_boundary(line_end.min(start + LONGEST_LINE));
        let end = end.min(to);
        // What acts on a terminal is written out, and the label moves along with it.
        let before = printable(text[from..start].trim_start_matches('\u{feff}'));
        let within = printable(&text[start..end.max(start)]);
        let after = printable(text[end.max(start)..to.max(end)].trim_end_matches('\r'));
        let place = source.line_column(label.span.start);
        Self {
            line: place.line as usize,
            start: before.len(),
            end: before.len() + within.len(),
            text: format!("{before}{within}{after}"),
        }
    }
}
