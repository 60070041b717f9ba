use std::io;

use super::look::{Look, Tone};
use super::wrapped::wrapped;

/// A word of the trade, or of this program, in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The word as people say it; a status as it stands in the file.
    pub name: &'static str,
    /// What it means, in two sentences.
    pub text: &'static str,
}

/// The words that `loti explain` knows, from the whole to its parts.
pub const TERMS: &[Term] = &[
    Term {
        name: "OKR",
        text: "Objectives and key results: what a team wants to be true, and the results by which \
               anyone can tell that it is. A team sets a few for each cycle, looks at them often, \
               and closes them at its end.",
    },
    Term {
        name: "plan",
        text: "What a team wants to reach and by when, in one file that its own git history \
               keeps. Its objectives and key results stand under its themes, and its progress \
               is the mean of theirs.",
    },
    Term {
        name: "objective",
        text: "What a team wants to be true, in words that make one want it too. It has no figure \
               of its own: its key results are how one can tell.",
    },
    Term {
        name: "key result",
        text: "A result by which one can tell that an objective is being reached. It says what will \
               be there or be true at the end and not what the team will be busy with.",
    },
    Term {
        name: "theme",
        text: "A broad direction that objectives are grouped by. All themes count the same in the \
               plan's progress.",
    },
    Term {
        name: "cycle",
        text: "The span of time that key results are set for, a quarter as a rule. Its last day is \
               the due day of every key result that names none.",
    },
    Term {
        name: "status",
        text: "How a key result stands, as its owner says. loti asks where the figures say \
               otherwise, and never changes a status by itself.",
    },
    Term {
        name: "not-started",
        text: "Nobody has begun. A key result without a status is not started.",
    },
    Term {
        name: "on-track",
        text: "On course to be reached in time. It adds no progress: what is not there yet counts \
               as not there.",
    },
    Term {
        name: "at-risk",
        text: "It will be missed unless something changes. Say in a note what would have to change.",
    },
    Term {
        name: "off-track",
        text: "It will be missed as things stand. Ask for help, make it smaller or drop it, and say \
               why in a note.",
    },
    Term {
        name: "done",
        text: "Finished, which is progress 100 for all but a metric. A metric keeps what was \
               measured, so that calling it done cannot hide a gap.",
    },
    Term {
        name: "dropped",
        text: "Given up, with the reason in a note. It stays in the counts and leaves the \
               percentages.",
    },
    Term {
        name: "committed",
        text: "A promise: met only when it is reached in full. A key result is committed unless its \
               kind says otherwise.",
    },
    Term {
        name: "aspirational",
        text: "A stretch: the team aims higher than it can be sure of. To reach seven tenths of it \
               is a good result.",
    },
    Term {
        name: "metric",
        text: "A key result with a figure on its way from a baseline to a target, up or down. Its \
               progress is the share of that way that lies behind.",
    },
    Term {
        name: "deliverable",
        text: "A key result without a figure: it is there, or it is not. Its progress is 0 until it \
               is done, and then 100.",
    },
    Term {
        name: "judged",
        text: "A key result whose `progress` its owner judges, from 0 to 100. Prefer a figure that \
               anyone could count.",
    },
    Term {
        name: "guardrail",
        text: "A figure to keep within `at-least` and `at-most` while the team works on the rest. \
               It is kept or broken, and has no progress.",
    },
    Term {
        name: "broken",
        text: "Said of a guardrail whose figure lies outside `at-least` and `at-most` now. It \
               is kept again as soon as `current` says so.",
    },
    Term {
        name: "ongoing",
        text: "Something to keep up over the whole cycle and never to finish. It has no progress \
               and is never overdue.",
    },
    Term {
        name: "kept up",
        text: "What is ongoing and on track reads so: it is being done, and is not a thing to \
               finish. It counts as on track.",
    },
    Term {
        name: "milestone",
        text: "A dated step on the way to a key result. Where nothing else is measured, the steps \
               made give the progress, and the key result itself is the last one.",
    },
    Term {
        name: "baseline",
        text: "The figure of a metric at the start, 0 if absent. Once set it stays: a changed \
               baseline makes progress out of nothing.",
    },
    Term {
        name: "current",
        text: "The figure of a metric or guardrail now. Set it whenever you have counted: \
               `loti set 3 current=300`.",
    },
    Term {
        name: "target",
        text: "The figure that a metric is to reach by its due day. It may lie below the baseline, \
               as with a waiting time.",
    },
    Term {
        name: "commit",
        text: "The figure that was promised, where the target is a stretch beyond it. Progress \
               runs to the target all the same.",
    },
    Term {
        name: "stretch",
        text: "The figure hoped for beyond the target. Reaching it shows as a line reached; \
               progress is full at the target.",
    },
    Term {
        name: "progress",
        text: "How far something has come, from 0 to 100, shown rounded down. Objectives, themes \
               and the plan have the mean of what stands below them, after their counts.",
    },
    Term {
        name: "pace",
        text: "Progress less the share of time gone, in percentage points: below 0 is behind. Only \
               metrics and judged key results have one, after the first third of their time.",
    },
    Term {
        name: "trend",
        text: "How progress and status came to be what they are, from the versions of the file in git: \
               `loti trend`. A point is what the last version of a day or week said.",
    },
    Term {
        name: "forecast",
        text: "The day on which something would be reached if it went on as it did: from where it is \
               today, at the median of the speeds between any two days of its time so far; half of \
               these speeds lead to a day between the two in brackets. It takes three different \
               values, and only what has a pace has one, or what stands above key results.",
    },
    Term {
        name: "merge",
        text: "Bringing together what two people made of the plan, key by key: `loti merge install` \
               lets git do it so. Different keys, notes and milestones never stand in each other's \
               way, and a new id that both took goes to ours, while theirs gets the next free one.",
    },
    Term {
        name: "conflict",
        text: "Where two people gave one key different values, or one took out what the other \
               changed. Both stand between marker lines until somebody chooses: `loti merge \
               resolve` asks.",
    },
    Term {
        name: "confidence",
        text: "How likely the owner thinks it is that the target will be reached, from 0.0 to 1.0. \
               It enters no other figure.",
    },
    Term {
        name: "score",
        text: "The grade from 0.0 to 1.0 that a key result is given when its cycle is closed. From \
               0.7 is good, but what is committed is met only at 1.0.",
    },
    Term {
        name: "cadence",
        text: "How often key results are checked: weekly, fortnightly or monthly. Without a cadence \
               nothing is ever stale.",
    },
    Term {
        name: "check-in",
        text: "The moment at which an owner says how a key result stands, in a note or a new \
               figure. One that found nothing changed leaves its day in `checked`.",
    },
    Term {
        name: "stale",
        text: "An open key result that has not been heard of for longer than its cadence. The \
               latest of its notes, of `checked` and of its start counts.",
    },
    Term {
        name: "heard of",
        text: "A key result was last heard of on the latest day of its notes and its \
               `checked`, or when it began. `not heard of` means that this is longer ago than \
               its cadence allows.",
    },
    Term {
        name: "overdue",
        text: "An open key result whose due day has passed. What is ongoing is never overdue.",
    },
    Term {
        name: "late to start",
        text: "Something to deliver that nobody has begun, with more than half its time gone. Begin \
               it, move it to a later cycle or drop it.",
    },
    Term {
        name: "person",
        text: "Who can own, review or sign something: somebody, a team or a role, under an id \
               such as `ana`. Once one is declared, everybody the plan names has to be: `loti \
               add person ana \"Ana Lima\"`.",
    },
    Term {
        name: "owner",
        text: "Who answers for a key result: its own owner, else its objective's, its theme's, the \
               plan's. A team or a role can own things too.",
    },
    Term {
        name: "reviewer",
        text: "Who reads the check-ins of a key result and answers them with a note, as `loti \
               report` asks. It is inherited like the owner.",
    },
    Term {
        name: "handover",
        text: "Giving one owner's open work to another: `loti handover ana ben`. Finished \
               work and old notes stay with whoever they name.",
    },
    Term {
        name: "partner",
        text: "Somebody outside the team who acts with it. Whoever is only a source belongs into \
               `links`.",
    },
    Term {
        name: "ask",
        text: "What the team needs from those who read the plan. `loti list --asks` \
               gathers them.",
    },
    Term {
        name: "evidence",
        text: "What shows a result: addresses on the web, or paths in the repository. Name it when \
               you set a key result to done.",
    },
    Term {
        name: "visibility",
        text: "How widely something is shown in exports: public, outline or private, and the \
               strictest word above it holds. The file itself is open to whoever can read the \
               repository.",
    },
    Term {
        name: "public",
        text: "Shown whole in exports. Everything is public unless something says otherwise.",
    },
    Term {
        name: "outline",
        text: "In public exports only the name or title, the aim, the due date and the status are \
               shown. It is in the counts and not in the percentages there.",
    },
    Term {
        name: "private",
        text: "Left out of public exports, and counted as left out. It hides nothing from those who \
               can read the file.",
    },
    Term {
        name: "publish",
        text: "What a plan shows in public exports beyond itself: `publish = [\"notes\", \"people\"]` in \
               `[plan]`. Without it notes, owners, reviewers and authors stay out of them.",
    },
    Term {
        name: "export",
        text: "The plan in a form for those who do not read the file: `loti export`. What is private is \
               left out of it, unless `--internal` is given, which marks what it writes.",
    },
    Term {
        name: "note",
        text: "What somebody wrote down on a day about a key result or what stands above it. A note \
               is never changed afterwards: a later one corrects it.",
    },
    Term {
        name: "address",
        text: "Where something of the plan is found: `kr.3`, `objective.data`, \
               `kr.3.milestone.route`. It is the header in the file without its brackets, and a \
               bare id is a key result.",
    },
    Term {
        name: "backlog",
        text: "Key results for some later cycle, kept with `cycle = \"later\"`. They are listed on \
               request, counted nowhere, and nothing is expected of them.",
    },
    Term {
        name: "weight",
        text: "How much something counts among its siblings in the progress of what stands above \
               it, 1 if absent. Weights change no counts.",
    },
    Term {
        name: "roll-up",
        text: "What several key results say together: their counts by status, and then the mean of \
               their progress. Statuses themselves are never rolled up into one.",
    },
    Term {
        name: "supports",
        text: "What a key result or objective helps to reach elsewhere in the plan. It enters no \
               figure.",
    },
    Term {
        name: "needs",
        text: "What has to be reached before a key result can be. Key results that need each other \
               in a ring are an error.",
    },
    Term {
        name: "continues",
        text: "The key result of an earlier cycle that this one carries on. The earlier one keeps \
               its status and score for good.",
    },
];

/// Writes a word with what it means.
pub fn term(out: &mut dyn io::Write, name: &str, text: &str, look: Look) -> io::Result<()> {
    writeln!(out, "{}", look.paint(Tone::Strong, name))?;
    wrapped(out, "  ", text, look)
}
