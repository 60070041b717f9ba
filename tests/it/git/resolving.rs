//! `loti merge resolve`: a merge that stopped is brought to its end.

use std::fs;

use anyhow::Result;

use super::merging::{WAYS, apart, before, change, merged_by_loti, plan, tried};
use super::repo::{Repo, said};

const TIME: &str = "2021-09-20T10:00:00+02:00";

/// Takes the driver out, so that git stops where it merges by lines.
fn without_driver(repo: &Repo) -> Result<()> {
    repo.git(&["config", "--unset", "merge.loti.driver"])?;
    repo.git(&["config", "merge.loti.driver", "false"])?;
    Ok(())
}

#[test]
fn a_side_is_taken_and_what_comes_next_is_true() -> Result<()> {
    for (way, begin, go_on) in WAYS {
        for side in ["ours", "theirs"] {
            let repo = before(way, &["set 1 off-track"], &["set 1 at-risk"])?;
            let (_, told) = tried(&repo, begin)?;
            assert!(told.contains("okrs.toml: conflict: "), "{way}: {told}");

            let (code, told) = said(&repo.loti("merge resolve")?);
            assert_eq!(code, Some(1), "{way}: {told}");
            assert!(plan(&repo)?.contains("<<<<<<<"), "{way}");

            let (code, told) = said(&repo.loti(&format!("merge resolve --prefer {side}"))?);
            assert_eq!(code, Some(0), "{way}: {told}");
            // In a rebase ours is what the own commits are put onto.
            let (ours, theirs) = match way {
                "rebase" => ("at-risk", "off-track"),
                _ => ("off-track", "at-risk"),
            };
            let chosen = if side == "ours" { ours } else { theirs };
            let text = plan(&repo)?;
            assert!(
                text.contains(&format!("status = \"{chosen}\"")),
                "{way}: {text}"
            );
            assert!(!text.contains("<<<<<<<"), "{way}: {text}");

            assert!(
                told.contains("next: `git add okrs.toml`, then `git "),
                "{way}: {told}"
            );
            let next = told
                .split("then `")
                .nth(1)
                .and_then(|rest| rest.split('`').next());
            let next = next.expect("what comes next");
            assert!(
                next.contains(go_on[go_on.len() - 2]) || way == "stash",
                "{way}: {next}"
            );
            repo.git(&["add", "okrs.toml"])?;
            let go_on = if way == "rebase" && side == "ours" {
                // Nothing is left of the commit.
                &["rebase", "--skip"][..]
            } else if way == "cherry-pick" && side == "ours" {
                &["cherry-pick", "--skip"]
            } else {
                go_on
            };
            let (code, told) = tried(&repo, go_on)?;
            assert_eq!(code, Some(0), "{way}: {told}");
        }
    }
    Ok(())
}

#[test]
fn a_revert_that_stopped_is_ended() -> Result<()> {
    let repo = merged_by_loti()?;
    change(&repo, "main", &["set 1 current=300"])?;
    change(&repo, "main", &["set 1 current=310"])?;
    tried(&repo, &["revert", "--no-edit", "HEAD~1"])?;
    let (code, told) = said(&repo.loti("merge resolve --prefer theirs")?);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("then `git revert --continue`"), "{told}");
    assert!(plan(&repo)?.contains("current = 260\n"));
    Ok(())
}

#[test]
fn a_rebase_says_whose_the_sides_are() -> Result<()> {
    let repo = apart(&["set 1 off-track"], &["set 1 at-risk"])?;
    tried(&repo, &["rebase", "bus"])?;
    let (_, told) = said(&repo.loti("merge resolve --dry-run")?);
    let bus = repo.git(&["rev-parse", "--short=8", "bus"])?;
    assert!(
        told.contains(&format!(
            "a rebase puts your commits onto others: ours is {bus} (Change on bus), theirs is your own"
        )),
        "{told}"
    );
    Ok(())
}

#[test]
fn without_the_driver_the_versions_in_the_index_are_merged_by_key() -> Result<()> {
    let repo = apart(&["set 1 current=300"], &["set 1 due=2021-10-01"])?;
    without_driver(&repo)?;
    let (code, _) = tried(&repo, &["merge", "bus"])?;
    assert_eq!(code, Some(1));
    let before = plan(&repo)?;
    let (code, told) = said(&repo.loti("merge resolve --dry-run")?);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("+due = 2021-10-01\n"), "{told}");
    assert_eq!(plan(&repo)?, before);
    let (code, told) = said(&repo.loti("merge resolve")?);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.starts_with("okrs.toml: merged, nothing is left to decide\n"),
        "{told}"
    );
    let text = plan(&repo)?;
    assert!(
        text.contains("current = 300\n") && text.contains("due = 2021-10-01\n"),
        "{text}"
    );
    Ok(())
}

#[test]
fn what_was_done_by_hand_since_is_kept() -> Result<()> {
    let repo = apart(
        &["set 1 off-track", "set 3 at-risk"],
        &["set 1 at-risk", "set 3 off-track"],
    )?;
    tried(&repo, &["merge", "bus"])?;
    let text = plan(&repo)?;
    let (first, rest) = text.split_once("<<<<<<<").expect("a conflict");
    let (_, rest) = rest.split_once(">>>>>>>").expect("its end");
    let (_, rest) = rest.split_once('\n').expect("a line");
    let mine = format!("{first}status = \"done\" # by hand\n{rest}");
    assert!(mine.contains("<<<<<<<"), "{mine}");
    repo.write("okrs.toml", &mine)?;
    let (code, told) = said(&repo.loti("merge resolve --prefer ours")?);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("what was done by hand is kept"), "{told}");
    let text = plan(&repo)?;
    assert!(text.contains("status = \"done\" # by hand\n"), "{text}");
    assert!(text.contains("status = \"at-risk\""), "{text}");

    // Settled by hand in full: only what comes next is said.
    let (code, told) = said(&repo.loti("merge resolve")?);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.starts_with("okrs.toml holds no conflict any more\nnext: `git add"),
        "{told}"
    );
    assert_eq!(plan(&repo)?, text);
    Ok(())
}

#[test]
fn a_plan_that_one_side_removed_is_not_merged() -> Result<()> {
    let repo = merged_by_loti()?;
    change(&repo, "bus", &["set 1 at-risk"])?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.git(&["rm", "-q", "okrs.toml"])?;
    repo.commit("No plan", TIME)?;
    tried(&repo, &["merge", "bus"])?;
    let (code, told) = said(&repo.loti("merge resolve")?);
    assert_eq!(code, Some(2), "{told}");
    assert!(
        told.contains("our side removed or renamed okrs.toml, and theirs changed it"),
        "{told}"
    );
    assert!(
        told.contains("hint: `git add okrs.toml` keeps it"),
        "{told}"
    );
    Ok(())
}

#[test]
fn line_endings_of_the_work_tree_stay() -> Result<()> {
    let repo = merged_by_loti()?;
    let attributes = fs::read_to_string(repo.root().join(".gitattributes"))?;
    repo.write(
        ".gitattributes",
        format!("{attributes}*.toml text eol=crlf\n"),
    )?;
    let text = plan(&repo)?.replace('\n', "\r\n");
    repo.write("okrs.toml", text)?;
    repo.commit("As on Windows", TIME)?;
    change(&repo, "bus", &["set 1 at-risk"])?;
    change(&repo, "main", &["set 1 off-track"])?;
    tried(&repo, &["merge", "bus"])?;
    let (code, told) = said(&repo.loti("merge resolve --prefer theirs")?);
    assert_eq!(code, Some(0), "{told}");
    let text = plan(&repo)?;
    assert!(text.contains("status = \"at-risk\"\r\n"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    Ok(())
}

#[test]
fn where_nothing_waits_there_is_nothing_to_do() -> Result<()> {
    let repo = merged_by_loti()?;
    let before = plan(&repo)?;
    let (code, told) = said(&repo.loti("merge resolve")?);
    assert_eq!(
        (code, &*told),
        (Some(0), "nothing to merge: okrs.toml holds no conflict\n")
    );
    assert_eq!(plan(&repo)?, before);
    Ok(())
}

#[test]
fn a_commit_with_markers_is_mended_from_them() -> Result<()> {
    for (style, knows) in [("merge", false), ("diff3", true), ("zdiff3", true)] {
        let repo = apart(
            &["set 1 off-track current=300"],
            &["set 1 at-risk current=300"],
        )?;
        repo.git(&["config", "merge.conflictStyle", style])?;
        tried(&repo, &["merge", "bus"])?;
        repo.commit("Unfinished", TIME)?;
        let (code, told) = said(&repo.loti("status")?);
        assert_eq!(code, Some(2), "{told}");
        assert!(
            told.starts_with("error: a merge was not finished in okrs.toml: 1 conflict\n"),
            "{told}"
        );
        assert!(told.contains("hint: `loti merge resolve` "), "{told}");
        assert!(!told.contains("toml-syntax"), "{told}");

        let (code, told) = said(&repo.loti("merge resolve")?);
        assert_eq!(code, Some(1), "{style}: {told}");
        assert!(
            told.contains("both sides are read out of the markers"),
            "{told}"
        );
        let unknown = told.contains("the markers do not say what stood there before");
        assert_eq!(unknown, !knows, "{style}: {told}");
        let (code, told) = said(&repo.loti("merge resolve --prefer theirs")?);
        assert_eq!(code, Some(0), "{style}: {told}");
        let text = plan(&repo)?;
        assert!(text.contains("status = \"at-risk\""), "{text}");
        assert_eq!(text.matches("current = 300").count(), 1, "{style}: {text}");
        let (_, told) = said(&repo.loti("status")?);
        assert!(told.contains("at risk"), "{told}");
    }
    Ok(())
}

#[test]
fn a_conflict_within_a_conflict_is_taken_apart() -> Result<()> {
    let repo = merged_by_loti()?;
    let text = plan(&repo)?;
    let both = "<<<<<<< a\ncurrent = 270\n||||||| base\ncurrent = 260\n=======\ncurrent = 270\n\
                >>>>>>> b\n";
    let wider = both
        .replace("<<<<<<<", "<<<<<<<<<")
        .replace("|||||||", "|||||||||");
    let wider = wider
        .replace("=======", "=========")
        .replace(">>>>>>>", ">>>>>>>>>");
    for (what, torn) in [
        (
            "a side",
            format!("<<<<<<< c\n{both}=======\ncurrent = 260\n>>>>>>> d\n"),
        ),
        (
            "the base",
            format!(
                "<<<<<<< c\ncurrent = 270\n||||||| base\n{wider}=======\ncurrent = 270\n>>>>>>> d\n"
            ),
        ),
    ] {
        repo.write("okrs.toml", text.replace("current = 260\n", &torn))?;
        let (code, told) = said(&repo.loti("merge resolve --prefer ours")?);
        assert_eq!(code, Some(0), "{what}: {told}");
        let merged = plan(&repo)?;
        assert!(merged.contains("current = 270\n"), "{what}: {merged}");
        assert!(!merged.contains("<<<<<<<"), "{what}: {merged}");
    }
    Ok(())
}
