//! Why a text could not be decoded at all.

use std::fmt;

/// Why an answer is not JSON that can be read. It carries the place and no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    line: usize,
    column: usize,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The text is not JSON.
    Syntax,
    /// The text ends in the middle of a value.
    Truncated,
    /// Arrays and objects stand in each other more than 128 deep.
    TooDeep,
}

impl DecodeError {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in bytes, from 1; 0 is before the first.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// serde_json's messages may quote the offending value, so only the place and the kind are taken.
    pub(crate) fn from_json(error: &serde_json::Error) -> Self {
        let kind = match error.classify() {
            serde_json::error::Category::Eof => DecodeErrorKind::Truncated,
            // The models take any shape, so the only data error is our own depth limit.
            serde_json::error::Category::Data => DecodeErrorKind::TooDeep,
            _ if error.to_string().starts_with("recursion limit") => DecodeErrorKind::TooDeep,
            _ => DecodeErrorKind::Syntax,
        };
        Self {
            kind,
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            DecodeErrorKind::Syntax => "not JSON",
            DecodeErrorKind::Truncated => "JSON that ends early",
            DecodeErrorKind::TooDeep => "JSON nested too deep",
        };
        write!(f, "{what} at line {} column {}", self.line, self.column)
    }
}

impl std::error::Error for DecodeError {}
