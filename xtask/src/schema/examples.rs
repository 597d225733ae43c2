//! What a page's own request example says of a parameter: its value, and what a list of it holds.

use crate::json::Json;

use super::{Type, rows::segments};

/// The value at a documented name in a request example; the first element of a list speaks for all.
pub(super) fn find<'j>(example: &'j Json, name: &str) -> Option<&'j Json> {
    let mut here = example;
    for segment in segments(name).iter().filter(|segment| !segment.is_empty()) {
        here = match here {
            Json::Array(items) => items.iter().find_map(|item| item.get(segment))?,
            other => other.get(segment)?,
        };
    }
    Some(here)
}

pub(super) fn element_of(example: Option<&Json>) -> Type {
    match example {
        Some(Json::Array(items)) => match items.first() {
            Some(Json::Number(_)) => Type::Id,
            Some(Json::Object(_) | Json::Array(_)) | None => Type::Json,
            Some(_) => Type::Text,
        },
        _ => Type::Json,
    }
}

/// A value for tests.
pub(super) fn sample(kind: &Type, example: Option<&Json>, list: bool) -> Json {
    let fits = |value: &Json| match (kind, value) {
        (Type::Text, Json::String(_)) | (Type::Bool, Json::Bool(_)) | (Type::Id, Json::String(_) | Json::Number(_)) => {
            true
        }
        (Type::DateTime, Json::String(_)) | (Type::Json, _) => true,
        (Type::Int, Json::Number(text)) => text.parse::<i64>().is_ok(),
        (Type::Float, Json::Number(_)) => true,
        _ => false,
    };
    let shown = match example {
        Some(Json::Array(items)) if list => items.first(),
        other if !list => other,
        _ => None,
    };
    if let Some(value) = shown.filter(|value| fits(value)) {
        return value.clone();
    }
    match kind {
        Type::Bool => Json::Bool(true),
        Type::Int => Json::Number("1".to_owned()),
        Type::Float => Json::Number("1.5".to_owned()),
        Type::Id => Json::String("1001".to_owned()),
        Type::Number => Json::String("1.50".to_owned()),
        Type::DateTime => Json::String("2019-02-14".to_owned()),
        _ => Json::String("示例".to_owned()),
    }
}
