/// One word of a closed list, and what it says of an OKR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// As it stands in the file.
    pub name: &'static str,
    /// What it means, for help and for the format's reference.
    pub meaning: &'static str,
}

/// Declares an enum whose variants are words in the file, with one spelling and one meaning each.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( #[doc = $meaning:literal] $variant:ident = $word:literal, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $( #[doc = $meaning] $variant, )*
        }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// Every word with its meaning, in the same order.
            pub const WORDS: &'static [Word] = &[
                $( Word { name: $word, meaning: $meaning.trim_ascii() }, )*
            ];

            /// Returns the word as it stands in the file.
            pub fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )*
                }
            }

            /// Reads a word exactly as it stands in the file.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $( $word => Some(Self::$variant), )*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

words! {
    /// How a key result stands, as its owner says; loti never changes it by itself.
    pub enum Status {
        /// nobody has begun; what a key result without a status is
        NotStarted = "not-started",
        /// on course to be reached in time
        OnTrack = "on-track",
        /// will be missed unless something changes
        AtRisk = "at-risk",
        /// will be missed as things stand
        OffTrack = "off-track",
        /// finished
        Done = "done",
        /// given up; say why in a note
        Dropped = "dropped",
    }
}

impl Status {
    /// Returns whether work is still to come: neither done nor dropped.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Dropped)
    }

    /// Returns whether the owner says that it is in trouble.
    pub fn is_trouble(self) -> bool {
        matches!(self, Self::AtRisk | Self::OffTrack)
    }
}

words! {
    /// What reaching a key result means to the team that set it.
    pub enum Kind {
        /// a promise: met only when it is reached in full; what a key result is if nothing is said
        Committed = "committed",
        /// a stretch: seven tenths of it is a good result
        Aspirational = "aspirational",
    }
}

words! {
    /// Who may see something in what is exported; the file itself is open to whoever has it.
    pub enum Visibility {
        /// shown whole; what everything is if nothing is said
        Public = "public",
        /// only name or title, aim, due date and status are shown
        Outline = "outline",
        /// left out, and counted as left out
        Private = "private",
    }
}

words! {
    /// How often the owners look at their key results and say how they stand.
    pub enum Cadence {
        /// every 7 days
        Weekly = "weekly",
        /// every 14 days
        Fortnightly = "fortnightly",
        /// every 31 days
        Monthly = "monthly",
    }
}

impl Cadence {
    /// Returns how many days may pass between two check-ins.
    pub fn days(self) -> i64 {
        match self {
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::Monthly => 31,
        }
    }
}

words! {
    /// What a public export shows beyond the plan itself.
    pub enum Publish {
        /// the dated notes
        Notes = "notes",
        /// owners, reviewers, authors and the table of persons
        People = "people",
    }
}
