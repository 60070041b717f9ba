//! What can be read, and what is said of what cannot.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use loti::store::{self, EditError, ReadError, SaveError};

use super::{plan, put};

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
    use std::process::Command;
    use std::thread;

    let folder = tempfile::tempdir()?;
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status()?;
    assert!(made.success());
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
