use std::io;

use serde::Serialize;
use serde_json::Value as Json;

use super::VERSION;
use super::key_result::{JsonNote, day};
use super::keys::value;
use super::write::write;
use crate::change::Change;
use crate::history::Commit;
use crate::model::{Address, Id, Value, whole_percent};
use crate::render::changes::words;
use crate::render::look::Look;
use crate::view::{ChangeCounts, ChangeGroup, Comparison, Remark, Told};

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Diff<'a> {
    version: u32,
    file: &'a str,
    /// The older side; `null` is the file as it is.
    from: Option<JsonCommit<'a>>,
    to: Option<JsonCommit<'a>>,
    /// `added` or `removed`, where the file is on one side only.
    whole: Option<&'static str>,
    /// Whether the plan says something else than before.
    changed: bool,
    counts: Counts,
    groups: Vec<Group<'a>>,
    beside: Beside<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct JsonCommit<'a> {
    commit: &'a str,
    day: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Counts {
    key_results_added: usize,
    key_results_removed: usize,
    key_results_changed: usize,
    statuses: usize,
    dates_later: usize,
    dates_earlier: usize,
    goals_lowered: usize,
    goals_raised: usize,
    notes_added: usize,
    others: usize,
}

#[derive(Debug, Serialize)]
struct Group<'a> {
    /// `plan`, `cycles`, `theme`, `people` or `check`.
    about: &'static str,
    /// The theme's id.
    id: Option<&'a str>,
    /// The theme's name.
    name: Option<&'a str>,
    counts: Counts,
    /// What was done; left out with `--stat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<JsonTold<'a>>>,
}

/// One change.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonTold<'a> {
    address: String,
    /// The address before, of what was renamed.
    was: Option<String>,
    title: Option<&'a str>,
    /// `added`, `removed`, `renamed`, `set`, `item-added`, `item-removed`, `note-added` or
    /// `note-removed`.
    kind: &'static str,
    key: Option<&'a str>,
    /// What the key said; where it is absent, what its absence means. The item, of a list.
    old: Json,
    new: Json,
    note: Option<JsonNote<'a>>,
    /// `later`, `earlier`, `more`, `less`, `progress`, `done`, `reopened`, `dropped`, `handed-over`,
    /// `moved`, `new` or `gone`.
    remark: Option<&'static str>,
    /// By how many days a day is later; negative where it is earlier.
    days: Option<i64>,
    /// Progress before, where it changed with the figure.
    progress_before: Option<u8>,
    progress_after: Option<u8>,
    /// The change in words.
    text: String,
}

/// What changed in the file and not in the plan, as loti knows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Beside<'a> {
    comments_added: usize,
    comments_removed: usize,
    moved: Vec<String>,
    /// Keys written down, or left out, that say what holds without them.
    spelt_out: usize,
    layout: bool,
    /// Paths of keys that the format does not know; these count as a change.
    unknown: &'a [String],
}

/// Writes what changed between two versions of a plan; with `is_stat`, only how much.
pub fn changes(
    out: &mut dyn io::Write,
    comparison: &Comparison<'_>,
    is_stat: bool,
) -> io::Result<()> {
    let changes = &comparison.changes;
    let unsaid = &changes.unsaid;
    let [from, to] = comparison.sides.map(|commit| commit.map(JsonCommit::new));
    let whole = comparison.whole.as_ref();
    let json = Diff {
        version: VERSION,
        file: comparison.file,
        from,
        to,
        whole: whole.map(|whole| if whole.is_new { "added" } else { "removed" }),
        changed: !comparison.is_empty(),
        counts: Counts::new(changes.counts()),
        groups: changes
            .groups
            .iter()
            .map(|group| Group::new(group, is_stat))
            .collect(),
        beside: Beside {
            comments_added: unsaid.comments_added,
            comments_removed: unsaid.comments_removed,
            moved: unsaid.moved.iter().map(Address::to_string).collect(),
            spelt_out: changes.spelt_out,
            layout: unsaid.layout,
            unknown: &unsaid.unknown,
        },
    };
    write(out, &json)
}

impl<'a> JsonCommit<'a> {
    pub(super) fn new(commit: &'a Commit) -> Self {
        Self {
            commit: &commit.id,
            day: day(commit.day()),
        }
    }
}

impl Counts {
    fn new(counts: ChangeCounts) -> Self {
        Self {
            key_results_added: counts.added,
            key_results_removed: counts.removed,
            key_results_changed: counts.changed,
            statuses: counts.statuses,
            dates_later: counts.later,
            dates_earlier: counts.earlier,
            goals_lowered: counts.lowered,
            goals_raised: counts.raised,
            notes_added: counts.notes,
            others: counts.others,
        }
    }
}

impl<'a> Group<'a> {
    fn new(group: &'a ChangeGroup, is_stat: bool) -> Self {
        let told = group.changed.iter().flat_map(|changed| &changed.told);
        Self {
            about: group.about.word(),
            id: group.about.theme().map(Id::as_str),
            name: group.name.as_deref(),
            counts: Counts::new(group.counts()),
            changes: (!is_stat).then(|| told.map(JsonTold::new).collect()),
        }
    }
}

impl<'a> JsonTold<'a> {
    /// Takes a change as it is told.
    pub(super) fn new(told: &'a Told) -> Self {
        let words = words(told, Look::PLAIN);
        let table = told.at.table();
        let key = told.key().and_then(|key| table.find(key));
        let takes = key.map(|number| table.keys()[number].takes);
        let json = |of: Option<&Value>| takes.map_or(Json::Null, |takes| value(takes, of));
        // An item stands by itself, and not as a list.
        let item = |item: &'a Value| {
            let list = Value::List(vec![item.clone()]);
            match json(Some(&list)) {
                Json::Array(mut items) => items.pop().unwrap_or_default(),
                other => other,
            }
        };
        let (kind, old, new) = match &told.change {
            Change::Set { .. } => {
                let [old, new] = &told.values;
                ("set", json(old.as_ref()), json(new.as_ref()))
            }
            Change::AddItem { item: own, .. } => ("item-added", Json::Null, item(own)),
            Change::RemoveItem { item: own, .. } => ("item-removed", item(own), Json::Null),
            Change::Add { .. } => ("added", Json::Null, Json::Null),
            Change::Remove { .. } => ("removed", Json::Null, Json::Null),
            Change::AddNote { .. } => ("note-added", Json::Null, Json::Null),
            Change::RemoveNote { .. } => ("note-removed", Json::Null, Json::Null),
            Change::Rename { .. } => ("renamed", Json::Null, Json::Null),
        };
        let percent = |side: usize| match &told.remark {
            Some(Remark::Progress(progress)) => progress[side].map(whole_percent),
            _ => None,
        };
        Self {
            address: told.at.to_string(),
            was: match &told.change {
                Change::Rename { from, .. } => Some(from.to_string()),
                _ => None,
            },
            title: Some(told.title.as_str()).filter(|title| !title.is_empty()),
            kind,
            key: told.key(),
            old,
            new,
            note: told.note().map(JsonNote::new),
            remark: told.remark.as_ref().map(Remark::word),
            days: match told.remark {
                Some(Remark::Later(days)) => Some(days),
                _ => None,
            },
            progress_before: percent(0),
            progress_after: percent(1),
            text: format!("{} {}", words.label, words.text).trim().to_owned(),
        }
    }
}
