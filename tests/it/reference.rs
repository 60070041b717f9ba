//! The reference of the commands is the one that the command line itself gives.

use loti::cli::reference;

use crate::schema::is_up_to_date;

#[test]
fn the_commands_in_the_repository_are_the_ones_there_are() {
    is_up_to_date("docs/commands.md", &reference(), |text| {
        Some(text.to_owned())
    });
}
