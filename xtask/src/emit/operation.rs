//! One file per operation: its struct, and the request that it makes.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    json::Json,
    schema::{Operation, Parameter, ParameterType, Schema, Type, names},
};

use super::{
    docs, ident, import_of, model_of, print,
    requests::{debug, default_derive, fields, imports, need, new_with, setters},
    rust_type,
    tests::value,
    wire::request,
};

pub(super) fn file(schema: &Schema, operation: &Operation) -> String {
    let name = ident(&operation.name);
    let vendor = ident(&names::type_name(&schema.vendor.name));
    let parameters = operation.parameters();
    let doc = docs::lines(&doc(schema, operation));
    let title = operation.endpoint.title.clone().unwrap_or_default();
    let alias = if title.is_empty() {
        quote!()
    } else {
        quote!(#[doc(alias = #title)])
    };
    let alias_name = &operation.endpoint.operation;
    let fields = fields(&parameters);
    let custom = operation.custom_fields.is_some();
    let (custom_field, custom_init, custom_setter) = if custom {
        (
            quote! {
                /// The tenant's own fields to set.
                #[serde(default, skip_serializing_if = "CustomFields::is_empty")]
                pub custom_fields: CustomFields,
            },
            quote!(custom_fields: CustomFields::new(),),
            quote! {
                /// Sets the tenant's own fields.
                pub fn custom_fields(mut self, fields: CustomFields) -> Self {
                    self.custom_fields = fields;
                    self
                }
            },
        )
    } else {
        (quote!(), quote!(), quote!())
    };
    let new = new_with(&parameters, &quote!(#custom_init extra: BTreeMap::new(),));
    let (setters, default) = (setters(&parameters), default_derive(&parameters));
    let payload = slot_type(&operation.payload);
    let (output, output_body, sent) = match &operation.batch {
        None => (quote!(Self::Payload), quote!(payload), quote!(_)),
        Some(batch) => {
            let row = ident(&batch.succeeded.1);
            let (rows, succeeded, failed) = (ident(&batch.rows), ident(&batch.succeeded.0), ident(&batch.failed.0));
            let first = batch.rule.first_index;
            (
                quote!(BatchReport<#row>),
                quote!(BatchReport::new(&INFO, self.#rows.len(), #first, payload.#succeeded, payload.#failed).of_call(*sent, || self.request())),
                quote!(sent),
            )
        }
    };
    let info = info(schema, operation);
    let request = request(operation);
    let check = if operation.checked {
        let check = ident(&operation.endpoint.operation);
        quote! {
            fn check(&self) -> Result<(), Error> {
                crate::check::#check(self)
            }
        }
    } else {
        quote!()
    };
    let debug = debug(&operation.name, &parameters);
    let uses = uses(schema, operation, &parameters);
    let new_doc = " The operation with what the vendor requires.";
    let paged = paged(operation);
    let batch_rows = batch_verdicts(schema, operation);
    let module_doc = format!(
        " {}: {}.",
        docs::code(&operation.name),
        docs::escape(if title.is_empty() { alias_name } else { &title })
    );
    print(
        schema,
        quote! {
            #![doc = #module_doc]
            #uses

            pub(crate) static INFO: OperationInfo = #info;

            #doc
            #alias
            #[doc(alias = #alias_name)]
            #[derive(Clone, #default PartialEq, Serialize, Deserialize)]
            #[must_use = "an operation does nothing until a client sends it"]
            #[non_exhaustive]
            pub struct #name {
                #fields
                #custom_field
                /// Parameters that no page documents, sent beside the others.
                #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
                pub extra: BTreeMap<String, Json>,
            }

            impl #name {
                #[doc = #new_doc]
                #new
                #setters
                #custom_setter

                /// Sends a parameter that no page documents.
                pub fn param(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
                    self.extra.insert(name.into(), value.into());
                    self
                }
            }

            impl Operation for #name {
                type Vendor = crate::#vendor;
                type Payload = #payload;
                type Output = #output;

                const INFO: &'static OperationInfo = &INFO;

                #check

                fn request(&self) -> Result<Request, Error> {
                    #request
                }

                fn output(&self, payload: Self::Payload, #sent: &Sent) -> Self::Output {
                    #output_body
                }
            }

            #paged
            #batch_rows
            #debug
        },
    )
}

/// A data place: a model, a list, or one scalar that may be absent.
pub(super) fn slot_type(kind: &Type) -> TokenStream {
    let bare = rust_type(kind);
    match kind {
        Type::Model(_) | Type::List(_) => bare,
        _ => quote!(Option<#bare>),
    }
}

/// How a batch's rows say which row they mean and what became of it.
fn batch_verdicts(schema: &Schema, operation: &Operation) -> TokenStream {
    let Some(batch) = &operation.batch else { return quote!() };
    let row = &batch.succeeded.1;
    if !writes_verdicts(schema, operation, row) {
        return quote!();
    }
    let Some(model) = schema.models.iter().find(|model| model.name == *row) else {
        return quote!();
    };
    let text = |keys: &[&str]| {
        let field = keys
            .iter()
            .find_map(|key| model.fields.iter().find(|field| field.key == *key));
        match field.map(|field| (ident(&field.ident), &field.kind)) {
            Some((name, Type::Text)) => quote!(self.#name.clone()),
            Some((name, _)) => quote!(self.#name.as_ref().map(ToString::to_string)),
            None => quote!(None),
        }
    };
    let index = model
        .fields
        .iter()
        .find(|field| field.key == "index" && field.kind == Type::Int);
    let index = index.map_or_else(
        || quote!(None),
        |field| {
            let name = ident(&field.ident);
            quote!(self.#name)
        },
    );
    let (code, message) = (
        text(&["code"]),
        text(&[schema.vendor.envelope.message.as_str(), "msg", "message"]),
    );
    let row = ident(row);
    quote! {
        impl BatchVerdict for #row {
            fn index(&self) -> Option<i64> {
                #index
            }

            fn code(&self) -> Option<String> {
                #code
            }

            fn message(&self) -> Option<String> {
                #message
            }
        }
    }
}

/// How a list goes on to its next page.
fn paged(operation: &Operation) -> TokenStream {
    let Some(paging) = &operation.paging else {
        return quote!();
    };
    let (name, row) = (ident(&operation.name), ident(&paging.rows.1));
    let (parameter, rows) = (ident(&paging.parameter), ident(&paging.rows.0));
    let number = |field: &Option<String>| match field {
        Some(field) => {
            let field = ident(field);
            quote!(answer.#field)
        }
        None => quote!(None),
    };
    let (total, per_page, page) = (number(&paging.total), number(&paging.per_page), number(&paging.page));
    let inside = paging.inside.as_ref().map_or_else(
        || quote!(),
        |field| {
            let field = ident(field);
            quote!(let answer = answer.#field.unwrap_or_default();)
        },
    );
    quote! {
        impl Paged for #name {
            type Item = #row;

            fn page_number(&self) -> Option<i64> {
                self.#parameter
            }

            fn at_page(self, page: i64) -> Self {
                self.#parameter(page)
            }

            fn rows(answer: Self::Output) -> Rows<Self::Item> {
                #inside
                Rows { total: #total, per_page: #per_page, page: #page, items: answer.#rows }
            }
        }
    }
}

fn uses(schema: &Schema, operation: &Operation, parameters: &[&Parameter]) -> TokenStream {
    let mut core: BTreeSet<String> = imports(parameters, true)
        .into_iter()
        .map(|name| name.to_string())
        .collect();
    core.extend(import_of(&operation.payload).map(str::to_owned));
    let core = core.iter().map(|name| ident(name));
    let mut models: BTreeSet<&str> = model_of(&operation.payload).into_iter().collect();
    models.extend(operation.batch.as_ref().map(|batch| batch.succeeded.1.as_str()));
    models.extend(operation.paging.as_ref().map(|paging| paging.rows.1.as_str()));
    let models: Vec<_> = models.into_iter().map(ident).collect();
    let models = if models.is_empty() {
        quote!()
    } else {
        quote!(use super::models::{#(#models),*};)
    };
    let inputs: BTreeSet<&str> = parameters
        .iter()
        .filter_map(|parameter| match &parameter.kind {
            ParameterType::Object(name) | ParameterType::Objects(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let inputs: Vec<_> = inputs.into_iter().map(ident).collect();
    let inputs = if inputs.is_empty() {
        quote!()
    } else {
        quote!(use super::inputs::{#(#inputs),*};)
    };
    let mut root: BTreeSet<&str> = ["Error", "wire"].into();
    if parameters
        .iter()
        .any(|parameter| need(parameter) == crate::schema::Need::Patch)
    {
        root.insert("Patch");
    }
    if operation.custom_fields.is_some() {
        root.insert("CustomFields");
    }
    if let Some(batch) = &operation.batch {
        root.insert("BatchReport");
        if writes_verdicts(schema, operation, &batch.succeeded.1) {
            root.insert("BatchVerdict");
        }
    }
    let (mut root, modules): (Vec<&str>, Vec<&str>) = root.into_iter().partition(|name| *name != "wire");
    root.sort_unstable();
    let root = root.into_iter().map(ident);
    let modules = modules.into_iter().map(ident);
    let text = if operation.headers.is_empty() {
        quote!()
    } else {
        quote!(
            use crm_core::wire::WireText as _;
        )
    };
    let answer = if operation.promises_data || operation.batch.is_some() {
        quote!(Answer,)
    } else {
        quote!()
    };
    let paged = if operation.paging.is_some() {
        quote!(Paged, Rows,)
    } else {
        quote!()
    };
    quote! {
        use std::collections::BTreeMap;

        use crm_core::http::Method;
        use crm_core::model::{#(#core),*};
        use crm_core::operation::{#answer Operation, OperationInfo, #paged Request, Sent};
        #text
        use crm_core::{#(#root,)* #(#modules),*};
        use serde::{Deserialize, Serialize};

        #inputs
        #models
    }
}

/// The first operation that answers with a row type says what the rows say.
fn writes_verdicts(schema: &Schema, operation: &Operation, row: &str) -> bool {
    let first = schema
        .operations
        .iter()
        .find(|other| other.batch.as_ref().is_some_and(|other| other.succeeded.1 == row));
    first.is_some_and(|first| first.endpoint.operation == operation.endpoint.operation)
}

pub(super) fn method(operation: &Operation) -> TokenStream {
    let name = match operation.method.as_str() {
        known @ ("GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD") => known,
        _ => "POST",
    };
    let name = format_ident!("{name}");
    quote!(Method::#name)
}

fn info(schema: &Schema, operation: &Operation) -> TokenStream {
    let (vendor, name, path) = (&schema.vendor.name, &operation.endpoint.operation, &operation.path);
    let method = method(operation);
    let mut info = quote!(OperationInfo::new(#vendor, #name, #method, #path));
    if let Some(title) = &operation.endpoint.title {
        info = quote!(#info.title(#title));
    }
    if let Some(url) = &operation.doc_url {
        info = quote!(#info.doc_url(#url));
    }
    let reads = operation.method == "GET";
    if operation.idempotent != reads {
        let idempotent = operation.idempotent;
        info = quote!(#info.idempotent(#idempotent));
    }
    if operation.writes == reads {
        let writes = operation.writes;
        info = quote!(#info.writes(#writes));
    }
    if !operation.authenticated {
        info = quote!(#info.unauthenticated());
    }
    if operation.batch.is_some() {
        info = quote!(#info.answer(Answer::Batch));
    } else if operation.promises_data {
        info = quote!(#info.answer(Answer::Value));
    }
    info
}

fn doc(schema: &Schema, operation: &Operation) -> String {
    let title = operation
        .endpoint
        .title
        .as_deref()
        .unwrap_or(&operation.endpoint.operation);
    let mut text = format!(
        "{}.\n\n{}",
        docs::escape(title),
        docs::code(&format!("{} {}", operation.method, operation.path))
    );
    if let Some(url) = &operation.doc_url {
        text.push_str(&format!(", documented at <{url}>"));
    }
    if let Some(updated) = &operation.endpoint.source.updated {
        text.push_str(&format!(" (page of {})", docs::escape(updated)));
    }
    text.push_str(".\n\n");
    let again = match (operation.writes, operation.idempotent) {
        (false, _) => "Reads only: a client may send it again after a failure.",
        (true, true) => "Sending it twice is as sending it once: a client may send it again after a failure.",
        (true, false) => {
            "Sending it twice may do it twice: a client sends it again only when it surely never arrived or was refused.\n\
             After a time-out, see [`Error::maybe_applied`](crm_core::Error::maybe_applied)."
        }
    };
    text.push_str(again);
    let example = value::operation(schema, operation, value::Fill::Required);
    let import: Vec<String> = value::imports(schema, operation, value::Fill::Required);
    text.push_str("\n\n```\n");
    for line in import {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&format!("\nlet operation = {example};\n# let _ = operation;\n```"));
    text
}

/// The first parameter that is no argument of `new`, for an example.
pub(super) fn first_optional(operation: &Operation) -> Option<&Parameter> {
    let optional = |parameter: &&Parameter| {
        need(parameter) != crate::schema::Need::Required && matches!(parameter.kind, ParameterType::Leaf(_))
    };
    operation.parameters().into_iter().find(optional)
}

/// Whether a request example is one that the operation's body should equal.
pub(super) fn is_body_example(example: &Json) -> bool {
    matches!(example, Json::Object(_))
}
