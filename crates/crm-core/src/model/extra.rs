//! [`Extra`]: what stood in an answer beside the typed fields.

use std::{borrow::Cow, fmt};

use serde::ser::SerializeMap;

use super::{json::Json, token::Token};

/// Everything of one object that its typed fields do not hold, in the vendor's own text.
///
/// Three things go here: keys that the model does not know (a tenant's custom fields among them), values that fit no
/// known shape, under their key, and the original spelling of values that were understood although they were written
/// in another form. Writing the model writes all of it back.
///
/// ```
/// use crm_core::model::{Extra, Json};
///
/// let mut extra = Extra::default();
/// extra.insert("grade", Json::from(serde_json::json!("A")));
/// assert_eq!(extra.get("grade"), Some(serde_json::json!("A")));
/// assert_eq!(extra.raw("grade"), Some(r#""A""#));
/// ```
#[derive(Clone, Default)]
pub struct Extra {
    /// All keys and values, one after the other: tenants have dozens of them, and each would be an allocation.
    text: String,
    notes: Vec<Span>,
}

/// Where a note stands in the text.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    key_len: u32,
    raw_len: u32,
    at: At,
}

/// One key with its JSON text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Note<'a> {
    pub(crate) key: &'a str,
    pub(crate) raw: &'a str,
    pub(crate) at: At,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// A key that the model does not know.
    Unknown,
    /// A field's value in its original spelling; the field holds what it means.
    Coerced,
    /// A value that does not fit the field of that key; the field is empty.
    Misfit,
    /// An element of a list, by its place in the answer, that does not fit; the list is without it.
    Element(u32),
    /// An element of a list in its original spelling; the list holds what it means.
    CoercedElement(u32),
    /// A list's only element stood without brackets.
    Single,
}

impl Extra {
    /// Whether there is nothing beside the typed fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// The JSON text under a key that the model does not know, or whose value did not fit.
    #[must_use]
    pub fn raw(&self, key: &str) -> Option<&str> {
        self.iter().filter(|(name, _)| *name == key).last().map(|(_, raw)| raw)
    }

    /// The value under such a key. Use [`raw`](Self::raw) where every digit of a number matters.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<serde_json::Value> {
        self.raw(key).and_then(|raw| serde_json::from_str(raw).ok())
    }

    /// All such keys with their JSON text, in the answer's order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.notes()
            .filter(|note| matches!(note.at, At::Unknown | At::Misfit))
            .map(|note| (note.key, note.raw))
    }

    /// Sets the value of an unknown key.
    pub fn insert(&mut self, key: &str, value: Json) {
        let mut kept = Self::default();
        for note in self.notes().filter(|note| note.key != key) {
            kept.note(note.key, note.at, note.raw);
        }
        kept.note(key, At::Unknown, value.as_str());
        *self = kept;
    }

    pub(crate) fn note(&mut self, key: &str, at: At, raw: &str) {
        // A text of 4 GiB is far past what the transport lets through; it is left out rather than cut.
        let (Ok(key_len), Ok(raw_len)) = (u32::try_from(key.len()), u32::try_from(raw.len())) else {
            return;
        };
        let start = self.text.len();
        self.text.push_str(key);
        self.text.push_str(raw);
        self.notes.push(Span {
            start,
            key_len,
            raw_len,
            at,
        });
    }

    pub(crate) fn notes(&self) -> impl Iterator<Item = Note<'_>> {
        self.notes.iter().map(|span| {
            let (key, rest) = self.text[span.start..].split_at(span.key_len as usize);
            Note {
                key,
                raw: &rest[..span.raw_len as usize],
                at: span.at,
            }
        })
    }

    pub(crate) fn notes_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Note<'a>> {
        self.notes()
            .filter(move |note| note.at != At::Unknown && note.key == key)
    }

    /// Writes the keys that the model does not know. Those of its fields are written with the fields.
    #[doc(hidden)]
    pub fn write_unknown<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for note in self.notes().filter(|note| note.at == At::Unknown) {
            map.serialize_entry(note.key, &Raw(note.raw))?;
        }
        Ok(())
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.notes().eq(other.notes())
    }
}

impl Eq for Extra {}

/// Hides the values: they may be personal.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (key, raw) in self.iter() {
            map.entry(&Cow::Borrowed(key), &format_args!("<{}>", Token::new(raw).kind()));
        }
        map.finish()
    }
}

/// JSON text that is written as it stands.
pub(crate) struct Raw<'a>(pub(crate) &'a str);

impl serde::Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::json::write_raw(self.0, serializer)
    }
}
