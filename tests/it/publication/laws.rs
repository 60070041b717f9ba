//! What holds of a published plan whatever is how visible.

use std::fmt::Write as _;

use chrono::NaiveDate;
use loti::history::{Course, Lens, State, Wanted};
use loti::model::{Address, Id, Plan, Rollup, Status, Visibility};
use loti::view::{Audience, Publication};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use super::plan;
use crate::history::past::Line;

/// How many themes, objectives in each, key results in each of these.
const THEMES: usize = 3;
const OBJECTIVES: usize = 2;
const KEY_RESULTS: usize = 3;

/// What is said of a plan's parts, each by its number.
#[derive(Debug, Clone)]
struct Said {
    themes: Vec<Visibility>,
    objectives: Vec<Visibility>,
    key_results: Vec<Visibility>,
    statuses: Vec<Status>,
    /// By how much the ids are turned: `kr.4` may go by another name in another version.
    turned: bool,
}

fn said() -> impl Strategy<Value = Said> {
    let visibility = || select(Visibility::ALL);
    let all = THEMES * OBJECTIVES * KEY_RESULTS;
    (
        vec(visibility(), THEMES),
        vec(visibility(), THEMES * OBJECTIVES),
        vec(visibility(), all),
        vec(select(Status::ALL), all),
        any::<bool>(),
    )
        .prop_map(|(themes, objectives, key_results, statuses, turned)| Said {
            themes,
            objectives,
            key_results,
            statuses,
            turned,
        })
}

impl Said {
    fn id(&self, number: usize) -> String {
        let turned = if self.turned { "new" } else { "old" };
        // One of them goes by another name.
        if number == 4 {
            format!("k4{turned}x")
        } else {
            format!("k{number}x")
        }
    }

    fn of_key_result(&self, number: usize) -> Visibility {
        let own = self.key_results[number];
        own.max(self.of_objective(number / KEY_RESULTS))
    }

    fn of_objective(&self, number: usize) -> Visibility {
        self.objectives[number].max(self.themes[number / OBJECTIVES])
    }

    /// Writes the plan down; each text is named for what it is part of.
    fn text(&self) -> String {
        let mut text = "[plan]\nname = \"Plan\"\nowner = \"whoplan\"\n[cycle.q]\nname = \"Q\"\n\
                        start = 2024-01-01\nend = 2024-03-31\n"
            .to_owned();
        for (number, visibility) in self.themes.iter().enumerate() {
            _ = write!(
                text,
                "[theme.t{number}x]\nname = \"t{number}xname\"\nabout = \"t{number}xmore\"\n\
                 owner = \"t{number}xwho\"\nvisibility = \"{visibility}\"\n"
            );
        }
        for (number, visibility) in self.objectives.iter().enumerate() {
            let theme = number / OBJECTIVES;
            // Not in a ring: the last supports no other.
            let next = (number + 1).min(self.objectives.len() - 1);
            let next = if next == number {
                String::new()
            } else {
                format!("\"objective.o{next}x\", ")
            };
            _ = write!(
                text,
                "[objective.o{number}x]\ntheme = \"t{theme}x\"\nname = \"o{number}xname\"\n\
                 about = \"o{number}xmore\"\nweight = {}\nvisibility = \"{visibility}\"\n\
                 supports = [{next}\"kr.{}\"]\n",
                number + 1,
                self.id(number),
            );
        }
        for (number, visibility) in self.key_results.iter().enumerate() {
            let (id, objective) = (self.id(number), number / KEY_RESULTS);
            let next = match number + 1 {
                last if last == self.key_results.len() => String::new(),
                next => {
                    let next = self.id(next);
                    format!("\"{next}\", \"kr.{next}.milestone.m{number}y\"")
                }
            };
            _ = write!(
                text,
                "[kr.{id}]\nobjective = \"o{objective}x\"\ntitle = \"k{number}xname\"\n\
                 about = \"k{number}xmore\"\nowner = \"k{number}xwho\"\nstatus = \"{}\"\n\
                 progress = {}\nweight = {}\nvisibility = \"{visibility}\"\n\
                 supports = [{next}]\nneeds = [{next}]\n\
                 [kr.{id}.milestone.k{number}xm]\nname = \"k{number}xmore\"\n\
                 [[kr.{id}.note]]\non = 2024-01-02\ntext = \"k{number}xnote\"\n",
                self.statuses[number],
                (number * 37) % 100,
                number + 1,
            );
        }
        // What is needed is to be there.
        for (number, _) in self.key_results.iter().enumerate() {
            let before = (number + self.key_results.len() - 1) % self.key_results.len();
            _ = write!(
                text,
                "[kr.{}.milestone.m{before}y]\nname = \"k{number}xmore\"\n",
                self.id(number)
            );
        }
        text
    }
}

fn cycle() -> Id {
    Id::new("q").expect("an id")
}

/// Returns what is in a published plan, as text.
fn shown(plan: &Plan) -> String {
    format!("{plan:?}")
}

/// Looks for what is not to be seen of what some versions say.
fn look(shown: &str, versions: &[&Said]) -> Result<(), String> {
    let strictest = |of: &dyn Fn(&Said) -> Visibility| {
        let all = versions.iter().map(|said| of(said));
        all.max().unwrap_or(Visibility::Public)
    };
    let mut all = Vec::new();
    for number in 0..THEMES {
        all.push((
            format!("t{number}x"),
            strictest(&|said| said.themes[number]),
        ));
    }
    for number in 0..THEMES * OBJECTIVES {
        all.push((
            format!("o{number}x"),
            strictest(&|said| said.of_objective(number)),
        ));
    }
    for number in 0..THEMES * OBJECTIVES * KEY_RESULTS {
        all.push((
            format!("k{number}x"),
            strictest(&|said| said.of_key_result(number)),
        ));
    }
    for (name, visibility) in all {
        let is = |part: &str| shown.contains(&format!("{name}{part}"));
        let is_right = match visibility {
            Visibility::Public => is("name") && !is("who") && !is("note"),
            Visibility::Outline => {
                is("name") && !is("more") && !is("who") && !is("note") && !is("m\"")
            }
            Visibility::Private => !is(""),
        };
        if !is_right {
            return Err(format!("{name} is {visibility} in {shown}"));
        }
    }
    Ok(())
}

/// Rolls up what everybody may see, by the rules and by nothing else.
fn rollup(said: &Said, bounds: &Said) -> (usize, Option<f64>) {
    let mut count = 0;
    let mut themes = Vec::new();
    for theme in 0..THEMES {
        let mut objectives = Vec::new();
        for objective in theme * OBJECTIVES..(theme + 1) * OBJECTIVES {
            let mut key_results = Vec::new();
            for number in objective * KEY_RESULTS..(objective + 1) * KEY_RESULTS {
                let visibility = said.of_key_result(number).max(bounds.of_key_result(number));
                count += usize::from(visibility != Visibility::Private);
                let status = said.statuses[number];
                if visibility != Visibility::Public || status == Status::Dropped {
                    continue;
                }
                let progress = match status {
                    Status::Done => 100.0,
                    _ => ((number * 37) % 100) as f64,
                };
                key_results.push((progress, (number + 1) as f64));
            }
            objectives.extend(mean(&key_results).map(|mean| (mean, (objective + 1) as f64)));
        }
        themes.extend(mean(&objectives).map(|mean| (mean, 1.0)));
    }
    (count, mean(&themes))
}

fn mean(parts: &[(f64, f64)]) -> Option<f64> {
    let weights: f64 = parts.iter().map(|(_, weight)| weight).sum();
    let sum: f64 = parts.iter().map(|(value, weight)| value * weight).sum();
    (!parts.is_empty()).then(|| sum / weights)
}

fn same(rollup: Rollup, (count, progress): (usize, Option<f64>)) -> bool {
    let is_near = match (rollup.progress, progress) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-6,
        (one, other) => one == other,
    };
    is_near && rollup.counts.all() == count
}

proptest! {
    #[test]
    fn nothing_is_shown_beyond_its_visibility(said in said()) {
        let plan = plan(&said.text());
        let publication = Publication::new(&plan, Audience::Public, &cycle());
        look(&shown(&publication.plan), &[&said]).map_err(proptest::test_runner::TestCaseError::fail)?;
        let tree = publication.plan.tree(&cycle());
        prop_assert!(same(tree.rollup, rollup(&said, &said)), "{:?}", tree.rollup);
        let left_out = publication.left_out.key_results;
        prop_assert_eq!(left_out + tree.rollup.counts.all(), plan.key_results.len());
        let internal = Publication::new(&plan, Audience::Internal, &cycle());
        prop_assert_eq!(&internal.plan, &plan);
        prop_assert!(internal.left_out.is_nothing());
    }

    #[test]
    fn what_is_private_now_or_was_then_shows_in_no_past(
        (mut then, mut between, mut now) in (said(), said(), said())
    ) {
        // One goes by another name at one of the steps.
        then.turned = false;
        between.turned = now.turned;
        now.turned = true;
        let plans = [&then, &between, &now].map(|said| plan(&said.text()));
        let cycle = cycle();
        let publication = Publication::new(&plans[2], Audience::Public, &cycle);
        let check = |plan: &Plan, versions: &[&Said]| {
            look(&shown(plan), versions).map_err(proptest::test_runner::TestCaseError::fail)
        };
        // A comparison shows of both what both allow.
        let [was, is] = publication.compared(&plans[0], &plans[2]);
        check(&was, &[&then, &now])?;
        check(&is, &[&then, &now])?;
        // As it was, within what may be seen today.
        let past = Publication::of_past(&plans[0], &plans[2], Audience::Public, &cycle);
        check(&past.plan, &[&then, &now])?;
        // Step by step.
        let mut lens = publication.past().expect("what everybody may see");
        let mut reading = loti::history::Reading::default();
        for (number, said) in [&now, &between, &then].into_iter().enumerate() {
            let difference = reading.turn(&mut said.text().into_bytes()).expect("a plan");
            let difference = (number > 0).then_some(&difference);
            check(&lens.look(reading.plan(), difference), &[said, &now])?;
        }
    }

    #[test]
    fn a_course_is_of_what_everybody_may_see(
        (mut versions, mut now) in (vec(said(), 1..5), said())
    ) {
        for said in &mut versions {
            said.turned = false;
        }
        now.turned = true;
        let newest = plan(&now.text());
        let publication = Publication::new(&newest, Audience::Public, &cycle());
        let rows = publication.plan.key_results.keys().cloned().map(Address::KeyResult);
        let rows: Vec<_> = [Address::Plan].into_iter().chain(rows).collect();
        versions.push(now.clone());
        let texts = versions.iter().map(|said| Some(said.text().into_bytes()));
        let day = |number: i64| NaiveDate::default() + chrono::TimeDelta::days(number);
        let wanted = Wanted {
            rows: rows.clone(),
            cycle: cycle(),
            from: day(-10),
            since: None,
            today: day(100),
            every_version: true,
        };
        let mut past = Line::new(texts.collect());
        let mut lens = publication.past().expect("what everybody may see");
        let course = match Course::follow_through(&mut past, wanted, None, &mut lens) {
            Ok(course) => course,
            Err(never) => match never {},
        };
        let mut states = course.states(0);
        for said in &versions {
            let (_, state) = states.next().expect("a moment for each");
            let Some(State::Rollup(told)) = state else {
                panic!("the plan is a roll-up");
            };
            prop_assert!(same(told, rollup(said, &now)), "{told:?}");
        }
        for (row, address) in rows.iter().enumerate().skip(1) {
            let title = newest.title(address).expect("a title");
            let number: usize = title[1..title.len() - 5].parse().expect("its number");
            // What it had come to is not told of a version that says no more than its outline.
            for ((_, state), said) in course.states(row).zip(&versions) {
                let visibility = said.of_key_result(number).max(now.of_key_result(number));
                let is_told = state.is_some_and(|state| state.progress().is_some());
                prop_assert_eq!(is_told, visibility == Visibility::Public, "{}", address);
                prop_assert_eq!(state.is_some(), visibility != Visibility::Private);
            }
            // Nor is a status.
            let told: Vec<_> = course.flow(row).spans.iter().map(|span| span.status).collect();
            let mut wanted: Vec<Option<Status>> = Vec::new();
            for said in &versions {
                let visibility = said.of_key_result(number).max(now.of_key_result(number));
                let status = (visibility != Visibility::Private).then(|| said.statuses[number]);
                if wanted.last() != Some(&status) && (status.is_some() || !wanted.is_empty()) {
                    wanted.push(status);
                }
            }
            prop_assert_eq!(told, wanted, "{}", address);
        }
    }
}
