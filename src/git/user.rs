use std::path::Path;

use gix::bstr::{BString, ByteSlice as _};
use gix::discover::upwards;
use gix::open::{Options, Permissions, permissions};
use gix::sec::{Permission, Trust, trust};

use crate::history::Author;

/// What the environment says of who makes a commit, which counts before what is configured.
#[derive(Debug, Clone, Default)]
pub struct Signing {
    /// `GIT_AUTHOR_NAME`.
    pub author_name: Option<String>,
    /// `GIT_AUTHOR_EMAIL`.
    pub author_email: Option<String>,
    /// `EMAIL`, which counts where nothing else says one.
    pub email: Option<String>,
}

/// Returns the person that git would make a commit as, in a folder: by the configuration of its
/// repository, if it is in one, of the user and of the system. None, where nobody has a mail address.
pub fn user(folder: &Path, signing: &Signing) -> Option<Author> {
    let config = config(folder)?;
    let configured = |key: &str| {
        let find = |section| text(&config.string(&format!("{section}.{key}"))?);
        find("author").or_else(|| find("user"))
    };
    let said = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
    Some(Author {
        name: said(&signing.author_name)
            .or_else(|| configured("name"))
            .unwrap_or_default(),
        email: said(&signing.author_email)
            .or_else(|| configured("email"))
            .or_else(|| said(&signing.email))?,
    })
}

/// Returns what is configured in a folder: by its repository, if it is in one, by the user and by the
/// system.
pub(super) fn config(folder: &Path) -> Option<gix::config::File> {
    let discovery = upwards::Options {
        // What somebody else configured in a folder of theirs says nothing of who this is.
        trust: upwards::TrustPolicy::Required(Trust::Full),
        ..upwards::Options::default()
    };
    let trusted = trust::Mapping {
        full: options(),
        reduced: options(),
    };
    let found = gix::ThreadSafeRepository::discover_opts(folder, discovery, trusted);
    let Ok(repository) = found else {
        return gix::config(None, &options()).ok();
    };
    let repository = repository.to_thread_local();
    Some(repository.config_snapshot().plumbing().clone())
}

/// Lets what configures git be read as git does, and nothing else.
fn options() -> Options {
    Options::default().permissions(Permissions {
        env: permissions::Environment {
            home: Permission::Allow,
            xdg_config_home: Permission::Allow,
            git_prefix: Permission::Allow,
            ..permissions::Environment::isolated()
        },
        config: permissions::Config {
            // Only git itself knows where these are.
            git_binary: false,
            system: !cfg!(windows),
            ..permissions::Config::all()
        },
        attributes: permissions::Attributes::isolated(),
    })
}

fn text(value: &BString) -> Option<String> {
    let text = value.trim().to_str_lossy().into_owned();
    (!text.is_empty()).then_some(text)
}
