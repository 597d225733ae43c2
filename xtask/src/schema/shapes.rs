//! The objects of all answers of a vendor, merged by name: one shape, one struct.

use std::collections::{BTreeMap, BTreeSet};

use crate::{fixture::Fixture, json::Json, vendor::Vendor};

use super::{
    Model, ModelField, Type,
    names::{self, OperationWords},
    observed::{Observed, Word, word},
    personal,
    settle::{box_objects, merge, settle_by_key, unique},
};

/// All objects seen, by model name.
pub(crate) struct Shapes<'a> {
    vendor: &'a Vendor,
    objects: BTreeMap<String, Shape>,
    /// What stands in the data place, by operation.
    payloads: BTreeMap<String, Observed>,
    /// Labels of request parameters by what they fill: (model, key).
    labels: BTreeMap<(String, String), String>,
}

#[derive(Default)]
struct Shape {
    /// In the order of first appearance.
    fields: Vec<(String, Observed)>,
    operations: BTreeSet<String>,
}

impl Shape {
    fn place(&mut self, key: &str) -> &mut Observed {
        let at = match self.fields.iter().position(|(name, _)| name == key) {
            Some(at) => at,
            None => {
                self.fields.push((key.to_owned(), Observed::default()));
                self.fields.len() - 1
            }
        };
        &mut self.fields[at].1
    }
}

/// Where a value stands, for naming what it is.
struct Context<'a> {
    operation: &'a str,
    model: &'a str,
    key: &'a str,
    in_list: bool,
}

impl<'a> Shapes<'a> {
    pub(crate) fn new(vendor: &'a Vendor) -> Self {
        Self {
            vendor,
            objects: BTreeMap::new(),
            payloads: BTreeMap::new(),
            labels: BTreeMap::new(),
        }
    }

    /// Adds everything that one page shows of answers.
    pub(crate) fn add(&mut self, fixture: &Fixture) {
        let operation = fixture.endpoint.operation.as_str();
        let envelope = &self.vendor.envelope;
        let mut payload = Observed::default();
        // A batch that failed in part is an answer too: its rows show what a failed row is made of.
        let batch = self.vendor.rule(operation).batch.is_some();
        for answer in fixture
            .responses
            .iter()
            .filter(|answer| batch || envelope.is_success(answer))
        {
            if let Some(data) = answer.get(&envelope.data) {
                let context = Context {
                    operation,
                    model: "",
                    key: &envelope.data,
                    in_list: false,
                };
                self.value(&mut payload, data, &context);
            }
        }
        self.table(operation, fixture, &mut payload);
        self.payloads.insert(operation.to_owned(), payload);
        self.request_labels(fixture);
    }

    fn value(&mut self, place: &mut Observed, value: &Json, context: &Context<'_>) {
        match value {
            Json::Object(members) if !members.is_empty() => {
                let name = self.name(context, members.iter().map(|(key, _)| key.as_str()));
                place.object = Some(name.clone());
                place.filled_object = true;
                self.object(&name, members, context.operation);
            }
            Json::Array(items) if !items.is_empty() => {
                let mut elements = place
                    .elements
                    .take()
                    .map_or_else(Observed::default, |elements| *elements);
                for item in items {
                    self.value(
                        &mut elements,
                        item,
                        &Context {
                            in_list: true,
                            ..*context
                        },
                    );
                }
                place.elements = Some(Box::new(elements));
            }
            other => place.scalar(other),
        }
    }

    fn object(&mut self, name: &str, members: &[(String, Json)], operation: &str) {
        self.objects
            .entry(name.to_owned())
            .or_default()
            .operations
            .insert(operation.to_owned());
        for (key, value) in members
            .iter()
            .filter(|(key, _)| !self.vendor.custom_fields.matches(key))
        {
            let mut place = std::mem::take(self.objects.entry(name.to_owned()).or_default().place(key));
            self.value(
                &mut place,
                value,
                &Context {
                    operation,
                    model: name,
                    key,
                    in_list: false,
                },
            );
            // The object may have met itself on the way down.
            let met = std::mem::replace(self.objects.entry(name.to_owned()).or_default().place(key), place);
            merge(self.objects.entry(name.to_owned()).or_default().place(key), met);
        }
    }

    /// The model of an object: as `vendor.toml` says, else by its key, else, under a key that says nothing, by what
    /// the operation is about.
    fn name<'k>(&self, context: &Context<'_>, keys: impl Iterator<Item = &'k str>) -> String {
        let (operation, key) = (context.operation, context.key);
        let words = OperationWords::of(operation);
        if context.model.is_empty() {
            if let Some(name) = self.vendor.rule(operation).answer {
                return name;
            }
            let keys: Vec<_> = keys.collect();
            let paged = keys
                .iter()
                .any(|key| matches!(*key, "total_count" | "per_page" | "total" | "pageSize" | "page"));
            let wraps = !keys.is_empty() && keys.iter().all(|key| names::is_generic(key));
            return match (paged, wraps || !words.has_verb()) {
                _ if context.in_list => words.noun(),
                (true, _) => names::type_name(&format!("{}_page", self.page_noun(&keys, &words))),
                // An object around lists is not one of what it lists.
                (false, false) if words.lists() => format!("{}List", words.noun()),
                (false, true) => format!("{}Answer", words.type_name()),
                (false, false) => words.noun(),
            };
        }
        if let Some(name) = self.given(context.model, key) {
            return name;
        }
        if !names::is_generic(key) {
            return names::model(key, context.in_list);
        }
        if matches!(key, "success" | "fail" | "failed" | "succeeded" | "errors") {
            return format!("{}{}", words.type_name(), names::type_name(key));
        }
        if keys
            .into_iter()
            .any(|key| matches!(key, "current_page" | "per_page" | "total"))
        {
            return format!("{}Page", words.noun());
        }
        words.noun()
    }

    /// A page is named for its list: `contacts` in it makes it a `ContactPage`.
    fn page_noun(&self, keys: &[&str], words: &OperationWords) -> String {
        let list = keys
            .iter()
            .find(|key| !names::is_generic(key) && names::singular(key) != **key && !key.starts_with("counts"));
        list.map_or_else(|| words.noun(), |key| names::model(key, true))
    }

    fn given(&self, model: &str, key: &str) -> Option<String> {
        let models = &self.vendor.models;
        models
            .get(&format!("{model}.{key}"))
            .or_else(|| models.get(key))
            .cloned()
    }

    /// Adds the rows of a response table. They are named from where the table begins: at the envelope, at the data
    /// place, or at an object inside it.
    fn table(&mut self, operation: &str, fixture: &Fixture, payload: &mut Observed) {
        let fields = &fixture.endpoint.fields;
        let data = &self.vendor.envelope.data;
        for (at, row) in fields.iter().enumerate() {
            let segments: Vec<&str> = row
                .name
                .split(['.', '[', ']'])
                .filter(|part| !part.is_empty())
                .collect();
            let inner = match segments.split_first() {
                Some((first, rest)) if first == data && !fields.iter().any(|other| other.name == "items") => rest,
                Some((first, [])) if self.vendor.envelope.owns(first) => continue,
                Some(_) => &segments[..],
                None => continue,
            };
            let kind = row.kind.as_deref();
            let holds_rows = fields[at + 1..].iter().any(|other| {
                other
                    .name
                    .strip_prefix(row.name.as_str())
                    .is_some_and(|rest| rest.starts_with(['.', '[']))
            });
            let envelope_key = data.clone();
            let context = Context {
                operation,
                model: "",
                key: &envelope_key,
                in_list: false,
            };
            self.row(
                payload,
                inner,
                &Row {
                    kind,
                    label: row.label.as_deref(),
                    holds_rows,
                },
                &context,
            );
        }
    }

    fn row(&mut self, place: &mut Observed, segments: &[&str], row: &Row<'_>, context: &Context<'_>) {
        let Some((key, rest)) = segments.split_first() else {
            self.describe(place, row, context);
            return;
        };
        if self.vendor.custom_fields.matches(key) || key.chars().all(|c| c == 'x') {
            // `xxx 其他自定义字段…` stands for whatever a tenant defines.
            return;
        }
        let target = if place.elements.is_some() || (place.object.is_none() && place.empty_list) {
            &mut **place.elements.get_or_insert_default()
        } else {
            place
        };
        let model = match &target.object {
            Some(model) => model.clone(),
            None => {
                let keys = std::iter::once(*key);
                let in_list = context.in_list || place_is_list(target);
                let name = self.name(&Context { in_list, ..*context }, keys);
                target.object = Some(name.clone());
                self.objects
                    .entry(name.clone())
                    .or_default()
                    .operations
                    .insert(context.operation.to_owned());
                name
            }
        };
        // A row without a path names a field of whatever object in the answer has it.
        let model = if rest.is_empty() && context.model.is_empty() {
            self.owner(context.operation, &model, key)
        } else {
            model
        };
        let mut inner = std::mem::take(self.objects.entry(model.clone()).or_default().place(key));
        self.row(
            &mut inner,
            rest,
            row,
            &Context {
                model: &model,
                key,
                in_list: false,
                operation: context.operation,
            },
        );
        *self.objects.entry(model).or_default().place(key) = inner;
    }

    /// The only model of an operation's answer with this key, else the one that the table begins at.
    fn owner(&self, operation: &str, begins: &str, key: &str) -> String {
        let has = |shape: &Shape| shape.fields.iter().any(|(name, _)| name == key);
        if self.objects.get(begins).is_some_and(has) {
            return begins.to_owned();
        }
        let mut owners = self
            .objects
            .iter()
            .filter(|(_, shape)| shape.operations.contains(operation) && has(shape));
        match (owners.next(), owners.next()) {
            (Some((only, _)), None) => only.clone(),
            _ => begins.to_owned(),
        }
    }

    fn describe(&mut self, place: &mut Observed, row: &Row<'_>, context: &Context<'_>) {
        if let Some(label) = row.label
            && !place.labels.iter().any(|known| known == label)
        {
            place.labels.push(label.to_owned());
        }
        let Some(kind) = row.kind else { return };
        place.documented.insert(kind.to_owned());
        let Some((base, list)) = word(kind) else { return };
        let objects = matches!(base, Word::Object) || (base == Word::List && row.holds_rows);
        if !objects || context.model.is_empty() {
            return;
        }
        let given = self.given(context.model, context.key).is_some();
        let target = if list || base == Word::List || place.elements.is_some() {
            &mut **place.elements.get_or_insert_default()
        } else {
            place
        };
        if target.object.is_none() && (row.holds_rows || given || base == Word::Object) {
            let name = self.name(
                &Context {
                    in_list: list || base == Word::List,
                    ..*context
                },
                std::iter::empty(),
            );
            target.object = Some(name.clone());
            self.objects
                .entry(name)
                .or_default()
                .operations
                .insert(context.operation.to_owned());
        }
    }

    /// The labels of what a request sets describe the same fields of the answer.
    fn request_labels(&mut self, fixture: &Fixture) {
        for param in &fixture.endpoint.params {
            let segments: Vec<&str> = param
                .name
                .split(['.', '[', ']'])
                .filter(|part| !part.is_empty())
                .collect();
            let (Some(label), [.., parent, key]) = (&param.label, segments.as_slice()) else {
                continue;
            };
            let model = self.given("", parent).unwrap_or_else(|| names::model(parent, true));
            self.labels
                .entry((model, (*key).to_owned()))
                .or_insert_with(|| label.clone());
        }
    }

    /// The type in an operation's data place.
    pub(crate) fn payload(&self, operation: &str) -> Type {
        self.payloads
            .get(operation)
            .map_or(Type::Json, |observed| observed.resolve("data"))
    }

    /// All models, sorted by name, their fields in the order of first appearance.
    pub(crate) fn models(&self) -> Vec<Model> {
        let mut models: Vec<Model> = self
            .objects
            .iter()
            .map(|(name, shape)| self.model(name, shape))
            .collect();
        settle_by_key(&mut models);
        box_objects(&mut models);
        models
    }

    fn model(&self, name: &str, shape: &Shape) -> Model {
        let mut taken = BTreeSet::new();
        let mut idents: Vec<Option<String>> = vec![None; shape.fields.len()];
        // A name that stands stays where it is. Of the others, a key that is its own Rust name comes first, so that
        // `foo_bar` is `foo_bar`, whatever `fooBar` becomes.
        for (at, (key, _)) in shape.fields.iter().enumerate() {
            if let Some(standing) = self.vendor.names.field(name, key)
                && taken.insert(standing.clone())
            {
                idents[at] = Some(standing.clone());
            }
        }
        for exact in [true, false] {
            for (at, (key, _)) in shape.fields.iter().enumerate() {
                let ident = names::field(key);
                if idents[at].is_some() || (ident == *key) != exact {
                    continue;
                }
                let mut ident = if taken.contains(&ident) {
                    unique(key, &ident, &taken)
                } else {
                    ident
                };
                while !taken.insert(ident.clone()) {
                    ident.push('_');
                }
                idents[at] = Some(ident);
            }
        }
        let fields = shape
            .fields
            .iter()
            .zip(idents)
            .filter_map(|((key, observed), ident)| Some((key, ident?, observed)));
        let fields = fields.map(|(key, ident, observed)| {
            let kind = self.field_type(name, key, observed);
            let label = observed.labels.first().cloned();
            let label = label.or_else(|| self.labels.get(&(name.to_owned(), key.clone())).cloned());
            let ruled = self.vendor.personal.get(&format!("{name}.{key}")).copied();
            let personal = ruled.unwrap_or_else(|| personal::hides(name, key, &kind, label.as_deref()));
            let unseen = kind == Type::Json && !observed.empty_object && !observed.empty_list;
            ModelField {
                ident,
                key: key.clone(),
                kind,
                label,
                personal,
                unseen,
            }
        });
        Model {
            name: name.to_owned(),
            fields: fields.collect(),
            operations: shape.operations.clone(),
        }
    }

    fn field_type(&self, model: &str, key: &str, observed: &Observed) -> Type {
        let known = |name: String| self.objects.contains_key(&name).then_some(name);
        let unfilled = observed.object.is_none() && observed.elements.is_none();
        let kind = observed.resolve(key);
        // An object that no page of this operation fills takes its shape from the page that does.
        match kind {
            Type::Json if unfilled && observed.empty_object => {
                let name = self.given(model, key).unwrap_or_else(|| names::model(key, false));
                known(name).map_or(Type::Json, Type::Model)
            }
            Type::List(element) if unfilled && *element == Type::Json => {
                let name = self.given(model, key).unwrap_or_else(|| names::model(key, true));
                Type::List(Box::new(known(name).map_or(Type::Json, Type::Model)))
            }
            kind => kind,
        }
    }
}

struct Row<'a> {
    kind: Option<&'a str>,
    label: Option<&'a str>,
    holds_rows: bool,
}

fn place_is_list(place: &Observed) -> bool {
    place
        .documented
        .iter()
        .any(|kind| word(kind).is_some_and(|(base, list)| list || base == Word::List))
}
