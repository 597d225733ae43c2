//! The typed places of a model: `Option<T>` and `Vec<T>`.

use std::{borrow::Cow, fmt::Debug};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, MapAccess, SeqAccess},
    ser::{SerializeMap, SerializeSeq},
};

use super::{
    debug::Shown,
    drift::{self, Drift},
    extra::{At, Extra, Note, Raw},
    token::{Outcome, Token},
    visit::{self, Key, Place},
};

/// A type that can stand in an `Option` or a `Vec` of a model: the leaf types and the models themselves.
#[doc(hidden)]
pub trait Item: Clone + PartialEq + Serialize + Debug + Send + Sync + Sized + 'static {
    /// What should stand there, for people.
    const EXPECTED: &'static str;

    /// Reads one value in place.
    fn read<'de, D: Deserializer<'de>>(slot: &mut Option<Self>, deserializer: D) -> Result<Outcome<'de>, D::Error>;

    /// Reads one value in its box.
    fn read_boxed<'de, D: Deserializer<'de>>(
        slot: &mut Option<Box<Self>>,
        deserializer: D,
    ) -> Result<Outcome<'de>, D::Error> {
        let mut inner = None;
        let outcome = Self::read(&mut inner, deserializer)?;
        *slot = inner.map(Box::new);
        Ok(outcome)
    }

    /// Reads one element onto the end of a list.
    fn read_element<'de, D: Deserializer<'de>>(
        list: &mut Vec<Self>,
        deserializer: D,
    ) -> Result<Outcome<'de>, D::Error> {
        let mut slot = None;
        let outcome = Self::read(&mut slot, deserializer)?;
        list.extend(slot);
        Ok(outcome)
    }

    /// Reads an object that stands where a list should.
    fn read_single<'de, A: MapAccess<'de>>(
        _list: &mut Vec<Self>,
        first: FirstKey<'de>,
        map: A,
    ) -> Result<Outcome<'de>, A::Error> {
        Ok(Outcome::Misfit(Cow::Owned(visit::object_text(first.0, map)?)))
    }

    /// Reads a scalar by its text.
    fn read_token<'de>(_slot: &mut Option<Self>, token: Token<'de>) -> Outcome<'de> {
        Outcome::Misfit(Cow::Borrowed(token.text()))
    }

    /// The value as `Debug` and drift see it.
    fn shown(&self) -> Shown<'_>;
}

/// A model inside a model: boxed, so that a contact is not the size of its customer and all its users.
impl<T: Item> Item for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read<'de, D: Deserializer<'de>>(slot: &mut Option<Self>, deserializer: D) -> Result<Outcome<'de>, D::Error> {
        T::read_boxed(slot, deserializer)
    }

    fn read_token<'de>(slot: &mut Option<Self>, token: Token<'de>) -> Outcome<'de> {
        let mut inner = None;
        let outcome = T::read_token(&mut inner, token);
        *slot = inner.map(Box::new);
        outcome
    }

    fn shown(&self) -> Shown<'_> {
        T::shown(self)
    }
}

/// An object's first key, passed through a public trait.
#[doc(hidden)]
pub struct FirstKey<'de>(pub(crate) Key<'de>);

/// A typed place in an answer: a model, an `Option` or a `Vec` of models or leaf values.
///
/// Every type that an operation answers with is one. Reading it never fails on drift: what does not fit is kept in the
/// [`Extra`] beside it.
pub trait Slot: Default + Clone + PartialEq + Debug + Serialize + Send + Sync + 'static {
    /// Reads whatever stands in the place; what does not fit goes to `extra` under `key`.
    #[doc(hidden)]
    fn fill<'de, D: Deserializer<'de>>(
        &mut self,
        key: &str,
        extra: &mut Extra,
        deserializer: D,
    ) -> Result<(), D::Error>;

    /// Writes the place and what `extra` holds of it; an empty place is left out.
    #[doc(hidden)]
    fn write<M: SerializeMap>(&self, key: &'static str, extra: &Extra, map: &mut M) -> Result<(), M::Error>;

    /// What should stand there, for people.
    #[doc(hidden)]
    fn expected(&self) -> &'static str;

    /// The place as `Debug` and drift see it.
    #[doc(hidden)]
    fn shown(&self) -> Shown<'_>;

    /// Whether nothing stands in it.
    fn is_absent(&self) -> bool;

    /// What in it did not fit the model, by JSON pointer and without values.
    fn drift(&self) -> Vec<Drift> {
        drift::of(self.shown())
    }
}

impl<T: Item> Slot for Option<T> {
    fn fill<'de, D: Deserializer<'de>>(
        &mut self,
        key: &str,
        extra: &mut Extra,
        deserializer: D,
    ) -> Result<(), D::Error> {
        match T::read(self, deserializer)? {
            Outcome::Exact | Outcome::Absent => {}
            Outcome::Coerced(raw) => extra.note(key, At::Coerced, &raw),
            Outcome::Misfit(raw) => extra.note(key, At::Misfit, &raw),
        }
        Ok(())
    }

    fn write<M: SerializeMap>(&self, key: &'static str, extra: &Extra, map: &mut M) -> Result<(), M::Error> {
        let note = if extra.is_empty() {
            None
        } else {
            extra.notes_of(key).last()
        };
        match (self, note) {
            (Some(value), Some(note)) if note.at == At::Coerced && still_means(note, value) => {
                map.serialize_entry(key, &Raw(note.raw))
            }
            (Some(value), _) => map.serialize_entry(key, value),
            (None, Some(note)) if note.at == At::Misfit => map.serialize_entry(key, &Raw(note.raw)),
            (None, _) => Ok(()),
        }
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn shown(&self) -> Shown<'_> {
        self.as_ref().map_or(Shown::Absent, T::shown)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// Whether a field still holds what its original spelling means; a caller may have set another value since.
fn still_means<T: Item>(note: Note<'_>, value: &T) -> bool {
    let mut meant = None;
    T::read_token(&mut meant, Token::new(note.raw));
    meant.as_ref() == Some(value)
}

impl<T: Item> Slot for Vec<T> {
    fn fill<'de, D: Deserializer<'de>>(
        &mut self,
        key: &str,
        extra: &mut Extra,
        deserializer: D,
    ) -> Result<(), D::Error> {
        self.clear();
        match visit::read(ListPlace { list: self, key, extra }, deserializer)? {
            Outcome::Misfit(raw) => extra.note(key, At::Misfit, &raw),
            Outcome::Exact | Outcome::Absent | Outcome::Coerced(_) => {}
        }
        Ok(())
    }

    fn write<M: SerializeMap>(&self, key: &'static str, extra: &Extra, map: &mut M) -> Result<(), M::Error> {
        if extra.is_empty() || extra.notes_of(key).next().is_none() {
            return if self.is_empty() {
                Ok(())
            } else {
                map.serialize_entry(key, self)
            };
        }
        if let ([only], Some(note)) = (self.as_slice(), extra.notes_of(key).find(|note| note.at == At::Single)) {
            return if still_means(note, only) {
                map.serialize_entry(key, &Raw(note.raw))
            } else {
                map.serialize_entry(key, only)
            };
        }
        match extra.notes_of(key).find(|note| note.at == At::Misfit) {
            Some(note) if self.is_empty() => map.serialize_entry(key, &Raw(note.raw)),
            _ => map.serialize_entry(key, &Woven { list: self, key, extra }),
        }
    }

    fn expected(&self) -> &'static str {
        "list"
    }

    fn shown(&self) -> Shown<'_> {
        Shown::List(self.iter().map(T::shown).collect())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

struct ListPlace<'a, T> {
    list: &'a mut Vec<T>,
    key: &'a str,
    extra: &'a mut Extra,
}

impl<'de, T: Item> Place<'de> for ListPlace<'_, T> {
    fn object<A: MapAccess<'de>>(self, first: Key<'de>, map: A) -> Result<Outcome<'de>, A::Error> {
        let outcome = T::read_single(self.list, FirstKey(first), map)?;
        if matches!(outcome, Outcome::Exact) {
            self.extra.note(self.key, At::Single, "");
        }
        Ok(outcome)
    }

    fn array<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Outcome<'de>, A::Error> {
        let mut place = 0_u32;
        while let Some(outcome) = seq.next_element_seed(ElementSeed(self.list))? {
            match outcome {
                Outcome::Exact => {}
                Outcome::Absent => self.extra.note(self.key, At::Element(place), "null"),
                Outcome::Coerced(raw) => self.extra.note(self.key, At::CoercedElement(place), &raw),
                Outcome::Misfit(raw) => self.extra.note(self.key, At::Element(place), &raw),
            }
            place = place.saturating_add(1);
        }
        Ok(Outcome::Exact)
    }

    fn scalar(self, text: String) -> Outcome<'de> {
        let mut slot = None;
        T::read_token(&mut slot, Token::new(&text));
        match slot {
            Some(value) => {
                self.list.push(value);
                self.extra.note(self.key, At::Single, &text);
                Outcome::Exact
            }
            None => Outcome::Misfit(Cow::Owned(text)),
        }
    }
}

struct ElementSeed<'a, T>(&'a mut Vec<T>);

impl<'de, T: Item> DeserializeSeed<'de> for ElementSeed<'_, T> {
    type Value = Outcome<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read_element(self.0, deserializer)
    }
}

/// A list with its odd elements back in their places.
struct Woven<'a, T> {
    list: &'a [T],
    key: &'static str,
    extra: &'a Extra,
}

impl<T: Item> Serialize for Woven<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        let mut items = self.list.iter();
        let mut notes = self.extra.notes_of(self.key).peekable();
        for place in 0_u32.. {
            // Notes stand in the answer's order; one behind its place belongs to an element that is gone.
            while notes
                .next_if(|note| {
                    matches!(note.at, At::Element(at) | At::CoercedElement(at) if at < place)
                        || matches!(note.at, At::Misfit | At::Single | At::Coerced)
                })
                .is_some()
            {}
            match notes.peek().map(|note| (note.at, note.raw)) {
                Some((At::Element(at), raw)) if at == place => seq.serialize_element(&Raw(raw))?,
                Some((At::CoercedElement(at), raw)) if at == place => match items.next() {
                    Some(item) if still_means_raw(raw, item) => seq.serialize_element(&Raw(raw))?,
                    Some(item) => seq.serialize_element(item)?,
                    None => {}
                },
                more => match (items.next(), more) {
                    (Some(item), _) => seq.serialize_element(item)?,
                    // The caller took elements away: what is left keeps its order.
                    (None, Some((At::Element(_), raw))) => {
                        seq.serialize_element(&Raw(raw))?;
                        notes.next();
                    }
                    (None, Some(_)) => {
                        notes.next();
                    }
                    (None, None) => break,
                },
            }
        }
        seq.end()
    }
}

fn still_means_raw<T: Item>(raw: &str, value: &T) -> bool {
    let mut meant = None;
    T::read_token(&mut meant, Token::new(raw));
    meant.as_ref() == Some(value)
}
