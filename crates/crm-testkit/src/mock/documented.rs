//! What a vendor's pages say, as `cargo xtask refresh` writes it down for the test kit.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::parameters;
use super::sample::{SampleCall, sample};

/// One vendor.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Documented {
    /// The vendor's short name.
    pub vendor: String,
    /// Every documented operation.
    pub operations: Vec<Operation>,
    pub(super) envelope: Envelope,
    pub(super) auth: Option<Auth>,
    /// How the keys of tenants' own fields begin.
    pub(super) custom_fields: Vec<String>,
}

/// One documented operation.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Operation {
    /// Its name in `fixtures/`, `contact_update`.
    pub name: String,
    /// The page's title.
    pub title: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path template, `/api/v2/contacts/:id`.
    pub path: String,
    /// The rows of its tables of parameters.
    pub params: Vec<Parameter>,
    /// The page's examples of request bodies.
    pub requests: Vec<String>,
    /// The page's examples of answers.
    pub answers: Vec<DocumentedAnswer>,
    pub(super) authenticated: bool,
    pub(super) constants: BTreeMap<String, String>,
    pub(super) batch: Option<Batch>,
}

/// One row of a table of parameters.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Parameter {
    /// `path`, `query`, `header` or `body`.
    #[serde(rename = "in")]
    pub place: String,
    /// The name as documented, `contact[address_attributes][tel]`.
    pub name: String,
    /// Whether the vendor demands it.
    pub required: bool,
}

/// An example of an answer.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct DocumentedAnswer {
    /// Whether the vendor's envelope says success.
    pub success: bool,
    /// The example's text.
    pub body: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) data: String,
    pub(super) error: Option<String>,
    pub(super) success: Option<String>,
}

/// Where the credentials travel.
#[derive(Debug, Deserialize)]
pub(super) struct Auth {
    #[serde(rename = "in")]
    pub(super) place: String,
    pub(super) name: String,
    pub(super) format: String,
    pub(super) dead_token: String,
    pub(super) bad_request: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Batch {
    pub(super) rows: String,
    pub(super) succeeded: String,
    pub(super) first_index: u32,
}

impl Documented {
    /// An operation by its name in `fixtures/`.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// The places in a body sent to `operation` of which its page says nothing: neither its table, nor an example of a request,
    /// nor the prefixes of tenants' own fields.
    #[must_use]
    pub fn undocumented(&self, operation: &Operation, body: &serde_json::Value) -> Vec<String> {
        parameters::undocumented(operation, &self.custom_fields, body)
    }

    /// The rows of the page's table of the body of which a body has nothing.
    #[must_use]
    pub fn unsent<'a>(&self, operation: &'a Operation, body: &serde_json::Value) -> Vec<&'a str> {
        parameters::unsent(operation, body)
    }

    /// A call that the documentation allows, with everything that it demands.
    #[must_use]
    pub fn sample(&self, operation: &Operation) -> SampleCall {
        sample(self, operation)
    }

    pub(super) fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("run `cargo xtask refresh`: {error}"))
    }
}

macro_rules! vendor {
    ($name:ident) => {
        pub(super) fn $name() -> &'static Documented {
            static DOCUMENTED: OnceLock<Documented> = OnceLock::new();
            DOCUMENTED
                .get_or_init(|| Documented::read(include_str!(concat!("../generated/", stringify!($name), ".json"))))
        }
    };
}

vendor!(ikcrm);
vendor!(dustess);
vendor!(moduledata);
