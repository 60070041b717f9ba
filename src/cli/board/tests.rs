use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::draw::draw;
use super::key::{KEYS, Key};
use super::seen::Seen;
use super::state::{Effect, Mode, State, Wish};
use crate::document::Document;
use crate::model::Id;
use crate::render::Look;
use crate::text::Source;

const YEAR: &str = include_str!("../../../okrs.toml");
const WEEK: &str = include_str!("../../../tests/sessions/week.in/okrs.toml");

fn seen(text: &str, look: Look) -> Seen {
    let plan = Document::read(Source::new("okrs.toml", text)).plan;
    let today: NaiveDate = "2021-09-20".parse().expect("a day");
    let cycle = plan.current_cycle(today).cloned();
    Seen::new(
        plan,
        cycle.unwrap_or_else(|| Id::new("none").expect("an id")),
        today,
        look,
    )
}

/// Draws on a screen of its own, and returns what stands there.
fn screen(state: &State, seen: &Seen) -> String {
    let backend = TestBackend::new(state.size.0, state.size.1);
    let mut terminal = Terminal::new(backend).expect("a screen");
    terminal
        .draw(|frame| draw(frame, state, seen))
        .expect("a picture");
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(usize::from(state.size.0));
    let rows = rows.map(|row| {
        let row: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        format!("{}\n", row.trim_end())
    });
    rows.collect()
}

fn press(state: &mut State, seen: &Seen, keys: &str) -> Effect {
    let mut effect = Effect::Nothing;
    for c in keys.chars() {
        effect = state.key(
            match c {
                '⏎' => Key::Enter,
                '⎋' => Key::Escape,
                '⌫' => Key::Backspace,
                '↓' => Key::Down,
                '↑' => Key::Up,
                '←' => Key::Left,
                '→' => Key::Right,
                c => Key::Char(c),
            },
            seen,
        );
    }
    effect
}

fn saves(words: &[&str], note: Option<&str>) -> Effect {
    Effect::Save(Wish {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        note: note.map(str::to_owned),
    })
}

/// Holds a screen against the one that is kept; `LOTI_UPDATE=1` keeps it anew.
fn looks_like(name: &str, shown: &str) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/cli/board/screens/{name}.txt"));
    if std::env::var_os("LOTI_UPDATE").is_some() {
        fs::write(&path, shown).expect("a file");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == shown,
        "{name} looks otherwise:\n{shown}\nand not:\n{kept}"
    );
}

#[test]
fn screens_look_as_they_are_kept() {
    let plain = seen(YEAR, Look::PLAIN);
    let ascii = seen(
        YEAR,
        Look {
            ascii: true,
            ..Look::PLAIN
        },
    );
    for (name, seen, size, keys) in [
        ("start", &plain, (80, 24), ""),
        ("wide", &plain, (120, 40), "nn"),
        ("ascii", &ascii, (80, 24), "s"),
        ("details", &plain, (80, 24), "n⏎"),
        ("filter", &plain, (80, 24), "/data"),
        ("nothing", &plain, (80, 24), "/nowhere⏎"),
        ("status", &plain, (80, 24), "ns"),
        ("why", &plain, (80, 24), "ns3⏎The supplier is late."),
        ("milestones", &plain, (80, 24), "nt"),
        ("folded", &plain, (80, 24), "f←←←"),
        ("keys", &plain, (80, 24), "?"),
        ("keys-short", &plain, (80, 20), "?↓↓"),
        ("value", &plain, (80, 24), "/upcycling⏎v"),
        ("small", &plain, (60, 20), ""),
    ] {
        let mut state = State::new(seen, size);
        press(&mut state, seen, keys);
        looks_like(name, &screen(&state, seen));
    }
}

#[test]
fn what_is_set_is_what_the_commands_would_be_told() {
    let seen = seen(WEEK, Look::PLAIN);
    for (keys, effect) in [
        ("s5⏎", saves(&["kr.1", "done"], None)),
        ("s3⏎⏎", saves(&["kr.1", "at-risk"], None)),
        ("s↓⏎Late.⏎", saves(&["kr.1", "at-risk"], Some("Late."))),
        ("s3⏎Late.⎋", Effect::Nothing),
        ("s⎋", Effect::Nothing),
        // The figure that stands there is told, and the new one typed whole.
        ("v261⏎", saves(&["kr.1", "current=261"], None)),
        ("v⏎", Effect::Nothing),
        (
            "jvdue=2021-10-01⏎",
            saves(&["kr.2", "due=2021-10-01"], None),
        ),
        ("mIt goes.⏎", saves(&["kr.1"], Some("It goes."))),
        ("m ⏎", Effect::Nothing),
        ("t⏎", saves(&["kr.1.milestone.route", "done"], None)),
        ("kmHm⏎", saves(&["objective.outreach"], Some("Hm"))),
        ("ks", Effect::Nothing),
        ("u", Effect::Undo),
        ("q", Effect::Quit),
        ("mq", Effect::Nothing),
    ] {
        let mut state = State::new(&seen, (80, 24));
        assert_eq!(press(&mut state, &seen, keys), effect, "{keys}");
    }
}

#[test]
fn what_cannot_be_saved_is_still_there_to_be_typed_on() {
    let seen = seen(WEEK, Look::PLAIN);
    let mut state = State::new(&seen, (80, 24));
    press(&mut state, &seen, "mIt goes.⏎");
    state.complain("the disk is full");
    assert!(matches!(&state.mode, Mode::Note(entry) if entry.text() == "It goes."));
    let shown = screen(&state, &seen);
    assert!(
        shown.contains("note on kr.1: It goes.") && shown.contains("the disk is full"),
        "{shown}"
    );
    state.saved();
    assert_eq!(state.mode, Mode::Tree);
}

#[test]
fn a_filter_finds_words_statuses_and_owners_whatever_is_folded() {
    let seen = seen(WEEK, Look::PLAIN);
    for (words, found) in [
        ("bus", "kr.1"),
        ("BUS lend", "kr.1"),
        ("ben", "kr.2"),
        ("quiet done", "kr.3"),
        ("outreach lend", "kr.1"),
    ] {
        let mut state = State::new(&seen, (80, 24));
        press(&mut state, &seen, &format!("gh/{words}⏎"));
        assert_eq!(state.shown.len(), 3, "{words}");
        let address = state.address(&seen).map(ToString::to_string);
        assert_eq!(address.as_deref(), Some(found), "{words}");
        press(&mut state, &seen, "⎋");
        assert!(state.is_folded(&"theme.reach".parse().expect("an address")));
    }
}

#[test]
fn a_plan_read_again_is_looked_at_in_the_same_place() {
    let before = seen(WEEK, Look::PLAIN);
    let mut state = State::new(&before, (80, 24));
    press(&mut state, &before, "jj");
    let here = state.address(&before).cloned();
    let added = WEEK.replace(
        "[kr.1]\n",
        "[kr.9]\nobjective = \"outreach\"\ntitle = \"New\"\n\n[kr.1]\n",
    );
    let after = seen(&added, Look::PLAIN);
    state.renew(&before, &after);
    assert_eq!(state.address(&after).cloned(), here);
}

#[test]
fn what_is_typed_or_chosen_stays_with_what_it_is_about() {
    let before = seen(WEEK, Look::PLAIN);
    let with_other_ids = seen(&WEEK.replace("[kr.2", "[kr.8"), Look::PLAIN);
    for (keys, words) in [
        ("/lend⏎mLate.", "kr.1"),
        ("/ben⏎ms. Late.", "kr.2"),
        ("/ben⏎s4⏎Late.", "kr.2"),
    ] {
        let mut state = State::new(&before, (80, 24));
        press(&mut state, &before, keys);
        state.renew(&before, &with_other_ids);
        let is_gone = words == "kr.2";
        assert_eq!(state.said.as_ref().is_some_and(|said| said.is_bad), is_gone);
        // It is asked for by its address, and refused where that is no more.
        let effect = press(&mut state, &with_other_ids, "⏎");
        let Effect::Save(wish) = effect else {
            panic!("{keys}: {effect:?}")
        };
        assert_eq!(wish.words[0], words, "{keys}");
    }
    let mut state = State::new(&before, (80, 24));
    press(&mut state, &before, "/ben⏎s4");
    state.renew(&before, &with_other_ids);
    assert_eq!(
        state.mode,
        Mode::Tree,
        "a choice about what is gone is none"
    );
}

#[test]
fn a_milestone_is_the_same_one_wherever_it_stands() {
    let steps = |ids: [&str; 2]| {
        let [one, other] = ids.map(|id| format!("[kr.1.milestone.{id}]\nname = \"{id}\"\n"));
        let (head, rest) = WEEK.split_once("[kr.2]").expect("a second");
        seen(&format!("{head}{one}{other}[kr.2]{rest}"), Look::PLAIN)
    };
    let (before, after) = (steps(["north", "south"]), steps(["south", "north"]));
    let own = |seen: &Seen, at: usize| {
        let id = Id::new("1").expect("an id");
        seen.steps(&id)[at].id.to_string()
    };
    let mut state = State::new(&before, (80, 24));
    press(&mut state, &before, "/lend⏎tj");
    let Mode::Steps(choice) = state.mode else {
        panic!("{:?}", state.mode)
    };
    let chosen = own(&before, choice);
    state.renew(&before, &after);
    let Effect::Save(wish) = press(&mut state, &after, "⏎") else {
        panic!("{:?}", state.mode)
    };
    assert_eq!(wish.words[0], format!("kr.1.milestone.{chosen}"));
}

#[test]
fn what_is_pasted_is_typed_and_presses_no_key() {
    let seen = seen(WEEK, Look::PLAIN);
    let mut state = State::new(&seen, (80, 24));
    state.paste("s5\r", &seen);
    assert_eq!(state.mode, Mode::Tree);
    press(&mut state, &seen, "m");
    state.paste("First.\rs5\r", &seen);
    assert!(matches!(&state.mode, Mode::Note(entry) if entry.text() == "First. s5"));
}

#[test]
fn keys_that_nobody_sees_do_nothing() {
    let seen = seen(WEEK, Look::PLAIN);
    let mut state = State::new(&seen, (60, 20));
    assert_eq!(press(&mut state, &seen, "s5⏎"), Effect::Nothing);
    assert_eq!(state.mode, Mode::Tree);
    assert_eq!(press(&mut state, &seen, "q"), Effect::Quit);
}

#[test]
fn every_key_is_told() {
    let seen = seen(WEEK, Look::PLAIN);
    let mut state = State::new(&seen, (80, 24));
    press(&mut state, &seen, "?");
    let shown = screen(&state, &seen);
    for bound in KEYS {
        let line = bound.names(false);
        assert!(
            shown.contains(&line) && shown.contains(bound.does),
            "{}",
            bound.does
        );
    }
}

#[test]
fn colour_is_left_out_where_it_is_not_wanted() {
    for (color, expected) in [(false, false), (true, true)] {
        let seen = seen(
            YEAR,
            Look {
                color,
                ..Look::PLAIN
            },
        );
        let state = State::new(&seen, (120, 40));
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a screen");
        terminal
            .draw(|frame| draw(frame, &state, &seen))
            .expect("a picture");
        let cells = &terminal.backend().buffer().content;
        let is_colored = cells
            .iter()
            .any(|cell| cell.fg != ratatui::style::Color::Reset);
        assert_eq!(is_colored, expected);
        assert!(cells.iter().all(|cell| !cell.symbol().contains('\u{1b}')));
    }
}

fn any_key() -> impl Strategy<Value = Key> {
    let named = [
        Key::Enter,
        Key::Escape,
        Key::Tab,
        Key::Backspace,
        Key::Delete,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::Control('u'),
    ];
    prop_oneof![
        3 => prop::sample::select(named.to_vec()),
        3 => prop::sample::select("jkghlGJKnf/svmtu?q123 x".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        1 => any::<char>().prop_map(Key::Char),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_keys_on_any_screen_show_the_line_they_are_about(
        keys in prop::collection::vec(any_key(), 0..60),
        size in (1_u16..130, 1_u16..50),
        later in (1_u16..130, 1_u16..50),
    ) {
        let seen = seen(YEAR, Look::PLAIN);
        let mut state = State::new(&seen, size);
        for (at, key) in keys.iter().enumerate() {
            if at == keys.len() / 2 {
                state.resize(&seen, later);
            }
            state.key(*key, &seen);
            let shown = screen(&state, &seen);
            let is_tree = state.mode == Mode::Tree && (!state.details || state.size.0 >= super::state::WIDE);
            if is_tree && state.size.0 >= 80 && state.size.1 >= 24 && !state.shown.is_empty() {
                let marks = shown.lines().filter(|line| line.starts_with("> ")).count();
                prop_assert_eq!(marks, 1, "{}", shown);
            }
        }
    }
}

#[test]
fn the_past_says_at_once_that_it_stays() {
    let seen = seen(WEEK, Look::PLAIN);
    for key in ["s", "v", "m", "t", "u"] {
        let mut state = State::new(&seen, (80, 24));
        state.is_past = true;
        assert_eq!(press(&mut state, &seen, key), Effect::Nothing, "{key}");
        assert_eq!(state.mode, Mode::Tree, "{key}");
        let said = state.said.map(|said| said.words).unwrap_or_default();
        assert!(said.contains("cannot be changed"), "{key}: {said}");
    }
}

#[test]
fn scrolling_ends_where_the_details_end() {
    let seen = seen(YEAR, Look::PLAIN);
    let mut state = State::new(&seen, (120, 20));
    press(&mut state, &seen, "nK");
    let begins = screen(&state, &seen);
    press(&mut state, &seen, &"J".repeat(40));
    let ends = screen(&state, &seen);
    press(&mut state, &seen, "K");
    assert_ne!(screen(&state, &seen), ends, "one step back is seen at once");
    press(&mut state, &seen, &"K".repeat(14));
    assert_eq!(screen(&state, &seen), begins);
}

#[test]
fn what_is_in_the_way_is_said_whole() {
    let seen = seen(WEEK, Look::PLAIN);
    let mut state = State::new(&seen, (80, 24));
    let words = "cycle.y2q1 was closed on 2021-10-20: `status` of kr.1 stays as it is\n\
                 hint: `loti set … --reopen` changes it all the same";
    state.complain(words);
    let shown = screen(&state, &seen);
    let foot: Vec<_> = shown.lines().skip(22).collect();
    assert_eq!(foot.join(" "), words.replace('\n', " "));
}

#[test]
fn a_cycle_that_goes_or_a_day_that_comes_is_seen() {
    let before = seen(WEEK, Look::PLAIN);
    let other = WEEK.replace("cycle.y2q1", "cycle.autumn");
    let plan = Document::read(Source::new("okrs.toml", other)).plan;
    let after = before.anew(plan, before.today);
    assert_eq!(after.cycle.as_str(), "autumn");
    assert_eq!(after.outline.items.len(), before.outline.items.len());
    let next = before.today.succ_opt().expect("a day");
    let later = before.anew(before.plan.clone(), next);
    assert_ne!(later.head(80), before.head(80));
}
