//! What a page is made of: what is published of the plan, and of its past.

use super::Prepared;
use crate::cli::past::Past;
use crate::cli::{Global, World, plan_file};
use crate::git::WalkOptions;
use crate::history::{Course, Past as _, Wanted};
use crate::view::{
    Audience, Board, By, Chronicle, CycleLine, Filter, Page, Report, Revision, Since, Trend,
    trend_rows,
};

/// A plan for those who are to see it, and its past, where there is one.
pub(in crate::cli) struct Manuscript {
    /// The plan.
    pub(in crate::cli) prepared: Prepared,
    past: Option<Before>,
    since: Option<String>,
}

/// The past of a plan.
struct Before {
    past: Past,
    /// The plan's text as it is.
    text: String,
    /// The last version that was committed.
    revision: Option<Revision>,
    course: Option<Course>,
}

/// Of a past only what was committed into the line that is published.
const OPTIONS: WalkOptions = WalkOptions { first_parent: true };

impl Manuscript {
    /// Reads the plan and its past; `since` is the day or revision from which on changes are told.
    pub(in crate::cli) fn read(
        world: &mut World,
        global: &Global,
        audience: Audience,
        since: Option<&str>,
    ) -> anyhow::Result<Self> {
        let prepared = Prepared::read(world, global, audience)?;
        let past = match before(world, &prepared) {
            Ok(past) => past,
            Err(error) => {
                world.say(&format!("the past is not told: {error:#}"));
                None
            }
        };
        Ok(Self {
            prepared,
            past,
            since: since.map(str::to_owned),
        })
    }

    /// Puts a page together as it is seen on the day that is looked from.
    pub(in crate::cli) fn page(&self, world: &mut World) -> anyhow::Result<Page<'_>> {
        let Prepared {
            publication, cycle, ..
        } = &self.prepared;
        let plan = &publication.plan;
        let today = world.today;
        let since = match &self.since {
            Some(since) => Some(self.prepared.since(world, since)?),
            None => None::<Since>,
        };
        let line = CycleLine::new(plan, cycle, today);
        let past = self.past.as_ref();
        let course = past.and_then(|past| past.course.as_ref());
        Ok(Page {
            publication,
            report: Report::new(plan, None, cycle, &Filter::default(), today),
            today,
            revision: past.and_then(|past| past.revision.clone()),
            trend: course.map(|course| Trend::new(plan, line, course, By::Day, 0)),
            since,
        })
    }

    /// Tells what changed in the past, so many days or weeks of it; nothing, where there is none.
    pub(in crate::cli) fn chronicle(
        &self,
        by: By,
        most: usize,
    ) -> anyhow::Result<Option<Chronicle>> {
        let Some(Before { past, text, .. }) = &self.past else {
            return Ok(None);
        };
        let Prepared {
            publication, cycle, ..
        } = &self.prepared;
        let mut walk = past.repository.walk(past.from, &past.path, OPTIONS)?;
        Chronicle::read(&mut walk, text, publication, cycle, by, most).map(Some)
    }
}

/// Reads how the plan came to where it is; a plan that is in no repository has no past.
fn before(world: &mut World, prepared: &Prepared) -> anyhow::Result<Option<Before>> {
    let Ok(past) = Past::open(world) else {
        return Ok(None);
    };
    let text = plan_file::source(world)?.text().to_owned();
    let mut latest = past.repository.walk(past.from, &past.path, OPTIONS)?;
    let Some(step) = latest.next_step()? else {
        return Ok(None);
    };
    drop(latest);
    let board = Board::new(
        &prepared.publication.plan,
        &prepared.cycle,
        &Filter::default(),
        world.today,
    );
    // The backlog has no time to draw anything over.
    let course = match board.cycle.cycle {
        Some(cycle) => {
            let wanted = Wanted {
                rows: trend_rows(&board),
                from: cycle.start,
                since: None,
                today: world.today,
                every_version: false,
                cycle: prepared.cycle.clone(),
            };
            let mut walk = past.repository.walk(past.from, &past.path, OPTIONS)?;
            let now = Some((text.as_str(), &*prepared.whole));
            Some(match prepared.publication.past() {
                Some(mut lens) => Course::follow_through(&mut walk, wanted, now, &mut lens)?,
                None => Course::follow(&mut walk, wanted, now)?,
            })
        }
        None => None,
    };
    let is_changed = course.as_ref().is_some_and(Course::is_uncommitted);
    Ok(Some(Before {
        revision: Some(Revision::new(&step.commit, is_changed)),
        past,
        text,
        course,
    }))
}
