use chrono::NaiveDate;
use thin_vec::ThinVec;

use super::address::Address;
use super::field::Rows;
use super::id::Id;
use super::number::{Number, Weight};
use super::table::{Row, TableName, fill, table};
use super::value::{Misfit, Value};
use super::words::Visibility;

table! {
    /// A span of time that key results are set for: the quarter, as a rule.
    pub struct Cycle as Cycle {
        /// What the cycle is called.
        name: String,
        /// Its first day.
        start: NaiveDate,
        /// Its last day, on which key results without a `due` of their own are due.
        end: NaiveDate,
        /// The day on which it was closed; its key results keep their status and score from then on.
        closed: Option<NaiveDate>,
        /// Whatever else a reader should know.
        about: Option<String>,
        /// What was said of the cycle, with its day.
        note: Rows<Note>,
        /// Rules of `loti check` switched off at this place, and why.
        allow: Rows<Allowance>,
    }
}

table! {
    /// A broad direction, made of objectives.
    pub struct Theme as Theme {
        /// What the theme is called.
        name: String,
        /// A shorter name, for narrow tables.
        short: Option<String>,
        /// What the theme is for, in a sentence.
        aim: Option<String>,
        /// Whatever else a reader should know.
        about: Option<String>,
        /// Who answers for what stands below it and names no owner.
        owner: Option<String> => Person,
        /// Who reads the check-ins of what stands below it and names no reviewer.
        reviewer: Option<String> => Person,
        /// Where more is to be found.
        links: Rows<Link>,
        /// Who may see it in exports; what stands below it is shown no more widely.
        visibility: Option<Visibility>,
        /// What was said of the theme, with its day.
        note: Rows<Note>,
        /// Rules of `loti check` switched off at this place, and why.
        allow: Rows<Allowance>,
    }
}

table! {
    /// What a team wants to be true; its key results are how one can tell.
    pub struct Objective as Objective {
        /// The theme it belongs to.
        theme: Id => Theme,
        /// What the objective is called.
        name: String,
        /// A shorter name, for narrow tables.
        short: Option<String>,
        /// What will be true when it is reached, in a sentence.
        aim: Option<String>,
        /// Whatever else a reader should know.
        about: Option<String>,
        /// Who answers for those of its key results that name no owner.
        owner: Option<String> => Person,
        /// Who reads the check-ins of those of its key results that name no reviewer.
        reviewer: Option<String> => Person,
        /// Who acts with the team.
        partners: ThinVec<String>,
        /// Where more is to be found.
        links: Rows<Link>,
        /// How much it counts in its theme's progress, 1 if absent.
        weight: Option<Weight>,
        /// Who may see it in exports; its key results are shown no more widely.
        visibility: Option<Visibility>,
        /// What it helps to reach elsewhere.
        supports: ThinVec<Address>,
        /// What was said of the objective, with its day.
        note: Rows<Note>,
        /// Rules of `loti check` switched off at this place, and why.
        allow: Rows<Allowance>,
    }
}

table! {
    /// What somebody wrote down on a day. Notes are never changed afterwards: a later one corrects.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct Note as Note {
        /// The day on which it was true.
        on: NaiveDate,
        /// Who wrote it.
        by: Option<String> => Person,
        /// What was written.
        text: String,
    }
}

impl Row for Note {
    const NAME: TableName = TableName::Note;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        fill(value)
    }
}

table! {
    /// An address on the web.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct Link as Link {
        /// What the page is called.
        name: Option<String>,
        /// Its address: http, https or mailto.
        url: String,
    }
}

impl Row for Link {
    const NAME: TableName = TableName::Link;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::Text(url) => Ok(Self { name: None, url }),
            other => fill(other),
        }
    }

    fn to_value(&self) -> Value {
        let url = Value::from(self.url.as_str());
        match &self.name {
            None => url,
            Some(name) => Value::Table(vec![
                ("name".to_owned(), Value::from(name.as_str())),
                ("url".to_owned(), url),
            ]),
        }
    }
}

table! {
    /// A rule switched off at one place, with the reason that a reviewer will read.
    #[derive(Eq, PartialOrd, Ord)]
    pub struct Allowance as Allowance {
        /// The rule.
        rule: String,
        /// Why it does not hold here.
        why: String,
    }
}

impl Row for Allowance {
    const NAME: TableName = TableName::Allowance;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        fill(value)
    }
}

table! {
    /// Somebody who owns, reviews or writes. Once one is declared, every `owner`, `reviewer` and
    /// `by` has to be.
    pub struct Person as Person {
        /// The name to show.
        name: Option<String>,
        /// By which git's configured user is recognised.
        email: Option<String>,
        /// The account on the hosting site, without `@`.
        github: Option<String>,
        /// The first day with the team.
        from: Option<NaiveDate>,
        /// The last day with the team.
        until: Option<NaiveDate>,
        /// Rules of `loti check` switched off at this place, and why.
        allow: Rows<Allowance>,
    }
}

table! {
    /// How strict loti is with a plan.
    pub struct Settings as Check {
        /// The levels of rules by name: `off`, `advice`, `warning` or `error`.
        levels: Vec<(String, String)>,
        /// Percentage points behind the expected pace from which a key result looks at risk; 16 if
        /// absent.
        at_risk_behind as "at-risk-behind": Option<Number>,
        /// Percentage points behind the expected pace from which it looks off track; 33 if absent.
        off_track_behind as "off-track-behind": Option<Number>,
        /// How many key results an objective may have in one cycle, 7 if absent.
        most_key_results as "most-key-results": Option<Number>,
        /// Whether `loti add` and `loti checkin` end with advice on what they changed; true if absent.
        coach: Option<bool>,
        /// Rules of `loti check` switched off for the whole plan, and why.
        allow: Rows<Allowance>,
    }
}

impl Settings {
    /// Returns whether advice is wanted where the plan is changed.
    pub fn wants_coaching(&self) -> bool {
        self.coach != Some(false)
    }

    /// Returns the points behind pace that suggest `at-risk` and `off-track`.
    pub fn behind(&self) -> (f64, f64) {
        (
            self.at_risk_behind.map_or(16.0, Number::get),
            self.off_track_behind.map_or(33.0, Number::get),
        )
    }

    /// Returns how many key results an objective may have in one cycle.
    pub fn most_key_results(&self) -> f64 {
        self.most_key_results.map_or(7.0, Number::get)
    }
}
