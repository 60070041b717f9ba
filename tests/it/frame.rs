//! The least that has to stand above key results: how the plans of tests begin.

/// A plan with a cycle (`q1`, the first quarter of 2024), a theme (`reach`), an objective
/// (`outreach`), and no key results yet.
///
/// A macro, so that `concat!` takes it.
macro_rules! frame {
    () => {
        r#"[plan]
name = "Plan"

[cycle.q1]
name = "Quarter 1"
start = 2024-01-01
end = 2024-03-31

[theme.reach]
name = "Reach"

[objective.outreach]
theme = "reach"
name = "Outreach"
"#
    };
}

pub(crate) use frame;
