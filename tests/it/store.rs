//! The promises of the store, put to the test with real files and real
//! processes.

use std::convert::Infallible;
use std::env;
use std::error::Error as _;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};
use loti::store::{self, EditError, FindError, ReadError, SaveError};
use tempfile::TempDir;

/// The edit that puts a text in the place of any other.
fn put(path: &Path, text: &str) -> Result<(), EditError<Infallible>> {
    store::edit(path, |_| Ok((text.to_owned(), ())))
}

/// The edit that adds a line at the end.
fn append(path: &Path, line: &str) -> Result<(), EditError<Infallible>> {
    store::edit(path, |old| Ok((format!("{old}{line}\n"), ())))
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// A folder with a plan in it.
fn plan(text: &str) -> Result<(TempDir, std::path::PathBuf)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(store::FILE_NAME);
    fs::write(&path, text)?;
    Ok((folder, path))
}

// What other processes do.
//
// A child is this test binary again, told to run the one test below, which does
// its task if there is one and is otherwise an empty test.

const TASK: &str = "LOTI_STORE_TEST_TASK";
const PLAN: &str = "LOTI_STORE_TEST_PLAN";

fn child(task: &str, path: &Path) -> Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    as_child(&mut command, task, path);
    Ok(command)
}

fn as_child(command: &mut Command, task: &str, path: &Path) {
    command
        .args(["--exact", "store::task_of_a_child", "--nocapture"])
        .env(TASK, task)
        .env(PLAN, path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
}

#[test]
fn task_of_a_child() -> Result<()> {
    let Ok(task) = env::var(TASK) else {
        return Ok(());
    };
    let path = env::var_os(PLAN).context("no plan given")?;
    let path = Path::new(&path);
    match task.as_str() {
        "append" => append(path, &format!("line of {}", std::process::id()))?,
        "create" => store::create(path, "created\n")?,
        "write for ever" => {
            writeln!(io::stdout(), "\nready")?;
            for text in [whole('a'), whole('b')].iter().cycle() {
                put(path, text)?;
            }
        }
        "write too much" => {
            let error = put(path, &whole('b')).err().context("it was written")?;
            ensure!(
                matches!(error, EditError::Save(SaveError::Write { .. })),
                "{error:?}"
            );
            ensure!(error.source().is_some());
        }
        "create too much" => {
            let error = store::create(path, &whole('b'))
                .err()
                .context("it was created")?;
            ensure!(matches!(error, SaveError::Write { .. }), "{error:?}");
        }
        other => anyhow::bail!("no task `{other}`"),
    }
    Ok(())
}

/// A text large enough to be torn, were it not written whole.
fn whole(letter: char) -> String {
    format!("start {}\nend\n", letter.to_string().repeat(200_000))
}

/// Waits until a child is at its task.
fn wait_until_ready(child: &mut Child) -> Result<()> {
    let out = child.stdout.take().context("no output")?;
    for line in BufReader::new(out).lines() {
        if line? == "ready" {
            return Ok(());
        }
    }
    anyhow::bail!("the child ended before it was ready")
}

// Killed, crowded, full.

#[test]
fn a_killed_writer_leaves_a_whole_text_and_the_next_one_sweeps() -> Result<()> {
    let (folder, path) = plan(&whole('a'))?;
    for round in 0..60 {
        let mut writer = child("write for ever", &path)?.spawn()?;
        wait_until_ready(&mut writer)?;
        // Moments spread over several writes, the same ones in every run.
        thread::sleep(Duration::from_micros(round * 7919 % 9000));
        writer.kill()?;
        writer.wait()?;

        let text = store::read(&path)?;
        ensure!(text == whole('a') || text == whole('b'), "torn text");
        put(&path, &format!("after round {round}\n"))?;
        ensure!(names(folder.path())? == [store::FILE_NAME]);
        fs::write(&path, whole('a'))?;
    }
    Ok(())
}

#[test]
fn a_hundred_processes_write_in_turn() -> Result<()> {
    let (folder, path) = plan("")?;
    let writers = (0..100)
        .map(|_| Ok(child("append", &path)?.spawn()?))
        .collect::<Result<Vec<_>>>()?;
    for writer in writers {
        let id = writer.id();
        let output = writer.wait_with_output()?;
        ensure!(output.status.success(), "writer {id}: {output:?}");
        let line = format!("line of {id}\n");
        ensure!(store::read(&path)?.matches(&line).count() == 1);
    }
    assert_eq!(store::read(&path)?.lines().count(), 100);
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn threads_write_in_turn() -> Result<()> {
    let (folder, path) = plan("")?;
    thread::scope(|scope| {
        let writers: Vec<_> = (0..100)
            .map(|number| {
                let path = &path;
                scope.spawn(move || append(path, &number.to_string()))
            })
            .collect();
        for writer in writers {
            writer.join().map_err(|_| anyhow::anyhow!("panicked"))??;
        }
        anyhow::Ok(())
    })?;
    let text = store::read(&path)?;
    let mut lines: Vec<usize> = text.lines().map(str::parse).collect::<Result<_, _>>()?;
    lines.sort_unstable();
    assert_eq!(lines, (0..100).collect::<Vec<_>>());
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

/// A limit on the size of files stands in for a full disk: the write fails half
/// way, as there.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_text_and_no_draft() -> Result<()> {
    let limited = |task, path: &Path| -> Result<()> {
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(r#"trap "" XFSZ; ulimit -f 8; exec "$0" "$@""#)
            .arg(env::current_exe()?);
        as_child(&mut shell, task, path);
        let output = shell.output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "{said}");
        ensure!(said.contains("1 passed"), "{said}");
        Ok(())
    };
    let (folder, path) = plan("old\n")?;
    limited("write too much", &path)?;
    assert_eq!(store::read(&path)?, "old\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);

    fs::remove_file(&path)?;
    limited("create too much", &path)?;
    assert!(names(folder.path())?.is_empty());
    Ok(())
}

// Editing.

#[test]
fn an_edit_gives_back_what_it_made() -> Result<()> {
    let (folder, path) = plan("one\n")?;
    let seen = store::edit(&path, |old| {
        Ok::<_, Infallible>((format!("{old}two\n"), old.len()))
    })?;
    assert_eq!(seen, 4);
    assert_eq!(store::read(&path)?, "one\ntwo\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn an_edit_that_fails_changes_nothing_and_lets_go_of_the_lock() -> Result<()> {
    let (folder, path) = plan("one\n")?;
    let failed = store::edit(&path, |_| Err::<(String, ()), _>("no such objective"));
    assert!(matches!(failed, Err(EditError::Make("no such objective"))));
    assert_eq!(store::read(&path)?, "one\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    put(&path, "two\n")?;
    Ok(())
}

#[test]
fn an_edit_that_changes_nothing_leaves_the_file_alone() -> Result<()> {
    let (_folder, path) = plan("same\n")?;
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .append(true)
        .open(&path)?
        .set_modified(long_ago)?;
    put(&path, "same\n")?;
    assert_eq!(fs::metadata(&path)?.modified()?, long_ago);
    Ok(())
}

#[test]
fn an_edit_waits_for_the_one_before_it() -> Result<()> {
    let (_folder, path) = plan("")?;
    thread::scope(|scope| {
        let (inside, is_inside) = std::sync::mpsc::channel();
        let first = {
            let path = &path;
            scope.spawn(move || {
                store::edit(path, |old| {
                    let _ = inside.send(());
                    thread::sleep(Duration::from_millis(60));
                    Ok::<_, Infallible>((format!("{old}first\n"), ()))
                })
            })
        };
        is_inside.recv()?;
        append(&path, "second")?;
        first.join().map_err(|_| anyhow::anyhow!("panicked"))??;
        anyhow::Ok(())
    })?;
    assert_eq!(store::read(&path)?, "first\nsecond\n");
    Ok(())
}

/// What a text editor does while an edit is being made, it knowing of no lock.
fn edit_while(path: &Path, mut editor: impl FnMut() -> Result<()>) -> Result<u32> {
    let mut calls = 0;
    let result = store::edit(path, |old| {
        calls += 1;
        if calls == 1 {
            editor()?;
        }
        anyhow::Ok((format!("{old}ours\n"), ()))
    });
    match result {
        Ok(()) => Ok(calls),
        Err(EditError::Make(error)) => Err(error),
        Err(EditError::Save(error)) => Err(error.into()),
    }
}

#[cfg(unix)]
#[test]
fn an_editor_that_writes_in_place_is_not_overwritten() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let calls = edit_while(&path, || Ok(fs::write(&path, "theirs\n")?))?;
    assert_eq!(calls, 2);
    assert_eq!(store::read(&path)?, "theirs\nours\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn an_editor_that_replaces_the_file_is_not_overwritten() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let calls = edit_while(&path, || {
        let theirs = folder.path().join("theirs");
        fs::write(&theirs, "theirs\n")?;
        Ok(fs::rename(&theirs, &path)?)
    })?;
    assert_eq!(calls, 2);
    assert_eq!(store::read(&path)?, "theirs\nours\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn a_plan_removed_during_an_edit_stays_removed() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let error = edit_while(&path, || Ok(fs::remove_file(&path)?))
        .err()
        .context("it was written")?;
    assert!(matches!(
        error.downcast_ref(),
        Some(SaveError::Read(ReadError::Missing { .. }))
    ));
    assert!(names(folder.path())?.is_empty());
    Ok(())
}

#[test]
fn a_write_sweeps_the_drafts_of_its_own_plan_only() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let neighbours = [
        ".okrs.toml.backup.aB3xYz.loti-tmp",
        ".okrs.toml.toolong7.loti-tmp",
        ".other.toml.aB3xYz.loti-tmp",
        "okrs.toml.aB3xYz.loti-tmp",
    ];
    let stray = folder.path().join(".okrs.toml.aB3xYz.loti-tmp");
    fs::write(&stray, "half a te")?;
    for name in neighbours {
        fs::write(folder.path().join(name), "")?;
    }
    put(&path, "old\n")?;
    assert!(stray.exists(), "swept though nothing was written");
    put(&path, "new\n")?;
    assert!(!stray.exists());
    for name in neighbours {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    Ok(())
}

#[test]
fn a_bare_name_is_a_file_in_the_current_folder() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for task in ["create", "append"] {
        let output = child(task, Path::new(store::FILE_NAME))?
            .current_dir(&folder)
            .output()?;
        ensure!(output.status.success(), "{task}: {output:?}");
    }
    let text = store::read(&folder.path().join(store::FILE_NAME))?;
    assert!(text.starts_with("created\nline of "), "{text}");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn a_plan_that_is_not_there_is_not_edited() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = put(&folder.path().join("okrs.toml"), "new\n");
    assert!(matches!(
        missing,
        Err(EditError::Save(SaveError::Read(ReadError::Missing { .. })))
    ));
    let directory = put(folder.path(), "new\n");
    assert!(matches!(
        directory,
        Err(EditError::Save(SaveError::Read(
            ReadError::Directory { .. }
        )))
    ));
    assert!(names(folder.path())?.is_empty());
    Ok(())
}

#[test]
fn a_read_only_plan_is_refused() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let mut permissions = fs::metadata(&path)?.permissions();
    let writable = permissions.clone();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions)?;

    let error = put(&path, "new\n").err().context("it was written")?;
    assert!(matches!(error, EditError::Save(SaveError::ReadOnly { .. })));
    assert_eq!(
        error.to_string(),
        format!(
            "`{}` is read-only; give this user permission to write to it and try again",
            path.display()
        )
    );
    put(&path, "old\n")?;
    assert_eq!(store::read(&path)?, "old\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    fs::set_permissions(&path, writable)?;
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_followed_and_kept() -> Result<()> {
    let (real, target) = plan("old\n")?;
    let folder = tempfile::tempdir()?;
    let link = folder.path().join("link.toml");
    std::os::unix::fs::symlink(&target, &link)?;

    put(&link, "new\n")?;

    assert_eq!(fs::read_link(&link)?, target);
    assert!(!target.symlink_metadata()?.is_symlink());
    assert_eq!(store::read(&target)?, "new\n");
    assert_eq!(names(folder.path())?, ["link.toml"]);
    assert_eq!(names(real.path())?, [store::FILE_NAME]);
    Ok(())
}

#[cfg(unix)]
#[test]
fn mode_owner_and_group_are_kept() -> Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let (_folder, path) = plan("old\n")?;
    // Only root can give a file away; anyone else checks that their own is kept.
    let _ = chown(&path, Some(4321), Some(8765));
    for mode in [0o640, 0o600, 0o664, 0o755] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode))?;
        let old = fs::metadata(&path)?;
        append(&path, "new")?;
        let new = fs::metadata(&path)?;
        assert_ne!(old.ino(), new.ino());
        assert_eq!(new.mode() & 0o7777, mode);
        assert_eq!((new.uid(), new.gid()), (old.uid(), old.gid()));
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_device_is_not_replaced() {
    assert!(matches!(
        put(Path::new("/dev/null"), "new\n"),
        Err(EditError::Save(SaveError::NotRegular { .. }))
    ));
}

// Creating.

#[test]
fn a_plan_is_created_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(store::FILE_NAME);
    store::create(&path, "first\n")?;
    let again = store::create(&path, "second\n");
    assert!(matches!(again, Err(SaveError::Exists { .. })));
    assert_eq!(store::read(&path)?, "first\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn of_many_that_create_one_succeeds() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(store::FILE_NAME);
    let results: Vec<_> = thread::scope(|scope| {
        let creators: Vec<_> = (0..20)
            .map(|number: u32| {
                let path = &path;
                scope.spawn(move || {
                    let made = store::create(path, &format!("{number}\n"));
                    // The first edit sweeps, while others still create.
                    let edited = append(path, "edited");
                    (made, edited)
                })
            })
            .collect();
        creators
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect()
    });
    let mut created = 0;
    for result in results {
        let (made, edited) = result.map_err(|_| anyhow::anyhow!("panicked"))?;
        match made {
            Ok(()) => created += 1,
            Err(error) => ensure!(matches!(error, SaveError::Exists { .. }), "{error:?}"),
        }
        edited?;
    }
    assert_eq!(created, 1);
    assert_eq!(store::read(&path)?.lines().count(), 21);
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn a_plan_is_not_created_in_a_missing_folder() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = folder.path().join("missing");
    let failed = store::create(&missing.join(store::FILE_NAME), "new\n");
    assert!(matches!(
        failed,
        Err(SaveError::NoFolder { folder }) if folder == missing
    ));
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_new_plan_has_the_mode_of_any_new_file() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let plan = folder.path().join(store::FILE_NAME);
    let other = folder.path().join("other");
    store::create(&plan, "new\n")?;
    fs::write(&other, "")?;
    let mode = |path: &Path| anyhow::Ok(fs::metadata(path)?.permissions().mode());
    assert_eq!(mode(&plan)?, mode(&other)?);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_not_created_over() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let link = folder.path().join(store::FILE_NAME);
    std::os::unix::fs::symlink("nowhere", &link)?;
    let failed = store::create(&link, "new\n");
    assert!(matches!(failed, Err(SaveError::Exists { .. })));
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

// Reading.

#[test]
fn text_that_is_not_utf8_is_refused_with_its_place() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("latin1.toml");
    fs::write(&path, b"one\r\ntwo\n\xc3\xa4\xe2\x82\xac = \"\xe9t\xe9\"\n")?;
    let error = store::read(&path).err().context("it was read")?;
    assert!(matches!(
        error,
        ReadError::NotUtf8 {
            line: 3,
            column: 7,
            offset: 18,
            byte: 0xe9,
            ..
        }
    ));
    assert_eq!(
        error.to_string(),
        format!(
            "`{}` is not UTF-8 text: byte 0xe9 at line 3, column 7 (byte offset 18); \
             save the file as UTF-8",
            path.display()
        )
    );
    // Cut off inside a character.
    let cut = store::read_from(&b"\xe2\x82"[..], "-");
    assert!(matches!(
        cut,
        Err(ReadError::NotUtf8 {
            line: 1,
            column: 1,
            offset: 0,
            ..
        })
    ));
    Ok(())
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() -> Result<()> {
    let (_folder, path) = plan("")?;
    let file = fs::File::options().write(true).open(&path)?;
    file.set_len(store::MAX_BYTES + 1)?;
    // That the error knows the size shows that it was asked for, not counted.
    assert!(matches!(
        store::read(&path),
        Err(ReadError::TooLarge { size: Some(size), .. }) if size == store::MAX_BYTES + 1
    ));
    assert!(matches!(
        put(&path, "new\n"),
        Err(EditError::Save(SaveError::Read(ReadError::TooLarge { .. })))
    ));
    Ok(())
}

#[test]
fn what_is_not_a_readable_file_is_named() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = folder.path().join("missing.toml");
    let said = |path: &Path| match store::read(path) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        said(&missing),
        format!(
            "`{}` does not exist; check the path, or make a plan with `loti init`",
            missing.display()
        )
    );
    assert_eq!(
        said(folder.path()),
        format!(
            "`{}` is a directory; expected a plan file such as `okrs.toml`",
            folder.path().display()
        )
    );
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_denied() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = plan("secret\n")?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000))?;
    if fs::File::open(&path).is_ok() {
        // Root may open any file.
        return Ok(());
    }
    assert!(matches!(store::read(&path), Err(ReadError::Denied { .. })));
    Ok(())
}

#[test]
fn a_reader_is_read_to_its_end() -> Result<()> {
    assert_eq!(store::read_from(&b"a = 1\n"[..], "-")?, "a = 1\n");
    assert_eq!(store::read_from(&b""[..], "-")?, "");
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_pipe_can_be_read() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let pipe = folder.path().join("pipe");
    ensure!(Command::new("mkfifo").arg(&pipe).status()?.success());
    thread::scope(|scope| {
        let writer = scope.spawn(|| fs::write(&pipe, "a = 1\n"));
        assert_eq!(store::read(&pipe)?, "a = 1\n");
        writer.join().map_err(|_| anyhow::anyhow!("panicked"))??;
        anyhow::Ok(())
    })?;
    assert!(matches!(
        put(&pipe, "new\n"),
        Err(EditError::Save(SaveError::NotRegular { .. }))
    ));
    Ok(())
}

// Finding.

#[test]
fn the_nearest_plan_is_found() -> Result<()> {
    let (folder, outer) = plan("outer\n")?;
    let inner = folder.path().join("a/b");
    fs::create_dir_all(inner.join("c/d"))?;
    let found = |from: &Path| anyhow::Ok(fs::canonicalize(store::find(None, from)?)?);
    let outer = fs::canonicalize(outer)?;

    assert_eq!(found(folder.path())?, outer);
    assert_eq!(found(&inner.join("c/d"))?, outer);

    let inner = inner.join(store::FILE_NAME);
    fs::write(&inner, "inner\n")?;
    assert_eq!(
        found(&folder.path().join("a/b/c/d"))?,
        fs::canonicalize(&inner)?
    );
    // Up from `a`, not from `b`, by way of `..`.
    assert_eq!(found(&folder.path().join("a/b/.."))?, outer);
    Ok(())
}

#[test]
fn a_path_that_was_given_wins() -> Result<()> {
    let (folder, _) = plan("")?;
    let given = Path::new("elsewhere/plan.toml");
    assert_eq!(store::find(Some(given), folder.path())?, given);
    Ok(())
}

#[test]
fn a_search_without_a_find_says_where_it_began() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = folder.path().join("missing");
    assert!(matches!(
        store::find(None, &missing),
        Err(FindError::Folder { .. })
    ));
    let error = store::find(None, folder.path())
        .err()
        .context("found a plan above the temporary folder")?;
    assert_eq!(
        error.to_string(),
        format!(
            "no `okrs.toml` in `{}` or any folder above it; make one with `loti init`",
            folder.path().display()
        )
    );
    Ok(())
}
