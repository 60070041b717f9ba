use chrono::NaiveDate;

use super::number::Number;
use super::table::TableName;
use super::words::Word;

/// What stands behind a key, before or after it has been taken for what the key means.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number; never infinite.
    Number(Number),
    /// `true` or `false`.
    Bool(bool),
    /// A calendar day.
    Date(NaiveDate),
    /// A list.
    List(Vec<Value>),
    /// A small table: a link, an allowance, a note, the levels of rules.
    Table(Vec<(String, Value)>),
    /// Something that no key takes, in words: `a time of day`.
    Other(&'static str),
}

impl Value {
    /// Returns what kind of thing this is, in words: `a number`.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(words) => words,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl std::fmt::Display for Value {
    /// Writes a value for reading: lists without brackets, texts without quotes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Bool(true) => f.write_str("true"),
            Self::Bool(false) => f.write_str("false"),
            Self::Date(date) => date.fmt(f),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    item.fmt(f)?;
                }
                Ok(())
            }
            Self::Table(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    if at > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{key}: {value}")?;
                }
                Ok(())
            }
            Self::Other(words) => f.write_str(words),
        }
    }
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// Any text.
    Text,
    /// An id.
    Id,
    /// A calendar day.
    Date,
    /// A number, and the least and the most that make sense.
    Number {
        /// The least that makes sense.
        min: Option<f64>,
        /// The most that makes sense.
        max: Option<f64>,
    },
    /// `true` or `false`.
    Bool,
    /// One word of a closed list.
    Word(&'static [Word]),
    /// Several words of a closed list.
    Words(&'static [Word]),
    /// A list of texts.
    Texts,
    /// A list of addresses; a bare id is a key result.
    Addresses,
    /// A list of small tables, or of the texts that stand for them.
    Rows(TableName),
    /// A table from the names of rules to their levels.
    Levels,
}

impl Type {
    /// Returns what the key takes, in words and with an example: `a date, such as 2021-10-15`.
    pub fn describe(self) -> String {
        match self {
            Self::Text => "a text in quotes".to_owned(),
            Self::Id => "an id in quotes: letters, digits, `-` and `_`".to_owned(),
            Self::Date => "a date without quotes, such as 2021-10-15".to_owned(),
            Self::Number { .. } => "a number without quotes".to_owned(),
            Self::Bool => "`true` or `false`, without quotes".to_owned(),
            Self::Word(words) => format!("{} in quotes", names(words)),
            Self::Words(words) => format!("a list of {}", names(words)),
            Self::Texts => "a list of texts, such as [\"one\", \"two\"]".to_owned(),
            Self::Addresses => {
                "a list of addresses, such as [\"kr.10\", \"objective.data\"]".to_owned()
            }
            Self::Rows(TableName::Link) => {
                "a list of links: each a text, or { name = \"…\", url = \"…\" }".to_owned()
            }
            Self::Rows(TableName::Allowance) => {
                "a list of { rule = \"…\", why = \"…\" }".to_owned()
            }
            Self::Rows(_) => "a list of { on = 2021-10-15, text = \"…\" }".to_owned(),
            Self::Levels => "a table such as { stale = \"error\" }".to_owned(),
        }
    }

    /// Returns whether the key takes several things, which `+=` and `-=` change one at a time.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Words(_) | Self::Texts | Self::Addresses | Self::Rows(_)
        )
    }

    /// Takes what a person typed on the command line for a value of this kind.
    ///
    /// Texts, dates and numbers stand as they are; the items of a list are parted by commas. A number is
    /// within its bounds, and no text holds what nobody sees.
    pub fn parse(self, typed: &str) -> Result<Value, Misfit> {
        let misfit = || Misfit::Kind {
            expected: self,
            found: format!("`{typed}`"),
        };
        match self {
            _ if let Err(hidden) = seen(typed) => Err(hidden),
            Self::Text | Self::Id | Self::Word(_) => Ok(Value::from(typed)),
            Self::Date => typed.parse().map(Value::Date).map_err(|_| misfit()),
            Self::Number { min, max } => {
                let number = match (typed.strip_suffix('%'), max) {
                    (Some(percent), Some(100.0)) => Number::parse(percent.trim_end()),
                    (Some(percent), Some(1.0)) => {
                        let percent = Number::parse(percent.trim_end());
                        percent.map(|percent| Number::Float(percent.get() / 100.0))
                    }
                    _ => Number::parse(typed),
                };
                let number = number.ok_or_else(misfit)?;
                let is_least = min.is_none_or(|min| number.get() >= min);
                let is_most = max.is_none_or(|max| number.get() <= max);
                // A percentage below one is a share that was meant otherwise.
                let is_share = max == Some(100.0) && number.meant_as_share().is_some();
                if !is_least || !is_most || is_share {
                    return Err(Misfit::Range {
                        found: number,
                        min,
                        max,
                    });
                }
                Ok(Value::Number(number))
            }
            Self::Bool => match typed {
                "true" | "yes" => Ok(Value::Bool(true)),
                "false" | "no" => Ok(Value::Bool(false)),
                _ => Err(misfit()),
            },
            Self::Texts | Self::Words(_) | Self::Addresses | Self::Rows(TableName::Link) => {
                let items = typed
                    .split(',')
                    .map(str::trim)
                    .filter(|item| !item.is_empty());
                Ok(Value::List(items.map(Value::from).collect()))
            }
            Self::Rows(TableName::Allowance) => {
                // `rule: why` on the command line; the why may hold commas.
                let (rule, why) = typed.split_once(':').ok_or_else(misfit)?;
                Ok(Value::List(vec![Value::Table(vec![
                    ("rule".to_owned(), Value::from(rule.trim())),
                    ("why".to_owned(), Value::from(why.trim())),
                ])]))
            }
            Self::Rows(_) => Err(misfit()),
            Self::Levels => {
                let pairs = typed.split(',').map(|pair| {
                    let (rule, level) = pair.split_once(':').ok_or_else(misfit)?;
                    Ok((rule.trim().to_owned(), Value::from(level.trim())))
                });
                pairs.collect::<Result<_, _>>().map(Value::Table)
            }
        }
    }
}

/// Says no to a text that holds a character that nobody sees, line ends and tabs aside.
pub fn seen(text: &str) -> Result<(), Misfit> {
    // A line may end as on Windows.
    let text = text.replace("\r\n", "\n");
    let mut hidden = text
        .chars()
        .filter(|c| crate::text::is_hidden(*c) && !"\n\t\0".contains(*c));
    hidden
        .next()
        .map_or(Ok(()), |found| Err(Misfit::Hidden { found }))
}

fn names(words: &[Word]) -> String {
    crate::text::alternatives(words.iter().map(|word| format!("`{}`", word.name)))
}

/// Why a value cannot stand behind a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Misfit {
    /// It is another kind of thing.
    Kind {
        /// What the key takes.
        expected: Type,
        /// What stood there, in words.
        found: String,
    },
    /// It is not one of the words the key takes.
    Word {
        /// What stood there.
        found: String,
        /// The words the key takes.
        words: &'static [Word],
    },
    /// It is not made of letters, digits, `-` and `_`.
    Id {
        /// What stood there.
        found: String,
    },
    /// It is a number that its key cannot mean.
    Range {
        /// The number.
        found: Number,
        /// The least that makes sense.
        min: Option<f64>,
        /// The most that makes sense.
        max: Option<f64>,
    },
    /// It holds a character that nobody sees.
    Hidden {
        /// The character.
        found: char,
    },
    /// It is no address.
    Address {
        /// What stood there.
        found: String,
    },
    /// The key has to stand there, with a value.
    Missing,
}

impl Misfit {
    /// Returns the word that a misspelt one most likely meant.
    pub fn nearest(&self) -> Option<&'static str> {
        match self {
            Self::Word { found, words } => {
                crate::text::nearest(found, words.iter().map(|word| word.name))
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kind { expected, found } => {
                write!(f, "expected {}, found {found}", expected.describe())
            }
            Self::Word { found, words } => write!(f, "expected {}, found `{found}`", names(words)),
            Self::Id { found } => write!(
                f,
                "`{found}` cannot be an id: ids are made of letters, digits, `-` and `_`"
            ),
            Self::Address { found } => write!(
                f,
                "`{found}` is no address: write `kr.3`, `objective.ID` or `theme.ID`"
            ),
            Self::Range { found, min, max } => {
                let expected = match (min, max) {
                    (Some(min), Some(max)) => format!("a number from {min} to {max}"),
                    (Some(min), None) => format!("a number from {min} up"),
                    (None, Some(max)) => format!("a number up to {max}"),
                    (None, None) => "another number".to_owned(),
                };
                write!(f, "expected {expected}, found {found}")?;
                if let Some(percent) = found.meant_as_share().filter(|_| *max == Some(100.0)) {
                    write!(f, ", less than one per cent: {percent}, if that is meant")?;
                }
                Ok(())
            }
            Self::Hidden { found } => write!(
                f,
                "an unseen character, U+{:04X}, stands in it: take it out",
                u32::from(*found)
            ),
            Self::Missing => f.write_str("this key has to be there"),
        }
    }
}

impl std::error::Error for Misfit {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_within_its_bounds() {
        let share = Type::Number {
            min: Some(0.0),
            max: Some(1.0),
        };
        let percent = Type::Number {
            min: Some(0.0),
            max: Some(100.0),
        };
        let any = Type::Number {
            min: None,
            max: None,
        };
        for (takes, typed, fits) in [
            (share, "0.7", true),
            (share, "1", true),
            (share, "7", false),
            (share, "70 %", true),
            (share, "170%", false),
            (percent, "70%", true),
            (any, "70%", false),
            (share, "-0.1", false),
            (percent, "40", true),
            (percent, "0", true),
            (percent, "0.4", false),
            (percent, "101", false),
            (any, "-7e9", true),
        ] {
            assert_eq!(takes.parse(typed).is_ok(), fits, "{typed}");
        }
    }

    #[test]
    fn no_text_holds_what_nobody_sees() {
        for (typed, fits) in [
            ("naïve 東京 שלום 👩‍👩‍👧", true),
            ("two\r\nlines\tand a tab", true),
            ("a\u{202e}b", false),
            ("a\u{200b}b", false),
            ("bell\u{7}", false),
        ] {
            assert_eq!(seen(typed).is_ok(), fits, "{typed:?}");
            assert_eq!(Type::Text.parse(typed).is_ok(), fits, "{typed:?}");
            assert_eq!(Type::Texts.parse(typed).is_ok(), fits, "{typed:?}");
        }
    }
}
