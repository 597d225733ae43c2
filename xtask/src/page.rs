//! The page reader: what one saved documentation page says, as facts, and where it breaks its own rules.
//!
//! bytes -> text -> lines and tables ([`document`]) -> blocks ([`block`]) -> facts ([`facts`]). Reading never fails: a
//! page that says nothing gives an empty fixture, and what had to be mended or could not be is a `Slip`.

mod address;
mod align;
mod block;
mod column;
mod curl;
mod date;
mod document;
mod example;
mod facts;
mod heading;
mod html;
mod listed;
mod markup;
mod nesting;
mod row;
mod source;
mod table;

use sha2::{Digest, Sha256};

use crate::fixture::{
    Endpoint, ExampleLines, Field, Fixture, PageLines, PageNotes, Param, Place, Source, examples_named,
};
use facts::{Fact, Facts, Found, Whither};

/// Reads a saved page: text, markdown or HTML, in whatever encoding.
pub(crate) fn read(operation: &str, page: &[u8]) -> Fixture {
    let document = source::document(page);
    let facts = facts::facts(&document, block::blocks(&document));
    fixture(operation, page, facts)
}

/// A saved page's text, line by line as its line numbers count.
pub(crate) fn text(page: &[u8]) -> String {
    source::text(page)
}

/// The method that a text names.
pub(crate) fn method(text: &str) -> Option<&'static str> {
    address::method(text)
}

/// The path of a URL or path, without host and query.
pub(crate) fn path(text: &str) -> Option<String> {
    address::address(text).map(|address| address.path)
}

/// Whether a call of `asked` is one of the operation at `path`: `/contacts/7` of `/contacts/:id`.
pub(crate) fn is_path_of(asked: &str, path: &str) -> bool {
    let is_param = |part: &str| !address::path_params(part).is_empty();
    asked.split('/').count() == path.split('/').count()
        && asked
            .split('/')
            .zip(path.split('/'))
            .all(|(asked, part)| asked == part || is_param(part))
}

fn fixture(operation: &str, page: &[u8], facts: Facts) -> Fixture {
    let lines = |rows: &[Fact]| rows.iter().map(|row| row.line).collect();
    let lines = PageLines {
        params: lines(&facts.params),
        fields: lines(&facts.fields),
    };
    let named = |stem: &'static str, found: &[Found]| -> Vec<ExampleLines> {
        examples_named(stem)
            .zip(found)
            .map(|(file, found)| ExampleLines {
                file,
                lines: found.lines.clone(),
                captured: false,
            })
            .collect()
    };
    let mut examples = named("request", &facts.requests);
    examples.extend(named("response", &facts.responses));
    let json = |found: Vec<Found>| found.into_iter().map(|found| found.json).collect();
    Fixture {
        endpoint: Endpoint {
            operation: operation.to_owned(),
            title: facts.title.best().cloned(),
            method: facts.method,
            path: facts.address.map(|address| address.path),
            source: Source {
                url: facts.url,
                sha256: Some(hash(page)),
                updated: facts.updated,
            },
            params: facts.params.into_iter().map(param).collect(),
            fields: facts
                .fields
                .into_iter()
                .map(|row| Field {
                    name: row.name,
                    kind: row.kind,
                    label: row.label,
                })
                .collect(),
        },
        requests: json(facts.requests),
        responses: json(facts.responses),
        page: PageNotes {
            lines,
            examples,
            slips: facts.slips,
        },
    }
}

fn param(row: Fact) -> Param {
    let place = match row.place {
        Whither::Known(place) => place,
        Whither::Url | Whither::Open => Place::Query,
    };
    Param {
        place,
        name: row.name,
        kind: row.kind,
        required: row.required,
        label: row.label,
    }
}

fn hash(page: &[u8]) -> String {
    Sha256::digest(page).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
