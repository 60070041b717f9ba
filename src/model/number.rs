use std::cmp::Ordering;
use std::fmt;

/// A figure as a team writes it: whole or with a fraction, never infinite.
///
/// `3` and `3.0` are the same number; each is shown as it was written.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; finite.
    Float(f64),
}

impl Number {
    /// Returns the number for reckoning.
    pub fn get(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// Reads a number as people type it: `300`, `-2.5`, `1_000`.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.replace('_', "");
        if let Ok(number) = plain.parse() {
            return Some(Self::Integer(number));
        }
        let starts_as_number = plain
            .trim_start_matches(['+', '-'])
            .starts_with(|c: char| c.is_ascii_digit() || c == '.');
        match plain.parse::<f64>() {
            Ok(number) if number.is_finite() && starts_as_number => Some(Self::Float(number)),
            _ => None,
        }
    }
}

impl Number {
    /// Returns the percentage that was most likely meant by one below 1: 40 for 0.4.
    pub fn meant_as_share(self) -> Option<f64> {
        let number = self.get();
        // Rounded: 100 × 0.29 falls just short of 29.
        (number > 0.0 && number < 1.0).then(|| (number * 1e6).round() / 1e4)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a == b,
            _ => self.get() == other.get(),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.partial_cmp(b),
            _ => self.get().partial_cmp(&other.get()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(f, "{number}"),
            // Past this the digits are noise, and there may be three hundred of them.
            Self::Float(number) if number.abs() >= 1e15 => write!(f, "{number:e}"),
            Self::Float(number) => write!(f, "{number}"),
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(pub Number);

        impl $name {
            /// Returns the number for reckoning.
            pub fn get(self) -> f64 {
                self.0.get()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

bounded! {
    /// A percentage as the file states it, 0 to 100; `loti check` tells of one outside.
    Percent
}
bounded! {
    /// A grade or a probability as the file states it, 0.0 to 1.0; `loti check` tells of one outside.
    Fraction
}
bounded! {
    /// How much something counts among its siblings, 0 or more; 1 where nothing is said.
    Weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_typed_and_shown_as_written() {
        for (text, shown) in [
            ("300", Some("300")),
            ("1_000", Some("1000")),
            ("-2.50", Some("-2.5")),
            ("3.0", Some("3")),
            ("1e300", Some("1e300")),
            ("nan", None),
            ("inf", None),
            ("", None),
            ("12 books", None),
        ] {
            let number = Number::parse(text).map(|number| number.to_string());
            assert_eq!(number.as_deref(), shown, "{text}");
        }
        assert_eq!(Number::Integer(3), Number::Float(3.0));
    }
}
