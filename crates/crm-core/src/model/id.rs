//! [`Id`]: a record's number, which some vendors write as a number and some as a string.

use std::{fmt, hash, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{
    leaf::Leaf,
    token::{Leafed, Token},
};

/// The id of a record, kept as the vendor wrote it.
///
/// An 18-digit id does not survive a double, and the same vendor writes an id as a number on one page and as a string
/// on the next. Two ids are equal when their texts are.
///
/// ```
/// use crm_core::model::Id;
///
/// let as_number = Id::from(5524470);
/// let as_text = Id::from("5524470");
/// assert_eq!(as_number, as_text);
/// assert_eq!(as_text.as_i64(), Some(5524470));
/// assert_eq!(Id::from("688343387861942272").to_string(), "688343387861942272");
/// ```
#[derive(Clone)]
pub struct Id(Form);

#[derive(Clone)]
enum Form {
    Number(i64),
    /// A number that is no i64, by its text.
    LongNumber(Box<str>),
    Text(Box<str>),
}

impl Id {
    /// The id as an integer, if it is one that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Number(number) => Some(*number),
            Form::LongNumber(text) | Form::Text(text) => text.parse().ok(),
        }
    }

    /// Whether the vendor wrote it as a JSON number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        !matches!(self.0, Form::Text(_))
    }

    /// The same id, to be written as a JSON number where its text is an integer.
    #[must_use]
    pub fn to_number(&self) -> Self {
        match &self.0 {
            Form::Text(text) => match text.parse::<i64>() {
                Ok(number) if number.to_string() == **text => Self(Form::Number(number)),
                _ => self.clone(),
            },
            Form::Number(_) | Form::LongNumber(_) => self.clone(),
        }
    }

    /// The same id, to be written as a JSON string.
    #[must_use]
    pub fn to_text(&self) -> Self {
        Self(Form::Text(self.to_string().into()))
    }

    /// Whether the id is empty text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Form::Text(text) if text.is_empty())
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        match &self.0 {
            Form::Number(number) => f(&number.to_string()),
            Form::LongNumber(text) | Form::Text(text) => f(text),
        }
    }
}

impl Leaf for Id {
    const EXPECTED: &'static str = "id";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if let Some(text) = token.number() {
            return match text.parse() {
                Ok(number) if text != "-0" => Leafed::Exact(Self(Form::Number(number))),
                _ => Leafed::Exact(Self(Form::LongNumber(text.into()))),
            };
        }
        token
            .string()
            .map_or(Leafed::Misfit, |text| Leafed::Exact(Self(Form::Text(text.into()))))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Number(number) => fmt::Display::fmt(number, f),
            Form::LongNumber(text) | Form::Text(text) => f.pad(text),
        }
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Number(number) => fmt::Debug::fmt(number, f),
            Form::LongNumber(text) => f.write_str(text),
            Form::Text(text) => fmt::Debug::fmt(text, f),
        }
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Form::Number(a), Form::Number(b)) => a == b,
            _ => self.with_text(|a| other.with_text(|b| a == b)),
        }
    }
}

impl Eq for Id {}

impl hash::Hash for Id {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.with_text(|text| text.hash(state));
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Number(number) => serializer.serialize_i64(*number),
            Form::Text(text) => serializer.serialize_str(text),
            Form::LongNumber(text) => match RawValue::from_string(text.to_string()) {
                Ok(raw) => raw.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::leaf_from_raw(deserializer)
    }
}

macro_rules! from_integer {
    ($($type:ty),*) => {$(
        impl From<$type> for Id {
            fn from(number: $type) -> Self {
                Self(Form::Number(number.into()))
            }
        }
    )*};
}

from_integer!(i64, i32, u32);

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(
            |_| Self(Form::LongNumber(number.to_string().into())),
            |n| Self(Form::Number(n)),
        )
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(Form::Text(text.into()))
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(Form::Text(text.into()))
    }
}

impl From<&Id> for Id {
    fn from(id: &Id) -> Self {
        id.clone()
    }
}

impl FromStr for Id {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}
