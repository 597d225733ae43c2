//! "Leave it", "empty it" and "set it": [`Patch`].

use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{DateTime, Id, Json, Number};

/// What an update does to one field.
///
/// ```
/// use crm_core::Patch;
///
/// let name: Patch<String> = "王五".into();
/// assert_eq!(name, Patch::Set("王五".to_owned()));
/// assert!(Patch::<String>::default().is_keep());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Patch<T> {
    /// Leave the field as it is: nothing is sent.
    #[default]
    Keep,
    /// Empty the field. How that goes on the wire is the vendor's affair.
    Clear,
    /// Give the field this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is left alone.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Whether the field is emptied.
    #[must_use]
    pub const fn is_clear(&self) -> bool {
        matches!(self, Self::Clear)
    }

    /// The new value, if there is one.
    #[must_use]
    pub const fn as_set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// Applies `f` to a value that is set.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(f(value)),
        }
    }
}

impl<T, E> Patch<Result<T, E>> {
    /// A patch of what a conversion gave, or the conversion's error.
    ///
    /// # Errors
    /// The error that is in the patch.
    pub fn transpose(self) -> Result<Patch<T>, E> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value?),
        })
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

macro_rules! set_from {
    ($target:ty: $($source:ty),*) => {$(
        impl From<$source> for Patch<$target> {
            fn from(value: $source) -> Self {
                Self::Set(value.into())
            }
        }
    )*};
}

set_from!(Id: &str, String, &Id, i64, i32, u32, u64);
set_from!(Number: Decimal, i64, i32, u32, u64);
set_from!(DateTime: &str, String, civil::Date, civil::DateTime, Timestamp);
set_from!(Json: &str, String, bool, i64, i32, f64, serde_json::Value);

/// `Keep` is left out by `#[serde(skip_serializing_if = "Patch::is_keep")]`; `Clear` is null.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

/// Null is `Clear`; `Keep` comes from `#[serde(default)]`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}
