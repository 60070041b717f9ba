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
