//! Reading and writing models; what [`model!`](crate::model!) calls.

use std::borrow::Cow;

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess},
    ser::SerializeMap,
};
use serde_json::value::RawValue;

use super::{
    DecodeError,
    debug::AnyModel,
    extra::{At, Extra, Raw},
    leaf::{Leaf, read_leaf},
    slot::{FirstKey, Item, Slot},
    token::{Outcome, Token},
    visit::{self, Key, Place},
};

/// A struct of typed places.
#[doc(hidden)]
pub trait Model: Item + Slot + AnyModel {
    /// Reads the value of one key.
    fn read_field<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

#[doc(hidden)]
pub fn read_field<'de, T: Slot, A: MapAccess<'de>>(
    key: &'static str,
    slot: &mut T,
    extra: &mut Extra,
    map: &mut A,
) -> Result<(), A::Error> {
    map.next_value_seed(FieldSeed { key, slot, extra })
}

#[doc(hidden)]
pub fn read_unknown<'de, A: MapAccess<'de>>(key: &str, extra: &mut Extra, map: &mut A) -> Result<(), A::Error> {
    let visit::Element(token) = map.next_value()?;
    extra.note(key, At::Unknown, token.text());
    Ok(())
}

pub(crate) struct FieldSeed<'a, T> {
    pub(crate) key: &'a str,
    pub(crate) slot: &'a mut T,
    pub(crate) extra: &'a mut Extra,
}

impl<'de, T: Slot> serde::de::DeserializeSeed<'de> for FieldSeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.slot.fill(self.key, self.extra, deserializer)
    }
}

/// A place for a model, by how to make it: only once an object is seen there, and filled where it stands, because these
/// structs are large and moving them costs more than reading them.
struct ModelPlace<F>(F);

fn place<'m, M: 'm, F: FnOnce() -> &'m mut M>(model: F) -> ModelPlace<F> {
    ModelPlace(model)
}

impl<'de, 'm, M: Model, F: FnOnce() -> &'m mut M> Place<'de> for ModelPlace<F> {
    fn object<A: MapAccess<'de>>(self, first: Key<'de>, mut map: A) -> Result<Outcome<'de>, A::Error> {
        let model = self.0();
        let mut next = Some(first);
        while let Some(Key(key)) = next {
            model.read_field(&key, &mut map)?;
            next = map.next_key()?;
        }
        Ok(Outcome::Exact)
    }

    fn array<A: SeqAccess<'de>>(self, seq: A) -> Result<Outcome<'de>, A::Error> {
        Ok(visit::array_text(seq)?.map_or(Outcome::Absent, |text| Outcome::Misfit(Cow::Owned(text))))
    }

    fn scalar(self, text: String) -> Outcome<'de> {
        Outcome::Misfit(Cow::Owned(text))
    }
}

#[doc(hidden)]
pub fn read_model<'de, M: Model, D: Deserializer<'de>>(
    slot: &mut Option<M>,
    deserializer: D,
) -> Result<Outcome<'de>, D::Error> {
    *slot = None;
    visit::read(place(move || slot.insert(M::default())), deserializer)
}

#[doc(hidden)]
pub fn read_model_boxed<'de, M: Model, D: Deserializer<'de>>(
    slot: &mut Option<Box<M>>,
    deserializer: D,
) -> Result<Outcome<'de>, D::Error> {
    *slot = None;
    visit::read(place(move || &mut **slot.insert(Box::default())), deserializer)
}

fn pushed<M: Default>(list: &mut Vec<M>) -> &mut M {
    let at = list.len();
    list.push(M::default());
    &mut list[at]
}

#[doc(hidden)]
pub fn read_model_element<'de, M: Model, D: Deserializer<'de>>(
    list: &mut Vec<M>,
    deserializer: D,
) -> Result<Outcome<'de>, D::Error> {
    visit::read(place(move || pushed(list)), deserializer)
}

#[doc(hidden)]
pub fn read_model_single<'de, M: Model, A: MapAccess<'de>>(
    list: &mut Vec<M>,
    first: FirstKey<'de>,
    map: A,
) -> Result<Outcome<'de>, A::Error> {
    let mut model = M::default();
    let outcome = place(|| &mut model).object(first.0, map)?;
    list.push(model);
    Ok(outcome)
}

#[doc(hidden)]
pub fn fill_model<'de, M: Model, D: Deserializer<'de>>(
    model: &mut M,
    key: &str,
    extra: &mut Extra,
    deserializer: D,
) -> Result<(), D::Error> {
    if let Outcome::Misfit(raw) = visit::read(place(|| model), deserializer)? {
        extra.note(key, At::Misfit, &raw);
    }
    Ok(())
}

#[doc(hidden)]
pub fn write_model<M: Model, S: SerializeMap>(
    model: &M,
    key: &'static str,
    extra: &Extra,
    map: &mut S,
) -> Result<(), S::Error> {
    match extra.notes_of(key).last() {
        Some(note) if note.at == At::Misfit && model.is_absent() => map.serialize_entry(key, &Raw(note.raw)),
        _ => map.serialize_entry(key, model),
    }
}

/// A model out of any self-describing format: its JSON text is taken whole first, so that number text survives.
#[doc(hidden)]
pub fn model_from_raw<'de, M: Model, D: Deserializer<'de>>(deserializer: D) -> Result<M, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let mut model = M::default();
    let mut json = serde_json::Deserializer::from_str(raw.get());
    match visit::read(place(|| &mut model), &mut json) {
        Ok(Outcome::Misfit(_)) => Err(Error::custom("expected an object")),
        Ok(_) => Ok(model),
        Err(error) => Err(Error::custom(DecodeError::from_json(&error))),
    }
}

pub(crate) fn leaf_from_raw<'de, L: Leaf, D: Deserializer<'de>>(deserializer: D) -> Result<L, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let mut slot = None;
    read_leaf(&mut slot, Token::new(raw.get()));
    slot.ok_or_else(|| Error::custom(format_args!("expected {}", L::EXPECTED)))
}
