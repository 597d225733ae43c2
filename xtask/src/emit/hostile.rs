//! Words of a page are data: whatever they hold, the generated files are harmless Rust.
#![allow(clippy::unwrap_used, clippy::panic)]

use crate::{
    fixture::{Endpoint, Field, Fixture, Param, Place, Source},
    json::Json,
    schema,
    vendor::Vendor,
};

const VENDOR: &str = r#"
name = "hostile"
title = "*/ fn evil() {}"
crate = "crm-hostile"

[envelope]
code = "code"
message = "msg"
data = "data"
ok = "0"
"#;

/// Keys and labels that people, or somebody who is up to something, put on a page.
const WORDS: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "fn",
    "gen",
    "await",
    "new",
    "extra",
    "param",
    "custom_fields",
    "request",
    "姓名",
    "a b",
    "a-b",
    "a_b",
    "fooBar",
    "foo_bar",
    "FooBar",
    "1st",
    "",
    "_",
    "__",
    "é",
    "emoji😀",
    "r#type",
    "a\nb",
    "`code`",
    "[link]",
    "Option",
    "Vec",
    "String",
    "Default",
    "Json",
    "\"; fn evil() { std::process::exit(1) } //",
    "*/ pub fn evil() {}",
    "\u{202e}evil",
    "{}",
    "{name}",
    "#![allow]",
    "a\\",
    "'",
    "$crate",
    "evil!()",
    "\u{0}",
];

fn fixture(operation: &str) -> Fixture {
    let object = |depth: usize| {
        let mut value = Json::Number("1".to_owned());
        for _ in 0..depth {
            value = Json::Object(WORDS.iter().map(|word| ((*word).to_owned(), value.clone())).collect());
        }
        value
    };
    let answer = Json::Object(vec![
        ("code".to_owned(), Json::Number("0".to_owned())),
        ("data".to_owned(), object(2)),
    ]);
    let params = WORDS.iter().flat_map(|word| {
        let param = |place, name: String| Param {
            place,
            name,
            kind: Some((*word).to_owned()),
            required: Some(word.len() % 2 == 0),
            label: Some((*word).to_owned()),
        };
        [
            param(Place::Body, (*word).to_owned()),
            param(Place::Query, format!("q{word}")),
            param(Place::Header, format!("h{word}")),
        ]
    });
    Fixture {
        endpoint: Endpoint {
            operation: operation.to_owned(),
            title: Some(WORDS.join(" ")),
            method: Some("POST".to_owned()),
            path: Some("/x".to_owned()),
            source: Source::default(),
            params: params.collect(),
            fields: WORDS
                .iter()
                .map(|word| Field {
                    name: (*word).to_owned(),
                    kind: Some("int".to_owned()),
                    label: Some((*word).to_owned()),
                })
                .collect(),
        },
        requests: vec![object(1)],
        responses: vec![answer],
        page: Default::default(),
    }
}

#[test]
fn hostile_words_become_harmless_rust() {
    let vendor: Vendor = toml::from_str(VENDOR).unwrap();
    let schema = schema::build(vendor, &[fixture("self"), fixture("thing_update"), fixture("type")]).unwrap();
    let files = super::vendor(&schema);
    assert!(files.len() > 10);
    for (path, text) in files
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"))
    {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", path.display()));
        for item in &file.items {
            let name = match item {
                syn::Item::Fn(item) => item.sig.ident.to_string(),
                syn::Item::Macro(item) => item
                    .mac
                    .path
                    .segments
                    .last()
                    .map(|part| part.ident.to_string())
                    .unwrap_or_default(),
                _ => continue,
            };
            assert!(!name.contains("evil"), "{}: {name}", path.display());
        }
        assert!(!text.contains("compile_error!"), "{}: {text}", path.display());
    }
}

#[test]
fn every_field_of_a_struct_has_a_name_of_its_own() {
    let vendor: Vendor = toml::from_str(VENDOR).unwrap();
    let schema = schema::build(vendor, &[fixture("thing_get")]).unwrap();
    for model in &schema.models {
        let mut names: Vec<&str> = model.fields.iter().map(|field| field.ident.as_str()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{}", model.name);
    }
    for operation in &schema.operations {
        let mut names: Vec<String> = operation
            .parameters()
            .iter()
            .map(|parameter| parameter.ident.clone())
            .collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{}", operation.name);
    }
}
