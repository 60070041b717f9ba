use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use anyhow::Context as _;
use clap::Args;

use super::export::Manuscript;
use super::{Exit, Global, World};
use crate::render::html;
use crate::view::Audience;

/// Show the plan as a page in the browser
///
/// Makes the page of `loti export html` in a folder for temporary files, says where it is and opens
/// it. It is what everybody may see; `--internal` shows all of the plan. Which browser, BROWSER says.
/// Where there is none, as over ssh, the path is all there is to say.
///
///   loti open
///   loti open --internal --since 2021-09-06
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct OpenArgs {
    /// Show everything, private parts, notes and people included, and mark the page as internal
    #[arg(long)]
    internal: bool,
    /// Tell what changed since a day, or since a revision
    #[arg(long, value_name = "DATE|REV")]
    since: Option<String>,
    /// Only make the page and say where it is
    #[arg(long)]
    no_browser: bool,
}

/// What may be known of the browser of whoever sits here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Browser {
    /// The command that BROWSER names.
    Named(OsString),
    /// The one that the desktop opens pages with.
    OfDesktop,
    /// None: nobody sees a desktop here.
    None,
}

impl Browser {
    /// Finds it in what the environment says.
    pub(super) fn of_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        if let Some(browser) = set("BROWSER") {
            return Self::Named(browser);
        }
        let sees_desktop =
            !cfg!(unix) || set("DISPLAY").is_some() || set("WAYLAND_DISPLAY").is_some();
        // A Mac has a desktop without a word of it, but whoever came over the network does not see it.
        let is_mac = cfg!(target_os = "macos") && set("SSH_CONNECTION").is_none();
        if sees_desktop || is_mac {
            Self::OfDesktop
        } else {
            Self::None
        }
    }
}

pub(super) fn run(world: &mut World, global: &Global, args: &OpenArgs) -> anyhow::Result<Exit> {
    let audience = if args.internal {
        Audience::Internal
    } else {
        Audience::Public
    };
    let manuscript = Manuscript::read(world, global, audience, args.since.as_deref())?;
    let mut text = Vec::new();
    let page = manuscript.page(world)?;
    html::page(&mut text, &page, html::Setting::default())?;
    let path = save(&text).context("the page cannot be made in the folder for temporary files")?;
    writeln!(world.streams.out, "{}", path.display())?;
    world.streams.out.flush()?;
    if args.no_browser {
        return Ok(Exit::Fine);
    }
    match &world.browser {
        Browser::None => world.say(
            "no browser is known here\n\
             hint: open the page yourself, or name a browser in BROWSER",
        ),
        Browser::OfDesktop => {
            let unopened = || format!("`{}` cannot be opened", path.display());
            ::open::that_detached(&path).with_context(unopened)?;
        }
        Browser::Named(command) => start(command, &path, world.answers_a_terminal())?,
    }
    Ok(Exit::Fine)
}

/// Saves the page where only the user can read it; it stays there, since the browser reads it later.
fn save(text: &[u8]) -> std::io::Result<PathBuf> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("loti-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = folder.tempdir()?.keep();
    let path = folder.join("okrs.html");
    fs::write(&path, text)?;
    Ok(path)
}

/// Starts the browser that BROWSER names, which may be a list of commands of which one works, each
/// with `%s` where the page is to stand.
fn start(browser: &OsString, path: &Path, has_terminal: bool) -> anyhow::Result<()> {
    let words = browser.to_string_lossy();
    let mut tried = Vec::new();
    for command in words.split(if cfg!(windows) { ';' } else { ':' }) {
        let mut parts: Vec<OsString> = command.split_whitespace().map(Into::into).collect();
        if parts.is_empty() {
            continue;
        }
        match parts.iter_mut().find(|part| *part == "%s") {
            Some(place) => *place = path.into(),
            None => parts.push(path.into()),
        }
        let mut process = Process::new(&parts[0]);
        process.args(&parts[1..]);
        if !has_terminal {
            // What a browser has to say is not the answer; one that is drawn by letters needs both.
            process.stdin(Stdio::null()).stdout(Stdio::null());
        }
        match process.status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => tried.push(format!("`{command}` ended with {status}")),
            Err(error) => tried.push(format!("`{command}` cannot be run: {error}")),
        }
    }
    anyhow::bail!(
        "no browser of BROWSER opened `{}`: {}",
        path.display(),
        tried.join("; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn a_browser_is_named_or_belongs_to_a_desktop() {
        let named = || Browser::Named("firefox".into());
        for (variables, browser) in [
            (&[("BROWSER", "firefox")][..], named()),
            (&[("BROWSER", "firefox"), ("DISPLAY", ":0")], named()),
            (&[("BROWSER", ""), ("DISPLAY", ":0")], Browser::OfDesktop),
            (&[("WAYLAND_DISPLAY", "wayland-0")], Browser::OfDesktop),
            (&[("SSH_CONNECTION", "1 2 3 4")], Browser::None),
            (&[], Browser::None),
        ] {
            let variable = |name: &str| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            };
            assert_eq!(Browser::of_environment(variable), browser, "{variables:?}");
        }
    }
}
