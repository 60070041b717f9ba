//! What people do to a plan in a week, and the merges that come of it.

use anyhow::Context as _;
use chrono::{Days, NaiveDate};
use loti::change::{Change, edit};
use loti::document::Document;
use loti::model::{Address, Id, Note, Plan, Status, Value};
use loti::text::Source;

use crate::chance::Chance;

/// The plan of this repository: three themes, nine objectives, 25 key results.
const PLAN: &str = include_str!("../../okrs.toml");
/// How many weeks a quarter has.
const WEEKS: u64 = 13;

/// What everybody does, week after week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// So many statuses, of any key results.
    Statuses(usize),
    /// So many figures, statuses and notes, of any key results.
    Anything(usize),
    /// A note each, to one and the same key result.
    SameNote,
    /// Another key of one and the same key result.
    SameKeyResult,
    /// So many notes each, to key results of one's own.
    OwnNotes(usize),
    /// A new key result each.
    Adds,
    /// A check-in of some of one's own key results: status or figure, note, `checked`; now and then a
    /// note to somebody else's, or a new key result. So many people.
    Weeks(usize),
}

impl Work {
    pub(crate) const ALL: &[Self] = &[
        Self::Statuses(2),
        Self::Statuses(5),
        Self::Anything(2),
        Self::Anything(5),
        Self::OwnNotes(3),
        Self::SameNote,
        Self::SameKeyResult,
        Self::Adds,
        Self::Weeks(2),
        Self::Weeks(5),
        Self::Weeks(10),
    ];

    pub(crate) fn words(self) -> String {
        match self {
            Self::Statuses(count) => format!("{count} statuses a side, of any key results"),
            Self::Anything(count) => format!("{count} updates a side, of any key results"),
            Self::SameNote => "a note a side, to the same key result".to_owned(),
            Self::SameKeyResult => "a key a side, of the same key result".to_owned(),
            Self::OwnNotes(count) => format!("{count} notes a side, to key results of their own"),
            Self::Adds => "a new key result a side".to_owned(),
            Self::Weeks(people) => format!("check-ins of a team of {people}"),
        }
    }

    fn people(self) -> usize {
        match self {
            Self::Weeks(people) => people,
            _ => 2,
        }
    }
}

/// One branch that comes back.
#[derive(Debug)]
pub(crate) struct Merge {
    pub(crate) base: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    /// What both sides did, and the base does not say.
    pub(crate) changes: Vec<Change>,
    /// Whether both gave one key different values.
    pub(crate) contradicts: bool,
}

/// A quarter's merges, one after the other.
pub(crate) struct Quarter {
    work: Work,
    chance: Chance,
    week: u64,
    main: anyhow::Result<String>,
    monday: String,
    /// What main has that Monday had not, and who has still to merge.
    done: Vec<Change>,
    open: Vec<(String, Vec<Change>)>,
}

impl Quarter {
    pub(crate) fn new(work: Work, seed: u64) -> Self {
        Self {
            work,
            chance: Chance::new(seed),
            week: 0,
            main: team(work.people()),
            monday: String::new(),
            done: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Lets everybody work through a week, and the first of them merge, who has nobody to merge with.
    fn begin_week(&mut self) -> anyhow::Result<()> {
        let main = std::mem::replace(&mut self.main, Ok(String::new()))?;
        let plan = read(&main).plan;
        // On one key result at a time, where it is about one.
        let same = self.chance.below(plan.key_results.len());
        self.open.clear();
        for person in 0..self.work.people() {
            let mut doing = Doing {
                plan: &plan,
                person,
                week: self.week,
                same,
                chance: &mut self.chance,
                changes: Vec::new(),
            };
            doing.work(self.work);
            let changes = doing.changes;
            let branch = replay(&main, &changes)?;
            self.open.push((branch, changes));
        }
        self.week += 1;
        self.open.reverse();
        let (first, changes) = self.open.pop().context("somebody")?;
        self.monday = main;
        self.main = Ok(first);
        self.done = changes;
        Ok(())
    }

    fn merge(&mut self) -> anyhow::Result<Option<Merge>> {
        if self.open.is_empty() {
            if self.week == WEEKS {
                return Ok(None);
            }
            self.begin_week()?;
        }
        let (theirs, changes) = self.open.pop().context("somebody")?;
        let ours = std::mem::replace(&mut self.main, Ok(String::new()))?;
        let contradicts = contradict(&self.done, &changes);
        self.main = Ok(replay(&ours, &changes)?);
        let stands = |change: &&Change| !contradict(&self.done, std::slice::from_ref(*change));
        let mut all: Vec<Change> = changes.iter().filter(stands).cloned().collect();
        let stands = |change: &&Change| !contradict(std::slice::from_ref(*change), &changes);
        all.extend(self.done.iter().filter(stands).cloned());
        self.done
            .retain(|change| !contradict(std::slice::from_ref(change), &changes));
        self.done.extend(changes);
        Ok(Some(Merge {
            base: self.monday.clone(),
            ours,
            theirs,
            changes: all,
            contradicts,
        }))
    }
}

impl Iterator for Quarter {
    type Item = anyhow::Result<Merge>;

    fn next(&mut self) -> Option<Self::Item> {
        self.merge().transpose()
    }
}

/// Returns the plan with so many people in it.
fn team(people: usize) -> anyhow::Result<String> {
    let mut text = PLAN.to_owned();
    for person in 0..people {
        let add = Change::Add {
            at: format!("person.{}", name(person)).parse()?,
            values: vec![("name".to_owned(), Value::Text(name(person)))],
        };
        text = replay(&text, &[add])?;
    }
    Ok(text)
}

fn name(person: usize) -> String {
    format!("person-{person}")
}

pub(crate) fn read(text: &str) -> Document {
    Document::read(Source::new("okrs.toml", text))
}

/// Makes changes in a text, one after the other; a new key result takes the next free number.
fn replay(text: &str, changes: &[Change]) -> anyhow::Result<String> {
    let mut text = text.to_owned();
    for change in changes {
        let document = read(&text);
        let mut change = change.clone();
        if let Change::Add { at, .. } = &mut change
            && document.plan.table(at).is_some()
        {
            *at = next(&document.plan);
        }
        if let Change::Set { at, key, value } = &change
            && key == "checked"
            && let Some(Value::Date(day)) = value
            && let Some(Value::Date(latest)) = document.plan.table(at).and_then(|at| at.get(key))
            && latest >= *day
        {
            // Of two check-ins the later one counts, whoever merges first.
            continue;
        }
        let edit = edit(&document, &[change]);
        let edit = edit.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
        edit.document.source.text().clone_into(&mut text);
    }
    Ok(text)
}

fn next(plan: &Plan) -> Address {
    let numbers = plan
        .key_results
        .keys()
        .filter_map(|id| id.as_str().parse::<usize>().ok());
    let next = numbers.max().unwrap_or(0) + 1;
    Address::KeyResult(Id::new(&next.to_string()).unwrap_or_default())
}

/// Returns whether two lists of changes give one key different values; of two days of a check-in the
/// later one is meant.
fn contradict(ours: &[Change], theirs: &[Change]) -> bool {
    let sets = |change: &Change| match change {
        Change::Set { at, key, value } if key != "checked" => {
            Some((at.clone(), key.clone(), value.clone()))
        }
        _ => None,
    };
    ours.iter().filter_map(sets).any(|(at, key, value)| {
        let mut theirs = theirs.iter().filter_map(sets);
        theirs.any(|theirs| (&theirs.0, &theirs.1) == (&at, &key) && theirs.2 != value)
    })
}

/// One person's week.
struct Doing<'a> {
    plan: &'a Plan,
    person: usize,
    week: u64,
    same: usize,
    chance: &'a mut Chance,
    changes: Vec<Change>,
}

impl Doing<'_> {
    fn work(&mut self, work: Work) {
        match work {
            Work::Statuses(count) => {
                for _ in 0..count {
                    let at = self.any();
                    self.status(&at);
                }
            }
            Work::Anything(count) => {
                for _ in 0..count {
                    let at = self.any();
                    self.update(&at);
                }
            }
            Work::SameNote => {
                let at = self.number(self.same);
                self.note(&at);
            }
            Work::SameKeyResult => {
                let at = self.number(self.same);
                match self.person {
                    0 => self.status(&at),
                    _ => self.figure(&at),
                }
            }
            Work::OwnNotes(count) => {
                for _ in 0..count {
                    let at = self.own(2);
                    self.note(&at);
                }
            }
            Work::Adds => self.add(),
            Work::Weeks(people) => {
                // A third of what is one's own, and at least one of them.
                for _ in 0..(self.plan.key_results.len() / people / 3).max(1) {
                    let at = self.own(people);
                    match self.chance.below(3) {
                        0 => {
                            let value = Some(Value::Date(self.day()));
                            self.set(&at, "checked", value);
                        }
                        1 => self.note(&at),
                        _ => {
                            self.update(&at);
                            self.note(&at);
                        }
                    }
                }
                if self.chance.below(4) == 0 {
                    let at = self.any();
                    self.note(&at);
                }
                if self.chance.below(20) == 0 {
                    self.add();
                }
            }
        }
    }

    fn update(&mut self, at: &Address) {
        match self.chance.below(3) {
            0 => self.status(at),
            1 => self.figure(at),
            _ => self.note(at),
        }
    }

    fn status(&mut self, at: &Address) {
        let all = [
            Status::OnTrack,
            Status::AtRisk,
            Status::OffTrack,
            Status::Done,
        ];
        let now = all[self.chance.below(all.len())];
        self.set(at, "status", Some(Value::from(now.word())));
    }

    fn figure(&mut self, at: &Address) {
        let is_metric = self
            .plan
            .table(at)
            .is_some_and(|table| table.get("target").is_some());
        let key = if is_metric { "current" } else { "progress" };
        let number = i64::try_from(self.chance.below(90)).map_or(1, |below| below + 1);
        self.set(at, key, Some(Value::Number(number.into())));
    }

    fn note(&mut self, at: &Address) {
        let number = self.changes.len();
        self.changes.push(Change::AddNote {
            to: at.clone(),
            note: Note {
                on: self.day(),
                by: Some(name(self.person)),
                text: format!(
                    "What {} found in week {}, {number}.",
                    name(self.person),
                    self.week
                ),
            },
        });
    }

    fn add(&mut self) {
        let objectives: Vec<&Id> = self.plan.objectives.keys().collect();
        let objective = objectives[self.chance.below(objectives.len())].as_str();
        let title = format!(
            "Reach what {} wants since week {}",
            name(self.person),
            self.week
        );
        self.changes.push(Change::Add {
            at: next(self.plan),
            values: vec![
                ("objective".to_owned(), Value::from(objective)),
                ("title".to_owned(), Value::Text(title)),
            ],
        });
    }

    /// Sets a key, where that changes anything and was not done in the same week before.
    fn set(&mut self, at: &Address, key: &str, value: Option<Value>) {
        let was = self.plan.table(at).and_then(|table| table.get(key));
        let is_done = self.changes.iter().any(|change| {
            matches!(change, Change::Set { at: other, key: set, .. } if other == at && set == key)
        });
        if was != value && !is_done {
            self.changes.push(Change::Set {
                at: at.clone(),
                key: key.to_owned(),
                value,
            });
        }
    }

    fn any(&mut self) -> Address {
        let number = self.chance.below(self.plan.key_results.len());
        self.number(number)
    }

    /// Picks one of every so many key results, those of this person.
    fn own(&mut self, people: usize) -> Address {
        let count = self.plan.key_results.len().div_ceil(people);
        let number = self.chance.below(count) * people + self.person;
        self.number(number % self.plan.key_results.len())
    }

    fn number(&self, number: usize) -> Address {
        let id = self.plan.key_results.keys().nth(number);
        Address::KeyResult(id.cloned().unwrap_or_default())
    }

    fn day(&self) -> NaiveDate {
        let monday = NaiveDate::from_ymd_opt(2021, 7, 19).unwrap_or_default();
        monday + Days::new(7 * self.week + self.person as u64 % 5)
    }
}
