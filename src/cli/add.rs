use anyhow::Context as _;
use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::elsewhere::Elsewhere;
use super::set::typed;
use super::write::{WriteArgs, change, change_with_advice};
use super::{Exit, Global, World, plan_file};
use crate::change::Change;
use crate::change::closing::settle_cycle;
use crate::document::is_reserved;
use crate::model::{Address, Id, Plan, TableName, Value, seen};
use crate::text::{join, nearest, with_article};

/// Add a theme, objective, key result, milestone, cycle or person
///
///   loti add theme "Reach"
///   loti add objective reach "Outreach" aim="People who never come meet us"
///   loti add kr outreach "Lend 400 books a month" target=400 unit=books
///   loti add milestone 3 "Second route opens" --due 2024-09-08
///   loti add cycle "Year 2, Quarter 2" --start 2024-10-16 --end 2025-01-15
///   loti add person ana "Ana Lima"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct AddArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a theme: a broad direction
    Theme(Named),
    /// Add an objective under a theme
    Objective(Under),
    /// Add a key result to an objective
    Kr(Under),
    /// Add a dated step to a key result
    Milestone(Step),
    /// Add a cycle: a span of time
    Cycle(Span),
    /// Add a person, team or role
    Person(Person),
}

#[derive(Debug, Args)]
struct Named {
    /// What it is called
    name: String,
    #[command(flatten)]
    more: More,
}

#[derive(Debug, Args)]
struct Under {
    /// The id of what it stands under
    #[arg(value_name = "UNDER")]
    parent: String,
    /// What it is called
    name: String,
    #[command(flatten)]
    more: More,
}

#[derive(Debug, Args)]
struct Step {
    /// The key result's id
    #[arg(value_name = "KR")]
    parent: String,
    /// What will have happened
    name: String,
    /// The day by which
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    due: Option<NaiveDate>,
    #[command(flatten)]
    more: More,
}

#[derive(Debug, Args)]
struct Span {
    /// What it is called
    name: String,
    /// Its first day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    start: NaiveDate,
    /// Its last day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    end: NaiveDate,
    #[command(flatten)]
    more: More,
}

#[derive(Debug, Args)]
struct Person {
    /// The id to own and sign by
    id: String,
    /// The name to show
    name: Option<String>,
    /// More keys
    #[arg(value_name = "KEY=VALUE")]
    keys: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Args)]
struct More {
    /// More keys
    #[arg(value_name = "KEY=VALUE")]
    keys: Vec<String>,
    /// The id [default: the next free number, or made from the name]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, global: &Global, args: &AddArgs) -> anyhow::Result<Exit> {
    match &args.what {
        What::Theme(Named { name, more }) => change(world, &more.write, |document| {
            let plan = &document.plan;
            let id = id(plan, TableName::Theme, name, more.id.as_deref())?;
            add(
                plan,
                Address::Theme(id),
                vec![text("name", name)],
                &more.keys,
            )
        }),
        What::Objective(Under { parent, name, more }) => {
            change_with_advice(world, &more.write, |document| {
                let plan = &document.plan;
                let theme = parent_of(plan, TableName::Theme, parent)?;
                let id = id(plan, TableName::Objective, name, more.id.as_deref())?;
                let values = vec![text("theme", theme.as_str()), text("name", name)];
                add(plan, Address::Objective(id), values, &more.keys)
            })
        }
        What::Kr(under) => add_key_result(world, global, under),
        What::Milestone(Step {
            parent,
            name,
            due,
            more,
        }) => change(world, &more.write, |document| {
            let plan = &document.plan;
            let Address::KeyResult(of) = plan_file::address(plan, parent)? else {
                anyhow::bail!("only key results have milestones");
            };
            let wanted = more.id.clone().unwrap_or_else(|| slug(name));
            let id = Id::new(&wanted).with_context(|| bad_id(&wanted))?;
            let mut values = vec![text("name", name)];
            values.extend(due.map(|due| ("due".to_owned(), Value::Date(due))));
            add(plan, Address::Milestone(of, id), values, &more.keys)
        }),
        What::Cycle(Span {
            name,
            start,
            end,
            more,
        }) => {
            anyhow::ensure!(
                start < end,
                "a cycle ends after it starts: {start} to {end}"
            );
            change(world, &more.write, |document| {
                let plan = &document.plan;
                let id = id(plan, TableName::Cycle, name, more.id.as_deref())?;
                let values = vec![
                    text("name", name),
                    ("start".to_owned(), Value::Date(*start)),
                    ("end".to_owned(), Value::Date(*end)),
                ];
                let mut changes = settle_cycle(plan);
                changes.extend(add(plan, Address::Cycle(id), values, &more.keys)?);
                Ok(changes)
            })
        }
        What::Person(person) => add_person(world, person),
    }
}

fn add_key_result(world: &mut World, global: &Global, under: &Under) -> anyhow::Result<Exit> {
    let Under { parent, name, more } = under;
    let (today, elsewhere) = (world.today, Elsewhere::of(world));
    let mut said = None;
    let exit = change_with_advice(world, &more.write, |document| {
        let plan = &document.plan;
        let objective = parent_of(plan, TableName::Objective, parent)?;
        let id = if let Some(id) = &more.id {
            let id = free(plan, TableName::KeyResult, id)?;
            said = elsewhere.warning(&id);
            id
        } else {
            let next;
            (next, said) = elsewhere.next_number(plan);
            next
        };
        let mut values = vec![text("objective", objective.as_str()), text("title", name)];
        let says_cycle = more.keys.iter().any(|key| key.starts_with("cycle="));
        if plan.cycles.len() > 1 && !says_cycle {
            let cycle = global.cycle.as_deref().and_then(Id::new);
            let cycle = cycle.or_else(|| plan.current_cycle(today).cloned());
            values.extend(cycle.map(|cycle| text("cycle", cycle.as_str())));
        }
        add(plan, Address::KeyResult(id), values, &more.keys)
    })?;
    if let Some(said) = said {
        world.say(&said);
    }
    Ok(exit)
}

fn add_person(world: &mut World, person: &Person) -> anyhow::Result<Exit> {
    let mut along = Vec::new();
    let exit = change(world, &person.write, |document| {
        let plan = &document.plan;
        let id = free(plan, TableName::Person, &person.id)?;
        along = named_beside(plan, &id);
        let along = along.iter().map(|id| Change::Add {
            at: Address::Person(id.clone()),
            values: Vec::new(),
        });
        let values = person.name.iter().map(|name| text("name", name)).collect();
        let mut changes: Vec<_> = along.collect();
        changes.extend(add(plan, Address::Person(id), values, &person.keys)?);
        Ok(changes)
    })?;
    if !along.is_empty() {
        let all = join(along.iter().map(|id| format!("`{id}`")));
        world.say(&format!(
            "note: with one person declared everybody named has to be, so {all} came along"
        ));
    }
    Ok(exit)
}

/// Returns whom the plan names beside its first person: once one is declared, all have to be.
fn named_beside(plan: &Plan, first: &Id) -> Vec<Id> {
    let mut declared = plan.clone();
    if !declared.persons.is_empty() {
        return Vec::new();
    }
    declared.persons.insert(first.clone(), <_>::default());
    let mut ids = Vec::new();
    for reference in declared.references() {
        if let Address::Person(id) = reference.to
            && id != *first
            && !id.as_str().is_empty()
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

fn add(
    plan: &Plan,
    at: Address,
    mut values: Vec<(String, Value)>,
    keys: &[String],
) -> anyhow::Result<Vec<Change>> {
    anyhow::ensure!(
        plan.table(&at).is_none(),
        "there is already {} `{at}`",
        with_article(at.table().noun())
    );
    for (key, value) in &values {
        let Value::Text(text) = value else { continue };
        anyhow::ensure!(!text.trim().is_empty(), "`{key}` needs a word that is seen");
        seen(text).map_err(|misfit| anyhow::anyhow!("`{key}`: {misfit}"))?;
    }
    for word in keys {
        let (key, value) = word
            .split_once('=')
            .with_context(|| format!("`{word}` is no KEY=VALUE"))?;
        let table = at.table();
        let number = table.find(key).with_context(|| {
            let keys = table.keys().iter().map(|key| key.name);
            let hint = nearest(key, keys).map_or_else(String::new, |near| {
                format!("\nhint: did you mean `{near}`?")
            });
            format!("a {} has no key `{key}`{hint}", table.noun())
        })?;
        let value = typed(&table.keys()[number], value)?;
        values.push((key.to_owned(), value));
    }
    Ok(vec![Change::Add { at, values }])
}

fn text(key: &str, text: &str) -> (String, Value) {
    (key.to_owned(), Value::from(text))
}

fn parent_of(plan: &Plan, table: TableName, word: &str) -> anyhow::Result<Id> {
    let prefix = format!("{}.", table.root().unwrap_or_default());
    let id = word.strip_prefix(&prefix).unwrap_or(word);
    if let Some(id) = plan.ids(table).find(|known| known.as_str() == id) {
        return Ok(id.clone());
    }
    Err(plan_file::unknown(plan, table, id))
}

fn id(plan: &Plan, table: TableName, name: &str, wanted: Option<&str>) -> anyhow::Result<Id> {
    let made;
    let word = if let Some(wanted) = wanted {
        wanted
    } else {
        made = slug(name);
        anyhow::ensure!(
            !made.is_empty(),
            "no id can be made from `{name}`\nhint: give one with `--id ID`"
        );
        &made
    };
    free(plan, table, word)
}

/// Takes a word as an id that nothing of its kind has yet.
pub(super) fn free(plan: &Plan, table: TableName, word: &str) -> anyhow::Result<Id> {
    let id = Id::new(word).with_context(|| bad_id(word))?;
    anyhow::ensure!(
        !is_reserved(word),
        "`{word}` cannot be an id: status words, `later` and `plan` mean something else"
    );
    let taken = plan.ids(table).any(|known| *known == id);
    anyhow::ensure!(
        !taken,
        "there is already {} `{word}`",
        with_article(table.noun())
    );
    Ok(id)
}

fn bad_id(word: &str) -> String {
    format!("`{word}` cannot be an id: ids are made of letters, digits, `-` and `_`")
}

/// Makes an id from a name: its words in lower case, joined by `-`.
fn slug(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() > 24 && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}
