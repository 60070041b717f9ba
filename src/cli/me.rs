//! Who sits here: the person of the plan whose mail address git would sign with.

use std::path::PathBuf;

use anyhow::Context as _;

use super::World;
use crate::git::{self, Signing};
use crate::history::Author;
use crate::model::{Id, Plan};
use crate::view::person_of;

/// Whoever types, as git knows them; git is asked only where that matters.
pub(super) struct Me {
    folder: PathBuf,
    signing: Signing,
}

impl Me {
    /// Takes what the world says of whoever types.
    pub(super) fn of(world: &World) -> Self {
        Self {
            folder: world.folder.clone(),
            signing: world.signing.clone(),
        }
    }

    /// Returns which person of the plan it is, where one is declared with git's mail address.
    pub(super) fn person(&self, plan: &Plan) -> Option<Id> {
        let mut persons = plan.persons.values();
        if !persons.any(|person| person.email.is_some()) {
            return None;
        }
        person_of(plan, &self.author()?).cloned()
    }

    /// Returns which person of the plan it is, or says what is missing.
    pub(super) fn known_person(&self, plan: &Plan) -> anyhow::Result<Id> {
        let author = self.author().context(
            "`--mine` finds you by git's mail address, and git knows none here\n\
             hint: `git config user.email YOU@EXAMPLE.ORG`, or name yourself: `--owner ID`",
        )?;
        person_of(plan, &author).cloned().with_context(|| {
            let email = &author.email;
            // Whoever goes by git's name is the likeliest; whoever has another address is not.
            let is_named = |id: &&Id| plan.persons[*id].name.as_ref() == Some(&author.name);
            let mut persons = plan.persons.keys();
            let likely = persons.clone().find(is_named);
            let unknown = persons.any(|id| plan.persons[id].email.is_none());
            let hint = match likely {
                Some(id) => format!("`loti set person.{id} email={email}` says who that is"),
                None if unknown => format!("`loti set person.ID email={email}` says who that is"),
                None => format!("`loti add person ID \"NAME\" email={email}` declares you"),
            };
            format!(
                "no person of the plan has git's mail address, {email}\n\
                 hint: {hint}; or name yourself: `--owner ID`"
            )
        })
    }

    fn author(&self) -> Option<Author> {
        git::user(&self.folder, &self.signing)
    }
}
