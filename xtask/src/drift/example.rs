//! An example of a page, by JSON pointer.

use std::collections::HashMap;

use crate::json::Json;

use super::finding::Part;

/// One JSON example of a page.
pub(super) struct Example<'a> {
    pub(super) part: Part,
    pub(super) value: &'a Json,
    /// The page's line of each value, by JSON pointer.
    lines: HashMap<String, usize>,
}

impl<'a> Example<'a> {
    /// `lines`: the page's line of each value in document order, a container before what it holds.
    pub(super) fn new(part: Part, value: &'a Json, lines: &[usize]) -> Self {
        fn index(
            value: &Json,
            pointer: &str,
            lines: &mut std::slice::Iter<'_, usize>,
            found: &mut HashMap<String, usize>,
        ) {
            if let Some(line) = lines.next() {
                found.insert(pointer.to_owned(), *line);
            }
            match value {
                Json::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        index(item, &format!("{pointer}/{at}"), lines, found);
                    }
                }
                Json::Object(members) => {
                    for (key, item) in members {
                        index(item, &below(pointer, key), lines, found);
                    }
                }
                _ => {}
            }
        }
        let mut found = HashMap::with_capacity(lines.len());
        index(value, "", &mut lines.iter(), &mut found);
        Self {
            part,
            value,
            lines: found,
        }
    }

    pub(super) fn line(&self, pointer: &str) -> Option<usize> {
        self.lines.get(pointer).copied()
    }

    /// Every object of the example with its pointer, and its pointer without the indexes of lists.
    pub(super) fn objects(&self) -> Vec<Spot<'a>> {
        fn walk<'a>(value: &'a Json, pointer: &str, pattern: &str, found: &mut Vec<Spot<'a>>) {
            match value {
                Json::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        walk(item, &format!("{pointer}/{at}"), &format!("{pattern}/*"), found);
                    }
                }
                Json::Object(members) => {
                    found.push(Spot {
                        pointer: pointer.to_owned(),
                        pattern: pattern.to_owned(),
                        members,
                    });
                    for (key, item) in members {
                        walk(item, &below(pointer, key), &below(pattern, key), found);
                    }
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        walk(self.value, "", "", &mut found);
        found
    }
}

/// An object inside an example.
pub(super) struct Spot<'a> {
    pub(super) pointer: String,
    /// The pointer with `*` for the indexes of lists.
    pub(super) pattern: String,
    pub(super) members: &'a [(String, Json)],
}

/// The pointer of a member.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
