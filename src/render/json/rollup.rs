use serde::Serialize;

use crate::model::{Counts, Rollup, Status, whole_percent};

/// What several key results say together; stands flat beside the name of what they are below.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonRollup {
    counts: JsonCounts,
    progress: Option<u8>,
}

/// How many key results are in each status.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonCounts {
    all: usize,
    open: usize,
    not_started: usize,
    on_track: usize,
    at_risk: usize,
    off_track: usize,
    done: usize,
    dropped: usize,
}

impl JsonRollup {
    pub(super) fn new(rollup: Rollup) -> Self {
        Self {
            counts: JsonCounts::new(rollup.counts),
            progress: rollup.progress.map(whole_percent),
        }
    }
}

impl JsonCounts {
    pub(super) fn new(counts: Counts) -> Self {
        Self {
            all: counts.all(),
            open: counts.open(),
            not_started: counts.of(Status::NotStarted),
            on_track: counts.of(Status::OnTrack),
            at_risk: counts.of(Status::AtRisk),
            off_track: counts.of(Status::OffTrack),
            done: counts.of(Status::Done),
            dropped: counts.of(Status::Dropped),
        }
    }
}
