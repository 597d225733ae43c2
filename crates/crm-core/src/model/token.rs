//! One JSON token as the vendor wrote it, and what a leaf makes of it.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Deepest nesting that a kept value may have; the same limit as for typed values.
const MAX_DEPTH: usize = 128;

/// What became of a place after reading it.
#[derive(Debug)]
#[doc(hidden)]
pub enum Outcome<'de> {
    /// The value fits, and writing it gives the same JSON value back.
    Exact,
    /// null, `""`, `[]` or `{}`: nothing stands there.
    Absent,
    /// The value was understood, but is written in another form; the text is the vendor's.
    Coerced(Cow<'de, str>),
    /// The value fits no known shape; the text is the vendor's.
    Misfit(Cow<'de, str>),
}

/// The text of one scalar or of a whole value, without white space around it.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct Token<'a>(&'a str);

impl<'a> Token<'a> {
    #[inline]
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// Takes the next value as its text. Independent of what other crates make serde_json do with numbers.
    #[inline]
    pub(crate) fn read<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let token = Self(<&'a RawValue>::deserialize(deserializer)?.get());
        if token.too_deep() {
            return Err(serde::de::Error::custom("nested too deep"));
        }
        Ok(token)
    }

    #[inline]
    pub(crate) fn text(self) -> &'a str {
        self.0
    }

    #[inline]
    fn first(self) -> u8 {
        self.0.as_bytes().first().copied().unwrap_or(b'n')
    }

    /// null, `""`, `[]` and `{}` all say that nothing is there.
    #[inline]
    pub(crate) fn is_absent(self) -> bool {
        match self.first() {
            b'n' => true,
            b'"' => self.0.len() == 2,
            b'[' | b'{' => self.0.as_bytes()[1..self.0.len() - 1]
                .iter()
                .all(u8::is_ascii_whitespace),
            _ => false,
        }
    }

    #[inline]
    pub(crate) fn is_container(self) -> bool {
        matches!(self.first(), b'[' | b'{')
    }

    #[inline]
    pub(crate) fn boolean(self) -> Option<bool> {
        match self.0 {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The text of a number token.
    #[inline]
    pub(crate) fn number(self) -> Option<&'a str> {
        matches!(self.first(), b'-' | b'0'..=b'9').then_some(self.0)
    }

    #[inline]
    pub(crate) fn is_string(self) -> bool {
        self.first() == b'"'
    }

    /// The content of a string token, unescaped. `None` also for escapes that are no text (a lone surrogate).
    #[inline]
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        if !self.is_string() {
            return None;
        }
        let inner = &self.0[1..self.0.len() - 1];
        if inner.as_bytes().contains(&b'\\') {
            serde_json::from_str::<String>(self.0).ok().map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(inner))
        }
    }

    /// The content of a string, or the text of a number or bool.
    pub(crate) fn scalar_text(self) -> Option<Cow<'a, str>> {
        if self.is_string() {
            return self.string();
        }
        (self.number().is_some() || self.boolean().is_some()).then_some(Cow::Borrowed(self.0))
    }

    /// What kind of JSON value this is, for people.
    pub(crate) fn kind(self) -> &'static str {
        match self.first() {
            b'n' => "null",
            b't' | b'f' => "boolean",
            b'"' => "string",
            b'[' => "array",
            b'{' => "object",
            _ => "number",
        }
    }

    /// serde_json skips raw values without a depth limit, so a kept value needs its own.
    fn too_deep(self) -> bool {
        if !self.is_container() {
            return false;
        }
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        for &byte in self.0.as_bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'[' | b'{' if !in_string => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return true;
                    }
                }
                b']' | b'}' if !in_string => depth -= 1,
                _ => {}
            }
        }
        false
    }
}

/// What a leaf makes of a token.
pub(crate) enum Leafed<T> {
    /// The value; writing it gives the same JSON value back.
    Exact(T),
    /// The value; the vendor wrote it in another form.
    Coerced(T),
    /// The token means something else.
    Misfit,
}
