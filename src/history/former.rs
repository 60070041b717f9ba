use std::collections::HashMap;

use super::{Past, Reading};
use crate::model::Address;

/// Returns what was called how that is found at some addresses in versions of a plan: of each the
/// latest name or title.
///
/// Looks back no farther than it has to, and passes over versions that cannot be read.
pub fn former_titles<P: Past>(
    mut past: P,
    addresses: &[Address],
) -> Result<HashMap<Address, String>, P::Error> {
    let mut titles = HashMap::new();
    let mut wanted: Vec<&Address> = addresses.iter().collect();
    let mut reading = Reading::default();
    let mut bytes = Vec::new();
    let mut held = None;
    while !wanted.is_empty()
        && let Some(step) = past.next_step()?
    {
        let Some(file) = step.now.file.filter(|file| held != Some(*file)) else {
            continue;
        };
        past.read(file, &mut bytes)?;
        let Ok(difference) = reading.turn(&mut bytes) else {
            continue;
        };
        held = Some(file);
        // What did not change was looked for before.
        wanted.retain(|at| match difference.is.title(at) {
            Some(title) => {
                titles.insert((*at).clone(), title.to_owned());
                false
            }
            None => true,
        });
    }
    Ok(titles)
}
