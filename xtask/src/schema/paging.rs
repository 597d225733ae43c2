//! Which operations list records page by page, and where in the answer the rows and the counts stand.

use super::{BodyNode, Model, ModelField, Need, Parameter, ParameterType, Type, parameters::Parts};

/// How an operation's list goes on.
#[derive(Debug)]
pub(crate) struct Paging {
    /// The parameter that names the page.
    pub(crate) parameter: String,
    /// The field of the payload that holds the page, where the payload itself does not.
    pub(crate) inside: Option<String>,
    /// The field with the rows, and what a row is.
    pub(crate) rows: (String, String),
    pub(crate) total: Option<String>,
    pub(crate) per_page: Option<String>,
    pub(crate) page: Option<String>,
}

const PAGE: &[&str] = &[
    "page",
    "currentPage",
    "current_page",
    "pageNo",
    "page_no",
    "pageNum",
    "page_num",
    "pageIndex",
    "page_index",
];
const TOTAL: &[&str] = &["total_count", "total", "totalCount", "totalNum", "total_num"];
const SIZE: &[&str] = &["per_page", "page_size", "pageSize", "limit"];

/// The paging of an operation that takes a page number and answers with a list of objects and their count.
pub(super) fn of(parts: &Parts, payload: &Type, models: &[Model]) -> Option<Paging> {
    let parameter = flat(parts).into_iter().find(|parameter| {
        PAGE.contains(&parameter.key.as_str())
            && parameter.kind == ParameterType::Leaf(Type::Int)
            && parameter.need == Need::Optional
    })?;
    let payload = model(payload, models)?;
    let inside = |field: &ModelField| match &field.kind {
        Type::Boxed(_) | Type::Model(_) => page(&parameter.ident, Some(&field.ident), model(&field.kind, models)?),
        _ => None,
    };
    page(&parameter.ident, None, payload).or_else(|| payload.fields.iter().find_map(inside))
}

fn page(parameter: &str, inside: Option<&str>, model: &Model) -> Option<Paging> {
    let number = |keys: &[&str]| {
        let field = model
            .fields
            .iter()
            .find(|field| keys.contains(&field.key.as_str()) && field.kind == Type::Int);
        field.map(|field| field.ident.clone())
    };
    let total = number(TOTAL);
    let rows = model.fields.iter().find_map(|field| match &field.kind {
        Type::List(element) => match &**element {
            Type::Model(row) => Some((field.ident.clone(), row.clone())),
            _ => None,
        },
        _ => None,
    });
    total.as_ref()?;
    Some(Paging {
        parameter: parameter.to_owned(),
        inside: inside.map(str::to_owned),
        rows: rows?,
        total,
        per_page: number(SIZE),
        page: number(PAGE),
    })
}

fn model<'m>(kind: &Type, models: &'m [Model]) -> Option<&'m Model> {
    match kind {
        Type::Model(name) | Type::Boxed(name) => models.iter().find(|model| model.name == *name),
        _ => None,
    }
}

fn flat(parts: &Parts) -> Vec<&Parameter> {
    let mut found: Vec<&Parameter> = parts.query.iter().collect();
    let mut open: Vec<&BodyNode> = parts.body.iter().collect();
    while let Some(node) = open.pop() {
        match node {
            BodyNode::Field(parameter) => found.push(parameter),
            BodyNode::Group { nodes, .. } => open.extend(nodes),
            BodyNode::Constant { .. } => {}
        }
    }
    found
}
