//! The terminal of the board: taken over, asked for keys, and given back whatever happens.

use std::io::{self, Stdout, Write as _};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEventKind, KeyModifiers,
};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute};

use super::key::Key;

/// A terminal that is taken over; given back when this is dropped.
pub(super) struct Screen {
    pub(super) terminal: Terminal<CrosstermBackend<Stdout>>,
    ended: Arc<AtomicBool>,
}

/// What a terminal tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    Key(Key),
    /// Words came at once, whose line breaks nobody pressed.
    Pasted(String),
    /// It has another size.
    Resized,
    /// Nothing was told for a while.
    Nothing,
    /// Somebody asks the program to end.
    End,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn open() -> io::Result<Self> {
        // A panic ends the process at once, and nothing is dropped: the hook is the only place to
        // give the terminal back before its words are written.
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
        }));
        let ended = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        watch(Arc::clone(&ended))?;
        enable_raw_mode()?;
        let opened = execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)
            .and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        match opened {
            Ok(terminal) => Ok(Self { terminal, ended }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Waits for what the terminal tells next.
    pub(super) fn next(&self, at_most: Duration) -> io::Result<Told> {
        if self.ended.load(Ordering::Relaxed) {
            return Ok(Told::End);
        }
        let is_there = match event::poll(at_most) {
            Ok(is_there) => is_there,
            // Something else woke it up.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => false,
            Err(error) => return Err(error),
        };
        if self.ended.load(Ordering::Relaxed) {
            return Ok(Told::End);
        }
        if !is_there {
            return Ok(Told::Nothing);
        }
        Ok(match event::read()? {
            Event::Key(event) if event.kind != KeyEventKind::Release => {
                key(event.code, event.modifiers).map_or(Told::Nothing, Told::Key)
            }
            Event::Paste(words) => Told::Pasted(words),
            Event::Resize(..) => Told::Resized,
            _ => Told::Nothing,
        })
    }
}

/// Notes when somebody asks the program to end, and ends it if it does not do so by itself.
///
/// Of a terminal that is gone crossterm reads without end, and never comes back to look.
#[cfg(unix)]
fn watch(ended: Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    /// Far longer than a save takes; and a save cut off leaves the file as it was.
    const PATIENCE: Duration = Duration::from_secs(2);

    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            ended.store(true, Ordering::Relaxed);
            std::thread::sleep(PATIENCE);
            give_back();
            signal_hook::low_level::exit(2);
        }
    });
    Ok(())
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back as it was; more than once does no harm.
fn give_back() {
    // If the terminal is gone there is nothing to give back.
    let _ = disable_raw_mode();
    let mut out = io::stdout();
    let _ = execute!(
        out,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = out.flush();
}

/// Takes a key as the terminal names it.
fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    Some(match code {
        KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => Key::Control(c),
        KeyCode::Char(c) if !modifiers.contains(KeyModifiers::ALT) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}
