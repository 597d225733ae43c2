//! Names of vendors and operations: folders of fixtures/, and parts of Rust names later.

use std::path::Path;

use super::AddError;

/// Longer names are no names.
const MAX_LENGTH: usize = 64;

/// A small letter, then small letters, digits and `_`: nothing that leaves its folder.
pub(super) fn check(name: &str, what: &'static str, flag: &'static str) -> Result<(), AddError> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let valid =
        name.len() <= MAX_LENGTH && name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_part);
    if valid {
        Ok(())
    } else {
        Err(AddError::Name {
            name: name.to_owned(),
            what,
            flag,
        })
    }
}

/// `Contact-Update.html` is a page of `contact_update`.
pub(super) fn of_page(page: &Path) -> Result<String, AddError> {
    let stem = page
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = stem.to_ascii_lowercase().replace(['-', ' ', '.'], "_");
    check(&name, "an operation", "name").map_err(|_| AddError::Name {
        name: stem,
        what: "an operation",
        flag: "name",
    })?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_is_a_name_and_never_a_way_out() {
        for name in ["contact_update", "a", "v2_list"] {
            assert!(check(name, "an operation", "name").is_ok(), "{name}");
        }
        for name in [
            "",
            "..",
            "a/b",
            "A",
            "_a",
            "2a",
            "a-b",
            "a\\b",
            "联系人",
            "a b",
            &"a".repeat(65),
        ] {
            assert!(check(name, "an operation", "name").is_err(), "{name}");
        }
        assert_eq!(of_page(Path::new("x/Contact-Update.html")).unwrap(), "contact_update");
        assert!(of_page(Path::new("-")).is_err());
        assert!(of_page(Path::new("更新联系人.md")).is_err());
    }
}
