use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::filters::Filters;
use super::{Exit, Global, World, plan_file};
use crate::render::json;
use crate::render::remind::{Mail, as_markdown, eml, is_address, mailto, mbox, text};
use crate::store;
use crate::text::{count, join};
use crate::view::{Reminder, cycles_at_work, ended_lately, remind};

/// Say who owes what: check-ins that are due, dates that are past, check-ins to be answered
///
/// Made for a scheduled job: where nobody owes anything it says nothing at all. `--owner` and `--mine`
/// choose whose reminders these are; the other filters, of which key results. Mails go to whoever has
/// an `email` in the plan; loti writes them and sends none.
///
///   loti remind
///   loti remind --format markdown --mention      the text of an issue
///   loti remind --format mailto --owner ana      an address that opens a mail program
///   loti remind --eml reminders --from okrs@example.org
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct RemindArgs {
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Form,
    /// Call persons by their `github` account in Markdown, so that the site tells them
    #[arg(long)]
    mention: bool,
    /// Write a mail for each person into a folder, as DAY-PERSON.eml
    #[arg(long, value_name = "FOLDER", conflicts_with = "format")]
    eml: Option<PathBuf>,
    /// Whom mails come from [default: nobody, they are drafts to be sent]
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    #[command(flatten)]
    filters: Filters,
}

/// In which form reminders are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    #[default]
    Text,
    /// For an issue or a comment
    Markdown,
    /// For programs; everything, with a version
    Json,
    /// Addresses that open a mail program, one a line
    Mailto,
    /// A box of mails
    Mbox,
}

pub(super) fn run(world: &mut World, global: &Global, args: &RemindArgs) -> anyhow::Result<Exit> {
    if let Some(from) = &args.from {
        anyhow::ensure!(is_address(from), "`{from}` is no mail address");
    }
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let cycles = if global.cycle.is_some() {
        vec![&cycle]
    } else {
        let mut cycles = cycles_at_work(plan, &cycle, world.today);
        // What was said at the end of one waits for its answer as well.
        let others = ended_lately(plan, world.today);
        cycles.extend(others.filter(|id| *id != &cycle));
        cycles
    };
    let mut filter = args.filters.filter(world, plan)?;
    // A reviewer owes an answer to what somebody else owns.
    let wanted = std::mem::take(&mut filter.owners);
    let today = world.today;
    let mut reminders = remind(plan, &cycles, &filter, today);
    reminders.retain(|own| wanted.is_empty() || wanted.iter().any(|id| own.id == Some(id)));
    let out = &mut world.streams.out;
    match args.format {
        Form::Json => json::remind(out, plan, &reminders, today)?,
        Form::Markdown => as_markdown(out, &reminders, today, args.mention)?,
        Form::Text if args.eml.is_none() => text(out, &reminders, today, world.look)?,
        form => {
            let mail = |own| Mail::new(plan, own, args.from.as_deref(), today);
            let mails: Vec<_> = reminders.iter().filter_map(mail).collect();
            say_unreached(world, &reminders, &mails);
            if let Some(folder) = &args.eml {
                write_each(world, folder, &mails)?;
            }
            let out = &mut world.streams.out;
            for mail in &mails {
                match form {
                    Form::Mailto => mailto(out, mail)?,
                    Form::Mbox => mbox(out, mail)?,
                    _ => {}
                }
            }
        }
    }
    Ok(Exit::Fine)
}

/// Writes each mail into a file of its own.
fn write_each(world: &mut World, folder: &Path, mails: &[Mail<'_>]) -> anyhow::Result<()> {
    if mails.is_empty() {
        return Ok(());
    }
    let full = world.folder.join(folder);
    std::fs::create_dir_all(&full)
        .with_context(|| format!("the folder `{}` cannot be made", folder.display()))?;
    for mail in mails {
        let name = format!("{}-{}.eml", mail.day, mail.id);
        store::write(&full.join(name), &eml(mail))?;
    }
    let mails = count(mails.len(), "mail");
    world.say(&format!("{mails} written into {}", folder.display()));
    Ok(())
}

/// Says who owes something and gets no mail.
fn say_unreached(world: &mut World, reminders: &[Reminder<'_>], mails: &[Mail<'_>]) {
    let is_reached = |own: &&Reminder<'_>| mails.iter().any(|mail| Some(mail.id) == own.id);
    let unreached: Vec<_> = reminders.iter().filter(|own| !is_reached(own)).collect();
    let names = unreached.iter().map(|own| own.name);
    if unreached.is_empty() {
        return;
    }
    world.say(&format!("no mail for {}: no address is known", join(names)));
    for own in &unreached {
        let email = own.person.and_then(|person| person.email.as_deref());
        if let Some(email) = email {
            world.say(&format!(
                "note: `{email}` of {} is no mail address",
                own.name
            ));
        }
    }
    if let Some(id) = unreached.iter().find_map(|own| own.person.and(own.id)) {
        world.say(&format!("hint: `loti set person.{id} email=…` says it"));
    }
}
