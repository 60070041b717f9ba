//! Whether what the plan says goes together: one file for each thing that rules are about.

mod cycles;
mod days;
mod done;
mod grades;
mod links;
mod measures;
mod needs;
mod people;
mod ranges;
mod shape;

use super::catalogue::Page;

/// The rules, file by file.
pub(super) const PAGES: [&[Page]; 10] = [
    cycles::PAGES,
    days::PAGES,
    measures::PAGES,
    ranges::PAGES,
    shape::PAGES,
    grades::PAGES,
    done::PAGES,
    needs::PAGES,
    people::PAGES,
    links::PAGES,
];
