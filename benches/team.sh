#!/usr/bin/env bash
# How often merges conflict in a team, and what each way to merge loses: loti beside plain git, git's
# `union` and Mergiraf. Needs git; builds Mergiraf, a program to compare with, in a temporary folder
# unless MERGIRAF names one. The same merges at every run.
#
#   benches/team.sh                    ten quarters of each kind of work
#   benches/team.sh layouts            how plain git fares with other layouts of the same plans
#   QUARTERS=2 MERGIRAF=… benches/team.sh
set -euo pipefail
cd "$(dirname "$0")/.."

quarters=${QUARTERS:-10}
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

if [[ ${1:-} == layouts ]]; then
    exec cargo run --release --locked --quiet --example team -- layouts "$quarters"
fi

if [[ -z ${MERGIRAF:-} ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cargo install --quiet --locked --version 0.20.0 --root "$folder" mergiraf
    MERGIRAF=$folder/bin/mergiraf
fi
"$MERGIRAF" --version
git --version
cargo run --release --locked --quiet --example team -- "$quarters" "$MERGIRAF"
