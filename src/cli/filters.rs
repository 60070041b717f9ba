use clap::Args;

use super::World;
use super::me::Me;
use super::plan_file::unknown;
use crate::model::{Plan, Status, TableName};
use crate::text::nearest;
use crate::view::Filter;

/// Which key results are shown; each may be given several times, and means any of its values.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct Filters {
    /// Those under a theme
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    theme: Vec<String>,
    /// Those of an objective
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    objective: Vec<String>,
    /// Those that somebody answers for, inherited or not
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    owner: Vec<String>,
    /// Your own, beside those of `--owner`: of the person with the `email` that git signs commits with
    #[arg(long)]
    mine: bool,
    /// Those in a status
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    status: Vec<Status>,
    /// Those with a tag
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    tag: Vec<String>,
    /// Those with a partner whose name holds this
    #[arg(long, value_name = "NAME")]
    partner: Vec<String>,
    /// Those that ask their readers for something
    #[arg(long)]
    asks: bool,
    /// Those not heard of for longer than their cadence allows
    #[arg(long)]
    stale: bool,
    /// Those past their day, or with a milestone that is
    #[arg(long)]
    overdue: bool,
    /// Those with something due within so many days, late ones included
    #[arg(long, value_name = "DAYS", value_parser = days)]
    due_within: Option<i64>,
    /// Those neither done nor dropped
    #[arg(long)]
    open: bool,
    /// Those in whose text these words stand
    #[arg(long, value_name = "WORDS")]
    text: Vec<String>,
}

impl Filters {
    /// Takes the options for a filter, and holds their names against the plan.
    pub(super) fn filter(&self, world: &World, plan: &Plan) -> anyhow::Result<Filter> {
        for id in &self.theme {
            if !plan.themes.contains_key(id.as_str()) {
                return Err(unknown(plan, TableName::Theme, id));
            }
        }
        for id in &self.objective {
            if !plan.objectives.contains_key(id.as_str()) {
                return Err(unknown(plan, TableName::Objective, id));
            }
        }
        for id in &self.owner {
            if !plan.persons.is_empty() && !plan.persons.contains_key(id.as_str()) {
                return Err(unknown(plan, TableName::Person, id));
            }
        }
        let mut owners = self.owner.clone();
        if self.mine {
            owners.push(Me::of(world).known_person(plan)?.to_string());
        }
        Ok(Filter {
            themes: self.theme.clone(),
            objectives: self.objective.clone(),
            owners,
            statuses: self.status.clone(),
            tags: self.tag.clone(),
            partners: self.partner.clone(),
            asks: self.asks,
            stale: self.stale,
            overdue: self.overdue,
            due_within: self.due_within,
            open: self.open,
            text: self.text.clone(),
        })
    }
}

/// Reads a status as people type it.
pub(super) fn status(word: &str) -> Result<Status, String> {
    Status::parse(word).ok_or_else(|| {
        let words = Status::WORDS.iter().map(|word| word.name);
        match nearest(word, words.clone()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("expected {}", crate::text::alternatives(words)),
        }
    })
}

/// Reads a number of days: `14` or `14d`, or weeks: `2w`.
pub(super) fn days(word: &str) -> Result<i64, String> {
    let (number, factor) = match word.strip_suffix('w') {
        Some(weeks) => (weeks, 7),
        None => (word.strip_suffix('d').unwrap_or(word), 1),
    };
    let days = number
        .parse::<i64>()
        .ok()
        .filter(|days| (0..=36_500).contains(days));
    days.map(|days| days * factor)
        .ok_or_else(|| "expected days, such as `14d`, or weeks, `2w`".to_owned())
}
