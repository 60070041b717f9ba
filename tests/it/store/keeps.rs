//! What a file is beside its text: its links, its mode, its owner.

use std::fs;
#[cfg(unix)]
use std::path::Path;

use anyhow::{Context as _, Result};
use loti::store::{self, EditError, SaveError};

#[cfg(unix)]
use super::append;
use super::{names, plan, put};

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
