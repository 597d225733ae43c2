//! [`CustomFields`]: the fields that a tenant defined for itself.

use std::collections::BTreeMap;

use crate::model::{__private::AnyModel, Id, Json, Number, Scalar, decode};

/// A record's tenant-defined fields by key, such as `text_asset_792fcc` or `select_1680162080347`.
///
/// Read them from a model, or fill one to send along with an update:
///
/// ```
/// use crm_core::{CustomFields, CustomValue};
///
/// let fields = CustomFields::new()
///     .set("text_asset_f5fa0f00", "北区")
///     .set("text_asset_792fcc", vec!["mul_3902".to_owned(), "mul_acdc".to_owned()])
///     .set("numeric_asset_aa4d8f", 12)
///     .clear("datetime_asset_a0f4a6");
/// assert_eq!(fields.get("text_asset_f5fa0f00").and_then(CustomValue::as_text), Some("北区"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CustomFields {
    fields: BTreeMap<String, CustomField>,
}

/// One tenant-defined field.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct CustomField {
    /// The value.
    pub value: CustomValue,
    /// The text that the vendor shows for it, such as the labels of chosen options.
    pub display: Option<String>,
    /// The text with the middle of a phone number hidden, where the vendor sends one.
    pub hidden_result: Option<String>,
}

/// The value of a tenant-defined field.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum CustomValue {
    /// Nothing is set.
    #[default]
    Empty,
    /// Text, a date in the vendor's style, or the id of one option.
    Text(String),
    /// A number.
    Number(Number),
    /// A yes or no.
    Flag(bool),
    /// Ids of options, or names of files.
    Options(Vec<String>),
    /// Anything else.
    Other(Json),
}

/// Hides the value: it may be personal.
impl std::fmt::Debug for CustomValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text(<hidden>)",
            Self::Number(_) => "Number(<hidden>)",
            Self::Flag(_) => "Flag(<hidden>)",
            Self::Options(_) => "Options(<hidden>)",
            Self::Other(_) => "Other(<hidden>)",
        })
    }
}

impl CustomFields {
    /// No fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a field.
    #[must_use]
    pub fn set(mut self, key: impl Into<String>, value: impl Into<CustomValue>) -> Self {
        self.insert(key, value);
        self
    }

    /// Empties a field.
    #[must_use]
    pub fn clear(self, key: impl Into<String>) -> Self {
        self.set(key, CustomValue::Empty)
    }

    /// Sets a field in place.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<CustomValue>) {
        self.fields.entry(key.into()).or_default().value = value.into();
    }

    /// A field's value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&CustomValue> {
        self.fields.get(key).map(|field| &field.value)
    }

    /// A field with what the vendor shows for it.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&CustomField> {
        self.fields.get(key)
    }

    /// All fields, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CustomField)> {
        self.fields.iter().map(|(key, field)| (key.as_str(), field))
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl CustomValue {
    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The options chosen; none where it is something else.
    #[must_use]
    pub fn as_options(&self) -> &[String] {
        match self {
            Self::Options(options) => options,
            _ => &[],
        }
    }

    fn read(raw: &str) -> Self {
        let json = Json::from_trusted(raw);
        let token = json.token();
        if token.is_absent() {
            return Self::Empty;
        }
        if let Some(value) = token.boolean() {
            return Self::Flag(value);
        }
        if token.number().is_some() {
            return decode::<Option<Number>>(raw)
                .ok()
                .flatten()
                .map_or(Self::Other(json), Self::Number);
        }
        if let Some(text) = token.string() {
            return Self::Text(text.into_owned());
        }
        // Only a list of plain strings reads back the same.
        json.parse::<Vec<String>>().map_or(Self::Other(json), Self::Options)
    }
}

impl serde::Serialize for WireValue<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            CustomValue::Empty => serializer.serialize_str(""),
            CustomValue::Text(text) => serializer.serialize_str(text),
            CustomValue::Number(number) => number.serialize(serializer),
            CustomValue::Flag(flag) => serializer.serialize_bool(*flag),
            CustomValue::Options(options) => options.serialize(serializer),
            CustomValue::Other(json) => json.serialize(serializer),
        }
    }
}

/// A custom value as it goes on the wire: the bare value, `""` for an empty one.
pub(crate) struct WireValue<'a>(pub &'a CustomValue);

macro_rules! from_text {
    ($($type:ty),*) => {$(
        impl From<$type> for CustomValue {
            fn from(value: $type) -> Self {
                Self::Text(value.to_string())
            }
        }
    )*};
}

from_text!(&str, String, &String, Id, crate::model::DateTime, Scalar);

impl From<Number> for CustomValue {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for CustomValue {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for CustomValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<rust_decimal::Decimal> for CustomValue {
    fn from(number: rust_decimal::Decimal) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for CustomValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Vec<String>> for CustomValue {
    fn from(options: Vec<String>) -> Self {
        Self::Options(options)
    }
}

impl From<Json> for CustomValue {
    fn from(json: Json) -> Self {
        Self::Other(json)
    }
}

/// The tenant's own fields of a model, out of its extra keys.
#[doc(hidden)]
#[must_use]
pub fn of(model: &dyn AnyModel) -> CustomFields {
    let keys = model.custom_keys();
    let mut fields: BTreeMap<String, CustomField> = BTreeMap::new();
    for (key, raw) in model.extra().iter() {
        let (base, companion) = keys.split(key);
        if keys.base(base).is_none() {
            continue;
        }
        let field = fields.entry(base.to_owned()).or_default();
        let text = || match CustomValue::read(raw) {
            CustomValue::Text(text) => Some(text),
            _ => None,
        };
        match companion {
            None => field.value = CustomValue::read(raw),
            Some("_display") => field.display = text(),
            Some(_) => field.hidden_result = text(),
        }
    }
    CustomFields { fields }
}
