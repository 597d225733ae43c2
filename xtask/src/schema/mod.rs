//! Fixtures -> schema: what types, operations and parameters one vendor's pages add up to.
//!
//! Knows nothing of Rust syntax beyond names; [`crate::emit`] knows nothing of pages.

mod examples;
pub(crate) mod names;
mod observed;
mod paging;
mod parameters;
mod personal;
mod rows;
mod settle;
mod shapes;

pub(crate) use observed::{Type, Word as TypeWord, word as type_word};
pub(crate) use paging::Paging;
pub(crate) use rows::segments;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    fixture::{Endpoint, Fixture},
    json::Json,
    vendor::{BatchRule, Vendor},
};

use names::OperationWords;

/// Everything that is generated for one vendor.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) vendor: Vendor,
    pub(crate) models: Vec<Model>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) operations: Vec<Operation>,
}

/// A struct of answers, merged over all pages.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) fields: Vec<ModelField>,
    /// The operations that answer with it.
    pub(crate) operations: BTreeSet<String>,
}

#[derive(Debug)]
pub(crate) struct ModelField {
    pub(crate) ident: String,
    pub(crate) key: String,
    pub(crate) kind: Type,
    pub(crate) label: Option<String>,
    pub(crate) personal: bool,
    /// Whether no page shows any value, nor a table a type.
    unseen: bool,
}

/// A struct of requests.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) label: Option<String>,
}

/// One documented parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) ident: String,
    /// The key in its object, or the whole name in a query or header.
    pub(crate) key: String,
    /// The name as documented.
    pub(crate) documented: String,
    pub(crate) kind: ParameterType,
    pub(crate) need: Need,
    pub(crate) label: Option<String>,
    pub(crate) personal: bool,
    /// A value for tests: the page's own where it shows one.
    pub(crate) sample: Json,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParameterType {
    Leaf(Type),
    Leaves(Type),
    Object(String),
    Objects(String),
}

/// Whether a parameter must be there, and what leaving it out means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// An argument of `new`.
    Required,
    /// Sent when set.
    Optional,
    /// Kept, cleared or set.
    Patch,
}

/// One place of a body, in the order of the page.
#[derive(Debug)]
pub(crate) enum BodyNode {
    Field(Parameter),
    Constant {
        key: String,
        value: String,
    },
    /// An object whose members are the operation's own parameters.
    Group {
        key: String,
        nodes: Vec<BodyNode>,
        always: bool,
    },
}

/// One callable operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) endpoint: Endpoint,
    pub(crate) name: String,
    /// The page's address, or where the vendor's documentation begins.
    pub(crate) doc_url: Option<String>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) idempotent: bool,
    pub(crate) writes: bool,
    pub(crate) authenticated: bool,
    /// Whether hand-written code holds its values to rules that the page states in words.
    pub(crate) checked: bool,
    pub(crate) promises_data: bool,
    pub(crate) batch: Option<Batch>,
    /// The type in the data place.
    pub(crate) payload: Type,
    pub(crate) path_params: Vec<Parameter>,
    pub(crate) query: Vec<Parameter>,
    pub(crate) headers: Vec<Parameter>,
    pub(crate) body: Vec<BodyNode>,
    /// Whether the body takes tenant-defined keys, and in which group.
    pub(crate) custom_fields: Option<Option<String>>,
    /// How the list goes on, where it comes in pages.
    pub(crate) paging: Option<Paging>,
    pub(crate) constants: BTreeMap<String, String>,
    pub(crate) requests: Vec<Json>,
    pub(crate) responses: Vec<Json>,
}

/// A batch and the idents that its report is made from.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) rule: BatchRule,
    pub(crate) rows: String,
    pub(crate) succeeded: (String, String),
    pub(crate) failed: (String, String),
}

impl Operation {
    /// All parameters that are fields of the operation's struct, in order.
    pub(crate) fn parameters(&self) -> Vec<&Parameter> {
        fn walk<'a>(nodes: &'a [BodyNode], found: &mut Vec<&'a Parameter>) {
            for node in nodes {
                match node {
                    BodyNode::Field(parameter) => found.push(parameter),
                    BodyNode::Group { nodes, .. } => walk(nodes, found),
                    BodyNode::Constant { .. } => {}
                }
            }
        }
        let mut found: Vec<&Parameter> = self.path_params.iter().chain(&self.query).collect();
        walk(&self.body, &mut found);
        found.extend(&self.headers);
        found
    }

    pub(crate) fn has_body(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD") && (!self.body.is_empty() || self.method != "DELETE")
    }
}

/// Why no code can be made of a fixture.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(crate) enum SchemaError {
    #[error("{vendor}/{operation}: the page lost its {what}")]
    #[diagnostic(help(
        "add to fixtures/{vendor}/vendor.toml:\n\n[[fixup]]\noperation = \"{operation}\"\n{what} = \"…\"\nreason = \"…\"\n"
    ))]
    Missing {
        vendor: String,
        operation: String,
        what: &'static str,
    },
    #[error("{vendor}: the operations {first} and {second} would both be named `{name}`")]
    #[diagnostic(help(
        "give one of them another name in fixtures/{vendor}/vendor.toml:\n\n[operation.{second}]\nname = \"…\"\n"
    ))]
    TwoOperations {
        vendor: String,
        first: String,
        second: String,
        name: String,
    },
    #[error("{vendor}/{operation}: `{what}`, named in vendor.toml, is not in the page's tables or examples")]
    #[diagnostic(help("correct [operation.{operation}] in fixtures/{vendor}/vendor.toml"))]
    UnknownName {
        vendor: String,
        operation: String,
        what: String,
    },
}

/// Reads a vendor's fixtures, fix-ups applied, into a schema.
pub(crate) fn build(vendor: Vendor, fixtures: &[Fixture]) -> Result<Schema, SchemaError> {
    let fixtures: Vec<Fixture> = fixtures.iter().cloned().map(with_path_template).collect();
    let fixtures = fixtures.as_slice();
    let mut shapes = shapes::Shapes::new(&vendor);
    for fixture in fixtures {
        shapes.add(fixture);
    }
    let models = shapes.models();
    let mut inputs = parameters::Inputs::new(&vendor, &models);
    let mut operations = Vec::new();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for fixture in fixtures {
        let operation = self::operation(&vendor, fixture, &shapes, &models, &mut inputs)?;
        if let Some(first) = taken.insert(operation.name.clone(), operation.endpoint.operation.clone()) {
            return Err(SchemaError::TwoOperations {
                vendor: vendor.name,
                first,
                second: operation.endpoint.operation,
                name: operation.name,
            });
        }
        operations.push(operation);
    }
    let inputs = inputs.finish();
    Ok(Schema {
        vendor,
        models,
        inputs,
        operations,
    })
}

/// Pages write a path parameter as `:id`, `{id}` or `<id>`; here it is `:id`.
fn with_path_template(mut fixture: Fixture) -> Fixture {
    if let Some(path) = &mut fixture.endpoint.path {
        let segments = path.split('/').map(|segment| {
            let marks = [("{{", "}}"), ("${", "}"), ("{", "}"), ("<", ">")];
            let inner = marks
                .iter()
                .find_map(|(open, close)| segment.strip_prefix(open)?.strip_suffix(close));
            inner
                .filter(|name| !name.is_empty())
                .map_or_else(|| segment.to_owned(), |name| format!(":{name}"))
        });
        *path = segments.collect::<Vec<_>>().join("/");
    }
    fixture
}

fn operation(
    vendor: &Vendor,
    fixture: &Fixture,
    shapes: &shapes::Shapes<'_>,
    models: &[Model],
    inputs: &mut parameters::Inputs<'_>,
) -> Result<Operation, SchemaError> {
    let endpoint = fixture.endpoint.clone();
    let name = &endpoint.operation;
    let missing = |what| SchemaError::Missing {
        vendor: vendor.name.clone(),
        operation: name.clone(),
        what,
    };
    let method = endpoint.method.clone().ok_or_else(|| missing("method"))?.to_uppercase();
    let path = endpoint.path.clone().ok_or_else(|| missing("path"))?;
    let words = OperationWords::of(name);
    let rule = vendor.rule(name);
    let reads = method == "GET" || words.reads();
    let parts = inputs.operation(fixture, &rule, words.updates() || method == "PUT" || method == "PATCH");
    let payload = shapes.payload(name);
    let promises_data = !rule.data_optional
        && fixture.responses.iter().any(|answer| {
            vendor.envelope.is_success(answer)
                && !matches!(answer.get(&vendor.envelope.data), None | Some(Json::Null))
                && answer.get(&vendor.envelope.data) != Some(&Json::Object(Vec::new()))
                && !matches!(answer.get(&vendor.envelope.data), Some(Json::Array(_)))
        });
    let batch = match &rule.batch {
        None => None,
        Some(batch) => Some(self::batch(vendor, name, batch, &payload, models)?),
    };
    let custom_fields = if vendor.custom_fields.prefixes.is_empty() || reads {
        None
    } else {
        parts.custom_place()
    };
    for constant in rule.constants.keys() {
        if !fixture.endpoint.params.iter().any(|param| param.name == *constant) {
            return Err(SchemaError::UnknownName {
                vendor: vendor.name.clone(),
                operation: name.clone(),
                what: constant.clone(),
            });
        }
    }
    let paging = paging::of(&parts, &payload, models);
    Ok(Operation {
        paging,
        doc_url: endpoint
            .source
            .url
            .clone()
            .or_else(|| rule.doc.clone())
            .or_else(|| vendor.docs.clone()),
        name: rule.name.clone().unwrap_or_else(|| words.type_name()),
        idempotent: rule
            .idempotent
            .unwrap_or(reads || matches!(method.as_str(), "PUT" | "DELETE")),
        writes: rule.writes.unwrap_or(!reads),
        authenticated: rule.authenticated.unwrap_or(true),
        checked: rule.checked,
        promises_data,
        batch,
        payload,
        path_params: parts.path,
        query: parts.query,
        headers: parts.headers,
        body: parts.body,
        custom_fields,
        constants: rule.constants,
        requests: fixture.requests.clone(),
        responses: fixture.responses.clone(),
        method,
        path,
        endpoint,
    })
}

fn batch(
    vendor: &Vendor,
    operation: &str,
    rule: &BatchRule,
    payload: &Type,
    models: &[Model],
) -> Result<Batch, SchemaError> {
    let unknown = |what: &str| SchemaError::UnknownName {
        vendor: vendor.name.clone(),
        operation: operation.to_owned(),
        what: what.to_owned(),
    };
    let Type::Model(payload) = payload else {
        return Err(unknown("batch"));
    };
    let model = models
        .iter()
        .find(|model| model.name == *payload)
        .ok_or_else(|| unknown(payload))?;
    let list = |key: &str| {
        let field = model
            .fields
            .iter()
            .find(|field| field.key == key)
            .ok_or_else(|| unknown(key))?;
        match &field.kind {
            Type::List(element) => match &**element {
                Type::Model(row) => Ok((field.ident.clone(), row.clone())),
                _ => Err(unknown(key)),
            },
            _ => Err(unknown(key)),
        }
    };
    Ok(Batch {
        rows: names::field(&rule.rows),
        succeeded: list(&rule.succeeded)?,
        failed: list(&rule.failed)?,
        rule: rule.clone(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_path_parameter_is_one() {
        for (page, template) in [
            ("/a/:id/b", "/a/:id/b"),
            ("/a/{id}/b", "/a/:id/b"),
            ("/a/${id}", "/a/:id"),
            ("/a/{{id}}", "/a/:id"),
            ("/a/<id>", "/a/:id"),
            ("/a/{}", "/a/{}"),
            ("/a.{format}", "/a.{format}"),
        ] {
            let mut fixture = Fixture {
                endpoint: toml::from_str("operation = \"x\"").unwrap(),
                requests: Vec::new(),
                responses: Vec::new(),
                page: Default::default(),
            };
            fixture.endpoint.path = Some(page.to_owned());
            assert_eq!(with_path_template(fixture).endpoint.path.as_deref(), Some(template));
        }
    }
}
