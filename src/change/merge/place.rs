//! From a path in the file to what it is called in a plan.

use super::definition::Path;
use crate::model::{Address, Id, TableName};

/// Returns the address of what stands at a path, and the key below it.
pub(super) fn place(path: &[String]) -> (Option<Address>, Option<String>) {
    let join = |rest: &[String]| (!rest.is_empty()).then(|| rest.join("."));
    let top = |root: &str, id: &str| Address::of(TableName::of_root(root)?, Id::new(id)?);
    match path {
        [root, rest @ ..] if root == "plan" => (Some(Address::Plan), join(rest)),
        [root, rest @ ..] if root == "check" => (Some(Address::Check), join(rest)),
        [root, of, milestone, id, rest @ ..] if root == "kr" && milestone == "milestone" => {
            match (Id::new(of), Id::new(id)) {
                (Some(of), Some(id)) => (Some(Address::Milestone(of, id)), join(rest)),
                _ => (None, join(path)),
            }
        }
        [root, id, rest @ ..] => match top(root, id) {
            Some(at) => (Some(at), join(rest)),
            None => (None, join(path)),
        },
        _ => (None, join(path)),
    }
}

/// Returns the path of a table at the top of the file, of one of the paths within it.
pub(super) fn table(path: &[String]) -> Path {
    let has_ids = path
        .first()
        .and_then(|root| TableName::of_root(root))
        .is_some_and(TableName::has_ids);
    path[..path.len().min(if has_ids { 2 } else { 1 })].to_vec()
}
