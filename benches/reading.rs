//! The library: reading against the bare parser underneath it, the status board, an edit.
//!
//! `cargo bench --bench reading`, or `cargo bench --bench reading -- read` for one of them.

use chrono::NaiveDate;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use loti::change::{Change, edit};
use loti::check::{Levels, Wish, check, pages};
use loti::document::Document;
use loti::model::{Address, Id, Value};
use loti::render::{self, Look};
use loti::text::Source;
use loti::view::{Board, Filter};
use toml_parser::parser::{Event, RecursionGuard, ValidateWhitespace, parse_document};

mod plan;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

fn read(text: &str) -> Document {
    Document::read(Source::new("okrs.toml", text))
}

fn document(key_results: usize) -> Document {
    let document = read(&plan::text(key_results));
    assert_eq!(document.plan.key_results.len(), key_results);
    assert!(document.problems.is_empty(), "{:?}", document.problems[0]);
    document
}

fn today() -> NaiveDate {
    plan::TODAY.parse().expect("it is a date")
}

/// The text to the plan, every place kept and every problem told.
#[divan::bench(args = SIZES)]
fn read_plan(bencher: Bencher<'_, '_>, key_results: usize) {
    let text = plan::text(key_results);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone())
        .bench_values(|text| Document::read(Source::new("okrs.toml", text)));
}

/// The text to TOML's tokens and events, and no further: what nothing that reads TOML is spared.
#[divan::bench(args = SIZES)]
fn read_toml(bencher: Bencher<'_, '_>, key_results: usize) {
    let text = plan::text(key_results);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let source = toml_parser::Source::new(black_box(&text));
        let tokens = source.lex().into_vec();
        let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
        let mut errors = Vec::new();
        let mut whitespace = ValidateWhitespace::new(&mut events, source);
        let mut guard = RecursionGuard::new(&mut whitespace, 80);
        parse_document(&tokens, &mut guard, &mut errors);
        assert!(errors.is_empty());
        events
    });
}

/// The plan to what `loti status` says of it.
#[divan::bench(args = SIZES)]
fn board(bencher: Bencher<'_, '_>, key_results: usize) {
    let document = document(key_results);
    let (filter, today) = (Filter::default(), today());
    let cycle = document.plan.current_cycle(today).expect("it has one");
    bencher.bench(|| Board::new(black_box(&document.plan), cycle, &filter, today));
}

/// The board to the lines that a pipe gets.
#[divan::bench(args = SIZES)]
fn write_status(bencher: Bencher<'_, '_>, key_results: usize) {
    let document = document(key_results);
    let (filter, today) = (Filter::default(), today());
    let cycle = document.plan.current_cycle(today).expect("it has one");
    let board = Board::new(&document.plan, cycle, &filter, today);
    let look = Look {
        width: None,
        color: false,
        ascii: false,
    };
    bencher.with_inputs(Vec::new).bench_values(|mut out| {
        render::status(&mut out, black_box(&board), today, look).expect("a Vec takes all");
        out
    });
}

/// One status set, and proved to be all that changes.
#[divan::bench(args = [1_000, 10_000])]
fn set_status(bencher: Bencher<'_, '_>, key_results: usize) {
    let document = document(key_results);
    let id = Id::new(&(key_results / 2).to_string()).expect("it is an id");
    let change = Change::Set {
        at: Address::KeyResult(id),
        key: "status".to_owned(),
        value: Some(Value::Text("off-track".to_owned())),
    };
    let changes = [change];
    bencher.bench(|| edit(black_box(&document), &changes).expect("it can be made"));
}

/// What every rule finds in the plan.
#[divan::bench(args = SIZES)]
fn check_plan(bencher: Bencher<'_, '_>, key_results: usize) {
    let document = document(key_results);
    let levels = Levels::new(&document.plan, &Wish::default());
    bencher.bench(|| check(black_box(&document), &levels, today()));
}

/// What one rule finds in a plan of 10 000 key results.
#[divan::bench(args = pages().map(|page| page.rule.0))]
fn check_rule(bencher: Bencher<'_, '_>, rule: &str) {
    let document = document(10_000);
    let wish = Wish {
        only: pages()
            .map(|page| page.rule)
            .filter(|of| of.0 == rule)
            .collect(),
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    bencher.bench(|| check(black_box(&document), &levels, today()));
}
