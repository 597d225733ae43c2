//! Checks of requests: what an operation sends, and that it survives a queue.

use crm_core::operation::Operation;
use serde::{Serialize, de::DeserializeOwned};

use crate::document::canonical;

/// The request of an operation as a snapshot shows it.
///
/// # Panics
/// When the operation cannot be sent.
#[must_use]
pub fn shown<O: Operation>(operation: &O) -> String {
    let request = operation.request().unwrap_or_else(|error| panic!("{error}"));
    let mut out = format!("{} {}\n", request.method, request.path);
    for (name, value) in &request.query {
        out.push_str(&format!("? {name} = {value}\n"));
    }
    for (name, value) in &request.headers {
        out.push_str(&format!("{name}: {value}\n"));
    }
    if let Some(body) = &request.body {
        let body: serde_json::Value =
            serde_json::from_slice(body).unwrap_or_else(|error| panic!("the body is not JSON: {error}"));
        out.push_str(&format!("\n{body:#}\n"));
    }
    out
}

/// Asserts that an operation sends exactly the documented body.
///
/// # Panics
/// When it does not.
pub fn assert_body<O: Operation>(operation: &O, documented: &str) {
    let request = operation.request().unwrap_or_else(|error| panic!("{error}"));
    let body = String::from_utf8(request.body.unwrap_or_default()).unwrap_or_default();
    for (key, value) in members(documented) {
        let sent = members(&body)
            .into_iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value);
        assert_eq!(
            sent.as_ref(),
            Some(&value),
            "`{key}` of the documented request is not what {} sends",
            O::INFO.name
        );
    }
}

fn members(object: &str) -> Vec<(String, String)> {
    let members: std::collections::BTreeMap<String, Box<serde_json::value::RawValue>> =
        serde_json::from_str(object).unwrap_or_default();
    members
        .into_iter()
        .map(|(key, raw)| (key, canonical(raw.get())))
        .collect()
}

/// Asserts that an operation can be stored and taken out again.
///
/// # Panics
/// When it cannot.
pub fn assert_storable<O: Operation + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(operation: &O) {
    let stored = serde_json::to_string(operation).unwrap_or_else(|error| panic!("{error}"));
    let taken: O = serde_json::from_str(&stored).unwrap_or_else(|error| panic!("{error}: {stored}"));
    assert_eq!(&taken, operation);
}
