//! [`Gender`].

use serde::{Deserialize, Serialize};

/// A contact's gender, as far as the vendors' fields go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Gender {
    /// 女.
    Female,
    /// 男.
    Male,
}
