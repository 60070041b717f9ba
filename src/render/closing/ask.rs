use crate::render::look::one_line;
use crate::view::{Closing, ClosingAsk};

/// Returns what is asked, and between brackets what nothing at all would take.
pub fn closing_ask(closing: &Closing<'_>, ask: &ClosingAsk, again: Option<&str>) -> String {
    fn shown<T: ToString>(own: Option<&T>) -> Option<String> {
        own.map(ToString::to_string)
    }
    let id = closing.cycle.id;
    let (question, usual) = match ask {
        ClosingAsk::Fate => (
            "What becomes of it? [c]arry over, [d]one, [e]nd as it stands, d[r]op".to_owned(),
            None,
        ),
        ClosingAsk::Grade(proposed) => ("Its grade, 0 to 1".to_owned(), shown(proposed.as_ref())),
        ClosingAsk::WhyGrade(own, usual) => (format!("Why {own}, when {usual} is proposed?"), None),
        ClosingAsk::WhyEnd => ("Why does it end here?".to_owned(), None),
        ClosingAsk::WhyDrop => ("Why is it given up?".to_owned(), None),
        ClosingAsk::Target(current, target) => {
            let question =
                format!("It stands at {current}, its target is {target}. What is the next one?");
            (question, None)
        }
        ClosingAsk::Next(known) => {
            let question = "Carry over into which cycle? `later` is the backlog";
            (question.to_owned(), shown(known.as_ref()))
        }
        ClosingAsk::NextName(new, usual) => {
            let question = format!("cycle.{new} is new. What is it called?");
            (question, usual.clone())
        }
        ClosingAsk::NextStart(usual) => ("Its first day?".to_owned(), shown(usual.as_ref())),
        ClosingAsk::NextEnd(usual) => ("Its last day?".to_owned(), shown(usual.as_ref())),
        ClosingAsk::Lesson => {
            let question = format!("What did the team learn? A note on cycle.{id}");
            (question, Some("none".to_owned()))
        }
    };
    let usual = again.map(str::to_owned).or(usual);
    let usual = usual.map_or_else(String::new, |usual| format!(" [{}]", one_line(&usual)));
    let end = if question.ends_with('?') { "" } else { ":" };
    format!("{question}{usual}{end}")
}

/// Returns what can be answered to a question, line by line.
pub fn closing_help(ask: &ClosingAsk) -> &'static [&'static str] {
    match ask {
        ClosingAsk::Fate => &[
            "c, carry: a new key result of the next cycle goes on from where this one stands",
            "d, done: it was finished after all, if not in the file",
            "e, end: it ends as it stands, graded, and nothing follows",
            "r, drop: it is given up, and not graded",
        ],
        ClosingAsk::Grade(Some(_)) => &[
            "how much of it was reached: 0.7, or 70 %; the one in [ ] is its progress",
            "another needs a word why, which is kept as a note",
        ],
        ClosingAsk::Grade(None) => &[
            "how much of it was reached: 0.7, or 70 %; nothing is measured here, so none is proposed",
        ],
        ClosingAsk::WhyGrade(..) => {
            &["a line, kept as a note; Enter takes the one that is proposed"]
        }
        ClosingAsk::WhyEnd | ClosingAsk::WhyDrop => &["a line, kept as a note of the key result"],
        ClosingAsk::Target(..) => {
            &["a number: the new key result goes from where this one stands to there"]
        }
        ClosingAsk::Next(_) => &[
            "the id of a cycle of the plan; of a new one, which is asked about then; or `later`, for \
             what nobody has planned yet",
        ],
        ClosingAsk::NextName(..) => &["as it stands in reports, such as Year 3, Quarter 2"],
        ClosingAsk::NextStart(_) | ClosingAsk::NextEnd(_) => &["a day such as 2021-10-16"],
        ClosingAsk::Lesson => &["a line, kept as a note of the cycle; Enter for none"],
    }
}
