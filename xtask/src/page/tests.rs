//! The reader's own pages, written for the purpose: one per layout and per slip, read and compared as a whole.
#![allow(clippy::unwrap_used)]

mod anything;
mod layouts;

use std::fmt::Write as _;

use super::*;
use crate::json::Json;

/// A fixture as a person checks it against the page.
fn shown(fixture: &Fixture) -> String {
    let mut out = String::new();
    let endpoint = &fixture.endpoint;
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
    let required = |required: Option<bool>| required.map_or("?".to_owned(), |required| required.to_string());
    writeln!(out, "{}", or(&endpoint.title)).unwrap();
    writeln!(out, "{} {}", or(&endpoint.method), or(&endpoint.path)).unwrap();
    if let Some(updated) = &endpoint.source.updated {
        writeln!(out, "updated {updated}").unwrap();
    }
    if let Some(url) = &endpoint.source.url {
        writeln!(out, "from {url}").unwrap();
    }
    for (param, line) in endpoint.params.iter().zip(&fixture.page.lines.params) {
        let place = format!("{:?}", param.place).to_lowercase();
        writeln!(
            out,
            "{line:>4} {place} {} | {} | {} | {}",
            param.name,
            or(&param.kind),
            required(param.required),
            or(&param.label)
        )
        .unwrap();
    }
    for (field, line) in endpoint.fields.iter().zip(&fixture.page.lines.fields) {
        writeln!(
            out,
            "{line:>4} field {} | {} | {}",
            field.name,
            or(&field.kind),
            or(&field.label)
        )
        .unwrap();
    }
    let examples = fixture.requests.iter().chain(&fixture.responses);
    for (json, found) in examples.zip(&fixture.page.examples) {
        writeln!(
            out,
            "{:>4} {} {}",
            found.lines.first().unwrap(),
            found.file,
            one_line(json)
        )
        .unwrap();
    }
    for slip in &fixture.page.slips {
        let place = slip
            .place
            .as_deref()
            .map(|place| format!(" {place}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{:>4} slip {}{place}: {} -> {}",
            slip.line,
            slip.kind,
            slip.what,
            or(&slip.mended)
        )
        .unwrap();
    }
    out
}

fn one_line(json: &Json) -> String {
    json.pretty().lines().map(str::trim).collect::<Vec<_>>().join("")
}

#[test]
fn every_layout_and_slip_is_read() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::glob!("../../tests/pages", "*.{txt,md,html}", |path| {
            let fixture = read("operation", &std::fs::read(path).unwrap());
            for (example, json) in fixture.page.examples.iter().zip(fixture.requests.iter().chain(&fixture.responses)) {
                assert_eq!(example.lines.len(), values(json), "{}", path.display());
            }
            insta::assert_snapshot!(shown(&fixture));
        });
    });
}

fn values(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(values).sum(),
        Json::Object(members) => members.iter().map(|(_, value)| values(value)).sum(),
        _ => 0,
    }
}

/// The same page gives the same facts in every encoding and with every kind of line end.
#[test]
fn encoding_and_line_ends_make_no_difference() {
    let text = include_str!("../../tests/pages/showdoc.md");
    let facts = |bytes: &[u8]| {
        let mut fixture = read("operation", bytes);
        fixture.endpoint.source.sha256 = None;
        fixture
    };
    let expected = facts(text.as_bytes());
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let marked = format!("\u{feff}{text}");
    let dos = text.replace('\n', "\r\n");
    let hard = text.replace("  ", "\u{a0}\u{a0}");
    for (name, bytes) in [
        ("gbk", gbk.as_ref()),
        ("utf-16", &utf16),
        ("mark", marked.as_bytes()),
        ("crlf", dos.as_bytes()),
        ("nbsp", hard.as_bytes()),
    ] {
        assert_eq!(facts(bytes), expected, "{name}");
    }
}

/// What the file says, not what it is called or when it is read.
#[test]
fn the_hash_is_of_the_bytes_as_given() {
    let hash = read("x", b"abc").endpoint.source.sha256.unwrap();
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
