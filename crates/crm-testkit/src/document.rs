//! JSON documents compared as the invariants compare them: number text counts, member order and the spelling of
//! "nothing" do not.

use std::collections::BTreeMap;

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
                let members: BTreeMap<_, _> = members.iter().map(|(key, value)| (key.clone(), value.canonical())).collect();
                let members: Vec<_> = members.into_iter().filter(|(_, value)| *value != Self::Null).collect();
                if members.is_empty() { Self::Null } else { Self::Object(members) }
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
