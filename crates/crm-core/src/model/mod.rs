//! Models that drift cannot break.
//!
//! A model is a plain struct of `Option` and `Vec` fields. Reading one never fails on a value's shape: null, `""`, `{}`
//! and `[]` are absent, a number written as a string is read, and what fits nowhere is kept, with every key that the
//! model does not know, in the struct's [`Extra`]. Writing the model gives the vendor's document back.
//!
//! ```
//! use crm_core::model::{Extra, Id, Number};
//!
//! #[derive(Clone, Default, PartialEq)]
//! pub struct Opportunity {
//!     pub id: Option<Id>,
//!     pub amount: Option<Number>,
//!     pub extra: Extra,
//! }
//! crm_core::model! { Opportunity { id: "id", amount: "expect_amount" } }
//!
//! let text = r#"{"id":568587,"expect_amount":"20000.0","stage":{"id":3514}}"#;
//! let opportunity: Opportunity = serde_json::from_str(text)?;
//! assert_eq!(opportunity.amount.as_ref().map(Number::as_str), Some("20000.0"));
//! assert_eq!(opportunity.extra.raw("stage"), Some(r#"{"id":3514}"#));
//! assert_eq!(serde_json::to_string(&opportunity)?, text);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod custom_keys;
mod datetime;
mod debug;
mod drift;
mod envelope;
mod error;
mod extra;
mod id;
mod json;
mod leaf;
mod macros;
mod number;
mod read;
mod slot;
mod token;
mod visit;

pub use custom_keys::CustomKeys;
pub use datetime::DateTime;
pub use debug::Reveal;
pub use drift::{Drift, DriftKind};
pub use error::{DecodeError, DecodeErrorKind};
pub use extra::Extra;
pub use id::Id;
pub use json::{Json, Scalar};
pub use number::{NotANumber, Number};
pub use slot::Slot;

pub(crate) use envelope::{read_bare, read_envelope, write_envelope};
pub(crate) use read::leaf_from_raw;

/// Reads a value that stands alone, without a vendor's envelope.
///
/// # Errors
/// When `text` is not JSON, or nested too deep.
pub fn decode<T: Slot>(text: &str) -> Result<T, DecodeError> {
    read_bare(text)
}

/// What [`model!`](crate::model!) expands to. Not part of the API.
#[doc(hidden)]
pub mod __private {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer, de::MapAccess, ser::SerializeMap};

    pub use super::{
        debug::{AnyModel, FieldView, Shown, model as debug_model},
        read::{
            Model, fill_model, model_from_raw, read_field, read_model, read_model_boxed, read_model_element,
            read_model_single, read_unknown, write_model,
        },
        slot::{FirstKey, Item},
        token::Outcome,
    };
    pub use crate::custom_fields::of as custom_fields;
}
