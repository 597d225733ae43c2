//! Doc comments out of a page's words.

use proc_macro2::TokenStream;
use quote::quote;

/// Text of a page inside a doc comment: on one line, without anything that rustdoc would read as markup.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if let Some(at) = word.find("://") {
            // A bare address is a warning in rustdoc; as code it is plain text.
            let start = word[..at]
                .rfind(|c: char| !c.is_ascii_alphanumeric())
                .map_or(0, |before| before + 1);
            out.push_str(&plain(&word[..start]));
            out.push('`');
            out.push_str(&word[start..].replace('`', "'"));
            out.push('`');
        } else {
            out.push_str(&plain(word));
        }
    }
    out
}

/// A table's label, to be followed by a name in brackets.
pub(super) fn label(text: &str) -> String {
    escape(text.trim().trim_end_matches(['.', '。', ',', ',', ';', ';', ':', ':']))
}

fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if matches!(
            c,
            '[' | ']' | '<' | '>' | '*' | '_' | '`' | '\\' | '#' | '|' | '~' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Code inside a doc comment.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace(['`', '\n', '\r'], "'"))
}

/// Doc attributes, one for each line.
pub(super) fn lines(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}
