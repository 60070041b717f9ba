use clap::ValueEnum;

/// In which form a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For reading
    #[default]
    Table,
    /// For programs; everything, with a version
    Json,
}

/// In which form a report of rows is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum RowFormat {
    /// For reading
    #[default]
    Table,
    /// For programs; everything, with a version
    Json,
    /// For spreadsheets
    Csv,
}
