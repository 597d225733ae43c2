//! A JSON value that keeps what the page wrote: member order, and number text (`0.0` is not `0`).

use std::fmt;

/// One JSON value, in document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The number's own text, never through a float.
    Number(String),
    String(String),
    Array(Vec<Json>),
    /// Members in the order of the document; keys are unique.
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}
