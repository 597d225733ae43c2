//! Structs of parameters: fields, `new`, setters, and how they are written. Shared by operations and input structs.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema::{Input, Need, Parameter, ParameterType, Schema};

use super::{docs, ident, import_of, print, rust_type};

/// `inputs.rs`: the objects inside request bodies.
pub(super) fn inputs(schema: &Schema) -> String {
    let structs: Vec<_> = schema.inputs.iter().map(|input| structure(schema, input)).collect();
    let all: Vec<&Parameter> = schema.inputs.iter().flat_map(|input| &input.parameters).collect();
    let core = imports(&all, true);
    let patch = patch_import(&all);
    let doc = format!(" The objects inside {}'s request bodies.", schema.vendor.name);
    print(
        schema,
        quote! {
            #![doc = #doc]
            use std::collections::BTreeMap;

            use crm_core::{model::{#(#core),*}, wire::{self, WireValue, Writer}};
            #patch
            use serde::{Deserialize, Serialize};

            #(#structs)*
        },
    )
}

/// Names that `crm_core::model` must bring in.
pub(super) fn imports(parameters: &[&Parameter], extra: bool) -> Vec<TokenStream> {
    let mut names: BTreeSet<&str> = parameters
        .iter()
        .filter_map(|parameter| match &parameter.kind {
            ParameterType::Leaf(kind) | ParameterType::Leaves(kind) => import_of(kind),
            ParameterType::Object(_) | ParameterType::Objects(_) => None,
        })
        .collect();
    if extra {
        names.insert("Json");
    }
    names.into_iter().map(ident).collect()
}

pub(super) fn patch_import(parameters: &[&Parameter]) -> TokenStream {
    if parameters.iter().any(|parameter| need(parameter) == Need::Patch) {
        quote!(
            use crm_core::Patch;
        )
    } else {
        quote!()
    }
}

fn structure(schema: &Schema, input: &Input) -> TokenStream {
    let name = ident(&input.name);
    let parameters: Vec<&Parameter> = input.parameters.iter().collect();
    let label = input.label.as_deref().map_or_else(
        || format!("{} of a request.", input.name),
        |label| format!("{}.", docs::label(label)),
    );
    let doc = docs::lines(&label);
    let fields = fields(&parameters);
    let new = new(&parameters);
    let setters = setters(&parameters);
    let default = default_derive(&parameters);
    let writes = parameters.iter().map(|parameter| write(parameter, &quote!(object)));
    let debug = debug(&input.name, &parameters);
    let new_doc = format!(" A {} with what the vendor requires.", docs::code(&input.name));
    let _ = schema;
    quote! {
        #doc
        #[derive(Clone, #default PartialEq, Serialize, Deserialize)]
        #[must_use = "it is a part of a request"]
        #[non_exhaustive]
        pub struct #name {
            #fields
            /// Keys that no page documents, sent beside the others.
            #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
            pub extra: BTreeMap<String, Json>,
        }

        impl #name {
            #[doc = #new_doc]
            #new
            #setters

            /// Sends a key that no page documents.
            pub fn param(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
                self.extra.insert(name.into(), value.into());
                self
            }
        }

        impl WireValue for #name {
            fn write(&self, out: &mut Writer) {
                out.object(|object| {
                    #(#writes)*
                    object.extra(&self.extra);
                });
            }
        }

        #debug
    }
}

/// What requires nothing has a default.
pub(super) fn default_derive(parameters: &[&Parameter]) -> TokenStream {
    if parameters.iter().any(|parameter| need(parameter) == Need::Required) {
        quote!()
    } else {
        quote!(Default,)
    }
}

/// An object is set or not; emptying one as a whole is no thing that a page describes.
pub(super) fn need(parameter: &Parameter) -> Need {
    match (&parameter.kind, parameter.need) {
        (ParameterType::Object(_), Need::Patch) => Need::Optional,
        (_, need) => need,
    }
}

fn bare_type(parameter: &Parameter) -> TokenStream {
    match &parameter.kind {
        ParameterType::Leaf(kind) => rust_type(kind),
        ParameterType::Leaves(kind) => {
            let kind = rust_type(kind);
            quote!(Vec<#kind>)
        }
        ParameterType::Object(name) => {
            let name = ident(name);
            quote!(#name)
        }
        ParameterType::Objects(name) => {
            let name = ident(name);
            quote!(Vec<#name>)
        }
    }
}

fn doc(parameter: &Parameter) -> TokenStream {
    let name = docs::code(&parameter.documented);
    docs::lines(&match &parameter.label {
        Some(label) => format!("{} ({name}).", docs::label(label)),
        None => format!("The vendor's {name}."),
    })
}

/// The struct's fields.
pub(super) fn fields(parameters: &[&Parameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (doc, name, kind) = (doc(parameter), ident(&parameter.ident), bare_type(parameter));
        match need(parameter) {
            Need::Required => quote!(#doc pub #name: #kind),
            Need::Optional => quote! {
                #doc
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub #name: Option<#kind>
            },
            Need::Patch => quote! {
                #doc
                #[serde(default, skip_serializing_if = "Patch::is_keep")]
                pub #name: Patch<#kind>
            },
        }
    });
    quote!(#(#fields,)*)
}

/// `new`, with what is required as its arguments.
pub(super) fn new(parameters: &[&Parameter]) -> TokenStream {
    new_with(parameters, &quote!(extra: BTreeMap::new(),))
}

pub(super) fn new_with(parameters: &[&Parameter], rest: &TokenStream) -> TokenStream {
    let required = parameters.iter().filter(|parameter| need(parameter) == Need::Required);
    let arguments = required.map(|parameter| {
        let (name, kind) = (ident(&parameter.ident), bare_type(parameter));
        quote!(#name: impl Into<#kind>)
    });
    let fields = parameters.iter().map(|parameter| {
        let name = ident(&parameter.ident);
        match need(parameter) {
            Need::Required => quote!(#name: #name.into()),
            Need::Optional => quote!(#name: None),
            Need::Patch => quote!(#name: Patch::Keep),
        }
    });
    quote! {
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields,)* #rest }
        }
    }
}

/// One setter for each parameter that `new` does not take.
pub(super) fn setters(parameters: &[&Parameter]) -> TokenStream {
    let optional = parameters.iter().filter(|parameter| need(parameter) != Need::Required);
    let setters = optional.map(|parameter| {
        let (doc, name, kind) = (doc(parameter), ident(&parameter.ident), bare_type(parameter));
        let (argument, value) = match need(parameter) {
            Need::Patch => (quote!(impl Into<Patch<#kind>>), quote!(#name.into())),
            _ => (quote!(impl Into<#kind>), quote!(Some(#name.into()))),
        };
        quote! {
            #doc
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    });
    quote!(#(#setters)*)
}

/// Writes one parameter into the object `into`.
pub(super) fn write(parameter: &Parameter, into: &TokenStream) -> TokenStream {
    let (key, name) = (&parameter.key, ident(&parameter.ident));
    match need(parameter) {
        Need::Required => quote!(#into.required(#key, &self.#name);),
        Need::Optional => quote!(#into.optional(#key, &self.#name);),
        Need::Patch => quote!(#into.patch(#key, &self.#name);),
    }
}

/// `Debug` that names what is set and hides what is personal.
pub(super) fn debug(name: &str, parameters: &[&Parameter]) -> TokenStream {
    let ident_name = ident(name);
    let fields = parameters.iter().map(|parameter| {
        let field = ident(&parameter.ident);
        let shown = parameter.ident.trim_start_matches("r#");
        let personal =
            parameter.personal && matches!(parameter.kind, ParameterType::Leaf(_) | ParameterType::Leaves(_));
        quote!(wire::debug_field(&mut out, #shown, &self.#field, #personal);)
    });
    quote! {
        impl std::fmt::Debug for #ident_name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut out = f.debug_struct(#name);
                #(#fields)*
                out.finish_non_exhaustive()
            }
        }
    }
}
