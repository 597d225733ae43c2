//! Drift: every documented answer, changed in one place at a time, must still decode, stay typed everywhere else, and
//! come back whole.

mod anything;
mod mutations;

pub use anything::assert_harmless as assert_anything_harmless;

use std::collections::BTreeMap;

use crm_core::model::DriftKind;

use crate::{
    answers::Answer,
    document::{Tree, canonical},
};

/// What became of the changed documents of one class.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    documents: usize,
    decoded: usize,
    typed: usize,
    kept: usize,
}

/// Changes every answer in every place in every way, one at a time, and asserts that each changed document decodes,
/// goes untyped in the changed place at most, and comes back whole. Prints the counts by class.
///
/// # Panics
/// Naming the first documents that break.
pub fn assert_harmless(answers: &[Answer]) {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut broken = Vec::new();
    for answer in answers {
        for mutation in mutations::all(&Tree::read(answer.text)) {
            let count = counts.entry(mutation.class).or_default();
            count.documents += 1;
            let mut complain = |what: String| {
                broken.push(format!(
                    "{} {} at {}: {what}",
                    answer.id, mutation.class, mutation.pointer
                ));
            };
            let reread = match answer.reread(&mutation.document) {
                Ok(reread) => reread,
                Err(error) => {
                    complain(format!("does not decode: {error}"));
                    continue;
                }
            };
            count.decoded += 1;
            let elsewhere = reread.drift.iter().find(|drift| {
                let path = format!("/{}{}", answer.data_key(), drift.path);
                drift.kind != DriftKind::Coerced && !is_at(&path, &mutation.pointer) && !is_at(&mutation.pointer, &path)
            });
            match elsewhere {
                Some(drift) if reread.success => complain(format!("goes untyped at {drift}")),
                _ => count.typed += 1,
            }
            if canonical(&reread.document) == canonical(&mutation.document) {
                count.kept += 1;
            } else {
                complain(format!("comes back as {}", canonical(&reread.document)));
            }
        }
    }
    let mut total = Counts::default();
    println!(
        "{:<20} {:>9} {:>9} {:>9} {:>9}",
        "change", "documents", "decoded", "typed", "kept"
    );
    for (class, count) in &counts {
        println!(
            "{class:<20} {:>9} {:>9} {:>9} {:>9}",
            count.documents, count.decoded, count.typed, count.kept
        );
        total.documents += count.documents;
        total.decoded += count.decoded;
        total.typed += count.typed;
        total.kept += count.kept;
    }
    println!(
        "{:<20} {:>9} {:>9} {:>9} {:>9}",
        "all", total.documents, total.decoded, total.typed, total.kept
    );
    let shown: Vec<_> = broken.iter().take(20).map(String::as_str).collect();
    assert!(
        broken.is_empty(),
        "{} of {} changed documents break:\n{}",
        broken.len(),
        total.documents,
        shown.join("\n")
    );
}

/// Whether a place is the other one or stands in it. The whole document, which nothing changed, is no such place.
fn is_at(place: &str, other: &str) -> bool {
    !other.is_empty()
        && place
            .strip_prefix(other)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_changed_place_and_what_stands_in_it_may_go_untyped() {
        assert!(is_at("/data/name", "/data/name"));
        assert!(is_at("/data/labels/0", "/data/labels"));
        assert!(!is_at("/data/name_pinyin", "/data/name"));
        assert!(!is_at("/data/name", ""));
    }
}
