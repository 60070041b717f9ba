use std::fmt::Write as _;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::text::is_hidden;

/// Lines of context round a change, as git shows them.
const CONTEXT: u32 = 3;

/// Returns a change of a file as a unified diff that `git apply` takes; empty where nothing changed.
///
/// The name is the file's path from where the patch is to be applied, and is quoted as git does. The
/// lines of the file stand in it as they are, line endings included.
pub fn patch(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let lines = |text| imara_diff::sources::lines(text);
    let input = InternedInput::new(lines(before), lines(after));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);

    let (old, new) = (header_name("a/", name), header_name("b/", name));
    let mut patch = format!("--- {old}\n+++ {new}\n");
    let hunks: Vec<_> = diff.hunks().collect();
    let mut rest = hunks.as_slice();
    let last_before = input.before.len() as u32;
    while let Some(first) = rest.first() {
        // Hunks whose contexts touch are one.
        let joined = rest
            .windows(2)
            .take_while(|pair| pair[1].before.start - pair[0].before.end <= 2 * CONTEXT)
            .count()
            + 1;
        let (group, after_group) = rest.split_at(joined);
        rest = after_group;
        let last = &group[joined - 1];
        let start = first.before.start.saturating_sub(CONTEXT);
        let end = (last.before.end + CONTEXT).min(last_before);
        let lead = first.before.start - start;
        let tail = end - last.before.end;
        let new_start = first.after.start - lead;
        let new_len = last.after.end + tail - new_start;
        let _ = writeln!(
            patch,
            "@@ -{} +{} @@",
            range(start, end - start),
            range(new_start, new_len)
        );
        let mut at = start;
        for hunk in group {
            for line in at..hunk.before.start {
                push(&mut patch, ' ', input.interner[input.before[line as usize]]);
            }
            for line in hunk.before.clone() {
                push(&mut patch, '-', input.interner[input.before[line as usize]]);
            }
            for line in hunk.after.clone() {
                push(&mut patch, '+', input.interner[input.after[line as usize]]);
            }
            at = hunk.before.end;
        }
        for line in at..end {
            push(&mut patch, ' ', input.interner[input.before[line as usize]]);
        }
    }
    patch
}

/// Writes the name of a file as the headers of a patch take it: in quotes where a character of it
/// would end the name or act on a terminal, those written out byte by byte; a name with a space has
/// its end marked.
fn header_name(side: &str, name: &str) -> String {
    let needs_quotes = |c: char| matches!(c, '"' | '\\' | '\n') || is_hidden(c);
    if !name.contains(needs_quotes) {
        let end = if name.contains(' ') { "\t" } else { "" };
        return format!("{side}{name}{end}");
    }
    let mut quoted = format!("\"{side}");
    for character in name.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if needs_quotes(character) => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// Writes a range of lines as a hunk's header does: counted from 1, but an empty one from the line
/// before it.
fn range(start: u32, length: u32) -> String {
    match length {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        _ => format!("{},{length}", start + 1),
    }
}

fn push(patch: &mut String, sign: char, line: &str) {
    patch.push(sign);
    patch.push_str(line);
    if !line.ends_with('\n') {
        patch.push_str("\n\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::patch;

    #[test]
    fn a_patch_shows_what_changed_with_its_surroundings() {
        let before = "a\nb\nc\nd\ne\nf\ng\nh\n";
        let after = "a\nb\nc\nd\nE\nf\ng\nh\n";
        assert_eq!(
            patch("p", before, after),
            "--- a/p\n+++ b/p\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
        );
        assert_eq!(
            patch("p", "a", "a\nb"),
            "--- a/p\n+++ b/p\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n\
             \\ No newline at end of file\n"
        );
        assert_eq!(patch("p", "a\n", "a\n"), "");
    }

    #[test]
    fn a_name_that_would_act_on_a_terminal_is_quoted_as_git_does() {
        for (name, header) in [
            ("okrs.toml", "a/okrs.toml"),
            ("ziele/städte.toml", "a/ziele/städte.toml"),
            ("my plan.toml", "a/my plan.toml\t"),
            ("o\x1b[31m.toml", "\"a/o\\033[31m.toml\""),
            ("a\"b\\c\td\n.toml", "\"a/a\\\"b\\\\c\\011d\\012.toml\""),
            ("\u{202e}lmot", "\"a/\\342\\200\\256lmot\""),
        ] {
            let patch = patch(name, "a\n", "b\n");
            assert_eq!(patch.lines().next(), Some(&*format!("--- {header}")));
        }
    }
}
