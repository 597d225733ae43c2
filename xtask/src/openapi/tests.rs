//! The documents held against the OpenAPI Initiative's own schema, and every example against the document.
#![allow(clippy::unwrap_used)]

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::*;

fn documents() -> Vec<(String, Value)> {
    let schemas = refresh::schemas(&fixture::root()).unwrap();
    let written = schemas
        .iter()
        .map(|schema| (schema.vendor.name.clone(), document::document(schema).pretty()));
    written
        .map(|(name, text)| (name, serde_json::from_str(&text).unwrap()))
        .collect()
}

fn problems(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// A validator of the schema at a JSON pointer of a document, with the document's components.
fn part(document: &Value, pointer: &str) -> Validator {
    let mut root = document.clone();
    let reference = pointer.replace('{', "%7B").replace('}', "%7D");
    root["$ref"] = json!(format!("#{reference}"));
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&root)
        .unwrap()
}

/// Every place of a document with a schema and examples: its pointer, and theirs.
fn contents(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let at = format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1"));
            for (rest, content) in [
                (
                    "/requestBody/content/application~1json",
                    operation.pointer("/requestBody/content/application~1json"),
                ),
                (
                    "/responses/200/content/application~1json",
                    operation.pointer("/responses/200/content/application~1json"),
                ),
            ] {
                found.extend(content.map(|content| (format!("{at}{rest}"), content.clone())));
            }
        }
    }
    found
}

#[test]
fn every_document_is_valid_openapi() {
    let official: Value = serde_json::from_str(include_str!("../../tests/schemas/openapi-3.1.json")).unwrap();
    let validator = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&official)
        .unwrap();
    assert!(
        !validator.is_valid(&json!({ "openapi": "3.1.0" })),
        "the schema must refuse what is no document"
    );
    for (vendor, document) in documents() {
        assert_eq!(problems(&validator, &document), Vec::<String>::new(), "{vendor}");
    }
}

#[test]
fn every_schema_in_them_is_a_json_schema_and_every_reference_leads_somewhere() {
    for (vendor, document) in documents() {
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            assert!(jsonschema::meta::is_valid(schema), "{vendor} {name}");
            part(&document, &format!("/components/schemas/{name}"));
        }
        for (pointer, content) in contents(&document) {
            assert!(jsonschema::meta::is_valid(&content["schema"]), "{vendor} {pointer}");
        }
    }
}

#[test]
fn every_documented_example_fits_its_schema() {
    let mut seen = 0;
    for (vendor, document) in documents() {
        for (pointer, content) in contents(&document) {
            let validator = part(&document, &format!("{pointer}/schema"));
            for (name, example) in content["examples"].as_object().into_iter().flatten() {
                assert_eq!(
                    problems(&validator, &example["value"]),
                    Vec::<String>::new(),
                    "{vendor} {pointer} {name}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 40, "{seen} examples");
}

#[test]
fn a_success_is_no_failure_and_a_failure_no_success() {
    let documents = documents();
    let (_, ikcrm) = documents.iter().find(|(vendor, _)| vendor == "ikcrm").unwrap();
    let failure = part(ikcrm, "/components/schemas/Failure");
    assert!(
        failure.is_valid(&json!({"code": 100_401, "message": "x"}))
            && !failure.is_valid(&json!({"code": 0, "data": {}}))
    );
    let (_, dustess) = documents.iter().find(|(vendor, _)| vendor == "dustess").unwrap();
    let failure = part(dustess, "/components/schemas/Failure");
    assert!(failure.is_valid(&json!({"success": false})) && !failure.is_valid(&json!({"success": true, "msg": ""})));
}

#[test]
fn bracket_names_are_nested_objects_with_their_labels() {
    let documents = documents();
    let (_, ikcrm) = documents.iter().find(|(vendor, _)| vendor == "ikcrm").unwrap();
    let operation = &ikcrm["paths"]["/api/v2/contacts/{id}"]["put"];
    assert_eq!(operation["summary"], "更新联系人");
    assert_eq!(operation["parameters"][0]["name"], "id");
    let contact = &operation["requestBody"]["content"]["application/json"]["schema"]["properties"]["contact"];
    assert_eq!(contact["properties"]["department"]["description"], "部门名称");
    let address = contact["properties"]["address_attributes"]["$ref"].as_str().unwrap();
    let address = ikcrm.pointer(address.trim_start_matches('#')).unwrap();
    assert_eq!(address["properties"]["tel"]["description"], "电话");
}

#[test]
fn the_committed_documents_are_what_the_fixtures_say() {
    for schema in refresh::schemas(&fixture::root()).unwrap() {
        let path = fixture::root()
            .with_file_name("docs")
            .join("openapi")
            .join(format!("{}.json", schema.vendor.name));
        let standing = fs::read_to_string(path).unwrap_or_default();
        assert!(
            standing == document::document(&schema).pretty(),
            "run `cargo xtask openapi` and commit what it writes"
        );
    }
}
