//! The one error of every call.

/// Why a call did not give its answer.
#[derive(Debug)]
pub struct Error {}
