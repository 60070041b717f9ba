use std::collections::HashSet;

use chrono::NaiveDate;
use clap::Args;

use super::filters::Filters;
use super::format::RowFormat;
use super::past::Past;
use super::{Exit, Global, World, plan_file};
use crate::document::Document;
use crate::git::WalkOptions;
use crate::history::Log;
use crate::model::{Address, Plan, TableName};
use crate::render::{self, csv, json};
use crate::text::nearest;
use crate::view::{Row, Trail};

/// See who changed what, when, newest first
///
/// Reads the commits that changed the plan file and tells each in plan words. What was renamed is
/// followed to its old id, and the file to its old name. Filters choose key results as they are now.
///
///   loti log 12                     everything that happened to key result 12
///   loti log 12 --field status      when it went off track, and the notes that say why
///   loti log theme.reach --since 2021-09-01
///   loti log --author ana --format csv
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct LogArgs {
    /// Only what happened to these, and to all below them: `12`, `objective.data`, `theme.reach`
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Only from this day on
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    since: Option<NaiveDate>,
    /// Only up to the end of this day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    until: Option<NaiveDate>,
    /// Only what somebody changed, by a part of their name or mail address
    #[arg(long, value_name = "NAME")]
    author: Vec<String>,
    /// Only changes of a key, such as `status` or `due`; `note` for notes
    #[arg(long, value_name = "KEY", value_delimiter = ',', value_parser = field)]
    field: Vec<String>,
    /// Only so many commits
    #[arg(short = 'n', long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Only the line of first parents: of a merge, what it brought in
    #[arg(long)]
    first_parent: bool,
    #[command(flatten)]
    filters: Filters,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: RowFormat,
}

pub(super) fn run(world: &mut World, _: &Global, args: &LogArgs) -> anyhow::Result<Exit> {
    let past = Past::open(world)?;
    // What cannot be read now may have a history all the same.
    let now = plan_file::source(world).map(|source| Document::read(source).plan);
    let now = now.unwrap_or_default();
    let mut trail = trail(world, args, &now)?;
    let options = WalkOptions {
        first_parent: args.first_parent,
    };
    let mut log = Log::new(past.repository.walk(past.from, &past.path, options)?);
    let mut failure = None;
    let mut told = 0;
    let mut next = || loop {
        if args.limit.is_some_and(|limit| told >= limit) {
            return None;
        }
        match log.next_entry() {
            Ok(Some(entry)) => {
                if let Some(entry) = trail.tell(entry, log.plan(), &now) {
                    told += 1;
                    return Some(entry);
                }
            }
            Ok(None) => return None,
            Err(error) => {
                failure = Some(error);
                return None;
            }
        }
    };
    let mut entries = std::iter::from_fn(&mut next);
    let out = &mut world.streams.out;
    match args.format {
        RowFormat::Table => render::log(out, &mut entries, world.look)?,
        RowFormat::Json => json::log(out, &mut entries)?,
        RowFormat::Csv => csv::log(out, &mut entries)?,
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    if told == 0 {
        say_none(world, args, &now, past.path.to_string().as_str());
    }
    Ok(Exit::Fine)
}

/// Takes what the command line asks for.
fn trail(world: &World, args: &LogArgs, now: &Plan) -> anyhow::Result<Trail> {
    let mut things: Option<HashSet<Address>> = None;
    if !args.addresses.is_empty() {
        let addresses = args.addresses.iter();
        things = Some(
            addresses
                .map(|word| address(word, now))
                .collect::<Result<_, _>>()?,
        );
    }
    let filter = args.filters.filter(world, now)?;
    if !filter.is_empty() {
        let rows = now.key_results.iter();
        let rows = rows.map(|(id, own)| Row::new(now, id, own, world.today));
        let shown = rows.filter(|row| filter.shows(now, row, world.today));
        let shown: HashSet<Address> = shown
            .map(|row| Address::KeyResult(row.id.clone()))
            .collect();
        things = Some(match things {
            None => shown,
            Some(things) => things.intersection(&shown).cloned().collect(),
        });
    }
    Ok(Trail {
        things,
        fields: args.field.clone(),
        authors: args.author.iter().map(|name| name.to_lowercase()).collect(),
        since: args.since,
        until: args.until,
    })
}

/// Takes a word for the address of something that is there, or that may have been.
fn address(word: &str, now: &Plan) -> anyhow::Result<Address> {
    plan_file::address(now, word).or_else(|error| match word.parse() {
        Ok(address) => Ok(address),
        Err(_) => Err(error),
    })
}

/// Says that nothing is told, and why that may be.
fn say_none(world: &mut World, args: &LogArgs, now: &Plan, path: &str) {
    if args.addresses.is_empty() {
        world.say(&format!("no commit of `{path}` is like that"));
        return;
    }
    for word in &args.addresses {
        match plan_file::address(now, word) {
            Ok(address) => world.say(&format!("nothing like that happened to {address}")),
            // Neither now nor ever: the nearest name is the best there is to say.
            Err(error) => world.message(&format!("{error:#}")),
        }
    }
}

/// Reads the name of a key that any table has.
fn field(word: &str) -> Result<String, String> {
    let all = || TableName::ALL.iter().flat_map(|table| table.keys());
    if all().any(|key| key.name == word) {
        return Ok(word.to_owned());
    }
    Err(match nearest(word, all().map(|key| key.name)) {
        Some(near) => format!("no table has a key `{word}`: did you mean `{near}`?"),
        None => format!("no table has a key `{word}`; docs/format.md lists them"),
    })
}
