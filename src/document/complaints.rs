//! The words of the problems that reading finds, each with its way out.

use super::meaning::{Owner, Place};
use super::names::{Clash, Table};
use super::rules;
use super::syntax::{Modern, SyntaxError};
use crate::diagnostic::{Diagnostic, Effort, Fix, Problems};
use crate::model::{Key, Misfit, TableName, Type};
use crate::text::{Span, with_article};

/// The text is not TOML.
pub(super) fn syntax(text: &str, error: &SyntaxError) -> Diagnostic {
    let problem = Diagnostic::error(rules::TOML_SYNTAX, error.span, error.message.clone());
    problem.help(if is_meant_as_day(text, error.span) {
        "write a day of the calendar without quotes, such as 2021-09-20"
    } else {
        syntax_help(&error.message)
    })
}

/// Returns whether what stands at a place is three numbers, such as `20.9.2021`.
fn is_meant_as_day(text: &str, span: Span) -> bool {
    let is_outside = |c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.');
    let (before, after) = text.split_at(text.floor_char_boundary(span.start as usize));
    let start = before
        .rfind(is_outside)
        .map_or(0, |at| text.ceil_char_boundary(at + 1));
    let end = after.find(is_outside).unwrap_or(after.len());
    let word = &text[start..before.len() + end];
    ['-', '/', '.'].iter().any(|sign| {
        let parts: Vec<&str> = word.splitn(4, *sign).collect();
        let is_number = |part: &&str| {
            (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        parts.len() == 3 && parts.iter().all(is_number)
    })
}

fn syntax_help(message: &str) -> &'static str {
    match message {
        m if m.starts_with("unexpected key or value") => "begin a new line here",
        m if m.starts_with("string values must be quoted") => "put the text in quotes: \"…\"",
        m if m.starts_with("key with no value") => "write `key = value`, with an equals sign",
        m if m.starts_with("unclosed array") => "close the list with `]`",
        m if m.starts_with("unclosed inline table") => "close the table with `}`",
        m if m.starts_with("unclosed table") => "close the header with `]`",
        m if m.starts_with("unclosed multi-line") => "close the text with three quotes",
        m if m.starts_with("missing comma") => "put a comma between the two",
        m if m.starts_with("invalid basic string") || m.contains("missing closing quote") => {
            "close the text with a quote on the same line"
        }
        m if m.contains("recurse") => "lists and tables lie too deep in each other: 80 is the most",
        _ => "write `key = value`: texts in quotes, dates and numbers without",
    }
}

/// The text is TOML, and too new for some.
pub(super) fn modern(span: Span, what: Modern) -> Diagnostic {
    let help = match what {
        Modern::InlineTable => {
            "write an inline table on one line, without a comma after its last entry"
        }
        Modern::Escape => "write the character itself, or `\\u` and its four digits",
        Modern::Time => "write the seconds too",
    };
    Diagnostic::error(
        rules::TOML_1_1,
        span,
        "this is TOML 1.1, which older readers refuse",
    )
    .as_warning()
    .help(help)
}

/// A name stands where an id should, and cannot be one.
pub(super) fn bad_id(name: &str, span: Span) -> Diagnostic {
    let help = if super::is_reserved(name) {
        "status words, `later` and `plan` mean something else: choose another id"
    } else {
        "ids are made of letters, digits, `-` and `_`"
    };
    Diagnostic::error(rules::BAD_ID, span, format!("`{name}` cannot be an id")).help(help)
}

/// Which rule a value breaks that does not fit its key.
pub(super) fn misfit_rule(misfit: &Misfit) -> crate::diagnostic::Rule {
    match misfit {
        Misfit::Word { .. } => rules::UNKNOWN_STATUS,
        Misfit::Id { .. } | Misfit::Address { .. } => rules::BAD_ID,
        _ => rules::WRONG_TYPE,
    }
}

/// A value does not fit its key; `fix` mends it, if only one thing can have been meant.
pub(super) fn misfit(key: &str, span: Span, misfit: &Misfit, fix: Option<Fix>) -> Diagnostic {
    let message = match misfit {
        Misfit::Kind { found, .. } => format!("`{key}` cannot be {found}"),
        Misfit::Word { found, .. } => format!("`{key}` cannot be `{found}`"),
        other => other.to_string(),
    };
    let problem = Diagnostic::error(misfit_rule(misfit), span, message);
    let meant = match misfit {
        Misfit::Kind { .. } => fix.as_ref().map(|fix| format!("to {}", fix.title)),
        _ => misfit.nearest().map(|near| format!("`{near}`")),
    };
    let write = match misfit {
        Misfit::Kind { expected, .. } => Some(format!("write {}", expected.describe())),
        Misfit::Word { words, .. } => Some(format!("write {}", Type::Word(words).describe())),
        Misfit::Id { .. } | Misfit::Address { .. } => {
            Some("name something that is in the plan, by its id".to_owned())
        }
        // A file that says so can be read; `check` tells of it.
        Misfit::Range { .. } | Misfit::Hidden { .. } | Misfit::Missing => None,
    };
    let meant = meant.map(|meant| format!("did you mean {meant}?"));
    Diagnostic {
        help: meant.into_iter().chain(write).collect(),
        fix,
        ..problem
    }
}

/// A key that takes a value is used as a table.
pub(super) fn not_a_table(key: &Key, span: Span) -> Diagnostic {
    Diagnostic::error(
        rules::WRONG_TYPE,
        span,
        format!("`{}` cannot be a table", key.name),
    )
    .help(format!("write {}", key.takes.describe()))
}

/// Something else stands where a table or list of tables should.
pub(super) fn wrong_shape(span: Span, found: &str, place: Place) -> Diagnostic {
    let expected = match place {
        Place::Ids(table) => format!("one table for each id, such as {}", table.header()),
        Place::Own(owner) => format!("a table, such as {}", owner.table().header()),
        Place::Milestones(_) => "one table for each step, such as [kr.ID.milestone.ID]".to_owned(),
        Place::Rows(owner, key) => owner.table().keys()[key as usize].takes.describe(),
        _ => Type::Levels.describe(),
    };
    let message = format!("expected {expected}, found {found}");
    Diagnostic::error(rules::WRONG_TYPE, span, message).help(format!("write {expected}"))
}

/// A key or table that the format does not know, in a table that it does.
///
/// `mend` is asked for what mends it where a name is near.
pub(super) fn unknown(
    place: Place,
    name: &str,
    span: Span,
    effort: &mut Effort<'_>,
    mend: impl FnOnce() -> Option<Fix>,
) -> Diagnostic {
    let message = match place.table().map(|table| (table, table.noun())) {
        None => format!("loti knows no table `{name}`"),
        Some((TableName::Check, noun)) => format!("the {noun} have no key `{name}`"),
        Some((_, noun)) => format!("{} has no key `{name}`", with_article(noun)),
    };
    let problem = Diagnostic::error(rules::UNKNOWN_KEY, span, message);
    if let Place::Row(owner, ..) = place
        && owner.table().find(name).is_some()
    {
        return problem.help(belongs_above(owner, place, name));
    }
    match effort.nearest(name, place.names().into_iter()) {
        Some(nearest) => Diagnostic {
            fix: mend(),
            ..problem.help(format!("did you mean `{nearest}`?"))
        },
        None => problem.help("take it out, or begin the line with `#` to keep it as a comment"),
    }
}

/// What to do about a key of the table around that stands below a note.
fn belongs_above(owner: Owner, place: Place, name: &str) -> String {
    let owner = owner.table().noun();
    if place.table() == Some(TableName::Note) {
        format!(
            "`{name}` is a key of the {owner}, but below a note's header it belongs to the note: \
             move the line up, above the first note"
        )
    } else {
        format!("`{name}` is a key of the {owner}: move it there")
    }
}

/// A name is given twice; `first` is where it was given before.
pub(super) fn clash(
    place: Place,
    name: &str,
    span: Span,
    clash: Clash,
    first: Option<Span>,
) -> Diagnostic {
    let is_id = place.holds_ids();
    let message = if clash.is_closed {
        format!("`{name}` already has a value and cannot hold more")
    } else if is_id {
        format!("the id `{name}` is given twice")
    } else {
        format!("`{name}` is given twice")
    };
    let mut problem = Diagnostic::error(rules::DUPLICATE_ID, span, message).marked("again here");
    if let Some(first) = first {
        problem = problem.label(first, "first here");
    }
    if is_id && !clash.is_closed {
        problem = problem.help(format!(
            "`loti rename ADDRESS@LINE NEW` gives one of the two another id; \
             LINE is the line it begins on, and `{name}` the id to leave behind"
        ));
    } else {
        problem = problem.help("keep one of the two lines");
    }
    problem
}

/// Tells of the keys that a table lacks; where part of it could not be read, nothing is missed.
pub(super) fn missing(text: &str, table: &Table<Place>, problems: &mut Problems) {
    let Some(name) = table.place.table().filter(|_| !table.is_broken) else {
        return;
    };
    // A link may be a text alone, which has no keys.
    if name == TableName::Link && table.known == 0 {
        return;
    }
    for (at, key) in name.keys().iter().enumerate() {
        if key.required && table.known & (1 << at) == 0 {
            problems.add(rules::MISSING_KEY, |_| {
                lacks(name, key, super::before::name_at(text, table.first))
            });
        }
    }
}

/// A table lacks a key that it cannot be without.
fn lacks(table: TableName, key: &Key, span: Span) -> Diagnostic {
    Diagnostic::error(
        rules::MISSING_KEY,
        span,
        format!("this {} has no `{}`", table.noun(), key.name),
    )
    .help(format!(
        "add a line `{} = …`: {}",
        key.name,
        lower_first(key.about)
    ))
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
