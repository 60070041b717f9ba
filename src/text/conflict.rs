use super::Span;

/// As many letters a marker line begins with at the least; a merge inside of a merge writes more.
const SHORTEST: usize = 7;

/// A conflict that a merge left in a text: what each side says, between marker lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedConflict {
    /// From the first marker line to the end of the last.
    pub span: Span,
    /// What stood here before the merge.
    pub ours: MarkedSide,
    /// What both began from, where the markers say it.
    pub base: Option<MarkedSide>,
    /// What came in.
    pub theirs: MarkedSide,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedSide {
    /// What its marker line calls it; may be empty.
    pub label: String,
    /// Its lines.
    pub lines: Span,
}

/// Returns the conflicts of a text in its order; one that lies within another is part of that one's
/// side.
///
/// Reads the styles `merge`, `diff3` and `zdiff3`, with markers of any size.
pub fn marked_conflicts(text: &str) -> Vec<MarkedConflict> {
    let mut found: Vec<MarkedConflict> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        let Some(marker) = Marker::of(line) else {
            continue;
        };
        let size = marker.size;
        let side = || MarkedSide {
            label: marker.label.to_owned(),
            lines: Span::new(end, end),
        };
        match (marker.letter, open.last_mut()) {
            ('<', _) => open.push(Open::new(start, size, side())),
            ('|', Some(last)) if last.size == size && last.theirs.is_none() => {
                last.ends(start);
                last.base.get_or_insert_with(side);
            }
            ('=', Some(last)) if last.size == size && last.theirs.is_none() => {
                last.ends(start);
                last.theirs = Some(side());
            }
            ('>', _) => {
                // What was opened since and does not end before this one was no conflict.
                let Some(number) = open.iter().rposition(|of| of.size == size) else {
                    continue;
                };
                let mut last = open.swap_remove(number);
                open.truncate(number);
                last.ends(start);
                if let Some(mut theirs) = last.theirs {
                    marker.label.clone_into(&mut theirs.label);
                    let span = Span::new(last.start, end);
                    found.retain(|inner| inner.span.start < span.start);
                    found.push(MarkedConflict {
                        span,
                        ours: last.ours,
                        base: last.base,
                        theirs,
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// A conflict whose last marker line is yet to come.
struct Open {
    start: usize,
    size: usize,
    ours: MarkedSide,
    base: Option<MarkedSide>,
    theirs: Option<MarkedSide>,
}

impl Open {
    fn new(start: usize, size: usize, ours: MarkedSide) -> Self {
        Self {
            start,
            size,
            ours,
            base: None,
            theirs: None,
        }
    }

    /// Ends the side that was begun last.
    fn ends(&mut self, at: usize) {
        let last = self.theirs.as_mut().or(self.base.as_mut());
        last.unwrap_or(&mut self.ours).lines.end = at as u32;
    }
}

/// A line such as `<<<<<<< HEAD`.
struct Marker<'t> {
    letter: char,
    size: usize,
    label: &'t str,
}

impl<'t> Marker<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let letter = line.chars().next()?;
        if !matches!(letter, '<' | '|' | '=' | '>') {
            return None;
        }
        let label = line.trim_start_matches(letter);
        let size = line.len() - label.len();
        let is_marker =
            size >= SHORTEST && (label.is_empty() || label.starts_with([' ', '\r', '\n']));
        is_marker.then(|| Self {
            letter,
            size,
            label: label.trim(),
        })
    }
}

/// Returns a text with something in the place of each conflict, and where each of those stands.
pub fn replace_conflicts<'w>(
    text: &str,
    conflicts: &[MarkedConflict],
    mut with: impl FnMut(usize, &MarkedConflict) -> &'w str,
) -> (String, Vec<Span>) {
    let mut replaced = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(conflicts.len());
    let mut at = 0;
    for (number, conflict) in conflicts.iter().enumerate() {
        let span = conflict.span.range();
        replaced.push_str(&text[at..span.start]);
        let start = replaced.len();
        replaced.push_str(with(number, conflict));
        places.push(Span::new(start, replaced.len()));
        at = span.end;
    }
    replaced.push_str(&text[at..]);
    (replaced, places)
}

#[cfg(test)]
mod tests {
    use super::{MarkedConflict, MarkedSide, marked_conflicts, replace_conflicts};

    /// Checks what each conflict of a text holds: ours, base, theirs.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>, &str)]) {
        let found = marked_conflicts(text);
        let lines = |side: &MarkedSide| &text[side.lines.range()];
        let sides = |conflict: &MarkedConflict| {
            let base = conflict.base.as_ref().map(lines);
            (lines(&conflict.ours), base, lines(&conflict.theirs))
        };
        let found: Vec<_> = found.iter().map(sides).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_style_is_read() {
        check(
            "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> bus\nd\n",
            &[("b\n", None, "c\n")],
        );
        check(
            "<<<<<<< HEAD\r\nb\r\n||||||| 1a2b3c\r\n=======\r\nc\r\n>>>>>>> bus\r\n",
            &[("b\r\n", Some(""), "c\r\n")],
        );
        check(
            "<<<<<<<<<< a\n=======\n|||||||\n==========\n>>>>>>>\nc\n>>>>>>>>>> b",
            &[("=======\n|||||||\n", None, ">>>>>>>\nc\n")],
        );
        let two = "<<<<<<< a\n=======\n>>>>>>> b\n";
        check(&two.repeat(2), &[("", None, ""), ("", None, "")]);
    }

    #[test]
    fn a_conflict_within_another_is_part_of_its_side() {
        let inner = "<<<<<<< b\n1\n=======\n2\n>>>>>>> c\n";
        check(
            &format!("<<<<<<< a\n{inner}=======\n3\n>>>>>>> d\n"),
            &[(inner, None, "3\n")],
        );
        let wider = "<<<<<<<<< b\n1\n||||||||| x\n=========\n2\n>>>>>>>>> c\n";
        check(
            &format!("<<<<<<< a\n0\n||||||| base\n{wider}=======\n3\n>>>>>>> d\n"),
            &[("0\n", Some(wider), "3\n")],
        );
    }

    #[test]
    fn what_is_no_conflict_hides_none() {
        for text in [
            "",
            "=======\n",
            ">>>>>>> a\n",
            "<<<<<<< a\n>>>>>>> b\n",
            "<<<<<<< a\n=======\n",
            "<<<<<<<a\n=======\n>>>>>>> b\n",
            " <<<<<<< a\n=======\n>>>>>>> b\n",
        ] {
            check(text, &[]);
        }
        check(
            "<<<<<<< stray\nx\n<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n",
            &[("1\n", None, "2\n")],
        );
        check(
            "<<<<<<< a\n1\n<<<<<<<<< stray\n=======\n2\n>>>>>>> b\n",
            &[],
        );
    }

    #[test]
    fn conflicts_are_replaced_and_found_again() {
        let text = "a\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\nd\n";
        let found = marked_conflicts(text);
        let (replaced, places) = replace_conflicts(text, &found, |_, conflict| {
            &text[conflict.theirs.lines.range()]
        });
        assert_eq!(replaced, "a\nc\nd\n");
        assert_eq!(&replaced[places[0].range()], "c\n");
        assert_eq!((&*found[0].ours.label, &*found[0].theirs.label), ("x", "y"));
    }
}
