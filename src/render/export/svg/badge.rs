use std::io;

use crate::model::Status;
use crate::text::{shorten, width, xml};
use crate::view::Edition;

/// How wide a column of letters is, and the space beside them.
const COLUMN: usize = 7;
const SPACE: usize = 8;

/// The most columns of the label.
const ROOM: usize = 40;

/// Writes a badge: a label, and how many key results are done.
///
/// It has its own background, so that it reads on light and dark pages alike.
pub fn badge(out: &mut dyn io::Write, edition: &Edition<'_>, label: &str) -> io::Result<()> {
    let counts = edition.board.rollup.counts;
    let internal = if edition.is_internal() {
        " (internal)"
    } else {
        ""
    };
    let label = shorten(label, ROOM, "…");
    let done = format!(
        "{} of {} done{internal}",
        counts.of(Status::Done),
        counts.all()
    );
    let wide = |words: &str| COLUMN * width(words) + 2 * SPACE;
    let (left, right) = (wide(&label), wide(&done));
    let all = left + right;
    let (label, done) = (xml(&label), xml(&done));
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" \
         aria-label=\"{label}: {done}\">\n\
         <title>{label}: {done}</title>\n\
         <clipPath id=\"round\"><rect width=\"{all}\" height=\"20\" rx=\"3\"/></clipPath>\n\
         <g clip-path=\"url(#round)\">\n\
         <rect width=\"{left}\" height=\"20\" fill=\"#3d444d\"/>\n\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"#0969da\"/>\n\
         </g>\n\
         <g fill=\"#ffffff\" font-family=\"Verdana, DejaVu Sans, sans-serif\" font-size=\"11\">"
    )?;
    // The words are fitted to the room that was reckoned, whatever font there is.
    for (x, room, words) in [(0, left, &label), (left, right, &done)] {
        writeln!(
            out,
            "<text x=\"{}\" y=\"14\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{words}</text>",
            x + SPACE,
            room - 2 * SPACE
        )?;
    }
    writeln!(out, "</g>\n</svg>")
}
