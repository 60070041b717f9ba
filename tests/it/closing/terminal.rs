//! Closing at a real terminal that is hung up, interrupted or killed in the middle: no answer is lost.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::checkin::terminal::Terminal;

const PLAN: &str = include_str!("../../sessions/closing.in/okrs.toml");
const CLOSE: [&str; 4] = ["cycle", "close", "--today", "2021-10-20"];

/// What becomes of a key result is asked below what is known of it, which tells the questions apart.
macro_rules! fate {
    ($facts:literal) => {
        concat!(
            $facts,
            "\r\nWhat becomes of it? [c]arry over, [d]one, [e]nd as it stands, d[r]op: "
        )
    };
}

/// Answers about the first three key results, up to a question about the fourth.
fn begun(folder: &Path) -> Result<Terminal> {
    fs::write(folder.join("okrs.toml"), PLAN)?;
    let mut terminal = Terminal::open(folder, &CLOSE)?;
    terminal.answer(&[
        (fate!("2021, ana)"), "carry"),
        ("Its grade, 0 to 1 [0.5]: ", ""),
        ("the backlog [y2q2]: ", ""),
        ("is it called? [Year 2, Quarter 2] ", ""),
        ("first day? [2021-10-16] ", ""),
        ("last day? [2022-01-15] ", ""),
        (fate!("Ben Okoro"), "drop"),
        ("Why is it given up? ", "The market moves."),
        ("Its grade, 0 to 1 [1]: ", ""),
    ])?;
    terminal.see(fate!("Library team"))?;
    Ok(terminal)
}

/// Goes on where that was broken off, to the end.
fn goes_on(folder: &Path) -> Result<()> {
    let path = folder.join("okrs.toml");
    assert_eq!(fs::read_to_string(&path)?, PLAN, "nothing is written yet");
    let mut terminal = Terminal::open(folder, &CLOSE)?;
    terminal.answer(&[
        (fate!("1 of 3 · kr.4  Keep the reading room open till eight\r\n  not started · Library team"), "c"),
        (fate!("confidence 0.2"), "e"),
        ("Its grade, 0 to 1 [0.2]: ", ""),
        ("Why does it end here? ", "Two clubs are enough."),
        (fate!("60 % · Ana Lima"), "d"),
        ("Its grade, 0 to 1 [1]: ", ""),
        ("A note on cycle.y2q1 [none]: ", "One thing at a time."),
        ("[d]iff of the file ", "y"),
    ])?;
    assert!(terminal.end()?, "{}", terminal.text());
    let plan = fs::read_to_string(&path)?;
    for line in [
        "closed = 2021-10-20\n",
        "text = \"Dropped: The market moves.\"\n",
        "continues = \"1\"\nbaseline = 260\n",
        "text = \"Ended: Two clubs are enough.\"\n",
    ] {
        assert!(plan.contains(line), "{line}{plan}");
    }
    let shown = terminal.text();
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let longest = shown.lines().map(|line| line.chars().count()).max();
    assert!(longest.is_some_and(|columns| columns <= 100), "{shown}");
    Ok(())
}

#[test]
fn whoever_said_no_is_asked_again() -> Result<()> {
    let folder = tempfile::tempdir()?;
    begun(folder.path())?.kill()?;
    let mut terminal = Terminal::open(folder.path(), &CLOSE)?;
    terminal.answer(&[
        (fate!("Library team"), "c"),
        (fate!("confidence 0.2"), "e"),
        ("Its grade, 0 to 1 [0.2]: ", ""),
        ("Why does it end here? ", "Two clubs are enough."),
        (fate!("60 % · Ana Lima"), "d"),
        ("Its grade, 0 to 1 [1]: ", ""),
        // One step back from the lesson, which is no lesson.
        ("A note on cycle.y2q1 [none]: ", "b"),
        ("Its grade, 0 to 1 [1]: ", ""),
        ("A note on cycle.y2q1 [none]: ", "One thing at a time."),
        ("[d]iff of the file ", "n"),
    ])?;
    terminal.end()?;
    let path = folder.path().join("okrs.toml");
    let mut terminal = Terminal::open(folder.path(), &CLOSE)?;
    terminal.see("[d]iff of the file ")?;
    assert_eq!(fs::read_to_string(&path)?, PLAN, "nothing is written yet");
    terminal.type_in("y\r")?;
    assert!(terminal.end()?, "{}", terminal.text());
    assert!(fs::read_to_string(&path)?.contains("closed = 2021-10-20\n"));
    Ok(())
}

#[test]
fn answers_about_another_cycle_are_left_as_they_are() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let path = folder.path().join("mine.toml");
    for mine in [
        "# mine\ncycle = \"y1q4\"\n\n[kr.1]\nthen = \"drop\"\nwhy = \"Long story.\"\n",
        "# mine\n[kr.777]\nthen = \"drop\"\nwhy = \"Long story.\"\n",
    ] {
        fs::write(&path, mine)?;
        let words = [&CLOSE[..], &["--answers", "mine.toml"]].concat();
        let mut terminal = Terminal::open(folder.path(), &words)?;
        assert!(!terminal.end()?, "{}", terminal.text());
        assert_eq!(fs::read_to_string(&path)?, mine);
    }
    Ok(())
}

#[test]
fn a_kill_loses_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    begun(folder.path())?.kill()?;
    goes_on(folder.path())
}

#[test]
fn an_interrupt_loses_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut terminal = begun(folder.path())?;
    terminal.type_in("\u{3}")?;
    assert!(!terminal.end()?, "it is interrupted");
    let shown = terminal.text();
    assert!(
        shown.ends_with("nothing is changed; the same command goes on with what you answered\r\n"),
        "{shown:?}"
    );
    goes_on(folder.path())
}

#[test]
fn a_closed_terminal_loses_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut terminal = begun(folder.path())?;
    terminal.hang_up();
    terminal.end()?;
    goes_on(folder.path())
}
