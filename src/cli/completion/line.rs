use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use clap::builder::StyledStr;
use clap_complete::engine::CompletionCandidate;

use super::plan_words::PlanWords;
use super::wanted::Wanted;
use crate::check::pages;
use crate::cli::World;
use crate::cli::verbs::definition_of_all;
use crate::model::{Address, Status, TableName};
use crate::render::TERMS;
use crate::store;
use crate::text::{printable, shell_word};

/// A word to offer, and what it means.
pub(super) type Offer = (String, Option<String>);

/// The line that is being typed, and the plan that it is about.
pub(super) struct Line {
    /// All its words.
    words: Vec<String>,
    folder: PathBuf,
    file: Option<OsString>,
    /// Whether the shell shows what a word means.
    tells: bool,
    plan: OnceLock<PlanWords>,
}

impl Line {
    /// Takes the words, and what the world says of the plan's place.
    pub(super) fn new(world: &World, words: &[OsString], shell: &str) -> Self {
        let words = words.iter().map(|word| word.to_string_lossy().into_owned());
        Self {
            words: words.collect(),
            folder: world.folder.clone(),
            file: world.file.clone(),
            tells: shell != "bash",
            plan: OnceLock::new(),
        }
    }

    /// Returns what can stand where something is wanted and this much is typed.
    pub(super) fn candidates(&self, wanted: Wanted, current: &str) -> Vec<CompletionCandidate> {
        let offers = self.offers(wanted, current);
        let mut candidates = Vec::with_capacity(offers.len());
        for (word, help) in offers {
            if word.starts_with(current) && is_plain(&word) {
                let help = help.filter(|help| self.tells && !help.is_empty());
                let help = help.map(|help| printable(&help).replace('\n', " ").into());
                // Where none is given, each gets one of its own, written anew.
                let tag = Some(StyledStr::new());
                candidates.push(CompletionCandidate::new(word).help(help).tag(tag));
            }
        }
        candidates
    }

    fn offers(&self, wanted: Wanted, current: &str) -> Vec<Offer> {
        match wanted {
            Wanted::Address => self.plan().addresses(current, self.tells),
            Wanted::Id(table) => self.plan().ids(table, self.tells),
            Wanted::Cycle => {
                let mut cycles = self.plan().ids(TableName::Cycle, self.tells);
                cycles.push(("later".to_owned(), Some("the backlog".to_owned())));
                cycles
            }
            Wanted::Person => self.plan().persons(self.tells),
            Wanted::Status => statuses(),
            Wanted::Tag => self.plan().words("tags"),
            Wanted::Partner => self.plan().words("partners"),
            Wanted::Rule => rules(),
            Wanted::RuleLevel => rules()
                .into_iter()
                .map(|(rule, about)| (format!("{rule}="), about))
                .collect(),
            Wanted::Term => {
                let terms = TERMS.iter().map(|term| (term.name.replace(' ', "-"), None));
                terms.chain(rules()).collect()
            }
            Wanted::SetWord => self.set_words(current),
            Wanted::KeyValue(table) => self.key_values(&[table], current),
            Wanted::Key => {
                let keys = keys(TableName::KeyResult).into_iter();
                keys.chain([("note".to_owned(), None)]).collect()
            }
            Wanted::Command => definition_of_all()
                .get_subcommands()
                .map(|verb| (verb.get_name().to_owned(), None))
                .collect(),
            Wanted::File => Vec::new(),
        }
    }

    /// What `set` takes: something to change, then how it stands or a key of it.
    fn set_words(&self, current: &str) -> Vec<Offer> {
        let mut tables: Vec<_> = self.words.iter().filter_map(|word| known(word)).collect();
        tables.dedup();
        let values = self.key_values(&tables, current);
        if self.is_value(current) {
            return values;
        }
        let mut offers = Vec::new();
        if tables.is_empty() || !current.is_empty() {
            offers.extend(self.plan().addresses(current, self.tells));
        }
        if tables.is_empty() && current.is_empty() {
            return offers;
        }
        // Only key results stand somehow; a milestone is done or not.
        if tables.is_empty() || tables.contains(&TableName::KeyResult) {
            offers.extend(statuses());
        } else if tables.contains(&TableName::Milestone) {
            offers.extend(statuses().into_iter().filter(|(word, _)| word == "done"));
        }
        offers.extend(values);
        offers
    }

    /// KEY= for any of these tables, or what can stand behind the one that is typed.
    fn key_values(&self, tables: &[TableName], current: &str) -> Vec<Offer> {
        let Some(key) = self.key_of(current) else {
            let keys = tables.iter().flat_map(|table| keys(*table));
            return keys
                .map(|(key, about)| (format!("{key}="), about))
                .collect();
        };
        let (before, key) = (
            current
                .split_once('=')
                .map(|(before, _)| format!("{before}=")),
            key.trim_end_matches(['+', '-']),
        );
        let all = [tables, TableName::ALL].concat();
        let Some(key) = all.iter().find_map(|table| {
            let number = table.find(key)?;
            Some(table.keys()[number])
        }) else {
            return Vec::new();
        };
        let values = self.plan().values(&key, self.tells).into_iter();
        let before = before.unwrap_or_default();
        values
            .map(|(value, help)| (format!("{before}{value}"), help))
            .collect()
    }

    /// Returns whether nothing is typed yet behind the sign of `owner=`, which bash makes a word.
    pub(super) fn is_behind_sign(&self) -> bool {
        let last = self.words.last().map_or("", String::as_str);
        last.is_empty() && self.is_value(last)
    }

    fn is_value(&self, current: &str) -> bool {
        self.key_of(current).is_some()
    }

    /// Returns the key whose value is being typed. Some shells part `owner=an` into three words, and
    /// leave the sign out where nothing stands behind it yet.
    fn key_of<'a>(&'a self, current: &'a str) -> Option<&'a str> {
        if let Some((key, _)) = current.split_once('=') {
            return Some(key);
        }
        let at = self.words.iter().rposition(|word| word == current)?;
        let before = self.words[..at].iter().rev();
        let mut before = before.map(String::as_str);
        let last = before.next()?;
        if last == "=" {
            return before.next();
        }
        let is_key = |table: &&TableName| table.find(last.trim_end_matches(['+', '-'])).is_some();
        let is_left_out = current.is_empty() && TableName::ALL.iter().any(|table| is_key(&table));
        is_left_out.then_some(last)
    }

    fn plan(&self) -> &PlanWords {
        self.plan.get_or_init(|| PlanWords::new(self.text()))
    }

    /// Returns the plan's text as far as there is one.
    fn text(&self) -> String {
        let path = self.named_file().map(PathBuf::from);
        let found = store::find(path.as_deref(), &self.folder);
        let path = found.ok().map(|path| self.folder.join(path));
        let is_plan = |path: &PathBuf| {
            fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= store::MAX_BYTES)
        };
        let bytes = path.filter(is_plan).and_then(|path| fs::read(path).ok());
        let text = String::from_utf8(bytes.unwrap_or_default());
        text.unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
    }

    /// Returns the file that the line names, else the one that the environment does.
    fn named_file(&self) -> Option<OsString> {
        let mut words = self.words.iter();
        while let Some(word) = words.next() {
            if word == "-f" || word == "--file" {
                let next = words.next().filter(|word| *word != "=");
                return next.or_else(|| words.next()).map(OsString::from);
            }
            let joined = word.strip_prefix("--file=").or(word.strip_prefix("-f"));
            if let Some(path) = joined.filter(|path| !path.is_empty()) {
                return Some(path.into());
            }
        }
        self.file.clone()
    }
}

/// Returns whether a shell takes a word as it is: it is put on the line just so, and what would be
/// taken apart there is not offered.
fn is_plain(word: &str) -> bool {
    // Within a word it begins no comment: `kr.3.note#1`.
    let rest = match word.split_once(".note#") {
        Some((before, number)) if !before.is_empty() => Cow::Owned(format!("{before}{number}")),
        _ => Cow::Borrowed(word),
    };
    matches!(shell_word(&rest), Cow::Borrowed(_))
}

/// Returns the table of what a word names, where it is an address and nothing else.
fn known(word: &str) -> Option<TableName> {
    let is_verb = word == "set" || word == "loti";
    if is_verb || Status::parse(word).is_some() || word.starts_with('-') {
        return None;
    }
    match word.parse::<Address>().ok()? {
        // Any word can be an id; whoever types a number means one.
        Address::KeyResult(id) if !id.as_str().starts_with(|c: char| c.is_ascii_digit()) => None,
        address => Some(address.table()),
    }
}

fn statuses() -> Vec<Offer> {
    let words = Status::WORDS.iter();
    words
        .map(|word| (word.name.to_owned(), Some(word.meaning.to_owned())))
        .collect()
}

fn rules() -> Vec<Offer> {
    pages()
        .map(|page| (page.rule.0.to_owned(), Some(page.summary.to_owned())))
        .collect()
}

fn keys(table: TableName) -> Vec<Offer> {
    let keys = table.keys().iter();
    keys.map(|key| (key.name.to_owned(), Some(key.about.to_owned())))
        .collect()
}
