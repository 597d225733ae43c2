//! Documented parameters found again in a request.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::documented::{Operation, Parameter};
use super::judge::Call;

/// A sentence about the first required parameter that the request lacks.
pub(super) fn missing(operation: &Operation, call: &Call, body: Option<&Value>) -> Option<String> {
    let required = operation.params.iter().filter(|param| param.required);
    let mut lacking = required.filter(|param| match param.place.as_str() {
        "query" => !call.query.iter().any(|(name, _)| *name == param.name),
        "header" => call.header(&param.name).is_none(),
        "body" => {
            let path = segments(&param.name);
            !is_excused(operation, param, body) && !body.is_some_and(|body| is_there(body, &path))
        }
        // A path with an empty segment fits no template.
        _ => false,
    });
    lacking
        .next()
        .map(|param| format!("the {} parameter `{}` is required", param.place, param.name))
}

/// A part of something optional is not missed when the whole is not there.
fn is_excused(operation: &Operation, param: &Parameter, body: Option<&Value>) -> bool {
    let path = segments(&param.name);
    (1..path.len()).any(|depth| {
        let outer = &path[..depth];
        let optional = operation
            .params
            .iter()
            .any(|other| !other.required && segments(&other.name) == outer);
        optional && !body.is_some_and(|body| is_there(body, outer))
    })
}

/// `contact[address_attributes][tel]`, `customer_list.mobiles.tel`, `labels[]`, `assets[0][id]`: the keys on the way.
/// Lists add none: what holds for a list holds for each element.
fn segments(name: &str) -> Vec<&str> {
    let parts = name.split(['[', ']', '.']);
    parts
        .filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

/// Whether something stands there: in a list, in each of its elements.
fn is_there(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Null, _) => false,
        (_, []) => true,
        (Value::Array(items), path) => items.iter().all(|item| is_there(item, path)),
        (value, [key, rest @ ..]) => value.get(key).is_some_and(|inner| is_there(inner, rest)),
    }
}

/// The places of a body that the page does not know.
pub(super) fn undocumented(operation: &Operation, prefixes: &[String], body: &Value) -> Vec<String> {
    let mut known: HashSet<String> = operation
        .params
        .iter()
        .map(|param| segments(&param.name).join("."))
        .collect();
    known.extend(operation.constants.keys().map(|name| segments(name).join(".")));
    for example in &operation.requests {
        known.extend(serde_json::from_str(example).iter().flat_map(places));
    }
    let is_custom = |place: &str| {
        let key = place.rsplit('.').next().unwrap_or(place);
        prefixes.iter().any(|prefix| key.starts_with(prefix))
    };
    places(body)
        .into_iter()
        .filter(|place| !known.contains(place) && !is_custom(place))
        .collect()
}

/// The parameters of the body's table that a body lacks.
pub(super) fn unsent<'a>(operation: &'a Operation, body: &Value) -> Vec<&'a str> {
    let rows = operation
        .params
        .iter()
        .filter(|param| param.place == "body")
        .map(|param| param.name.as_str());
    rows.filter(|name| !is_there(body, &segments(name))).collect()
}

/// The places at which values stand, such as `contact.address_attributes.tel`, each once.
fn places(body: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, place: &str, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                for (key, value) in members {
                    let place = if place.is_empty() {
                        key.clone()
                    } else {
                        format!("{place}.{key}")
                    };
                    walk(value, &place, found);
                }
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                items.iter().for_each(|item| walk(item, place, found));
            }
            _ => drop(found.insert(place.to_owned())),
        }
    }
    let mut found = BTreeSet::new();
    walk(body, "", &mut found);
    found
}

/// The text of a value outside of lists.
pub(super) fn scalar(body: Option<&Value>, name: &str) -> Option<String> {
    let found = segments(name)
        .into_iter()
        .try_fold(body?, |value, key| value.get(key))?;
    Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn documented_names_lead_into_the_body() {
        let body = json!({"contact": {"address_attributes": {"tel": "1"}}, "list": [{"id": 1}, {"id": 2, "note": ""}]});
        for (name, there) in [
            ("contact[address_attributes][tel]", true),
            ("contact[name]", false),
            ("list.id", true),
            ("list[].id", true),
            ("list[0][id]", true),
            ("list.note", false),
        ] {
            assert_eq!(is_there(&body, &segments(name)), there, "{name}");
        }
    }
}
