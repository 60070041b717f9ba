use std::fmt::Write as _;
use std::io;

use super::look::{Look, Tone};
use super::wrapped::wrapped;
use crate::check::{Family, Page, pages};
use crate::text::printable;

/// Writes a line for each rule, family by family.
pub fn rule_list(out: &mut dyn io::Write, look: Look) -> io::Result<()> {
    for family in Family::ALL {
        let title = format!("rules of {}", family.name());
        writeln!(out, "{}", look.paint(Tone::Strong, &title))?;
        for page in pages().filter(|page| page.family == family) {
            let level = page.level.word();
            let text = format!("{} ({level}): {}", page.rule, page.summary);
            wrapped(out, "  ", &text, look)?;
        }
    }
    Ok(())
}

/// Writes all that is to be said of a rule.
pub fn rule_page(out: &mut dyn io::Write, page: &Page, look: Look) -> io::Result<()> {
    let kind = format!(
        "{} (a rule of {}, by default: {})",
        page.rule,
        page.family.name(),
        page.level.word()
    );
    writeln!(out, "{}", look.paint(Tone::Strong, &kind))?;
    wrapped(out, "  ", page.summary, look)?;
    writeln!(out)?;
    wrapped(out, "  ", page.why, look)?;
    for (title, example) in examples(page) {
        writeln!(out, "\n  {title}:\n")?;
        for line in example.lines() {
            writeln!(out, "{}", format!("      {}", printable(line)).trim_end())?;
        }
    }
    writeln!(out)?;
    wrapped(out, "  ", &ways_out(page), look)
}

/// Returns the examples of a rule with what each is, in the order of reading.
fn examples(page: &Page) -> impl Iterator<Item = (&'static str, &'static str)> {
    let before = page.before().map(|before| ("Before", before));
    let both = [("Found in", page.bad), ("Mended", page.good)];
    before.into_iter().chain(both)
}

/// Says what can be done about a rule besides mending what it finds.
fn ways_out(page: &Page) -> String {
    let rule = page.rule;
    let mut words = match page.fix {
        Some(fix) => format!("`loti check --fix` {fix}. "),
        None => String::new(),
    };
    if page.is_fixed() {
        words.push_str("It is always an error: no other command reads such a file.");
        return words;
    }
    if page.family == Family::Change {
        let _ = write!(
            words,
            "What lets it pass is said by the plan as it was, not by the change: `levels = {{ {rule} \
             = \"warning\" }}` in its [check], or `allow = [{{ rule = \"{rule}\", why = \"…\" }}]` in \
             its table. For once, `--level {rule}=warning` or `--except {rule}` does."
        );
        return words;
    }
    if page.family == Family::Coaching {
        words.push_str(
            "Asked with `--coach`, or where `levels` makes more of it than advice; `coach = false` in \
             [check] keeps `add` and `checkin` quiet. ",
        );
    }
    let _ = write!(
        words,
        "For the whole plan, `levels = {{ {rule} = \"off\" }}` in [check] sets another level"
    );
    if page.can_be_allowed() {
        let _ = write!(
            words,
            "; at one place, `allow = [{{ rule = \"{rule}\", why = \"…\" }}]` in its table lets it \
             pass, with the reason that a reviewer will read"
        );
    }
    words.push('.');
    words
}

const HEAD: &str = "\
<!-- Written by `LOTI_UPDATE=1 cargo test --test it check` from the catalogue of rules in src/check. -->

# The rules of loti check

`loti check` looks at the plan as a reviewer would. Each rule has a name, a level, a reason and a way out; `loti explain
RULE` says what this page says. An **error** makes the check fail, a **warning** does so with `--strict`, **advice**
never does.

- **Levels** are set for the whole plan in `[check]`: `levels = { stale = \"error\", no-owner = \"off\" }`. For once,
  `--level stale=error` does the same, and `--only` and `--except` pick rules.
- **Against a revision**, `--against REV`, the rules of change hold the plan against what it was where `REV` and the
  change part. Their levels and allowances are those of the plan as it was: no change excuses itself.
- **An allowance** lets one finding pass at one place, with a reason that a reviewer will read: `allow = [{ rule =
  \"overdue\", why = \"The garage decides on 12 February.\" }]` in the table concerned; in `[check]` it holds for all. One
  that is not needed is a finding itself.
- **Examples** are looked at on 10 February 2024. Where one does not begin with `[plan]`, a plan with the cycle `q1` (the
  first quarter of 2024), the theme `reach` and the objective `outreach` stands above it. `Before` is the plan that a
  rule of change holds it against.
";

/// Returns the page of all rules as Markdown.
pub fn rules_reference() -> String {
    let mut page = HEAD.to_owned();
    for family in Family::ALL {
        let name = family.name();
        let _ = write!(page, "\n## Rules of {name}\n\n{}\n\n", family.about());
        page.push_str("| rule | level | finds |\n| --- | --- | --- |\n");
        let rules = || pages().filter(|page| page.family == family);
        for rule in rules() {
            let (name, level) = (rule.rule, rule.level.word());
            let _ = writeln!(page, "| [`{name}`](#{name}) | {level} | {} |", rule.summary);
        }
        for rule in rules() {
            let Page {
                rule: name,
                summary,
                why,
                ..
            } = rule;
            let _ = write!(page, "\n### {name}\n\n{summary} {why}\n\n");
            for (title, example) in examples(rule) {
                let language = if rule.is_of_clone() { "ini" } else { "toml" };
                let shown = shown(example);
                let _ = write!(page, "{title}:\n\n```{language}\n{shown}```\n\n");
            }
            let _ = writeln!(page, "{}", ways_out(rule));
        }
    }
    page
}

/// An example may hold characters that nobody would see.
fn shown(example: &str) -> String {
    let lines = example.lines().map(|line| format!("{}\n", printable(line)));
    lines.collect()
}
