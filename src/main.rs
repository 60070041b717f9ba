//! The `loti` command.

fn main() {}
