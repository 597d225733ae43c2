//! Bringing the tree up to date: all files or none.

use std::{
    collections::BTreeSet,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use crate::emit::Files;

use super::is_generated;

/// One file that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Add(PathBuf),
    Update(PathBuf),
    Remove(PathBuf),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(path) => write!(f, "+ {}", path.display()),
            Self::Update(path) => write!(f, "~ {}", path.display()),
            Self::Remove(path) => write!(f, "- {}", path.display()),
        }
    }
}

/// What stands in the tree and is not what the fixtures say, in path order.
pub(crate) fn changes(root: &Path, files: &Files) -> io::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (path, text) in files {
        match fs::read_to_string(root.join(path)) {
            Ok(standing) if standing == *text => {}
            Ok(_) => changes.push(Change::Update(path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => changes.push(Change::Add(path.clone())),
            Err(error) => return Err(error),
        }
    }
    let folders: BTreeSet<&Path> = files.keys().filter_map(|path| path.parent()).collect();
    for folder in folders {
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if !files.contains_key(&path) && entry.file_type()?.is_file() && is_generated(&entry.path()) {
                changes.push(Change::Remove(path));
            }
        }
    }
    changes.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(changes)
}

impl Change {
    fn path(&self) -> &Path {
        match self {
            Self::Add(path) | Self::Update(path) | Self::Remove(path) => path,
        }
    }
}

/// Writes every file beside its place first, and moves them there only when all are written.
pub(crate) fn apply(root: &Path, files: &Files, changes: &[Change]) -> io::Result<()> {
    let mut written = Vec::new();
    for change in changes {
        let (Change::Add(path) | Change::Update(path)) = change else { continue };
        let target = root.join(path);
        let staged = staged(&target);
        let result = target.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&staged, &files[path]));
        written.push((staged, target));
        if let Err(error) = result {
            for (staged, _) in &written {
                let _ = fs::remove_file(staged);
            }
            return Err(error);
        }
    }
    for (staged, target) in &written {
        fs::rename(staged, target)?;
    }
    for change in changes {
        if let Change::Remove(path) = change {
            fs::remove_file(root.join(path))?;
        }
    }
    Ok(())
}

fn staged(target: &Path) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.new"))
}
