#!/usr/bin/env bash
# Looking back, whole processes: loti beside git on two histories in which each commit changes one
# status. Needs git, hyperfine (a Debian package of that name) and GNU time; makes all its files in a
# temporary folder. Others may use the machine too, so every comparison runs in rounds, both in turn,
# and the median of the rounds' ratios counts.
#
#   benches/history.sh              everything
#   benches/history.sh log memory   some of: log trend at diff memory
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
wanted=("$@")
((${#wanted[@]})) || wanted=(log trend at diff memory)

for command in git hyperfine /usr/bin/time; do
    command -v "$command" >/dev/null || { echo "missing: $command" >&2; exit 2; }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LOTI_TODAY=2021-09-20 # in the middle of the plan's cycle
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
unset LOTI_FILE

step() { printf '\n== %s\n' "$*"; }

median() { sort -g | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }

# compare RUNS OURS THEIRS...: the medians, and the ratios to each of theirs, over some rounds.
compare() {
    local runs=$1 round ours=$2
    shift 2
    for theirs in "$@"; do
        : >"$folder/ours"; : >"$folder/theirs"; : >"$folder/ratios"
        for ((round = 0; round < rounds; round++)); do
            hyperfine --warmup 1 --runs "$runs" --export-csv "$folder/round.csv" "$ours" "$theirs" >/dev/null 2>&1
            awk -F, -v folder="$folder" 'NR > 1 { median[NR] = $(NF - 4) } END {
                print median[2] >> (folder "/ours"); print median[3] >> (folder "/theirs")
                print median[2] / median[3] >> (folder "/ratios") }' "$folder/round.csv"
        done
        printf '%9.2f ms  %s\n' "$(median <"$folder/ours" | awk '{ print 1000 * $1 }')" "${ours//$folder\//}"
        printf '%9.2f ms  %s\n' "$(median <"$folder/theirs" | awk '{ print 1000 * $1 }')" "${theirs//$folder\//}"
        printf '%9.2f x   (rounds:%s)\n' "$(median <"$folder/ratios")" "$(sort -g "$folder/ratios" | awk '{ printf " %.2f", $1 }')"
    done
}

step "build"
cargo build --release --locked --quiet --bin loti --example big-history
target=$(cargo metadata --format-version 1 --no-deps --locked | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
cp "$target/release/loti" "$folder/loti"

# history KEY_RESULTS COMMITS: a repository of that many, packed as git does it by itself.
history() {
    git init -q -b main "$folder/$1x$2"
    "$target/release/examples/big-history" "$1" "$2" | git -C "$folder/$1x$2" fast-import --quiet
    git -C "$folder/$1x$2" repack -adfq
    git -C "$folder/$1x$2" reset -q --hard main
}

step "histories"
history 25 10000
history 25 1000
history 1000 2000
history 1000 200

# What git needs to hand out every version, and to tell what changed.
pipeline='git log --format=%H:okrs.toml -- okrs.toml | git cat-file --batch > /dev/null'
patches='git log -p -- okrs.toml > /dev/null'

for what in "${wanted[@]}"; do
    case $what in
    log | trend)
        for history in 25x10000 1000x2000; do
            cd "$folder/$history"
            step "$what of $history (key results x commits)"
            compare 3 "$folder/loti $what > /dev/null" "$pipeline" "$patches"
        done
        ;;
    at)
        cd "$folder/25x10000"
        step "an old plan, and its text"
        compare 20 "$folder/loti status --at HEAD~5000" "git show HEAD~5000:okrs.toml"
        ;;
    diff)
        for history in 25x10000 1000x2000; do
            cd "$folder/$history"
            step "what the last commit of $history changed"
            compare 20 "$folder/loti diff HEAD~1" "git diff HEAD~1 -- okrs.toml"
        done
        ;;
    memory)
        step "how peak memory grows with the history, in bytes a commit"
        for command in log trend; do
            for pair in "25x1000 25x10000 9000" "1000x200 1000x2000 1800"; do
                read -r few many more <<<"$pair"
                peak() { cd "$folder/$1" && /usr/bin/time -q -f %M "$folder/loti" "$command" 2>&1 >/dev/null | tail -1; }
                awk -v few="$(peak "$few")" -v many="$(peak "$many")" -v more="$more" -v command="$command" -v pair="$few to $many" 'BEGIN {
                    printf "%8.1f bytes a commit  (%.1f to %.1f MB)  %s, %s\n",
                        (many - few) * 1024 / more, few / 1024, many / 1024, command, pair }'
            done
        done
        ;;
    *)
        echo "unknown: $what" >&2
        exit 2
        ;;
    esac
done
