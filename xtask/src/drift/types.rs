//! Whether an example's value is of the type that a table gives.

use crate::{
    json::Json,
    schema::{TypeWord, type_word},
};

/// Why a value is not of the documented type: what it is instead. `None` where it fits, is null, or where the table's
/// word is not known.
pub(super) fn conflict(documented: &str, value: &Json) -> Option<String> {
    if *value == Json::Null || is_anything(documented) {
        return None;
    }
    let (word, list) = type_word(documented)?;
    if !list {
        return (!fits(word, value)).then(|| described(value));
    }
    match value {
        Json::Array(items) => {
            let odd = items.iter().find(|item| **item != Json::Null && !fits(word, item))?;
            Some(format!("a list of {}", plural(odd)))
        }
        other => Some(described(other)),
    }
}

/// `json` and `any` promise nothing.
fn is_anything(documented: &str) -> bool {
    matches!(
        documented.trim().to_lowercase().as_str(),
        "json" | "any" | "mixed" | "任意"
    )
}

fn fits(word: TypeWord, value: &Json) -> bool {
    match (word, value) {
        (TypeWord::Bool, Json::Bool(_)) | (TypeWord::Text, Json::String(_)) => true,
        (TypeWord::Int | TypeWord::BigInt, Json::Number(text)) => !text.contains(['.', 'e', 'E']),
        (TypeWord::Float | TypeWord::Decimal, Json::Number(_)) => true,
        // A point in time is written as text or as seconds; tables say `timestamp` and `time` of both.
        (TypeWord::Date, Json::String(_) | Json::Number(_)) => true,
        (TypeWord::Object, Json::Object(_)) | (TypeWord::List, Json::Array(_)) => true,
        _ => false,
    }
}

/// What a value is, in words.
pub(super) fn described(value: &Json) -> String {
    let text = match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(text) if text.contains(['.', 'e', 'E']) => "a fraction",
        Json::Number(_) => "a number",
        Json::String(text) if text.is_empty() => "an empty text",
        Json::String(_) => "a text",
        Json::Array(items) if items.is_empty() => "an empty list `[]`",
        Json::Array(_) => "a list",
        Json::Object(members) if members.is_empty() => "an empty object `{}`",
        Json::Object(_) => "an object",
    };
    text.to_owned()
}

fn plural(value: &Json) -> &'static str {
    match value {
        Json::Null => "nulls",
        Json::Bool(_) => "booleans",
        Json::Number(_) => "numbers",
        Json::String(_) => "texts",
        Json::Array(_) => "lists",
        Json::Object(_) => "objects",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn values_are_held_against_the_tables_word() {
        for (documented, value, expected) in [
            ("bigint", "\"688346218203447296\"", Some("a text")),
            ("bigint", "688346218203447296", None),
            ("object", "[]", Some("an empty list `[]`")),
            ("object", "{}", None),
            ("Object", "[{\"a\":1}]", Some("a list")),
            ("Object[]", "{\"fail\":null}", Some("an object")),
            ("Object[]", "[\"嗯嗯\"]", Some("a list of texts")),
            ("Object[]", "[]", None),
            ("Int[]", "[\"0000-b101\"]", Some("a list of texts")),
            ("Int[]", "[12, 15]", None),
            ("String", "true", Some("a boolean")),
            ("String", "12", Some("a number")),
            ("Int", "1.5", Some("a fraction")),
            ("Int", "\"\"", Some("an empty text")),
            ("boolean", "1", Some("a number")),
            ("decimal", "\"39.9\"", Some("a text")),
            ("datetime", "\"2024-10-19 11:10:52\"", None),
            ("array", "{}", Some("an empty object `{}`")),
            ("Json", "[]", None),
            ("固定值", "1", None),
            ("int", "null", None),
        ] {
            let value = Json::parse(value).unwrap();
            assert_eq!(
                conflict(documented, &value).as_deref(),
                expected,
                "{documented} {value}"
            );
        }
    }
}
