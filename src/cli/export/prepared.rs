use std::mem::ManuallyDrop;

use anyhow::{Context as _, bail, ensure};

use crate::change::Unsaid;
use crate::change::diff;
use crate::cli::filters::Filters;
use crate::cli::past::{self, Past};
use crate::cli::{Global, World, plan_file};
use crate::document::Document;
use crate::model::{Id, Plan, TableName};
use crate::store::{self, ReadError};
use crate::view::{Audience, Changes, Edition, Filter, Publication, Sides, Since};

/// A plan that was read, and what of it those may see whom an export is for.
pub(in crate::cli) struct Prepared {
    /// The plan as it is, for comparison alone: nothing of it is written.
    pub(in crate::cli) whole: ManuallyDrop<Plan>,
    /// What may be seen of it.
    pub(in crate::cli) publication: Publication,
    /// The cycle.
    pub(in crate::cli) cycle: Id,
}

impl Prepared {
    /// Reads the plan and leaves out what is not to be seen.
    pub(in crate::cli) fn read(
        world: &mut World,
        global: &Global,
        audience: Audience,
    ) -> anyhow::Result<Self> {
        let whole = plan_file::read(world)?;
        let cycle = plan_file::cycle(&whole, global, world)?;
        let publication = match todays(world, audience)? {
            Some(now) => Publication::of_past(&whole, &now, audience, &cycle),
            None => Publication::new(&whole, audience, &cycle),
        };
        let prepared = Self {
            whole,
            publication,
            cycle,
        };
        if let Some(left_out) = prepared.publication.left_out.describe() {
            world.say(&format!(
                "left out as private: {left_out}; `--internal` shows all"
            ));
        }
        Ok(prepared)
    }

    /// Takes the options for a filter; what is left out cannot be asked for.
    pub(in crate::cli) fn filter(
        &self,
        world: &World,
        filters: &Filters,
    ) -> anyhow::Result<Filter> {
        let filter = filters.filter(world, &self.whole)?;
        let shown = &self.publication.plan;
        let themes = filter.themes.iter().map(|id| (TableName::Theme, id));
        let objectives = filter.objectives.iter();
        let objectives = objectives.map(|id| (TableName::Objective, id));
        for (table, id) in themes.chain(objectives) {
            ensure!(
                shown.ids(table).any(|own| own.as_str() == id),
                "the {} `{id}` is private and left out\n\
                 hint: `--internal` shows it to those who can read the plan anyway",
                table.noun()
            );
        }
        ensure!(
            filter.owners.is_empty() || self.publication.people,
            "who owns what is not published, so that nothing can be chosen by it\n\
             hint: `publish = [\"people\"]` in `[plan]` publishes it, and `--internal` shows all"
        );
        Ok(filter)
    }

    /// Returns what is published on the day that is looked from.
    pub(in crate::cli) fn edition(&self, world: &World, filter: &Filter) -> Edition<'_> {
        Edition::new(&self.publication, &self.cycle, filter, world.today)
    }

    /// Tells what changed since a day or a revision, of what both versions publish.
    pub(in crate::cli) fn since(&self, world: &mut World, when: &str) -> anyhow::Result<Since> {
        let past = Past::open(world)?;
        let found = past::before(world, &past, when)?;
        let Some((then, commit)) = found else {
            bail!("there was no plan to compare with at `{when}`");
        };
        let [was, is] = self.publication.compared(&then, &self.whole);
        let changes = diff(&was, &is);
        Ok(Since {
            day: commit.day(),
            changes: Changes::new(&changes, Sides::whole(&was, &is), Unsaid::default()),
        })
    }
}

/// Reads the plan of today where the past is asked for: what is private by now does not show in it.
fn todays(world: &mut World, audience: Audience) -> anyhow::Result<Option<Plan>> {
    if world.at.is_none() || audience == Audience::Internal {
        return Ok(None);
    }
    let unknown = "what is private today has to be known before the past is shown";
    let source = match plan_file::path(world).map(|path| path.map(|path| store::read(&path))) {
        Ok(Some(Ok(text))) => Some(text),
        Ok(Some(Err(error))) if !matches!(error, ReadError::Missing { .. }) => {
            return Err(error).context(unknown);
        }
        // Where it is gone from the disk, the last commit may have it.
        _ => {
            let past = Past::of_head(world)?;
            let last = past.source(past.from)?;
            last.map(|source| source.text().to_owned())
        }
    };
    let Some(text) = source else {
        return Ok(None);
    };
    let document = Document::read(crate::text::Source::new("the plan of today", text));
    if document.refusals().next().is_some() {
        let hint = "hint: `loti check` says what is wrong";
        bail!("{unknown}, and the plan cannot be read as it is now\n{hint}");
    }
    Ok(Some(document.plan))
}
