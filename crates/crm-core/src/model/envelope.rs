//! Reading an answer's wrapper and its data in one pass.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    DecodeError,
    extra::{At, Extra},
    leaf::Leaf,
    read::FieldSeed,
    slot::Slot,
    token::{Leafed, Token},
    visit::{Element, Key},
};
use crate::envelope::{Envelope, EnvelopeSpec};

pub(crate) fn read_envelope<T: Slot>(text: &str, spec: &'static EnvelopeSpec) -> Result<Envelope<T>, DecodeError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let envelope = json.deserialize_any(EnvelopeVisitor::<T> { spec, data: T::default() });
    let envelope = envelope.and_then(|envelope| json.end().map(|()| envelope));
    envelope.map_err(|error| DecodeError::from_json(&error))
}

struct EnvelopeVisitor<T> {
    spec: &'static EnvelopeSpec,
    data: T,
}

impl<T> EnvelopeVisitor<T> {
    fn unrecognised(self) -> Envelope<T> {
        Envelope {
            code: None,
            success: None,
            message: None,
            error: None,
            request_id: None,
            data: self.data,
            recognised: false,
            extra: Extra::default(),
        }
    }
}

impl<'de, T: Slot> Visitor<'de> for EnvelopeVisitor<T> {
    type Value = Envelope<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let spec = self.spec;
        let mut envelope = self.unrecognised();
        while let Some(Key(key)) = map.next_key()? {
            let key = key.as_ref();
            if key == spec.data {
                envelope.recognised = true;
                map.next_value_seed(FieldSeed { key: spec.data, slot: &mut envelope.data, extra: &mut envelope.extra })?;
                continue;
            }
            let Element(token) = map.next_value()?;
            if key == spec.code {
                envelope.recognised = true;
                text(&mut envelope.code, key, token, &mut envelope.extra);
            } else if spec.success == Some(key) {
                envelope.recognised = true;
                envelope.success = flag(token);
                if envelope.success.is_none() {
                    envelope.extra.note(key, At::Unknown, token.text());
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
        Ok(envelope)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.unrecognised())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(self.unrecognised())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(self.unrecognised())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(self.unrecognised())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(self.unrecognised())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(self.unrecognised())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(self.unrecognised())
    }
}

fn flag(token: Token<'_>) -> Option<bool> {
    match bool::from_token(token) {
        Leafed::Exact(value) | Leafed::Coerced(value) => Some(value),
        Leafed::Misfit => None,
    }
}

/// A scalar of the wrapper as text; anything else stays beside it.
fn text(slot: &mut Option<String>, key: &str, token: Token<'_>, extra: &mut Extra) {
    if token.is_absent() {
        return;
    }
    match token.scalar_text() {
        Some(value) => *slot = Some(value.into_owned()),
        None => extra.note(key, At::Unknown, token.text()),
    }
}

/// Reads a value that has no wrapper.
pub(crate) fn read_bare<T: Slot>(text: &str) -> Result<T, DecodeError> {
    let mut value = T::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = FieldSeed { key: "", slot: &mut value, extra: &mut Extra::default() };
    seed.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| DecodeError::from_json(&error))?;
    Ok(value)
}
