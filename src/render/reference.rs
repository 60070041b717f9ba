use std::fmt::Write as _;

use crate::model::{Cadence, Key, Kind, Publish, Status, TableName, Type, Visibility, Word};
use crate::text;

/// What the reference says before it comes to the tables.
const INTRODUCTION: &str = "\
<!-- Written by `LOTI_UPDATE=1 cargo test --test it schema` from the table of keys in src/model. -->

# The format of okrs.toml

A plan is one TOML file. This page lists every table and key of it; `okrs.schema.json` says the same to editors, and
`loti check` finds what neither can say.

```toml
#:schema ./okrs.schema.json

[plan]
name = \"Harbour Library Year 2\"
owner = \"team\"
cadence = \"weekly\"

[cycle.y2q1]
name = \"Year 2, Quarter 1\"
start = 2024-07-15
end = 2024-10-15

[theme.reach]
name = \"Reach\"

[objective.outreach]
theme = \"reach\"
name = \"Outreach\"
aim = \"People who never come meet us where they are\"

[kr.3]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
baseline = 120
current = 260
target = 400
unit = \"books a month\"

[kr.3.milestone.route]
name = \"Second route opens\"
due = 2024-09-08
done = true

[[kr.3.note]]
on = 2024-09-09
by = \"bus-team\"
text = \"Second route runs; 31 new cards in the first week.\"
```

- **Ids** are made of letters, digits, `-` and `_`: `12`, `data-ethics`. Where one thing names another, the id is a
  text: `theme = \"reach\"`. The status words, `later` and `plan` mean something else and cannot be ids.
- **Addresses** are the headers without their brackets: `kr.3`, `objective.outreach`, `kr.3.milestone.route`. A bare
  `3` is the key result `kr.3`; `kr.3.note#2` is its second note.
- **Quotes** stand around texts, words and ids, and not around dates, numbers, `true` and `false`.
- **Dates** are days, `2024-09-30`. \"In September\" is its last day.
- **Order**: things are shown in the order in which they stand in the file.
- **Notes** come last in what they belong to: a key written below `[[kr.3.note]]` belongs to the note. They can stand
  under the plan, a cycle, a theme and an objective as well, as in `[[objective.outreach.note]]`.
- **Unknown keys** are kept; `loti check` names them, with the nearest key that it knows.
- **TOML** is read as 1.1 and written as 1.0.

Keys in **bold** have to be there. What the figures mean is told in [figures.md](figures.md).
";

/// Returns the reference of the format as Markdown: every table, every key, every word.
pub fn format_reference() -> String {
    let mut page = INTRODUCTION.to_owned();
    for table in TableName::ALL {
        let _ = write!(page, "\n## `{}`\n\n{}\n", table.header(), table.about());
        page.push_str("\n| key | takes | meaning |\n| --- | --- | --- |\n");
        for key in table.keys() {
            page.push_str(&row(key));
        }
        if *table == TableName::KeyResult {
            page.push_str(MEASURES);
        }
    }
    page.push_str("\n## Words\n");
    for (name, words) in [
        ("status", Status::WORDS),
        ("kind", Kind::WORDS),
        ("visibility", Visibility::WORDS),
        ("cadence", Cadence::WORDS),
        ("publish", Publish::WORDS),
    ] {
        let _ = write!(page, "\n### {name}\n\n");
        for Word { name, meaning } in words {
            let _ = writeln!(page, "- `{name}`: {meaning}");
        }
    }
    page
}

const MEASURES: &str = "
A key result is measured in one way. Without any key for it, it is a *deliverable*: there or not there. With `target`
(and `baseline`, `current`, `unit`, `commit`, `stretch`) it is a *metric*; with `progress` it is *judged*; with
`at-least` or `at-most` it is a *guardrail*, kept or broken; with `ongoing` it is kept up and never finished.
Milestones go with any of these, and give the progress where there is no other measure.
";

fn row(key: &Key) -> String {
    let name = if key.required {
        format!("**`{}`**", key.name)
    } else {
        format!("`{}`", key.name)
    };
    let takes = takes(key).replace('|', "\\|");
    let about = key.about.replace('|', "\\|");
    format!("| {name} | {takes} | {about} |\n")
}

fn takes(key: &Key) -> String {
    match (key.takes, key.refers) {
        (Type::Text, Some(TableName::Person)) => {
            "a text; once a person is declared, a person's id".to_owned()
        }
        (Type::Text, _) => "a text".to_owned(),
        (Type::Id, Some(refers)) => format!("the id of {}", text::with_article(refers.noun())),
        (Type::Number { min, max }, _) => match (min, max) {
            (Some(min), Some(max)) => format!("a number from {min} to {max}"),
            (Some(min), None) => format!("a number from {min} up"),
            _ => "a number".to_owned(),
        },
        (Type::Date, _) => "a date".to_owned(),
        (Type::Bool, _) => "`true` or `false`".to_owned(),
        (Type::Rows(TableName::Link), _) => "a list of links, see below".to_owned(),
        (Type::Rows(TableName::Note), _) => "notes, see below".to_owned(),
        (Type::Rows(TableName::Allowance), _) => "a list of allowances, see below".to_owned(),
        (Type::Texts, _) => "a list of texts".to_owned(),
        (Type::Levels, _) => "a table such as `{ stale = \"error\" }`".to_owned(),
        (Type::Addresses, _) => {
            "a list of addresses, such as `[\"kr.10\", \"objective.data\"]`".to_owned()
        }
        (Type::Word(words), _) => alternatives(words),
        (Type::Words(words), _) => format!("a list of {}", alternatives(words)),
        (Type::Id | Type::Rows(_), _) => key.takes.describe(),
    }
}

fn alternatives(words: &[Word]) -> String {
    text::alternatives(words.iter().map(|word| format!("`{}`", word.name)))
}
