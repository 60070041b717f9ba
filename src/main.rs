//! The `loti` command: reads the world, runs, ends.

use std::io::Write as _;
use std::process::ExitCode;

use loti::cli::{Exit, World, run};

fn main() -> ExitCode {
    match World::of_process() {
        Ok(mut world) => run(&mut world).into(),
        Err(error) => {
            // If nobody listens there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            Exit::Failed.into()
        }
    }
}
