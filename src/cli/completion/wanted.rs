use clap::Arg;

use crate::model::TableName;

/// What an argument takes, as far as that can be completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The address of anything.
    Address,
    /// The id of something of one kind.
    Id(TableName),
    /// A cycle, or the backlog.
    Cycle,
    /// Whoever is declared or owns something.
    Person,
    /// A status.
    Status,
    /// A tag of a key result.
    Tag,
    /// A partner of a key result.
    Partner,
    /// A rule of `check`.
    Rule,
    /// A rule with its level.
    RuleLevel,
    /// A word of the trade, or a rule.
    Term,
    /// A word of `set`: an address, a status, KEY=VALUE.
    SetWord,
    /// KEY=VALUE for a table.
    KeyValue(TableName),
    /// A key of a key result, or `note`.
    Key,
    /// A command of loti.
    Command,
    /// A file.
    File,
}

impl Wanted {
    /// Tells what an argument of a command takes by the name that help gives to its value.
    pub(super) fn by(command: &str, arg: &Arg) -> Option<Self> {
        let value = arg.get_value_names()?.first()?;
        Some(match (value.as_str(), arg.get_id().as_str()) {
            // Of mail.
            ("ADDRESS", "from") => return None,
            ("ADDRESS" | "ADDRESS[@LINE]", _) => Self::Address,
            ("THEME", _) | ("ID", "theme") => Self::Id(TableName::Theme),
            ("KR", _) => Self::Id(TableName::KeyResult),
            ("UNDER", _) if command == "objective" => Self::Id(TableName::Theme),
            ("ID", "objective") | ("UNDER", _) => Self::Id(TableName::Objective),
            ("ID", "cycle") => Self::Cycle,
            ("ID", "from") => Self::Id(TableName::Cycle),
            ("ID", "id") if command == "close" => Self::Id(TableName::Cycle),
            ("ID", "owner" | "by") | ("FROM" | "TO", _) => Self::Person,
            ("STATUS", _) => Self::Status,
            ("TAG", _) => Self::Tag,
            ("NAME", "partner") => Self::Partner,
            ("RULE", _) => Self::Rule,
            ("RULE=LEVEL", _) => Self::RuleLevel,
            ("TERM", _) => Self::Term,
            ("WORD", "words") => Self::SetWord,
            ("KEY=VALUE", _) => Self::KeyValue(match command {
                "kr" => TableName::KeyResult,
                other => TableName::of_root(other).unwrap_or(TableName::Milestone),
            }),
            ("KEY", _) => Self::Key,
            ("COMMAND", _) => Self::Command,
            ("FILE" | "DIR" | "FOLDER" | "PATH" | "BASE" | "OURS" | "THEIRS", _) => Self::File,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::verbs::definition_of_all;

    /// What nobody but the user can know.
    const FREE: &[&str] = &[
        "BASE NAME",
        "COLUMNS",
        "DATE",
        "DATE|REV",
        "DAYS",
        "LEVEL",
        "NEW",
        "NUMBER",
        "OUR NAME",
        "REV[..REV]",
        "REV|DATE",
        "SIZE",
        "TEXT",
        "THEIR NAME",
        "URL",
        "WORDS",
    ];

    #[test]
    fn no_argument_is_forgotten() {
        fn look(command: &clap::Command, forgotten: &mut Vec<String>) {
            for arg in command.get_arguments() {
                let value = arg.get_value_names().unwrap_or_default().first();
                let is_known = Wanted::by(command.get_name(), arg).is_some()
                    || !arg.get_possible_values().is_empty()
                    || value.is_none_or(|value| FREE.contains(&value.as_str()))
                    // What something new is to be called.
                    || matches!(arg.get_id().as_str(), "id" | "name" | "author" | "from");
                if !is_known {
                    forgotten.push(format!("{} {arg}", command.get_name()));
                }
            }
            for below in command.get_subcommands() {
                look(below, forgotten);
            }
        }
        let mut forgotten = Vec::new();
        look(&definition_of_all(), &mut forgotten);
        assert_eq!(forgotten, [""; 0], "say in `Wanted::by` what they take");
    }
}
