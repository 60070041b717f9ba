//! The import order of the design, read from the source text: a module uses only modules to its
//! left.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// From what knows nothing of plans to what a person types.
const ORDER: &[&str] = &[
    "text",
    "model",
    "diagnostic",
    "document",
    "change",
    "history",
    "check",
    "view",
    "render",
    "store",
    "git",
    "cli",
    "main",
];

#[test]
#[expect(clippy::print_stdout, reason = "the order found is for reading")]
fn a_module_uses_only_modules_to_its_left() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut uses: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut wrong = String::new();
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).expect("a file below src");
        let segments = module_of(inside);
        let Some(top) = segments.first() else {
            continue;
        };
        let Some(place) = position(top) else {
            _ = writeln!(wrong, "{}: `{top}` is not in the order", inside.display());
            continue;
        };
        let text = fs::read_to_string(&path).expect("a readable source file");
        let depth = if top == "main" { 0 } else { segments.len() };
        let names = uses.entry(place).or_default();
        for name in used_modules(&text, depth) {
            match position(&name) {
                Some(other) if other < place => _ = names.insert(other),
                Some(other) if other == place => {}
                Some(_) => _ = writeln!(wrong, "{}: uses `{name}`", inside.display()),
                // An item of the root itself, which has none but modules.
                None => _ = writeln!(wrong, "{}: `crate::{name}`?", inside.display()),
            }
        }
    }
    for (place, used) in &uses {
        let names: Vec<&str> = used.iter().map(|other| ORDER[*other]).collect();
        println!("{:<10} uses {}", ORDER[*place], names.join(", "));
    }
    assert!(wrong.is_empty(), "not in the order of modules:\n{wrong}");
    assert!(uses.len() > 3, "too few modules found: {uses:?}");
}

#[test]
fn every_way_of_naming_a_module_is_seen() {
    for (text, depth, expected) in [
        ("use crate::text::Span;", 1, &["text"][..]),
        (
            "use crate::{model::{Id, Plan}, text::Span};",
            1,
            &["model", "text"],
        ),
        ("fn a() { crate::cli::run() }", 2, &["cli"]),
        ("    $crate::model::Key", 2, &["model"]),
        ("// see crate::cli", 1, &[]),
        ("//! [`crate::cli`]", 1, &[]),
        ("use super::super::view::Board;", 2, &["view"]),
        ("use super::super::view::Board;", 3, &[]),
        ("use super::view::Board;", 1, &["view"]),
        ("pub(super) fn a() {}", 1, &[]),
        (
            "use super::{git, store::{read, find}};",
            1,
            &["git", "store"],
        ),
        ("mod tests {\n    use super::super::Id;\n}", 2, &[]),
        (
            "mod tests {\n    use super::super::git::Id;\n}",
            1,
            &["git"],
        ),
        ("fn main() { loti::cli::main() }", 0, &["cli"]),
    ] {
        assert_eq!(used_modules(text, depth), expected, "{text}");
    }
}

fn position(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns a file's path as that of its module; `lib.rs` is the root and has none.
fn module_of(inside: &Path) -> Vec<String> {
    let mut segments: Vec<String> = inside
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if matches!(segments.last().map(String::as_str), Some("mod" | "lib")) {
        segments.pop();
    }
    segments
}

/// Returns the modules at the root that a text names, from a module so many levels below the root;
/// 0 is the binary, which names them through the library.
fn used_modules(text: &str, depth: usize) -> Vec<String> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .fold(String::new(), |code, line| code + line + "\n");
    let (main, tests) = match code.find("mod tests {") {
        Some(at) => code.split_at(at),
        None => (code.as_str(), ""),
    };
    let mut found = Vec::new();
    for (part, depth) in [(main, depth), (tests, depth + 1)] {
        let mut roots = vec!["crate::".to_owned(), "loti::".to_owned()];
        if depth > 0 {
            roots.push("super::".repeat(depth));
        }
        for root in roots {
            for (at, _) in part.match_indices(&root) {
                let before = &part[..at];
                if before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                // A longer chain of `super` was found one step earlier, and leads no higher.
                if root.starts_with("super") && before.ends_with("super::") {
                    continue;
                }
                found.extend(first_names(&part[at + root.len()..]));
            }
        }
    }
    found
}

/// Returns the name a path begins with, or each of them where it begins with a brace.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        let text = text.trim_start();
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let names = match path.strip_prefix('{') {
        None => vec![name(path)],
        Some(list) => {
            let mut level = 1;
            let mut starts = vec![0];
            for (at, c) in list.char_indices() {
                match c {
                    '{' => level += 1,
                    '}' => level -= 1,
                    ',' if level == 1 => starts.push(at + 1),
                    _ => {}
                }
                if level == 0 {
                    break;
                }
            }
            starts.into_iter().map(|at| name(&list[at..])).collect()
        }
    };
    names
        .into_iter()
        .filter(|name| !name.is_empty() && name != "super")
        .collect()
}
