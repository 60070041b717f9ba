use std::borrow::Cow;

use crate::model::{Status, Visibility, whole_percent};
use crate::text::printable;

/// How a report is to look on whatever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The columns to fit into; without them lines are as long as they come.
    pub width: Option<usize>,
    /// Whether colour may be added; it never carries meaning alone.
    pub color: bool,
    /// Whether only ASCII may be drawn: bars and symbols, not the plan's own words.
    pub ascii: bool,
}

/// What a colour stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As any text.
    #[default]
    Plain,
    /// A heading.
    Strong,
    /// Beside the point.
    Faint,
    /// Going well.
    Good,
    /// To be looked at.
    Warn,
    /// In trouble.
    Bad,
}

/// Parts a line that was painted into its tones again. What stands in the plan is escaped before it is
/// painted, so that every escape is loti's own: of [`Look::paint`], or of a table.
pub fn tones(line: &str) -> Vec<(Tone, &str)> {
    let mut parts = Vec::new();
    let mut now = Painted::default();
    let mut rest = line;
    while !rest.is_empty() {
        let (text, painted) = rest.split_at(rest.find(ESCAPE).unwrap_or(rest.len()));
        if !text.is_empty() {
            parts.push((now.tone(), text));
        }
        let codes = painted
            .strip_prefix(ESCAPE)
            .and_then(|codes| codes.split_once('m'));
        rest = match codes {
            Some((codes, rest)) => {
                now.take(codes);
                rest
            }
            None => painted.trim_start_matches(ESCAPE),
        };
    }
    parts
}

/// How a terminal is told to begin another style.
const ESCAPE: &str = "\u{1b}[";

/// What of a tone a terminal was told last.
#[derive(Debug, Clone, Copy, Default)]
struct Painted {
    is_bold: bool,
    is_faint: bool,
    color: Option<Tone>,
}

impl Painted {
    fn take(&mut self, codes: &str) {
        match codes {
            "1" => self.is_bold = true,
            "2" => self.is_faint = true,
            "22" => (self.is_bold, self.is_faint) = (false, false),
            "31" | "38;5;1" => self.color = Some(Tone::Bad),
            "32" | "38;5;2" => self.color = Some(Tone::Good),
            "33" | "38;5;3" => self.color = Some(Tone::Warn),
            "39" => self.color = None,
            "" | "0" => *self = Self::default(),
            _ => {}
        }
    }

    fn tone(self) -> Tone {
        match self.color {
            Some(tone) => tone,
            None if self.is_bold => Tone::Strong,
            None if self.is_faint => Tone::Faint,
            None => Tone::Plain,
        }
    }
}

impl Look {
    /// For whatever is not laid out: as long as it comes, in the plan's own letters.
    pub const PLAIN: Self = Self {
        width: None,
        color: false,
        ascii: false,
    };

    /// Returns a text in a tone, coloured where colour may be added.
    pub fn paint(self, tone: Tone, text: &str) -> Cow<'_, str> {
        use anstyle::{AnsiColor, Style};

        // The terminal's own palette: it is legible on light and on dark.
        let style = match tone {
            Tone::Plain => return Cow::Borrowed(text),
            Tone::Strong => Style::new().bold(),
            Tone::Faint => Style::new().dimmed(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Warn => AnsiColor::Yellow.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
        };
        if !self.color || text.is_empty() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("{style}{text}{style:#}"))
    }

    /// Returns a sign for a status; the word always stands beside it.
    pub fn sign(self, status: Status) -> &'static str {
        let (sign, ascii) = match status {
            Status::NotStarted => ("○", "."),
            Status::OnTrack => ("●", "+"),
            Status::AtRisk => ("▲", "!"),
            Status::OffTrack => ("✖", "x"),
            Status::Done => ("✔", "*"),
            Status::Dropped => ("–", "-"),
        };
        if self.ascii { ascii } else { sign }
    }

    /// Returns a bar of so many columns for a percentage.
    pub fn bar(self, percent: f64, columns: usize) -> String {
        let (full, rest) = if self.ascii {
            ("#", ".")
        } else {
            ("█", "░")
        };
        let filled = (percent / 100.0 * columns as f64)
            .floor()
            .clamp(0.0, columns as f64);
        // The clamp above keeps it within the columns.
        #[expect(clippy::cast_sign_loss, reason = "clamped to 0 and more")]
        let filled = filled as usize;
        format!("{}{}", full.repeat(filled), rest.repeat(columns - filled))
    }

    /// Returns whether there is less room than a terminal has as a rule.
    pub(super) fn is_narrow(self) -> bool {
        self.width.is_some_and(|columns| columns < 80)
    }

    /// Returns whether there is room for whole titles.
    pub(super) fn is_wide(self) -> bool {
        self.width.is_none_or(|columns| columns >= 120)
    }

    /// Returns the dash for what there is nothing to say of.
    pub fn dash(self) -> &'static str {
        if self.ascii { "-" } else { "–" }
    }

    /// Returns the arrow from what was to what is.
    pub fn arrow(self) -> &'static str {
        if self.ascii { "->" } else { "→" }
    }

    /// Returns the dot between two things on a line.
    pub fn dot(self) -> &'static str {
        if self.ascii { " - " } else { " · " }
    }

    /// Returns the mark for something cut off.
    pub fn ellipsis(self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }
}

/// Returns the tone of a status.
pub(super) fn tone(status: Status) -> Tone {
    match status {
        Status::Done | Status::OnTrack => Tone::Good,
        Status::AtRisk => Tone::Warn,
        Status::OffTrack => Tone::Bad,
        Status::NotStarted => Tone::Plain,
        Status::Dropped => Tone::Faint,
    }
}

/// Returns a status as people say it: `on track`.
pub(super) fn status_words(status: Status) -> String {
    status.word().replace('-', " ")
}

/// Returns a percentage for reading, rounded down: what is not whole is not claimed.
pub(super) fn percent(progress: Option<f64>, look: Look) -> String {
    match progress {
        Some(progress) => format!("{} %", whole_percent(progress)),
        None => look.dash().to_owned(),
    }
}

/// Returns a text of the plan on one line, safe to show.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let shown = printable(text);
    if shown.contains('\n') {
        let words: Vec<&str> = shown.split_whitespace().collect();
        return Cow::Owned(words.join(" "));
    }
    shown
}

/// Returns the mark of what is not shown to everybody.
pub(super) fn mark(visibility: Visibility) -> Option<&'static str> {
    match visibility {
        Visibility::Public => None,
        Visibility::Outline => Some("[outline]"),
        Visibility::Private => Some("[private]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Cell, Column, Table};

    const ALL: [Tone; 6] = [
        Tone::Plain,
        Tone::Strong,
        Tone::Faint,
        Tone::Good,
        Tone::Warn,
        Tone::Bad,
    ];

    #[test]
    fn a_painted_line_is_parted_into_its_tones_again() {
        let look = Look {
            color: true,
            ..Look::PLAIN
        };
        let parts = ALL.map(|tone| (tone, "two words"));
        let line: String = parts
            .iter()
            .map(|(tone, text)| look.paint(*tone, text).into_owned())
            .collect();
        assert_eq!(tones(&line), parts);
        assert_eq!(tones(""), []);
    }

    #[test]
    fn so_is_a_row_of_a_table_laid_out_in_either_way() {
        for width in [None, Some(60)] {
            let look = Look {
                color: true,
                width,
                ascii: false,
            };
            for tone in ALL {
                let mut table = Table::plain(vec![Column::left(""), Column::left("")], 0);
                table.row(vec![Cell::toned(tone, "word"), "plain".into()]);
                let mut line = Vec::new();
                table
                    .write(&mut line, look)
                    .expect("a list of bytes takes all");
                let line = String::from_utf8(line).expect("text");
                let parts = tones(line.trim_end());
                let text: String = parts.iter().map(|(_, text)| *text).collect();
                assert_eq!(text, "word  plain");
                assert!(
                    parts[0].0 == tone && parts[0].1.starts_with("word"),
                    "{parts:?}"
                );
                assert!(
                    parts
                        .iter()
                        .any(|(tone, text)| *tone == Tone::Plain && text.contains("plain"))
                );
            }
        }
    }
}
