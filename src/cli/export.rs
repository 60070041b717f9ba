//! `loti export`: what the forms have in common, with a file for each of them.

mod csv;
mod graph;
mod html;
mod icalendar;
mod json;
mod manuscript;
mod markdown;
mod output;
mod prepared;
mod site;
mod svg;

use clap::{Args, Subcommand};

use super::{Exit, Global, World};

pub(super) use manuscript::Manuscript;
pub(super) use output::Output;
pub(super) use prepared::Prepared;

/// Write the plan for others to read: a page, a table, a calendar, a picture
///
/// Every form is for the public: what is private is left out with all that names it, what is to be seen
/// in outline shows its title, its aim, its day and its status, and notes and people are shown only
/// where `publish` in `[plan]` says so. Counts and progress are of what is shown. `--internal` shows
/// everything, and says so in what it writes.
///
///   loti export markdown --update README.md
///   loti export ics --alarm 7d -o okrs.ics
///   loti export json | jq .counts
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum Form {
    Html(html::HtmlArgs),
    Markdown(markdown::MarkdownArgs),
    Csv(csv::CsvArgs),
    Json(json::JsonArgs),
    Ics(icalendar::IcsArgs),
    Svg(svg::SvgArgs),
    Dot(graph::DotArgs),
    Mermaid(graph::MermaidArgs),
    Site(site::SiteArgs),
}

pub(super) fn run(world: &mut World, global: &Global, args: &ExportArgs) -> anyhow::Result<Exit> {
    match &args.form {
        Form::Html(args) => html::run(world, global, args),
        Form::Markdown(args) => markdown::run(world, global, args),
        Form::Csv(args) => csv::run(world, global, args),
        Form::Json(args) => json::run(world, global, args),
        Form::Ics(args) => icalendar::run(world, global, args),
        Form::Svg(args) => svg::run(world, global, args),
        Form::Dot(args) => graph::dot(world, global, args),
        Form::Mermaid(args) => graph::mermaid(world, global, args),
        Form::Site(args) => site::run(world, global, args),
    }
}
