use toml_parser::Source as Toml;

use super::body::Body;
use super::read::Reader;
use super::section::{Cutter, Section, fill};
use crate::diagnostic::Diagnostic;
use crate::model::{Address, Id, Plan, TableName};

/// A section with what it is about: what one table of the plan is made of, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub section: Section,
    /// The table at the top of the file that its keys, and those of all that stands below it, are
    /// part of: `["kr", "3"]`, or `["plan"]`; empty where it says nothing at all.
    pub path: Vec<String>,
}

impl Piece {
    /// Returns the address of the table it is part of, where the format knows one.
    pub fn address(&self) -> Option<Address> {
        match self.path.as_slice() {
            [root] if root == "plan" => Some(Address::Plan),
            [root] if root == "check" => Some(Address::Check),
            [root, id] => Address::of(TableName::of_root(root)?, Id::new(id)?),
            _ => None,
        }
    }
}

/// Cuts a text into pieces from where one of its sections begins, one after the other.
///
/// Ends early, with `None` for a piece, where a section cannot be told apart from the others: its
/// text is broken, or says something of several tables at once. Such a text is read as a whole.
pub struct Pieces<'t> {
    text: &'t str,
    base: u32,
    cutter: Cutter<'t>,
    body: Body,
}

impl<'t> Pieces<'t> {
    /// Begins at an offset, where a section begins.
    pub fn at(text: &'t str, base: u32) -> Self {
        Self {
            text,
            base,
            cutter: Cutter::new(Toml::new(&text[base as usize..])),
            body: Body::default(),
        }
    }

    fn path(&self) -> Option<Vec<String>> {
        let body = &self.body;
        if !body.errors.is_empty() || self.cutter.ran_away {
            return None;
        }
        if body.header.is_empty() {
            // What stands above the first header may be about anything.
            return body.nodes.is_empty().then(Vec::new);
        }
        let mut names = body.header.iter().map(|segment| segment.decode(self.text));
        let root = names.next()?.into_owned();
        match (TableName::of_root(&root), names.next()) {
            (Some(table), Some(id)) if table.has_ids() => Some(vec![root, id.into_owned()]),
            // `[kr]` holds all of them.
            (Some(table), None) if table.has_ids() => None,
            _ => Some(vec![root]),
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Option<Piece>;

    fn next(&mut self) -> Option<Option<Piece>> {
        let (mut section, mut tokens) = self.cutter.next()?;
        if section.span.is_empty() {
            // Nothing stands above a header at the very beginning.
            (section, tokens) = self.cutter.next()?;
        }
        let toml = Toml::new(&self.text[self.base as usize..]);
        self.body.fill(toml, tokens, self.base);
        section.span.start += self.base;
        section.span.end += self.base;
        Some(self.path().map(|path| Piece { section, path }))
    }
}

/// Reads some sections of a text by themselves: the tables they are about, and what is wrong with
/// them.
///
/// With every section of a table among them, the table is what reading the whole text makes of it.
pub fn read_pieces(
    text: &str,
    sections: impl IntoIterator<Item = Section>,
) -> (Plan, Vec<Diagnostic>) {
    let mut reader = Reader::new(text);
    let mut body = Body::default();
    for section in sections {
        fill(&mut body, text, section);
        reader.section(section, &body);
    }
    reader.finish()
}
