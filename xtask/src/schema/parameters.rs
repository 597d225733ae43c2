//! Parameter tables -> the fields of operations and of their input structs.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    fixture::{Fixture, Param, Place},
    json::Json,
    vendor::{OperationRule, Vendor},
};

use super::{
    BodyNode, Input, Model, Need, Parameter, ParameterType, Type,
    examples::{element_of, find, sample},
    names::{self, OperationWords},
    observed::{Observed, Word, is_id, word},
    personal,
    rows::{Node, is_placeholder, segments, tree},
};

/// The parameters of one operation by where they travel.
pub(crate) struct Parts {
    pub(crate) path: Vec<Parameter>,
    pub(crate) query: Vec<Parameter>,
    pub(crate) headers: Vec<Parameter>,
    pub(crate) body: Vec<BodyNode>,
}

impl Parts {
    /// Tenant-defined keys stand beside the documented ones: in the only group of the body, else at its top.
    pub(crate) fn custom_place(&self) -> Option<Option<String>> {
        let groups: Vec<&String> = self
            .body
            .iter()
            .filter_map(|node| match node {
                BodyNode::Group { key, .. } => Some(key),
                _ => None,
            })
            .collect();
        match (groups.as_slice(), self.body.is_empty()) {
            (_, true) => None,
            ([only], _) => Some(Some((*only).clone())),
            _ => Some(None),
        }
    }
}

/// The input structs of all operations, merged by name.
pub(crate) struct Inputs<'a> {
    vendor: &'a Vendor,
    models: &'a [Model],
    structs: BTreeMap<String, Input>,
}

/// Whose parameter it is.
struct Owner<'a> {
    operation: &'a str,
    /// The key of the object around it, empty at the top.
    parent: &'a str,
    updates: bool,
    example: Option<&'a Json>,
}

impl<'a> Inputs<'a> {
    pub(crate) fn new(vendor: &'a Vendor, models: &'a [Model]) -> Self {
        Self {
            vendor,
            models,
            structs: BTreeMap::new(),
        }
    }

    /// All input structs, sorted by name.
    pub(crate) fn finish(self) -> Vec<Input> {
        let names = &self.vendor.names;
        let mut inputs: Vec<Input> = self.structs.into_values().collect();
        for Input { name, parameters, .. } in &mut inputs {
            let standing = |parameter: &Parameter| names.field(name, &parameter.key).cloned();
            tell_apart(parameters.iter_mut().collect(), &mut BTreeSet::new(), standing);
        }
        inputs
    }

    pub(crate) fn operation(&mut self, fixture: &Fixture, rule: &OperationRule, updates: bool) -> Parts {
        let operation = fixture.endpoint.operation.as_str();
        let params = &fixture.endpoint.params;
        let example = fixture.requests.first();
        let top = Owner {
            operation,
            parent: "",
            updates: false,
            example,
        };
        let flat = |inputs: &Self, place: Place| -> Vec<Parameter> {
            let rows = params
                .iter()
                .filter(|param| param.place == place && !rule.constants.contains_key(&param.name));
            let rows =
                rows.filter(|param| !inputs.is_credential(param) && !param.name.eq_ignore_ascii_case("content-type"));
            rows.map(|param| inputs.flat(param, &top)).collect()
        };
        let mut path = flat(self, Place::Path);
        for parameter in &mut path {
            parameter.need = Need::Required;
        }
        // A path that names a parameter which no table lists.
        for name in fixture
            .endpoint
            .path
            .iter()
            .flat_map(|path| path.split('/'))
            .filter_map(|part| part.strip_prefix(':'))
        {
            if !path.iter().any(|parameter| parameter.key == name) {
                let param = Param {
                    place: Place::Path,
                    name: name.to_owned(),
                    kind: None,
                    required: Some(true),
                    label: None,
                };
                path.push(self.flat(&param, &top));
            }
        }
        let (query, headers) = (flat(self, Place::Query), flat(self, Place::Header));
        let rows: Vec<&Param> = params.iter().filter(|param| param.place == Place::Body).collect();
        let nodes = tree(&rows);
        let owner = Owner {
            operation,
            parent: "",
            updates,
            example,
        };
        let mut body = self.body(nodes, &owner, rule);
        // The tenant's own fields are set by a method of this name.
        let mut taken = BTreeSet::from(["custom_fields".to_owned()]);
        taken.extend(path.iter().map(|parameter| parameter.ident.clone()));
        let mut parts = Parts {
            path,
            query,
            headers,
            body: Vec::new(),
        };
        let mut fields: Vec<&mut Parameter> = parts.query.iter_mut().collect();
        fields_of(&mut body, &mut fields);
        fields.extend(&mut parts.headers);
        let name = rule
            .name
            .clone()
            .unwrap_or_else(|| OperationWords::of(operation).type_name());
        let names = &self.vendor.names;
        tell_apart(fields, &mut taken, |parameter| {
            names.field(&name, &parameter.documented).cloned()
        });
        parts.body = body;
        parts
    }

    /// The client signs; a caller never passes the token.
    fn is_credential(&self, param: &Param) -> bool {
        self.vendor
            .auth
            .as_ref()
            .is_some_and(|auth| auth.place == param.place && auth.name == param.name)
    }

    fn flat(&self, param: &Param, owner: &Owner<'_>) -> Parameter {
        let last = param.name.trim_end_matches("[]");
        let word = last.rsplit(['[', '.']).next().unwrap_or(last).trim_end_matches(']');
        let listed = param.name.ends_with("[]");
        let mut parameter = self.parameter(word, &param.name, Some(param), listed, owner);
        if listed {
            parameter.need = Need::Optional;
        }
        parameter.key.clone_from(&param.name);
        parameter
    }

    fn parameter(&self, key: &str, documented: &str, row: Option<&Param>, list: bool, owner: &Owner<'_>) -> Parameter {
        let label = row.and_then(|row| row.label.clone());
        let example = owner.example.and_then(|example| find(example, documented));
        let (kind, from_table) = self.leaf(
            key,
            row.and_then(|row| row.kind.as_deref()),
            label.as_deref(),
            example,
            owner,
        );
        let list = list || from_table;
        let required = row.and_then(|row| row.required) == Some(true);
        let need = match (required, owner.updates) {
            (true, _) => Need::Required,
            (false, true) => Need::Patch,
            (false, false) => Need::Optional,
        };
        let model = names::model(owner.parent, true);
        Parameter {
            ident: names::field(key),
            key: key.to_owned(),
            documented: documented.to_owned(),
            need,
            personal: personal::hides(&model, key, &kind, label.as_deref()),
            sample: sample(&kind, example, list),
            kind: if list {
                ParameterType::Leaves(kind)
            } else {
                ParameterType::Leaf(kind)
            },
            label,
        }
    }

    /// The type of a leaf, and whether the table says that it is a list: from the table, else from the page's
    /// example, else from the field of the same name in an answer, else from the name.
    fn leaf(
        &self,
        key: &str,
        kind: Option<&str>,
        label: Option<&str>,
        example: Option<&Json>,
        owner: &Owner<'_>,
    ) -> (Type, bool) {
        if let Some((base, list)) = kind.and_then(word) {
            let list = list || base == Word::List;
            let leaf = match base {
                Word::Bool => Type::Bool,
                Word::Int => {
                    if is_id(key) {
                        Type::Id
                    } else {
                        Type::Int
                    }
                }
                Word::BigInt => Type::Id,
                Word::Float => Type::Float,
                Word::Decimal => Type::Number,
                Word::Date => Type::DateTime,
                Word::Object => Type::Json,
                Word::List => return (element_of(example), true),
                Word::Text if list => Type::Text,
                Word::Text => Type::Text,
            };
            // A table that says Object[] of what its own example shows as plain texts.
            let leaf = if leaf == Type::Json && list {
                element_of(example)
            } else {
                leaf
            };
            // Int[] in the table, texts in the example: the example is what works.
            let texts =
                matches!(example, Some(Json::Array(items)) if items.iter().any(|item| matches!(item, Json::String(_))));
            return (if texts && leaf == Type::Int { Type::Id } else { leaf }, list);
        }
        let mut observed = Observed::default();
        if let Some(example) = example {
            if let Json::Array(_) = example {
                return (element_of(Some(example)), true);
            }
            observed.scalar(example);
        }
        if let Some(label) = label {
            observed.labels.push(label.to_owned());
        }
        let answered = self.answered(owner.parent, key);
        let kind = match (answered, observed.resolve(key)) {
            (Some(kind), Type::Json | Type::Text) => kind,
            (_, kind) => kind,
        };
        let kind = match kind {
            Type::Json | Type::Scalar | Type::Model(_) | Type::Boxed(_) | Type::List(_) => Type::Text,
            Type::Float => Type::Number,
            kind => kind,
        };
        let paging = matches!(
            key,
            "page" | "per_page" | "page_size" | "pageSize" | "currentPage" | "limit" | "offset"
        );
        (if paging { Type::Int } else { kind }, false)
    }

    /// The type of the answer's field that a parameter sets.
    fn answered(&self, parent: &str, key: &str) -> Option<Type> {
        let name = self
            .vendor
            .models
            .get(parent)
            .cloned()
            .unwrap_or_else(|| names::model(parent, true));
        let model = self.models.iter().find(|model| model.name == name)?;
        model
            .fields
            .iter()
            .find(|field| field.key == key)
            .map(|field| field.kind.clone())
    }

    /// The body's nodes. An object at the top is a group: its members are the operation's own parameters. A deeper one
    /// is a struct of its own.
    fn body(&mut self, nodes: Vec<Node<'_>>, owner: &Owner<'_>, rule: &OperationRule) -> Vec<BodyNode> {
        let mut body = Vec::new();
        for node in nodes {
            if let Some(value) = rule.constants.get(&node.documented) {
                body.push(BodyNode::Constant {
                    key: node.key,
                    value: value.clone(),
                });
                continue;
            }
            if is_placeholder(&node) {
                continue;
            }
            if node.children.is_empty() || node.list {
                body.push(BodyNode::Field(self.node(node, owner)));
                continue;
            }
            let always = node.row.is_none_or(|row| row.required == Some(true));
            let key = node.key.clone();
            let inner = Owner { parent: &key, ..*owner };
            let nodes = node.children.into_iter().filter(|child| !is_placeholder(child));
            let nodes = nodes.map(|child| match rule.constants.get(&child.documented) {
                Some(value) => BodyNode::Constant {
                    key: child.key.clone(),
                    value: value.clone(),
                },
                None => BodyNode::Field(self.node(child, &inner)),
            });
            let nodes = nodes.collect();
            body.push(BodyNode::Group { key, nodes, always });
        }
        body
    }

    fn node(&mut self, node: Node<'_>, owner: &Owner<'_>) -> Parameter {
        let mut parameter = self.parameter(&node.key, &node.documented, node.row, node.list, owner);
        if node.children.is_empty() {
            return parameter;
        }
        let name = self.input_name(&node, owner);
        let inner = Owner {
            parent: &node.key,
            ..*owner
        };
        let label = node.row.and_then(|row| row.label.clone());
        let children = node.children.into_iter().filter(|child| !is_placeholder(child));
        let parameters: Vec<Parameter> = children.map(|child| self.node(child, &inner)).collect();
        self.merge(&name, parameters, label);
        parameter.kind = if node.list {
            ParameterType::Objects(name)
        } else {
            ParameterType::Object(name)
        };
        parameter
    }

    fn input_name(&self, node: &Node<'_>, owner: &Owner<'_>) -> String {
        let rule = &self.vendor.inputs;
        let given = rule
            .get(&format!("{}.{}", owner.operation, node.documented))
            .or_else(|| rule.get(&node.key));
        given.cloned().unwrap_or_else(|| {
            if names::is_generic(&node.key) {
                format!("{}Row", OperationWords::of(owner.operation).type_name())
            } else {
                let base = node.key.trim_end_matches("_list");
                let word = if node.list {
                    names::singular(base)
                } else {
                    base.to_owned()
                };
                // Never the name of an answer's struct, whichever pages come later.
                format!("{}Input", names::type_name(&word))
            }
        })
    }

    /// The same object on several pages is one struct. What one page requires and another does not is optional.
    fn merge(&mut self, name: &str, parameters: Vec<Parameter>, label: Option<String>) {
        let Some(standing) = self.structs.get_mut(name) else {
            self.structs.insert(
                name.to_owned(),
                Input {
                    name: name.to_owned(),
                    parameters,
                    label,
                },
            );
            return;
        };
        standing.label = standing.label.take().or(label);
        let patches = |list: &[Parameter]| list.iter().any(|parameter| parameter.need == Need::Patch);
        let patch = patches(&standing.parameters) || patches(&parameters);
        for parameter in parameters {
            match standing.parameters.iter_mut().find(|known| known.key == parameter.key) {
                Some(known) => {
                    if known.need != parameter.need && known.need == Need::Required {
                        known.need = parameter.need;
                    }
                    known.label = known.label.take().or(parameter.label);
                }
                None => standing.parameters.push(parameter),
            }
        }
        for parameter in standing
            .parameters
            .iter_mut()
            .filter(|parameter| patch && parameter.need == Need::Optional)
        {
            parameter.need = Need::Patch;
        }
    }
}

fn fields_of<'n>(nodes: &'n mut [BodyNode], found: &mut Vec<&'n mut Parameter>) {
    for node in nodes {
        match node {
            BodyNode::Field(parameter) => found.push(parameter),
            BodyNode::Group { nodes, .. } => fields_of(nodes, found),
            BodyNode::Constant { .. } => {}
        }
    }
}

/// Two parameters of one struct that would share a name: one that has stood with it keeps it, else the earlier one. The
/// other takes its documented path into its name.
fn tell_apart(
    parameters: Vec<&mut Parameter>,
    taken: &mut BTreeSet<String>,
    standing: impl Fn(&Parameter) -> Option<String>,
) {
    let mut open = Vec::new();
    for parameter in parameters {
        match standing(parameter).filter(|name| !taken.contains(name)) {
            Some(name) => {
                taken.insert(name.clone());
                parameter.ident = name;
            }
            None => open.push(parameter),
        }
    }
    for parameter in open {
        if taken.contains(&parameter.ident) {
            let words: Vec<String> = segments(&parameter.documented)
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect();
            parameter.ident = names::field(&words.join("_"));
            while taken.contains(&parameter.ident) {
                parameter.ident.push('_');
            }
        }
        taken.insert(parameter.ident.clone());
    }
}
