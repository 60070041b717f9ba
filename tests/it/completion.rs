//! The Tab key in real shells, and what loti answers them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::Result;
use proptest::prelude::*;

use crate::terminal::Terminal;

const PLAN: &str = include_str!("../sessions/week.in/okrs.toml");

fn folder(plan: impl AsRef<[u8]>) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), plan)?;
    Ok(folder)
}

/// Asks as fish does, which sends the line up to the cursor.
fn asked(folder: &Path, shell: &str, line: &[&str]) -> Result<Output> {
    // Bash says besides which word it is about, and how it parts the answer.
    let last = line.len().saturating_sub(1).to_string();
    Ok(Command::new(env!("CARGO_BIN_EXE_loti"))
        .arg("--")
        .args(line)
        .current_dir(folder)
        .env_clear()
        .env("LOTI_COMPLETE", shell)
        .envs(
            (shell == "bash")
                .then_some([("_CLAP_COMPLETE_INDEX", &*last), ("_CLAP_IFS", "\n")])
                .into_iter()
                .flatten(),
        )
        .output()?)
}

/// Returns the words that can come next, without their meanings.
fn words(plan: impl AsRef<[u8]>, line: &str) -> Result<Vec<String>> {
    let folder = folder(plan)?;
    let typed: Vec<_> = line.split(' ').collect();
    let output = asked(folder.path(), "fish", &typed)?;
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let text = String::from_utf8(output.stdout)?;
    let words = text.lines().map(|line| line.split('\t').next());
    let words = words.flatten().filter(|word| {
        // Options can stand nearly anywhere.
        line.rsplit(' ')
            .next()
            .is_some_and(|last| last.starts_with('-'))
            || !word.starts_with('-')
    });
    Ok(words.map(str::to_owned).collect())
}

#[test]
fn every_place_is_given_what_it_takes() -> Result<()> {
    for (line, expected) in [
        ("loti chec", "check"),
        ("loti status ", "reach house"),
        ("loti status --theme h", "house"),
        ("loti list --theme=h", "--theme=house"),
        ("loti list --theme reach,h", "reach,house"),
        ("loti list --objective ", "outreach rooms"),
        ("loti list --owner a", "ana"),
        ("loti list --status o", "on-track off-track"),
        ("loti days --cycle ", "y2q1 later"),
        ("loti cycle close ", "y2q1"),
        ("loti cycle start y2q2 --from ", "y2q1"),
        ("loti set 1.milestone.route d", "done due= done="),
        ("loti set theme.reach o", "owner="),
        ("loti show 1", "1"),
        ("loti show k", "kr.1 kr.2 kr.3 kr.4"),
        ("loti show kr.1", "kr.1"),
        ("loti show objective.o", "objective.outreach"),
        ("loti show 1.", "1.milestone.route 1.note#1"),
        ("loti show kr.1.m", "kr.1.milestone.route"),
        ("loti note cyc", "cycle.y2q1"),
        (
            "loti set 2 a",
            "at-risk about= ask= at-least= at-most= allow=",
        ),
        ("loti set theme.reach own", "owner="),
        ("loti set 2 owner=b", "owner=ben"),
        ("loti set 2 status=a", "status=at-risk"),
        ("loti set 2 kind=", "kind=committed kind=aspirational"),
        ("loti set 2 needs+=3", "needs+=3"),
        ("loti add kr o", "outreach"),
        ("loti add objective ", "reach house"),
        ("loti add kr outreach T own", "owner="),
        ("loti add milestone 1", "1"),
        ("loti handover a", "ana"),
        ("loti check --only no-o", "no-owner"),
        ("loti check --level no-o", "no-owner="),
        ("loti explain key", "key-result"),
        ("loti man hand", "handover"),
        ("loti log --field conf", "confidence"),
        ("loti completions ", "bash elvish fish powershell zsh"),
    ] {
        let words = words(PLAN, line)?;
        let expected: Vec<_> = expected.split(' ').collect();
        if line.starts_with("loti show k") || expected.len() > 1 {
            assert_eq!(words, expected, "{line}");
        } else {
            assert!(
                words.iter().any(|word| word == expected[0]),
                "{line}: {words:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn what_a_word_means_stands_beside_it() -> Result<()> {
    let folder = folder(PLAN)?;
    let output = asked(folder.path(), "fish", &["loti", "show", "1"])?;
    assert_eq!(
        String::from_utf8(output.stdout)?,
        "1\tLend 400 books a month from the bus\n"
    );
    Ok(())
}

#[test]
fn the_file_that_the_line_names_is_the_one() -> Result<()> {
    let folder = folder(PLAN)?;
    fs::write(folder.path().join("other.toml"), "[kr.other]\n")?;
    for line in [
        &["loti", "-f", "other.toml", "show", "o"][..],
        &["loti", "show", "--file=other.toml", "o"],
        &["loti", "show", "--file", "=", "other.toml", "o"],
    ] {
        let output = asked(folder.path(), "bash", line)?;
        let said = String::from_utf8(output.stdout)?;
        assert_eq!(said.trim_end(), "other", "{line:?}");
        let output = asked(folder.path(), "fish", line)?;
        assert_eq!(String::from_utf8(output.stdout)?, "other\n", "{line:?}");
    }
    Ok(())
}

#[test]
fn behind_a_sign_bash_is_given_values_and_nothing_else() -> Result<()> {
    let folder = folder(PLAN)?;
    for line in [
        &["loti", "set", "2", "owner", "=", ""][..],
        &["loti", "set", "2", "owner", ""],
    ] {
        let output = asked(folder.path(), "bash", line)?;
        let said = String::from_utf8(output.stdout)?;
        assert_eq!(
            said.split_whitespace().collect::<Vec<_>>(),
            ["team", "ana", "ben"],
            "{line:?}"
        );
    }
    let output = asked(folder.path(), "bash", &["loti", "set", "plan", ""])?;
    let said = String::from_utf8(output.stdout)?;
    assert!(
        said.contains("owner=") && !said.contains("at-risk"),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_broken_plan_completes_what_can_be_read() -> Result<()> {
    let torn = PLAN.replace("name = \"Reach\"\n", "name = \"Re\nach = [\n");
    assert_eq!(
        words(&torn, "loti show objective.o")?,
        ["objective.outreach"]
    );
    let marked = PLAN.replace(
        "owner = \"ben\"\n",
        "<<<<<<< HEAD\nowner = \"ben\"\n=======\n>>>>>>> x\n",
    );
    assert_eq!(words(&marked, "loti list --owner b")?, ["ben"]);
    let mut bytes = PLAN.as_bytes().to_vec();
    bytes.extend(b"\n[kr.99]\ntitle = \"\xff\"\n");
    assert_eq!(words(&bytes, "loti show 9")?, ["99"]);
    assert_eq!(words("", "loti show ")?, [""; 0]);
    Ok(())
}

#[test]
fn nothing_that_a_shell_would_run_is_put_on_the_line() -> Result<()> {
    let plan = format!(
        "{PLAN}\n[kr.66]\ntitle = \"\\u001b[31m\\nred\"\nowner = \"$(touch x)\"\n\
         tags = [\"ok\", \"a b\", \"`id`\", \"*\", \"a;b\", \"\\u202e\", \"x\\ny\"]\n"
    );
    assert_eq!(words(&plan, "loti list --tag ")?, ["ok"]);
    assert_eq!(words(&plan, "loti list --owner $")?, [""; 0]);
    let folder = folder(&plan)?;
    let output = asked(folder.path(), "fish", &["loti", "show", "66"])?;
    let said = String::from_utf8(output.stdout)?;
    assert!(
        !said.contains('\u{1b}') && said.lines().count() == 1,
        "{said:?}"
    );
    Ok(())
}

#[test]
fn an_unknown_shell_or_an_odd_line_is_answered_with_nothing() -> Result<()> {
    let folder = folder(PLAN)?;
    for (shell, line) in [
        ("tcsh", &["loti", "show", ""][..]),
        ("1", &["loti"]),
        ("fish", &[]),
        ("bash", &[]),
        ("zsh", &[]),
        ("fish", &["loti", "nonsense", "x", ""]),
    ] {
        let output = asked(folder.path(), shell, line)?;
        assert!(output.status.success(), "{output:?}");
        assert!(output.stderr.is_empty(), "{output:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_line_and_no_plan_makes_an_error(
        plan in "(\\PC{0,12}\n|\\[kr\\.[0-9]\\]\n|\\[\\[?[a-z.\"']{0,9}\\]?\n|(owner|tags) = [\\[\"a-z]{0,6}\n){0,12}",
        line in prop::collection::vec("(set|show|add|kr|list|--owner|-f|=|--|[a-z0-9.=+-]{0,6}|\\PC{0,3})", 0..6),
        shell in "(bash|zsh|fish|elvish|powershell)",
    ) {
        let folder = folder(&plan).expect("a folder");
        let line: Vec<_> = ["loti"].into_iter().chain(line.iter().map(String::as_str)).collect();
        let line: Vec<_> = line.iter().map(|word| word.replace('\0', "")).collect();
        let line: Vec<_> = line.iter().map(String::as_str).collect();
        let output = asked(folder.path(), &shell, &line).expect("an answer");
        prop_assert!(output.status.success() && output.stderr.is_empty(), "{:?}", output);
    }
}

/// Starts a shell that nothing is set up for, and lets loti complete in it.
fn shell(folder: &Path, words: &[&str], set_up: &str) -> Result<Terminal> {
    let terminal = Terminal::start(folder, words, &[("PS1", "> ")], (24, 80))?;
    terminal.type_keys(&format!("{set_up}\r"))?;
    terminal.type_keys("echo rea''dy\r")?;
    terminal.wait_until("ready", |shown| {
        shown.lines().any(|line| line.trim() == "ready")
    })?;
    Ok(terminal)
}

/// Types parts of lines, a Tab after each, and waits for what becomes of them.
fn completes(terminal: &Terminal) -> Result<()> {
    for (typed, becomes) in [
        ("loti hando", "loti handover"),
        ("loti show objective.ro", "loti show objective.rooms"),
        ("loti set 2 off", "loti set 2 off-track"),
        ("loti set 2 owner=be", "loti set 2 owner=ben"),
        // Nothing stands between a sign and what is typed next.
        ("loti set 2 own\tbe", "loti set 2 owner=ben"),
        ("loti list --theme ho", "loti list --theme house"),
        ("loti list --theme=ho", "loti list --theme=house"),
        ("loti days --cycle y2", "loti days --cycle y2q1"),
        ("loti check --only late", "loti check --only late-to-start"),
    ] {
        terminal.type_keys(&format!("{typed}\t"))?;
        terminal.wait_until(becomes, |shown| {
            let line = shown.lines().rev().find(|line| !line.trim().is_empty());
            line.is_some_and(|line| line.contains(becomes))
        })?;
        // Throws the line away.
        terminal.type_keys("\u{15}")?;
    }
    Ok(())
}

#[test]
fn in_bash() -> Result<()> {
    let folder = folder(PLAN)?;
    let words = ["bash", "--norc", "--noprofile", "-i"];
    let terminal = shell(folder.path(), &words, "source <(loti completions bash)")?;
    completes(&terminal)?;
    // The sign is a word of its own to bash, and with nothing behind it none at all.
    terminal.type_keys("loti set 2 owner=\t\t")?;
    terminal.wait_until("the owners", |shown| {
        let mut lines = shown.lines().map(|line| line.split_whitespace());
        // The owners, and no option that could stand there as well.
        lines.any(|words| words.eq(["team", "ana", "ben"]))
    })
}

#[cfg(feature = "tools")]
#[test]
fn in_zsh() -> Result<()> {
    let folder = folder(PLAN)?;
    let set_up = "autoload -Uz compinit; compinit -u -D; source <(loti completions zsh)";
    completes(&shell(folder.path(), &["zsh", "-f", "-i"], set_up)?)
}

#[cfg(feature = "tools")]
#[test]
fn in_fish() -> Result<()> {
    let folder = folder(PLAN)?;
    let set_up = "set fish_autosuggestion_enabled 0; loti completions fish | source";
    completes(&shell(
        folder.path(),
        &["fish", "--no-config", "-i"],
        set_up,
    )?)
}
