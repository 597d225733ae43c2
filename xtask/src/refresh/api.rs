//! The public names of a vendor's crate, as a listing beside the crate: what a review reads first, and what `refresh`
//! holds the next run against.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    fs, io,
    path::{Path, PathBuf},
};

use crate::schema::{Input, Model, Need, Operation, Parameter, ParameterType, Schema, Type};

/// All public names of one vendor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Api {
    pub(crate) items: BTreeMap<String, Item>,
}

/// A generated struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    /// What an operation does: `PUT /api/v2/contacts/:id, answers Contact`. Empty for other structs.
    pub(crate) does: String,
    /// The arguments of `new`, in order. `None` where there is no `new`.
    pub(crate) new: Option<Vec<String>>,
    pub(crate) fields: BTreeMap<String, Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Operation,
    Model,
    Input,
}

/// A public field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) kind: String,
    /// The vendor's key, or the parameter's documented name.
    pub(crate) key: String,
}

impl Kind {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Model => "model",
            Self::Input => "input",
        }
    }
}

/// The listing's place in the workspace.
pub(crate) fn path(schema: &Schema) -> PathBuf {
    PathBuf::from("crates").join(&schema.vendor.crate_name).join("api.txt")
}

impl Api {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut items = BTreeMap::new();
        // Models and inputs live in modules of their own, so that one name may stand in each.
        items.extend(
            schema
                .models
                .iter()
                .map(|model| (format!("models::{}", model.name), Item::model(model))),
        );
        items.extend(
            schema
                .inputs
                .iter()
                .map(|input| (format!("inputs::{}", input.name), Item::input(input))),
        );
        items.extend(
            schema
                .operations
                .iter()
                .map(|operation| (operation.name.clone(), Item::operation(operation))),
        );
        Self { items }
    }

    /// Reads a listing; none is an empty one.
    pub(crate) fn load(path: &Path) -> io::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Reads what `Display` writes. Lines that are not of that form are passed over.
    pub(crate) fn parse(text: &str) -> Self {
        let mut api = Self::default();
        let mut last: Option<String> = None;
        for line in text.lines() {
            if let Some(field) = line.strip_prefix("    ") {
                let Some(item) = last.as_ref().and_then(|name| api.items.get_mut(name)) else {
                    continue;
                };
                if let Some(arguments) = field.strip_prefix("new(").and_then(|rest| rest.strip_suffix(')')) {
                    item.new = Some(
                        arguments
                            .split(", ")
                            .filter(|name| !name.is_empty())
                            .map(str::to_owned)
                            .collect(),
                    );
                } else if let Some((name, rest)) = field.split_once(": ")
                    && let Some((kind, key)) = rest.split_once(" = ")
                    && let Ok(key) = serde_json::from_str(key)
                {
                    item.fields.insert(
                        name.to_owned(),
                        Field {
                            kind: kind.to_owned(),
                            key,
                        },
                    );
                }
                continue;
            }
            let Some((word, rest)) = line.split_once(' ') else {
                continue;
            };
            let kind = [Kind::Operation, Kind::Model, Kind::Input]
                .into_iter()
                .find(|kind| kind.word() == word);
            let Some(kind) = kind else { continue };
            let (name, does) = rest.split_once(": ").unwrap_or((rest, ""));
            last = Some(name.to_owned());
            api.items.insert(
                name.to_owned(),
                Item {
                    kind,
                    does: does.to_owned(),
                    new: None,
                    fields: BTreeMap::new(),
                },
            );
        }
        api
    }

    /// Names of fields that the next run would give to another key: `Model.key`, and the name that the key has now. A
    /// name that stands stays with its key.
    pub(crate) fn moved(&self, next: &Self) -> BTreeMap<String, String> {
        let mut moved = BTreeMap::new();
        for (name, item) in &self.items {
            let Some(other) = next.items.get(name).filter(|other| other.kind == item.kind) else {
                continue;
            };
            let by_key: BTreeMap<&str, &str> = other
                .fields
                .iter()
                .map(|(ident, field)| (field.key.as_str(), ident.as_str()))
                .collect();
            for (ident, field) in &item.fields {
                if by_key.get(field.key.as_str()).is_some_and(|now| now != ident) {
                    let owner = name.rsplit("::").next().unwrap_or(name);
                    moved.insert(format!("{owner}.{}", field.key), ident.clone());
                }
            }
        }
        moved
    }
}

impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("# @generated by `cargo xtask refresh`: the public names and what they stand for; do not edit.\n")?;
        for (name, item) in &self.items {
            write!(f, "\n{} {name}", item.kind.word())?;
            f.write_str(if item.does.is_empty() { "\n" } else { ": " })?;
            if !item.does.is_empty() {
                writeln!(f, "{}", item.does)?;
            }
            if let Some(arguments) = &item.new {
                writeln!(f, "    new({})", arguments.join(", "))?;
            }
            for (ident, field) in &item.fields {
                let key = serde_json::to_string(&field.key).map_err(|_| fmt::Error)?;
                writeln!(f, "    {ident}: {} = {key}", field.kind)?;
            }
        }
        Ok(())
    }
}

impl Item {
    fn model(model: &Model) -> Self {
        let fields = model.fields.iter().map(|field| {
            let kind = match &field.kind {
                list @ Type::List(_) => rust(list),
                other => format!("Option<{}>", rust(other)),
            };
            (
                field.ident.clone(),
                Field {
                    kind,
                    key: field.key.clone(),
                },
            )
        });
        Self {
            kind: Kind::Model,
            does: String::new(),
            new: None,
            fields: fields.collect(),
        }
    }

    fn input(input: &Input) -> Self {
        Self::parameters(Kind::Input, String::new(), &input.parameters.iter().collect::<Vec<_>>())
    }

    fn operation(operation: &Operation) -> Self {
        let mut does = format!(
            "{} {}, answers {}",
            operation.method,
            one_line(&operation.path),
            rust(&operation.payload)
        );
        if operation.batch.is_some() {
            does.push_str(", in batches");
        }
        if operation.paging.is_some() {
            does.push_str(", in pages");
        }
        Self::parameters(Kind::Operation, does, &operation.parameters())
    }

    fn parameters(kind: Kind, does: String, parameters: &[&Parameter]) -> Self {
        let required = parameters.iter().filter(|parameter| parameter.need == Need::Required);
        let new = required.map(|parameter| parameter.ident.clone()).collect();
        let fields = parameters.iter().map(|parameter| {
            let key = if kind == Kind::Input {
                &parameter.key
            } else {
                &parameter.documented
            };
            (
                parameter.ident.clone(),
                Field {
                    kind: parameter_type(parameter),
                    key: key.clone(),
                },
            )
        });
        Self {
            kind,
            does,
            new: Some(new),
            fields: fields.collect(),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect()
}

fn parameter_type(parameter: &Parameter) -> String {
    let bare = match &parameter.kind {
        ParameterType::Leaf(kind) => rust(kind),
        ParameterType::Leaves(kind) => format!("Vec<{}>", rust(kind)),
        ParameterType::Object(name) => name.clone(),
        ParameterType::Objects(name) => format!("Vec<{name}>"),
    };
    match (parameter.need, &parameter.kind) {
        (Need::Required, _) => bare,
        (Need::Patch, ParameterType::Object(_)) | (Need::Optional, _) => format!("Option<{bare}>"),
        (Need::Patch, _) => format!("Patch<{bare}>"),
    }
}

/// A type as it stands in generated code.
pub(crate) fn rust(kind: &Type) -> String {
    let plain = match kind {
        Type::Bool => "bool",
        Type::Int => "i64",
        Type::Float => "f64",
        Type::Text => "String",
        Type::Id => "Id",
        Type::Number => "Number",
        Type::DateTime => "DateTime",
        Type::Scalar => "Scalar",
        Type::Json => "Json",
        Type::Model(name) => name,
        Type::Boxed(name) => return format!("Box<{name}>"),
        Type::List(element) => return format!("Vec<{}>", rust(element)),
    };
    plain.to_owned()
}

/// `fixtures/<vendor>/names.toml`: names that stand although a later page has a key of the same spelling.
pub(crate) fn names_file(fields: &BTreeMap<String, String>) -> String {
    let mut text = String::from(
        "# Names that stand although a later page has a key of the same spelling. Written by `cargo xtask refresh`; keep it.\n\n[fields]\n",
    );
    for (place, name) in fields {
        let _ = writeln!(text, "{} = {}", quoted(place), quoted(name));
    }
    text
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
