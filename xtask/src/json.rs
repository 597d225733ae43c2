//! A JSON value that keeps what the page wrote: member order, and number text (`0.0` is not `0`).

pub(crate) mod mend;
mod parse;
mod pretty;

pub(crate) use parse::JsonError;

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

/// Deeper documents are refused: no documented example comes near, and every later step may recurse.
pub(crate) const MAX_DEPTH: usize = 128;

impl Json {
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Reads strict JSON; a key that stands twice in one object is an error too.
    pub(crate) fn parse(text: &str) -> Result<Json, JsonError> {
        parse::parse(text)
    }

    /// Two-space indentation, one member a line, a newline at the end; numbers and non-ASCII text as they are.
    pub(crate) fn pretty(&self) -> String {
        pretty::pretty(self)
    }
}
