#!/usr/bin/env bash
# Random merges over random layouts, both ways round, held against an independent oracle: how many,
# and what was counted. The same merges at every run, others with PROPTEST_RNG_SEED.
#
#   benches/merges.sh [10000]
set -euo pipefail
cd "$(dirname "$0")/.."

LOTI_MERGES=${1:-10000} cargo test --locked --quiet --test it merge::simulation -- --nocapture
