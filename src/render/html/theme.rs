use super::bar::Bar;
use super::beside::Beside;
use super::key_result::KeyResultSheet;
use super::page::Shared;
use crate::model::{Counts, Id, Rollup, Status, Visibility};
use crate::text::join;
use crate::view::{ObjectiveGroup, ThemeGroup};

/// Beyond so many a row of signs is no picture any more.
const MOST_DOTS: usize = 80;

/// A theme as a page shows it.
pub(super) struct ThemeSheet<'a> {
    pub(super) id: &'a Id,
    pub(super) place: String,
    pub(super) name: &'a str,
    pub(super) aim: Option<&'a str>,
    pub(super) about: Option<&'a str>,
    pub(super) standing: Standing,
    pub(super) beside: Beside<'a>,
    pub(super) objectives: Vec<ObjectiveSheet<'a>>,
}

/// An objective as a page shows it.
pub(super) struct ObjectiveSheet<'a> {
    pub(super) id: &'a Id,
    pub(super) name: &'a str,
    pub(super) aim: Option<&'a str>,
    pub(super) about: Option<&'a str>,
    pub(super) counts: String,
    pub(super) beside: Beside<'a>,
    pub(super) key_results: Vec<KeyResultSheet<'a>>,
}

/// How several key results stand together: each as a sign, their counts, and how far they have come.
pub(super) struct Standing {
    pub(super) dots: Vec<&'static str>,
    pub(super) counts: String,
    pub(super) bar: Option<Bar>,
}

impl Standing {
    pub(super) fn new(rollup: Rollup, gone: Option<f64>) -> Self {
        let counts = rollup.counts;
        Self {
            dots: dots(counts),
            counts: counts.describe(),
            bar: rollup.progress.map(|progress| Bar::new(progress, gone)),
        }
    }
}

/// Returns a sign for each key result, what is done first.
fn dots(counts: Counts) -> Vec<&'static str> {
    use Status::{AtRisk, Done, Dropped, NotStarted, OffTrack, OnTrack};

    if counts.all() > MOST_DOTS {
        return Vec::new();
    }
    let order = [Done, OnTrack, AtRisk, OffTrack, NotStarted, Dropped];
    let signs = order.map(|status| std::iter::repeat_n(status.word(), counts.of(status)));
    signs.into_iter().flatten().collect()
}

impl<'a> ThemeSheet<'a> {
    pub(super) fn new(
        shared: &Shared<'a>,
        place: String,
        group: &ThemeGroup<'a>,
        objectives: Vec<ObjectiveSheet<'a>>,
    ) -> Self {
        let theme = group.theme;
        let mut beside = Beside::new(shared.plan, &theme.links, &theme.note);
        let outline = theme.visibility == Some(Visibility::Outline);
        beside.facts.extend(outline.then(outline_words));
        beside.facts.extend(shared.named(theme.owner.as_deref()));
        Self {
            id: group.id,
            place,
            name: &theme.name,
            aim: theme.aim.as_deref(),
            about: theme.about.as_deref(),
            standing: Standing::new(group.rollup, shared.gone),
            beside,
            objectives,
        }
    }
}

impl<'a> ObjectiveSheet<'a> {
    pub(super) fn new(
        shared: &Shared<'a>,
        group: &ObjectiveGroup<'a>,
        key_results: Vec<KeyResultSheet<'a>>,
    ) -> Self {
        let objective = group.objective;
        let mut beside = Beside::new(shared.plan, &objective.links, &objective.note);
        let outline = objective.visibility == Some(Visibility::Outline);
        beside.facts.extend(outline.then(outline_words));
        beside
            .facts
            .extend(shared.named(objective.owner.as_deref()));
        if !objective.partners.is_empty() {
            let partners = format!("with {}", join(&objective.partners));
            beside.facts.push(partners);
        }
        let counts = group.rollup.counts;
        Self {
            id: group.id,
            name: &objective.name,
            aim: objective.aim.as_deref(),
            about: objective.about.as_deref(),
            counts: match group.rollup.progress {
                _ if counts.all() == 0 => "no key results in this cycle".to_owned(),
                Some(progress) => format!(
                    "{} · {} % progress",
                    counts.describe(),
                    crate::model::whole_percent(progress)
                ),
                None => counts.describe(),
            },
            beside,
            key_results,
        }
    }
}

fn outline_words() -> String {
    "shown in outline".to_owned()
}
