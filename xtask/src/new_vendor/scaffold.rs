//! The files of a new vendor: templates, filled in.

use std::path::PathBuf;

use http::{HeaderName, Uri};
use proc_macro2::Literal;

use crate::schema::names;

use super::NewVendor;

/// Where the token travels.
#[derive(Debug, Clone)]
pub(super) struct Auth {
    place: &'static str,
    name: String,
    format: String,
}

/// Keys of the wrapper.
#[derive(Debug, Clone)]
pub(super) struct Envelope {
    keys: Vec<(String, String)>,
}

const NEEDED: &[&str] = &["code", "message", "data", "ok"];
const OPTIONAL: &[&str] = &["error", "success", "request_id"];

/// A name that is a folder, a crate, a module and a type at once.
pub(super) fn name(text: &str) -> Result<String, String> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.chars().all(letters) || text.ends_with('_') {
        return Err("a name is lower-case letters, digits and `_`, and begins with a letter".to_owned());
    }
    if matches!(text, "core" | "testkit" | "bench" | "redis" | "client" | "crm") {
        return Err(format!("`{text}` has another meaning in this workspace"));
    }
    if names::field(text) != text {
        return Err(format!("`{text}` is a word of Rust"));
    }
    Ok(text.to_owned())
}

pub(super) fn host(text: &str) -> Result<String, String> {
    let uri: Uri = text.parse().map_err(|_| "not an address".to_owned())?;
    match (uri.scheme_str(), uri.host(), uri.query()) {
        (Some("https" | "http"), Some(_), None) => Ok(text.trim_end_matches('/').to_owned()),
        _ => Err("an address begins with https:// and has no query".to_owned()),
    }
}

/// `header:Authorization:Bearer {token}`, `query:access_token`.
pub(super) fn auth(text: &str) -> Result<Auth, String> {
    let mut parts = text.splitn(3, ':');
    let place = match parts.next() {
        Some("header") => "header",
        Some("query") => "query",
        _ => return Err("begins with `header:` or `query:`".to_owned()),
    };
    let name = parts
        .next()
        .filter(|name| !name.is_empty())
        .ok_or("names a header or a parameter behind the colon")?;
    let format = parts.next().unwrap_or("{token}");
    if !format.contains("{token}") {
        return Err("the format has `{token}` where the token goes".to_owned());
    }
    if place == "header" && HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err(format!("`{name}` is no name of a header"));
    }
    Ok(Auth {
        place,
        name: name.to_owned(),
        format: format.to_owned(),
    })
}

/// `code=code,message=msg,data=data,ok=0,success=success`.
pub(super) fn envelope(text: &str) -> Result<Envelope, String> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let (key, name) = part
            .split_once('=')
            .ok_or_else(|| format!("`{part}` is not KEY=NAME"))?;
        let (key, name) = (key.trim(), name.trim());
        if !NEEDED.contains(&key) && !OPTIONAL.contains(&key) {
            return Err(format!(
                "`{key}` is none of {}, {}",
                NEEDED.join(", "),
                OPTIONAL.join(", ")
            ));
        }
        keys.push((key.to_owned(), name.to_owned()));
    }
    match NEEDED.iter().find(|needed| !keys.iter().any(|(key, _)| key == *needed)) {
        Some(missing) => Err(format!("`{missing}` is missing: {}", NEEDED.join(", "))),
        None => Ok(Envelope { keys }),
    }
}

pub(super) fn crate_name(name: &str) -> String {
    format!("crm-{}", name.replace('_', "-"))
}

/// Every file by its place in the workspace.
pub(super) fn files(vendor: &NewVendor) -> Vec<(PathBuf, String)> {
    let here = PathBuf::from("crates").join(crate_name(&vendor.name));
    let values = values(vendor);
    let templates = [
        (here.join("Cargo.toml"), include_str!("templates/Cargo.toml")),
        (here.join("README.md"), include_str!("templates/README.md")),
        (here.join("src/lib.rs"), include_str!("templates/lib.rs")),
        (here.join("src/client.rs"), include_str!("templates/client.rs")),
        (here.join("src/protocol.rs"), include_str!("templates/protocol.rs")),
        (here.join("src/crm.rs"), include_str!("templates/crm.rs")),
        (here.join("tests/client.rs"), include_str!("templates/tests_client.rs")),
        (
            PathBuf::from("fixtures").join(&vendor.name).join("vendor.toml"),
            include_str!("templates/vendor.toml"),
        ),
    ];
    templates
        .into_iter()
        .map(|(path, template)| (path, filled(template, &values)))
        .collect()
}

/// A template with its `{{places}}` filled. One pass: nothing that is put in is read again.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let value = after.split_once("}}").and_then(|(place, after)| {
            let (_, value) = values.iter().find(|(name, _)| *name == place)?;
            Some((value, after))
        });
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn values(vendor: &NewVendor) -> Vec<(&'static str, String)> {
    let name = &vendor.name;
    let krate = crate_name(name);
    let title = vendor.title.clone().unwrap_or_else(|| name.clone());
    // In the README and in Cargo.toml it stands as text.
    let plain = title.replace(['"', '\\', '\n', '\r', '`', '<', '>'], " ");
    let ok = vendor
        .envelope
        .keys
        .iter()
        .find(|(key, _)| key == "ok")
        .map(|(_, ok)| ok.clone())
        .unwrap_or_default();
    let user_agent = format!(
        "Defaults::new(concat!({}, env!(\"CARGO_PKG_VERSION\")))",
        rust_text(&format!("{krate}/"))
    );
    let (hosts, defaults, example_host) = match vendor.hosts.first() {
        Some(host) => (
            format!(
                "/// The documented address.\nconst HOST: &str = {};\n\n",
                rust_text(host)
            ),
            format!("let defaults = {user_agent}.base_url(HOST);"),
            String::new(),
        ),
        None => (
            String::new(),
            format!("let defaults = {user_agent};"),
            ".base_url(\"https://crm.example.com\")".to_owned(),
        ),
    };
    let hosts_table = match vendor.hosts.as_slice() {
        [] => String::new(),
        hosts => {
            let rows: String = hosts
                .iter()
                .map(|host| format!("{} = \"all companies\"\n", toml_text(host)))
                .collect();
            format!("[hosts]\n{rows}\n")
        }
    };
    let envelope = vendor
        .envelope
        .keys
        .iter()
        .map(|(key, name)| format!("{key} = {}\n", toml_text(name)))
        .collect();
    let (imports, sign) = sign(&vendor.auth);
    let vendor_type = names::type_name(name);
    // In the order that rustfmt keeps.
    let uses = |mut names: Vec<String>| {
        names.sort();
        format!("{{{}}}", names.join(", "))
    };
    vec![
        ("name", name.clone()),
        ("name_literal", rust_text(name)),
        ("keyword", name.chars().take(20).collect()),
        ("title", plain),
        ("title_literal", toml_text(&title)),
        ("crate_literal", toml_text(&krate)),
        ("module", krate.replace('-', "_")),
        ("crate", krate),
        ("public_uses", uses(vec![vendor_type.clone(), "VENDOR".to_owned()])),
        (
            "protocol_uses",
            uses(vec![
                vendor_type.clone(),
                format!("{vendor_type}Protocol"),
                "VENDOR".to_owned(),
            ]),
        ),
        ("Type", vendor_type),
        ("TOKEN", format!("{}_TOKEN", name.to_uppercase())),
        ("ok", ok),
        ("hosts", hosts),
        ("defaults", defaults),
        ("example_host", example_host),
        ("hosts_table", hosts_table),
        (
            "docs",
            vendor
                .docs
                .as_ref()
                .map_or_else(String::new, |docs| format!("docs = {}\n", toml_text(docs))),
        ),
        ("envelope", envelope),
        ("auth_place", toml_text(vendor.auth.place)),
        ("auth_name", toml_text(&vendor.auth.name)),
        ("auth_format", toml_text(&vendor.auth.format)),
        ("dead_token", rust_text(&vendor.dead_token)),
        ("bad_request", toml_text(&vendor.bad_request)),
        ("imports", imports),
        ("sign", sign),
    ]
}

/// The use line and the statement that put a token on a request.
fn sign(auth: &Auth) -> (String, String) {
    let whole = auth.format == "{token}";
    // Braces of the format stand for themselves; only the token is filled in.
    let format = auth
        .format
        .replace('{', "{{")
        .replace('}', "}}")
        .replace("{{token}}", "{token}");
    let text = rust_text(&format);
    if auth.place == "query" {
        let name = rust_text(&auth.name);
        let value = if whole {
            "token.expose()".to_owned()
        } else {
            format!("&format!({text}, token = token.expose())")
        };
        return (String::new(), format!("request.query({name}, {value});"));
    }
    let name = rust_text(&auth.name.to_lowercase());
    let value = if whole {
        "token.to_owned()".to_owned()
    } else {
        format!("format!({text})")
    };
    let value = format!("let value = token.header(VENDOR, |token| {value})?;");
    (
        "use http::HeaderName;\n".to_owned(),
        format!("{value}\n        request.header(HeaderName::from_static({name}), value);"),
    )
}

fn rust_text(text: &str) -> String {
    Literal::string(text).to_string()
}

fn toml_text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// What no command can do.
pub(super) fn what_is_left(vendor: &NewVendor) -> String {
    let (name, krate) = (&vendor.name, crate_name(&vendor.name));
    let next = [
        (
            format!("cargo xtask add --vendor {name} PAGE…"),
            "its documentation pages; then",
        ),
        ("cargo xtask refresh".to_owned(), "models, operations and tests; then"),
        (
            format!("INSTA_UPDATE=always cargo test -p {krate}"),
            "every documented operation, decoded, and called on loopback;",
        ),
        (String::new(), "review the snapshots that it writes"),
    ];
    let left = [
        (
            format!("fixtures/{name}/vendor.toml"),
            "names of models, personal fields, tenants' own keys, corrections of pages",
        ),
        (
            format!("crates/{krate}/src/protocol.rs"),
            "what each code means; the login, where the vendor has one",
        ),
        (
            format!("crates/{krate}/src/client.rs"),
            "the quota that the vendor documents",
        ),
        (
            format!("crates/{krate}/src/crm.rs"),
            "the mapping to the neutral trait, and the Capability that says what it can do",
        ),
        (
            format!("crates/{krate}/README.md"),
            "one complete example, and the vendor's traps",
        ),
    ];
    let width = next
        .iter()
        .chain(&left)
        .map(|(what, _)| what.chars().count())
        .max()
        .unwrap_or_default();
    let lines = |rows: &[(String, &str)]| -> String {
        rows.iter()
            .map(|(what, why)| format!("  {what:width$}  {why}\n"))
            .collect()
    };
    format!(
        "The crate compiles. Next:\n{}\nWhat a person must still write:\n{}\ndocs/adding-a-vendor.md walks through each.",
        lines(&next),
        lines(&left)
    )
}
