//! What is said to whoever interrupts a walk through questions: that nothing is lost.

/// Says something when the program is interrupted from the keyboard, which then ends it as always.
#[cfg(unix)]
pub(super) fn say(words: &'static str) -> std::io::Result<()> {
    use std::io::Write as _;

    use signal_hook::consts::SIGINT;
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGINT])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            // If nobody listens there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "\n{words}");
            let _ = signal_hook::low_level::emulate_default_handler(SIGINT);
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn say(_: &'static str) -> std::io::Result<()> {
    Ok(())
}
