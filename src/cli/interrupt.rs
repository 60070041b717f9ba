//! What is said to whoever interrupts a walk through questions: that nothing is lost.

use std::sync::{Arc, Mutex, PoisonError};

/// Says something when the program is interrupted from the keyboard, which then ends it as always.
pub(super) struct Interrupt(Arc<Mutex<&'static str>>);

impl Interrupt {
    /// Begins to wait for it.
    pub(super) fn new(words: &'static str) -> std::io::Result<Self> {
        let words = Arc::new(Mutex::new(words));
        #[cfg(unix)]
        wait(Arc::clone(&words))?;
        Ok(Self(words))
    }

    /// Says something else from now on.
    pub(super) fn say(&self, words: &'static str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = words;
    }
}

#[cfg(unix)]
fn wait(words: Arc<Mutex<&'static str>>) -> std::io::Result<()> {
    use std::io::Write as _;

    use signal_hook::consts::SIGINT;
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGINT])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let words = words.lock().unwrap_or_else(PoisonError::into_inner);
            // If nobody listens there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "\n{words}");
            let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
        }
    });
    Ok(())
}
