//! How an operation writes its request: path, query, headers and body.

use proc_macro2::TokenStream;
use quote::quote;

use crate::schema::{BodyNode, Operation, ParameterType};

use super::{
    ident,
    operation::method,
    requests::{need, write},
};

pub(super) fn request(operation: &Operation) -> TokenStream {
    let method = method(operation);
    let path = if operation.path_params.is_empty() && !operation.path.contains(':') {
        quote!(INFO.path)
    } else {
        let values = operation.path_params.iter().map(|parameter| {
            let (key, name) = (parameter.key.trim_start_matches(':'), ident(&parameter.ident));
            quote!((#key, &self.#name))
        });
        quote!(wire::path(&INFO, &[#(#values),*])?)
    };
    let with_body = operation.has_body();
    let query = operation.query.iter().map(|parameter| {
        let (key, name) = (&parameter.key, ident(&parameter.ident));
        match (&parameter.kind, need(parameter)) {
            (ParameterType::Leaves(_), crate::schema::Need::Required) => quote!(query.repeated(#key, &self.#name);),
            (ParameterType::Leaves(_), _) => quote!(query.repeated(#key, self.#name.as_deref().unwrap_or_default());),
            (_, crate::schema::Need::Required) => quote!(query.required(#key, &self.#name);),
            _ => quote!(query.optional(#key, &self.#name);),
        }
    });
    let query = if operation.query.is_empty() && with_body {
        quote!()
    } else {
        let extra = if with_body {
            quote!()
        } else {
            quote!(query.extra(&self.extra);)
        };
        quote! {
            let mut query = wire::Query::new();
            #(#query)*
            #extra
            request.query = query.finish();
        }
    };
    let headers = operation.headers.iter().map(|parameter| {
        let (key, name) = (&parameter.key, ident(&parameter.ident));
        match need(parameter) {
            crate::schema::Need::Required => quote!(request.headers.push((#key, self.#name.text().into_owned()));),
            _ => quote! {
                if let Some(value) = &self.#name {
                    request.headers.push((#key, value.text().into_owned()));
                }
            },
        }
    });
    let body = if with_body {
        let writes = body(operation, &operation.body, &quote!(body), true);
        quote! {
            request.body = Some(wire::Writer::body(&INFO, super::CLEAR, |body| { #writes })?);
        }
    } else {
        quote!()
    };
    quote! {
        let mut request = Request::new(#method, #path);
        #query
        #(#headers)*
        #body
        Ok(request)
    }
}

fn body(operation: &Operation, nodes: &[BodyNode], into: &TokenStream, top: bool) -> TokenStream {
    let writes = nodes.iter().map(|node| match node {
        BodyNode::Field(parameter) => write(parameter, into),
        BodyNode::Constant { key, value } => quote!(#into.constant(#key, #value);),
        BodyNode::Group { key, nodes, always } => {
            let inner = body(operation, nodes, &quote!(group), false);
            let here = operation.custom_fields == Some(Some(key.clone()));
            let custom = if here {
                quote!(group.custom_fields(&self.custom_fields); group.extra(&self.extra);)
            } else {
                quote!()
            };
            let write = quote!(#into.object(#key, |group| { #inner #custom }););
            if *always {
                write
            } else {
                quote!(#into.object_if_any(#key, |group| { #inner #custom });)
            }
        }
    });
    let rest = match (&operation.custom_fields, top) {
        (Some(Some(_)), true) | (_, false) => quote!(),
        (Some(None), true) => quote!(#into.custom_fields(&self.custom_fields); #into.extra(&self.extra);),
        (None, true) => quote!(#into.extra(&self.extra);),
    };
    quote!(#(#writes)* #rest)
}
