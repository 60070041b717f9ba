use std::path::Path;

use anyhow::Context as _;
use clap::Args;

use super::markers::Sides;
use super::situation::Situation;
use super::{HowArgs, one_line, replace, tell_conflicts, tell_notices};
use crate::change::merge::{Conflict, Marks, Merged, Part, Side, Texts};
use crate::cli::write::show_patch;
use crate::cli::{Exit, World, editor, plan_file};
use crate::document::Document;
use crate::git::{self, Id, Repository, Stages, TreePath};
use crate::store;
use crate::text::{Source, count, join, marked_conflicts, printable, shell_word};

/// Merge the plan where git stopped in the middle, or where conflict markers stand in it
///
/// In a merge, rebase, cherry-pick, revert or stash pop the three versions are git's own. Where there
/// is no such thing, as after a commit of an unfinished merge, both sides are read out of the markers.
/// What is left is asked at a terminal; without one it is marked. Ends with 1 where something is.
///
///   loti merge resolve
///   loti merge resolve --dry-run
///   loti merge resolve --prefer theirs
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ResolveArgs {
    /// Print the change as a patch, ask nothing and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    how: HowArgs,
}

pub(super) fn run(world: &mut World, args: &ResolveArgs) -> anyhow::Result<Exit> {
    plan_file::may_write(world)?;
    let path = plan_file::path(world)?.context(
        "a plan from standard input is no file that git could have stopped at\n\
         hint: name the file: `-f okrs.toml`",
    )?;
    let name = plan_file::shown(world, &path);
    let full = world.folder.join(&path);
    let stopped = Stopped::find(&full)?;
    if let Some(stopped) = &stopped {
        stopped.refuse_removed(&name)?;
    }
    let text = store::read(&path)?;
    let has_markers = !marked_conflicts(&text).is_empty();
    let situation = stopped.as_ref().map(|stopped| &stopped.situation);
    let task = match &stopped {
        Some(stopped) if stopped.is_untouched(&text)? => Task::of_index(stopped)?,
        _ if has_markers => Task::of_markers(world, args, &text, stopped.as_ref())?,
        Some(stopped) => {
            world.say(&format!("{name} holds no conflict any more"));
            next(world, &stopped.situation, &name);
            return Ok(Exit::Fine);
        }
        None => {
            world.say(&format!("nothing to merge: {name} holds no conflict"));
            return Ok(Exit::Fine);
        }
    };
    for line in &task.said {
        world.say(&one_line(line));
    }
    let mut merged = args.how.merge(world, task.texts());
    let asks = world.streams.is_interactive && !args.dry_run;
    let found = marked(&merged);
    tell_notices(world, &name, &merged);
    if asks {
        decide(world, &mut merged, &task)?;
    } else {
        tell_conflicts(world, &name, &merged);
    }
    let base = git::marks_base(full.parent().unwrap_or(Path::new("")));
    let new = merged.text(&Marks {
        size: 7,
        ours: &task.names.0,
        base: base.then_some("base"),
        theirs: &task.names.1,
    });
    let new = like(&text, new);
    if args.dry_run {
        show_patch(world, Some(&path), &text, &new)?;
        return Ok(args.how.exit(found, &merged.notices));
    }
    replace(&path, &text, &new)?;
    let left = marked(&merged);
    let said = said(&name, found, left);
    writeln!(world.streams.out, "{}", printable(&said))?;
    if left > 0 {
        world.say(
            "next: settle what is marked in the file, or `loti merge resolve` again at a terminal",
        );
    } else {
        look_at(world, &name, &new);
        match situation {
            Some(situation) => next(world, situation, &name),
            None => world.say(&format!(
                "next: look at it (`git diff`), then commit {}",
                shell_word(&name)
            )),
        }
    }
    Ok(args.how.exit(left, &merged.notices))
}

/// A file that git waits for.
struct Stopped {
    repository: Repository,
    path: TreePath,
    stages: Stages,
    situation: Situation,
}

impl Stopped {
    /// Asks git's index; outside of a repository, and where the file is merged, there is none.
    fn find(file: &Path) -> anyhow::Result<Option<Self>> {
        let Ok((repository, path)) = Repository::holding(file) else {
            return Ok(None);
        };
        let Some(stages) = repository.stages(&path)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            situation: Situation::of(&repository, stages.others),
            repository,
            path,
            stages,
        }))
    }

    /// Says no where one side removed the whole plan: there is nothing to be merged key by key.
    fn refuse_removed(&self, name: &str) -> anyhow::Result<()> {
        let (removed, kept) = match (self.stages.ours, self.stages.theirs) {
            (Some(_), Some(_)) => return Ok(()),
            (None, None) => ("both sides", "neither"),
            (None, Some(_)) => ("our side", "theirs"),
            (Some(_), None) => ("their side", "ours"),
        };
        let whose = self.situation.whose();
        let word = shell_word(name);
        anyhow::bail!(
            "{removed} removed or renamed {name}, and {kept} changed it: {whose}\n\
             hint: `git add {word}` keeps it, `git rm {word}` lets it go"
        )
    }

    /// Returns whether nobody changed the file since the merge stopped, so that nothing of it would be
    /// lost.
    fn is_untouched(&self, text: &str) -> anyhow::Result<bool> {
        let left = match self.repository.left_by_merge(&self.path) {
            Some(left) => Some(left),
            // A merge by a driver that could not be run leaves our side as it was.
            None => self.stages.ours,
        };
        let left = left.map(|left| self.read(left)).transpose()?;
        Ok(left.is_some_and(|left| left.replace("\r\n", "\n") == text.replace("\r\n", "\n")))
    }

    fn read(&self, version: Id) -> anyhow::Result<String> {
        let mut bytes = Vec::new();
        self.repository.read(version, &mut bytes)?;
        let name = format!("{} in git's index", self.path);
        Ok(store::read_from(bytes.as_slice(), &name)?)
    }

    fn read_or_empty(&self, version: Option<Id>) -> anyhow::Result<String> {
        version.map_or_else(|| Ok(String::new()), |version| self.read(version))
    }
}

/// What is to be merged.
struct Task {
    base: String,
    ours: String,
    theirs: String,
    /// What our side and theirs are called.
    names: (String, String),
    /// What is to be known of it, in lines.
    said: Vec<String>,
}

impl Task {
    fn of_index(stopped: &Stopped) -> anyhow::Result<Self> {
        Ok(Self {
            base: stopped.read_or_empty(stopped.stages.base)?,
            ours: stopped.read_or_empty(stopped.stages.ours)?,
            theirs: stopped.read_or_empty(stopped.stages.theirs)?,
            names: stopped.situation.names(),
            said: vec![stopped.situation.whose()],
        })
    }

    /// Reads both sides out of the markers, and keeps what was done by hand round them.
    fn of_markers(
        world: &World,
        args: &ResolveArgs,
        text: &str,
        stopped: Option<&Stopped>,
    ) -> anyhow::Result<Self> {
        let sides = Sides::read(world, &args.how, text).context("no conflict is marked")?;
        let (ours, theirs) = &sides.names;
        let mut said = Vec::new();
        let mut base = sides.base;
        if let Some(stopped) = stopped {
            said.push(stopped.situation.whose());
            said.push(
                "the file was changed since git stopped: what was done by hand is kept, and both \
                 sides are read out of the markers that are left"
                    .to_owned(),
            );
            base = stopped.read_or_empty(stopped.stages.base)?;
        } else {
            said.push(format!(
                "git waits for no merge here: both sides are read out of the markers; ours is \
                 {ours}, theirs is {theirs}"
            ));
            if sides.unknown > 0 {
                said.push(format!(
                    "in {} the markers do not say what stood there before: what only one side has \
                     is kept, though the other may have taken it out",
                    count(sides.unknown, "conflict")
                ));
            }
        }
        Ok(Self {
            base,
            ours: sides.ours,
            theirs: sides.theirs,
            names: sides.names,
            said,
        })
    }

    fn texts(&self) -> Texts<'_> {
        Texts {
            base: &self.base,
            ours: &self.ours,
            theirs: &self.theirs,
        }
    }
}

/// Asks what is to become of each place that is marked.
fn decide(world: &mut World, merged: &mut Merged, task: &Task) -> anyhow::Result<()> {
    let total = marked(merged);
    let mut number = 0;
    let parts = std::mem::take(&mut merged.parts);
    let mut is_asking = true;
    for part in parts {
        let Part::Conflict { label, .. } = &part else {
            merged.parts.push(part);
            continue;
        };
        number += 1;
        let mut answer = Answer::Leave;
        if is_asking {
            let about = about(&merged.conflicts, label);
            world.message(&format!("conflict {number} of {total}: {about}"));
            answer = ask(world, &part, task)?;
        }
        is_asking &= !matches!(answer, Answer::Stop);
        merged.parts.push(match answer {
            Answer::Lines(lines) => Part::Text(lines),
            Answer::Leave | Answer::Stop => part,
        });
    }
    Ok(())
}

/// Returns how many places are marked.
fn marked(merged: &Merged) -> usize {
    let parts = merged.parts.iter();
    parts
        .filter(|part| matches!(part, Part::Conflict { .. }))
        .count()
}

/// Says what a marked place is about: in one place several keys may be.
fn about(conflicts: &[Conflict], label: &str) -> String {
    let mut own = conflicts.iter().filter(|one| one.place() == label);
    match (own.next(), own.next()) {
        (Some(one), None) => one_line(&one.to_string()),
        _ if label.is_empty() => "both changed the same lines".to_owned(),
        _ => one_line(label),
    }
}

/// What somebody wants to become of a conflict.
enum Answer {
    /// These lines stand.
    Lines(String),
    /// It stays marked.
    Leave,
    /// It stays marked, and so do all that follow.
    Stop,
}

fn ask(world: &mut World, part: &Part, task: &Task) -> anyhow::Result<Answer> {
    let (ours, theirs) = &task.names;
    for (side, name) in [
        (Side::Base, ""),
        (Side::Ours, &**ours),
        (Side::Theirs, &**theirs),
    ] {
        let word = match side {
            Side::Base => "before".to_owned(),
            Side::Ours => format!("ours, {name}"),
            Side::Theirs => format!("theirs, {name}"),
        };
        show(world, &one_line(&word), part.side(side));
    }
    loop {
        let question = "[o]urs, [t]heirs, [e]dit, [l]eave it marked, [q]uit asking?";
        let Some(answer) = editor::line(world, question)? else {
            return Ok(Answer::Stop);
        };
        return Ok(match answer.to_lowercase().as_str() {
            "o" | "ours" => Answer::Lines(part.side(Side::Ours).to_owned()),
            "t" | "theirs" => Answer::Lines(part.side(Side::Theirs).to_owned()),
            "l" | "leave" => Answer::Leave,
            "q" | "quit" => Answer::Stop,
            "e" | "edit" => match edited(world, part, task) {
                Ok(Some(lines)) => Answer::Lines(lines),
                Ok(None) => {
                    world.message("markers are still there: take them out, or choose a side");
                    continue;
                }
                Err(error) => {
                    world.message(&format!("error: {error:#}"));
                    continue;
                }
            },
            _ => continue,
        });
    }
}

/// Shows the lines of a side.
fn show(world: &mut World, name: &str, lines: &str) {
    /// What is longer is looked at in the editor.
    const MOST: usize = 12;

    if lines.trim().is_empty() {
        world.message(&format!("  {name}: nothing"));
        return;
    }
    world.message(&format!("  {name}:"));
    for line in lines.trim_end().lines().take(MOST) {
        world.message(&format!("    {line}"));
    }
    let more = lines.trim_end().lines().count().saturating_sub(MOST);
    if more > 0 {
        world.message(&format!("    {}", count(more, "more line")));
    }
}

/// Lets both sides be edited into one; none, where they are still marked.
fn edited(world: &World, part: &Part, task: &Task) -> anyhow::Result<Option<String>> {
    let one = Merged {
        parts: vec![part.clone()],
        ..Merged::default()
    };
    let marked = one.text(&Marks {
        size: 7,
        ours: &task.names.0,
        base: Some("before"),
        theirs: &task.names.1,
    });
    let mut lines = editor::ask(world, &marked, ".toml", "choose a side")?;
    if !lines.is_empty() && !lines.ends_with('\n') {
        lines.push('\n');
    }
    Ok(marked_conflicts(&lines).is_empty().then_some(lines))
}

/// Returns the new text with the line endings of the file, which may not be those of git's versions.
fn like(text: &str, new: String) -> String {
    if text.contains("\r\n") && !new.contains("\r\n") {
        return new.replace('\n', "\r\n");
    }
    new
}

/// Says what became of the conflicts.
fn said(name: &str, found: usize, left: usize) -> String {
    let decided = found - left;
    let parts = [(decided, "decided by you"), (left, "left marked")];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<_> = parts
        .map(|(number, what)| format!("{} {what}", count(number, "conflict")))
        .collect();
    if parts.is_empty() {
        return format!("{name}: merged, nothing is left to decide");
    }
    format!("{name}: merged, {}", join(parts))
}

/// Says what is wrong with the plan now, if anything.
fn look_at(world: &mut World, name: &str, text: &str) {
    let document = Document::read(Source::new(name, text));
    let problems = document.refusals().count();
    if problems > 0 {
        world.say(&format!(
            "{name} has {} now: `loti check` shows them",
            count(problems, "problem")
        ));
    }
}

fn next(world: &mut World, situation: &Situation, name: &str) {
    world.say(&format!("next: {}", situation.next(name)));
}
