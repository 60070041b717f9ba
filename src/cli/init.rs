use anyhow::Context as _;
use chrono::{Months, NaiveDate};
use clap::Args;

use super::{Exit, Global, World, editor, plan_file};
use crate::render;
use crate::store;
use crate::text::{printable, shell_word};

/// Begin a plan: write a commented `okrs.toml` into this folder
///
/// `-f` names another file. Asks for what it needs at a terminal; without one, takes what it is
/// given and leaves the rest to you. Whoever can read the repository can read everything in the
/// file: `visibility` only says what is exported.
///
///   loti init
///   loti init -f team/okrs.toml
///   loti init --name "Harbour Library" --start 2024-07-15 --end 2024-10-15
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct InitArgs {
    /// What the plan is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The first day of its first cycle [default: today]
    #[arg(long, value_name = "DATE")]
    start: Option<NaiveDate>,
    /// The last day of its first cycle [default: three months on]
    #[arg(long, value_name = "DATE")]
    end: Option<NaiveDate>,
    /// Print the file and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(world: &mut World, global: &Global, args: &InitArgs) -> anyhow::Result<Exit> {
    plan_file::may_write(world)?;
    // An empty `LOTI_FILE` is one that was taken back.
    let named = global.file.as_deref().filter(|file| !file.is_empty());
    anyhow::ensure!(
        named != Some("-") || args.dry_run,
        "standard input is no place for a plan\nhint: `loti init --dry-run` prints it"
    );
    let file = named.unwrap_or(store::FILE_NAME);
    let path = world.folder.join(file);
    let then = named.map_or_else(String::new, |file| format!(" -f {}", shell_word(file)));
    anyhow::ensure!(
        args.dry_run || path.symlink_metadata().is_err(),
        "there is already {}\nhint: `loti status{then}` shows it",
        match named {
            Some(file) => format!("a file `{file}`"),
            None => format!("an `{file}` in this folder"),
        }
    );
    let asks = world.streams.is_interactive && !args.dry_run;
    let mut answers = Answers { world, asks };
    let name = answers.text("What is the plan called?", args.name.clone(), "Our plan")?;
    let (start, end) = answers.days(args)?;
    let text = plan(&name, start, end);
    if args.dry_run {
        world.streams.out.write_all(text.as_bytes())?;
        return Ok(Exit::Fine);
    }
    store::create(&path, &text)?;
    let wrote = format!("wrote {file}: {name}");
    writeln!(world.streams.out, "{}", printable(&wrote))?;
    let next = format!(
        "next: `loti status{then}` shows it, `loti explain okr` says what is what, and your editor \
         changes it; then `git add {}`",
        shell_word(file)
    );
    let look = world.err_look();
    for line in render::lines(&printable(&next), look) {
        world.say(&line);
    }
    Ok(Exit::Fine)
}

/// Asks, where there is somebody to ask.
struct Answers<'a> {
    world: &'a mut World,
    asks: bool,
}

impl Answers<'_> {
    fn text(
        &mut self,
        question: &str,
        given: Option<String>,
        default: &str,
    ) -> anyhow::Result<String> {
        match given {
            Some(given) => Ok(given),
            None if self.asks => self.ask(question, default),
            None => Ok(default.to_owned()),
        }
    }

    /// Returns the first and the last day of the plan's first cycle.
    fn days(&mut self, args: &InitArgs) -> anyhow::Result<(NaiveDate, NaiveDate)> {
        let mut first = self.world.today;
        loop {
            let start = self.day("Its first day?", args.start, first)?;
            let later = start
                .checked_add_months(Months::new(3))
                .and_then(|day| day.pred_opt());
            let end = self.day("Its last day?", args.end, later.unwrap_or(start))?;
            if start < end {
                return Ok((start, end));
            }
            let wrong = format!("a cycle ends after it starts: {start} to {end}");
            // Whoever typed one of the two types it again; what was given with the command stays.
            let is_typed = self.asks && (args.start.is_none() || args.end.is_none());
            anyhow::ensure!(is_typed, wrong);
            self.world.say(&wrong);
            first = start;
        }
    }

    fn day(
        &mut self,
        question: &str,
        given: Option<NaiveDate>,
        default: NaiveDate,
    ) -> anyhow::Result<NaiveDate> {
        if let Some(given) = given {
            return Ok(given);
        }
        if !self.asks {
            return Ok(default);
        }
        loop {
            match self.ask(question, &default.to_string())?.parse() {
                Ok(date) => return Ok(date),
                Err(_) => self.world.say("write a date such as 2024-07-15"),
            }
        }
    }

    fn ask(&mut self, question: &str, default: &str) -> anyhow::Result<String> {
        let answer = editor::line(self.world, &format!("{question} [{default}]"))?;
        let answer = answer.context("nothing was answered, and nothing is written")?;
        Ok(if answer.is_empty() {
            default.to_owned()
        } else {
            answer
        })
    }
}

fn plan(name: &str, start: NaiveDate, end: NaiveDate) -> String {
    let name = toml::Value::String(name.to_owned());
    format!(
        r#"# The plan as OKRs: what we want to be true, and how we will know.
# - An objective says what should be true; its key results say how one can tell.
# - Every header is an address: [kr.1] is `kr.1`, or just `1`.
# - status is not-started (when left out), on-track, at-risk, off-track, done or dropped.
# - Notes come last in a key result: a key written below a note would belong to the note.
# Where it stands: `loti status`. What a word means: `loti explain WORD`.

[plan]
name = {name}
owner = "team"     # whoever has no nearer owner
cadence = "weekly" # how often each key result is looked at

[cycle.first]
name = "First cycle"
start = {start}
end = {end}

# Who can own things: people, teams and roles. Add yours: `loti add person ana "Ana Lima"`.
[person.team]
name = "Our team"

[theme.first]
name = "Our first theme"

[objective.first]
theme = "first"
name = "Our first objective"
aim = "Say here, in a sentence, what will be true when it is reached"

# Without a measure a key result is a deliverable: 0 % until its status is done, then 100 %.
[kr.1]
objective = "first"
title = "Publish something that others wait for"

# With a target it is a metric: from baseline to target.
[kr.2]
objective = "first"
title = "Have twenty people use it each week"
baseline = 0
current = 0
target = 20
unit = "people a week"
"#
    )
}

#[cfg(test)]
mod tests {
    use super::plan;
    use crate::document::Document;
    use crate::text::Source;

    #[test]
    fn the_first_plan_reads_without_a_problem() {
        let day = |month| chrono::NaiveDate::from_ymd_opt(2024, month, 1).unwrap();
        let text = plan("A \"plan\" \\ of ours", day(7), day(9));
        let document = Document::read(Source::new("okrs.toml", text));
        assert_eq!(document.problems, []);
        assert_eq!(document.plan.name, "A \"plan\" \\ of ours");
    }
}
