use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;

use super::me::Me;
use super::plan_file::{self, did_you_mean, unknown};
use super::write::{WriteArgs, change};
use super::{Exit, Global, World};
use crate::change::Change;
use crate::model::{Address, Id, Key, Note, Plan, Status, TableName, Value, seen};
use crate::render::remind::is_address;
use crate::text::{alternatives, nearest, with_article};

/// Say how key results are doing, or change any key
///
/// Words are addresses, one status, and KEY=VALUE, in any order; every address gets all of it, or
/// none does. A key result goes by its id. `KEY=` takes a key away; `KEY+=ITEM` and `KEY-=ITEM`
/// change a list by one item.
///
///   loti set 12 at-risk -m "The supplier is late."
///   loti set 3 4 current=300
///   loti set objective.outreach owner=bus-team
///   loti set 3.milestone.route done
///   loti set 7 partners+=Camden due=2021-10-01
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SetArgs {
    /// Addresses, one status, KEY=VALUE
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Add a note that says why
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
    /// Who says so [default: you, where a person of the plan has the `email` git knows you by]
    #[arg(long, value_name = "ID", requires = "message")]
    by: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, _: &Global, args: &SetArgs) -> anyhow::Result<Exit> {
    let (today, me) = (world.today, Me::of(world));
    let (message, by) = (args.message.as_deref(), args.by.as_deref());
    change(world, &args.write, |document| {
        wanted(&document.plan, &args.words, message, by, &me, today)
    })
}

/// Returns the changes that words ask for, and a note with them for each address.
pub(super) fn wanted(
    plan: &Plan,
    words: &[String],
    message: Option<&str>,
    by: Option<&str>,
    me: &Me,
    today: NaiveDate,
) -> anyhow::Result<Vec<Change>> {
    let wish = Wish::of(words, plan)?;
    anyhow::ensure!(
        wish.status.is_some() || !wish.assignments.is_empty() || message.is_some(),
        "nothing to set: add a status, KEY=VALUE or `-m TEXT`\n\
         hint: `loti show {}` says how it stands",
        words.join(" ")
    );
    let mut changes = wish.changes(plan)?;
    if let Some(text) = message {
        let note = note(plan, text, by, me, today)?;
        let mut noted = Vec::new();
        for to in wish.addresses.iter().map(noted_at) {
            if !noted.contains(&to) {
                noted.push(to.clone());
                let note = note.clone();
                changes.push(Change::AddNote { to, note });
            }
        }
    }
    Ok(changes)
}

/// Makes a note, or says why it cannot be one; unless somebody is named, whoever types signs it, where
/// they are known.
pub(super) fn note(
    plan: &Plan,
    text: &str,
    by: Option<&str>,
    me: &Me,
    on: NaiveDate,
) -> anyhow::Result<Note> {
    anyhow::ensure!(!text.trim().is_empty(), "an empty note says nothing");
    seen(text).map_err(|misfit| anyhow::anyhow!("the note: {misfit}"))?;
    Ok(Note {
        on,
        by: signer(plan, by, me)?,
        text: text.trim_end().to_owned(),
    })
}

/// Returns who signs a note: whoever is named, else whoever types, where they are known.
pub(super) fn signer(plan: &Plan, by: Option<&str>, me: &Me) -> anyhow::Result<Option<String>> {
    match by {
        Some(by) if !plan.persons.is_empty() && !plan.persons.contains_key(by) => {
            Err(unknown(plan, TableName::Person, by))
        }
        Some(by) => Ok(Some(by.to_owned())),
        None => Ok(me.person(plan).map(|id| id.to_string())),
    }
}

/// Returns where a note about something stands: a milestone's with its key result.
fn noted_at(at: &Address) -> Address {
    match at {
        Address::Milestone(of, _) => Address::KeyResult(of.clone()),
        other => other.clone(),
    }
}

/// What the words of a `set` ask for.
struct Wish {
    addresses: Vec<Address>,
    status: Option<Status>,
    assignments: Vec<Assignment>,
}

struct Assignment {
    key: String,
    operator: Operator,
    value: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Operator {
    Set,
    Add,
    Remove,
}

impl Wish {
    fn of(words: &[String], plan: &Plan) -> anyhow::Result<Self> {
        let mut wish = Self {
            addresses: Vec::new(),
            status: None,
            assignments: Vec::new(),
        };
        for word in words {
            if let Some(assignment) = assignment(word) {
                wish.assignments.push(assignment);
            } else if let Some(status) = Status::parse(word) {
                if let Some(other) = wish.status.filter(|other| *other != status) {
                    anyhow::bail!("two statuses at once: `{other}` and `{status}`");
                }
                wish.status = Some(status);
            } else {
                let at = address_or_hint(word, plan)?;
                if !wish.addresses.contains(&at) {
                    wish.addresses.push(at);
                }
            }
        }
        anyhow::ensure!(
            !wish.addresses.is_empty(),
            "no address: say what to change, such as `loti set 12 at-risk`"
        );
        // An address given twice is meant once.
        let mut seen = Vec::new();
        wish.addresses.retain(|at| {
            let is_new = !seen.contains(at);
            seen.push(at.clone());
            is_new
        });
        Ok(wish)
    }

    fn changes(&self, plan: &Plan) -> anyhow::Result<Vec<Change>> {
        let mut changes = Vec::new();
        for at in &self.addresses {
            if let Some(status) = self.status {
                changes.extend(set_status(at, status, plan)?);
            }
            for assignment in &self.assignments {
                changes.extend(assignment.change(at, plan)?);
            }
        }
        Ok(changes)
    }
}

fn set_status(at: &Address, status: Status, plan: &Plan) -> anyhow::Result<Option<Change>> {
    let (key, value) = match at.table() {
        TableName::KeyResult => ("status", Value::from(status.word())),
        TableName::Milestone if status == Status::Done => ("done", Value::Bool(true)),
        TableName::Milestone => anyhow::bail!(
            "`{at}` is a milestone: it is done or not, `loti set {at} done` or `done=`"
        ),
        table => anyhow::bail!(
            "`{at}` cannot be `{status}`: {} has no status, its key results have",
            with_article(table.noun())
        ),
    };
    Ok(set(at, key, Some(value), plan))
}

/// Makes a change of a key, unless the plan already says so, a default spelt out included.
fn set(at: &Address, key: &str, value: Option<Value>, plan: &Plan) -> Option<Change> {
    let old = plan.table(at).and_then(|table| table.get(key));
    let says_so = old == value || (old.is_none() && value == at.table().default_of(key));
    (!says_so).then(|| Change::Set {
        at: at.clone(),
        key: key.to_owned(),
        value,
    })
}

impl Assignment {
    fn change(&self, at: &Address, plan: &Plan) -> anyhow::Result<Option<Change>> {
        let table = at.table();
        let number = table.find(&self.key).with_context(|| {
            let keys = table.keys().iter().map(|key| key.name);
            let hint = nearest(&self.key, keys).map_or_else(String::new, |near| {
                format!("\nhint: did you mean `{near}`?")
            });
            let noun = with_article(table.noun());
            format!("{noun} has no key `{}`{hint}", self.key)
        })?;
        let key = &table.keys()[number];
        if self.operator == Operator::Set {
            if self.value.is_empty() {
                return Ok(set(at, &self.key, None, plan));
            }
            let value = typed(key, &self.value)?;
            return Ok(set(at, &self.key, Some(value), plan));
        }
        anyhow::ensure!(
            key.takes.is_list(),
            "`{}` takes one value, not a list: write `{}=…`",
            self.key,
            self.key
        );
        let parsed = typed(key, &self.value.replace(',', "\u{0}"))?;
        let Value::List(items) = parsed else {
            anyhow::bail!("`{}` cannot be changed by one item", self.key);
        };
        let Some(item) = items.into_iter().next() else {
            anyhow::bail!("`{}` needs an item after the sign", self.key);
        };
        let item = whole(item);
        let held = matches!(
            plan.table(at).and_then(|table| table.get(&self.key)),
            Some(Value::List(items)) if items.contains(&item)
        );
        let (at, key) = (at.clone(), self.key.clone());
        Ok(match (self.operator, held) {
            (Operator::Add, false) => Some(Change::AddItem { at, key, item }),
            (Operator::Remove, true) => Some(Change::RemoveItem { at, key, item }),
            _ => None,
        })
    }
}

/// Takes what was typed for a key.
pub(super) fn typed(key: &Key, word: &str) -> anyhow::Result<Value> {
    let value = key.takes.parse(word);
    let value = value.map_err(|misfit| anyhow::anyhow!("`{}`: {misfit}", key.name))?;
    anyhow::ensure!(
        key.name != "email" || is_address(word),
        "`email`: `{word}` is no mail address"
    );
    anyhow::ensure!(
        word.is_empty() || !word.trim().is_empty(),
        "`{}` needs a word that is seen",
        key.name
    );
    Ok(value)
}

/// Gives an item back the commas that were kept from parting it.
fn whole(item: Value) -> Value {
    match item {
        Value::Text(text) => Value::Text(text.replace('\u{0}', ",")),
        Value::Table(entries) => Value::Table(
            entries
                .into_iter()
                .map(|(key, value)| (key, whole(value)))
                .collect(),
        ),
        other => other,
    }
}

fn assignment(word: &str) -> Option<Assignment> {
    let (left, value) = word.split_once('=')?;
    let (key, operator) = match left.strip_suffix(['+', '-']) {
        Some(key) if left.ends_with('+') => (key, Operator::Add),
        Some(key) => (key, Operator::Remove),
        None => (left, Operator::Set),
    };
    let plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == '_';
    (!key.is_empty() && key.chars().all(plain)).then(|| Assignment {
        key: key.replace('_', "-"),
        operator,
        value: value.to_owned(),
    })
}

/// Reads a word that is no KEY=VALUE and no status: an address, or a status misspelt.
fn address_or_hint(word: &str, plan: &Plan) -> anyhow::Result<Address> {
    plan_file::address(plan, word).map_err(|error| {
        match nearest(word, Status::WORDS.iter().map(|status| status.name)) {
            Some(status) => did_you_mean("key result or status", word, status),
            None if Id::new(word).is_some_and(|id| id.as_str().parse::<u32>().is_err()) => {
                let words = alternatives(Status::ALL.iter().map(|status| format!("`{status}`")));
                let first = format!("{error:#}");
                let first = first.lines().next().unwrap_or_default();
                anyhow::anyhow!("{first}, and it is no status\nhint: a status is {words}")
            }
            None => error,
        }
    })
}
