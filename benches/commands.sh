#!/usr/bin/env bash
# Whole processes, as a shell starts them: loti beside a program that does nothing, beside the bare
# TOML parser, and beside Taskwarrior with the same tasks.
# Needs hyperfine and taskwarrior (Debian packages of these names) and GNU time; makes all its files
# in a temporary folder. Others may use the machine too, so every comparison runs in rounds, both in
# turn, and the median of the rounds' ratios counts.
#
#   benches/commands.sh             everything
#   benches/commands.sh hello set   some of: hello page reading check list set merge memory growth
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
wanted=("$@")
((${#wanted[@]})) || wanted=(hello page reading check list set merge memory growth)

for command in hyperfine task /usr/bin/time; do
    command -v "$command" >/dev/null || { echo "missing: $command" >&2; exit 2; }
done

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LOTI_TODAY=2021-09-20 # in the middle of the plan's cycle
export TASKDATA=$folder/tasks TASKRC=$folder/taskrc
unset LOTI_FILE

step() { printf '\n== %s\n' "$*"; }

median() { sort -g | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }

# compare RUNS HYPERFINE-OPTION... -- OURS THEIRS: the medians, and the ratio, over some rounds.
compare() {
    local runs=$1 options=() round
    shift
    while [[ $1 != -- ]]; do options+=("$1"); shift; done
    shift
    : >"$folder/ours"; : >"$folder/theirs"; : >"$folder/ratios"
    for ((round = 0; round < rounds; round++)); do
        hyperfine --warmup 1 --runs "$runs" "${options[@]}" --export-csv "$folder/round.csv" "$1" "$2" >/dev/null 2>&1
        awk -F, -v folder="$folder" 'NR > 1 { median[NR] = $(NF - 4) } END {
            print median[2] >> (folder "/ours"); print median[3] >> (folder "/theirs")
            print median[2] / median[3] >> (folder "/ratios") }' "$folder/round.csv"
    done
    printf '%8.2f ms  %s\n' "$(median <"$folder/ours" | awk '{ print 1000 * $1 }')" "${1//$folder\//}"
    printf '%8.2f ms  %s\n' "$(median <"$folder/theirs" | awk '{ print 1000 * $1 }')" "${2//$folder\//}"
    printf '%8.2f x   (rounds:%s)\n' "$(median <"$folder/ratios")" "$(sort -g "$folder/ratios" | awk '{ printf " %.2f", $1 }')"
}

step "build"
cargo build --release --locked --quiet --bin loti --example big-plan
target=$(cargo metadata --format-version 1 --no-deps --locked | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
cp "$target/release/loti" "$folder/loti"
for size in 25 1000 10000 100000; do
    "$target/release/examples/big-plan" "$size" >"$folder/$size.toml"
done

# What loti is held against, built by the same profile: nothing at all, and TOML without a meaning.
mkdir -p "$folder/bare/src/bin"
{
    printf '[package]\nname = "bare"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n'
    awk '/^name = "toml_parser"/ { getline; sub(/version = "/, "toml_parser = \"="); print }' Cargo.lock
    printf '\n'
    awk '/^\[/ { on = /^\[profile\.release\]/ } on' Cargo.toml
} >"$folder/bare/Cargo.toml"
cat >"$folder/bare/src/bin/hello.rs" <<'HELLO'
fn main() {
    println!("Hello, world!");
}
HELLO
cat >"$folder/bare/src/bin/events.rs" <<'EVENTS'
use toml_parser::parser::{Event, RecursionGuard, ValidateWhitespace, parse_document};

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let source = toml_parser::Source::new(&text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
    let mut errors = Vec::new();
    let mut whitespace = ValidateWhitespace::new(&mut events, source);
    let mut guard = RecursionGuard::new(&mut whitespace, 80);
    parse_document(&tokens, &mut guard, &mut errors);
    println!("{} events, {} errors", events.len(), errors.len());
}
EVENTS
cargo build --release --quiet --manifest-path "$folder/bare/Cargo.toml" --target-dir "$folder/bare/target"
cp "$folder/bare/target/release/hello" "$folder/bare/target/release/events" "$folder"

# The same tasks for Taskwarrior: title, objective, owner and due day, and both notes.
tasks() {
    awk -F ' = ' '
        function text(value) { gsub(/^"|"$/, "", value); return value }
        function day(value) { sub(/ *#.*/, "", value); gsub(/-/, "", value); return value "T120000Z" }
        function task() {
            if (title == "") return
            printf "%s{\"status\":\"pending\",\"entry\":\"20210715T120000Z\",\"description\":\"%s\",\"project\":\"%s\",\"due\":\"%s\",\"tags\":[\"%s\"],\"annotations\":[%s]}",
                (count++ ? ",\n" : "["), title, objective, due, owner, notes
            title = ""
        }
        /^\[kr\.[0-9]+\]/ { task(); due = "20211015T120000Z"; owner = "ada"; notes = "" }
        /^(\[objective|\[theme)/ { task() }
        $1 == "objective" { objective = text($2) }
        $1 == "title" { title = text($2) }
        $1 == "owner" { owner = text($2) }
        $1 == "due" { due = day($2) }
        $1 == "on" { on = day($2) }
        $1 == "text" { notes = notes (notes == "" ? "" : ",") "{\"entry\":\"" on "\",\"description\":\"" text($2) "\"}" }
        END { task(); print "]" }' "$1"
}

with_tasks() {
    [[ -e $TASKDATA ]] && return
    printf 'data.location=%s\nconfirmation=off\nnews.version=2.6.0\n' "$TASKDATA" >"$TASKRC"
    mkdir "$TASKDATA"
    tasks "$folder/10000.toml" >"$folder/tasks.json"
    task import "$folder/tasks.json" >/dev/null 2>&1
    printf 'Taskwarrior %s holds %s tasks\n' "$(task --version)" "$(task count 2>/dev/null)"
}

for what in "${wanted[@]}"; do
    case $what in
    hello)
        step "starting up: status of 25 key results, and a program that does nothing"
        compare 200 -N -- "$folder/loti -f $folder/25.toml status" "$folder/hello"
        ;;
    page)
        step "the page of 25 key results, and a program that does nothing"
        compare 200 -N --output=null -- "$folder/loti -f $folder/25.toml export html" "$folder/hello"
        git init -q "$folder/past"
        cp "$folder/25.toml" "$folder/past/okrs.toml"
        git -C "$folder/past" add .
        git -C "$folder/past" -c user.name=A -c user.email=a@example.org commit -qm Plan
        step "the same with a past of one commit"
        compare 200 -N --output=null -- "$folder/loti -f $folder/past/okrs.toml export html" "$folder/hello"
        step "growth of the page: ten times the key results, how many times the time"
        compare 10 -N --output=null -- "$folder/loti -f $folder/10000.toml export html" "$folder/loti -f $folder/1000.toml export html"
        for size in 25 1000 10000; do
            printf '%8d key results  %9d bytes\n' "$size" "$("$folder/loti" -f "$folder/$size.toml" export html 2>/dev/null | wc -c)"
        done
        ;;
    reading)
        step "whole commands, and the bare TOML parser on the same file"
        for command in "status" "list --format csv"; do
            compare 10 -N -- "$folder/loti -f $folder/10000.toml $command" "$folder/events $folder/10000.toml"
            compare 2 -N -- "$folder/loti -f $folder/100000.toml $command" "$folder/events $folder/100000.toml"
        done
        ;;
    check)
        step "check of 25 key results, and a program that does nothing"
        compare 200 -N -i -- "$folder/loti -f $folder/25.toml check" "$folder/hello"
        step "check, and the bare TOML parser on the same file"
        compare 2 -N -i -- "$folder/loti -f $folder/100000.toml check" "$folder/events $folder/100000.toml"
        step "growth of check: ten times the key results, how many times the time"
        compare 10 -N -i -- "$folder/loti -f $folder/10000.toml check" "$folder/loti -f $folder/1000.toml check"
        compare 2 -N -i -- "$folder/loti -f $folder/100000.toml check" "$folder/loti -f $folder/10000.toml check"
        ;;
    list)
        with_tasks
        step "list of 10 000 key results, and task list of the same, each into a file"
        compare 5 -N --output="$folder/answer" -- "$folder/loti -f $folder/10000.toml list" "task list"
        ;;
    set)
        with_tasks
        cp "$folder/10000.toml" "$folder/okrs.toml"
        step "two changes of one key result in 10 000, and of one task"
        compare 5 -- \
            "$folder/loti -f $folder/okrs.toml set 5000 off-track && $folder/loti -f $folder/okrs.toml set 5000 done" \
            "task 5000 modify priority:H && task 5000 modify priority:L"
        ;;
    merge)
        # The status of every hundredth key result, and of every hundredth from another on.
        for side in "ours 1" "theirs 51"; do
            read -r name first <<<"$side"
            awk -v first="$first" '
                /^\[/ { is_own = 0 }
                /^\[kr\./ { is_own = ++number % 100 == first }
                is_own && /^status = / { $0 = "status = \"" (/at-risk/ ? "off-track" : "at-risk") "\"" }
                { print }' "$folder/10000.toml" >"$folder/$name.toml"
        done
        step "merging two files of 10 000 key results with 100 changes a side"
        printf '%s changes a side\n' "$(diff "$folder/10000.toml" "$folder/ours.toml" | grep -c '^>')"
        sides="$folder/10000.toml $folder/merged.toml $folder/theirs.toml"
        compare 5 -- \
            "cp $folder/ours.toml $folder/merged.toml && $folder/loti merge driver $sides 7 okrs.toml" \
            "cp $folder/ours.toml $folder/merged.toml && git merge-file -q $folder/merged.toml $folder/10000.toml $folder/theirs.toml"
        ;;
    memory)
        step "peak memory, as a multiple of the file"
        for command in "status" "list --format csv" "check --quiet"; do
            for size in 1000 10000 100000; do
                read -ra words <<<"$command"
                # What a check finds is no failure here.
                peak=$(/usr/bin/time -q -f %M "$folder/loti" -f "$folder/$size.toml" "${words[@]}" 2>&1 >/dev/null || true)
                bytes=$(stat -c %s "$folder/$size.toml")
                awk -v peak="$peak" -v bytes="$bytes" -v size="$size" -v command="$command" 'BEGIN {
                    printf "%8d key results  %7.1f MB of file  %7.1f MB at most  %5.2f x  %s\n",
                        size, bytes / 1e6, peak * 1024 / 1e6, peak * 1024 / bytes, command }'
            done
        done
        ;;
    growth)
        step "growth of status: ten times the key results, how many times the time"
        compare 10 -N -- "$folder/loti -f $folder/10000.toml status" "$folder/loti -f $folder/1000.toml status"
        compare 2 -N -- "$folder/loti -f $folder/100000.toml status" "$folder/loti -f $folder/10000.toml status"
        ;;
    *)
        echo "unknown: $what" >&2
        exit 2
        ;;
    esac
done
