//! Types as JSON Schema (2020-12, as OpenAPI 3.1 has it).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    json::Json,
    schema::{BodyNode, Need, Operation, Parameter, ParameterType, Schema, Type},
    vendor::CustomRule,
};

/// An object in the order in which it is written here.
pub(super) fn object(members: impl IntoIterator<Item = (impl Into<String>, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

pub(super) fn text(text: impl Into<String>) -> Json {
    Json::String(text.into())
}

pub(super) fn list(items: impl IntoIterator<Item = Json>) -> Json {
    Json::Array(items.into_iter().collect())
}

pub(super) fn reference(name: &str) -> Json {
    object([("$ref", text(format!("#/components/schemas/{name}")))])
}

/// `{"type": "string"}`, `{"type": ["string", "integer"]}`.
fn typed(names: &[&str]) -> Json {
    let kinds = match names {
        [one] => text(*one),
        many => list(many.iter().map(|name| text(*name))),
    };
    object([("type", kinds)])
}

/// The JSON types of a scalar. An id and an amount are text on one page and a number on the next.
fn scalar(kind: &Type) -> &'static [&'static str] {
    match kind {
        Type::Bool => &["boolean"],
        Type::Int => &["integer"],
        Type::Float => &["number"],
        Type::Text | Type::DateTime => &["string"],
        Type::Id => &["string", "integer"],
        Type::Number => &["string", "number"],
        Type::Scalar => &["string", "number", "boolean"],
        Type::Json | Type::Model(_) | Type::Boxed(_) | Type::List(_) => &[],
    }
}

/// Adds members to a schema that is an object.
fn with(schema: Json, more: impl IntoIterator<Item = (&'static str, Option<Json>)>) -> Json {
    let Json::Object(mut members) = schema else {
        return schema;
    };
    members.extend(
        more.into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?))),
    );
    Json::Object(members)
}

/// A type, and what else examples show in its place: `[]` where an object should be, null, a number for a text.
pub(super) fn response(kind: &Type, seen: &BTreeSet<Seen>) -> Json {
    let base = match kind {
        Type::Json => return anything(),
        Type::Model(name) | Type::Boxed(name) => reference(name),
        Type::List(element) => with(
            typed(&["array"]),
            [("items", Some(response(element, &BTreeSet::new())))],
        ),
        scalar_kind => {
            let mut names: Vec<&str> = scalar(scalar_kind).to_vec();
            for name in seen.iter().filter_map(|seen| seen.scalar()) {
                let known = names.contains(&name) || (name == "integer" && names.contains(&"number"));
                if !known {
                    names.push(name);
                }
            }
            let plain = typed(&names);
            let odd = seen.iter().filter_map(|seen| seen.container()).collect::<Vec<_>>();
            return if odd.is_empty() {
                plain
            } else {
                any_of(std::iter::once(plain).chain(odd))
            };
        }
    };
    let is_list = matches!(kind, Type::List(_));
    let odd = seen.iter().filter_map(|seen| match seen {
        Seen::List | Seen::EmptyList if is_list => None,
        Seen::Object | Seen::EmptyObject if !is_list => None,
        other => other.container().or_else(|| other.scalar().map(|name| typed(&[name]))),
    });
    let odd: Vec<Json> = odd.collect();
    if odd.is_empty() {
        base
    } else {
        any_of(std::iter::once(base).chain(odd))
    }
}

fn any_of(schemas: impl IntoIterator<Item = Json>) -> Json {
    object([("anyOf", list(schemas))])
}

/// What an example shows in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    Text,
    Integer,
    Fraction,
    Boolean,
    EmptyList,
    List,
    EmptyObject,
    Object,
    Null,
}

impl Seen {
    pub(super) fn of(value: &Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(_) => Self::Boolean,
            Json::Number(text) if text.contains(['.', 'e', 'E']) => Self::Fraction,
            Json::Number(_) => Self::Integer,
            Json::String(_) => Self::Text,
            Json::Array(items) if items.is_empty() => Self::EmptyList,
            Json::Array(_) => Self::List,
            Json::Object(members) if members.is_empty() => Self::EmptyObject,
            Json::Object(_) => Self::Object,
        }
    }

    const fn scalar(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("string"),
            Self::Integer => Some("integer"),
            Self::Fraction => Some("number"),
            Self::Boolean => Some("boolean"),
            Self::Null => Some("null"),
            Self::EmptyList | Self::List | Self::EmptyObject | Self::Object => None,
        }
    }

    fn container(self) -> Option<Json> {
        let limited = |kind, limit| object([("type", text(kind)), (limit, Json::Number("0".to_owned()))]);
        match self {
            Self::EmptyList => Some(limited("array", "maxItems")),
            Self::EmptyObject => Some(limited("object", "maxProperties")),
            Self::List => Some(typed(&["array"])),
            Self::Object => Some(typed(&["object"])),
            _ => None,
        }
    }
}

/// What the examples of all operations show of each field, by model and key.
pub(super) struct Shown(BTreeMap<(String, String), BTreeSet<Seen>>);

impl Shown {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut shown = Self(BTreeMap::new());
        for operation in &schema.operations {
            for answer in &operation.responses {
                if let Some(data) = answer.get(&schema.vendor.envelope.data) {
                    shown.walk(schema, &operation.payload, data);
                }
            }
        }
        shown
    }

    pub(super) fn at(&self, model: &str, key: &str) -> BTreeSet<Seen> {
        self.0
            .get(&(model.to_owned(), key.to_owned()))
            .cloned()
            .unwrap_or_default()
    }

    /// Whether an example shows a key that is no field of the model.
    pub(super) fn has_tenants(&self, model: &str, custom: &CustomRule) -> bool {
        let range = (model.to_owned(), String::new())..;
        self.0
            .range(range)
            .take_while(|((name, _), _)| name == model)
            .any(|((_, key), _)| custom.matches(key))
    }

    fn walk(&mut self, schema: &Schema, kind: &Type, value: &Json) {
        match (kind, value) {
            (Type::List(element), Json::Array(items)) => {
                for item in items {
                    self.walk(schema, element, item);
                }
            }
            (Type::Model(name) | Type::Boxed(name), Json::Object(members)) => {
                let Some(model) = schema.models.iter().find(|model| model.name == *name) else {
                    return;
                };
                for (key, value) in members {
                    self.0
                        .entry((name.clone(), key.clone()))
                        .or_default()
                        .insert(Seen::of(value));
                    if let Some(field) = model.fields.iter().find(|field| field.key == *key) {
                        self.walk(schema, &field.kind, value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The schema of what one parameter sends.
pub(super) fn parameter(parameter: &Parameter) -> Json {
    let leaf = |kind: &Type| match scalar(kind) {
        [] => anything(),
        names => typed(names),
    };
    match &parameter.kind {
        ParameterType::Leaf(kind) => leaf(kind),
        ParameterType::Leaves(kind) => with(typed(&["array"]), [("items", Some(leaf(kind)))]),
        ParameterType::Object(name) => reference(name),
        ParameterType::Objects(name) => with(typed(&["array"]), [("items", Some(reference(name)))]),
    }
}

/// The same with what the page says of it.
fn described(parameter_: &Parameter) -> Json {
    with(
        parameter(parameter_),
        [("description", parameter_.label.as_ref().map(text))],
    )
}

/// An object of parameters.
pub(super) fn parameters(parameters: &[Parameter], label: Option<&str>) -> Json {
    let required = parameters
        .iter()
        .filter(|parameter| parameter.need == Need::Required)
        .map(|parameter| text(&parameter.key));
    let required: Vec<Json> = required.collect();
    with(
        typed(&["object"]),
        [
            ("description", label.map(text)),
            (
                "properties",
                Some(object(
                    parameters
                        .iter()
                        .map(|parameter| (&parameter.key, described(parameter))),
                )),
            ),
            ("required", (!required.is_empty()).then(|| list(required))),
        ],
    )
}

/// The body of an operation. Tenant-defined keys are told by how they look.
pub(super) fn body(operation: &Operation, custom: &CustomRule) -> Json {
    let custom = pattern(custom);
    nodes(operation, &operation.body, None, custom.as_ref())
}

fn nodes(operation: &Operation, nodes_: &[BodyNode], group: Option<&str>, custom: Option<&Json>) -> Json {
    let property = |node: &BodyNode| match node {
        BodyNode::Field(parameter) => (parameter.key.clone(), described(parameter)),
        BodyNode::Constant { key, value } => (key.clone(), object([("const", text(value))])),
        BodyNode::Group { key, nodes: inner, .. } => (key.clone(), nodes(operation, inner, Some(key), custom)),
    };
    let must = |node: &&BodyNode| match node {
        BodyNode::Field(parameter) => parameter.need == Need::Required,
        BodyNode::Constant { .. } => true,
        BodyNode::Group { always, .. } => *always,
    };
    let name = |node: &BodyNode| match node {
        BodyNode::Field(parameter) => text(&parameter.key),
        BodyNode::Constant { key, .. } | BodyNode::Group { key, .. } => text(key),
    };
    let required: Vec<Json> = nodes_.iter().filter(must).map(name).collect();
    let here = operation
        .custom_fields
        .as_ref()
        .is_some_and(|place| place.as_deref() == group);
    with(
        typed(&["object"]),
        [
            ("properties", Some(object(nodes_.iter().map(property)))),
            ("required", (!required.is_empty()).then(|| list(required))),
            ("patternProperties", custom.filter(|_| here).cloned()),
        ],
    )
}

/// `patternProperties` for a tenant's own keys; none where the vendor has none.
pub(super) fn pattern(custom: &CustomRule) -> Option<Json> {
    if custom.prefixes.is_empty() {
        return None;
    }
    let any = |words: &[String]| words.iter().map(|word| escape(word)).collect::<Vec<_>>().join("|");
    let companions = if custom.companions.is_empty() {
        String::new()
    } else {
        format!("({})?", any(&custom.companions))
    };
    let pattern = format!("^({})[0-9A-Fa-f]+{companions}$", any(&custom.prefixes));
    let value = object([("description", text("A field that the company defined itself."))]);
    Some(object([(pattern, value)]))
}

/// A word inside a regular expression.
fn escape(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !c.is_alphanumeric() && c != '_' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The schema that everything fits.
fn anything() -> Json {
    Json::Object(Vec::new())
}
