//! The document: servers, security, paths, components.

use std::collections::BTreeMap;

use crate::{
    fixture::{Place, examples_named},
    json::Json,
    schema::{Need, Operation, Parameter, Schema},
};

use super::schemas::{self, Shown, list, object, pattern, reference, text};

/// Everything about one vendor.
pub(super) fn document(schema: &Schema) -> Json {
    let vendor = &schema.vendor;
    let names = Names::new(schema);
    let mut members = vec![
        ("openapi", text("3.1.0")),
        ("info", info(schema)),
        ("servers", servers(schema)),
    ];
    if vendor.auth.is_some() {
        members.push(("security", list([object([(AUTH, list([]))])])));
    }
    if let Some(docs) = &vendor.docs {
        members.push(("externalDocs", object([("url", text(docs))])));
    }
    members.push(("paths", paths(schema, &names)));
    members.push(("components", components(schema, &names)));
    object(members)
}

/// The name of the security scheme.
const AUTH: &str = "token";

/// Names of the schemas around every answer, beside those of models and inputs.
struct Names {
    envelope: String,
    failure: String,
}

impl Names {
    fn new(schema: &Schema) -> Self {
        let taken = |name: &str| {
            schema.models.iter().any(|model| model.name == name) || schema.inputs.iter().any(|input| input.name == name)
        };
        let free = |name: &str| {
            if taken(name) {
                format!("{name}_")
            } else {
                name.to_owned()
            }
        };
        Self {
            envelope: free("Envelope"),
            failure: free("Failure"),
        }
    }
}

fn info(schema: &Schema) -> Json {
    let newest = schema
        .operations
        .iter()
        .filter_map(|operation| operation.endpoint.source.updated.as_deref())
        .max();
    let vendor = &schema.vendor;
    let about = format!(
        "What {}'s documentation says, with its corrections. Business errors come with HTTP 200: read `{}` of the answer.\n\n\
         Written by `cargo xtask openapi` from fixtures/{}; its version is the date of the newest page.",
        vendor.title, vendor.envelope.code, vendor.name
    );
    object([
        ("title", text(&vendor.title)),
        ("version", text(newest.unwrap_or("undated"))),
        ("description", text(about)),
    ])
}

fn servers(schema: &Schema) -> Json {
    let hosts = &schema.vendor.hosts;
    if hosts.is_empty() {
        let host = object([
            ("default", text("api.example.com")),
            (
                "description",
                text("The vendor publishes no address: take your company's own."),
            ),
        ]);
        return list([object([
            ("url", text("https://{host}")),
            ("variables", object([("host", host)])),
        ])]);
    }
    list(
        hosts
            .iter()
            .map(|(url, serves)| object([("url", text(url)), ("description", text(serves))])),
    )
}

fn paths(schema: &Schema, names: &Names) -> Json {
    let mut paths: Vec<(String, Vec<(String, Json)>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for operation in &schema.operations {
        let method = operation.method.to_lowercase();
        let mut path = template(&operation.path);
        // Two pages may describe one call in different uses; a document has room for one under each path.
        if known
            .get(&path)
            .is_some_and(|at| paths[*at].1.iter().any(|(other, _)| *other == method))
        {
            path = format!("{path}#{}", operation.endpoint.operation);
        }
        let at = *known.entry(path.clone()).or_insert_with(|| {
            paths.push((path, Vec::new()));
            paths.len() - 1
        });
        paths[at].1.push((method, self::operation(schema, operation, names)));
    }
    object(paths.into_iter().map(|(path, methods)| (path, object(methods))))
}

/// `/contacts/:id` as `/contacts/{id}`.
fn template(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    });
    let path = parts.collect::<Vec<_>>().join("/");
    if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    }
}

fn operation(schema: &Schema, operation: &Operation, names: &Names) -> Json {
    let mut members = vec![("operationId", text(&operation.endpoint.operation))];
    if let Some(title) = &operation.endpoint.title {
        members.push(("summary", text(title)));
    }
    let again = match (operation.writes, operation.idempotent) {
        (false, _) => "Reads only.",
        (true, true) => "Sending it twice is as sending it once.",
        (true, false) => "Sending it twice may do it twice.",
    };
    members.push(("description", text(again)));
    if let Some(url) = &operation.doc_url {
        members.push(("externalDocs", object([("url", text(url))])));
    }
    if !operation.authenticated && schema.vendor.auth.is_some() {
        members.push(("security", list([])));
    }
    let parameters = parameters(operation);
    if !parameters.is_empty() {
        members.push(("parameters", list(parameters)));
    }
    if operation.has_body() {
        let body = schemas::body(operation, &schema.vendor.custom_fields);
        let required = body.get("required").is_some();
        let content = content(body, examples("request", &operation.requests));
        members.push((
            "requestBody",
            object([("required", Json::Bool(required)), ("content", content)]),
        ));
    }
    let answer = content(
        answer(schema, operation, names),
        examples("response", &operation.responses),
    );
    let answer = object([
        ("description", text("Success, or a business error: the envelope tells.")),
        ("content", answer),
    ]);
    members.push(("responses", object([("200", answer)])));
    object(members)
}

fn parameters(operation: &Operation) -> Vec<Json> {
    let placed = [
        (Place::Path, &operation.path_params),
        (Place::Query, &operation.query),
        (Place::Header, &operation.headers),
    ];
    let all = placed
        .into_iter()
        .flat_map(|(place, parameters)| parameters.iter().map(move |parameter| (place, parameter)));
    all.map(|(place, parameter)| self::parameter(place, parameter))
        .collect()
}

fn parameter(place: Place, parameter: &Parameter) -> Json {
    let (word, required) = match place {
        Place::Path => ("path", true),
        Place::Query => ("query", parameter.need == Need::Required),
        Place::Header => ("header", parameter.need == Need::Required),
        Place::Body => ("body", false),
    };
    let mut members = vec![
        ("name", text(parameter.key.trim_start_matches(':'))),
        ("in", text(word)),
        ("required", Json::Bool(required)),
    ];
    if let Some(label) = &parameter.label {
        members.push(("description", text(label)));
    }
    members.push(("schema", schemas::parameter(parameter)));
    object(members)
}

fn content(schema: Json, examples: Option<Json>) -> Json {
    let mut members = vec![("schema", schema)];
    members.extend(examples.map(|examples| ("examples", examples)));
    object([("application/json", object(members))])
}

fn examples(stem: &str, values: &[Json]) -> Option<Json> {
    let named = examples_named(stem).zip(values);
    let named = named.map(|(file, value)| {
        (
            file.trim_end_matches(".json").to_owned(),
            object([("value", value.clone())]),
        )
    });
    (!values.is_empty()).then(|| object(named))
}

/// An answer: the envelope with this operation's data, or a failure.
fn answer(schema: &Schema, operation: &Operation, names: &Names) -> Json {
    let envelope = &schema.vendor.envelope;
    let shown = operation
        .responses
        .iter()
        .filter(|answer| envelope.is_success(answer) || operation.batch.is_some())
        .filter_map(|answer| answer.get(&envelope.data))
        .map(schemas::Seen::of)
        .collect();
    let data = object([(envelope.data.clone(), schemas::response(&operation.payload, &shown))]);
    let success = object([("type", text("object")), ("properties", data)]);
    let success = object([("allOf", list([reference(&names.envelope), success]))]);
    object([("anyOf", list([success, reference(&names.failure)]))])
}

fn components(schema: &Schema, names: &Names) -> Json {
    let shown = Shown::new(schema);
    let mut all: BTreeMap<String, Json> = BTreeMap::new();
    for model in &schema.models {
        let fields = model.fields.iter().map(|field| {
            let mut value = schemas::response(&field.kind, &shown.at(&model.name, &field.key));
            if let (Json::Object(members), Some(label)) = (&mut value, &field.label) {
                members.push(("description".to_owned(), text(label)));
            }
            (field.key.clone(), value)
        });
        let mut members = vec![("type", text("object")), ("properties", object(fields))];
        let custom = &schema.vendor.custom_fields;
        members.extend(
            pattern(custom)
                .filter(|_| shown.has_tenants(&model.name, custom))
                .map(|pattern| ("patternProperties", pattern)),
        );
        all.insert(model.name.clone(), object(members));
    }
    for input in &schema.inputs {
        all.insert(
            input.name.clone(),
            schemas::parameters(&input.parameters, input.label.as_deref()),
        );
    }
    all.insert(names.envelope.clone(), envelope(schema));
    all.insert(names.failure.clone(), failure(schema, names));
    let mut members = Vec::new();
    if let Some(auth) = &schema.vendor.auth {
        let place = match auth.place {
            Place::Query => "query",
            Place::Header | Place::Body | Place::Path => "header",
        };
        let scheme = object([
            ("type", text("apiKey")),
            ("in", text(place)),
            ("name", text(&auth.name)),
            ("description", text(format!("Sent as `{}`.", auth.format))),
        ]);
        members.push(("securitySchemes", object([(AUTH, scheme)])));
    }
    members.push(("schemas", object(all)));
    object(members)
}

/// What stands around every answer.
fn envelope(schema: &Schema) -> Json {
    let rule = &schema.vendor.envelope;
    let kind = |names: &[&str], about: String| {
        object([
            ("type", list(names.iter().map(|name| text(*name)))),
            ("description", text(about)),
        ])
    };
    let mut properties = vec![
        (
            rule.code.clone(),
            kind(&["integer", "string"], format!("`{}` is success.", rule.ok)),
        ),
        (
            rule.message.clone(),
            kind(&["string", "null"], "What happened, for people.".to_owned()),
        ),
    ];
    let optional = [
        (
            &rule.success,
            ["boolean", "null"],
            "False is a failure, whatever the code.",
        ),
        (&rule.error, ["string", "null"], "The error's name, for machines."),
        (
            &rule.request_id,
            ["string", "null"],
            "The call's number, for the vendor's support.",
        ),
    ];
    for (key, names, about) in optional {
        properties.extend(key.as_ref().map(|key| (key.clone(), kind(&names, about.to_owned()))));
    }
    let mut members = vec![("type", text("object")), ("properties", object(properties))];
    if !rule.code_may_be_absent {
        members.push(("required", list([text(&rule.code)])));
    }
    object(members)
}

fn failure(schema: &Schema, names: &Names) -> Json {
    let rule = &schema.vendor.envelope;
    let ok = [Json::Number(rule.ok.clone()), text(&rule.ok)];
    let ok = ok
        .into_iter()
        .filter(|value| !matches!(value, Json::Number(text) if text.parse::<i64>().is_err()));
    let says = |key: &str, value: Json| {
        object([
            ("required", list([text(key)])),
            ("properties", object([(key.to_owned(), value)])),
        ])
    };
    let mut ways = vec![says(&rule.code, object([("not", object([("enum", list(ok))]))]))];
    ways.extend(
        rule.success
            .as_ref()
            .map(|key| says(key, object([("const", Json::Bool(false))]))),
    );
    object([
        ("description", text("A business error, with HTTP 200 as a success.")),
        ("allOf", list([reference(&names.envelope)])),
        ("anyOf", list(ways)),
    ])
}
