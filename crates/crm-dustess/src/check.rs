//! What the page of `batchEditCustomer` says in words beside its table, checked before anything is sent.

use crm_core::operation::Operation;
use crm_core::{Error, Patch};

use crate::custom_field::{FieldType, Slot};
use crate::inputs::{ContactEdit, CustomFieldValue, File};
use crate::{BatchEditCustomer, BindExternalId};

/// Most files in one field, as the page says.
const MAX_FILES: usize = 5;

/// Most rows of one `bindExternalId`, as its page says.
const MAX_BINDINGS: usize = 500;

/// The kinds of files that the page lists.
const FILE_TYPES: [&str; 9] = [
    "word",
    "image",
    "text",
    "pdf",
    "audio",
    "spreadsheetml",
    "presentationml",
    "video",
    "other",
];

/// A parameter that is wrong, and why.
type Wrong = (String, &'static str);

impl BatchEditCustomer {
    /// The same operation, if it keeps the rules that the page states in words: each contact is named by `id` or
    /// `external_id`; it has an owner or a public sea, not both; each custom field has one value, in the place that goes with
    /// its type; at most five files.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crm_core::ErrorKind::InvalidRequest) naming the parameter, such as
    /// `customer_list[0].custom_fields[2].float_value`.
    pub fn checked(self) -> Result<Self, Error> {
        let rows = self.customer_list.iter().enumerate();
        let mut wrong = rows.filter_map(|(index, row)| {
            contact(row)
                .err()
                .map(|(name, what)| (format!("customer_list[{index}].{name}"), what))
        });
        let wrong = match self.customer_list.is_empty() {
            true => Some(("customer_list".to_owned(), "needs at least one row")),
            false => wrong.next(),
        };
        wrong.map_or(Ok(()), |(name, what)| {
            Err(Error::invalid_request(Self::INFO, name, what))
        })?;
        Ok(self)
    }
}

impl BindExternalId {
    /// The same operation, if it keeps the rules that the page states in words: 1 to 500 rows, each of which names the contact
    /// by `tel` or `inside_id`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crm_core::ErrorKind::InvalidRequest) naming the parameter.
    pub fn checked(self) -> Result<Self, Error> {
        if self.list.is_empty() || self.list.len() > MAX_BINDINGS {
            return Err(Error::invalid_request(Self::INFO, "list", "takes 1 to 500 rows"));
        }
        if let Some(index) = self
            .list
            .iter()
            .position(|row| row.tel.is_none() && row.inside_id.is_none())
        {
            let what = "names no contact: give tel or inside_id";
            return Err(Error::invalid_request(
                Self::INFO,
                format!("list[{index}].inside_id"),
                what,
            ));
        }
        Ok(self)
    }
}

fn contact(row: &ContactEdit) -> Result<(), Wrong> {
    if !is_given(&row.id) && !is_given(&row.external_id) {
        return Err(("id".to_owned(), "names no contact: give id or external_id"));
    }
    if is_given(&row.owner) && is_given(&row.pool) {
        return Err((
            "pool".to_owned(),
            "a contact has an owner or is in a public sea, not both",
        ));
    }
    let Patch::Set(fields) = &row.custom_fields else {
        return Ok(());
    };
    for (index, field) in fields.iter().enumerate() {
        custom_field(field).map_err(|(name, what)| (format!("custom_fields[{index}].{name}"), what))?;
    }
    Ok(())
}

fn custom_field(field: &CustomFieldValue) -> Result<(), Wrong> {
    if !is_given(&field.id) {
        return Err(("id".to_owned(), "names no field"));
    }
    let slots = [
        (Slot::Text, !field.string_value.is_keep()),
        (Slot::Options, !field.array_value.is_keep()),
        (Slot::Number, !field.float_value.is_keep()),
        (Slot::Files, !field.files_value.is_keep()),
    ];
    let mut used = slots.into_iter().filter_map(|(slot, used)| used.then_some(slot));
    let expected = field
        .r#type
        .as_set()
        .and_then(|kind| kind.parse::<FieldType>().ok())
        .map(FieldType::slot);
    let Some(slot) = used.next() else {
        return Err((expected.map_or("string_value", Slot::name).to_owned(), "has no value"));
    };
    if let Some(second) = used.next() {
        return Err((second.name().to_owned(), "is a second value of the same field"));
    }
    if expected.is_some_and(|expected| expected != slot) {
        return Err((slot.name().to_owned(), "is not the place of a value of this type"));
    }
    let Patch::Set(files) = &field.files_value else {
        return Ok(());
    };
    if files.len() > MAX_FILES {
        return Err(("files_value".to_owned(), "takes at most 5 files"));
    }
    for (index, one) in files.iter().enumerate() {
        file(one).map_err(|(name, what)| (format!("files_value[{index}].{name}"), what))?;
    }
    Ok(())
}

fn file(file: &File) -> Result<(), Wrong> {
    if !is_given(&file.name) {
        return Err(("name".to_owned(), "is needed for a file"));
    }
    if !is_given(&file.url) {
        return Err(("url".to_owned(), "is needed for a file"));
    }
    match &file.file_type {
        Patch::Set(kind) if !FILE_TYPES.contains(&kind.as_str()) => Err((
            "file_type".to_owned(),
            "is none of the kinds that the page lists; `other` takes the rest",
        )),
        _ => Ok(()),
    }
}

fn is_given(text: &Patch<String>) -> bool {
    text.as_set().is_some_and(|text| !text.is_empty())
}
