use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Paragraph};

use super::painted::toned;
use crate::cli::board::key::KEYS;
use crate::cli::board::seen::Seen;
use crate::cli::board::state::{Mode, State};
use crate::model::{Address, Status};
use crate::render::Tone;
use crate::text::{pad, printable, shorten, width};

/// Draws what is chosen from, or what the keys do, over the middle of the board.
pub(super) fn popup(frame: &mut Frame<'_>, state: &State, seen: &Seen, area: Rect) {
    let look = seen.look;
    let (title, lines, chosen) = match &state.mode {
        Mode::Help(from) => {
            let lines: Vec<_> = help(seen).into_iter().skip(*from).collect();
            let is_more = lines.len() > state.rows_of_help();
            let more = match (is_more, *from > 0, look.ascii) {
                (true, _, false) => ", ↓ shows more",
                (true, _, true) => ", Down shows more",
                (false, true, false) => ", ↑ goes back",
                (false, true, true) => ", Up goes back",
                (false, false, _) => "",
            };
            (format!("What the keys do{more}"), lines, None)
        }
        Mode::Status(choice) => {
            let words = Status::ALL.iter().zip(Status::WORDS).enumerate();
            let words = words.map(|(at, (status, word))| {
                let sign = look.sign(*status);
                format!(
                    "{}  {sign} {}  {}",
                    at + 1,
                    pad(word.name, 11),
                    word.meaning
                )
            });
            let of = state.about.as_ref();
            let of = of.map_or_else(String::new, ToString::to_string);
            (
                format!("The status of {of}"),
                words.collect(),
                Some(*choice),
            )
        }
        Mode::Steps(choice) => {
            let Some(Address::KeyResult(id)) = &state.about else {
                return;
            };
            let steps = seen.steps(id);
            let words = steps.iter().map(|step| {
                let sign = if step.is_done { "[x]" } else { "[ ]" };
                let due = step.due.map(|due| format!("  {due}"));
                format!(
                    "{sign} {}{}",
                    printable(&step.name).replace('\n', " "),
                    due.unwrap_or_default()
                )
            });
            let choice = (*choice).min(steps.len().saturating_sub(1));
            (
                format!("The milestones of kr.{id}"),
                words.collect(),
                Some(choice),
            )
        }
        _ => return,
    };
    let most = usize::from(area.width).saturating_sub(6);
    let columns = lines
        .iter()
        .map(|line: &String| width(line))
        .max()
        .unwrap_or(0);
    let columns = columns.max(width(&title) + 2).min(most);
    let rows = lines.len().min(usize::from(area.height).saturating_sub(2));
    let size = (columns as u16 + 4, rows as u16 + 2);
    let place = Rect {
        x: area.x + area.width.saturating_sub(size.0) / 2,
        y: area.y + area.height.saturating_sub(size.1) / 2,
        width: size.0.min(area.width),
        height: size.1.min(area.height),
    };
    // Of more than there is room for, what is chosen is in sight.
    let from = chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(rows));
    let shown = lines.iter().enumerate().skip(from).take(rows);
    let shown = shown.map(|(at, line)| {
        let mark = if chosen == Some(at) { ">" } else { " " };
        let text = format!(
            "{mark} {} ",
            pad(&shorten(line, columns, look.ellipsis()), columns)
        );
        let line = toned(&text, Tone::Plain, look);
        if chosen == Some(at) {
            return line.patch_style(Style::new().add_modifier(Modifier::REVERSED));
        }
        line
    });
    let block = Block::bordered().title(Line::from(format!(" {title} ")));
    let block = if look.ascii {
        block.border_set(ASCII)
    } else {
        block
    };
    frame.render_widget(Clear, place);
    frame.render_widget(
        Paragraph::new(shown.collect::<Vec<_>>()).block(block),
        place,
    );
}

const ASCII: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Every key with what it does.
fn help(seen: &Seen) -> Vec<String> {
    let lines = KEYS.iter().map(|bound| {
        let names = bound.names(seen.look.ascii);
        format!("{} {}", pad(&names, 11), bound.does)
    });
    lines.collect()
}
