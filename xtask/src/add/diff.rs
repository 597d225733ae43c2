//! What an operation's folder holds now against what it would hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anstream::println;
use owo_colors::OwoColorize as _;
use similar::{ChangeTag, TextDiff};

/// The files of a folder and their text.
pub(super) fn standing(dir: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let text = fs::read_to_string(entry.path()).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), text))
        })
        .collect()
}

/// Shows what changes; false if nothing does.
pub(super) fn show(shown: &str, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> bool {
    if old.is_empty() {
        println!("  {} {shown}/ ({} files)", "new".green(), new.len());
        return true;
    }
    let mut changed = false;
    for (name, text) in new {
        match old.get(name) {
            Some(before) if before == text => continue,
            // Page lines move whenever the page does, and nobody reviews them.
            Some(_) if name == "page.toml" => println!("  {} {shown}/{name}", "~".yellow()),
            Some(before) => file(&format!("{shown}/{name}"), before, text),
            None => file(&format!("{shown}/{name}"), "", text),
        }
        changed = true;
    }
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        println!("  {} {shown}/{name}", "-".red());
        changed = true;
    }
    changed
}

fn file(shown: &str, before: &str, after: &str) {
    println!("  {}", shown.bold());
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        println!("  {}", hunk.header().cyan());
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches('\n');
            match change.tag() {
                ChangeTag::Delete => println!("  {}", format_args!("-{line}").red()),
                ChangeTag::Insert => println!("  {}", format_args!("+{line}").green()),
                ChangeTag::Equal => println!("   {line}"),
            }
        }
    }
}
