use super::link::{Places, called};
use crate::model::Plan;
use crate::render::changes::words;
use crate::render::look::Look;
use crate::view::Changes;

/// Something that changed, with what was done to it.
pub(super) struct ChangeSheet {
    pub(super) href: Option<String>,
    pub(super) title: String,
    pub(super) lines: Vec<String>,
}

/// Puts changes into words, each thing with where it is found.
pub(super) fn changes(changes: &Changes, plan: &Plan, places: &Places) -> Vec<ChangeSheet> {
    let changed = changes.groups.iter().flat_map(|group| &group.changed);
    let sheets = changed.map(|changed| ChangeSheet {
        href: places.href(&changed.at),
        title: match plan.table(&changed.at) {
            Some(_) => called(plan, &changed.at),
            None => format!("{} {}", changed.at, changed.title),
        },
        lines: changed
            .told
            .iter()
            .map(|told| words(told, Look::PLAIN).line())
            .collect(),
    });
    sheets.collect()
}
