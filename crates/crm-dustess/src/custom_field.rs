//! Custom fields by type: which of the value places of [`CustomFieldValue`] goes with which type.

use std::fmt;
use std::str::FromStr;

use crate::inputs::{CustomFieldValue, File};

/// The type of a tenant's own field.
///
/// The vendor demands it beside each value, and each type has its place for the value. Files have no documented type
/// name: [`CustomFieldValue::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FieldType {
    /// 单行文本, one line.
    Text,
    /// 多行文本, several lines.
    Textarea,
    /// 单选, one option.
    Radio,
    /// 日期, a date.
    Date,
    /// 日期时间, a date and time.
    DateTime,
    /// 数字, a number.
    Int,
    /// 多项选择, several options.
    Checkbox,
    /// 多级联选单选, one path of options.
    Cascader,
    /// 多级联选多选, several paths of options.
    MultiCascader,
}

/// The place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Text,
    Options,
    Number,
    Files,
}

impl Slot {
    /// The parameter's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "string_value",
            Self::Options => "array_value",
            Self::Number => "float_value",
            Self::Files => "files_value",
        }
    }
}

impl FieldType {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Textarea,
        Self::Radio,
        Self::Date,
        Self::DateTime,
        Self::Int,
        Self::Checkbox,
        Self::Cascader,
        Self::MultiCascader,
    ];

    /// What is sent. The page writes `multiCascader` in its table and sends `multi-cascader` in its example; this is the
    /// example's, which somebody has sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Textarea => "textarea",
            Self::Radio => "radio",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Int => "Int",
            Self::Checkbox => "checkbox",
            Self::Cascader => "cascader",
            Self::MultiCascader => "multi-cascader",
        }
    }

    pub(crate) fn slot(self) -> Slot {
        match self {
            Self::Text | Self::Textarea | Self::Radio | Self::Date | Self::DateTime => Slot::Text,
            Self::Checkbox | Self::Cascader | Self::MultiCascader => Slot::Options,
            Self::Int => Slot::Number,
        }
    }
}

impl fmt::Display for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is none of the vendor's field types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFieldType(());

impl fmt::Display for UnknownFieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a field type: text, textarea, radio, date, datetime, Int, checkbox, cascader or multi-cascader",
        )
    }
}

impl std::error::Error for UnknownFieldType {}

/// Reads both spellings of the page.
impl FromStr for FieldType {
    type Err = UnknownFieldType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "multiCascader" {
            return Ok(Self::MultiCascader);
        }
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownFieldType(()))
    }
}

/// Values by type.
///
/// ```
/// use crm_core::operation::Operation;
/// use crm_dustess::BatchEditCustomer;
/// use crm_dustess::inputs::{ContactEdit, CustomFieldValue, File};
///
/// let contact = ContactEdit::new().id("d3e83957-175a-11eb-b365-1111111111111").custom_fields(vec![
///     CustomFieldValue::text("field01", "北区"),
///     CustomFieldValue::checkbox("field71", ["红", "蓝"]),
///     CustomFieldValue::multi_cascader("field16", ["组01/组001/组001001=path/to/value"]),
///     CustomFieldValue::int("field02", 12.5),
///     CustomFieldValue::files("field03", [File::named("合同", "https://example.com/a.pdf", "pdf")]),
/// ]);
/// BatchEditCustomer::new([contact]).check()?;
/// # Ok::<(), crm_core::Error>(())
/// ```
impl CustomFieldValue {
    /// One line of text.
    pub fn text(id: impl Into<String>, value: impl Into<String>) -> Self {
        Self::string(FieldType::Text, id, value)
    }

    /// Lines of text.
    pub fn textarea(id: impl Into<String>, value: impl Into<String>) -> Self {
        Self::string(FieldType::Textarea, id, value)
    }

    /// One option.
    pub fn radio(id: impl Into<String>, option: impl Into<String>) -> Self {
        Self::string(FieldType::Radio, id, option)
    }

    /// A date, `2020-09-16`.
    pub fn date(id: impl Into<String>, date: impl fmt::Display) -> Self {
        Self::string(FieldType::Date, id, date.to_string())
    }

    /// A date and time. The page does not show the form; the vendor's answers have `2020-09-16 12:00:00`.
    pub fn datetime(id: impl Into<String>, at: impl fmt::Display) -> Self {
        Self::string(FieldType::DateTime, id, at.to_string())
    }

    /// A number.
    pub fn int(id: impl Into<String>, number: impl Into<f64>) -> Self {
        Self::of(FieldType::Int, id).float_value(number.into())
    }

    /// Several options.
    pub fn checkbox(id: impl Into<String>, options: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::options(FieldType::Checkbox, id, options)
    }

    /// One path of options, `组01/组001=path/to`.
    pub fn cascader(id: impl Into<String>, path: impl Into<String>) -> Self {
        Self::options(FieldType::Cascader, id, [path])
    }

    /// Several paths of options.
    pub fn multi_cascader(id: impl Into<String>, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::options(FieldType::MultiCascader, id, paths)
    }

    /// Files, at most five. The page names no type for them: set it with `.type` where the tenant's field template does.
    pub fn files(id: impl Into<String>, files: impl IntoIterator<Item = File>) -> Self {
        Self::new()
            .id(id.into())
            .files_value(files.into_iter().collect::<Vec<_>>())
    }

    fn of(kind: FieldType, id: impl Into<String>) -> Self {
        Self::new().id(id.into()).r#type(kind.as_str())
    }

    fn string(kind: FieldType, id: impl Into<String>, value: impl Into<String>) -> Self {
        Self::of(kind, id).string_value(value.into())
    }

    fn options(kind: FieldType, id: impl Into<String>, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::of(kind, id).array_value(values.into_iter().map(Into::into).collect::<Vec<String>>())
    }
}

impl File {
    /// A file by name, address and kind: `word`, `image`, `text`, `pdf`, `audio`, `spreadsheetml`, `presentationml`,
    /// `video` or `other`.
    pub fn named(name: impl Into<String>, url: impl Into<String>, kind: impl Into<String>) -> Self {
        Self::new().name(name.into()).url(url.into()).file_type(kind.into())
    }
}
