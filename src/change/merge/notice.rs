use std::fmt;

use super::Side;
use crate::model::Address;

/// What a merge did that a person has to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// Both sides gave one id to different things: theirs goes by another one now, and what names it
    /// follows.
    Renumbered {
        /// The address that both had.
        from: Address,
        /// Where theirs is found now.
        to: Address,
        /// The addresses of what named it and follows.
        followed: Vec<Address>,
    },
    /// Both sides renamed one thing, to different ids: ours stands.
    BothRenamed {
        /// Where it was found.
        from: Address,
        /// Our address.
        ours: Address,
        /// Their address.
        theirs: Address,
    },
    /// Both sides moved something: it stands where ours has it.
    BothMoved {
        /// What stands elsewhere.
        at: String,
    },
    /// What comments stood with is written otherwise now: they stand at the end of the file.
    CommentsMoved {
        /// How many.
        moved: usize,
    },
    /// A value was chosen because it was asked for, and the other was lost.
    Preferred {
        /// What it is about.
        place: String,
        /// Whose value stands.
        side: Side,
        /// What was lost; `None` for a removal.
        lost: Option<String>,
    },
    /// A text is no TOML: it was merged by its lines, as git does.
    ByLines {
        /// Which of the three.
        side: Side,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Renumbered { from, to, followed } => {
                write!(f, "both sides added {from}: theirs is {to} now")?;
                if !followed.is_empty() {
                    let followed = crate::text::join(followed);
                    write!(f, ", and {followed} names it so")?;
                }
                Ok(())
            }
            Self::BothRenamed { from, ours, theirs } => {
                write!(
                    f,
                    "{from} was renamed to {ours} here and to {theirs} there: it is {ours}"
                )
            }
            Self::BothMoved { at } => {
                write!(
                    f,
                    "{at} was moved here and there: it stands where ours has it"
                )
            }
            Self::CommentsMoved { moved } => {
                let comments = crate::text::count(*moved, "comment");
                write!(f, "{comments} found no place: at the end of the file now")
            }
            Self::Preferred { place, side, lost } => {
                let side = match side {
                    Side::Base => "the old",
                    Side::Ours => "our",
                    Side::Theirs => "their",
                };
                match lost {
                    Some(lost) => write!(f, "{place}: {side} value stands, {lost} is lost"),
                    None => write!(f, "{place}: {side} value stands, though it was removed"),
                }
            }
            Self::ByLines { side } => {
                let side = match side {
                    Side::Base => "the common ancestor",
                    Side::Ours => "our side",
                    Side::Theirs => "their side",
                };
                write!(f, "{side} is no TOML: merged by lines, as git does")
            }
        }
    }
}
