use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use gix::actor::SignatureRef;
use gix::bstr::{BStr, ByteSlice as _};
use gix::objs::commit::ref_iter::Token;
use gix::objs::{CommitRefIter, Kind};

use super::{Id, Repository};
use crate::history::{Author, Commit};

impl Repository {
    /// Returns who made a commit, when, and what they said of it.
    ///
    /// Text that is not UTF-8 comes out with its strange letters replaced.
    pub fn commit(&self, id: Id) -> anyhow::Result<Commit> {
        let mut bytes = Vec::new();
        self.object(id, Kind::Commit, &mut bytes)?;
        self.told(id, &bytes)
    }

    /// Takes a commit's bytes for what people want to know of it.
    pub(super) fn told(&self, id: Id, bytes: &[u8]) -> anyhow::Result<Commit> {
        let (mut author, mut committer) = (None, None);
        let (mut message, mut encoding) = (BStr::new(""), None);
        for token in CommitRefIter::from_bytes(bytes, id.kind()) {
            match token.with_context(|| damaged(id))? {
                Token::Author { signature } => author = Some(signature),
                Token::Committer { signature } => committer = Some(signature),
                Token::Encoding(name) => encoding = Some(name),
                Token::Message(text) => message = text,
                _ => {}
            }
        }
        let author = author.with_context(|| damaged(id))?;
        let committer = committer.with_context(|| damaged(id))?;
        Ok(Commit {
            id: id.to_string(),
            author: self.called(author, encoding),
            authored: moment(author),
            committed: moment(committer),
            subject: first_line(message, encoding),
        })
    }

    /// Returns a person by the name that `.mailmap` gives them.
    fn called(&self, signature: SignatureRef<'_>, encoding: Option<&BStr>) -> Author {
        let mailmap = self.mailmap.get_or_init(|| self.gix.open_mailmap());
        let signature = signature.trim();
        let new = mailmap.try_resolve_ref(signature);
        let name = new.as_ref().and_then(|new| new.name);
        let email = new.as_ref().and_then(|new| new.email);
        Author {
            name: text(name.unwrap_or(signature.name), encoding),
            email: text(email.unwrap_or(signature.email), encoding),
        }
    }
}

/// What finds a commit's file and its place among the others.
pub(super) struct Links {
    /// The tree.
    pub tree: Id,
    /// The commits before, the first one first.
    pub parents: Vec<Id>,
    /// When it became part of the history, in seconds.
    pub time: i64,
    /// On which day that was, where it was made.
    pub day: NaiveDate,
}

impl Links {
    /// Takes a commit's bytes apart.
    pub(super) fn of(id: Id, bytes: &[u8]) -> anyhow::Result<Self> {
        let mut tree = None;
        let mut parents = Vec::new();
        for token in CommitRefIter::from_bytes(bytes, id.kind()) {
            match token.with_context(|| damaged(id))? {
                Token::Tree { id } => tree = Some(id),
                Token::Parent { id } => parents.push(id),
                Token::Committer { signature } => {
                    let moment = moment(signature);
                    return Ok(Self {
                        tree: tree.with_context(|| damaged(id))?,
                        parents,
                        time: moment.timestamp(),
                        day: moment.date_naive(),
                    });
                }
                _ => {}
            }
        }
        anyhow::bail!(damaged(id))
    }
}

fn damaged(id: Id) -> String {
    format!("the commit `{id}` is damaged\nhint: `git fsck` says more")
}

/// Returns when somebody signed, in their own offset; what no calendar holds is the beginning of
/// time, as in git.
fn moment(signature: SignatureRef<'_>) -> DateTime<FixedOffset> {
    /// The last second of the year 9999.
    const LAST: i64 = 253_402_300_799;

    let time = signature.time().unwrap_or_default();
    let seconds = Some(time.seconds).filter(|seconds| (-LAST..=LAST).contains(seconds));
    let utc: DateTime<Utc> = seconds
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .unwrap_or_default();
    match FixedOffset::east_opt(time.offset) {
        Some(offset) => utc.with_timezone(&offset),
        None => utc.fixed_offset(),
    }
}

/// Returns what git calls the subject: the first paragraph, in a line.
fn first_line(message: &BStr, encoding: Option<&BStr>) -> String {
    let lines = message.trim_start().lines();
    let paragraph = lines.take_while(|line| !line.trim().is_empty());
    let words: Vec<_> = paragraph
        .map(|line| text(line.trim().as_bstr(), encoding))
        .collect();
    words.join(" ")
}

/// Reads bytes as text: UTF-8, else Latin-1 where the commit says so, else what can be made out.
fn text(bytes: &BStr, encoding: Option<&BStr>) -> String {
    let is_latin = |name: &BStr| {
        let name = name.to_str_lossy().to_lowercase();
        ["iso-8859-1", "iso8859-1", "latin1", "latin-1"].contains(&&*name)
    };
    match bytes.to_str() {
        Ok(text) => text.to_owned(),
        Err(_) if encoding.is_some_and(is_latin) => {
            bytes.iter().map(|byte| *byte as char).collect()
        }
        Err(_) => bytes.to_str_lossy().into_owned(),
    }
}
