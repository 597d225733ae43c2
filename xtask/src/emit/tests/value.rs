//! Rust expressions that build an operation: for doc examples, and for the requests of the generated tests.

use crate::{
    json::Json,
    schema::{Input, Need, Operation, Parameter, ParameterType, Schema, Type},
};

use crate::emit::{operation::first_optional, requests::need};

/// Which parameters an expression sets.
#[derive(Clone, Copy)]
pub(in crate::emit) enum Fill<'a> {
    /// What `new` takes, and one more.
    Required,
    /// Every documented parameter.
    All,
    /// What a request example of the page sets.
    Example(&'a Json),
}

/// `UpdateContact::new("5524470").name("王五")`.
pub(in crate::emit) fn operation(schema: &Schema, operation: &Operation, fill: Fill<'_>) -> String {
    let writer = Writer { schema };
    let parameters = operation.parameters();
    let first = first_optional(operation).map(|parameter| parameter.ident.clone());
    let group = operation.custom_fields.clone().flatten();
    let (fill, outer) = match fill {
        Fill::Example(json) => (
            Fill::Example(json),
            group.as_deref().and_then(|group| json.get(group)).or(Some(json)),
        ),
        other => (other, None),
    };
    let mut text = writer.build(&operation.name, &parameters, fill, &|parameter| {
        first.as_ref() == Some(&parameter.ident)
    });
    if let (Fill::Example(json), Some(outer)) = (fill, outer) {
        // Keys of the example that no table lists.
        let known = |key: &str| {
            parameters.iter().any(|parameter| parameter.key == key) || operation.constants.contains_key(key)
        };
        let groups: Vec<&String> = operation
            .body
            .iter()
            .filter_map(|node| match node {
                crate::schema::BodyNode::Group { key, .. } => Some(key),
                _ => None,
            })
            .collect();
        if let Json::Object(members) = outer {
            for (key, value) in members.iter().filter(|(key, _)| !known(key) && !groups.contains(&key)) {
                text.push_str(&extra(key, value));
            }
        }
        let _ = json;
    }
    text
}

/// The use lines that the expression needs.
pub(in crate::emit) fn imports(schema: &Schema, operation: &Operation, fill: Fill<'_>) -> Vec<String> {
    let text = self::operation(schema, operation, fill);
    let krate = schema.vendor.crate_name.replace('-', "_");
    let mut lines = vec![format!("use {krate}::{};", operation.name)];
    for input in &schema.inputs {
        if text.contains(&format!("{}::new(", input.name)) && input.name != operation.name {
            lines.push(format!("use {krate}::inputs::{};", input.name));
        }
    }
    for kind in ["Id", "Json", "Number"] {
        if text.contains(&format!("{kind}>")) || text.contains(&format!("{kind}::from")) {
            lines.push(format!("use crm_core::model::{kind};"));
        }
    }
    lines
}

struct Writer<'a> {
    schema: &'a Schema,
}

impl Writer<'_> {
    fn input(&self, name: &str) -> Option<&Input> {
        self.schema.inputs.iter().find(|input| input.name == name)
    }

    fn build(
        &self,
        name: &str,
        parameters: &[&Parameter],
        fill: Fill<'_>,
        also: &dyn Fn(&Parameter) -> bool,
    ) -> String {
        let required = parameters.iter().filter(|parameter| need(parameter) == Need::Required);
        let arguments: Vec<String> = required.map(|parameter| self.value(parameter, fill)).collect();
        let mut text = format!("{name}::new({})", arguments.join(", "));
        for parameter in parameters.iter().filter(|parameter| need(parameter) != Need::Required) {
            let set = match fill {
                Fill::Required => also(parameter),
                Fill::All => true,
                Fill::Example(example) => shown(example, parameter).is_some(),
            };
            if !set {
                continue;
            }
            match fill {
                Fill::Example(example) if !shown(example, parameter).is_some_and(|value| fits(parameter, value)) => {
                    text.push_str(&extra(&parameter.key, shown(example, parameter).unwrap_or(&Json::Null)));
                }
                _ => text.push_str(&format!(".{}({})", parameter.ident, self.value(parameter, fill))),
            }
        }
        text
    }

    fn value(&self, parameter: &Parameter, fill: Fill<'_>) -> String {
        let example = match fill {
            Fill::Example(example) => shown(example, parameter).filter(|value| fits(parameter, value)),
            _ => None,
        };
        match &parameter.kind {
            ParameterType::Leaf(kind) => leaf(kind, example.unwrap_or(&parameter.sample)),
            ParameterType::Leaves(kind) => {
                let items: Vec<String> = match example {
                    Some(Json::Array(items)) => items.iter().map(|item| element(kind, item)).collect(),
                    _ => vec![element(kind, &parameter.sample)],
                };
                format!("vec![{}]", items.join(", "))
            }
            ParameterType::Object(name) => self.object(name, example, fill),
            ParameterType::Objects(name) => {
                let items: Vec<String> = match example {
                    Some(Json::Array(items)) => items.iter().map(|item| self.object(name, Some(item), fill)).collect(),
                    _ => vec![self.object(name, None, fill)],
                };
                format!("vec![{}]", items.join(", "))
            }
        }
    }

    fn object(&self, name: &str, example: Option<&Json>, fill: Fill<'_>) -> String {
        let Some(input) = self.input(name) else {
            return format!("{name}::new()");
        };
        let parameters: Vec<&Parameter> = input.parameters.iter().collect();
        let first = parameters
            .iter()
            .find(|parameter| need(parameter) != Need::Required && matches!(parameter.kind, ParameterType::Leaf(_)));
        let first = first.map(|parameter| parameter.ident.clone());
        let fill = match (fill, example) {
            (Fill::Example(_), Some(example)) => Fill::Example(example),
            (Fill::Example(_), None) => Fill::Required,
            (fill, _) => fill,
        };
        let mut text = self.build(name, &parameters, fill, &|parameter| {
            first.as_ref() == Some(&parameter.ident)
        });
        if let Fill::Example(Json::Object(members)) = fill {
            for (key, value) in members
                .iter()
                .filter(|(key, _)| !parameters.iter().any(|parameter| parameter.key == *key))
            {
                text.push_str(&extra(key, value));
            }
        }
        text
    }
}

/// What an example shows of a parameter: in the object itself, or in the group around it.
fn shown<'j>(example: &'j Json, parameter: &Parameter) -> Option<&'j Json> {
    if let Some(value) = example.get(&parameter.key) {
        return Some(value);
    }
    let group = parameter.documented.split(['[', '.']).next()?;
    if group == parameter.documented {
        None
    } else {
        example.get(group)?.get(&parameter.key)
    }
}

/// Whether a value of an example is one that the parameter's type takes.
fn fits(parameter: &Parameter, value: &Json) -> bool {
    match (&parameter.kind, value) {
        (ParameterType::Leaf(kind), value) => fits_leaf(kind, value),
        (ParameterType::Leaves(kind), Json::Array(items)) => items.iter().all(|item| fits_leaf(kind, item)),
        (ParameterType::Object(_), Json::Object(_)) => true,
        (ParameterType::Objects(_), Json::Array(items)) => items.iter().all(|item| matches!(item, Json::Object(_))),
        _ => false,
    }
}

fn fits_leaf(kind: &Type, value: &Json) -> bool {
    match (kind, value) {
        (Type::Json, _) | (Type::Bool, Json::Bool(_)) | (Type::Text | Type::DateTime, Json::String(_)) => true,
        (Type::Id, Json::String(_)) => true,
        (Type::Id | Type::Int, Json::Number(text)) => text.parse::<i64>().is_ok(),
        (Type::Number, Json::Number(_)) => true,
        (Type::Number, Json::String(text)) => text.parse::<f64>().is_ok(),
        (Type::Float, Json::Number(text)) => text.parse::<f64>().is_ok_and(f64::is_finite),
        _ => false,
    }
}

fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

fn compact(value: &Json) -> String {
    let pretty = value.pretty();
    serde_json::from_str::<Box<serde_json::value::RawValue>>(pretty.trim())
        .map_or(pretty.clone(), |raw| raw.get().to_owned())
}

fn json(value: &Json) -> String {
    format!("serde_json::from_str::<Json>({}).unwrap()", literal(&compact(value)))
}

fn extra(key: &str, value: &Json) -> String {
    format!(".param({}, {})", literal(key), json(value))
}

fn leaf(kind: &Type, value: &Json) -> String {
    match (kind, value) {
        (Type::Bool, Json::Bool(value)) => value.to_string(),
        (Type::Int, Json::Number(text)) => format!("{text}_i64"),
        (Type::Id, Json::Number(text)) => format!("{text}_i64"),
        (Type::Float, Json::Number(text)) => format!("{text}_f64"),
        (Type::Number, value) => format!("serde_json::from_str::<Number>({}).unwrap()", literal(&compact(value))),
        (Type::Json, value) => json(value),
        (_, Json::String(text)) => literal(text),
        (_, value) => json(value),
    }
}

/// An element of a list has the element's very type.
fn element(kind: &Type, value: &Json) -> String {
    match (kind, value) {
        (Type::Text, Json::String(text)) => format!("{}.to_owned()", literal(text)),
        (Type::Id, Json::String(text)) => format!("Id::from({})", literal(text)),
        (Type::Id, Json::Number(text)) => format!("Id::from({text}_i64)"),
        (Type::DateTime, Json::String(text)) => format!("{}.into()", literal(text)),
        _ => leaf(kind, value),
    }
}
