//! What `loti check --against` holds the plan against.

use std::collections::HashMap;

use anyhow::Context as _;

use super::World;
use super::past::Past;
use crate::check;
use crate::document::Document;
use crate::git::{Id, WalkOptions};
use crate::history::former_titles;
use crate::model::{Address, Plan};
use crate::store::ReadError;
use crate::text::count;

/// The plan where a revision and what is checked part, so that newer work on the side of the revision
/// is not taken for what this side took back.
pub(super) struct Base {
    document: Document,
    revision: String,
    former: HashMap<Address, String>,
}

impl Base {
    /// Finds it and says which it is; nothing, where it holds no plan to compare with, which is said
    /// too.
    pub(super) fn find(
        world: &mut World,
        revision: &str,
        plan: &Plan,
    ) -> anyhow::Result<Option<Self>> {
        let past = Past::open_or_beside(world)?;
        let other = past.commit(revision)?;
        let base = past.repository.merge_base(other, past.from)?;
        let base = base.with_context(|| {
            format!("`{revision}` and what is checked have no commit in common")
        })?;
        let commit = past.repository.commit(base)?;
        let (short, day) = (commit.short(), commit.day());
        let source = match past.source(base) {
            Ok(source) => source,
            // The change that mends it has to be let through.
            Err(error) if error.downcast_ref::<ReadError>().is_some() => {
                world.say(&format!(
                    "what the change takes back is not told: {error:#}, at commit {short} of {day}"
                ));
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let Some(source) = source else {
            let path = &past.path;
            world.say(&format!(
                "there was no `{path}` in commit {short} of {day}: nothing can have been taken back"
            ));
            return Ok(None);
        };
        let part = if base == other {
            String::new()
        } else {
            format!(", where this and `{revision}` part")
        };
        world.say(&format!("held against commit {short} of {day}{part}"));
        let document = Document::read(source);
        let problems = document.refusals().count();
        if problems > 0 {
            let problems = count(problems, "problem");
            world.say(&format!(
                "the plan there has {problems}; what could not be read is not compared"
            ));
        }
        Ok(Some(Self {
            former: former(world, &past, base, &document.plan, plan)?,
            revision: short.to_owned(),
            document,
        }))
    }

    /// Returns it as the check takes it.
    pub(super) fn view(&self) -> check::Base<'_> {
        check::Base {
            document: &self.document,
            revision: &self.revision,
            former: &self.former,
        }
    }

    /// Returns what it says.
    pub(super) fn plan(&self) -> &Plan {
        &self.document.plan
    }
}

/// Returns what went, before the base, by the ids that are new in the plan.
fn former(
    world: &mut World,
    past: &Past,
    base: Id,
    was: &Plan,
    is: &Plan,
) -> anyhow::Result<HashMap<Address, String>> {
    let new = check::new_ids(was, is);
    if new.is_empty() {
        return Ok(HashMap::new());
    }
    let options = WalkOptions::default();
    let former = former_titles(past.repository.walk(base, &past.path, options)?, &new)?;
    if former.len() < new.len() && past.repository.is_shallow() {
        world.say(
            "whether a new id was used before is known as far back as this shallow clone goes",
        );
    }
    Ok(former)
}
