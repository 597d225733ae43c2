//! What is settled over all pages at once: places merged, names told apart, types taken from the same key elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Model, Type, observed::Observed};

pub(super) fn merge(into: &mut Observed, other: Observed) {
    into.bools |= other.bools;
    into.zero_one_ints |= other.zero_one_ints;
    into.other_ints |= other.other_ints;
    into.floats |= other.floats;
    into.digit_texts |= other.digit_texts;
    into.long_digit_texts |= other.long_digit_texts;
    into.decimal_texts |= other.decimal_texts;
    into.date_texts |= other.date_texts;
    into.other_texts |= other.other_texts;
    into.empty_text |= other.empty_text;
    into.empty_object |= other.empty_object;
    into.filled_object |= other.filled_object;
    into.empty_list |= other.empty_list;
    into.documented.extend(other.documented);
    into.object = into.object.take().or(other.object);
    match (&mut into.elements, other.elements) {
        (Some(into), Some(other)) => merge(into, *other),
        (into @ None, other) => *into = other,
        (Some(_), None) => {}
    }
    for label in other.labels {
        if !into.labels.contains(&label) {
            into.labels.push(label);
        }
    }
}

/// The name of a key whose plain name is taken by another key of the object: told apart by how it is written, so that
/// it does not depend on which other keys there are.
pub(super) fn unique(key: &str, ident: &str, taken: &BTreeSet<String>) -> String {
    let bare = ident.trim_start_matches("r#").trim_end_matches('_');
    let told = if key.starts_with('_') {
        format!("{bare}_flag")
    } else if key.chars().any(char::is_uppercase) {
        format!("{bare}_camel")
    } else if key == bare {
        format!("{bare}_snake")
    } else {
        String::new()
    };
    if !told.is_empty() && !taken.contains(&told) {
        return told;
    }
    let sum = key
        .bytes()
        .fold(5381_u32, |sum, byte| sum.wrapping_mul(33) ^ u32::from(byte));
    format!("{bare}_{sum:08x}")
}

/// A field that every page of one object leaves null takes the type that the same key has in all other objects.
pub(super) fn settle_by_key(models: &mut [Model]) {
    let mut types: BTreeMap<String, Vec<Type>> = BTreeMap::new();
    for field in models.iter().flat_map(|model| &model.fields) {
        let kinds = types.entry(field.key.clone()).or_default();
        if field.kind.is_scalar() && !kinds.contains(&field.kind) {
            kinds.push(field.kind.clone());
        }
    }
    for field in models
        .iter_mut()
        .flat_map(|model| &mut model.fields)
        .filter(|field| field.unseen)
    {
        if let Some([only]) = types.get(&field.key).map(Vec::as_slice) {
            field.kind = only.clone();
        }
    }
}

/// An object inside an object is boxed: a struct cannot hold itself, and one that held all of its objects would be
/// thousands of bytes long, which lists and futures would have to carry.
pub(super) fn box_objects(models: &mut [Model]) {
    for field in models.iter_mut().flat_map(|model| &mut model.fields) {
        if let Type::Model(name) = &field.kind {
            field.kind = Type::Boxed(name.clone());
        }
    }
}
