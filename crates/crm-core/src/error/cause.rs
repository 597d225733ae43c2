//! The chain below an error, as text: no type of a dependency, no URL.

use std::error::Error as StdError;
use std::fmt;

/// One link of the chain.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    text: String,
    next: Option<Box<Cause>>,
}

impl Cause {
    /// Copies the texts of a chain that is known to carry neither a URL nor a value.
    pub(crate) fn from_chain(error: &(dyn StdError + 'static)) -> Self {
        Self {
            text: error.to_string(),
            next: error.source().map(|next| Box::new(Self::from_chain(next))),
        }
    }

    pub(crate) fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            next: None,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.next.as_deref().map(|next| next as &(dyn StdError + 'static))
    }
}
