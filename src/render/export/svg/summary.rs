use std::io;

use crate::model::{Counts, Rollup, Status};
use crate::render::days::heading;
use crate::render::export::facts::{as_of, name, plan, whole};
use crate::render::look::{Look, one_line, percent, status_words};
use crate::render::svg::STYLE;
use crate::text::{shorten, xml};
use crate::view::Edition;

/// A slide: sixteen to nine.
const WIDTH: usize = 1280;
const HEIGHT: usize = 720;

/// Where everything begins and ends from the left.
const LEFT: usize = 64;
const RIGHT: usize = WIDTH - LEFT;

/// The rows of themes: the first one's top, and the most there is room for.
const ROWS: usize = 276;
const ROW: usize = 62;
const MOST: usize = 5;

/// The statuses from left to right, what is finished first.
const ORDER: [Status; 6] = [
    Status::Done,
    Status::OnTrack,
    Status::AtRisk,
    Status::OffTrack,
    Status::NotStarted,
    Status::Dropped,
];

/// What is other than in a drawing: words are larger.
const SLIDE: &str = "\
.slide { font-size: 22px; }
.title { font-size: 34px; font-weight: 600; }
.fact { font-size: 26px; }
.small { font-size: 18px; }
.gone { fill: #818b98; fill-opacity: 0.45; }
.come { fill: #0969da; }
.open { fill: #818b98; fill-opacity: 0.15; }
@media (prefers-color-scheme: dark) { .come { fill: #4493f8; } }
";

/// Writes where the plan stands as a picture that fills one slide.
pub fn summary(out: &mut dyn io::Write, edition: &Edition<'_>) -> io::Result<()> {
    let name = name(edition);
    let facts = whole(edition).join(" · ");
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"name told\">\n\
         <title id=\"name\">{}</title>\n<desc id=\"told\">{}</desc>\n<style>\n{STYLE}{SLIDE}</style>\n\
         <rect class=\"back\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>",
        xml(&name),
        xml(&told(edition))
    )?;
    text(out, "title", LEFT, 80, &shorten(&plan(edition), 56, "…"))?;
    let cycle = heading(&edition.board.cycle, Look::PLAIN);
    text(out, "fact", LEFT, 122, &shorten(&cycle, 84, "…"))?;
    text(out, "fact", LEFT, 162, &shorten(&facts, 84, "…"))?;
    bars(out, &edition.board.rollup, edition.board.cycle.gone)?;
    let themes = &edition.board.themes;
    // Where there is no room for all, the last row says how many more there are.
    let shown = if themes.len() > MOST { MOST - 1 } else { MOST };
    let mut y = ROWS;
    for theme in themes.iter().take(shown) {
        row(out, y, &theme.theme.name, &theme.rollup)?;
        y += ROW;
    }
    if themes.len() > shown {
        let more = format!("and {} more themes", themes.len() - shown);
        text(out, "slide faint", LEFT, y + 22, &more)?;
    }
    legend(out, edition.board.rollup.counts)?;
    let said = [Some(as_of(edition)), edition.internal().map(str::to_owned)];
    let said = said.into_iter().flatten().chain(edition.not_shown());
    let said = said.collect::<Vec<_>>().join(" · ");
    text(
        out,
        "small faint",
        LEFT,
        HEIGHT - 36,
        &shorten(&said, 120, "…"),
    )?;
    writeln!(out, "</svg>")
}

/// Tells it in sentences, for those who do not see it.
fn told(edition: &Edition<'_>) -> String {
    let whole = format!("{}: {}.", as_of(edition), whole(edition).join(", "));
    let themes = edition.board.themes.iter().map(|group| {
        let progress = percent(group.rollup.progress, Look::PLAIN);
        let counts = group.rollup.counts.describe();
        format!(
            "{}: {counts}, progress {progress}.",
            one_line(&group.theme.name)
        )
    });
    let internal = edition.internal().map(str::to_owned);
    let all = internal.into_iter().chain([whole]).chain(themes);
    all.chain(edition.not_shown())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Draws the progress of the whole, and below it the share of the time that is gone.
fn bars(out: &mut dyn io::Write, rollup: &Rollup, gone: Option<f64>) -> io::Result<()> {
    let whole = RIGHT - LEFT;
    for (y, class, share) in [(184, "come", rollup.progress), (204, "gone", gone)] {
        let Some(share) = share else {
            continue;
        };
        let width = share / 100.0 * whole as f64;
        writeln!(
            out,
            "<rect class=\"open\" x=\"{LEFT}\" y=\"{y}\" width=\"{whole}\" height=\"14\"/>\
             <rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"14\"/>"
        )?;
    }
    Ok(())
}

/// Draws a theme: its name, its progress, its counts in words and as a band.
fn row(out: &mut dyn io::Write, y: usize, name: &str, rollup: &Rollup) -> io::Result<()> {
    text(
        out,
        "slide",
        LEFT,
        y + 18,
        &shorten(&one_line(name), 44, "…"),
    )?;
    let progress = percent(rollup.progress, Look::PLAIN);
    let counts = rollup.counts.describe();
    let facts = format!("{} · {progress}", shorten(&counts, 58, "…"));
    writeln!(
        out,
        "<text class=\"small\" x=\"{RIGHT}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        y + 18,
        xml(&facts)
    )?;
    band(out, y + 30, rollup.counts)
}

/// Draws how many key results are in each status, what is done first.
fn band(out: &mut dyn io::Write, y: usize, counts: Counts) -> io::Result<()> {
    let all = counts.all();
    if all == 0 {
        return Ok(());
    }
    let one = (RIGHT - LEFT) as f64 / all as f64;
    let mut x = LEFT as f64;
    for status in ORDER {
        let number = counts.of(status);
        if number == 0 {
            continue;
        }
        let width = one * number as f64;
        writeln!(
            out,
            "<rect class=\"{status}\" x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"14\">\
             <title>{number} {}</title></rect>",
            status_words(status)
        )?;
        x += width;
    }
    Ok(())
}

/// Says what the parts of the bands are, of the statuses that there are.
fn legend(out: &mut dyn io::Write, counts: Counts) -> io::Result<()> {
    let mut x = LEFT;
    let y = HEIGHT - 92;
    for status in ORDER.into_iter().filter(|own| counts.of(*own) > 0) {
        writeln!(
            out,
            "<rect class=\"{status}\" x=\"{x}\" y=\"{}\" width=\"16\" height=\"14\"/>",
            y - 13
        )?;
        let words = status_words(status);
        text(out, "small", x + 24, y, &words)?;
        x += 24 + 11 * words.len() + 20;
    }
    Ok(())
}

fn text(out: &mut dyn io::Write, class: &str, x: usize, y: usize, words: &str) -> io::Result<()> {
    writeln!(
        out,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>",
        xml(words)
    )
}
