//! The generated tests: every documented answer decodes and loses nothing, every operation's request is a snapshot.

pub(super) mod value;

use quote::{format_ident, quote};

use crate::schema::{Operation, Schema};

use super::{ident, module_of, operation::is_body_example, print};

/// `response.json`, `response-2.json` …
pub(crate) fn example_file(kind: &str, index: usize) -> String {
    if index == 0 {
        format!("{kind}.json")
    } else {
        format!("{kind}-{}.json", index + 1)
    }
}

/// The test crate's root: the list of all answers, for the tests that go over all of them.
pub(super) fn main(schema: &Schema) -> String {
    let krate = format_ident!("{}", schema.vendor.crate_name.replace('-', "_"));
    let modules: Vec<_> = schema
        .operations
        .iter()
        .map(|operation| ident(&module_of(operation)))
        .collect();
    let answers = schema.operations.iter().flat_map(|operation| {
        let (vendor, folder, name) = (
            &schema.vendor.name,
            &operation.endpoint.operation,
            ident(&operation.name),
        );
        let krate = krate.clone();
        (0..operation.responses.len()).map(move |index| {
            let file = example_file("response", index);
            let (id, path) = (
                format!("{vendor}/{folder}/{file}"),
                format!("../../../../fixtures/{vendor}/{folder}/{file}"),
            );
            quote!(Answer::of::<#krate::#name>(#id, &#krate::ENVELOPE, include_str!(#path)))
        })
    });
    let tests = quote! {
        #![allow(missing_docs, clippy::unwrap_used)]

        #(#[rustfmt::skip] mod #modules;)*

        use crm_testkit::answers::Answer;

        /// Every documented answer of this vendor.
        #[rustfmt::skip]
        fn answers() -> Vec<Answer> {
            Vec::from([#(#answers),*])
        }

        #[test]
        fn no_drift_breaks_an_answer() {
            crm_testkit::drift::assert_harmless(&answers());
        }

        #[test]
        fn anything_anywhere_is_harmless() {
            crm_testkit::drift::assert_anything_harmless(&answers());
        }

        #[test]
        fn every_documented_answer_comes_back_whole() {
            for answer in answers() {
                answer.assert_whole();
            }
        }
    };
    print(schema, tests)
}

/// The tests of one operation.
pub(super) fn file(schema: &Schema, operation: &Operation) -> String {
    let krate = format_ident!("{}", schema.vendor.crate_name.replace('-', "_"));
    let (vendor, folder, name) = (
        &schema.vendor.name,
        &operation.endpoint.operation,
        ident(&operation.name),
    );
    let responses = (0..operation.responses.len()).map(|index| {
        let file = example_file("response", index);
        let test = format_ident!("answer_{}", index + 1);
        let path = format!("../../../../fixtures/{vendor}/{folder}/{file}");
        let snapshot = format!("{folder}.answer-{}", index + 1);
        quote! {
            #[test]
            fn #test() {
                let text = include_str!(#path);
                let shown = crm_testkit::answers::shown::<#krate::#name>(&#krate::ENVELOPE, text);
                crm_testkit::assert_snapshot!(#snapshot, shown);
            }
        }
    });
    let all = syn::parse_str::<syn::Expr>(&value::operation(schema, operation, value::Fill::All)).ok();
    let snapshot = format!("{folder}.request");
    let requests = operation
        .requests
        .iter()
        .enumerate()
        .filter(|(_, example)| operation.has_body() && is_body_example(example));
    let requests: Vec<_> = requests
        .filter_map(|(index, example)| {
            let file = example_file("request", index);
            let test = format_ident!("request_of_example_{}", index + 1);
            let path = format!("../../../../fixtures/{vendor}/{folder}/{file}");
            let value =
                syn::parse_str::<syn::Expr>(&value::operation(schema, operation, value::Fill::Example(example)))
                    .ok()?;
            Some(quote! {
                #[test]
                fn #test() {
                    let operation = #value;
                    crm_testkit::requests::assert_body(&operation, include_str!(#path));
                }
            })
        })
        .collect();
    let mut fills = vec![value::Fill::All];
    fills.extend(
        operation
            .requests
            .iter()
            .filter(|example| operation.has_body() && is_body_example(example))
            .map(value::Fill::Example),
    );
    let mut imports: Vec<String> = fills
        .iter()
        .flat_map(|fill| value::imports(schema, operation, *fill))
        .collect();
    imports.sort();
    imports.dedup();
    let imports = imports.iter().filter_map(|line| syn::parse_str::<syn::Item>(line).ok());
    print(
        schema,
        quote! {
            #(#imports)*

            #(#responses)*

            #[test]
            fn request_with_every_parameter() {
                let operation = #all;
                let shown = crm_testkit::requests::shown(&operation);
                crm_testkit::assert_snapshot!(#snapshot, shown);
            }

            #[test]
            fn survives_a_queue() {
                let operation = #all;
                crm_testkit::requests::assert_storable(&operation);
            }

            #(#requests)*
        },
    )
}
