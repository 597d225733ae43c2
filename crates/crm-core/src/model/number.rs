//! [`Number`]: money and other decimals, kept digit for digit.

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    json::write_raw,
    leaf::{Leaf, is_decimal},
    token::{Leafed, Token},
};

/// A decimal number in the vendor's own digits, whether it was written as `20000.0` or `"20000.0"`.
///
/// Two numbers are equal when their digits are: `20000.0` and `"20000.0"`, but not `20000`. Compare
/// [`decimal`](Self::decimal)s for the value.
///
/// ```
/// use crm_core::model::Number;
/// use rust_decimal::Decimal;
///
/// let price: Number = serde_json::from_str(r#""20000.10""#)?;
/// assert_eq!(price.decimal(), Some(Decimal::new(2_000_010, 2)));
/// assert_eq!(serde_json::to_string(&price)?, r#""20000.10""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// The digits, without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .unwrap_or(&self.0)
    }

    /// The value for arithmetic; `None` past `Decimal`'s 28 digits.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        let text = self.as_str();
        Decimal::from_str_exact(text)
            .or_else(|_| Decimal::from_scientific(text))
            .ok()
    }

    /// The value as a double, which may round.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_str().parse().ok()
    }

    /// The value as an integer, where it is one.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_str().parse().ok()
    }
}

impl Leaf for Number {
    const EXPECTED: &'static str = "number";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        let fits = token.number().is_some() || token.string().is_some_and(|text| is_decimal(&text));
        if !fits {
            return Leafed::Misfit;
        }
        // An escape in a decimal text (`"1"`) is legal; the digits are kept, the escape is not.
        match token.string() {
            Some(text) if text.len() + 2 != token.text().len() => Leafed::Exact(Self(format!("\"{text}\"").into())),
            _ => Leafed::Exact(Self(token.text().into())),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Number {}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.starts_with('"') {
            serializer.serialize_str(self.as_str())
        } else {
            write_raw(&self.0, serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::leaf_from_raw(deserializer)
    }
}

/// Takes decimal digits; written as a JSON string.
///
/// ```
/// use crm_core::model::Number;
///
/// assert_eq!("20000.0".parse::<Number>()?.as_str(), "20000.0");
/// assert!("about 5".parse::<Number>().is_err());
/// # Ok::<(), crm_core::model::NotANumber>(())
/// ```
impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_decimal(text) {
            Ok(Self(format!("\"{text}\"").into()))
        } else {
            Err(NotANumber(()))
        }
    }
}

/// A text that is no decimal number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotANumber(());

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number such as 20000.0")
    }
}

impl std::error::Error for NotANumber {}

/// Written as a JSON string, which every vendor reads.
impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self(format!("\"{value}\"").into())
    }
}

macro_rules! from_integer {
    ($($type:ty),*) => {$(
        impl From<$type> for Number {
            fn from(value: $type) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integer!(i64, i32, u32, u64);
