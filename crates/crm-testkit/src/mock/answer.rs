//! The answer to a request that the documentation allows.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::documented::{Batch, Operation};
use super::judge::Call;
use super::token::Tokens;

/// How long a token lives on loopback.
const TOKEN_LIFE: Duration = Duration::from_secs(2 * 60 * 60);

/// An answer that a test asked for.
#[derive(Debug, Clone)]
pub(super) enum Chosen {
    Example(usize),
    Body(u16, String),
}

pub(super) fn answer(operation: &Operation, chosen: Option<Chosen>, call: &Call, tokens: &Tokens) -> (u16, String) {
    let success = || {
        operation
            .answers
            .iter()
            .find(|answer| answer.success)
            .or_else(|| operation.answers.first())
    };
    let (example, as_shown) = match chosen {
        Some(Chosen::Body(status, body)) => return (status, body),
        Some(Chosen::Example(index)) => (operation.answers.get(index), true),
        None => (success(), false),
    };
    let body = example.map_or("{}", |answer| &answer.body);
    let fitted = match &operation.batch {
        _ if !operation.authenticated => login(body, tokens),
        Some(batch) if !as_shown => rows(body, batch, call),
        _ => None,
    };
    (200, fitted.unwrap_or_else(|| body.to_owned()))
}

/// A login's example with the token that is valid now, and an end that is still to come.
fn login(body: &str, tokens: &Tokens) -> Option<String> {
    let mut answer: Value = serde_json::from_str(body).ok()?;
    for value in answer.as_object_mut()?.values_mut() {
        for (key, value) in value.as_object_mut().into_iter().flatten() {
            let key = key.to_lowercase();
            if key.ends_with("token") && value.is_string() {
                *value = tokens.current().into();
            } else if key.contains("expire") && value.is_string() {
                *value = Value::String(crm_core::model::DateTime::from(Timestamp::now() + TOKEN_LIFE).to_string());
            }
        }
    }
    Some(answer.to_string())
}

/// A batch's example with one row for each that was sent.
fn rows(body: &str, batch: &Batch, call: &Call) -> Option<String> {
    let sent = call.json()?;
    let sent = sent.get(&batch.rows)?.as_array()?;
    let mut answer: Value = serde_json::from_str(body).ok()?;
    let data = answer
        .as_object_mut()?
        .values_mut()
        .find(|value| value.get(&batch.succeeded).is_some())?;
    let place = data.get_mut(&batch.succeeded)?;
    let shown = place.as_array().filter(|rows| !rows.is_empty())?.clone();
    let fitted = sent.iter().enumerate().map(|(index, sent)| {
        let mut row = shown[index % shown.len()].clone();
        row["index"] = (index as u64 + u64::from(batch.first_index)).into();
        if let Some(id) = sent.get("id") {
            // The page calls it now one, now the other.
            for name in ["id", "uuid"] {
                if row.get(name).is_some() {
                    row[name] = id.clone();
                }
            }
        }
        row
    });
    *place = Value::Array(fitted.collect());
    Some(answer.to_string())
}
