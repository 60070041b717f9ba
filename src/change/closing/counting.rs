//! Counting on in names: the quarter after the fourth, the second after the first.

/// Names a part of a year, and how many of it there are.
const PARTS: [(&str, u32); 6] = [
    ("q", 4),
    ("quarter", 4),
    ("h", 2),
    ("half", 2),
    ("t", 3),
    ("term", 3),
];

/// Counts a text up: `y3q1` to `y3q2`, `Q4 2024` to `Q1 2025`, `first` to `second`; where it names no
/// part of a year, its last number.
pub(super) fn next_number(text: &str) -> Option<String> {
    let numbers = numbers(text);
    let part = numbers.iter().position(|own| own.part_of(text).is_some());
    let Some(at) = part else {
        return match numbers.last() {
            Some(last) => last.with(text, last.value()?.checked_add(1)?),
            None => next_ordinal(text),
        };
    };
    let part = &numbers[at];
    let (number, most) = (part.value()?, part.part_of(text)?);
    if number < most {
        return part.with(text, number + 1);
    }
    // The year is the number before it, else the one after.
    let year = at.checked_sub(1).or(Some(at + 1));
    let year = numbers.get(year?)?;
    let next = year.with(text, year.value()?.checked_add(1)?)?;
    // The year may be a digit longer, where it stands before.
    let moved = if year.start < part.start {
        next.len() - text.len()
    } else {
        0
    };
    let part = Digits {
        start: part.start + moved,
        end: part.end + moved,
        ..*part
    };
    part.with(&next, 1)
}

/// A number in a text.
#[derive(Debug, Clone, Copy)]
struct Digits<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

fn numbers(text: &str) -> Vec<Digits<'_>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    let is_digit = |c: char| c.is_ascii_digit();
    while let Some(start) = text[at..].find(is_digit).map(|found| at + found) {
        let rest = &text[start..];
        let end = start + rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        numbers.push(Digits {
            text: &text[start..end],
            start,
            end,
        });
        at = end;
    }
    numbers
}

impl Digits<'_> {
    /// Returns the number; none, where it begins with zeros, which would be lost.
    fn value(&self) -> Option<u32> {
        let is_plain = self.text.len() == 1 || !self.text.starts_with('0');
        self.text.parse().ok().filter(|_| is_plain)
    }

    /// Returns of how many it is one, where it is a part of a year.
    fn part_of(&self, text: &str) -> Option<u32> {
        let before = text[..self.start].trim_end_matches([' ', '-', '_']);
        let word = before.len()
            - before
                .trim_end_matches(|c: char| c.is_ascii_alphabetic())
                .len();
        let word = before[before.len() - word..].to_ascii_lowercase();
        let (_, most) = PARTS.iter().find(|(name, _)| *name == word)?;
        let number = self.value()?;
        (1..=*most).contains(&number).then_some(*most)
    }

    fn with(&self, text: &str, number: u32) -> Option<String> {
        let _ = self.value()?;
        let (before, after) = (&text[..self.start], &text[self.end..]);
        Some(format!("{before}{number}{after}"))
    }
}

/// Counts a text up that has a word for a number: `First quarter` to `Second quarter`.
fn next_ordinal(text: &str) -> Option<String> {
    const WORDS: [&str; 9] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    WORDS.windows(2).find_map(|pair| {
        let is_letter = |c: char| c.is_alphabetic();
        let start = text.to_ascii_lowercase().find(pair[0])?;
        let (before, rest) = text.split_at(start);
        let (word, after) = rest.split_at(pair[0].len());
        // Part of a longer word is none.
        if before.ends_with(is_letter) || after.starts_with(is_letter) {
            return None;
        }
        let next = if word.starts_with(|c: char| c.is_uppercase()) {
            format!("{}{}", pair[1][..1].to_uppercase(), &pair[1][1..])
        } else {
            pair[1].to_owned()
        };
        Some(format!("{before}{next}{after}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_is_that_of_the_next_quarter() {
        for (text, next) in [
            ("y3q1", Some("y3q2")),
            ("y3q4", Some("y4q1")),
            ("2024-q4", Some("2025-q1")),
            ("Year 3, Quarter 1", Some("Year 3, Quarter 2")),
            ("Year 3, Quarter 4", Some("Year 4, Quarter 1")),
            ("Q4", None),
            ("Q3 2024", Some("Q4 2024")),
            ("Q4 2024", Some("Q1 2025")),
            (
                "Quarter 4, Year 9 of ten",
                Some("Quarter 1, Year 10 of ten"),
            ),
            ("y9q4", Some("y10q1")),
            ("H2 2024", Some("H1 2025")),
            ("2024-t2", Some("2024-t3")),
            ("Q5 2024", Some("Q5 2025")),
            ("first", Some("second")),
            ("First quarter of all", Some("Second quarter of all")),
            ("ninth", None),
            ("thirsty", None),
            ("sprint-9", Some("sprint-10")),
            ("week-09", None),
            ("spring", None),
            ("4294967295", None),
        ] {
            assert_eq!(next_number(text).as_deref(), next, "{text}");
        }
    }
}
