use clap::Args;

use super::{Exit, Global, World};
use crate::render::{self, TERMS, Term};
use crate::text::nearest;

/// Say what a word of the trade means, in two sentences
///
///   loti explain                 all words
///   loti explain key result
///   loti explain guardrail
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ExplainArgs {
    /// The word [default: list them]
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
        return Ok(Exit::Fine);
    }
    let wanted = args.term.join(" ");
    let same = |name: &str| {
        let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
        plain(name) == plain(&wanted)
            || plain(name) == plain(wanted.trim_end_matches('s'))
            || (plain(&wanted) == "kr" && name == "key result")
    };
    if let Some(Term { name, text }) = TERMS.iter().find(|term| same(term.name)) {
        render::term(out, name, text, look)?;
        return Ok(Exit::Fine);
    }
    let hint = match nearest(&wanted, TERMS.iter().map(|term| term.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`loti explain` lists the words".to_owned(),
    };
    anyhow::bail!("loti has no word `{wanted}`\nhint: {hint}")
}
