//! The same at a real terminal: of 80 columns and 24 lines, resized, interrupted, hung up, killed.

use std::fs;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::PLAN;

const SIZE: PtySize = PtySize {
    rows: 24,
    cols: 80,
    pixel_width: 0,
    pixel_height: 0,
};

/// A command at a terminal of its own.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<Mutex<String>>,
}

impl Terminal {
    pub(crate) fn open(folder: &std::path::Path, words: &[&str]) -> Result<Self> {
        let pair = native_pty_system().openpty(SIZE)?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_loti"));
        command.args(words);
        command.cwd(folder);
        command.env_clear();
        for (name, value) in [
            ("LOTI_TODAY", "2021-09-20"),
            ("LC_ALL", "C.UTF-8"),
            ("TERM", "xterm"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
        ] {
            command.env(name, value);
        }
        command.env("XDG_STATE_HOME", folder.join("state"));
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let shown = Arc::new(Mutex::new(String::new()));
        let (mut screen, kept) = (pair.master.try_clone_reader()?, Arc::clone(&shown));
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = screen.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..length]);
                kept.lock().expect("the lock").push_str(&text);
            }
        });
        Ok(Self {
            keyboard: Some(pair.master.take_writer()?),
            master: Some(pair.master),
            child,
            shown,
        })
    }

    pub(crate) fn text(&self) -> String {
        self.shown.lock().expect("the lock").clone()
    }

    /// Waits until something is on the screen.
    pub(crate) fn see(&self, words: &str) -> Result<()> {
        let start = Instant::now();
        while !self.text().ends_with(words) {
            anyhow::ensure!(
                start.elapsed() < Duration::from_secs(20),
                "`{words}` did not come:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    pub(crate) fn type_in(&mut self, keys: &str) -> Result<()> {
        let keyboard = self.keyboard.as_mut().context("a keyboard")?;
        keyboard.write_all(keys.as_bytes())?;
        Ok(keyboard.flush()?)
    }

    /// Answers questions, each as it comes.
    pub(crate) fn answer(&mut self, answers: &[(&str, &str)]) -> Result<()> {
        for (question, answer) in answers {
            self.see(question)?;
            self.type_in(&format!("{answer}\r"))?;
        }
        Ok(())
    }

    /// Waits for its end, and returns whether that was a good one.
    pub(crate) fn end(&mut self) -> Result<bool> {
        Ok(self.child.wait()?.success())
    }

    /// Kills it, which asks nothing of it.
    pub(crate) fn kill(&mut self) -> Result<()> {
        let id = self.child.process_id().context("a process")?;
        let killed = std::process::Command::new("kill")
            .args(["-9", &id.to_string()])
            .status()?;
        assert!(killed.success());
        assert!(!self.end()?, "it is killed");
        Ok(())
    }

    pub(crate) fn hang_up(&mut self) {
        self.keyboard = None;
        self.master = None;
    }
}

const FIRST: [(&str, &str); 3] = [
    ("figure now? [180 books] ", "320"),
    ("milestones reached since? [none] ", "route"),
    ("status? [on-track] ", "at-risk"),
];

fn folder() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    Ok(folder)
}

/// Goes on after something ended in the middle: nothing is written, and all that was answered is there.
fn goes_on(folder: &std::path::Path) -> Result<()> {
    let path = folder.join("okrs.toml");
    assert_eq!(fs::read_to_string(&path)?, PLAN);
    let mut terminal = Terminal::open(folder, &["checkin"])?;
    terminal.answer(&[
        (
            "go on with it? [Y]es, [n]o, which forgets it, or [q]uit ",
            "",
        ),
        ("figure now? [320 books] ", ""),
        ("milestones reached since? [route] ", ""),
        ("status? [at-risk] ", ""),
        ("confidence to reach it, 0 to 1? [0.8] ", "q"),
        ("[d]iff of the file ", "y"),
    ])?;
    assert!(terminal.end()?, "{}", terminal.text());
    let plan = fs::read_to_string(&path)?;
    for line in [
        "current = 320 ",
        "current = 320",
        "done = true",
        "status = \"at-risk\"",
    ] {
        assert!(plan.contains(line.trim_end()), "{plan}");
    }
    Ok(())
}

#[test]
fn a_check_in_at_a_terminal_that_is_resized() -> Result<()> {
    let folder = folder()?;
    let mut terminal = Terminal::open(folder.path(), &["checkin"])?;
    terminal.answer(&FIRST)?;
    let size = PtySize {
        rows: 10,
        cols: 40,
        ..SIZE
    };
    terminal
        .master
        .as_ref()
        .context("a terminal")?
        .resize(size)?;
    terminal.answer(&[
        ("confidence to reach it, 0 to 1? [0.8] ", "0.5"),
        ("and why it is at risk? [nothing] ", "The driver left."),
        ("status? [not-started] ", ""),
        ("confidence to reach it, 0 to 1? [not said] ", ""),
        ("what happened? [nothing] ", ""),
        ("[d]iff of the file ", "y"),
    ])?;
    assert!(terminal.end()?, "{}", terminal.text());
    let plan = fs::read_to_string(folder.path().join("okrs.toml"))?;
    assert!(plan.contains("text = \"The driver left.\""), "{plan}");
    assert!(plan.contains("checked = 2021-09-20"), "{plan}");
    // Plain lines: nothing is drawn over, nothing coloured, no line is longer than the terminal.
    let shown = terminal.text();
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let longest = shown.lines().map(|line| line.chars().count()).max();
    assert!(longest.is_some_and(|columns| columns <= 80), "{shown}");
    Ok(())
}

#[test]
fn what_is_explained_stays_under_its_question() -> Result<()> {
    let folder = folder()?;
    let mut terminal = Terminal::open(folder.path(), &["checkin"])?;
    let question = FIRST[0].0;
    terminal.answer(&[(question, "?")])?;
    terminal.see(&format!("loses nothing\r\n  {question}"))?;
    let shown = terminal.text();
    let (_, explained) = shown
        .split_once("?\r\n  the figure as it is now")
        .context("help")?;
    let lines: Vec<&str> = explained.lines().skip(1).collect();
    assert!(lines.len() > 1, "{shown}");
    let is_under = |line: &&str| line.starts_with("  ") && line.len() <= 80;
    assert!(lines.iter().all(is_under), "{shown}");
    Ok(())
}

#[test]
fn an_interrupt_loses_nothing() -> Result<()> {
    let folder = folder()?;
    let mut terminal = Terminal::open(folder.path(), &["checkin"])?;
    terminal.answer(&FIRST)?;
    terminal.see("confidence to reach it, 0 to 1? [0.8] ")?;
    terminal.type_in("\u{3}")?;
    assert!(!terminal.end()?, "it is interrupted");
    let shown = terminal.text();
    assert!(
        shown.ends_with("\r\nnothing is saved; `loti checkin` goes on with what you answered\r\n"),
        "{shown:?}"
    );
    goes_on(folder.path())
}

#[test]
fn a_closed_terminal_loses_nothing() -> Result<()> {
    let folder = folder()?;
    let mut terminal = Terminal::open(folder.path(), &["checkin"])?;
    terminal.answer(&FIRST)?;
    terminal.see("confidence to reach it, 0 to 1? [0.8] ")?;
    terminal.hang_up();
    terminal.end()?;
    goes_on(folder.path())
}

#[test]
fn a_kill_loses_nothing() -> Result<()> {
    let folder = folder()?;
    let mut terminal = Terminal::open(folder.path(), &["checkin"])?;
    terminal.answer(&FIRST)?;
    terminal.see("confidence to reach it, 0 to 1? [0.8] ")?;
    terminal.kill()?;
    goes_on(folder.path())
}
