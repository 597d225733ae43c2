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
        let Ok(entries) = fs::read_dir(root.join(folder)) else {
            continue;
        };
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
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Add(path) | Self::Update(path) | Self::Remove(path) => path,
        }
    }
}

/// Makes the changes: all of them, or, after an error, none. Every file is written beside its place first and moved there
/// only when all are written; what a move has replaced is kept until the last one.
pub(crate) fn apply(root: &Path, files: &Files, changes: &[Change]) -> io::Result<()> {
    let mut undo = Vec::new();
    let result = stage(root, files, changes).and_then(|()| {
        changes.iter().try_for_each(|change| {
            let target = root.join(change.path());
            let before = fs::read(&target).ok();
            match change {
                Change::Add(_) | Change::Update(_) => fs::rename(staged(&target), &target)?,
                Change::Remove(_) => fs::remove_file(&target)?,
            }
            undo.push((target, before));
            Ok(())
        })
    });
    if result.is_err() {
        // The first error is the one to report; what can be put back is put back.
        for (target, before) in undo.into_iter().rev() {
            let _ = match before {
                Some(bytes) => fs::write(&target, bytes),
                None => fs::remove_file(&target),
            };
        }
        for change in changes {
            let _ = fs::remove_file(staged(&root.join(change.path())));
        }
    }
    result
}

fn stage(root: &Path, files: &Files, changes: &[Change]) -> io::Result<()> {
    for change in changes {
        let (Change::Add(path) | Change::Update(path)) = change else {
            continue;
        };
        let (target, text) = (root.join(path), files.get(path).map_or("", String::as_str));
        target.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(staged(&target), text)?;
    }
    Ok(())
}

fn staged(target: &Path) -> PathBuf {
    let name = target
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    target.with_file_name(format!(".{name}.new"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn tree(root: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![root.to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let shown = path.strip_prefix(root).unwrap().display().to_string();
                    found.push(format!("{shown}: {}", fs::read_to_string(&path).unwrap().trim_end()));
                }
            }
        }
        found.sort();
        found
    }

    fn files(files: &[(&str, &str)]) -> Files {
        files
            .iter()
            .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
            .collect()
    }

    /// `a.rs` and `b.rs` stand and are generated, `kept.rs` is somebody's own.
    fn workspace() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("src/generated");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.rs"), "// @generated 1").unwrap();
        fs::write(folder.join("b.rs"), "// @generated 1").unwrap();
        fs::write(folder.join("kept.rs"), "// mine").unwrap();
        root
    }

    #[test]
    fn what_changed_is_written_and_only_generated_files_go() {
        let root = workspace();
        let next = files(&[
            ("src/generated/a.rs", "// @generated 2"),
            ("src/generated/c.rs", "// @generated 2"),
        ]);
        let changes = changes(root.path(), &next).unwrap();
        let shown: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            ["~ src/generated/a.rs", "- src/generated/b.rs", "+ src/generated/c.rs"]
        );
        apply(root.path(), &next, &changes).unwrap();
        let expected = [
            "src/generated/a.rs: // @generated 2",
            "src/generated/c.rs: // @generated 2",
            "src/generated/kept.rs: // mine",
        ];
        assert_eq!(tree(root.path()), expected);
        assert_eq!(super::changes(root.path(), &next).unwrap(), []);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_everything_as_it_was() {
        let root = workspace();
        fs::write(root.path().join("blocked"), "").unwrap();
        let before = tree(root.path());
        let next = files(&[("src/generated/a.rs", "2"), ("blocked/z.rs", "2")]);
        let changes = [
            Change::Update("src/generated/a.rs".into()),
            Change::Add("blocked/z.rs".into()),
        ];
        apply(root.path(), &next, &changes).unwrap_err();
        assert_eq!(tree(root.path()), before);
    }

    #[test]
    fn a_file_that_cannot_be_put_in_its_place_leaves_everything_as_it_was() {
        let root = workspace();
        // A folder with something in it stands where the last file should go.
        fs::create_dir_all(root.path().join("src/generated/z.rs/folder")).unwrap();
        let before = tree(root.path());
        let next = files(&[
            ("src/generated/a.rs", "2"),
            ("src/generated/n.rs", "2"),
            ("src/generated/z.rs", "2"),
        ]);
        let changes = [
            Change::Update("src/generated/a.rs".into()),
            Change::Remove("src/generated/b.rs".into()),
            Change::Add("src/generated/n.rs".into()),
            Change::Update("src/generated/z.rs".into()),
        ];
        apply(root.path(), &next, &changes).unwrap_err();
        assert_eq!(tree(root.path()), before);
    }
}
