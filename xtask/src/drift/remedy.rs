//! What the SDK does about a disagreement, in words.

use crate::schema::{Model, ModelField, Need, Operation, Parameter, ParameterType, Schema, Type};

use super::{
    compare::{Disagreement, Fact},
    finding::Part,
    twins::are_twins,
};

/// The generated code that a finding touches.
#[derive(Clone, Copy)]
pub(super) struct Sdk<'a> {
    pub(super) schema: &'a Schema,
    pub(super) operation: &'a Operation,
}

/// A parameter, and the struct that has it.
struct Setter<'a> {
    owner: &'a str,
    parameter: &'a Parameter,
}

impl Sdk<'_> {
    /// The whole sentence of a finding: what disagrees, and what the SDK does. `pointer`: where a row stands in answers.
    pub(super) fn describe(self, one: &Disagreement, pointer: Option<&str>) -> String {
        let key = one
            .place
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .replace("~1", "/")
            .replace("~0", "~");
        let request = matches!(one.part, Part::Request(_));
        match &one.fact {
            Fact::Undocumented if request => {
                format!(
                    "in no row of the request table. The SDK has no setter for it; {}",
                    self.by_hand(&one.place, &key)
                )
            }
            Fact::Undocumented => format!("in no row of the response table. {}", self.reads(&one.place)),
            Fact::NotInExample => {
                let reads = match pointer.and_then(|pointer| self.field(pointer)) {
                    Some((model, field)) => format!(
                        "`{model}::{}` reads it where it comes, and is empty where not",
                        field.ident
                    ),
                    None => "The SDK reads it where it comes".to_owned(),
                };
                format!("no example of the page shows it. {reads}.")
            }
            Fact::Twin { other, row: Some(row) } if request => format!(
                "the table says `{other}`. The SDK sends the table's, by {}; {}",
                self.setter(row)
                    .map_or_else(|| "its own method".to_owned(), |setter| setter.name()),
                self.by_hand(&one.place, &key)
            ),
            Fact::Twin { other, row: Some(_) } => {
                let documented = sibling(&one.place, other);
                match (self.field(&one.place), self.field(&documented)) {
                    (Some((model, shown)), Some((_, told))) => format!(
                        "the table says `{other}`. The SDK reads both: `{model}::{}` as the example has it, `{model}::{}` as the table has it.",
                        shown.ident, told.ident
                    ),
                    _ => format!("the table says `{other}`. The SDK keeps what comes in `extra`."),
                }
            }
            Fact::Twin { other, row: None } => {
                match (self.field(&one.place), self.field(&sibling(&one.place, other))) {
                    (Some((model, here)), Some((_, there))) => {
                        format!(
                            "other rows say `{other}`. The SDK reads both: `{model}::{}` and `{model}::{}`.",
                            here.ident, there.ident
                        )
                    }
                    _ => format!("other rows say `{other}`. The SDK sends and reads both."),
                }
            }
            Fact::Type {
                row, documented, found, ..
            } if request => {
                format!("documented as `{documented}`, shown as {found}. {}", self.takes(row))
            }
            Fact::Type {
                documented,
                found,
                empty,
                ..
            } => {
                format!(
                    "documented as `{documented}`, shown as {found}. {}",
                    self.reads_type(&one.place, *empty)
                )
            }
            Fact::Absent { row } => match self.setter(row) {
                Some(setter) if setter.parameter.need == Need::Required => {
                    format!(
                        "the table requires it, the example leaves it out. `{}::new` asks for it.",
                        setter.owner
                    )
                }
                _ => "the table requires it, the example leaves it out. The SDK leaves it to the caller.".to_owned(),
            },
            Fact::Value { value, listed } => {
                let codes: Vec<String> = listed.iter().map(|code| format!("`{code}`")).collect();
                let meant = listed.iter().find(|code| are_twins(code, value));
                let meant = meant.map_or_else(String::new, |code| format!(", though it looks like `{code}`"));
                let does = if request {
                    "The SDK sends any value here"
                } else {
                    "The SDK reads any value here"
                };
                format!(
                    "`{value}` is none of the documented {}{meant}. {does}.",
                    codes.join(", ")
                )
            }
        }
    }

    /// How to send a key that has no setter.
    fn by_hand(self, place: &str, key: &str) -> String {
        let parents: Vec<&str> = place
            .split('/')
            .filter(|part| !part.is_empty() && !is_index(part))
            .collect();
        let parents = parents.split_last().map_or(&[][..], |(_, parents)| parents);
        let top = self.operation.custom_fields.as_ref().and_then(Option::as_deref);
        let owner = match (parents, top) {
            ([], None) => Some(self.operation.name.as_str()),
            ([only], Some(group)) if *only == group => Some(self.operation.name.as_str()),
            ([.., parent], _) => self.input(parent),
            ([], Some(_)) => None,
        };
        match owner {
            Some(owner) => format!("`{owner}::param(\"{key}\", …)` sends this one."),
            None => "a raw call sends it.".to_owned(),
        }
    }

    /// The struct behind a parameter that holds objects.
    fn input(&self, key: &str) -> Option<&str> {
        self.setters()
            .find(|setter| setter.parameter.key == key)
            .and_then(|setter| match &setter.parameter.kind {
                ParameterType::Object(name) | ParameterType::Objects(name) => Some(name.as_str()),
                ParameterType::Leaf(_) | ParameterType::Leaves(_) => None,
            })
    }

    fn setters(&self) -> impl Iterator<Item = Setter<'_>> {
        let own = self.operation.parameters().into_iter();
        let own = own.map(|parameter| Setter {
            owner: &self.operation.name,
            parameter,
        });
        own.chain(self.schema.inputs.iter().flat_map(|input| {
            input.parameters.iter().map(|parameter| Setter {
                owner: &input.name,
                parameter,
            })
        }))
    }

    fn setter(&self, row: &str) -> Option<Setter<'_>> {
        self.setters().find(|setter| setter.parameter.documented == row)
    }

    fn takes(self, row: &str) -> String {
        if self.operation.constants.contains_key(row) {
            return "The SDK always sends the documented value, as the text that the example shows.".to_owned();
        }
        let Some(setter) = self.setter(row) else {
            return "The SDK sends what the caller gives.".to_owned();
        };
        let does = match &setter.parameter.kind {
            ParameterType::Leaf(Type::Id) => "takes an `Id`, and sends text or number as it was given".to_owned(),
            ParameterType::Leaves(Type::Id) => {
                "takes a list of `Id`, and sends texts or numbers as they were given".to_owned()
            }
            ParameterType::Leaf(kind) => format!("takes `{}`", rust(kind)),
            ParameterType::Leaves(kind) => format!("takes `Vec<{}>`", rust(kind)),
            ParameterType::Object(name) => format!("takes `{name}`"),
            ParameterType::Objects(name) => format!("takes `Vec<{name}>`"),
        };
        format!("{} {does}.", setter.name())
    }

    fn reads(&self, pointer: &str) -> String {
        match self.field(pointer) {
            Some((model, field)) => format!("The SDK reads it, as `{model}::{}`.", field.ident),
            None => "The SDK keeps it in `extra`.".to_owned(),
        }
    }

    fn reads_type(&self, pointer: &str, empty: bool) -> String {
        let Some((model, field)) = self.field(pointer) else {
            return "The SDK decodes both.".to_owned();
        };
        let name = format!("`{model}::{}`", field.ident);
        match &field.kind {
            Type::List(_) if empty => format!("{name} reads it as no rows."),
            _ if empty => format!("{name} reads it as absent."),
            Type::Id => format!("{name} is an `Id`, and keeps text or number as it came."),
            Type::Number => format!("{name} is a `Number`, and keeps the digits of either."),
            Type::Scalar | Type::Json => format!("{name} is a `{}`, and holds either.", rust(&field.kind)),
            kind => format!(
                "{name} is `{}` as the example shows it; what does not fit goes to `extra`.",
                rust(kind)
            ),
        }
    }

    /// The model's field at a JSON pointer into an answer.
    fn field(&self, pointer: &str) -> Option<(&str, &ModelField)> {
        let mut parts = pointer.split('/').skip(1).filter(|part| !is_index(part));
        if parts.next()? != self.schema.vendor.envelope.data {
            return None;
        }
        let mut kind = &self.operation.payload;
        let mut found = None;
        for part in parts {
            let model = self.model(kind)?;
            let key = part.replace("~1", "/").replace("~0", "~");
            let field = model.fields.iter().find(|field| field.key == key)?;
            found = Some((model.name.as_str(), field));
            kind = &field.kind;
        }
        found
    }

    fn model(&self, kind: &Type) -> Option<&Model> {
        match kind {
            Type::Model(name) | Type::Boxed(name) => self.schema.models.iter().find(|model| model.name == *name),
            Type::List(element) => self.model(element),
            _ => None,
        }
    }
}

impl Setter<'_> {
    fn name(&self) -> String {
        format!("`{}::{}`", self.owner, self.parameter.ident)
    }
}

fn is_index(part: &str) -> bool {
    part == "*" || (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The pointer of another key of the same object.
fn sibling(pointer: &str, key: &str) -> String {
    let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    super::example::below(parent, key)
}

fn rust(kind: &Type) -> String {
    match kind {
        Type::Bool => "bool".to_owned(),
        Type::Int => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Id => "Id".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Scalar => "Scalar".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::Model(name) | Type::Boxed(name) => name.clone(),
        Type::List(element) => format!("Vec<{}>", rust(element)),
    }
}
