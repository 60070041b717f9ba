//! A real terminal of a given size: a program runs in it, keys are typed, its screen is read.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// A program in a terminal; killed when it is dropped.
pub(crate) struct Terminal {
    /// Both are gone once it is hung up.
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Mutex<Option<Box<dyn Write + Send>>>,
    screen: Arc<Mutex<Parser>>,
    is_hung_up: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    child: Box<dyn Child + Send + Sync>,
}

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(30);

impl Terminal {
    /// Starts a program in a folder, with nothing of the environment but what is said here.
    pub(crate) fn start(
        folder: &Path,
        words: &[&str],
        env: &[(&str, &str)],
        (rows, columns): (u16, u16),
    ) -> Result<Self> {
        let pair = native_pty_system().openpty(size(rows, columns))?;
        let mut command = CommandBuilder::new(words.first().context("a program")?);
        command.args(&words[1..]);
        command.cwd(folder);
        command.env_clear();
        let path = path();
        let own = [
            ("TERM", "xterm-256color"),
            ("LC_ALL", "C.UTF-8"),
            ("LOTI_TODAY", "2021-09-20"),
            ("PATH", &path),
        ];
        for (name, value) in own.iter().chain(env) {
            command.env(name, value);
        }
        command.env("HOME", folder);
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(Parser::new(cells(rows), cells(columns), 0)));
        let (mut from, to) = (pair.master.try_clone_reader()?, Arc::clone(&screen));
        let is_hung_up = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&is_hung_up);
        let reader = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut bytes) {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let mut screen = to.lock().unwrap_or_else(PoisonError::into_inner);
                screen.process(&bytes[..read]);
            }
        });
        Ok(Self {
            keyboard: Mutex::new(Some(pair.master.take_writer()?)),
            master: Some(pair.master),
            screen,
            is_hung_up,
            reader: Some(reader),
            child,
        })
    }

    /// Types keys as a terminal sends them.
    pub(crate) fn type_keys(&self, keys: &str) -> Result<()> {
        let mut keyboard = self.keyboard.lock().unwrap_or_else(PoisonError::into_inner);
        let keyboard = keyboard.as_mut().context("it is hung up")?;
        keyboard.write_all(keys.as_bytes())?;
        Ok(keyboard.flush()?)
    }

    /// Returns what stands on the screen.
    pub(crate) fn shown(&self) -> String {
        self.with_screen(vt100::Screen::contents)
    }

    /// Reads the screen.
    pub(crate) fn with_screen<T>(&self, read: impl FnOnce(&vt100::Screen) -> T) -> T {
        let screen = self.screen.lock().unwrap_or_else(PoisonError::into_inner);
        read(screen.screen())
    }

    /// Waits until something stands on the screen.
    pub(crate) fn wait_for(&self, text: &str) -> Result<()> {
        self.wait_until(text, |shown| shown.contains(text))
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn wait_until(&self, what: &str, is: impl Fn(&str) -> bool) -> Result<()> {
        let start = Instant::now();
        while !is(&self.shown()) {
            if start.elapsed() > PATIENCE {
                bail!(
                    "waited in vain for `{what}`; this is shown:\n{}",
                    self.shown()
                );
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, rows: u16, columns: u16) -> Result<()> {
        let mut screen = self.screen.lock().unwrap_or_else(PoisonError::into_inner);
        screen.screen_mut().set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().context("it is hung up")?;
        master.resize(size(rows, columns))
    }

    /// Kills the program as nothing can be prepared for.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Closes the terminal under the program, as a closed window does; `key` is one that it answers.
    pub(crate) fn hang_up(&mut self, key: &str) -> Result<()> {
        self.is_hung_up.store(true, Ordering::Relaxed);
        self.type_keys(key)?;
        let reader = self.reader.take().context("it is hung up")?;
        anyhow::ensure!(reader.join().is_ok(), "the screen was not read");
        *self.keyboard.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.master = None;
        Ok(())
    }

    /// Sends the program a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) -> Result<()> {
        let id = self.child.process_id().context("a process")?;
        let words = [format!("-{name}"), id.to_string()];
        let status = std::process::Command::new("kill").args(words).status()?;
        anyhow::ensure!(status.success(), "no signal was sent");
        Ok(())
    }

    /// Waits until the program ends.
    pub(crate) fn end(&mut self) -> Result<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if start.elapsed() > PATIENCE {
                bail!("it does not end; this is shown:\n{}", self.shown());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

fn cells(number: u16) -> NonZero<u16> {
    NonZero::new(number).expect("a terminal has a size")
}

/// The search path of this process, with the folder of loti before it.
fn path() -> String {
    let own = Path::new(env!("CARGO_BIN_EXE_loti")).parent();
    let own = own.map(|folder| folder.display().to_string());
    let rest = std::env::var("PATH").unwrap_or_default();
    format!("{}:{rest}", own.unwrap_or_default())
}
