//! A request that the documentation allows, made of what a page says: [`SampleCall`].

use serde_json::{Map, Value, json};

use super::documented::{Documented, Operation};

/// Everything that a page demands of a call, with the page's own example where it has one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SampleCall {
    /// The HTTP method.
    pub method: String,
    /// The path, its parameters filled in.
    pub path: String,
    /// The required query parameters, without the credentials.
    pub query: Vec<(String, String)>,
    /// The required headers, without the credentials.
    pub headers: Vec<(String, String)>,
    /// The body, for operations that have one.
    pub body: Option<Value>,
}

/// Stands for any value that a page demands and shows no example of.
const VALUE: &str = "1001";

pub(super) fn sample(documented: &Documented, operation: &Operation) -> SampleCall {
    let path: Vec<&str> = operation
        .path
        .split('/')
        .map(|part| if part.starts_with(':') { VALUE } else { part })
        .collect();
    // Whoever sends a body says what it is.
    let is_sent = |place: &str, name: &str| {
        place == "header" && name.eq_ignore_ascii_case("content-type")
            || documented
                .auth
                .as_ref()
                .is_some_and(|auth| auth.place == place && auth.name.eq_ignore_ascii_case(name))
    };
    let flat = |place: &str| {
        let rows = operation
            .params
            .iter()
            .filter(|row| row.place == place && row.required && !is_sent(place, &row.name));
        rows.map(|row| (row.name.clone(), VALUE.to_owned())).collect()
    };
    SampleCall {
        method: operation.method.clone(),
        path: path.join("/"),
        query: flat("query"),
        headers: flat("header"),
        body: body(operation),
    }
}

fn body(operation: &Operation) -> Option<Value> {
    let mut body = operation
        .requests
        .first()
        .and_then(|example| serde_json::from_str(example).ok());
    let rows = operation
        .params
        .iter()
        .filter(|row| row.place == "body" && row.required);
    let rows = rows
        .map(|row| (&row.name, VALUE))
        .chain(operation.constants.iter().map(|(name, value)| (name, value.as_str())));
    for (name, value) in rows {
        let keys: Vec<&str> = name.split(['[', ']', '.']).filter(|key| !key.is_empty()).collect();
        fill(body.get_or_insert_with(|| json!({})), &keys, value);
    }
    body
}

/// Puts a value where nothing stands yet.
fn fill(place: &mut Value, keys: &[&str], value: &str) {
    let Some((key, rest)) = keys.split_first() else { return };
    match place {
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, keys, value)),
        Value::Object(members) => match members.get_mut(*key) {
            Some(inner) => fill(inner, rest, value),
            None => {
                members.insert((*key).to_owned(), nested(rest, value));
            }
        },
        // A plain value stands for the object that these keys are in.
        other => *other = nested(keys, value),
    }
}

fn nested(keys: &[&str], value: &str) -> Value {
    keys.iter().rev().fold(Value::from(value), |inner, key| {
        Value::Object(Map::from_iter([((*key).to_owned(), inner)]))
    })
}
