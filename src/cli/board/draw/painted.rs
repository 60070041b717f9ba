use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use crate::render::{Look, Tone, tones};

/// Takes a line that was painted for a terminal.
pub(super) fn painted(line: &str, look: Look) -> Line<'static> {
    let spans = tones(line).into_iter();
    let spans = spans.map(|(tone, text)| Span::styled(text.to_owned(), style(tone, look)));
    Line::from(spans.collect::<Vec<_>>())
}

/// Makes a line of one tone.
pub(super) fn toned(text: &str, tone: Tone, look: Look) -> Line<'static> {
    Line::from(Span::styled(text.to_owned(), style(tone, look)))
}

/// Returns how a tone looks, as everywhere in loti: in the terminal's own colours, or not at all.
pub(super) fn style(tone: Tone, look: Look) -> Style {
    let style = Style::new();
    if !look.color {
        return style;
    }
    match tone {
        Tone::Plain => style,
        Tone::Strong => style.add_modifier(Modifier::BOLD),
        Tone::Faint => style.add_modifier(Modifier::DIM),
        Tone::Good => style.fg(Color::Green),
        Tone::Warn => style.fg(Color::Yellow),
        Tone::Bad => style.fg(Color::Red).add_modifier(Modifier::BOLD),
    }
}
