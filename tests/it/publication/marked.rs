//! A plan in which everything that is not for everybody is marked: it holds `hush`, or is a day or a
//! figure that is found nowhere else.

/// The plan. Neither notes nor people are published.
pub(crate) const PLAN: &str = r#"
# hush, a comment at the top
[plan]
name = "Harbour Library"
owner = "hush-plan-owner"
reviewer = "hush-plan-reviewer"
cadence = "weekly"
allow = [{ rule = "no-owner", why = "hush plan" }]

[[plan.note]]
on = 2024-02-03
by = "hush-plan-owner"
text = "hush plan note"

[cycle.q1]
name = "Quarter 1"
start = 2024-01-01
end = 2024-03-31
allow = [{ rule = "cycles-overlap", why = "hush cycle" }]

[[cycle.q1.note]]
on = 2024-02-04
text = "hush cycle note"

[theme.reach]
name = "Reach"
aim = "More people use the library"
owner = "hush-theme-owner"
links = ["https://example.org/reach"]
allow = [{ rule = "no-owner", why = "hush theme" }]

[theme.sketch]
name = "Sketched theme"
aim = "Only a sketch"
short = "hush short"
about = "hush about"
owner = "hush-sketch-owner"
visibility = "outline"
links = ["https://hush.example.org/sketch"]

[theme.hush-theme]
name = "hush theme name"
aim = "hush theme aim"
visibility = "private"
links = [{ name = "hush link", url = "https://hush.example.org/theme" }]

[objective.outreach]
theme = "reach"
name = "Outreach"
owner = "hush-objective-owner"
supports = ["objective.hush-objective", "objective.drawn", "hush-1", "person.hush-theme-owner"]

[objective.drawn]
theme = "sketch"
name = "Drawn objective"
aim = "An outline of an aim"
about = "hush drawn about"
partners = ["hush drawn partner"]
weight = 7919
supports = ["objective.hush-objective"]

[objective.hush-objective]
theme = "reach"
name = "hush objective name"
aim = "hush objective aim"
visibility = "private"
partners = ["hush partner"]

[objective.hush-below]
theme = "hush-theme"
name = "hush below"
visibility = "public"

# hush, a comment on a key result
[kr.1]
objective = "outreach"
title = "Lend 400 books a month"
status = "on-track"
owner = "hush-owner"
reviewer = "hush-reviewer"
partners = ["Town council"]
current = 100
target = 400
unit = "books"
checked = 2024-02-05
cadence = "monthly"
evidence = ["https://example.org/books"]
needs = ["hush-1", "kr.2", "hush-1.milestone.hush-step", "2.milestone.hush-drawn"]
supports = ["hush-2", "objective.hush-objective", "theme.hush-theme"]
continues = "hush-3"
allow = [{ rule = "stale", why = "hush why" }]

[kr.1.milestone.route]
name = "Second route opens"
due = 2024-02-20
allow = [{ rule = "overdue", why = "hush milestone" }]

[[kr.1.note]]
on = 2024-02-06
by = "hush-author"
text = "hush note"

[kr.2]
objective = "outreach"
title = "Outlined result"
status = "at-risk"
due = 2024-03-15
visibility = "outline"
short = "hush outlined short"
about = "hush outlined about"
owner = "hush-outlined-owner"
partners = ["hush outlined partner"]
tags = ["hush-tag"]
links = ["https://hush.example.org/outlined"]
evidence = ["hush/evidence.md"]
ask = "hush ask"
start = 2024-01-17
weight = 6133
confidence = 0.4567
current = 6421
target = 8819
unit = "hush units"
needs = ["kr.4", "hush-1"]

[kr.2.milestone.hush-drawn]
name = "hush drawn step"
due = 2024-02-17

[[kr.2.note]]
on = 2024-02-07
text = "hush outlined note"

[kr.3]
objective = "drawn"
title = "Drawn result"
progress = 37
kind = "aspirational"
about = "hush drawn result"
visibility = "public"

[kr.4]
objective = "outreach"
title = "Open the second route"
status = "done"

[kr.hush-1]
objective = "outreach"
title = "hush title"
status = "off-track"
visibility = "private"
due = 2024-03-11
start = 2024-01-11
current = 5573
target = 9967
unit = "hush"
ask = "hush ask"
tags = ["hush"]

[kr.hush-1.milestone.hush-step]
name = "hush step"
due = 2024-02-13

[[kr.hush-1.note]]
on = 2024-02-14
by = "hush-author"
text = "hush private note"

[kr.hush-2]
objective = "hush-objective"
title = "hush in an objective"
status = "dropped"
needs = ["kr.1"]

[kr.hush-3]
objective = "hush-below"
title = "hush in a theme"
due = 2024-03-12

[person.hush-owner]
name = "hush name"
email = "hush@example.org"
github = "hush"

[person.hush-plan-owner]
[person.hush-plan-reviewer]
[person.hush-theme-owner]
[person.hush-sketch-owner]
[person.hush-objective-owner]
[person.hush-reviewer]
[person.hush-author]
[person.hush-outlined-owner]

[check]
levels = { stale = "error" }
allow = [{ rule = "no-owner", why = "hush check" }]
"#;

/// Days that nobody may find.
const DAYS: &[&str] = &[
    "2024-02-03",
    "2024-02-04",
    "2024-02-05",
    "2024-02-06",
    "2024-01-17",
    "2024-02-17",
    "2024-02-07",
    "2024-03-11",
    "2024-01-11",
    "2024-02-13",
    "2024-02-14",
    "2024-03-12",
];

/// Words and figures that nobody may find: those of what is private, and what an outline leaves out.
const WORDS: &[&str] = &[
    "hush",
    "7919",
    "6133",
    "0.4567",
    "6421",
    "8819",
    "5573",
    "9967",
    "aspirational",
];

/// Returns the first thing that nobody may find in what was published, if there is one.
pub(crate) fn found(published: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(published).to_lowercase();
    let words = WORDS.iter().map(|word| (*word).to_owned());
    let days = DAYS.iter().flat_map(|day| {
        let date: chrono::NaiveDate = day.parse().expect("a day");
        [
            "%Y-%m-%d", "%Y%m%d", "%-d %b", "%d %b", "%b %-d", "%-d %B", "%B %-d",
        ]
        .map(|format| date.format(format).to_string().to_lowercase())
    });
    words.chain(days).find(|word| holds(&text, word))
}

/// Returns whether a text holds a word, which is no part of a longer number.
fn holds(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        let after = text.as_bytes().get(at + word.len());
        let (begins, ends) = (word.as_bytes().first(), word.as_bytes().last());
        let goes_on = is_digit(begins) && is_digit(before) || is_digit(ends) && is_digit(after);
        !goes_on
    })
}
