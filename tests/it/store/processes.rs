//! Writers that are killed, crowded, or out of room.
//!
//! A child is this test binary again, told to run the one test below, which does
//! its task if there is one and is otherwise an empty test.

use std::env;
use std::error::Error as _;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use loti::store::{self, EditError, SaveError};

use super::{append, names, plan, put};

const TASK: &str = "LOTI_STORE_TEST_TASK";

const PLAN: &str = "LOTI_STORE_TEST_PLAN";

fn child(task: &str, path: &Path) -> Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    as_child(&mut command, task, path);
    Ok(command)
}

fn as_child(command: &mut Command, task: &str, path: &Path) {
    command
        .args([
            "--exact",
            "store::processes::task_of_a_child",
            "--nocapture",
        ])
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
