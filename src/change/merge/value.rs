//! The values of one key brought together, in the way they are written.

use toml::Value;

use super::super::editor::Editor;
use super::super::splice::{Splice, in_order};
use super::Why;
use super::definition::{Path, counted, kept, same};
use super::kind::{Kind, at_path, plain_value};
use crate::document::{Body, Document, NodeKind, Section, fill};
use crate::text::{Source, Span};

/// A value as it is written, and what it says.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) text: String,
    says: Value,
}

/// The values of one key in three texts.
pub(super) type Values = [Option<Written>; 3];

/// What becomes of the values of a key.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The value, with whatever is not decided as ours has it; `None` where there is none.
    pub(super) ours: Option<String>,
    /// The same as theirs has it.
    pub(super) theirs: Option<String>,
    /// What is not decided.
    pub(super) clashes: Vec<Clash>,
}

/// Values of which none can be taken.
#[derive(Debug)]
pub(super) struct Clash {
    pub(super) path: Path,
    pub(super) values: [Option<String>; 3],
    pub(super) why: Why,
}

impl Written {
    /// Takes a value that stands at a path.
    pub(super) fn new(text: &str, path: &[String]) -> Option<Self> {
        let mut table: toml::Table = format!("x = {text}\n").parse().ok()?;
        let (kind, below) = at_path(path);
        Some(Self {
            text: text.to_owned(),
            says: plain_value(table.remove("x")?, kind, below),
        })
    }
}

impl Outcome {
    fn agreed(value: Option<String>) -> Self {
        Self {
            ours: value.clone(),
            theirs: value,
            clashes: Vec::new(),
        }
    }

    pub(super) fn clash(path: &[String], values: &Values, why: Why) -> Self {
        let values = values
            .each_ref()
            .map(|value| value.as_ref().map(|value| value.text.clone()));
        let [_, ours, theirs] = values.clone();
        Self {
            ours,
            theirs,
            clashes: vec![Clash {
                path: path.to_vec(),
                values,
                why,
            }],
        }
    }
}

/// Merges the values of a key: by what they say first, then by how they are written.
///
/// `None` where they are written in a way that is not merged here.
pub(super) fn merge_values(path: &[String], values: &Values) -> Option<Outcome> {
    let [base, ours, theirs] = values;
    let says = |value: &Option<Written>| value.as_ref().map(|value| value.says.clone());
    let (was, our, their) = (says(base), says(ours), says(theirs));
    let text = |value: &Option<Written>| value.as_ref().map(|value| value.text.clone());
    if same(our.as_ref(), their.as_ref()) {
        // The same in two ways: whoever wrote it anew.
        let is_ours_old = base.is_some() && text(base) == text(ours);
        let anew = if is_ours_old { theirs } else { ours };
        return Some(Outcome::agreed(text(anew)));
    }
    if same(was.as_ref(), their.as_ref()) {
        return Some(Outcome::agreed(text(ours)));
    }
    let (kind, _) = at_path(path);
    let are_lists = values.iter().flatten().all(|value| value.says.is_array());
    if same(was.as_ref(), our.as_ref()) {
        let is_laid_out_anew = ours.is_some() && text(base) != text(ours);
        let is_list = matches!(kind, Kind::Items(_)) && are_lists;
        if is_laid_out_anew && is_list && has_other_items(was.as_ref(), their.as_ref()) {
            return merge_lists(values).map(Outcome::agreed);
        }
        return Some(Outcome::agreed(text(theirs)));
    }
    match (kind, &our, &their) {
        (_, Some(Value::Table(_)), Some(Value::Table(_))) => return merge_tables(path, values),
        (Kind::Items(_), ..) if are_lists => return merge_lists(values).map(Outcome::agreed),
        (Kind::Later, Some(Value::Datetime(our)), Some(Value::Datetime(their))) => {
            let later = if our < their { theirs } else { ours };
            return Some(Outcome::agreed(text(later)));
        }
        _ => {}
    }
    let why = match (ours, theirs) {
        (None, _) => Why::RemovedByUs,
        (_, None) => Why::RemovedByThem,
        _ => Why::BothChanged,
    };
    Some(Outcome::clash(path, values, why))
}

/// Returns whether two lists hold other items, whatever their order.
fn has_other_items(a: Option<&Value>, b: Option<&Value>) -> bool {
    let sorted = |list: Option<&Value>| {
        let list = list
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let mut items: Vec<String> = list.iter().map(ToString::to_string).collect();
        items.sort();
        items
    };
    sorted(a) != sorted(b)
}

/// Merges lists item by item, in the layout of ours; `Some(None)` where nothing is left.
#[expect(clippy::option_option, reason = "the inner one is a key that goes")]
fn merge_lists(values: &Values) -> Option<Option<String>> {
    let lists = values.each_ref().map(|value| match value {
        Some(value) => value.says.as_array().map_or(&[][..], Vec::as_slice),
        None => &[],
    });
    let keep = kept(lists.map(counted));
    let [_, ours, theirs] = values;
    let (own, kept_own, other) = match (ours, theirs) {
        (Some(ours), theirs) => (ours, &keep.ours, theirs.as_ref()),
        (None, Some(theirs)) => (theirs, &keep.theirs, None),
        (None, None) => return Some(None),
    };
    let added = other.map(|theirs| {
        let items = Container::of(&theirs.text).items;
        let added = items.into_iter().zip(&keep.theirs);
        added.filter(|(_, keep)| **keep).map(|(item, _)| item.text)
    });
    let added: Vec<String> = added.into_iter().flatten().collect();
    if added.is_empty() && !kept_own.contains(&true) {
        return Some(None);
    }
    let container = Container::of(&own.text);
    if container.items.len() != kept_own.len() {
        return None;
    }
    let items = container.items.iter().zip(kept_own);
    let items = items.map(|(item, keep)| keep.then(|| item.text.clone()));
    Some(Some(rebuilt(&own.text, &items.collect::<Vec<_>>(), &added)))
}

/// Merges inline tables key by key, in the layout of ours.
fn merge_tables(path: &[String], values: &Values) -> Option<Outcome> {
    let [Some(ours), Some(theirs)] = [&values[1], &values[2]] else {
        return None;
    };
    let tables = values.each_ref().map(|value| {
        let value = value.as_ref().filter(|value| value.says.is_table());
        value.map_or_else(Vec::new, |value| Container::of(&value.text).items)
    });
    let mut clashes = Vec::new();
    let mut merged = |name: &[String]| -> Option<[Option<String>; 2]> {
        let mut path = path.to_vec();
        path.extend(name.iter().cloned());
        let mut values: Values = [None, None, None];
        for (value, items) in values.iter_mut().zip(&tables) {
            if let Some(item) = items.iter().find(|item| item.name == name) {
                *value = Some(Written::new(&item.value, &path)?);
            }
        }
        let outcome = merge_values(&path, &values)?;
        clashes.extend(outcome.clashes);
        Some([outcome.ours, outcome.theirs])
    };
    let [_, own, other] = &tables;
    let mut texts = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
    for item in own {
        let values = merged(&item.name)?;
        for ((kept, _), value) in texts.iter_mut().zip(values) {
            kept.push(value.map(|value| item.with(&value)));
        }
    }
    for item in other {
        if own.iter().any(|own| own.name == item.name) {
            continue;
        }
        let values = merged(&item.name)?;
        for ((_, added), value) in texts.iter_mut().zip(values) {
            added.extend(value.map(|value| item.with(&value)));
        }
    }
    if !ours.text.starts_with('{') || !theirs.text.starts_with('{') {
        return None;
    }
    let [our, their] = texts.map(|(kept, added)| Some(rebuilt(&ours.text, &kept, &added)));
    Some(Outcome {
        ours: our,
        theirs: their,
        clashes,
    })
}

/// What an array or inline table holds.
struct Container {
    span: Span,
    items: Vec<Item>,
}

struct Item {
    span: Span,
    /// The names of its key; none in an array.
    name: Path,
    /// The key and the `=`; empty in an array.
    key: String,
    value: String,
    /// Both.
    text: String,
}

impl Item {
    fn with(&self, value: &str) -> String {
        format!("{}{value}", self.key)
    }
}

/// What a value is read behind.
const KEY: &str = "x = ";

impl Container {
    fn of(value: &str) -> Self {
        let text = format!("{KEY}{value}\n");
        let mut body = Body::default();
        let section = Section {
            span: Span::new(0, text.len()),
        };
        fill(&mut body, &text, section);
        let items = body.children(Some(0)).map(|node| {
            let (keys, value) = (body.key(node), body.nodes[node].span);
            let start = keys.first().map_or(value.start, |key| key.span.start);
            let span = Span::new(start as usize, value.end as usize);
            let names = keys.iter().map(|key| key.decode(&text).into_owned());
            Item {
                span,
                name: names.collect(),
                key: text[start as usize..value.start as usize].to_owned(),
                value: text[value.range()].to_owned(),
                text: text[span.range()].to_owned(),
            }
        });
        let is_list = body
            .nodes
            .first()
            .is_some_and(|node| node.kind != NodeKind::Scalar);
        Self {
            items: if is_list { items.collect() } else { Vec::new() },
            span: body.nodes.first().map(|node| node.span).unwrap_or_default(),
        }
    }
}

/// Writes an array or inline table with its items replaced or, where there is `None`, taken out, and
/// with others at its end.
fn rebuilt(value: &str, items: &[Option<String>], added: &[String]) -> String {
    let mut value = edited(value, |editor, container| {
        for (item, new) in container.items.iter().zip(items) {
            if let Some(new) = new.as_ref().filter(|new| **new != item.text) {
                editor.splice(
                    item.span.start as usize,
                    item.span.end as usize,
                    new.as_str(),
                );
            }
        }
    });
    value = edited(&value, |editor, container| {
        let spans: Vec<Span> = container.items.iter().map(|item| item.span).collect();
        let gone: Vec<bool> = items.iter().map(Option::is_none).collect();
        editor.remove_from_container(container.span, &spans, &gone);
    });
    for new in added {
        value = edited(&value, |editor, container| {
            let spans: Vec<Span> = container.items.iter().map(|item| item.span).collect();
            editor.put_item(container.span, &spans, spans.len().checked_sub(1), new);
        });
    }
    value
}

fn edited(value: &str, edit: impl FnOnce(&mut Editor<'_>, &Container)) -> String {
    let document = Document::read(Source::new("", format!("{KEY}{value}\n")));
    let mut editor = Editor::new(&document);
    edit(&mut editor, &Container::of(value));
    let splices = in_order(editor.splices);
    let text = Splice::apply_all(&splices, document.source.text());
    text[KEY.len()..].trim_end_matches('\n').to_owned()
}
