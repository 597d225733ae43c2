//! Checks of documented answers: that they decode, what they decode to, and that nothing in them is lost.

use crm_core::{
    envelope::{self, EnvelopeSpec},
    model::{DecodeError, Drift, DriftKind, Reveal, Slot},
    operation::{Answer as Carries, Operation},
};

use crate::document::canonical;

/// One documented answer, with the operation that it answers.
#[derive(Clone, Copy)]
pub struct Answer {
    /// `ikcrm/contact_update/response.json`.
    pub id: &'static str,
    /// The page's example.
    pub text: &'static str,
    spec: &'static EnvelopeSpec,
    reread: fn(&str, &'static EnvelopeSpec) -> Result<Reread, DecodeError>,
}

/// An answer that was decoded and written again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reread {
    /// Whether the envelope says success.
    pub success: bool,
    /// What was written.
    pub document: String,
    /// What did not fit the model.
    pub drift: Vec<Drift>,
}

impl Answer {
    /// An answer of the operation `O`.
    pub fn of<O: Operation>(id: &'static str, spec: &'static EnvelopeSpec, text: &'static str) -> Self {
        Self {
            id,
            text,
            spec,
            reread: reread::<O::Payload>,
        }
    }

    /// Decodes any document as this answer, and writes it again.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn reread(&self, text: &str) -> Result<Reread, DecodeError> {
        (self.reread)(text, self.spec)
    }

    /// The key of the data place.
    #[must_use]
    pub fn data_key(&self) -> &'static str {
        self.spec.data
    }

    /// Asserts that the documented answer comes back whole, and that each of its values fits its field, if need be in
    /// another spelling.
    ///
    /// # Panics
    /// When it does not.
    pub fn assert_whole(&self) {
        let reread = self
            .reread(self.text)
            .unwrap_or_else(|error| panic!("{}: {error}", self.id));
        assert_eq!(
            canonical(&reread.document),
            canonical(self.text),
            "{} does not come back whole",
            self.id
        );
        let untyped: Vec<_> = reread
            .drift
            .iter()
            .filter(|drift| drift.kind != DriftKind::Coerced)
            .collect();
        assert!(
            !reread.success || untyped.is_empty(),
            "{} does not fit its own model: {untyped:#?}",
            self.id
        );
    }
}

fn reread<T: Slot>(text: &str, spec: &'static EnvelopeSpec) -> Result<Reread, DecodeError> {
    let envelope = envelope::read::<T>(text, spec)?;
    Ok(Reread {
        success: envelope.is_success(spec),
        document: envelope
            .to_document(spec)
            .unwrap_or_else(|error| panic!("a decoded answer cannot be written: {error}")),
        drift: envelope.data.drift(),
    })
}

/// An answer as a snapshot shows it: the envelope's verdict, and the typed value with everything in it.
///
/// # Panics
/// When the text is not JSON.
#[must_use]
pub fn shown<O: Operation>(spec: &'static EnvelopeSpec, text: &str) -> String {
    let envelope = envelope::read::<O::Payload>(text, spec).unwrap_or_else(|error| panic!("{}: {error}", O::INFO.name));
    let verdict = if envelope.is_success(spec) {
        "success"
    } else {
        "refused"
    };
    let mut out = format!(
        "{verdict}: code {:?}, message {:?}, error {:?}\n",
        envelope.code, envelope.message, envelope.error
    );
    if envelope.is_success(spec) || O::INFO.answer == Carries::Batch {
        out.push_str(&format!("{:#?}\n", Reveal(&envelope.data)));
    }
    out
}
