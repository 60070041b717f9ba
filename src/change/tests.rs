use super::{Change, Edit, Refusal, Splice, edit};
use crate::document::Document;
use crate::model::{Address, Id, Note, Value};
use crate::text::Source;

mod clash;
mod lists;
mod merge;
mod renames;
mod unsaid;

const HEAD: &str =
    "plan.name = \"P\"\n[cycle.c]\nname = \"C\"\nstart = 2024-01-01\nend = 2024-12-31\n";

fn at(word: &str) -> Address {
    word.parse().unwrap()
}

fn set(word: &str, value: Option<Value>) -> Change {
    let (at, key) = word.rsplit_once('.').unwrap();
    Change::Set {
        at: at.parse().unwrap(),
        key: key.to_owned(),
        value,
    }
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn note(to: &str, day: &str, text: &str) -> Change {
    Change::AddNote {
        to: at(to),
        note: Note {
            on: day.parse().unwrap(),
            by: None,
            text: text.to_owned(),
        },
    }
}

fn item(at: &str, item: &str, adds: bool) -> Change {
    let (at, key) = at.rsplit_once('.').unwrap();
    let (at, key, item) = (at.parse().unwrap(), key.to_owned(), Value::from(item));
    if adds {
        Change::AddItem { at, key, item }
    } else {
        Change::RemoveItem { at, key, item }
    }
}

fn add(word: &str, values: &[(&str, &str)]) -> Change {
    let values = values
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Change::Add {
        at: at(word),
        values: values.collect(),
    }
}

fn rename(from: &str, to: &str) -> Change {
    Change::Rename {
        from: at(from),
        to: Id::new(to).unwrap(),
        line: None,
    }
}

fn try_edit(text: &str, changes: &[Change]) -> Result<Edit, Refusal> {
    edit(&Document::read(Source::new("okrs.toml", text)), changes)
}

/// Makes a change in a text, and in the same text with other line endings and no last newline.
#[track_caller]
fn check(before: &str, change: &Change, after: &str) {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bom = |text: &str| format!("\u{feff}{text}");
    for (before, after) in [
        (before.to_owned(), after.to_owned()),
        (crlf(before), crlf(after)),
        (bom(before), bom(after)),
        (
            before.trim_end_matches('\n').to_owned(),
            after.trim_end_matches('\n').to_owned(),
        ),
    ] {
        let edit = match try_edit(&before, std::slice::from_ref(change)) {
            Ok(edit) => edit,
            Err(refusal) => panic!("{refusal}\n{before}"),
        };
        let text = edit.document.source.text();
        assert_eq!(text, after);
        assert_eq!(Splice::apply_all(&edit.splices, &before), text);
        assert_eq!(Splice::apply_all(&edit.inverse(), text), before);
    }
}

/// The same, in a plan that holds what every plan has to, below the text.
#[track_caller]
fn check_in(before: &str, change: &Change, after: &str) {
    let tail = "\n[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[cycle.c]\n\
                name = \"C\"\nstart = 2024-01-01\nend = 2024-12-31\n[plan]\nname = \"P\"\n";
    check(
        &format!("{before}{tail}"),
        change,
        &format!("{after}{tail}"),
    );
}

#[test]
fn a_key_is_set_in_every_layout() {
    for (before, after) in [
        (
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\nstatus = \"on-track\" # so far\n",
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\nstatus = \"at-risk\" # so far\n",
        ),
        (
            "# of it\n[kr.3] # here\n  objective='o'\n  title='x'\n  due=2024-03-01\n",
            "# of it\n[kr.3] # here\n  objective='o'\n  title='x'\n  status='at-risk'\n  due=2024-03-01\n",
        ),
        (
            "[\"kr\".'3']\nobjective = \"o\"\ntitle     = \"x\"\n",
            "[\"kr\".'3']\nobjective = \"o\"\ntitle     = \"x\"\nstatus    = \"at-risk\"\n",
        ),
        (
            "kr.3.title = \"x\"\nkr.4.title = \"y\"\nkr.3.objective = \"o\"\nkr.4.objective = \"o\"\n",
            "kr.3.title = \"x\"\nkr.3.status = \"at-risk\"\nkr.4.title = \"y\"\nkr.3.objective = \"o\"\nkr.4.objective = \"o\"\n",
        ),
        (
            "[kr]\n3 . title = \"x\"\n3.objective = \"o\"\n",
            "[kr]\n3 . title = \"x\"\n3 . status = \"at-risk\"\n3.objective = \"o\"\n",
        ),
        (
            "[kr]\n3 = { title = \"x\", objective = \"o\" }\n",
            "[kr]\n3 = { title = \"x\", status = \"at-risk\", objective = \"o\" }\n",
        ),
        (
            "kr = {3 = {objective='o',title='x'} }\n",
            "kr = {3 = {objective='o',title='x', status='at-risk'} }\n",
        ),
        (
            "kr = { 3.objective = \"o\", 3.title = \"x\" }\n",
            "kr = { 3.objective = \"o\", 3.title = \"x\", 3.status = \"at-risk\" }\n",
        ),
        (
            "[kr.3]\nobjective = \"o\"\ntitle = \"\"\"\n[kr.3]\nstatus = 'on-track'\n\"\"\"\n# status = \"done\"\n",
            "[kr.3]\nobjective = \"o\"\ntitle = \"\"\"\n[kr.3]\nstatus = 'on-track'\n\"\"\"\nstatus = \"at-risk\"\n# status = \"done\"\n",
        ),
    ] {
        check_in(before, &set("kr.3.status", Some(text("at-risk"))), after);
    }
}

#[test]
fn a_table_without_a_header_of_its_own_gets_one() {
    check_in(
        "[person.a]\nname = \"A\"\n\n# strict\n[\"check\".levels]\nstale = \"error\"\n",
        &set("check.at-risk-behind", Some(Value::Number(20.into()))),
        "[person.a]\nname = \"A\"\n\n[\"check\"]\nat-risk-behind = 20\n\n# strict\n[\"check\".levels]\nstale = \"error\"\n",
    );
}

#[test]
fn a_key_goes_with_its_line_or_its_comma() {
    for (before, after) in [
        (
            "[kr.3]\n# the due day\ndue = 2024-03-01 # soon\nobjective = \"o\"\ntitle = \"x\"\n",
            "[kr.3]\n# the due day\nobjective = \"o\"\ntitle = \"x\"\n",
        ),
        (
            "kr.3 = { due = 2024-03-01, objective = \"o\", title = \"x\" }\n",
            "kr.3 = { objective = \"o\", title = \"x\" }\n",
        ),
        (
            "kr.3 = { objective = \"o\", title = \"x\", due = 2024-03-01 }\n",
            "kr.3 = { objective = \"o\", title = \"x\" }\n",
        ),
    ] {
        check_in(before, &set("kr.3.due", None), after);
    }
}

#[test]
fn a_note_goes_below_all_that_belongs_to_its_owner() {
    for (before, after) in [
        (
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\n\n[kr.3.milestone.m]\nname = \"m\"\n\n\n# next\n[person.a]\nname = \"A\"\n",
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\n\n[kr.3.milestone.m]\nname = \"m\"\n\n[[kr.3.note]]\non = 2024-02-01\ntext = \"new\"\n\n\n# next\n[person.a]\nname = \"A\"\n",
        ),
        (
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\nnote = [\n  {on=2024-01-01,text=\"old\"}, # first\n]\n",
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\nnote = [\n  {on=2024-01-01,text=\"old\"}, # first\n  {on = 2024-02-01, text = \"new\"},\n]\n",
        ),
        (
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\nnote = [{ on = 2024-01-01, text = \"old\" }]\n",
            "[kr.3]\nobjective = \"o\"\ntitle = \"x\"\nnote = [{ on = 2024-01-01, text = \"old\" }, { on = 2024-02-01, text = \"new\" }]\n",
        ),
        (
            "[kr]\n3 = { objective = \"o\", title = \"x\" }\n",
            "[kr]\n3 = { objective = \"o\", title = \"x\", note = [{ on = 2024-02-01, text = \"new\" }] }\n",
        ),
        (
            "kr.3.objective = \"o\"\nkr.3.title = \"x\"\n",
            "kr.3.objective = \"o\"\nkr.3.title = \"x\"\nkr.3.note = [{ on = 2024-02-01, text = \"new\" }]\n",
        ),
    ] {
        check_in(before, &note("kr.3", "2024-02-01", "new"), after);
    }
}

#[test]
fn a_list_gains_and_loses_items() {
    let kr = |tags: &str| format!("[kr.3]\nobjective = \"o\"\ntitle = \"x\"\n{tags}");
    for (with, without) in [
        ("tags = [\"a\", \"b\"]\n", "tags = [\"a\"]\n"),
        ("tags = ['a', 'b', ] # x\n", "tags = ['a', ] # x\n"),
        (
            "tags = [\n  \"a\", # one\n  \"b\",\n]\n",
            "tags = [\n  \"a\", # one\n]\n",
        ),
        ("tags = [\n\t\"a\",\n\t\"b\"\n]\n", "tags = [\n\t\"a\"\n]\n"),
        ("tags = [\"b\"]\n", ""),
    ] {
        check_in(&kr(with), &item("kr.3.tags", "b", false), &kr(without));
        check_in(&kr(without), &item("kr.3.tags", "b", true), &kr(with));
    }
}

#[test]
fn a_new_table_goes_after_its_like() {
    let head =
        format!("{HEAD}\n[theme.t]\nname = \"T\"\n\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n");
    let kr = "\n[kr.1]\nobjective = \"o\"\ntitle = \"x\"\n";
    let new = "\n[kr.2]\nobjective = \"o\"\ntitle = \"y\"\n";
    let note = "\n[[kr.1.note]]\non = 2024-02-01\ntext = \"n\"\n";
    let other = "\n# the other\n[objective.p]\ntheme = \"t\"\nname = \"P\"\n";
    let change = add("kr.2", &[("title", "y"), ("objective", "o")]);
    for (before, after) in [("", ""), (kr, ""), (kr, note)] {
        check(
            &format!("{head}{before}{after}{other}"),
            &change,
            &format!("{head}{before}{after}{new}{other}"),
        );
    }
    check(
        &format!("{head}{kr}{note}{other}"),
        &add("objective.q", &[("theme", "t"), ("name", "Q")]),
        &format!("{head}{kr}{note}{other}\n[objective.q]\ntheme = \"t\"\nname = \"Q\"\n"),
    );
    check(
        &format!("{head}{kr}{note}{other}"),
        &add("kr.1.milestone.m", &[("name", "M")]),
        &format!("{head}{kr}\n[kr.1.milestone.m]\nname = \"M\"\n{note}{other}"),
    );
    check(
        &format!("kr = {{ 1 = {{ objective = \"o\", title = \"x\" }} }}\n{head}"),
        &change,
        &format!(
            "kr = {{ 1 = {{ objective = \"o\", title = \"x\" }}, 2 = {{ objective = \"o\", title = \"y\" }} }}\n{head}"
        ),
    );
    check(
        &format!("{head}[kr]\n1.objective = \"o\"\n1.title = \"x\"\n"),
        &change,
        &format!(
            "{head}[kr]\n1.objective = \"o\"\n1.title = \"x\"\n2.objective = \"o\"\n2.title = \"y\"\n"
        ),
    );
}

#[test]
fn a_table_goes_with_all_below_it() {
    let head =
        format!("{HEAD}\n[theme.t]\nname = \"T\"\n\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n");
    let gone = "# about it\n[kr.1]\nobjective = \"o\"\ntitle = \"x\"\n\n[kr.1.milestone.m]\nname = \"m\"\n\n";
    let next = "# about next\n[kr.2]\nobjective = \"o\"\ntitle = \"y\"\n";
    let remove = Change::Remove { at: at("kr.1") };
    check(
        &format!("{head}\n{gone}{next}"),
        &remove,
        &format!("{head}\n{next}"),
    );
    check(
        &format!(
            "{head}\n{next}\n{}",
            gone.trim_end_matches('\n').to_owned() + "\n"
        ),
        &remove,
        &format!("{head}\n{next}"),
    );
    check_in(
        "kr = { 1 = { objective = \"o\", title = \"x\" }, 2 = { objective = \"o\", title = \"y\" } }\n",
        &remove,
        "kr = { 2 = { objective = \"o\", title = \"y\" } }\n",
    );
}

#[test]
fn what_names_it_follows_a_rename() {
    check_in(
        "[kr.\"1\"]\nobjective = \"o\"\ntitle = \"x\"\n[[kr.1.note]]\non = 2024-01-01\ntext = \"kr.1\"\n\
         [kr.2]\nobjective = 'o'\ntitle = \"y\"\nneeds = [\"1\", 'kr.1']\ncontinues = \"1\"\n",
        &rename("kr.1", "9"),
        "[kr.\"9\"]\nobjective = \"o\"\ntitle = \"x\"\n[[kr.9.note]]\non = 2024-01-01\ntext = \"kr.1\"\n\
         [kr.2]\nobjective = 'o'\ntitle = \"y\"\nneeds = [\"9\", 'kr.9']\ncontinues = \"9\"\n",
    );
}

#[test]
fn a_table_of_one_dotted_key_outlives_it() {
    for (before, after) in [
        (
            "[person]\np1.name = \"x\" # who\np2.name = \"y\"\n",
            "[person]\np1 = {} # who\np2.name = \"y\"\n",
        ),
        ("person.p1.name = \"x\"\n", "person.p1 = {}\n"),
        (
            "person = { p1.name = \"x\", p2 = {} }\n",
            "person = { p1 = {}, p2 = {} }\n",
        ),
        (
            "person.p1.name = \"x\"\nperson.p1.email = \"y\"\n",
            "person.p1.email = \"y\"\n",
        ),
        ("[person]\np1 = { name = \"x\" }\n", "[person]\np1 = {  }\n"),
    ] {
        check_in(before, &set("person.p1.name", None), after);
    }
}

#[test]
fn a_change_is_said_with_what_an_absent_key_means() {
    let before = Document::read(Source::new(
        "okrs.toml",
        format!(
            "{HEAD}[kr.1]\nobjective = \"o\"\ntitle = \"x\"\nkind = \"aspirational\"\n[kr.1.milestone.m]\nname = \"M\"\n"
        ),
    ));
    for (change, words) in [
        (
            set("kr.1.status", Some(text("on-track"))),
            "kr.1 status: not-started → on-track",
        ),
        (
            set("kr.1.kind", None),
            "kr.1 kind: aspirational → committed",
        ),
        (
            set("kr.1.visibility", Some(text("private"))),
            "kr.1 visibility: public → private",
        ),
        (
            set("kr.1.weight", Some(Value::Number(2.into()))),
            "kr.1 weight: 1 → 2",
        ),
        (
            set("kr.1.milestone.m.done", Some(Value::Bool(true))),
            "kr.1.milestone.m done: false → true",
        ),
        (
            set("kr.1.status", Some(text("not-started"))),
            "kr.1 status: (none) → not-started",
        ),
        (
            set("kr.1.owner", Some(text("ana"))),
            "kr.1 owner: (none) → ana",
        ),
    ] {
        assert_eq!(change.describe(&before.plan), words);
    }
}

#[test]
fn what_cannot_be_done_is_refused_with_a_reason() {
    let head = format!(
        "{HEAD}[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[kr.1]\nobjective = \"o\"\ntitle = \"x\"\n"
    );
    for (change, why) in [
        (set("kr.2.status", Some(text("done"))), "there is no `kr.2`"),
        (
            set("kr.1.statsu", Some(text("done"))),
            "a key result has no key `statsu`; did you mean `status`?",
        ),
        (
            set("kr.1.objective", Some(text("nope"))),
            "the file would not be right afterwards: there is no objective `nope`",
        ),
        (
            Change::Remove {
                at: at("objective.o"),
            },
            "the file would not be right afterwards: there is no objective `o`",
        ),
        (add("kr.1", &[("title", "x")]), "there is a `kr.1` already"),
        (
            rename("kr.1", "done"),
            "`done` cannot be an id: status words, `later` and `plan` mean something else",
        ),
        (
            item("kr.1.tags", "b", false),
            "`kr.1.tags` does not hold `b`",
        ),
        (
            item("kr.1.title", "b", true),
            "`kr.1.title` is no list: give it a value with `title=`",
        ),
        (
            set("kr.1.title", None),
            "`kr.1.title`: this key has to be there",
        ),
    ] {
        let refusal = try_edit(&head, &[change]).unwrap_err();
        assert_eq!(refusal.to_string(), why);
    }
}

#[test]
fn what_is_so_already_is_left_alone() {
    let head = format!(
        "{HEAD}[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = 'O'\nweight = 1.0\n"
    );
    let weight = Some(Value::Number(1.into()));
    for change in [
        set("objective.o.weight", weight),
        set("objective.o.name", Some(text("O"))),
        set("objective.o.aim", None),
    ] {
        assert!(try_edit(&head, &[change]).unwrap().splices.is_empty());
    }
}
