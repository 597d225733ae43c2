//! A table held against the examples.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::Json;

use super::{
    example::{Example, Spot, below},
    finding::{Kind, Part},
    rows::{Branch, Row},
    twins::are_twins,
    types,
};

/// A disagreement, before it is put in words.
#[derive(Debug)]
pub(super) struct Disagreement {
    pub(super) part: Part,
    /// A JSON pointer, or a row's name.
    pub(super) place: String,
    pub(super) line: Option<usize>,
    pub(super) fact: Fact,
}

#[derive(Debug)]
pub(super) enum Fact {
    Undocumented,
    NotInExample,
    /// The documented spelling, or the one of the other rows where no table speaks of either.
    Twin {
        other: String,
        row: Option<String>,
    },
    Type {
        row: String,
        documented: String,
        found: String,
        empty: bool,
    },
    Absent {
        row: String,
    },
    Value {
        value: String,
        listed: Vec<String>,
    },
}

impl Fact {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Undocumented => Kind::UndocumentedInExample,
            Self::NotInExample => Kind::DocumentedNotInExample,
            Self::Twin { .. } => Kind::NameTwin,
            Self::Type { .. } => Kind::TypeConflict,
            Self::Absent { .. } => Kind::RequiredButAbsent,
            Self::Value { .. } => Kind::ValueNotDocumented,
        }
    }
}

/// What a table must answer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The table is the list of what may be sent: a key that it lacks is undocumented, a required one must be there.
    Request,
    /// The table describes an answer, or a few keys of it.
    Response,
}

/// Holds one table against all examples of its side.
pub(super) struct Comparison<'a> {
    pub(super) side: Side,
    pub(super) branches: &'a [Branch],
    pub(super) examples: &'a [Example<'a>],
    /// Where in the examples the table begins, as a pattern.
    pub(super) base: &'a str,
    /// Whether a key needs no row: a tenant's own, or documented elsewhere.
    pub(super) excused: &'a dyn Fn(&str) -> bool,
}

/// The keys that the examples show at each place of the table.
type Seen = BTreeMap<String, BTreeSet<String>>;

impl Comparison<'_> {
    pub(super) fn run(&self) -> Vec<Disagreement> {
        let mut seen = Seen::new();
        let mut starts = Vec::new();
        for example in self.examples {
            for spot in example.objects().into_iter().filter(|spot| spot.pattern == self.base) {
                collect(self.branches, spot.members, "", &mut seen);
                starts.push((example, spot));
            }
        }
        let mut found = Vec::new();
        for (example, spot) in &starts {
            let mut walk = Walk {
                table: self,
                example,
                seen: &seen,
                found,
            };
            walk.object(self.branches, spot.members, &spot.pointer, "");
            found = walk.found;
        }
        if self.side == Side::Response {
            let twins = found.iter().filter_map(|one| match &one.fact {
                Fact::Twin { row, .. } => row.clone(),
                _ => None,
            });
            let twins = twins.collect();
            unseen(self.branches, "", &seen, &twins, &mut found);
        }
        found
    }

    /// Whether a response table lists an object's keys, rather than remarking on a few of them: it has a row for at
    /// least half of what the examples show.
    fn is_described(&self, branches: &[Branch], shown: &BTreeSet<String>) -> bool {
        let all: Vec<&String> = shown.iter().filter(|key| !(self.excused)(key)).collect();
        let documented = all
            .iter()
            .filter(|key| branches.iter().any(|branch| branch.key == ***key))
            .count();
        documented * 2 >= all.len()
    }
}

/// The way through one example.
struct Walk<'a> {
    table: &'a Comparison<'a>,
    example: &'a Example<'a>,
    seen: &'a Seen,
    found: Vec<Disagreement>,
}

impl Walk<'_> {
    fn object(&mut self, branches: &[Branch], members: &[(String, Json)], pointer: &str, path: &str) {
        let none = BTreeSet::new();
        let shown = self.seen.get(path).unwrap_or(&none);
        let closed = self.table.side == Side::Request || self.table.is_described(branches, shown);
        let mut twins: Vec<&str> = Vec::new();
        for (key, value) in members {
            let place = below(pointer, key);
            if let Some(branch) = branches.iter().find(|branch| branch.key == *key) {
                self.value(branch, value, &place, path);
                continue;
            }
            if (self.table.excused)(key) {
                continue;
            }
            let twin = branches
                .iter()
                .find(|branch| !shown.contains(&branch.key) && is_twin(branch, key, value));
            match twin {
                Some(twin) => {
                    twins.push(&twin.key);
                    let row = twin.row.as_ref().map(|row| row.name.clone());
                    self.disagree(
                        &place,
                        Fact::Twin {
                            other: twin.key.clone(),
                            row,
                        },
                    );
                }
                None if closed => self.disagree(&place, Fact::Undocumented),
                None => {}
            }
        }
        if self.table.side == Side::Response {
            return;
        }
        for branch in branches {
            let Some(row) = branch.row.as_ref().filter(|row| row.required) else {
                continue;
            };
            let shown = members.iter().any(|(key, _)| *key == branch.key) || twins.contains(&branch.key.as_str());
            if !shown {
                let (part, place, fact) = (
                    self.example.part,
                    below(pointer, &branch.key),
                    Fact::Absent { row: row.name.clone() },
                );
                self.found.push(Disagreement {
                    part,
                    place,
                    line: row.line,
                    fact,
                });
            }
        }
    }

    fn value(&mut self, branch: &Branch, value: &Json, pointer: &str, path: &str) {
        if let Some(row) = &branch.row {
            self.kind(row, value, pointer);
            match value {
                Json::Array(items) => {
                    for (at, item) in items.iter().enumerate() {
                        self.listed(branch, item, &format!("{pointer}/{at}"));
                    }
                }
                other => self.listed(branch, other, pointer),
            }
        }
        if branch.children.is_empty() {
            return;
        }
        let path = below(path, &branch.key);
        match value {
            Json::Object(members) if !members.is_empty() => self.object(&branch.children, members, pointer, &path),
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    if let Json::Object(members) = item {
                        self.object(&branch.children, members, &format!("{pointer}/{at}"), &path);
                    }
                }
            }
            _ => {}
        }
    }

    /// Holds a value against the type of its row.
    fn kind(&mut self, row: &Row, value: &Json, pointer: &str) {
        let Some(documented) = &row.kind else { return };
        let Some(found) = types::conflict(documented, value) else {
            return;
        };
        let empty = match value {
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            Json::String(text) => text.is_empty(),
            _ => false,
        };
        self.disagree(
            pointer,
            Fact::Type {
                row: row.name.clone(),
                documented: documented.clone(),
                found,
                empty,
            },
        );
    }

    /// Holds a value against those that its row's label lists.
    fn listed(&mut self, branch: &Branch, value: &Json, pointer: &str) {
        let Some(text) = scalar(value).filter(|text| !branch.values.is_empty() && !branch.values.contains(text)) else {
            return;
        };
        self.disagree(
            pointer,
            Fact::Value {
                value: text,
                listed: branch.values.clone(),
            },
        );
    }

    fn disagree(&mut self, place: &str, fact: Fact) {
        let (part, line) = (self.example.part, self.example.line(place));
        self.found.push(Disagreement {
            part,
            place: place.to_owned(),
            line,
            fact,
        });
    }
}

/// Which keys the examples show at each place of the table.
fn collect(branches: &[Branch], members: &[(String, Json)], path: &str, seen: &mut Seen) {
    let here = seen.entry(path.to_owned()).or_default();
    here.extend(members.iter().map(|(key, _)| key.clone()));
    for branch in branches.iter().filter(|branch| !branch.children.is_empty()) {
        let Some((_, value)) = members.iter().find(|(key, _)| *key == branch.key) else {
            continue;
        };
        let path = below(path, &branch.key);
        match value {
            Json::Object(members) if !members.is_empty() => collect(&branch.children, members, &path, seen),
            Json::Array(items) => {
                for item in items {
                    if let Json::Object(members) = item {
                        collect(&branch.children, members, &path, seen);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Rows that no example shows although one shows the object around them.
fn unseen(branches: &[Branch], path: &str, seen: &Seen, twins: &BTreeSet<String>, found: &mut Vec<Disagreement>) {
    let Some(shown) = seen.get(path) else { return };
    for branch in branches.iter().filter(|branch| !branch.is_placeholder()) {
        if shown.contains(&branch.key) {
            unseen(&branch.children, &below(path, &branch.key), seen, twins, found);
        } else if let Some(row) = first_row(branch).filter(|row| !twins.contains(&row.name)) {
            found.push(Disagreement {
                part: Part::Table,
                place: row.name.clone(),
                line: row.line,
                fact: Fact::NotInExample,
            });
        }
    }
}

fn first_row(branch: &Branch) -> Option<&Row> {
    branch
        .row
        .as_ref()
        .or_else(|| branch.children.iter().find_map(first_row))
}

fn is_twin(branch: &Branch, key: &str, value: &Json) -> bool {
    let kind = branch.row.as_ref().and_then(|row| row.kind.as_deref());
    !branch.is_placeholder()
        && are_twins(&branch.key, key)
        && kind.is_none_or(|kind| types::conflict(kind, value).is_none())
}

/// A value that a list of documented values can be held against.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(text) => Some(text.clone()),
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

/// Rows of one list that spell a key in two ways, where no table speaks of either: `id` in one row, `uuid` in the next.
pub(super) fn twins_in_lists(examples: &[Example<'_>]) -> Vec<Disagreement> {
    let mut lists: BTreeMap<String, Vec<(&Example<'_>, Spot<'_>)>> = BTreeMap::new();
    for example in examples {
        for spot in example
            .objects()
            .into_iter()
            .filter(|spot| spot.pattern.ends_with("/*"))
        {
            lists.entry(spot.pattern.clone()).or_default().push((example, spot));
        }
    }
    let mut found = Vec::new();
    for spots in lists.values() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, _) in spots.iter().flat_map(|(_, spot)| spot.members) {
            *counts.entry(key).or_default() += 1;
        }
        // A key that every row has is not spelt in two ways.
        let partial: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count < spots.len()).collect();
        for (key, count) in &partial {
            // The spelling of fewer rows is the odd one; of two that are as frequent, the longer.
            let is_other = |(other, others): &&(&str, usize)| {
                let rarer = (count, other.len(), other) < (others, key.len(), key);
                let together = || spots.iter().any(|(_, spot)| has(spot, key) && has(spot, other));
                rarer && are_twins(key, other) && !together()
            };
            let Some((other, _)) = partial.iter().find(is_other) else {
                continue;
            };
            for (example, spot) in spots.iter().filter(|(_, spot)| has(spot, key)) {
                let place = below(&spot.pointer, key);
                let fact = Fact::Twin {
                    other: (*other).to_owned(),
                    row: None,
                };
                found.push(Disagreement {
                    part: example.part,
                    line: example.line(&place),
                    place,
                    fact,
                });
            }
        }
    }
    found
}

fn has(spot: &Spot<'_>, key: &str) -> bool {
    spot.members.iter().any(|(name, _)| name == key)
}
