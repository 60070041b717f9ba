//! Reading a plan as text.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::ReadError;

/// The largest plan that is read, in bytes (512 MiB).
///
/// No plan comes near it: a file this large is some other file, and the limit is
/// there to say so before it fills the memory.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Reads the whole file at `path` as text.
///
/// It takes no lock and needs none, for a plan is only ever replaced whole. A
/// pipe or a device can be read too.
///
/// # Errors
///
/// One variant of [`ReadError`] for each way in which there may be no text.
pub fn read(path: &Path) -> Result<String, ReadError> {
    let name = path.display().to_string();
    // Asked before opening, since Windows does not open a folder at all and
    // calls it a lack of permission.
    let about = fs::metadata(path).map_err(|source| ReadError::from_io(&name, source))?;
    if about.is_dir() {
        return Err(ReadError::Directory { name });
    }
    let file = File::open(path).map_err(|source| ReadError::from_io(&name, source))?;
    // Windows hides a locked file from everyone but its holder, so wait for the
    // writer there. If the lock is not to be had, the reading says what is wrong.
    #[cfg(windows)]
    let _ = file.lock_shared();
    read_file(&file, &name)
}

/// Reads all of `reader` as text, calling it `name` in errors: for standard
/// input.
///
/// # Errors
///
/// [`ReadError::TooLarge`], [`ReadError::NotUtf8`] or [`ReadError::Io`].
pub fn read_from(reader: impl Read, name: &str) -> Result<String, ReadError> {
    read_bounded(reader, 0, MAX_BYTES, name)
}

/// Reads an open file from where it stands.
pub(super) fn read_file(file: &File, name: &str) -> Result<String, ReadError> {
    let size = file
        .metadata()
        .map_err(|source| ReadError::from_io(name, source))?
        .len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge {
            name: name.to_owned(),
            size: Some(size),
        });
    }
    read_bounded(file, size, MAX_BYTES, name)
}

/// Reads at most `limit` bytes of text, of which some `expected` many are likely.
///
/// The limit holds while reading as well: a pipe has no size to ask for, and a
/// file may grow.
fn read_bounded(
    reader: impl Read,
    expected: u64,
    limit: u64,
    name: &str,
) -> Result<String, ReadError> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    reader
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::from_io(name, source))?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge {
            name: name.to_owned(),
            size: None,
        });
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        not_utf8(error.as_bytes(), offset, name)
    })
}

/// Says where the byte at `offset`, the first that is not UTF-8, stands.
fn not_utf8(bytes: &[u8], offset: usize, name: &str) -> ReadError {
    let (before, bad) = bytes.split_at(offset);
    let before = String::from_utf8_lossy(before);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    ReadError::NotUtf8 {
        name: name.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        offset,
        byte: bad.first().copied().unwrap_or_default(),
        before: before.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed() {
        let text = read_bounded(&b"12345678"[..], 0, 8, "-").ok();
        assert_eq!(text.as_deref(), Some("12345678"));
    }

    #[test]
    fn an_endless_reader_is_cut_off() {
        let result = read_bounded(std::io::repeat(b'a'), 0, 8, "-");
        assert!(matches!(
            result,
            Err(ReadError::TooLarge { size: None, .. })
        ));
    }
}
