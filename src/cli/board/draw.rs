//! How the board looks: what is on the screen, from the state and the plan alone.

mod painted;
mod popup;
mod tree;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use self::painted::{painted, toned};
use super::entry::Entry;
use super::key::KEYS;
use super::seen::Seen;
use super::state::{LEAST, Mode, State, WIDE};
use crate::model::Address;
use crate::render::Tone;
use crate::text::{printable, shorten, width};

/// Draws the board.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, seen: &Seen) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(frame, area);
        return;
    }
    let [body, foot] = body_and_foot(area);
    if state.details && area.width >= WIDE {
        let [head, rest] = head_and_rest(state, body);
        self::head(frame, state, seen, head);
        let [left, between, right] = sides(rest);
        tree::tree(frame, state, seen, left);
        let bar = if seen.look.ascii { "|" } else { "│" };
        let bars = vec![toned(bar, Tone::Faint, seen.look); between.height as usize];
        frame.render_widget(Paragraph::new(bars), between);
        details(frame, state, seen, right);
    } else if state.details {
        details(frame, state, seen, body);
    } else {
        let [head, rest] = head_and_rest(state, body);
        self::head(frame, state, seen, head);
        tree::tree(frame, state, seen, rest);
    }
    self::foot(frame, state, seen, foot);
    popup::popup(frame, state, seen, area);
}

fn body_and_foot(area: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Min(0), Constraint::Length(2)]).areas(area)
}

/// Parts the tree from the details beside it, and from the line between.
fn sides(area: Rect) -> [Rect; 3] {
    let sides = [
        Constraint::Percentage(56),
        Constraint::Length(1),
        Constraint::Min(0),
    ];
    Layout::horizontal(sides).areas(area)
}

/// Returns how far the details can be scrolled until their end is in sight.
pub(super) fn most_scrolled(state: &State, seen: &Seen) -> u16 {
    let (width, height) = state.size;
    let [body, _] = body_and_foot(Rect::new(0, 0, width, height));
    let area = if width >= WIDE {
        sides(head_and_rest(state, body)[1])[2]
    } else {
        body
    };
    let lines = state
        .address(seen)
        .map(|address| seen.details(address, usize::from(area.width)).len());
    let hidden = lines.unwrap_or(0).saturating_sub(usize::from(area.height));
    u16::try_from(hidden).unwrap_or(u16::MAX)
}

/// Parts what is above the tree from the tree, which has as many rows as the state counts on.
fn head_and_rest(state: &State, body: Rect) -> [Rect; 2] {
    let head = state.rows_of_head() as u16 + 1;
    Layout::vertical([Constraint::Length(head), Constraint::Min(0)]).areas(body)
}

fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let (columns, rows) = LEAST;
    let words = [
        format!("The board needs {columns} columns and {rows} rows;"),
        format!("this terminal has {} and {}.", area.width, area.height),
        "Make it larger, or press q to leave.".to_owned(),
    ];
    let lines: Vec<_> = words.into_iter().map(Line::from).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// The heading and what comes first, cut to its room; a rule below it.
fn head(frame: &mut Frame<'_>, state: &State, seen: &Seen, area: Rect) {
    let room = state.rows_of_head();
    let is_cut = room < state.head.len();
    let kept = if is_cut { room.saturating_sub(1) } else { room };
    let mut lines: Vec<_> = state.head[..kept]
        .iter()
        .map(|line| painted(line, seen.look))
        .collect();
    if is_cut {
        let more = state.head.len() - kept;
        let words = format!("  {} {more} more lines: f", seen.look.ellipsis());
        lines.push(toned(&words, Tone::Faint, seen.look));
    }
    let rule = if seen.look.ascii { "-" } else { "─" };
    let rule = rule.repeat(area.width as usize);
    lines.push(toned(&rule, Tone::Faint, seen.look));
    frame.render_widget(Paragraph::new(lines), area);
}

/// One thing whole, as `show` says it.
fn details(frame: &mut Frame<'_>, state: &State, seen: &Seen, area: Rect) {
    let Some(address) = state.address(seen) else {
        return;
    };
    let lines = seen.details(address, usize::from(area.width));
    let rows = usize::from(area.height);
    // What was scrolled too far shows the end.
    let from = usize::from(state.scrolled).min(lines.len().saturating_sub(rows));
    let shown = lines[from..].iter().take(rows);
    let mut shown: Vec<_> = shown.map(|line| painted(line, seen.look)).collect();
    if from + rows < lines.len() {
        let more = lines.len() - from - rows + 1;
        let words = format!("  {} {more} more lines: J", seen.look.ellipsis());
        if let Some(last) = shown.last_mut() {
            *last = toned(&words, Tone::Faint, seen.look);
        }
    }
    frame.render_widget(Paragraph::new(shown), area);
}

/// What is typed, or what was done; below it the keys of the moment.
fn foot(frame: &mut Frame<'_>, state: &State, seen: &Seen, area: Rect) {
    let [first, second] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(area);
    let named = |what: &str| match &state.about {
        Some(address) => format!("{what} {address}: "),
        None => format!("{what}: "),
    };
    let asked = match &state.mode {
        Mode::Filter => Some(("show only: ".to_owned(), &state.filter)),
        Mode::Why(status, entry) => Some((named(&format!("why {status},")), entry)),
        Mode::Value(Some(key), entry) => {
            let now = match &state.about {
                Some(Address::KeyResult(id)) => seen.figure(id).map(|(_, now)| now),
                _ => None,
            };
            let now = now.filter(|now| !now.is_empty());
            let now = now.map_or_else(String::new, |now| format!(", now {now},"));
            Some((named(&format!("{key}{now} of")), entry))
        }
        Mode::Value(None, entry) => Some((named("KEY=VALUE of"), entry)),
        Mode::Note(entry) => Some((named("note on"), entry)),
        _ => None,
    };
    // What is in the way is said whole, over the keys of the moment.
    let mut takes_all = false;
    if let Some(said) = state.said.as_ref() {
        let tone = if said.is_bad { Tone::Bad } else { Tone::Good };
        let words = printable(&said.words).replace('\n', " ");
        let columns = usize::from(area.width);
        let mut lines = seen.lines_of(&words, columns);
        // While something is typed, or the keys of a choice are told, there is room for one.
        let (place, room) = match asked {
            Some(_) => (second, 1),
            None => (first, 2),
        };
        if lines.len() > room {
            let rest = lines.split_off(room - 1).join(" ");
            lines.push(shorten(&rest, columns, seen.look.ellipsis()).into_owned());
        }
        takes_all = lines.len() > 1;
        let lines: Vec<_> = lines
            .iter()
            .map(|line| toned(line, tone, seen.look))
            .collect();
        let place = if takes_all { area } else { place };
        frame.render_widget(Paragraph::new(lines), place);
    }
    match asked {
        Some((label, entry)) => typed(frame, &label, entry, seen, first),
        None if state.said.is_none() => {
            let filter = state.filter.text();
            let words = if filter.trim().is_empty() {
                String::new()
            } else {
                format!("only what has: {} (Esc shows all)", printable(filter))
            };
            frame.render_widget(Paragraph::new(toned(&words, Tone::Warn, seen.look)), first);
        }
        None => {}
    }
    let is_taken = !matches!(state.mode, Mode::Tree | Mode::Help(_)) && state.said.is_some();
    if !is_taken && !takes_all {
        let keys = match &state.mode {
            Mode::Tree if state.details && state.size.0 < WIDE => {
                "Enter back · J K scroll · s status · v value · m note · u undo · ? keys"
            }
            Mode::Tree => {
                "Enter whole · / find · s status · v value · m note · u undo · ? keys · q leave"
            }
            Mode::Filter => "Enter keeps it · Esc shows all",
            Mode::Status(_) => "1 to 6 or arrows · Enter takes it · Esc back",
            Mode::Steps(_) => "arrows · Enter turns done on and off · Esc back",
            Mode::Why(..) => {
                "Enter saves, without a note where nothing is typed · Esc changes nothing"
            }
            Mode::Value(..) | Mode::Note(_) => "Enter saves · Esc changes nothing",
            // The keys stand over the foot where there is no room for both.
            Mode::Help(_) if KEYS.len() + 2 > usize::from(state.size.1).saturating_sub(2) => "",
            Mode::Help(_) => "any key goes back",
        };
        let keys = if seen.look.ascii {
            keys.replace('·', "-")
        } else {
            keys.to_owned()
        };
        frame.render_widget(Paragraph::new(toned(&keys, Tone::Faint, seen.look)), second);
    }
}

/// A line that is being typed; of a long one what is around the cursor.
fn typed(frame: &mut Frame<'_>, label: &str, entry: &Entry, seen: &Seen, area: Rect) {
    let room = usize::from(area.width).saturating_sub(width(label) + 1);
    let before = printable(entry.before()).replace('\n', " ");
    let mut cut = 0;
    while width(&before[cut..]) > room {
        cut += before[cut..].chars().next().map_or(1, char::len_utf8);
    }
    let after = &entry.text()[entry.before().len()..];
    let text = format!(
        "{label}{}{}",
        &before[cut..],
        printable(after).replace('\n', " ")
    );
    frame.render_widget(Paragraph::new(toned(&text, Tone::Plain, seen.look)), area);
    let column = (width(label) + width(&before[cut..])) as u16;
    frame.set_cursor_position(Position::new(area.x + column, area.y));
}
