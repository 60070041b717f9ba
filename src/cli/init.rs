use std::io::BufRead as _;

use chrono::{Months, NaiveDate};
use clap::Args;

use super::{Exit, Global, World};
use crate::store;
use crate::text::printable;

/// Begin a plan: write a commented `okrs.toml` into this folder
///
/// Asks for what it needs at a terminal; without one, takes what it is given and leaves the rest to
/// you. Whoever can read the repository can read everything in the file: `visibility` only says what
/// is exported.
///
///   loti init
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

pub(super) fn run(world: &mut World, _: &Global, args: &InitArgs) -> anyhow::Result<Exit> {
    let path = world.folder.join(store::FILE_NAME);
    anyhow::ensure!(
        args.dry_run || !path.exists(),
        "there is already an `{}` in this folder\nhint: `loti status` shows it",
        store::FILE_NAME
    );
    let asks = world.streams.is_interactive && !args.dry_run;
    let mut answers = Answers { world, asks };
    let name = answers.text("What is the plan called?", args.name.clone(), "Our plan")?;
    let today = answers.world.today;
    let start = answers.date("Its first day?", args.start, today)?;
    let later = start
        .checked_add_months(Months::new(3))
        .and_then(|day| day.pred_opt());
    let end = answers.date("Its last day?", args.end, later.unwrap_or(start))?;
    anyhow::ensure!(
        start < end,
        "a cycle ends after it starts: {start} to {end}"
    );
    let text = plan(&name, start, end);
    if args.dry_run {
        world.streams.out.write_all(text.as_bytes())?;
        return Ok(Exit::Fine);
    }
    store::create(&path, &text)?;
    writeln!(world.streams.out, "wrote okrs.toml: {}", printable(&name))?;
    world.say(
        "next: `loti status` shows it, `loti explain okr` says what is what, and your editor\n\
         changes it; then `git add okrs.toml`",
    );
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

    fn date(
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
        write!(self.world.streams.err, "{question} [{default}] ")?;
        self.world.streams.err.flush()?;
        let mut line = String::new();
        let read = std::io::BufReader::with_capacity(1, &mut self.world.streams.input)
            .read_line(&mut line)?;
        anyhow::ensure!(read > 0, "nothing was answered, and nothing is written");
        let answer = line.trim();
        Ok(if answer.is_empty() { default } else { answer }.to_owned())
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
