//! Progress and status over time as one SVG file, complete in itself: no script, no font and no
//! picture from elsewhere, light or dark as its reader prefers, and told in words as well.

mod panel;

use std::io;

use super::dates::date;
use super::days::heading;
use super::look::{Look, one_line, percent};
use super::trend::{facts, versions};
use crate::history::State;
use crate::text::{shorten, xml};
use crate::view::{Trend, TrendRow};
use panel::{WIDTH, height, panel};

/// How words are put where nothing is drawn by letters.
const LOOK: Look = Look {
    width: None,
    color: false,
    ascii: false,
};

/// The space around everything, and that for the heading.
const MARGIN: usize = 16;
const HEADING: usize = 62;

/// What everything looks like: in the light, then what is other in the dark. Nothing is told by
/// colour alone.
pub(super) const STYLE: &str = "\
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.back { fill: #ffffff; }
.name { font-size: 13px; font-weight: 600; }
.head { font-size: 17px; font-weight: 600; }
.faint { fill: #59636e; font-size: 11px; }
.grid { stroke: #d1d9e0; stroke-width: 1; }
.today { stroke: #59636e; stroke-width: 1; }
.expected { fill: none; stroke: #59636e; stroke-width: 1.5; stroke-dasharray: 5 4; }
.progress { fill: none; stroke: #0969da; stroke-width: 2; stroke-linejoin: round; }
.area { fill: #0969da; fill-opacity: 0.12; }
.not-started { fill: #eff2f5; stroke: #818b98; }
.on-track { fill: #aceebb; stroke: #1a7f37; }
.at-risk { fill: #fae17d; stroke: #9a6700; }
.off-track { fill: #ffc1c0; stroke: #cf222e; }
.done { fill: #b6e3ff; stroke: #0969da; }
.dropped { fill: #ffffff; stroke: #818b98; stroke-dasharray: 2 2; }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc; }
.back { fill: #0d1117; }
.faint { fill: #9198a1; }
.grid { stroke: #30363d; }
.today, .expected { stroke: #9198a1; }
.progress { stroke: #4493f8; }
.area { fill: #4493f8; fill-opacity: 0.2; }
.not-started { fill: #212830; stroke: #9198a1; }
.on-track { fill: #04260f; stroke: #3fb950; }
.at-risk { fill: #341a00; stroke: #d29922; }
.off-track { fill: #490202; stroke: #f85149; }
.done { fill: #051d4d; stroke: #4493f8; }
.dropped { fill: #0d1117; stroke: #9198a1; }
}
";

/// Writes a picture of each row.
pub fn trend(out: &mut dyn io::Write, trend: &Trend<'_>) -> io::Result<()> {
    let width = WIDTH + 2 * MARGIN;
    let heights = trend.rows.iter().map(|row| height(row) + MARGIN);
    let height = HEADING + heights.sum::<usize>() + MARGIN;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"name told\">"
    )?;
    let name = format!(
        "{}{}{}",
        one_line(&trend.plan.name),
        LOOK.dot(),
        heading(&trend.cycle, LOOK)
    );
    writeln!(out, "<title id=\"name\">{}</title>", xml(&name))?;
    writeln!(out, "<desc id=\"told\">{}", xml(&versions(trend)))?;
    for row in &trend.rows {
        writeln!(out, "{}", xml(&told(trend, row)))?;
    }
    writeln!(out, "</desc>")?;
    writeln!(out, "<style>\n{STYLE}</style>")?;
    writeln!(
        out,
        "<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>"
    )?;
    let room = (width - 2 * MARGIN) / 9;
    let shown = shorten(&name, room, "…");
    writeln!(
        out,
        "<text class=\"head\" x=\"{MARGIN}\" y=\"26\">{}</text>",
        xml(&shown)
    )?;
    let legend = format!(
        "Looked at on {}, the upright line. The dashed line is the share of the time gone.",
        date(trend.today)
    );
    writeln!(
        out,
        "<text class=\"faint\" x=\"{MARGIN}\" y=\"45\">{}</text>",
        xml(&legend)
    )?;
    let mut y = HEADING;
    for row in &trend.rows {
        writeln!(out, "<g transform=\"translate({MARGIN} {y})\">")?;
        panel(out, trend, row)?;
        writeln!(out, "</g>")?;
        y += panel::height(row) + MARGIN;
    }
    writeln!(out, "</svg>")
}

/// Tells a row in a sentence, for those who do not see it.
fn told(trend: &Trend<'_>, row: &TrendRow<'_>) -> String {
    let progress = row.now.and_then(State::progress);
    let mut said = vec![format!("{}: {}", row.address, one_line(row.title))];
    said.extend(facts(trend, row));
    if progress.is_some() {
        said.push(percent(progress, LOOK));
    }
    format!("{}.", said.join(", "))
}
