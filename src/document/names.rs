use hashbrown::{Equivalent, HashMap};

/// What has been named so far, across all sections, and by what right it may be named again.
///
/// These are TOML's own rules of tables and keys given twice, as the `toml` crate holds them; what
/// the names mean for a plan is the reader's business, and goes along as a `P`.
#[derive(Debug)]
pub(super) struct Names<P> {
    tables: Vec<Table<P>>,
    children: HashMap<(TableNumber, Box<str>), Named>,
}

/// The number of a table that has been named.
pub(super) type TableNumber = u32;

/// A name as it stands at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    /// The byte at which it stands.
    pub(super) at: u32,
    /// The key's number where the format knows it; values behind such keys cost no memory.
    pub(super) known: Option<usize>,
}

/// A table that has been named.
#[derive(Debug)]
pub(super) struct Table<P> {
    form: Form,
    /// The byte at which it was first named.
    pub(super) first: u32,
    /// Which of the keys that the format knows it holds values for, a bit each.
    pub(super) known: u64,
    /// Whether anything else is named below it.
    is_parent: bool,
    /// Whether something in it could not be read.
    pub(super) is_broken: bool,
    /// What it means for the plan.
    pub(super) place: P,
}

/// How a table came to be, which decides who may add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Passed through by headers alone: a header of its own may still open it.
    Passed,
    /// Passed through by a dotted key: other dotted keys may add to it.
    Dotted,
    /// Opened by a header, or the root.
    Opened,
    /// Written inline: complete where it stands.
    Inline,
    /// Passed through by a dotted key within an inline table.
    InlineDotted,
}

#[derive(Debug, Clone, Copy)]
enum Named {
    Value {
        first: u32,
    },
    Table(TableNumber),
    /// Rows opened by `[[…]]`; names go on in the last one.
    Rows(TableNumber),
}

/// A name that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clash {
    /// The byte at which it was given before; not known for the keys that the format knows.
    pub(super) first: Option<u32>,
    /// Whether it was to be added to, and stands for something complete in itself.
    pub(super) is_closed: bool,
}

#[derive(Hash)]
struct Borrowed<'a>(TableNumber, &'a str);

impl Equivalent<(TableNumber, Box<str>)> for Borrowed<'_> {
    fn equivalent(&self, key: &(TableNumber, Box<str>)) -> bool {
        self.0 == key.0 && *self.1 == *key.1
    }
}

/// The table at the top of the file.
pub(super) const ROOT: TableNumber = 0;

impl<P> Names<P> {
    /// Begins with a root that means `place`.
    pub(super) fn new(place: P) -> Self {
        Self {
            tables: vec![Table::new(Form::Opened, 0, place)],
            children: HashMap::new(),
        }
    }

    /// Returns a table by its number.
    pub(super) fn table(&self, table: TableNumber) -> &Table<P> {
        &self.tables[table as usize]
    }

    /// Returns a table by its number, for change.
    pub(super) fn table_mut(&mut self, table: TableNumber) -> &mut Table<P> {
        &mut self.tables[table as usize]
    }

    /// Returns every table that has been named.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Table<P>> {
        self.tables.iter()
    }

    /// Goes to a table below another on the way to a third, as part of a header or a dotted key.
    ///
    /// Where nothing is named so yet there is `None`, and it is to [begin](Self::begin) there.
    pub(super) fn pass(
        &mut self,
        parent: TableNumber,
        name: Name<'_>,
        dotted: bool,
    ) -> Result<Option<TableNumber>, Clash> {
        let inline = self.table(parent).is_inline();
        match self.get(parent, name)? {
            None => Ok(None),
            // Each row was opened by a header, which dotted keys may not add to.
            Some(Named::Rows(last)) if dotted => Err(Clash::taken(self.table(last).first)),
            Some(Named::Rows(last)) => Ok(Some(last)),
            Some(Named::Value { first }) => Err(Clash::closed(first)),
            Some(Named::Table(number)) => {
                let table = self.table_mut(number);
                match table.form {
                    Form::Inline => Err(Clash::closed(table.first)),
                    Form::InlineDotted if !inline => Err(Clash::closed(table.first)),
                    Form::Opened if dotted => Err(Clash::taken(table.first)),
                    Form::Passed if dotted => {
                        table.form = Form::Dotted;
                        Ok(Some(number))
                    }
                    _ => Ok(Some(number)),
                }
            }
        }
    }

    /// Names a table for the first time, in passing.
    pub(super) fn begin(
        &mut self,
        parent: TableNumber,
        name: Name<'_>,
        dotted: bool,
        place: P,
    ) -> TableNumber {
        let form = match (self.table(parent).is_inline(), dotted) {
            (true, _) => Form::InlineDotted,
            (false, true) => Form::Dotted,
            (false, false) => Form::Passed,
        };
        self.add(parent, name, Table::new(form, name.at, place))
    }

    /// Opens a table by its header's last segment.
    pub(super) fn open(
        &mut self,
        parent: TableNumber,
        name: Name<'_>,
        place: impl FnOnce() -> P,
    ) -> Result<TableNumber, Clash> {
        match self.get(parent, name)? {
            None => Ok(self.add(parent, name, Table::new(Form::Opened, name.at, place()))),
            Some(Named::Table(number)) => {
                let table = self.table_mut(number);
                if table.form != Form::Passed {
                    return Err(Clash::taken(table.first));
                }
                table.form = Form::Opened;
                table.first = name.at;
                Ok(number)
            }
            Some(Named::Value { first }) => Err(Clash::taken(first)),
            Some(Named::Rows(last)) => Err(Clash::taken(self.table(last).first)),
        }
    }

    /// Opens a further row by the last segment of a header in double brackets.
    ///
    /// Where nothing is named below the row before, nothing can refer to it any more: `finish` sees
    /// it for the last time, and its number is used again.
    pub(super) fn open_row(
        &mut self,
        parent: TableNumber,
        name: Name<'_>,
        place: impl FnOnce() -> P,
        finish: impl FnOnce(&Table<P>),
    ) -> Result<TableNumber, Clash> {
        match self.get(parent, name)? {
            None => {
                let row = self.push(Table::new(Form::Opened, name.at, place()));
                self.insert(parent, name, Named::Rows(row));
                Ok(row)
            }
            Some(Named::Rows(last)) => {
                let table = Table::new(Form::Opened, name.at, place());
                if self.table(last).is_parent {
                    let row = self.push(table);
                    self.insert(parent, name, Named::Rows(row));
                    return Ok(row);
                }
                finish(self.table(last));
                *self.table_mut(last) = table;
                Ok(last)
            }
            Some(Named::Table(number)) => Err(Clash::taken(self.table(number).first)),
            Some(Named::Value { first }) => Err(Clash::taken(first)),
        }
    }

    /// Names a value.
    pub(super) fn value(&mut self, parent: TableNumber, name: Name<'_>) -> Result<(), Clash> {
        self.claim(parent, name)?;
        match name.known {
            Some(number) => self.table_mut(parent).known |= 1 << number,
            None => self.insert(parent, name, Named::Value { first: name.at }),
        }
        Ok(())
    }

    /// Names a table that is complete where it stands.
    pub(super) fn inline(
        &mut self,
        parent: TableNumber,
        name: Name<'_>,
        place: P,
    ) -> Result<TableNumber, Clash> {
        self.claim(parent, name)?;
        Ok(self.add(parent, name, Table::new(Form::Inline, name.at, place)))
    }

    /// Begins a table without a name: an item of an array.
    pub(super) fn item(&mut self, at: u32, place: P) -> TableNumber {
        self.push(Table::new(Form::Inline, at, place))
    }

    /// Returns whether a name is still free, by saying who has it if not.
    fn claim(&self, parent: TableNumber, name: Name<'_>) -> Result<(), Clash> {
        match self.get(parent, name).map_err(|clash| Clash {
            is_closed: false,
            ..clash
        })? {
            None => Ok(()),
            Some(Named::Value { first }) => Err(Clash::taken(first)),
            Some(Named::Table(table) | Named::Rows(table)) => {
                Err(Clash::taken(self.table(table).first))
            }
        }
    }

    /// Returns what stands under a name; a value behind a key that the format knows is a clash.
    fn get(&self, parent: TableNumber, name: Name<'_>) -> Result<Option<Named>, Clash> {
        let table = self.table(parent);
        if name
            .known
            .is_some_and(|number| table.known & (1 << number) != 0)
        {
            return Err(Clash {
                first: None,
                is_closed: true,
            });
        }
        if !table.is_parent {
            return Ok(None);
        }
        Ok(self.children.get(&Borrowed(parent, name.text)).copied())
    }

    fn add(&mut self, parent: TableNumber, name: Name<'_>, table: Table<P>) -> TableNumber {
        let number = self.push(table);
        self.insert(parent, name, Named::Table(number));
        number
    }

    fn push(&mut self, table: Table<P>) -> TableNumber {
        self.tables.push(table);
        self.tables.len() as TableNumber - 1
    }

    fn insert(&mut self, parent: TableNumber, name: Name<'_>, named: Named) {
        self.table_mut(parent).is_parent = true;
        self.children.insert((parent, name.text.into()), named);
    }
}

impl<P> Table<P> {
    fn new(form: Form, first: u32, place: P) -> Self {
        Self {
            form,
            first,
            known: 0,
            is_parent: false,
            is_broken: false,
            place,
        }
    }

    fn is_inline(&self) -> bool {
        matches!(self.form, Form::Inline | Form::InlineDotted)
    }
}

impl Clash {
    fn taken(first: u32) -> Self {
        Self {
            first: Some(first),
            is_closed: false,
        }
    }

    fn closed(first: u32) -> Self {
        Self {
            first: Some(first),
            is_closed: true,
        }
    }
}
