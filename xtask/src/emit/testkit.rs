//! The test kit's data: what a vendor on loopback answers, and what it refuses.

use serde_json::{Value, json};

use crate::{
    fixture::Place,
    json::Json,
    schema::{Operation, Schema},
};

/// One JSON document per vendor, in the order of the fixtures.
pub(super) fn data(schema: &Schema) -> String {
    let vendor = &schema.vendor;
    let envelope = &vendor.envelope;
    let auth = vendor.auth.as_ref().map(|auth| {
        json!({
            "in": place(auth.place), "name": auth.name, "format": auth.format,
            "dead_token": auth.dead_token, "bad_request": auth.bad_request,
        })
    });
    let document = json!({
        "vendor": vendor.name,
        "envelope": {
            "code": envelope.code, "message": envelope.message, "data": envelope.data, "ok": envelope.ok,
            "error": envelope.error, "success": envelope.success, "request_id": envelope.request_id,
        },
        "auth": auth,
        "custom_fields": vendor.custom_fields.prefixes,
        "operations": schema.operations.iter().map(|operation| self::operation(schema, operation)).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&document).map_or_else(|error| error.to_string(), |text| text + "\n")
}

fn operation(schema: &Schema, operation: &Operation) -> Value {
    let params =
        operation.endpoint.params.iter().map(
            |param| json!({ "in": place(param.place), "name": param.name, "required": param.required == Some(true) }),
        );
    let answers = operation
        .responses
        .iter()
        .map(|answer| json!({ "success": schema.vendor.envelope.is_success(answer), "body": text(answer) }));
    let batch = operation.batch.as_ref().map(|batch| {
        let rule = &batch.rule;
        json!({ "rows": rule.rows, "succeeded": rule.succeeded, "first_index": rule.first_index })
    });
    json!({
        "name": operation.endpoint.operation,
        "title": operation.endpoint.title,
        "method": operation.method,
        "path": operation.path,
        "authenticated": operation.authenticated,
        "constants": operation.constants,
        "batch": batch,
        "params": params.collect::<Vec<_>>(),
        "requests": operation.requests.iter().map(text).collect::<Vec<_>>(),
        "answers": answers.collect::<Vec<_>>(),
    })
}

/// An example as text: its numbers keep their digits.
fn text(json: &Json) -> String {
    json.pretty().trim_end().to_owned()
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Body => "body",
    }
}
