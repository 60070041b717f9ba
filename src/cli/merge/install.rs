use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum as _};

use super::{HowArgs, PreferWord, attributes, replace};
use crate::cli::users_git::git;
use crate::cli::{Exit, World, editor, plan_file};
use crate::git::{DRIVER, Repository, TreePath};
use crate::model::TableName;
use crate::store;
use crate::text::{printable, shell_word};

/// Let git merge the plan by loti, in this clone
///
/// Writes a line into `.gitattributes`, which is committed and holds for everybody, and the
/// configuration of this clone, which git never hands on: so each clone, and a machine that merges by
/// itself, needs this command once. Shows what it is to write, and asks at a terminal. Where loti
/// cannot be run later on, git merges by lines as it always did.
///
///   loti merge install
///   loti merge install --dry-run
///   loti merge install --uninstall
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct InstallArgs {
    /// Take it out again: the line for this plan, and the configuration if no other plan needs it
    #[arg(long)]
    uninstall: bool,
    /// Write without asking
    #[arg(long)]
    yes: bool,
    /// Show what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    how: HowArgs,
}

pub(super) fn run(world: &mut World, args: &InstallArgs) -> anyhow::Result<Exit> {
    plan_file::may_write(world)?;
    let path = plan_file::path(world)?
        .context("a plan from standard input is in no repository: name the file with `-f`")?;
    let (repository, path) = Repository::holding(&world.folder.join(path))?;
    let top = repository
        .top()
        .context("a repository without a work tree merges nothing: install it in a clone")?;
    let place = Place::find(top.to_owned(), &path)?;
    let step = if args.uninstall {
        place.uninstall()
    } else {
        place.install(&repository, &path, &args.how)?
    };
    if step.is_empty() {
        let already = if args.uninstall {
            "loti does not merge this plan: there is nothing to take out"
        } else {
            "loti merges this plan already: there is nothing to write"
        };
        world.say(already);
        return Ok(Exit::Fine);
    }
    for line in step.told(&place) {
        writeln!(world.streams.out, "{}", printable(&line))?;
    }
    if args.dry_run {
        world.say("nothing is written");
        return Ok(Exit::Fine);
    }
    if world.streams.is_interactive && !args.yes {
        world.streams.out.flush()?;
        let answer = editor::line(world, "write this? [Y/n]")?;
        if answer.is_none_or(|answer| answer.to_lowercase().starts_with('n')) {
            world.say("nothing is written");
            return Ok(Exit::Fine);
        }
    }
    step.write(&place)?;
    let next = match (&step.attributes, args.uninstall) {
        (Some(_), _) => "written; next: commit `.gitattributes`, so that it holds for everybody",
        (None, false) => "written: git merges the plan by loti in this clone now",
        (None, true) => "written: git merges the plan by lines in this clone now",
    };
    world.say(next);
    Ok(Exit::Fine)
}

/// Where it is written down who merges the plan.
struct Place {
    /// The top of the work tree.
    top: PathBuf,
    /// The plan's path from there.
    path: String,
    /// The text of `.gitattributes`; none, where there is no such file.
    attributes: Option<String>,
    /// What the configuration of this clone says of loti.
    config: Vec<(String, String)>,
}

impl Place {
    fn find(top: PathBuf, path: &TreePath) -> anyhow::Result<Self> {
        let file = top.join(".gitattributes");
        let attributes = match file.symlink_metadata() {
            Ok(_) => Some(store::read(&file)?),
            Err(_) => None,
        };
        let listed = git(&top, ["config", "--local", "--null", "--list"])?;
        let entries = listed
            .split('\0')
            .filter_map(|entry| entry.split_once('\n'));
        let ours = entries.filter(|(key, _)| {
            sections().iter().any(|section| {
                let rest = key.strip_prefix(section.as_str());
                rest.is_some_and(|rest| rest.starts_with('.'))
            })
        });
        Ok(Self {
            path: path.to_string(),
            attributes,
            config: ours
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            top,
        })
    }

    fn install(
        &self,
        repository: &Repository,
        path: &TreePath,
        how: &HowArgs,
    ) -> anyhow::Result<Step> {
        let named = repository.named(path);
        let text = self.attributes.as_deref().unwrap_or_default();
        let attributes =
            (!named.merge || !named.diff).then(|| attributes::with_line(text, &self.path));
        let has = |(key, value): &(String, String)| {
            let mut all = self
                .config
                .iter()
                .filter(|(of, _)| of.eq_ignore_ascii_case(key));
            all.next().is_some_and(|(_, is)| is == value) && all.next().is_none()
        };
        let mut set = wanted(&driver_command(how)?);
        set.retain(|entry| !has(entry));
        Ok(Step {
            attributes,
            set,
            remove: Vec::new(),
        })
    }

    fn uninstall(&self) -> Step {
        let text = self.attributes.as_deref().unwrap_or_default();
        let left = attributes::without_line(text, &self.path);
        // Other plans of the repository may be merged by loti, too.
        let mut remove = Vec::new();
        if !attributes::names_loti(&left) {
            remove = sections();
            remove.retain(|section| {
                let own = format!("{section}.");
                self.config.iter().any(|(key, _)| key.starts_with(&own))
            });
        }
        Step {
            attributes: (left != text).then_some(left),
            set: Vec::new(),
            remove,
        }
    }
}

/// What is to be written.
struct Step {
    /// The new text of `.gitattributes`, if it is to be another.
    attributes: Option<String>,
    /// Keys of git's configuration with their values.
    set: Vec<(String, String)>,
    /// Sections of git's configuration that are to go.
    remove: Vec<String>,
}

impl Step {
    fn is_empty(&self) -> bool {
        self.attributes.is_none() && self.set.is_empty() && self.remove.is_empty()
    }

    /// Returns what is written, in lines for whoever is to agree.
    fn told(&self, place: &Place) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(new) = &self.attributes {
            let old = place.attributes.as_deref().unwrap_or_default();
            told.push(".gitattributes, for everybody:".to_owned());
            let changed = |of: &str, other: &str, sign: &str| {
                let other: Vec<&str> = other.lines().collect();
                let lines = of.lines().filter(|line| !other.contains(line));
                lines
                    .map(|line| format!("  {sign} {line}"))
                    .collect::<Vec<_>>()
            };
            told.extend(changed(old, new, "-"));
            told.extend(changed(new, old, "+"));
        }
        if !self.set.is_empty() || !self.remove.is_empty() {
            told.push("git's configuration of this clone:".to_owned());
        }
        let set = self.set.iter();
        told.extend(set.map(|(key, value)| format!("  + {key} = {value}")));
        for section in &self.remove {
            let own = format!("{section}.");
            let keys = place.config.iter().filter(|(key, _)| key.starts_with(&own));
            told.extend(keys.map(|(key, value)| format!("  - {key} = {value}")));
        }
        told
    }

    fn write(&self, place: &Place) -> anyhow::Result<()> {
        // The configuration first: without it the line would be of no use.
        for (key, value) in &self.set {
            git(
                &place.top,
                ["config", "--local", "--replace-all", key, value],
            )?;
        }
        for section in &self.remove {
            git(
                &place.top,
                ["config", "--local", "--remove-section", section],
            )?;
        }
        let Some(new) = &self.attributes else {
            return Ok(());
        };
        let file = place.top.join(".gitattributes");
        match &place.attributes {
            None => store::create(&file, new)?,
            Some(_) if new.is_empty() => fs::remove_file(&file)?,
            Some(old) => replace(&file, old, new)?,
        }
        Ok(())
    }
}

/// The sections of git's configuration that are loti's own.
fn sections() -> Vec<String> {
    vec![
        format!("merge.{DRIVER}"),
        format!("merge.{DRIVER}-ancestor"),
        format!("diff.{DRIVER}"),
    ]
}

/// Returns what git's configuration is to say.
fn wanted(command: &str) -> Vec<(String, String)> {
    // What loti cannot merge, for whatever reason, git merges as if loti were not there; where it was
    // killed while it wrote, its draft goes.
    let or_git = "rm -f .%A.*.loti-tmp; \
                  git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B";
    let entries = [
        (
            format!("merge.{DRIVER}.name"),
            "the plan, key by key".to_owned(),
        ),
        (
            format!("merge.{DRIVER}.driver"),
            format!(
                "{command} -- %O %A %B %L %P %S %X %Y || {{ test $? -eq 1 && exit 1; {or_git}; }}"
            ),
        ),
        (
            format!("merge.{DRIVER}.recursive"),
            format!("{DRIVER}-ancestor"),
        ),
        (
            format!("merge.{DRIVER}-ancestor.name"),
            "the plan, where branches come from several commits".to_owned(),
        ),
        (
            format!("merge.{DRIVER}-ancestor.driver"),
            format!("{command} --ancestor -- %O %A %B || {{ {or_git}; }}"),
        ),
        (format!("diff.{DRIVER}.xfuncname"), headers()),
    ];
    entries.into()
}

/// Returns the pattern of lines that name what stands below them, for the heads of hunks.
fn headers() -> String {
    let tables = TableName::ALL.iter().filter_map(|table| table.root());
    let tables: Vec<_> = tables.collect();
    format!("^[[:space:]]*(\\[\\[?({})[].].*)$", tables.join("|"))
}

/// Returns how git is to call loti.
fn driver_command(how: &HowArgs) -> anyhow::Result<String> {
    let mut command = program()?;
    command.push_str(" merge driver");
    if let Some(prefer) = how.prefer.as_ref().and_then(PreferWord::to_possible_value) {
        command.push_str(" --prefer ");
        command.push_str(prefer.get_name());
    }
    if how.strict {
        command.push_str(" --strict");
    }
    Ok(command)
}

/// Returns how a shell finds this program: by its name, where that leads to it, else by its path.
fn program() -> anyhow::Result<String> {
    let own = env::current_exe().context("where loti lies is not known")?;
    let real = |path: &Path| fs::canonicalize(path).ok();
    let name = format!("loti{}", env::consts::EXE_SUFFIX);
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&folders)
        .map(|folder| folder.join(&name))
        .find(|path| path.is_file());
    if found.is_some_and(|found| real(&found) == real(&own)) {
        return Ok("loti".to_owned());
    }
    // A shell of Windows takes these, too.
    let path = own.to_string_lossy().replace('\\', "/");
    Ok(shell_word(&path).replace('%', "%%"))
}
