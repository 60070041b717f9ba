use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::painted::{style, toned};
use crate::cli::board::outline::Item;
use crate::cli::board::seen::Seen;
use crate::cli::board::state::State;
use crate::model::{Address, Id, Rollup};
use crate::render::{self, Tone};
use crate::text::{pad, printable, shorten, width};

/// Draws as much of the tree as there is room for, and no more of it.
pub(super) fn tree(frame: &mut Frame<'_>, state: &State, seen: &Seen, area: Rect) {
    let rows = usize::from(area.height);
    let columns = usize::from(area.width);
    if state.shown.is_empty() {
        let words = if state.filter.text().trim().is_empty() {
            "  no key results yet: `loti add` adds them"
        } else {
            "  no key result is like that"
        };
        frame.render_widget(Paragraph::new(toned(words, Tone::Faint, seen.look)), area);
        return;
    }
    let shown = state.shown.iter().enumerate().skip(state.top).take(rows);
    let lines = shown.filter_map(|(at, item)| {
        let item = seen.outline.items.get(*item)?;
        let mut line = line(state, seen, item, columns.saturating_sub(2));
        let is_selected = at == state.selected;
        // Told without colour, too: by the mark, and by turning the line round.
        line.spans
            .insert(0, Span::raw(if is_selected { "> " } else { "  " }));
        if is_selected {
            line = line.patch_style(ratatui::style::Style::new().add_modifier(Modifier::REVERSED));
        }
        Some(line)
    });
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), area);
}

fn line(state: &State, seen: &Seen, item: &Item, columns: usize) -> Line<'static> {
    match (&item.address, &item.rollup) {
        (Address::KeyResult(id), _) => key_result(seen, id, columns),
        (Address::Theme(id), Some(rollup)) => {
            let theme = seen.plan.themes.get(id);
            let name = theme.map_or("", |theme| theme.name.as_str());
            group(state, seen, item, &name.to_uppercase(), rollup, columns)
        }
        (Address::Objective(id), Some(rollup)) => {
            let objective = seen.plan.objectives.get(id);
            let name = objective.map_or("", |objective| objective.name.as_str());
            group(state, seen, item, &format!(" {name}"), rollup, columns)
        }
        _ => Line::default(),
    }
}

/// A theme or objective: its name, then its counts at the right.
fn group(
    state: &State,
    seen: &Seen,
    item: &Item,
    name: &str,
    rollup: &Rollup,
    columns: usize,
) -> Line<'static> {
    let look = seen.look;
    let sign = match (state.is_folded(&item.address), look.ascii) {
        (true, false) => "▸",
        (false, false) => "▾",
        (true, true) => "+",
        (false, true) => "-",
    };
    let counts = rollup.counts.describe();
    let progress = rollup
        .progress
        .map(|progress| format!(", {} %", crate::model::whole_percent(progress)));
    let progress = progress.unwrap_or_default();
    let name = printable(name).replace('\n', " ");
    let name = format!("{sign} {name}");
    // The name gives way to a third of the room, then the counts do; the progress stays.
    let figures = width(&counts) + width(&progress);
    let name = shorten(
        &name,
        columns.saturating_sub(figures + 2).max(columns / 3),
        look.ellipsis(),
    );
    let room = columns.saturating_sub(width(&name) + 2);
    let counts = shorten(
        &counts,
        room.saturating_sub(width(&progress)),
        look.ellipsis(),
    );
    let counts = shorten(&format!("{counts}{progress}"), room, look.ellipsis()).into_owned();
    let gap = columns.saturating_sub(width(&name) + width(&counts));
    Line::from(vec![
        Span::styled(name.into_owned(), style(Tone::Strong, look)),
        Span::raw(" ".repeat(gap)),
        Span::styled(counts, style(Tone::Faint, look)),
    ])
}

/// A key result on one line: id, status, progress, title and what else is to be said.
fn key_result(seen: &Seen, id: &Id, columns: usize) -> Line<'static> {
    let look = seen.look;
    let Some(row) = seen.row(id) else {
        return Line::default();
    };
    let look_here = render::Look {
        width: Some(columns),
        ..look
    };
    let cells = render::status_row(&seen.plan, seen.cycle_line(), &row, seen.today, look_here);
    let [id, status, progress, said] = cells;
    let said = said.text.lines().next().unwrap_or_default().to_owned();
    let id_width = seen.outline.id_width.min(12);
    let id = shorten(&id.text, id_width, look.ellipsis()).into_owned();
    let id = format!(
        "{}{id}",
        " ".repeat(id_width.saturating_sub(width(&id)) + 2)
    );
    let progress_text = shorten(&progress.text, 8, look.ellipsis()).into_owned();
    let progress_gap = " ".repeat(8_usize.saturating_sub(width(&progress_text)));
    let status_text = pad(&status.text, 13);
    let used = width(&id) + 2 + width(&status_text) + 8 + 2;
    let said = shorten(&said, columns.saturating_sub(used), look.ellipsis()).into_owned();
    let rest = columns.saturating_sub(used + width(&said));
    Line::from(vec![
        Span::raw(format!("{id}  ")),
        Span::styled(status_text, style(status.tone, look)),
        Span::raw(format!("{progress_gap}{progress_text}  ")),
        Span::styled(said, style(Tone::Plain, look)),
        Span::raw(" ".repeat(rest)),
    ])
}
