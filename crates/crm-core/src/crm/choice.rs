//! [`Choice`]: one of a vendor's options.

use serde::{Deserialize, Serialize};

use crate::model::Id;

/// One of the options that a vendor or a tenant defines for a field: a stage, a source, a status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Choice {
    /// The option's id: what a patch sends.
    pub id: Option<Id>,
    /// What people see.
    pub label: Option<String>,
}

impl Choice {
    /// An option by id and label; `None` when there is neither.
    #[must_use]
    pub fn of(id: Option<Id>, label: Option<String>) -> Option<Self> {
        (id.is_some() || label.is_some()).then_some(Self { id, label })
    }
}
