//! How a report looks: tables, marked source lines, JSON, CSV, unified diffs; and the format itself,
//! as a JSON Schema and as a reference.
//!
//! Lays values out into a sink; computes nothing about a plan and never prints by itself.

pub mod changes;
mod checkin;
mod closing;
pub mod csv;
mod cycles;
mod dates;
mod days;
mod due;
pub mod export;
pub mod findings;
pub mod html;
pub mod json;
mod list;
mod log;
mod look;
mod patch;
mod problems;
mod reference;
pub mod remind;
mod report;
mod rules;
mod schema;
mod show;
mod status;
mod svg;
mod table;
mod terms;
mod trend;
mod workflow;
mod wrapped;

pub use checkin::{about, answers, ask, moved, remark};
pub use closing::{
    closing_ask, closing_card, closing_help, closing_section, closing_sheet, closing_sum,
};
pub use cycles::cycles;
pub use dates::left_open;
pub use days::days;
pub use due::{DueList, due};
pub use list::{List, ListColumn, list};
pub use log::log;
pub use look::{Look, Tone, tones};
pub use patch::patch;
pub use problems::problems;
pub use reference::format_reference;
pub use report::{report, report_markdown};
pub use rules::{rule_list, rule_page, rules_reference};
pub use schema::schema;
pub use show::show;
pub use status::{status, status_head, status_row};
pub use svg::trend as trend_svg;
pub use table::{Cell, Column, Table};
pub use terms::{TERMS, Term, term};
pub use trend::{trend, trend_of_each};
pub use wrapped::{lines, wrapped};
