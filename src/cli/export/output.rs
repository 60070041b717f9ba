use std::io;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::cli::{World, plan_file};
use crate::store;
use crate::view::Audience;

/// Where an export goes, and for whom it is.
#[derive(Debug, Args)]
#[command(next_help_heading = "Export")]
pub(in crate::cli) struct Output {
    /// The file to write, in the place of what is there [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave nothing out: for those who can read the plan file anyway
    #[arg(long)]
    internal: bool,
}

impl Output {
    /// Returns for whom it is.
    pub(in crate::cli) fn audience(&self) -> Audience {
        if self.internal {
            Audience::Internal
        } else {
            Audience::Public
        }
    }

    /// Writes what was made, whole or not at all.
    pub(in crate::cli) fn write(
        &self,
        world: &mut World,
        make: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let Some(file) = self.output.as_ref().filter(|file| file.as_os_str() != "-") else {
            return Ok(make(&mut world.streams.out)?);
        };
        let path = world.folder.join(file);
        is_not_the_plan(world, &path)?;
        let mut made = Vec::new();
        make(&mut made)?;
        let text = String::from_utf8(made).context("what was made is no text")?;
        store::write(&path, &text)?;
        world.say(&format!("written: {}", plan_file::shown(world, &path)));
        Ok(())
    }
}

/// Refuses a file that is the plan itself, by whatever name.
pub(super) fn is_not_the_plan(world: &World, path: &std::path::Path) -> anyhow::Result<()> {
    let plan = plan_file::path(world).ok().flatten();
    let plan = plan.and_then(|plan| plan.canonicalize().ok());
    ensure!(
        plan.is_none() || path.canonicalize().ok() != plan,
        "`{}` is the plan itself, which an export must not replace\n\
         hint: name another file",
        plan_file::shown(world, path)
    );
    Ok(())
}
