//! The wrapper around every answer: which key says what, and when it says success.

use crate::model::{DecodeError, Extra, Slot};

/// How one vendor wraps its answers. A vendor crate has one, generated from its `vendor.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvelopeSpec {
    /// Key of the vendor's result code.
    pub code: &'static str,
    /// Key of the vendor's message for people.
    pub message: &'static str,
    /// Key of the vendor's machine-readable error name.
    pub error: Option<&'static str>,
    /// Key of a success flag.
    pub success: Option<&'static str>,
    /// Key of the data place.
    pub data: &'static str,
    /// Key of the vendor's number for this request.
    pub request_id: Option<&'static str>,
    /// The code that says success.
    pub ok_code: &'static str,
    /// Whether a missing code may be a success.
    pub code_may_be_absent: bool,
}

impl EnvelopeSpec {
    /// An envelope of code, message and data in which only `ok_code` is success.
    #[must_use]
    pub const fn new(code: &'static str, message: &'static str, data: &'static str, ok_code: &'static str) -> Self {
        Self {
            code,
            message,
            error: None,
            success: None,
            data,
            request_id: None,
            ok_code,
            code_may_be_absent: false,
        }
    }

    /// Names the key of the machine-readable error name.
    #[must_use]
    pub const fn error(mut self, key: &'static str) -> Self {
        self.error = Some(key);
        self
    }

    /// Names the key of the success flag.
    #[must_use]
    pub const fn success(mut self, key: &'static str) -> Self {
        self.success = Some(key);
        self
    }

    /// Names the key of the request number.
    #[must_use]
    pub const fn request_id(mut self, key: &'static str) -> Self {
        self.request_id = Some(key);
        self
    }

    /// Lets an answer without a code be a success.
    #[must_use]
    pub const fn code_may_be_absent(mut self) -> Self {
        self.code_may_be_absent = true;
        self
    }
}

/// An answer taken out of its wrapper, before anybody judged it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Envelope<T> {
    /// The vendor's code as text, whether it was written as a number or a string.
    pub code: Option<String>,
    /// The success flag.
    pub success: Option<bool>,
    /// The vendor's message for people; empty is absent.
    pub message: Option<String>,
    /// The vendor's error name; empty is absent.
    pub error: Option<String>,
    /// The vendor's number for this request.
    pub request_id: Option<String>,
    /// What stood in the data place.
    pub data: T,
    /// Whether a key of the envelope (code, success flag or data) was seen at all.
    pub recognised: bool,
    /// Everything else that stood beside them.
    pub extra: Extra,
    /// Whether the code was written as a number, for writing it back.
    pub(crate) code_is_number: bool,
}

impl<T: Slot> Envelope<T> {
    /// What is left of an answer of which nothing is known.
    pub(crate) fn unrecognised() -> Self {
        Self {
            code: None,
            success: None,
            message: None,
            error: None,
            request_id: None,
            data: T::default(),
            recognised: false,
            extra: Extra::default(),
            code_is_number: false,
        }
    }

    /// Whether the vendor says that the call succeeded, by its own rule.
    #[must_use]
    pub fn is_success(&self, spec: &EnvelopeSpec) -> bool {
        if !self.recognised || self.success == Some(false) {
            return false;
        }
        match self.code.as_deref() {
            Some(code) => code == spec.ok_code,
            None => spec.code_may_be_absent,
        }
    }
}

impl<T: Slot> Envelope<T> {
    /// Writes the answer back as the vendor's document: what was read comes back, drift included.
    ///
    /// # Errors
    /// serde_json's, which a value that was read does not cause.
    pub fn to_document(&self, spec: &EnvelopeSpec) -> serde_json::Result<String> {
        crate::model::write_envelope(self, spec)
    }
}

/// Takes an answer out of its wrapper, decoding the data place into `T`.
///
/// Drift in the data never fails this: it is kept beside the fields that it does not fit.
///
/// # Errors
/// When `text` is not JSON, or nested too deep. JSON that is not an object gives an envelope that is not `recognised`.
pub fn read<T: Slot>(text: &str, spec: &'static EnvelopeSpec) -> Result<Envelope<T>, DecodeError> {
    let mut envelope = Envelope::unrecognised();
    crate::model::read_envelope(text, spec, &mut envelope)?;
    Ok(envelope)
}
