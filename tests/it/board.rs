//! The board at a real terminal: what is typed, what is shown, and what is in the file afterwards.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::terminal::Terminal;

const PLAN: &str = include_str!("../sessions/week.in/okrs.toml");

struct Board {
    folder: tempfile::TempDir,
    terminal: Terminal,
}

impl Board {
    fn open(size: (u16, u16)) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("okrs.toml"), PLAN)?;
        let terminal = Terminal::start(folder.path(), &["loti", "board"], &[], size)?;
        terminal.wait_for("? keys")?;
        Ok(Self { folder, terminal })
    }

    fn file(&self) -> Result<String> {
        Ok(fs::read_to_string(self.folder.path().join("okrs.toml"))?)
    }

    fn write(&self, text: &str) -> Result<()> {
        Ok(fs::write(self.folder.path().join("okrs.toml"), text)?)
    }

    /// Leaves, and finds the terminal as it was.
    fn leave(mut self) -> Result<()> {
        self.terminal.type_keys("q")?;
        assert!(self.terminal.end()?.success());
        self.is_given_back()
    }

    fn is_given_back(&self) -> Result<()> {
        self.terminal
            .wait_until("an empty screen", |shown| shown.trim().is_empty())?;
        let is_so = self
            .terminal
            .with_screen(|screen| !screen.alternate_screen() && !screen.hide_cursor());
        assert!(is_so, "the terminal is not given back");
        Ok(())
    }
}

const AT_RISK: (&str, &str) = ("status = \"on-track\"", "status = \"at-risk\"");

#[test]
fn a_status_is_set_with_its_reason_and_taken_back() -> Result<()> {
    let board = Board::open((24, 80))?;
    board
        .terminal
        .wait_for("overdue        1  Second route opens (12 days late)")?;
    assert!(
        !board.terminal.shown().contains("[3"),
        "{}",
        board.terminal.shown()
    );
    board.terminal.type_keys("s3\rThe supplier is late.\r")?;
    board.terminal.wait_for("kr.1 status: on-track")?;
    let plan = board.file()?;
    assert!(plan.contains(AT_RISK.1), "{plan}");
    assert!(
        plan.contains("on = 2021-09-20\ntext = \"The supplier is late.\""),
        "{plan}"
    );

    board.terminal.type_keys("jt")?;
    board.terminal.wait_for("2 has no milestones")?;
    board.terminal.type_keys("kt\r")?;
    board.terminal.wait_for("[x] Second route opens")?;
    assert!(board.file()?.contains("done = true"), "{}", board.file()?);
    board.terminal.type_keys("\u{1b}")?;
    // Alone, the key that leaves the list; with the next one it would be another key.
    board
        .terminal
        .wait_until("the list gone", |shown| !shown.contains("[x]"))?;
    board.terminal.type_keys("uu")?;
    board.terminal.wait_for("taken back: kr.1 status")?;
    assert_eq!(board.file()?, PLAN);
    board.terminal.type_keys("u")?;
    board.terminal.wait_for("nothing to take back")?;
    board.leave()
}

#[test]
fn a_figure_and_a_note_are_saved_in_the_middle_of_a_resize() -> Result<()> {
    let board = Board::open((24, 80))?;
    board.terminal.type_keys("v")?;
    board.terminal.wait_for("current, now 260, of kr.1:")?;
    board.terminal.type_keys("30")?;
    board.terminal.wait_for("of kr.1: 30")?;
    board.terminal.resize(20, 60)?;
    board.terminal.wait_for("needs 80 columns and 20 rows")?;
    board.terminal.resize(40, 120)?;
    board.terminal.wait_for("current, now 260, of kr.1: 30")?;
    board.terminal.type_keys("0\r")?;
    board.terminal.wait_for("260 → 300")?;
    board.terminal.type_keys("mGoes well.\r")?;
    board.terminal.wait_until("the note saved", |_| {
        board.file().is_ok_and(|plan| plan.contains("Goes well."))
    })?;
    board.terminal.type_keys("\r")?;
    board
        .terminal
        .wait_until("both notes beside the tree", |shown| {
            shown.contains("The first route") && shown.contains("20 Sep 2021: Goes well.")
        })?;
    let plan = board.file()?;
    assert!(
        plan.contains("current = 300\ntarget = 400   # what"),
        "{plan}"
    );
    assert!(plan.contains("text = \"Goes well.\""), "{plan}");
    board.leave()
}

#[test]
fn what_is_typed_when_it_is_killed_is_not_half_written() -> Result<()> {
    let mut board = Board::open((24, 80))?;
    board.terminal.type_keys("mHalf a no")?;
    board.terminal.wait_for("Half a no")?;
    board.terminal.kill()?;
    assert_eq!(board.file()?, PLAN);
    let left = fs::read_dir(board.folder.path())?.count();
    assert_eq!(left, 1, "something is left beside the plan");
    Ok(())
}

#[test]
fn asked_to_end_it_gives_the_terminal_back() -> Result<()> {
    for signal in ["TERM", "HUP"] {
        let mut board = Board::open((24, 80))?;
        board.terminal.signal(signal)?;
        assert!(board.terminal.end()?.success());
        board.is_given_back()?;
        assert_eq!(board.file()?, PLAN);
    }
    Ok(())
}

#[test]
fn with_its_terminal_gone_it_ends() -> Result<()> {
    let mut board = Board::open((24, 80))?;
    board.terminal.hang_up("j")?;
    board.terminal.end()?;
    assert_eq!(board.file()?, PLAN);
    Ok(())
}

#[test]
fn what_others_write_shows_and_stays() -> Result<()> {
    let board = Board::open((24, 80))?;
    let theirs = PLAN.replace(
        "Open a reading corner at the market",
        "Open a corner at the fair",
    );
    board.write(&theirs)?;
    board.terminal.wait_for("Open a corner at the fair")?;
    board.terminal.type_keys("s3\r\r")?;
    board.terminal.wait_for("kr.1 status: on-track")?;
    assert_eq!(board.file()?, theirs.replace(AT_RISK.0, AT_RISK.1));
    // Somebody else writes after that: nothing of theirs is taken back.
    let more = board.file()?.replace("\"Rooms\"", "\"Our rooms\"");
    board.write(&more)?;
    board.terminal.wait_for("Our rooms")?;
    board.terminal.type_keys("u")?;
    board.terminal.wait_for("changed by others")?;
    assert_eq!(board.file()?, more);
    board.leave()
}

#[test]
fn a_file_that_breaks_meanwhile_is_told_and_left_alone() -> Result<()> {
    let board = Board::open((24, 80))?;
    let broken = PLAN.replace("name = \"Reach\"", "name = \"Reach");
    board.write(&broken)?;
    board.terminal.wait_for("okrs.toml has 1 problem now")?;
    board.terminal.type_keys("mA note.\r")?;
    board.terminal.wait_for("note on kr.1: A note.")?;
    board.terminal.wait_for("okrs.toml has 1 problem now")?;
    assert_eq!(board.file()?, broken);
    board.write(PLAN)?;
    board.terminal.wait_for("is read again")?;
    board.terminal.type_keys("\r")?;
    board.terminal.wait_for("kr.1")?;
    board.terminal.wait_until("the note saved", |_| {
        board.file().is_ok_and(|plan| plan.contains("A note."))
    })?;
    board.leave()
}

#[test]
fn a_file_that_is_moved_away_is_told_until_it_is_there_again() -> Result<()> {
    let board = Board::open((23, 80))?;
    let (here, there) = (
        board.folder.path().join("okrs.toml"),
        board.folder.path().join("x"),
    );
    fs::rename(&here, &there)?;
    board.terminal.wait_for("does not exist")?;
    fs::rename(&there, &here)?;
    board.terminal.wait_until("the file read again", |shown| {
        !shown.contains("does not exist")
    })?;
    board.leave()
}

#[test]
fn a_terminal_that_takes_only_lines_is_not_drawn_on() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let dumb = [("TERM", "dumb")];
    let mut terminal = Terminal::start(folder.path(), &["loti", "board"], &dumb, (24, 80))?;
    terminal.wait_for("TERM is `dumb`")?;
    assert_eq!(terminal.end()?.exit_code(), 2);
    Ok(())
}

#[test]
fn the_past_is_only_looked_at() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    crate::git::repo::git(folder.path(), &["init", "-q"])?;
    crate::git::repo::git(folder.path(), &["add", "."])?;
    crate::git::repo::git(folder.path(), &["commit", "-q", "-m", "Begin"])?;
    let words = [
        "loti",
        "board",
        "--at",
        "HEAD",
        "--today",
        "2021-09-20",
        "-q",
    ];
    let terminal = Terminal::start(folder.path(), &words, &[], (24, 80))?;
    terminal.wait_for("? keys")?;
    terminal.type_keys("s")?;
    terminal.wait_for("which cannot be changed")?;
    assert_eq!(fs::read_to_string(folder.path().join("okrs.toml"))?, PLAN);
    Ok(())
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let output = Command::new(env!("CARGO_BIN_EXE_loti"))
        .arg("board")
        .current_dir(folder.path())
        .env_clear()
        .stdin(Stdio::null())
        .output()?;
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.starts_with("error: the board needs a terminal\nhint: `loti status`"),
        "{said}"
    );
    Ok(())
}
