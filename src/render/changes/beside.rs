use crate::model::Address;
use crate::text::{count, join};
use crate::view::Changes;

/// As many are named; the rest is counted.
const FEW: usize = 5;

/// Says what changed in the file and not in the plan, in a sentence; nothing, where nothing did.
pub(super) fn beside(changes: &Changes) -> Option<String> {
    let unsaid = &changes.unsaid;
    let comments = [
        (unsaid.comments_added, "added"),
        (unsaid.comments_removed, "removed"),
    ];
    let comments = comments.into_iter().filter(|(number, _)| *number > 0);
    let comments: Vec<_> = comments
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let comments = (!comments.is_empty()).then(|| format!("comments ({})", comments.join(", ")));
    let moved: Vec<_> = unsaid.moved.iter().map(Address::to_string).collect();
    let order = (!moved.is_empty()).then(|| format!("the order ({} moved)", named(&moved)));
    let spelt_out = changes.spelt_out;
    let spelt_out =
        (spelt_out > 0).then(|| format!("what is spelt out ({})", count(spelt_out, "key")));
    let layout = unsaid.layout.then(|| "layout".to_owned());
    let parts: Vec<_> = [comments, order, spelt_out, layout]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() {
        return None;
    }
    let parts = join(parts);
    Some(if changes.is_empty() {
        format!("The plan says the same; only {parts} changed.")
    } else {
        format!("Also changed: {parts}.")
    })
}

/// Names the keys that the format does not know and that changed.
pub(super) fn unknown(changes: &Changes) -> Option<String> {
    let paths = &changes.unsaid.unknown;
    let what = match paths.len() {
        0 => return None,
        1 => "A key that loti does not know",
        _ => "Keys that loti does not know",
    };
    Some(format!("{what} changed: {}.", named(paths)))
}

fn named(words: &[String]) -> String {
    let few = words.iter().take(FEW).cloned();
    let more = words.len().saturating_sub(FEW);
    join(few.chain((more > 0).then(|| format!("{more} more"))))
}
