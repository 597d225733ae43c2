//! Reading an answer's wrapper and its data in one pass.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};

use super::{
    DecodeError,
    extra::{At, Extra, Raw},
    leaf::Leaf,
    read::FieldSeed,
    slot::Slot,
    token::{Leafed, Token},
    visit::{Element, Key},
};
use crate::envelope::{Envelope, EnvelopeSpec};

/// Reads into an envelope where it stands: moving one would copy the whole answer.
pub(crate) fn read_envelope<T: Slot>(
    text: &str,
    spec: &'static EnvelopeSpec,
    envelope: &mut Envelope<T>,
) -> Result<(), DecodeError> {
    let mut json = serde_json::Deserializer::from_str(text);
    json.deserialize_any(EnvelopeVisitor { spec, envelope })
        .and_then(|()| json.end())
        .map_err(|error| DecodeError::from_json(&error))
}

struct EnvelopeVisitor<'a, T> {
    spec: &'static EnvelopeSpec,
    envelope: &'a mut Envelope<T>,
}

impl<'de, T: Slot> Visitor<'de> for EnvelopeVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self { spec, envelope } = self;
        while let Some(Key(key)) = map.next_key()? {
            let key = key.as_ref();
            if key == spec.data {
                envelope.recognised = true;
                map.next_value_seed(FieldSeed {
                    key: spec.data,
                    slot: &mut envelope.data,
                    extra: &mut envelope.extra,
                })?;
                continue;
            }
            let Element(token) = map.next_value()?;
            if key == spec.code {
                envelope.recognised = true;
                code(envelope, key, token);
            } else if spec.success == Some(key) {
                envelope.recognised = true;
                envelope.success = flag(token);
                if token.boolean().is_none() {
                    envelope.extra.note(key, kept(&envelope.success), token.text());
                }
            } else if key == spec.message {
                text(&mut envelope.message, key, token, &mut envelope.extra);
            } else if spec.error == Some(key) {
                text(&mut envelope.error, key, token, &mut envelope.extra);
            } else if spec.request_id == Some(key) {
                text(&mut envelope.request_id, key, token, &mut envelope.extra);
            } else {
                envelope.extra.note(key, At::Unknown, token.text());
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(())
    }
}

fn flag(token: Token<'_>) -> Option<bool> {
    match bool::from_token(token) {
        Leafed::Exact(value) | Leafed::Coerced(value) => Some(value),
        Leafed::Misfit => None,
    }
}

/// A scalar of the wrapper as text; anything else stays beside it, and so does a spelling of its own.
fn text(slot: &mut Option<String>, key: &str, token: Token<'_>, extra: &mut Extra) {
    if token.is_absent() {
        return;
    }
    *slot = token.scalar_text().map(Cow::into_owned);
    if !token.is_string() {
        extra.note(key, kept(slot), token.text());
    }
}

/// The code is a number with most vendors: that is a flag, and no note that would cost every answer an allocation.
fn code<T>(envelope: &mut Envelope<T>, key: &str, token: Token<'_>) {
    match token.number() {
        // 0.0 is the code 0, written oddly.
        Some(number) => match number.split_once('.') {
            Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => {
                envelope.code = Some(whole.to_owned());
                envelope.extra.note(key, At::Coerced, number);
            }
            _ => {
                envelope.code = Some(number.to_owned());
                envelope.code_is_number = true;
            }
        },
        None => text(&mut envelope.code, key, token, &mut envelope.extra),
    }
}

/// How a value that is no plain text is kept: beside the field that it fills, or alone.
fn kept<T>(slot: &Option<T>) -> At {
    if slot.is_some() { At::Coerced } else { At::Unknown }
}

/// The vendor's document back.
pub(crate) fn write_envelope<T: Slot>(envelope: &Envelope<T>, spec: &EnvelopeSpec) -> serde_json::Result<String> {
    let mut out = Vec::new();
    let mut json = serde_json::Serializer::new(&mut out);
    let mut map = (&mut json).serialize_map(None)?;
    match &envelope.code {
        Some(code) if envelope.code_is_number => map.serialize_entry(spec.code, &Raw(code))?,
        Some(code) => put(&mut map, spec.code, code, &envelope.extra)?,
        None => {}
    }
    if let Some(success) = envelope.success {
        put(&mut map, spec.success.unwrap_or("success"), &success, &envelope.extra)?;
    }
    for (key, value) in [
        (Some(spec.message), &envelope.message),
        (spec.error, &envelope.error),
        (spec.request_id, &envelope.request_id),
    ] {
        if let (Some(key), Some(value)) = (key, value) {
            put(&mut map, key, value, &envelope.extra)?;
        }
    }
    envelope.data.write(spec.data, &envelope.extra, &mut map)?;
    envelope.extra.write_unknown(&mut map)?;
    SerializeMap::end(map)?;
    String::from_utf8(out).map_err(serde::ser::Error::custom)
}

fn put<M: SerializeMap>(map: &mut M, key: &str, value: &impl Serialize, extra: &Extra) -> Result<(), M::Error> {
    match extra.notes_of(key).last() {
        Some(note) if note.at == At::Coerced => map.serialize_entry(key, &Raw(note.raw)),
        _ => map.serialize_entry(key, value),
    }
}

/// Reads a value that has no wrapper.
pub(crate) fn read_bare<T: Slot>(text: &str) -> Result<T, DecodeError> {
    let mut value = T::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = FieldSeed {
        key: "",
        slot: &mut value,
        extra: &mut Extra::default(),
    };
    seed.deserialize(&mut json)
        .and_then(|()| json.end())
        .map_err(|error| DecodeError::from_json(&error))?;
    Ok(value)
}
