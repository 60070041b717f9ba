//! The line of `.gitattributes` by which a repository says that loti merges its plan: put in and taken
//! out again, and every other byte left as it is.

use std::fmt::Write as _;

use crate::git::DRIVER;

/// What stands above the line, for whoever reads the file in a clone that does not know loti yet.
const COMMENT: &str = "# Merged key by key: each clone needs `loti merge install` once.";

/// What the line says of the plan.
const WORDS: [&str; 2] = ["merge", "diff"];

/// Returns the text with a line for the plan at its end.
pub(super) fn with_line(text: &str, path: &str) -> String {
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = text.to_owned();
    if !new.is_empty() && !new.ends_with('\n') {
        new.push_str(ending);
    }
    let words = WORDS.map(|word| format!("{word}={DRIVER}")).join(" ");
    for line in [COMMENT, &format!("{} {words}", pattern(path))] {
        new.push_str(line);
        new.push_str(ending);
    }
    new
}

/// Returns the text without what it says of loti in lines for the plan; a line that says more keeps
/// the rest.
pub(super) fn without_line(text: &str, path: &str) -> String {
    let pattern = pattern(path);
    let mut new = String::with_capacity(text.len());
    let mut comment = None;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == COMMENT {
            new.extend(comment.replace(line));
            continue;
        }
        let rest = line.trim_start().strip_prefix(&pattern);
        let rest = rest.filter(|rest| rest.starts_with([' ', '\t']));
        let is_ours = |word: &str| WORDS.iter().any(|key| word == format!("{key}={DRIVER}"));
        let words: Vec<&str> = rest.unwrap_or_default().split_whitespace().collect();
        if !words.iter().any(|word| is_ours(word)) {
            new.extend(comment.take());
            new.push_str(line);
            continue;
        }
        comment = None;
        let kept: Vec<&str> = words.into_iter().filter(|word| !is_ours(word)).collect();
        if !kept.is_empty() {
            let ending = &line[line.trim_end_matches(['\r', '\n']).len()..];
            let _ = write!(new, "{pattern} {}{ending}", kept.join(" "));
        }
    }
    new.extend(comment);
    new
}

/// Returns whether a text names loti for any file.
pub(super) fn names_loti(text: &str) -> bool {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    let mut words = lines.flat_map(str::split_whitespace);
    words.any(|word| word == format!("merge={DRIVER}"))
}

/// Returns the pattern that stands for a path from the top of the tree and for no other.
fn pattern(path: &str) -> String {
    let mut pattern = "/".to_owned();
    for letter in path.chars() {
        if matches!(letter, '*' | '?' | '[' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    let needs_quotes = |c: char| c.is_whitespace() || c.is_control() || c == '"';
    if !pattern.contains(needs_quotes) {
        return pattern;
    }
    let mut quoted = String::from("\"");
    for letter in pattern.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => {
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_taken_out_and_all_else_stays() {
        for text in [
            "",
            "* text=auto\n",
            "* text=auto\r\n# ours\r\n",
            "okrs.toml text\n\n\n# end\n",
        ] {
            for path in [
                "okrs.toml",
                "my plans/okrs.toml",
                "a[1]*.toml",
                "a\"b\tc.toml",
            ] {
                let with = with_line(text, path);
                assert!(with.starts_with(text), "{with:?}");
                assert!(names_loti(&with), "{with:?}");
                assert_eq!(without_line(&with, path), text, "{path}");
                assert_eq!(without_line(&with, "other.toml"), with);
            }
        }
        // The last line had no end, and gets one.
        let with = with_line("* text=auto", "okrs.toml");
        assert_eq!(without_line(&with, "okrs.toml"), "* text=auto\n");
    }

    #[test]
    fn what_others_added_to_the_line_stays() {
        let text = "/okrs.toml merge=loti eol=lf diff=loti\n/other.toml merge=loti\n";
        let left = "/okrs.toml eol=lf\n/other.toml merge=loti\n";
        assert_eq!(without_line(text, "okrs.toml"), left);
        assert!(names_loti(left));
        assert!(!names_loti("# merge=loti\n/okrs.toml eol=lf\n"));
    }

    #[test]
    fn a_pattern_means_one_path_alone() {
        for (path, expected) in [
            ("okrs.toml", "/okrs.toml"),
            ("ziele/städte.toml", "/ziele/städte.toml"),
            ("my plans/okrs.toml", "\"/my plans/okrs.toml\""),
            ("a[1].toml", "/a\\[1].toml"),
            ("a *.toml", "\"/a \\\\*.toml\""),
        ] {
            assert_eq!(pattern(path), expected);
        }
    }
}
