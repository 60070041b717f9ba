use std::path::Path;

use clap::{Args, ValueEnum};

use super::base::Base;
use super::{Exit, Global, World, mend, plan_file};
use crate::check::{
    Facts, Family, Level, Levels, Wish, check, check_against, not_text, page, pages,
};
use crate::diagnostic::Rule;
use crate::document::Document;
use crate::git::lacks_driver;
use crate::render::findings;
use crate::store::ReadError;
use crate::text::{Source, alternatives, nearest};

/// Check the plan as a reviewer would
///
///   loti check                       everything, with what to do about it
///   loti check --strict              warnings count too
///   loti check --only overdue,stale  these rules alone; `--except` leaves some out
///   loti check --level stale=error   a level for this once; `[check]` sets it for good
///   loti check --against main        what the change takes back, too: a later day, a lower target
///   loti check --coach               what a coach would ask, too
///   loti check --fix                 write what has one right answer, then say what is left
///   loti check --fix --dry-run       the same as a patch, and nothing is written
///   loti explain overdue             what a rule is about
///
/// With `--against`, the plan is held against what it was where it and the revision part. Levels and
/// allowances of those rules are the ones of then, so that no change excuses itself.
///
/// Ends with 0 where all is well, 1 where something has to be mended, 2 where it could not look. With
/// `--fix` that is said of the mended plan; with `--dry-run`, of the plan as it is.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CheckArgs {
    /// Hold the plan against what it was where it and a revision part: the branch it is to go into
    #[arg(long, value_name = "REV|DATE")]
    against: Option<String>,
    /// Write what has one right answer into the file, line by line, then check the rest
    ///
    /// Mends misspelt keys and words that are near to one other, dates, numbers, `true` and `false`
    /// in quotes, and unseen characters. Leaves everything else as it is, byte for byte. A plan from
    /// standard input goes mended to standard output, and what is left to standard error.
    #[arg(long)]
    fix: bool,
    /// With `--fix`: print the change as a patch and write nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["format", "max_findings", "against"])]
    dry_run: bool,
    /// The level of a rule for this once: off, advice, warning or error
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = level)]
    level: Vec<(Rule, Level)>,
    /// Look at these rules only, with commas between them
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    only: Vec<Rule>,
    /// Leave these rules out, with commas between them
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    except: Vec<Rule>,
    /// Say what a coach would ask, too: advice, which makes no check fail
    #[arg(long)]
    coach: bool,
    /// Let warnings count as errors do
    #[arg(long)]
    strict: bool,
    /// Show so many findings at most
    #[arg(long, value_name = "NUMBER")]
    max_findings: Option<usize>,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: CheckFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    #[default]
    Human,
    /// For programs; everything, with a version
    Json,
    /// Marks in the changed files of a GitHub workflow
    Github,
    /// A code quality report for GitLab
    Gitlab,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Test results, a test for each rule
    Junit,
    /// A summary for a comment or a job
    Markdown,
}

pub(super) fn run(world: &mut World, _: &Global, args: &CheckArgs) -> anyhow::Result<Exit> {
    let wish = Wish {
        levels: args.level.clone(),
        only: args.only.clone(),
        except: args.except.clone(),
        coach: args.coach,
    };
    if args.against.is_none() {
        refuse_alone(&args.only)?;
    }
    // From a pipe to a pipe the answer is the mended plan, and what is left is said beside it.
    let is_filter = args.fix && !args.dry_run && plan_file::path(world)?.is_none();
    anyhow::ensure!(
        !is_filter || args.format == CheckFormat::Human,
        "`--fix` answers with the plan itself where that comes from standard input: \
         pipe it on to `loti check -f - --format …`"
    );
    let read = match (args.fix, args.dry_run) {
        (false, _) => plan_file::source(world).map(Document::read),
        (true, true) => mend::preview(world, &wish),
        (true, false) => mend::mend(world, &wish),
    };
    let (document, bad_byte) = match read {
        Ok(document) => (document, None),
        Err(error) => text_before(world, error)?,
    };
    let base = match &args.against {
        Some(revision) if bad_byte.is_none() => Base::find(world, revision, &document.plan)?,
        _ => None,
    };
    let levels = match &base {
        Some(base) => Levels::against(base.plan(), &document.plan, &wish),
        None => Levels::new(&document.plan, &wish),
    };
    let facts = facts(world)?;
    let mut report = match (bad_byte, &base) {
        (Some(byte), _) => not_text(&document.source, byte),
        (None, Some(base)) => check_against(&document, &base.view(), &levels, facts),
        (None, None) => check(&document, &levels, facts),
    };
    let fails = report.fails(args.strict);
    if args.fix {
        report.forget_fixes();
    }
    if let Some(most) = args.max_findings {
        report.shorten(most);
    }
    let is_wanted = !world.quiet || args.format != CheckFormat::Human;
    if is_wanted && (!args.dry_run || bad_byte.is_some()) {
        let look = if is_filter {
            world.err_look()
        } else {
            world.look
        };
        let out = if is_filter {
            &mut world.streams.err
        } else {
            &mut world.streams.out
        };
        match args.format {
            CheckFormat::Human => findings::human(out, &report, look)?,
            CheckFormat::Json => findings::json(out, &report)?,
            CheckFormat::Github => findings::github(out, &report)?,
            CheckFormat::Gitlab => findings::gitlab(out, &report)?,
            CheckFormat::Sarif => findings::sarif(out, &report)?,
            CheckFormat::Junit => findings::junit(out, &report, &levels, args.strict)?,
            CheckFormat::Markdown => findings::markdown(out, &report)?,
        }
    }
    Ok(if fails { Exit::Finding } else { Exit::Fine })
}

/// Returns what the check has to know beside the plan.
fn facts(world: &World) -> anyhow::Result<Facts> {
    let file = match &world.at {
        None if !world.is_ci => plan_file::path(world)?,
        _ => None,
    };
    Ok(Facts {
        today: world.today,
        lacks_driver: file.is_some_and(|file| lacks_driver(&world.folder.join(file))),
    })
}

/// Refuses to look only at rules that have nothing to look at.
fn refuse_alone(only: &[Rule]) -> anyhow::Result<()> {
    let is_of_change =
        |rule: &&Rule| page(rule.0).is_some_and(|page| page.family == Family::Change);
    if let Some(rule) = only.iter().find(is_of_change) {
        anyhow::bail!(
            "`{rule}` looks at what a change takes back\n\
             hint: say what the plan is to be held against: `--against main`"
        );
    }
    Ok(())
}

/// Returns what stands in a file before the first byte that is no text, and that byte: a file like
/// that is a finding, any other that cannot be read a failure.
fn text_before(world: &World, error: anyhow::Error) -> anyhow::Result<(Document, Option<u8>)> {
    match error.downcast()? {
        ReadError::NotUtf8 {
            name, byte, before, ..
        } => {
            let name = plan_file::shown(world, Path::new(&name));
            Ok((Document::read(Source::new(name, before)), Some(byte)))
        }
        other => Err(other.into()),
    }
}

/// Reads the name of a rule.
fn rule(name: &str) -> Result<Rule, String> {
    if let Some(page) = page(name) {
        return Ok(page.rule);
    }
    Err(match nearest(name, pages().map(|page| page.rule.0)) {
        Some(near) => format!("there is no rule `{name}`: did you mean `{near}`?"),
        None => format!("there is no rule `{name}`: `loti explain` lists them"),
    })
}

/// Reads a rule and its level.
fn level(words: &str) -> Result<(Rule, Level), String> {
    let Some((name, word)) = words.split_once('=') else {
        return Err("expected a rule and its level, such as stale=error".to_owned());
    };
    let rule = rule(name)?;
    let level = Level::parse(word).ok_or_else(|| {
        let words = Level::ALL.map(|level| level.word().to_owned());
        format!("expected {}", alternatives(words))
    })?;
    Ok((rule, level))
}
