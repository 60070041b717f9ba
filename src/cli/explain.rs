use clap::Args;

use super::{Exit, Global, World};
use crate::check::pages;
use crate::render::{self, TERMS, Term};
use crate::text::{count, nearest};

/// Say what a word of the trade means, or a rule of `loti check`
///
///   loti explain                 all words, then all rules
///   loti explain key result      a word, in two sentences
///   loti explain no-owner        a rule, with an example
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ExplainArgs {
    /// The word or rule [default: list them]
    #[arg(value_name = "TERM")]
    term: Vec<String>,
}

pub(super) fn run(world: &mut World, _: &Global, args: &ExplainArgs) -> anyhow::Result<Exit> {
    let look = world.look;
    let out = &mut world.streams.out;
    if args.term.is_empty() {
        for Term { name, text } in TERMS {
            let first = text.split_inclusive(". ").next().unwrap_or(text).trim_end();
            render::term(out, name, first, look)?;
        }
        writeln!(out)?;
        render::rule_list(out, look)?;
        return Ok(Exit::Fine);
    }
    let wanted = args.term.join(" ");
    let same = |name: &str| is_meant(name, &wanted);
    let term = TERMS.iter().find(|term| same(term.name));
    let rule = pages().find(|page| same(page.rule.0));
    if let Some(Term { name, text }) = term {
        render::term(out, name, text, look)?;
    }
    if term.is_some() && rule.is_some() {
        writeln!(out)?;
    }
    if let Some(page) = rule {
        render::rule_page(out, page, look)?;
    }
    if term.is_some() || rule.is_some() {
        return Ok(Exit::Fine);
    }
    let names = TERMS.iter().map(|term| term.name);
    let rules = pages().map(|page| page.rule.0);
    let hint = match nearest(&wanted, names.chain(rules)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`loti explain` lists the words and rules".to_owned(),
    };
    anyhow::bail!("loti has no word or rule `{wanted}`\nhint: {hint}")
}

/// Other words for some of the terms.
const ALSO: &[(&str, &str)] = &[
    ("KR", "key result"),
    ("people", "person"),
    ("team", "person"),
    ("not heard of", "heard of"),
    ("course", "forecast"),
    ("on this course", "forecast"),
];

/// Returns whether a word as it was typed means a term or rule: in any case, in the plural, by
/// another word for it.
fn is_meant(name: &str, wanted: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    let plural = |word: &str| count(2, word).replacen("2 ", "", 1);
    let also = ALSO.iter().filter(|(_, term)| *term == name);
    let words = also.map(|(word, _)| *word).chain([name]);
    let wanted = plain(wanted);
    words
        .into_iter()
        .any(|word| plain(word) == wanted || plain(&plural(word)) == wanted)
}
