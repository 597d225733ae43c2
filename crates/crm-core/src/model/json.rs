//! [`Json`]: a value of unknown shape, and [`Scalar`], one whose kind is not settled. Both keep the vendor's text.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{
    leaf::Leaf,
    token::{Leafed, Token},
};

/// Any JSON value, kept as its text.
///
/// ```
/// use crm_core::model::Json;
///
/// let json: Json = serde_json::from_str(r#"{"value": [], "display": ""}"#)?;
/// assert_eq!(json.as_str(), r#"{"value": [], "display": ""}"#);
/// assert_eq!(json.parse::<serde_json::Value>()?["display"], "");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Json(Box<str>);

impl Json {
    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of a JSON string, or the text of a number or bool.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        Token::new(&self.0).scalar_text()
    }

    /// Reads the value as a type of yours.
    ///
    /// # Errors
    /// serde_json's, when the value does not fit the type.
    pub fn parse<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }

    /// The value as a `serde_json::Value`. Numbers that neither 64-bit integers nor doubles hold lose digits there.
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    /// Takes any value that can be written as JSON.
    ///
    /// # Errors
    /// serde_json's, when it cannot.
    pub fn from_serialize(value: &impl Serialize) -> serde_json::Result<Self> {
        Ok(Self(serde_json::to_string(value)?.into()))
    }

    pub(crate) fn from_trusted(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    pub(crate) fn token(&self) -> Token<'_> {
        Token::new(&self.0)
    }
}

impl std::str::FromStr for Json {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

macro_rules! from_scalar {
    ($($type:ty),*) => {$(
        impl From<$type> for Json {
            fn from(value: $type) -> Self {
                serde_json::Value::from(value).into()
            }
        }
    )*};
}

from_scalar!(&str, String, bool, i64, i32, f64);

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string().into())
    }
}

impl Leaf for Json {
    const EXPECTED: &'static str = "any value";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        Leafed::Exact(Self(token.text().into()))
    }
}

/// Hides the value: it may be personal. See [`Json::as_str`] to read it.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", Token::new(&self.0).kind())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_raw(&self.0, serializer)
    }
}

/// Writes JSON text as it stands; into other formats than serde_json's as the value that it says.
pub(crate) fn write_raw<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => raw.serialize(serializer),
        Err(error) => Err(serde::ser::Error::custom(error)),
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer)?.into()))
    }
}

/// A string, number or bool that the vendor writes now one way, now another (`"80%"` here, `100` there).
#[derive(Clone)]
pub struct Scalar(Box<str>);

impl Scalar {
    /// The text: of a string its content, of a number or bool its JSON text.
    #[must_use]
    pub fn as_str(&self) -> Cow<'_, str> {
        Token::new(&self.0).scalar_text().unwrap_or(Cow::Borrowed(&self.0))
    }

    /// The value as an integer, where it is one.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_str().parse().ok()
    }

    /// The value as a double, where it is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_str().parse().ok()
    }

    /// The value as a bool: `true`, `false`, 0 and 1, quoted or not.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match bool::from_token(Token::new(&self.0)) {
            Leafed::Exact(value) | Leafed::Coerced(value) => Some(value),
            Leafed::Misfit => None,
        }
    }
}

impl Leaf for Scalar {
    const EXPECTED: &'static str = "string, number or boolean";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if token.scalar_text().is_some() {
            Leafed::Exact(Self(token.text().into()))
        } else {
            Leafed::Misfit
        }
    }
}

impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Scalar {}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str())
    }
}

impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_raw(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::leaf_from_raw(deserializer)
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self(serde_json::Value::from(text).to_string().into())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self(serde_json::Value::from(text).to_string().into())
    }
}

impl From<i64> for Scalar {
    fn from(number: i64) -> Self {
        Self(number.to_string().into())
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self(value.to_string().into())
    }
}
