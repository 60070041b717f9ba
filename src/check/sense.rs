//! Whether what the plan says goes together.

use super::catalogue::Page;

pub(super) const PAGES: &[Page] = &[];
