//! Writing a request: path, query and JSON body. Generated operations call this.

use std::{borrow::Cow, collections::BTreeMap};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    CustomFields, Error, Patch,
    custom_fields::WireValue as CustomWire,
    model::{DateTime, Id, Json, Number, Scalar},
    operation::OperationInfo,
};

/// How a vendor is told to empty a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClearAs {
    /// `null`.
    Null,
    /// `""`, as a web form would send it.
    EmptyText,
}

/// Everything but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Fills the `:names` of a path template, each percent-encoded as one segment.
///
/// # Errors
/// When a value is empty, or one of `.` and `..`, which would address another path.
pub fn path(info: &'static OperationInfo, values: &[(&'static str, &dyn WireText)]) -> Result<String, Error> {
    let mut path = String::with_capacity(info.path.len() + 16);
    let mut template = info.path;
    while let Some(at) = template.as_bytes().windows(2).position(|pair| pair == b"/:") {
        let (before, name) = template.split_at(at + 1);
        let (name, rest) = name[1..].split_at(name[1..].find('/').unwrap_or(name.len() - 1));
        let Some((name, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(Error::invalid_request(
                info,
                name.to_owned(),
                "has no value for the path",
            ));
        };
        let text = value.text();
        if text.is_empty() || text == "." || text == ".." {
            return Err(Error::invalid_request(
                info,
                *name,
                "must not be empty, `.` or `..`: it is part of the path",
            ));
        }
        path.push_str(before);
        path.extend(utf8_percent_encode(&text, SEGMENT));
        template = rest;
    }
    path.push_str(template);
    Ok(path)
}

/// A value that can stand in a path, a query or a header.
pub trait WireText {
    /// The value as text.
    fn text(&self) -> Cow<'_, str>;
}

macro_rules! wire_text {
    ($($type:ty),*) => {$(
        impl WireText for $type {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )*};
}

wire_text!(bool, i64, f64, Id, Scalar);

impl WireText for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl WireText for Number {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}

impl WireText for DateTime {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}

impl WireText for Json {
    fn text(&self) -> Cow<'_, str> {
        Json::text(self).unwrap_or(Cow::Borrowed(self.as_str()))
    }
}

/// Query pairs in documented order.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// No pairs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A parameter that is always sent.
    pub fn required(&mut self, name: &str, value: &impl WireText) {
        self.0.push((name.to_owned(), value.text().into_owned()));
    }

    /// A parameter that is sent when it is set.
    pub fn optional(&mut self, name: &str, value: &Option<impl WireText>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// A parameter that is sent once per element.
    pub fn repeated(&mut self, name: &str, values: &[impl WireText]) {
        for value in values {
            self.required(name, value);
        }
    }

    /// Parameters that no page documents.
    pub fn extra(&mut self, values: &BTreeMap<String, Json>) {
        for (name, value) in values {
            self.required(name, value);
        }
    }

    /// The pairs.
    #[must_use]
    pub fn finish(self) -> Vec<(String, String)> {
        self.0
    }
}

/// A value that can stand in a JSON body.
pub trait WireValue {
    /// Writes the value.
    fn write(&self, out: &mut Writer);

    /// Writes what empties a field of this type.
    fn write_cleared(out: &mut Writer)
    where
        Self: Sized,
    {
        let text = match out.clear {
            ClearAs::Null => "null",
            ClearAs::EmptyText => "\"\"",
        };
        out.raw(text);
    }
}

macro_rules! wire_value {
    ($($type:ty),*) => {$(
        impl WireValue for $type {
            fn write(&self, out: &mut Writer) {
                out.json(self);
            }
        }
    )*};
}

wire_value!(bool, i64, f64, String, Id, Number, DateTime, Scalar, Json);

impl<T: WireValue> WireValue for Vec<T> {
    fn write(&self, out: &mut Writer) {
        self.as_slice().write(out);
    }

    fn write_cleared(out: &mut Writer) {
        out.raw("[]");
    }
}

impl<T: WireValue> WireValue for [T] {
    fn write(&self, out: &mut Writer) {
        out.raw("[");
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.raw(",");
            }
            item.write(out);
        }
        out.raw("]");
    }
}

/// Writes one JSON body.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    clear: ClearAs,
    unwritable: Option<String>,
}

impl Writer {
    /// Writes a body that is one object.
    ///
    /// # Errors
    /// When a value is no JSON, such as a number that is not finite.
    pub fn body(
        info: &'static OperationInfo,
        clear: ClearAs,
        fields: impl FnOnce(&mut Object<'_>),
    ) -> Result<Vec<u8>, Error> {
        let mut writer = Self {
            out: Vec::with_capacity(256),
            clear,
            unwritable: None,
        };
        writer.object(fields);
        match writer.unwritable {
            Some(key) => Err(Error::invalid_request(
                info,
                key,
                "is no JSON value; a number must be finite",
            )),
            None => Ok(writer.out),
        }
    }

    /// Writes an object.
    pub fn object(&mut self, fields: impl FnOnce(&mut Object<'_>)) {
        self.raw("{");
        let mut object = Object {
            writer: self,
            empty: true,
        };
        fields(&mut object);
        self.raw("}");
    }

    #[inline]
    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn json(&mut self, value: &impl serde::Serialize) {
        let start = self.out.len();
        let written = serde_json::to_writer(&mut self.out, value);
        // serde_json writes a number that is not finite as null, which would empty the field at the vendor.
        if written.is_err() || &self.out[start..] == b"null" {
            self.unwritable.get_or_insert_default();
        }
    }
}

/// Writes the members of one object.
#[derive(Debug)]
pub struct Object<'a> {
    writer: &'a mut Writer,
    empty: bool,
}

impl Object<'_> {
    fn member(&mut self, key: &str, write: impl FnOnce(&mut Writer)) {
        if !self.empty {
            self.writer.raw(",");
        }
        self.empty = false;
        let known = self.writer.unwritable.is_some();
        self.writer.json(&key);
        self.writer.raw(":");
        write(self.writer);
        if let (false, Some(name)) = (known, &mut self.writer.unwritable)
            && name.is_empty()
        {
            key.clone_into(name);
        }
    }

    /// A member that is always sent.
    pub fn required(&mut self, key: &str, value: &impl WireValue) {
        self.member(key, |out| value.write(out));
    }

    /// A member with a fixed value.
    pub fn constant(&mut self, key: &str, value: &str) {
        self.member(key, |out| out.json(&value));
    }

    /// A member that is sent when it is set.
    pub fn optional(&mut self, key: &str, value: &Option<impl WireValue>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// A member that is sent unless it is kept.
    pub fn patch<T: WireValue>(&mut self, key: &str, patch: &Patch<T>) {
        match patch {
            Patch::Keep => {}
            Patch::Clear => self.member(key, |out| T::write_cleared(out)),
            Patch::Set(value) => self.required(key, value),
        }
    }

    /// A list that is sent unless it is empty.
    pub fn list(&mut self, key: &str, values: &[impl WireValue]) {
        if !values.is_empty() {
            self.member(key, |out| values.write(out));
        }
    }

    /// A nested object.
    pub fn object(&mut self, key: &str, fields: impl FnOnce(&mut Object<'_>)) {
        self.member(key, |out| out.object(fields));
    }

    /// A nested object that is left out when it would be empty.
    pub fn object_if_any(&mut self, key: &str, fields: impl FnOnce(&mut Object<'_>)) {
        let (start, was_empty) = (self.writer.out.len(), self.empty);
        self.member(key, |out| out.object(fields));
        if self.writer.out.ends_with(b":{}") {
            self.writer.out.truncate(start);
            self.empty = was_empty;
        }
    }

    /// The tenant's own fields, beside the documented ones.
    pub fn custom_fields(&mut self, fields: &CustomFields) {
        for (key, field) in fields.iter() {
            self.member(key, |out| out.json(&CustomWire(&field.value)));
        }
    }

    /// Members that no page documents.
    pub fn extra(&mut self, values: &BTreeMap<String, Json>) {
        for (key, value) in values {
            self.member(key, |out| out.raw(value.as_str()));
        }
    }
}

/// Shows a parameter in an operation's `Debug` when it is set, and hides what is personal.
#[doc(hidden)]
pub fn debug_field<T: Set>(out: &mut std::fmt::DebugStruct<'_, '_>, name: &str, value: &T, personal: bool) {
    match (value.is_set(), personal) {
        (false, _) => {}
        (true, true) => {
            out.field(name, &format_args!("<hidden>"));
        }
        (true, false) => {
            out.field(name, value);
        }
    }
}

/// Whether a parameter is set.
#[doc(hidden)]
pub trait Set: std::fmt::Debug {
    /// Whether it will be sent.
    fn is_set(&self) -> bool {
        true
    }
}

impl<T: std::fmt::Debug> Set for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }
}

impl<T: std::fmt::Debug> Set for Patch<T> {
    fn is_set(&self) -> bool {
        !self.is_keep()
    }
}

impl<T: std::fmt::Debug> Set for Vec<T> {}

macro_rules! always_set {
    ($($type:ty),*) => {$(impl Set for $type {})*};
}

always_set!(bool, i64, f64, String, Id, Number, DateTime, Scalar, Json);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::Method;

    use super::*;

    const INFO: &OperationInfo = &OperationInfo::new("test", "thing_update", Method::PUT, "/things/:id/parts");

    #[test]
    fn a_path_value_is_one_percent_encoded_segment() {
        let filled = path(INFO, &[("id", &"a/b 客?".to_owned())]).unwrap();
        assert_eq!(filled, "/things/a%2Fb%20%E5%AE%A2%3F/parts");
    }

    #[test]
    fn a_path_value_cannot_leave_its_place() {
        for value in ["", ".", ".."] {
            let error = path(INFO, &[("id", &value.to_owned())]).unwrap_err();
            assert!(error.to_string().contains("id"), "{error}");
        }
    }

    #[test]
    fn keep_clear_and_set_are_three_things() {
        let written = |clear| {
            let body = Writer::body(INFO, clear, |body| {
                body.patch("kept", &Patch::<String>::Keep);
                body.patch("cleared", &Patch::<String>::Clear);
                body.patch("tags", &Patch::<Vec<String>>::Clear);
                body.patch("set", &Patch::<String>::from("\"quoted\""));
            });
            String::from_utf8(body.unwrap()).unwrap()
        };
        assert_eq!(
            written(ClearAs::Null),
            r#"{"cleared":null,"tags":[],"set":"\"quoted\""}"#
        );
        assert_eq!(
            written(ClearAs::EmptyText),
            r#"{"cleared":"","tags":[],"set":"\"quoted\""}"#
        );
    }

    #[test]
    fn an_optional_group_without_members_is_left_out() {
        let body = Writer::body(INFO, ClearAs::Null, |body| {
            body.object_if_any("empty", |_| {});
            body.object_if_any("full", |full| full.required("a", &1_i64));
            body.object_if_any("last", |_| {});
        });
        assert_eq!(String::from_utf8(body.unwrap()).unwrap(), r#"{"full":{"a":1}}"#);
    }

    #[test]
    fn a_number_that_is_not_finite_is_refused_by_name() {
        let error = Writer::body(INFO, ClearAs::Null, |body| {
            body.object("inner", |inner| inner.required("float_value", &f64::NAN));
        });
        assert!(error.unwrap_err().to_string().contains("float_value"));
    }
}
