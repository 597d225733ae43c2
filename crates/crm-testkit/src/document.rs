//! JSON documents compared as the invariants compare them: number text counts, member order and the spelling of
//! "nothing" do not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;

/// A JSON value that keeps number text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads a document of tests, which is JSON.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        let inner = |raw: &RawValue| Self::read(raw.get());
        match text.as_bytes().first() {
            Some(b'{') => {
                let members: Members = serde_json::from_str(text).unwrap_or_default();
                Self::Object(members.0.iter().map(|(key, raw)| (key.clone(), inner(raw))).collect())
            }
            Some(b'[') => {
                let items: Vec<Box<RawValue>> = serde_json::from_str(text).unwrap_or_default();
                Self::List(items.iter().map(|raw| inner(raw)).collect())
            }
            Some(b'"') => serde_json::from_str(text).map_or(Self::Number(text.to_owned()), Self::Text),
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'n') | None => Self::Null,
            Some(_) => Self::Number(text.to_owned()),
        }
    }

    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => out.push_str(&serde_json::Value::from(text.as_str()).to_string()),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    out.push_str(&serde_json::Value::from(key.as_str()).to_string());
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    /// null, `""`, `[]` and `{}` all say that nothing is there.
    fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }

    fn canonical(&self) -> Self {
        match self {
            nothing if nothing.is_nothing() => Self::Null,
            Self::List(items) => Self::List(items.iter().map(Self::canonical).collect()),
            Self::Object(members) => {
                let members: BTreeMap<_, _> = members
                    .iter()
                    .map(|(key, value)| (key.clone(), value.canonical()))
                    .collect();
                let members: Vec<_> = members.into_iter().filter(|(_, value)| *value != Self::Null).collect();
                if members.is_empty() {
                    Self::Null
                } else {
                    Self::Object(members)
                }
            }
            scalar => scalar.clone(),
        }
    }
}

/// A document in a form that compares equal where two documents say the same.
pub(crate) fn canonical(text: &str) -> String {
    let mut out = String::new();
    Tree::read(text).canonical().write(&mut out);
    out
}

/// Where two documents do not say the same, as `pointer: what stands there, what is expected`. Empty when they do.
#[must_use]
pub fn differences(actual: &str, expected: &str) -> Vec<String> {
    let mut found = Vec::new();
    differ(
        "",
        &Tree::read(actual).canonical(),
        &Tree::read(expected).canonical(),
        &mut found,
    );
    found
}

fn differ(pointer: &str, actual: &Tree, expected: &Tree, found: &mut Vec<String>) {
    match (actual, expected) {
        (Tree::Object(ours), Tree::Object(theirs)) => {
            let keys: BTreeSet<_> = ours.iter().chain(theirs).map(|(key, _)| key).collect();
            let get = |members: &[(String, Tree)], key: &str| {
                members
                    .iter()
                    .find(|(known, _)| known == key)
                    .map_or(Tree::Null, |(_, value)| value.clone())
            };
            for key in keys {
                differ(&format!("{pointer}/{key}"), &get(ours, key), &get(theirs, key), found);
            }
        }
        (Tree::List(ours), Tree::List(theirs)) => {
            for index in 0..ours.len().max(theirs.len()) {
                let get = |items: &[Tree]| items.get(index).cloned().unwrap_or(Tree::Null);
                differ(&format!("{pointer}/{index}"), &get(ours), &get(theirs), found);
            }
        }
        _ if actual == expected => {}
        _ => {
            let place = if pointer.is_empty() { "the document" } else { pointer };
            found.push(format!("{place}: {} instead of {}", shown(actual), shown(expected)));
        }
    }
}

/// A value in few words.
fn shown(tree: &Tree) -> String {
    let mut text = String::new();
    match tree {
        Tree::Null => text.push_str("nothing"),
        Tree::Object(_) => text.push_str("an object"),
        Tree::List(_) => text.push_str("a list"),
        scalar => scalar.write(&mut text),
    }
    text
}

/// An object's members in document order.
#[derive(Default)]
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> serde::Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn documents_that_say_the_same_do_not_differ() {
        assert!(differences(r#"{"a": 1, "b": ""}"#, r#"{"b": [], "a": 1}"#).is_empty());
    }

    #[test]
    fn each_difference_is_named_by_its_place() {
        let found = differences(
            r#"{"a": {"b": [1, 2]}, "c": 1.0}"#,
            r#"{"a": {"b": [1, 3]}, "c": 1, "d": "x"}"#,
        );
        assert_eq!(
            found,
            [
                "/a/b/1: 2 instead of 3",
                "/c: 1.0 instead of 1",
                r#"/d: nothing instead of "x""#
            ]
        );
    }
}
