//! What supports and needs what, as a graph for programs that draw them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

use crate::model::{Address, Plan};
use crate::render::look::one_line;
use crate::text::{printable, shorten};
use crate::view::Edition;

/// How much of a title a node holds.
const ROOM: usize = 60;

/// What is drawn: each thing that another one names or that names one, and the names.
struct Graph {
    /// The things, with their words.
    nodes: Vec<(Address, String)>,
    /// From which to which, by their numbers, and what the one does.
    edges: Vec<(usize, usize, &'static str)>,
}

impl Graph {
    fn new(edition: &Edition<'_>) -> Self {
        let plan = edition.board.plan;
        let mut graph = Self {
            nodes: Vec::new(),
            edges: Vec::new(),
        };
        let mut numbers = HashMap::new();
        let objectives = edition
            .board
            .themes
            .iter()
            .flat_map(|theme| &theme.objectives);
        let objectives = objectives.map(|group| {
            let at = Address::Objective(group.id.clone());
            (at, &group.objective.supports[..], &[][..])
        });
        let key_results = edition.board.rows().map(|row| {
            let own = row.key_result;
            let at = Address::KeyResult(row.id.clone());
            (at, &own.supports[..], &own.needs[..])
        });
        for (at, supports, needs) in objectives.chain(key_results) {
            let supports = supports.iter().map(|to| (to, "supports"));
            for (to, verb) in supports.chain(needs.iter().map(|to| (to, "needs"))) {
                let from = graph.node(&mut numbers, plan, &at);
                let to = graph.node(&mut numbers, plan, to);
                graph.edges.push((from, to, verb));
            }
        }
        graph
    }

    fn node(&mut self, numbers: &mut HashMap<Address, usize>, plan: &Plan, at: &Address) -> usize {
        *numbers.entry(at.clone()).or_insert_with(|| {
            let title = one_line(plan.title(at).unwrap_or_default());
            let words = format!("{at}: {}", shorten(&title, ROOM, "…"));
            self.nodes.push((at.clone(), words));
            self.nodes.len() - 1
        })
    }
}

/// Returns what is said before the graph: that it is not for everybody, how much is left out.
fn comments(edition: &Edition<'_>) -> Vec<String> {
    let internal = edition.internal().map(str::to_owned);
    internal.into_iter().chain(edition.not_shown()).collect()
}

/// Writes it for Graphviz.
pub fn dot(out: &mut dyn io::Write, edition: &Edition<'_>) -> io::Result<()> {
    let graph = Graph::new(edition);
    for said in comments(edition) {
        writeln!(out, "// {said}")?;
    }
    writeln!(out, "digraph plan {{")?;
    let name = one_line(&edition.board.plan.name);
    writeln!(out, "  graph [rankdir=LR, label={}];", quoted(&name))?;
    writeln!(
        out,
        "  node [shape=box, style=rounded, fontname=\"sans-serif\"];"
    )?;
    for (number, (_, words)) in graph.nodes.iter().enumerate() {
        writeln!(out, "  n{number} [label={}];", quoted(words))?;
    }
    for (from, to, verb) in &graph.edges {
        let style = if *verb == "needs" {
            ", style=dashed"
        } else {
            ""
        };
        writeln!(out, "  n{from} -> n{to} [label=\"{verb}\"{style}];")?;
    }
    writeln!(out, "}}")
}

/// Returns a text in quotes, in which nothing is a sequence or ends it.
fn quoted(text: &str) -> String {
    let text = printable(text).replace('\\', "\\\\").replace('"', "\\\"");
    // Graphviz reads `&lt;` as the letter that it stands for.
    format!("\"{}\"", text.replace('&', "&amp;"))
}

/// Writes it for Mermaid, which GitHub and GitLab draw in Markdown.
pub fn mermaid(out: &mut dyn io::Write, edition: &Edition<'_>) -> io::Result<()> {
    let graph = Graph::new(edition);
    for said in comments(edition) {
        writeln!(out, "%% {said}")?;
    }
    writeln!(out, "flowchart LR")?;
    for (number, (_, words)) in graph.nodes.iter().enumerate() {
        writeln!(out, "  n{number}[\"{}\"]", plain(words))?;
    }
    for (from, to, verb) in &graph.edges {
        let arrow = if *verb == "needs" {
            "-. needs .->"
        } else {
            "-- supports -->"
        };
        writeln!(out, "  n{from} {arrow} n{to}")?;
    }
    Ok(())
}

/// Returns a text in which nothing but letters, digits and a few signs stands as it is; Mermaid reads
/// the rest by its number.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in printable(text).chars() {
        if character.is_alphanumeric() || " .,:…·-–".contains(character) {
            plain.push(character);
        } else {
            let _ = write!(plain, "#{};", character as u32);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stays_a_label() {
        for (text, dot, mermaid) in [
            ("a b", "\"a b\"", "a b"),
            ("\"];x", "\"\\\"];x\"", "#34;#93;#59;x"),
            ("\\", "\"\\\\\"", "#92;"),
            ("\\N &lt;", "\"\\\\N &amp;lt;\"", "#92;N #38;lt#59;"),
            ("`**x**`", "\"`**x**`\"", "#96;#42;#42;x#42;#42;#96;"),
        ] {
            assert_eq!(quoted(text), dot);
            assert_eq!(plain(text), mermaid);
        }
    }
}
