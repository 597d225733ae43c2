//! Models that drift cannot break.

use std::fmt::Debug;

use serde::Serialize;

use crate::envelope::{Envelope, EnvelopeSpec};

/// Why a text could not be decoded at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {}

/// What a model does not know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra {}

/// A place in an answer.
pub trait Slot: Default + Clone + PartialEq + Debug + Serialize + Send + Sync + 'static {
    /// Whether nothing stands in it.
    fn is_absent(&self) -> bool;
}

pub(crate) fn read_envelope<T: Slot>(_text: &str, _spec: &'static EnvelopeSpec) -> Result<Envelope<T>, DecodeError> {
    Err(DecodeError {})
}
