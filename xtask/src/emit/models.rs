//! `generated/models/`: one plain struct per shape, and its `model!` table.

use std::collections::BTreeSet;

use quote::quote;

use crate::schema::{Model, Schema, Type, names};

use super::{docs, header, ident, import_of, model_module, model_of, print, rust_type};

/// `models.rs`: the list of the models.
pub(super) fn module(schema: &Schema) -> String {
    let modules = schema.models.iter().map(|model| ident(&model_module(&model.name)));
    let uses = schema.models.iter().map(|model| {
        let (module, name) = (ident(&model_module(&model.name)), ident(&model.name));
        quote!(pub use #module::#name;)
    });
    let title = format!("What {} answers with, one struct per shape.", schema.vendor.name);
    let title = format!(" {title}");
    print(
        schema,
        quote! {
            #![doc = #title]
            #(mod #modules;)*
            #(#uses)*
        },
    )
}

/// One model.
pub(super) fn file(schema: &Schema, model: &Model) -> String {
    let name = ident(&model.name);
    let mut core: BTreeSet<&str> = model.fields.iter().filter_map(|field| import_of(&field.kind)).collect();
    core.insert("Extra");
    let core = core.into_iter().map(ident);
    let siblings: BTreeSet<&str> = model
        .fields
        .iter()
        .filter_map(|field| model_of(&field.kind))
        .filter(|other| *other != model.name)
        .collect();
    let siblings: Vec<_> = siblings.into_iter().map(ident).collect();
    let siblings = if siblings.is_empty() {
        quote!()
    } else {
        quote!(use super::{#(#siblings),*};)
    };
    let fields = model.fields.iter().map(|field| {
        let mut text = match &field.label {
            Some(label) => format!("{} ({}).", docs::label(label), docs::code(&field.key)),
            None => format!("The vendor's {}.", docs::code(&field.key)),
        };
        if field.personal {
            text.push_str(" Hidden in `Debug`.");
        }
        let doc = docs::lines(&text);
        let (ident, kind) = (ident(&field.ident), rust_type(&field.kind));
        match &field.kind {
            Type::List(_) => quote!(#doc pub #ident: #kind),
            _ => quote!(#doc pub #ident: Option<#kind>),
        }
    });
    let doc = docs::lines(&doc(schema, model));
    let items = print(
        schema,
        quote! {
            use crm_core::model::{#(#core),*};
            #siblings

            #doc
            #[derive(Clone, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields,)*
                /// What stood beside these fields: keys that no page shows, a tenant's own fields, and values that did not fit.
                pub extra: Extra,
            }
        },
    );
    format!("{items}\n{}", table(schema, model))
}

fn doc(schema: &Schema, model: &Model) -> String {
    let operations = schema
        .operations
        .iter()
        .filter(|operation| model.operations.contains(&operation.endpoint.operation));
    let titles: Vec<String> = operations
        .map(|operation| format!("[`{0}`](crate::{0})", operation.name))
        .collect();
    format!(
        "A {} as {} shows it, merged over all pages.\n\nSeen in the answers of {}.",
        words(&model.name),
        schema.vendor.name,
        titles.join(", ")
    )
}

fn words(name: &str) -> String {
    names::field(name).trim_start_matches("r#").replace('_', " ")
}

/// The `model!` call, one line a field: written out here because formatters leave macro calls as they are.
fn table(schema: &Schema, model: &Model) -> String {
    let mut text = String::from("crm_core::model! {\n");
    let custom = !schema.vendor.custom_fields.prefixes.is_empty();
    if custom {
        text = format!("crm_core::model!({}, crate::generated::CUSTOM_KEYS, {{\n", model.name);
    } else {
        text.push_str(&format!("    {} {{\n", model.name));
    }
    let indent = if custom { "    " } else { "        " };
    for field in &model.fields {
        let key = proc_macro2::Literal::string(&field.key);
        let personal = if field.personal { " personal" } else { "" };
        text.push_str(&format!("{indent}{}: {key}{personal},\n", field.ident));
    }
    text.push_str(if custom { "});\n" } else { "    }\n}\n" });
    // Parsed once here, so that nothing that a page says can leave the table.
    debug_assert!(syn::parse_file(&text).is_ok(), "{}{text}", header(schema));
    text
}
