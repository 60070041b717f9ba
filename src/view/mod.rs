//! What a report says, as plain values: the status board, the list, one thing whole, the days left, what
//! changed.
//!
//! Lays nothing out and prints nothing: `render` does. Values borrow from the plan they speak of.

mod board;
mod changes;
mod checkin;
mod chronicle;
mod closing;
mod cycles;
mod days;
mod due;
mod filter;
mod list;
mod log;
mod page;
mod publication;
mod remind;
mod report;
mod row;
mod show;
mod trail;
mod trend;
mod unanswered;

pub use board::{Board, CycleLine, First, FirstKind, ObjectiveGroup, ThemeGroup};
pub use changes::{
    About, ChangeCounts, ChangeGroup, Changed, Changes, Comparison, Remark, Sides, Told, Whole,
    tell,
};
pub use checkin::{Answers, Ask, Interview, Moved, Question, Reaction, Was};
pub use chronicle::{Chronicle, Entry};
pub use closing::{Closing, ClosingAsk, ClosingInterview, ClosingRow, is_back};
pub use cycles::{CycleRow, cycles};
pub use days::{Days, DaysGroup, GroupBy, NextDate};
pub use due::{Asked, Due, cycles_at_work, due};
pub use filter::{Filter, texts};
pub use list::{Sort, list};
pub use log::{LogEntry, LogEvent, LogThing};
pub use page::{Page, Revision};
pub use publication::{Audience, Edition, LeftOut, PublicPast, Publication, Since};
pub use remind::{Reminder, ended_lately, remind};
pub use report::{Dropped, Report, Risk, ThemeThenAndNow};
pub use row::{Dated, Row};
pub use show::{Detail, DetailKind, Part, Standing, Work, show};
pub use trail::{Trail, person_of};
pub use trend::{By, Forecast, Point, Reaches, Stay, Trend, TrendRow, trend_rows};
pub use unanswered::Unanswered;
