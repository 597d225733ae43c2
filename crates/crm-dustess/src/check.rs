//! What the pages of dustess say in words beside their tables. A client checks it before it sends.

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

/// Each contact is named by `id` or `external_id`; it has an owner or a public sea, not both; each custom field has one
/// value, in the place that goes with its type; at most five files.
pub(crate) fn batch_edit_customer(edit: &BatchEditCustomer) -> Result<(), Error> {
    let refused = |name, what| Err(Error::invalid_request(BatchEditCustomer::INFO, name, what));
    if edit.customer_list.is_empty() {
        return refused("customer_list".to_owned(), "needs at least one row");
    }
    for (index, row) in edit.customer_list.iter().enumerate() {
        if let Err((name, what)) = contact(row) {
            return refused(format!("customer_list[{index}].{name}"), what);
        }
    }
    Ok(())
}

/// 1 to 500 rows, each of which names the contact by `tel` or `inside_id`.
pub(crate) fn bind_external_id(bind: &BindExternalId) -> Result<(), Error> {
    if bind.list.is_empty() || bind.list.len() > MAX_BINDINGS {
        return Err(Error::invalid_request(
            BindExternalId::INFO,
            "list",
            "takes 1 to 500 rows",
        ));
    }
    if let Some(index) = bind
        .list
        .iter()
        .position(|row| row.tel.is_none() && row.inside_id.is_none())
    {
        let what = "names no contact: give tel or inside_id";
        return Err(Error::invalid_request(
            BindExternalId::INFO,
            format!("list[{index}].inside_id"),
            what,
        ));
    }
    Ok(())
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
