//! The plain leaf types: `String`, `bool`, `i64` and `f64`.

use std::borrow::Cow;

use serde::Deserializer;

use super::{
    debug::Shown,
    slot::Item,
    token::{Leafed, Outcome, Token},
};

/// A type that one JSON scalar fills.
pub(crate) trait Leaf: Sized {
    /// What stands there, for people: "integer".
    const EXPECTED: &'static str;

    /// Reads a token that is not absent.
    fn from_token(token: Token<'_>) -> Leafed<Self>;
}

pub(crate) fn read_leaf<'de, L: Leaf>(slot: &mut Option<L>, token: Token<'de>) -> Outcome<'de> {
    if token.is_absent() {
        *slot = None;
        return Outcome::Absent;
    }
    match L::from_token(token) {
        Leafed::Exact(value) => {
            *slot = Some(value);
            Outcome::Exact
        }
        Leafed::Coerced(value) => {
            *slot = Some(value);
            Outcome::Coerced(Cow::Borrowed(token.text()))
        }
        Leafed::Misfit => {
            *slot = None;
            Outcome::Misfit(Cow::Borrowed(token.text()))
        }
    }
}

macro_rules! leaf_item {
    ($($type:ty),* $(,)?) => {$(
        impl Item for $type {
            const EXPECTED: &'static str = <$type as Leaf>::EXPECTED;

            fn read<'de, D: Deserializer<'de>>(slot: &mut Option<Self>, deserializer: D) -> Result<Outcome<'de>, D::Error> {
                Ok(read_leaf(slot, Token::read(deserializer)?))
            }

            fn read_token<'de>(slot: &mut Option<Self>, token: Token<'de>) -> Outcome<'de> {
                read_leaf(slot, token)
            }

            fn shown(&self) -> Shown<'_> {
                Shown::Leaf(self)
            }
        }
    )*};
}

leaf_item!(
    String,
    bool,
    i64,
    f64,
    super::Id,
    super::Number,
    super::DateTime,
    super::Scalar,
    super::Json,
);

impl Leaf for String {
    const EXPECTED: &'static str = "string";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if token.is_string() {
            return token
                .string()
                .map_or(Leafed::Misfit, |text| Leafed::Exact(text.into_owned()));
        }
        token
            .scalar_text()
            .map_or(Leafed::Misfit, |text| Leafed::Coerced(text.into_owned()))
    }
}

impl Leaf for bool {
    const EXPECTED: &'static str = "boolean";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if let Some(value) = token.boolean() {
            return Leafed::Exact(value);
        }
        match token.scalar_text().as_deref() {
            Some("0" | "false") => Leafed::Coerced(false),
            Some("1" | "true") => Leafed::Coerced(true),
            _ => Leafed::Misfit,
        }
    }
}

impl Leaf for i64 {
    const EXPECTED: &'static str = "integer";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if let Some(value) = token.number().and_then(|text| text.parse().ok()) {
            // "-0" is an integer that writing would turn into 0.
            return if token.text() == "-0" {
                Leafed::Coerced(value)
            } else {
                Leafed::Exact(value)
            };
        }
        if let Some(value) = token.boolean() {
            return Leafed::Coerced(value.into());
        }
        token
            .scalar_text()
            .and_then(|text| integer(&text))
            .map_or(Leafed::Misfit, Leafed::Coerced)
    }
}

/// `12`, `12.0` and `12.00` are the integer 12; `12.5` and `1e3` are not integers here.
fn integer(text: &str) -> Option<i64> {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    // `+7` parses as an i64 but is no number that a vendor's system writes.
    if whole.starts_with('+') {
        None
    } else {
        whole.parse().ok()
    }
}

impl Leaf for f64 {
    const EXPECTED: &'static str = "number";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if let Some(text) = token.number() {
            return match text.parse::<f64>() {
                Ok(value) if !value.is_finite() => Leafed::Misfit,
                Ok(value) if prints_back(text) => Leafed::Exact(value),
                Ok(value) => Leafed::Coerced(value),
                Err(_) => Leafed::Misfit,
            };
        }
        if let Some(value) = token.boolean() {
            return Leafed::Coerced(f64::from(u8::from(value)));
        }
        match token.string() {
            Some(text) if is_decimal(&text) => text.parse().map_or(Leafed::Misfit, Leafed::Coerced),
            _ => Leafed::Misfit,
        }
    }
}

/// Whether an `f64` of this text is surely written as the same text: a plain decimal of few digits.
fn prints_back(text: &str) -> bool {
    let bytes = text.as_bytes();
    match text.split_once('.') {
        Some((whole, fraction)) => {
            bytes.len() <= 15
                && fraction.bytes().all(|byte| byte.is_ascii_digit())
                && (fraction == "0" || !fraction.ends_with('0'))
                && (whole.trim_start_matches('-') != "0" || !fraction.starts_with("0000") || fraction == "0")
        }
        None => false,
    }
}

/// A plain decimal text: digits, perhaps a sign and a fraction.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}
