//! Whether what the plan says goes together: one file for each thing that rules are about.

mod cycles;
mod days;
mod done;
mod grades;
mod links;
mod measures;
mod needs;
mod people;
mod shape;

pub(super) use measures::is_share;

use super::catalogue::Page;

/// The rules, file by file.
pub(super) const PAGES: [&[Page]; 9] = [
    cycles::PAGES,
    days::PAGES,
    measures::PAGES,
    shape::PAGES,
    grades::PAGES,
    done::PAGES,
    needs::PAGES,
    people::PAGES,
    links::PAGES,
];
