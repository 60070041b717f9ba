use super::{Diagnostic, Rule};

/// How many problems of one rule are kept; past it a file is beyond mending by hand, and telling of
/// each would take its time and memory.
pub const MOST_OF_A_RULE: usize = 1000;

/// What may be spent on hints, such as the nearest spelling or the first of two places: about as
/// many letters looked at. Past it problems are told without.
const EFFORT: usize = 50_000_000;

/// The problems of a text, of each rule no more than anybody reads.
#[derive(Debug)]
pub struct Problems {
    kept: Vec<Diagnostic>,
    counts: Vec<(Rule, usize)>,
    effort: usize,
}

impl Default for Problems {
    fn default() -> Self {
        Self::new()
    }
}

impl Problems {
    /// Begins with none.
    pub fn new() -> Self {
        Self {
            kept: Vec::new(),
            counts: Vec::new(),
            effort: EFFORT,
        }
    }

    /// Adds a problem; `make` is asked for it only where there is still room for its rule.
    pub fn add(&mut self, rule: Rule, make: impl FnOnce(&mut Effort) -> Diagnostic) {
        let at = self.counts.iter().position(|(of, _)| *of == rule);
        let at = at.unwrap_or_else(|| {
            self.counts.push((rule, 0));
            self.counts.len() - 1
        });
        let count = &mut self.counts[at].1;
        *count += 1;
        if *count <= MOST_OF_A_RULE {
            self.kept.push(make(&mut Effort(&mut self.effort)));
        }
    }

    /// Returns how many problems of each rule there was no more room for.
    pub fn dropped(&self) -> impl Iterator<Item = (Rule, usize)> {
        let counts = self.counts.iter();
        counts.map(|(rule, count)| (*rule, count.saturating_sub(MOST_OF_A_RULE)))
    }

    /// Takes out the kept problems that `is_void` picks.
    pub fn drop(&mut self, is_void: impl Fn(&Diagnostic) -> bool) {
        self.kept.retain(|problem| !is_void(problem));
    }

    /// Takes away the fixes of the kept problems that `is_void` picks.
    pub fn drop_fixes(&mut self, is_void: impl Fn(&Diagnostic) -> bool) {
        for problem in self.kept.iter_mut().filter(|problem| is_void(problem)) {
            problem.fix = None;
        }
    }

    /// Returns the problems that were kept; the last one of a rule says how many were not.
    pub fn into_kept(mut self) -> Vec<Diagnostic> {
        for (rule, count) in self.counts {
            let mut of_rule = self.kept.iter_mut().rev();
            if count > MOST_OF_A_RULE
                && let Some(last) = of_rule.find(|problem| problem.rule == rule)
            {
                let more = count - MOST_OF_A_RULE;
                last.help
                    .push(format!("{more} more of this kind are not shown"));
            }
        }
        self.kept
    }
}

/// What is left for hints.
#[derive(Debug)]
pub struct Effort<'a>(&'a mut usize);

impl Effort<'_> {
    /// Takes some of it, or returns that too little is left.
    pub fn afford(&mut self, cost: usize) -> bool {
        let left = self.0.checked_sub(cost);
        *self.0 = left.unwrap_or(*self.0);
        left.is_some()
    }

    /// Returns the nearest spelling among some words, where looking for it can be afforded.
    pub fn nearest<'w>(
        &mut self,
        word: &str,
        words: impl ExactSizeIterator<Item = &'w str>,
    ) -> Option<&'w str> {
        // Comparing two words takes time by the product of their lengths; ids are short.
        let cost = words.len() * (word.len() + 10) * 10;
        self.afford(cost)
            .then(|| crate::text::nearest(word, words))?
    }
}
