use crate::text::Span;

/// Bytes of a text that are replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes; empty where text is only put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Splice {
    pub(super) fn new(start: usize, end: usize, text: impl Into<String>) -> Self {
        Self {
            span: Span::new(start, end),
            text: text.into(),
        }
    }

    /// Makes splices against a text, in file order and without overlap, in it.
    pub fn apply_all(splices: &[Self], text: &str) -> String {
        let mut result = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for splice in splices {
            result.push_str(text.get(at..splice.span.start as usize).unwrap_or_default());
            result.push_str(&splice.text);
            at = splice.span.end as usize;
        }
        result.push_str(text.get(at..).unwrap_or_default());
        result
    }
}

/// Puts splices into file order and joins removals that overlap.
///
/// Those at the same place stay in the order in which they were made.
pub(super) fn in_order(mut splices: Vec<Splice>) -> Vec<Splice> {
    splices.sort_by_key(|splice| splice.span.start);
    let mut joined: Vec<Splice> = Vec::with_capacity(splices.len());
    for splice in splices {
        match joined.last_mut() {
            Some(last)
                if splice.span.start < last.span.end
                    || (splice.span.start == last.span.end
                        && (last.span.is_empty() || splice.span.is_empty())) =>
            {
                last.span.end = last.span.end.max(splice.span.end);
                last.text.push_str(&splice.text);
            }
            _ => joined.push(splice),
        }
    }
    joined
}

/// A text on its way through several rounds of splices, each made against what the one before left.
#[derive(Debug)]
pub(super) struct Rewrite<'a> {
    old: &'a str,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Kept(Span),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(span) => span.range().len(),
            Self::New(text) => text.len(),
        }
    }

    fn split_off(&mut self, at: usize) -> Self {
        match self {
            Self::Kept(span) => {
                let rest = Span::new(span.start as usize + at, span.end as usize);
                span.end = rest.start;
                Self::Kept(rest)
            }
            Self::New(text) => Self::New(text.split_off(at)),
        }
    }
}

impl<'a> Rewrite<'a> {
    pub(super) fn new(old: &'a str) -> Self {
        Self {
            old,
            pieces: vec![Piece::Kept(Span::new(0, old.len()))],
        }
    }

    /// Makes a round of splices, in order and without overlap.
    pub(super) fn round(&mut self, splices: &[Splice]) {
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2 * splices.len());
        let mut splices = splices.iter().peekable();
        // How far the round has come in the text it is made against, and what it has to drop.
        let (mut at, mut drop_to) = (0, 0);
        for piece in std::mem::take(&mut self.pieces) {
            let mut piece = Some(piece);
            while let Some(mut now) = piece.take() {
                let len = now.len();
                if at < drop_to && len > 0 {
                    let dropped = len.min(drop_to - at);
                    at += dropped;
                    if dropped < len {
                        piece = Some(now.split_off(dropped));
                    }
                    continue;
                }
                if let Some(splice) = splices.next_if(|next| (next.span.start as usize) < at + len)
                {
                    let start = splice.span.start as usize - at;
                    let rest = now.split_off(start);
                    at += start;
                    pieces.push(now);
                    pieces.push(Piece::New(splice.text.clone()));
                    drop_to = splice.span.end as usize;
                    piece = Some(rest);
                } else {
                    at += len;
                    pieces.push(now);
                }
            }
        }
        pieces.extend(splices.map(|splice| Piece::New(splice.text.clone())));
        self.pieces = pieces;
    }

    /// Returns the text as it is now.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.old.len() + 64);
        for piece in &self.pieces {
            match piece {
                Piece::Kept(span) => text.push_str(&self.old[span.range()]),
                Piece::New(new) => text.push_str(new),
            }
        }
        text
    }

    /// Returns all rounds as splices against the text at the beginning.
    pub(super) fn splices(self) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut at = 0;
        let mut new = String::new();
        let end = Piece::Kept(Span::new(self.old.len(), self.old.len()));
        for piece in self.pieces.into_iter().chain([end]) {
            match piece {
                Piece::New(text) => new.push_str(&text),
                Piece::Kept(span) => {
                    let start = span.start as usize;
                    let is_end = start == self.old.len();
                    if span.is_empty() && !is_end {
                        continue;
                    }
                    if start > at || !new.is_empty() {
                        if self.old[at..start] != new {
                            splices.push(Splice::new(at, start, std::mem::take(&mut new)));
                        }
                        new.clear();
                    }
                    at = span.end as usize;
                }
            }
        }
        splices
    }
}
