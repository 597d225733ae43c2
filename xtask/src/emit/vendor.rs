//! `generated/mod.rs`: the facts of the vendor and the list of its operations.

use quote::quote;

use crate::{schema::Schema, vendor::Clear};

use super::{ident, module_of, print};

pub(super) fn module(schema: &Schema) -> String {
    let vendor = &schema.vendor;
    let envelope = &vendor.envelope;
    let (code, message, data, ok) = (&envelope.code, &envelope.message, &envelope.data, &envelope.ok);
    let mut spec = quote!(EnvelopeSpec::new(#code, #message, #data, #ok));
    for (name, key) in [
        ("error", &envelope.error),
        ("success", &envelope.success),
        ("request_id", &envelope.request_id),
    ] {
        if let Some(key) = key {
            let name = ident(name);
            spec = quote!(#spec.#name(#key));
        }
    }
    if envelope.code_may_be_absent {
        spec = quote!(#spec.code_may_be_absent());
    }
    let clear = match vendor.clear {
        Clear::Null => quote!(ClearAs::Null),
        Clear::EmptyText => quote!(ClearAs::EmptyText),
    };
    let (prefixes, companions) = (&vendor.custom_fields.prefixes, &vendor.custom_fields.companions);
    let custom = if prefixes.is_empty() {
        quote!()
    } else {
        quote! {
            /// How the keys of a tenant's own fields look.
            pub(crate) const CUSTOM_KEYS: CustomKeys = CustomKeys { prefixes: &[#(#prefixes),*], companions: &[#(#companions),*] };
        }
    };
    let custom_use = if prefixes.is_empty() {
        quote!()
    } else {
        quote!(
            use crm_core::model::CustomKeys;
        )
    };
    let modules = schema.operations.iter().map(|operation| ident(&module_of(operation)));
    let uses = schema.operations.iter().map(|operation| {
        let (module, name) = (ident(&module_of(operation)), ident(&operation.name));
        quote!(pub use #module::#name;)
    });
    let infos = schema.operations.iter().map(|operation| {
        let module = ident(&module_of(operation));
        quote!(&#module::INFO)
    });
    let inputs = if schema.inputs.is_empty() {
        quote!()
    } else {
        quote!(
            pub mod inputs;
        )
    };
    let doc = format!(" Everything that {}'s documentation says, as types.", vendor.name);
    let clear_use = schema.operations.iter().any(|operation| operation.has_body());
    let (clear_const, clear_use) = if clear_use {
        (
            quote! {
                /// How a field is emptied.
                pub(crate) const CLEAR: ClearAs = #clear;
            },
            quote!(
                use crm_core::wire::ClearAs;
            ),
        )
    } else {
        (quote!(), quote!())
    };
    print(
        schema,
        quote! {
            #![doc = #doc]
            #inputs
            pub mod models;
            #(mod #modules;)*

            use crm_core::envelope::EnvelopeSpec;
            #custom_use
            use crm_core::operation::OperationInfo;
            #clear_use
            #(#uses)*

            /// What stands around every answer.
            pub static ENVELOPE: EnvelopeSpec = #spec;

            #custom
            #clear_const

            /// Every documented operation, by name.
            pub static OPERATIONS: &[&OperationInfo] = &[#(#infos),*];
        },
    )
}
