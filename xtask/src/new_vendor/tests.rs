//! Every scaffold is whole: nothing of a template is left in it, and each file is what its ending says.
#![allow(clippy::unwrap_used, clippy::panic)]

use clap::Parser;

use super::*;
use crate::vendor::Vendor;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    new: NewVendor,
}

fn vendor(arguments: &[&str]) -> NewVendor {
    Command::try_parse_from(std::iter::once(&"new-vendor").chain(arguments))
        .unwrap_or_else(|error| panic!("{error}"))
        .new
}

/// Vendors of every form that the flags allow.
fn vendors() -> Vec<NewVendor> {
    [
        &["acme", "--auth", "query:access_token"][..],
        &["acme", "--auth", "header:X-Token", "--host", "https://api.acme.cn/"],
        &[
            "acme_cn",
            "--auth",
            "header:Authorization:Bearer {token}",
            "--host",
            "https://a.cn",
            "--host",
            "https://b.cn/v1",
        ],
        &[
            "a1",
            "--auth",
            "query:sign:a{token}\"b",
            "--title",
            "一 \"二\" `三`\\",
            "--docs",
            "https://doc.a1.cn/#/",
        ],
        &[
            "b2",
            "--auth",
            "header:token:{\"t\":\"{token}\"}",
            "--envelope",
            "code=errcode,message=errmsg,data=result,ok=200,success=ok,error=err",
        ],
    ]
    .into_iter()
    .map(vendor)
    .collect()
}

#[test]
fn every_file_of_a_scaffold_is_whole() {
    for new in vendors() {
        let files = scaffold::files(&new);
        assert_eq!(files.len(), 8);
        for (path, text) in files {
            let shown = path.display();
            for left in [
                "{{name}}",
                "{{Type}}",
                "{{crate}}",
                "{{title}}",
                "{{module}}",
                "{{docs}}",
                "{{sign}}",
                "{{imports}}",
                "{{public_uses}}",
            ] {
                assert!(!text.contains(left), "{shown}: {left}");
            }
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("rs") => assert!(syn::parse_file(&text).is_ok(), "{shown}:\n{text}"),
                Some("toml") => assert!(text.parse::<toml::Table>().is_ok(), "{shown}:\n{text}"),
                _ => assert!(text.starts_with("# crm-"), "{shown}"),
            }
        }
    }
}

#[test]
fn every_place_of_a_template_is_filled() {
    let new = vendor(&["acme", "--auth", "query:access_token"]);
    for (path, text) in scaffold::files(&new) {
        // The only doubled braces left are those of Rust's own format strings.
        assert!(!text.contains("{{"), "{}:\n{text}", path.display());
    }
}

#[test]
fn a_new_vendor_is_one_that_refresh_reads_and_writes() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().to_str().unwrap();
    let arguments = [
        "acme",
        "--auth",
        "header:Authorization:Bearer {token}",
        "--host",
        "https://api.acme.cn",
        "--root",
        folder,
    ];
    vendor(&arguments).run().unwrap();
    let read = Vendor::load(&root.path().join("fixtures/acme")).unwrap();
    assert_eq!((read.name.as_str(), read.crate_name.as_str()), ("acme", "crm-acme"));
    assert_eq!(read.hosts.keys().collect::<Vec<_>>(), ["https://api.acme.cn"]);
    assert!(root.path().join("crates/crm-acme/src/generated/mod.rs").exists());
    assert!(root.path().join("crates/crm-testkit/src/generated/acme.json").exists());
    let error = vendor(&arguments).run().unwrap_err().to_string();
    assert!(error.contains("is there already"), "{error}");
}

#[test]
fn what_is_no_vendor_is_refused_with_the_reason() {
    for (arguments, reason) in [
        (&["Acme", "--auth", "query:t"][..], "lower-case"),
        (&["../x", "--auth", "query:t"], "lower-case"),
        (&["type", "--auth", "query:t"], "a word of Rust"),
        (&["core", "--auth", "query:t"], "another meaning"),
        (&["acme", "--auth", "cookie:t"], "begins with"),
        (&["acme", "--auth", "header:a b"], "no name of a header"),
        (&["acme", "--auth", "header:a:Bearer"], "{token}"),
        (&["acme", "--auth", "query:t", "--host", "acme.cn"], "https://"),
        (
            &["acme", "--auth", "query:t", "--envelope", "code=c"],
            "`message` is missing",
        ),
        (
            &["acme", "--auth", "query:t", "--envelope", "kode=c"],
            "`kode` is none of",
        ),
    ] {
        let parsed = Command::try_parse_from(std::iter::once(&"new-vendor").chain(arguments));
        let error = parsed.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(reason), "{arguments:?}: {error}");
    }
}

/// The keys that a `vendor.toml` may have, as the reader itself lists them when it meets another.
fn keys(place: &str) -> Vec<String> {
    let text = scaffold::files(&vendor(&["acme", "--auth", "query:t"]))
        .pop()
        .unwrap()
        .1;
    let text = match place {
        "" => format!("unheard_of = 1\n{text}"),
        place if text.contains(place) => text.replace(place, &format!("{place}\nunheard_of = 1")),
        place => format!("{text}\n{place}\nunheard_of = 1\n"),
    };
    let error = toml::from_str::<Vendor>(&text).unwrap_err().message().to_owned();
    let (_, expected) = error
        .split_once("expected one of ")
        .or_else(|| error.split_once("expected "))
        .unwrap();
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_guide_names_every_key_of_vendor_toml() {
    let guide = fs::read_to_string(fixture::root().with_file_name("docs").join("adding-a-vendor.md")).unwrap();
    for place in [
        "",
        "[envelope]",
        "[auth]",
        "[custom_fields]",
        "[operation.x]",
        "[operation.x.batch]",
        "[[fixup]]",
    ] {
        let keys = keys(place);
        assert!(keys.len() > 1, "{place}");
        for key in keys {
            let named = [
                format!("`{key}`"),
                format!("`[{key}]`"),
                format!("`[[{key}]]`"),
                format!("`[{key}.NAME]`"),
            ];
            assert!(named.iter().any(|name| guide.contains(name.as_str())), "{place} {key}");
        }
    }
}
