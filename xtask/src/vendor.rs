//! `vendor.toml`: what the pages of one vendor have in common, and what a person decided about them.

use std::{collections::BTreeMap, fs, path::Path};

use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::Deserialize;
use thiserror::Error;

use crate::{
    fixture::{Fixture, Place},
    json::Json,
};

/// `fixtures/<vendor>/vendor.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vendor {
    pub(crate) name: String,
    pub(crate) title: String,
    #[serde(rename = "crate")]
    pub(crate) crate_name: String,
    /// Where the vendor's documentation begins.
    #[serde(default)]
    pub(crate) docs: Option<String>,
    /// Addresses of the API, each with whom it serves. Clients know them by hand; OpenAPI lists them.
    #[serde(default)]
    pub(crate) hosts: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) clear: Clear,
    pub(crate) envelope: EnvelopeRule,
    #[serde(default)]
    pub(crate) auth: Option<AuthRule>,
    #[serde(default)]
    pub(crate) custom_fields: CustomRule,
    /// Key, or `Model.key`, to the name of the model that stands there.
    #[serde(default)]
    pub(crate) models: BTreeMap<String, String>,
    /// Key of a request object to the name of its struct.
    #[serde(default)]
    pub(crate) inputs: BTreeMap<String, String>,
    /// `Model.key` to whether it is hidden in `Debug`.
    #[serde(default)]
    pub(crate) personal: BTreeMap<String, bool>,
    #[serde(default)]
    pub(crate) operation: BTreeMap<String, OperationRule>,
    #[serde(default)]
    pub(crate) fixup: Vec<Fixup>,
    /// `names.toml`: names that stand although a later page has a key of the same spelling.
    #[serde(skip)]
    pub(crate) names: Names,
}

/// `fixtures/<vendor>/names.toml`, written by `cargo xtask refresh` where keys of one struct would share a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    /// `Struct.key`, or `Operation.documented name`, to the name of the field.
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, String>,
}

impl Names {
    /// The name that a key has had from the beginning.
    pub(crate) fn field(&self, owner: &str, key: &str) -> Option<&String> {
        if self.fields.is_empty() {
            return None;
        }
        self.fields.get(&format!("{owner}.{key}"))
    }
}

/// How a field is emptied on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Clear {
    #[default]
    Null,
    EmptyText,
}

/// Keys of the envelope, and when it says success.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnvelopeRule {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) data: String,
    pub(crate) ok: String,
    #[serde(default)]
    pub(crate) error: Option<String>,
    #[serde(default)]
    pub(crate) success: Option<String>,
    #[serde(default)]
    pub(crate) request_id: Option<String>,
    #[serde(default)]
    pub(crate) code_may_be_absent: bool,
}

impl EnvelopeRule {
    /// Whether an example is a success by this rule.
    pub(crate) fn is_success(&self, answer: &Json) -> bool {
        if self.success.as_deref().and_then(|key| answer.get(key)) == Some(&Json::Bool(false)) {
            return false;
        }
        match answer.get(&self.code) {
            Some(Json::Number(code) | Json::String(code)) => *code == self.ok,
            _ => self.code_may_be_absent,
        }
    }

    /// Whether a key belongs to the wrapper.
    pub(crate) fn owns(&self, key: &str) -> bool {
        let optional = [&self.error, &self.success, &self.request_id];
        [&self.code, &self.message, &self.data].contains(&&key.to_owned())
            || optional.iter().any(|name| name.as_deref() == Some(key))
    }
}

/// Where the credentials travel. Clients sign by hand; the test kit and OpenAPI read it here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuthRule {
    #[serde(rename = "in")]
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) format: String,
    /// The vendor's code for a dead token.
    pub(crate) dead_token: String,
    /// The vendor's code for a request that it refuses.
    pub(crate) bad_request: String,
}

/// How tenant-defined keys look.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomRule {
    #[serde(default)]
    pub(crate) prefixes: Vec<String>,
    #[serde(default)]
    pub(crate) companions: Vec<String>,
}

impl CustomRule {
    /// Whether a key is a tenant's own, or a companion of one. The same rule as `crm_core::model::CustomKeys`.
    pub(crate) fn matches(&self, key: &str) -> bool {
        let base = self
            .companions
            .iter()
            .find_map(|ending| key.strip_suffix(ending.as_str()))
            .unwrap_or(key);
        self.prefixes.iter().any(|prefix| {
            base.strip_prefix(prefix.as_str())
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
        })
    }
}

/// What a person decided about one operation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationRule {
    /// The Rust type, where the derived name is not what a person would say.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// The address of the page, where the page itself does not say it.
    #[serde(default)]
    pub(crate) doc: Option<String>,
    /// The model in the data place.
    #[serde(default)]
    pub(crate) answer: Option<String>,
    #[serde(default)]
    pub(crate) idempotent: Option<bool>,
    #[serde(default)]
    pub(crate) writes: Option<bool>,
    #[serde(default)]
    pub(crate) authenticated: Option<bool>,
    /// Whether a success may come without data.
    #[serde(default)]
    pub(crate) data_optional: bool,
    /// Parameters with one right value.
    #[serde(default)]
    pub(crate) constants: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) batch: Option<BatchRule>,
    /// Whether the vendor crate has `check::<operation>` for rules that the page states in words.
    #[serde(default)]
    pub(crate) checked: bool,
}

/// How a batch answer is tied to the request's rows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchRule {
    /// The request's list.
    pub(crate) rows: String,
    /// Keys of the answer's two lists.
    pub(crate) succeeded: String,
    pub(crate) failed: String,
    /// The `index` of the first row.
    pub(crate) first_index: u32,
}

/// A correction of a page, with its reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixup {
    pub(crate) operation: String,
    #[serde(default)]
    pub(crate) path: Option<String>,
    #[serde(default)]
    pub(crate) method: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    /// The parameter to correct, by its documented name.
    #[serde(default)]
    pub(crate) param: Option<String>,
    #[serde(default, rename = "type")]
    pub(crate) kind: Option<String>,
    #[serde(default)]
    pub(crate) required: Option<bool>,
    #[serde(default, rename = "in")]
    pub(crate) place: Option<Place>,
    pub(crate) reason: String,
}

/// What is wrong with a `vendor.toml`.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum VendorError {
    #[error("cannot read {path}")]
    #[diagnostic(help("every folder of `fixtures/` needs a vendor.toml; `cargo xtask new-vendor` writes one"))]
    Unreadable { path: String, source: std::io::Error },
    #[error("{message}")]
    #[diagnostic(help("the keys are listed in docs/adding-a-vendor.md"))]
    Malformed {
        message: String,
        #[source_code]
        source_code: NamedSource<String>,
        #[label("here")]
        at: Option<SourceSpan>,
    },
    #[error("a fix-up of {vendor} does not apply: {what}")]
    #[diagnostic(help("remove it from {path}, or correct it (its reason was: {reason})"))]
    UnusedFixup {
        vendor: String,
        path: String,
        what: String,
        reason: String,
    },
    #[error("{path} speaks of the operation `{operation}`, which has no folder beside it")]
    #[diagnostic(help("remove it, or add the operation's page with `cargo xtask add`"))]
    UnknownOperation { path: String, operation: String },
}

impl Vendor {
    /// Reads `fixtures/<vendor>/vendor.toml`.
    pub(crate) fn load(folder: &Path) -> Result<Self, VendorError> {
        let mut vendor: Self = read(&folder.join("vendor.toml"))?;
        let names = folder.join("names.toml");
        if names.exists() {
            vendor.names = read(&names)?;
        }
        Ok(vendor)
    }

    /// What a person decided about an operation.
    pub(crate) fn rule(&self, operation: &str) -> OperationRule {
        self.operation.get(operation).cloned().unwrap_or_default()
    }

    /// Applies the fix-ups. One that changes nothing is an error: the page was corrected, or the fix-up is wrong.
    pub(crate) fn fix(&self, fixtures: &mut [Fixture]) -> Result<(), VendorError> {
        let path = format!("fixtures/{}/vendor.toml", self.name);
        for name in self.operation.keys() {
            if !fixtures.iter().any(|fixture| fixture.endpoint.operation == *name) {
                return Err(VendorError::UnknownOperation {
                    path,
                    operation: name.clone(),
                });
            }
        }
        for fixup in &self.fixup {
            let what = match fixtures
                .iter_mut()
                .find(|fixture| fixture.endpoint.operation == fixup.operation)
            {
                Some(fixture) => fixup.apply(fixture),
                None => Err(format!("there is no operation `{}`", fixup.operation)),
            };
            what.map_err(|what| VendorError::UnusedFixup {
                vendor: self.name.clone(),
                path: path.clone(),
                what,
                reason: fixup.reason.clone(),
            })?;
        }
        Ok(())
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, VendorError> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|source| VendorError::Unreadable {
        path: shown.clone(),
        source,
    })?;
    toml::from_str(&text).map_err(|error: toml::de::Error| VendorError::Malformed {
        message: error.message().to_owned(),
        at: error.span().map(SourceSpan::from),
        source_code: NamedSource::new(shown, text),
    })
}

impl Fixup {
    fn apply(&self, fixture: &mut Fixture) -> Result<(), String> {
        let operation = &self.operation;
        let endpoint = &mut fixture.endpoint;
        let mut changed = false;
        for (name, place, value) in [
            ("path", &mut endpoint.path, &self.path),
            ("method", &mut endpoint.method, &self.method),
            ("title", &mut endpoint.title, &self.title),
        ] {
            let Some(value) = value else { continue };
            if place.as_ref() == Some(value) {
                return Err(format!("the page of `{operation}` already says {name} = \"{value}\""));
            }
            *place = Some(value.clone());
            changed = true;
        }
        if let Some(name) = &self.param {
            let param = endpoint.params.iter_mut().find(|param| param.name == *name);
            let param = param.ok_or_else(|| format!("the page of `{operation}` has no parameter `{name}`"))?;
            let before = param.clone();
            if let Some(kind) = &self.kind {
                param.kind = Some(kind.clone());
            }
            if let Some(required) = self.required {
                param.required = Some(required);
            }
            if let Some(place) = self.place {
                param.place = place;
            }
            if *param == before {
                return Err(format!("the page of `{operation}` already says so of `{name}`"));
            }
            changed = true;
        }
        if changed {
            Ok(())
        } else {
            Err(format!("the fix-up of `{operation}` sets nothing"))
        }
    }
}
