//! Reading a place that should hold an object or a list, whatever stands there.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

use super::token::{Outcome, Token};

/// serde_json's name for a number when some crate in the build turned its `arbitrary_precision` on.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// An object's key, borrowed where it has no escapes.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// What is done with each kind of JSON value in a place.
pub(crate) trait Place<'de>: Sized {
    /// An object that has at least one key, the first of which is taken already.
    fn object<A: MapAccess<'de>>(self, first: Key<'de>, map: A) -> Result<Outcome<'de>, A::Error>;
    /// An array.
    fn array<A: SeqAccess<'de>>(self, seq: A) -> Result<Outcome<'de>, A::Error>;
    /// A string, number or bool that is not absent, by its JSON text.
    fn scalar(self, text: String) -> Outcome<'de>;
}

/// Reads whatever stands in a place.
pub(crate) fn read<'de, P: Place<'de>, D: Deserializer<'de>>(
    place: P,
    deserializer: D,
) -> Result<Outcome<'de>, D::Error> {
    deserializer.deserialize_any(PlaceVisitor(place, PhantomData))
}

struct PlaceVisitor<'de, P>(P, PhantomData<&'de ()>);

impl<'de, P: Place<'de>> Visitor<'de> for PlaceVisitor<'de, P> {
    type Value = Outcome<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key::<Key<'de>>()? {
            None => Ok(Outcome::Absent),
            Some(Key(key)) if key == NUMBER_KEY => Ok(self.0.scalar(map.next_value::<String>()?)),
            Some(first) => self.0.object(first, map),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        self.0.array(seq)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() {
            return Ok(Outcome::Absent);
        }
        Ok(self.0.scalar(serde_json::Value::from(text).to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Outcome::Absent)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(self.0.scalar(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(self.0.scalar(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(self.0.scalar(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(self.0.scalar(serde_json::Value::from(value).to_string()))
    }
}

/// The text of an array that has no typed place.
pub(crate) fn array_text<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Option<String>, A::Error> {
    let mut text = String::new();
    while let Some(Element(token)) = seq.next_element()? {
        text.push(if text.is_empty() { '[' } else { ',' });
        text.push_str(token.text());
    }
    if text.is_empty() {
        return Ok(None);
    }
    text.push(']');
    Ok(Some(text))
}

/// The text of an object that has no typed place.
pub(crate) fn object_text<'de, A: MapAccess<'de>>(first: Key<'de>, mut map: A) -> Result<String, A::Error> {
    let mut text = String::from("{");
    let mut next = Some(first);
    while let Some(Key(key)) = next {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(&serde_json::Value::from(key.as_ref()).to_string());
        text.push(':');
        text.push_str(map.next_value::<Element<'_>>()?.0.text());
        next = map.next_key()?;
    }
    text.push('}');
    Ok(text)
}

/// Any value, as its text.
pub(crate) struct Element<'de>(pub(crate) Token<'de>);

impl<'de> Deserialize<'de> for Element<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Token::read(deserializer).map(Self)
    }
}
