//! The fixture folder: what one documentation page says, as facts.
//!
//! `fixtures/<vendor>/<operation>/` holds `endpoint.toml` and the page's own JSON examples.

mod folder;
mod page_notes;

pub(crate) use folder::{examples_named, root};
pub(crate) use page_notes::{ExampleLines, PageLines, PageNotes, Slip};

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::json::Json;

/// One operation's folder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fixture {
    pub(crate) endpoint: Endpoint,
    /// `request.json`, `request-2.json` … in page order.
    pub(crate) requests: Vec<Json>,
    /// `response.json`, `response-2.json` … in page order, success and error alike.
    pub(crate) responses: Vec<Json>,
    /// `page.toml`: where on the page each fact stands, and what had to be mended.
    pub(crate) page: PageNotes,
}

/// `endpoint.toml`.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Endpoint {
    pub(crate) operation: String,
    pub(crate) title: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) path: Option<String>,
    #[serde(default)]
    pub(crate) source: Source,
    #[serde(default, rename = "param", skip_serializing_if = "Vec::is_empty")]
    pub(crate) params: Vec<Param>,
    #[serde(default, rename = "field", skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<Field>,
}

/// Where the facts come from.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    pub(crate) url: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) updated: Option<String>,
}

/// Where a request parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Body,
}

/// One row of a request table.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Param {
    #[serde(rename = "in")]
    pub(crate) place: Place,
    /// The full name: `contact[address_attributes][tel]`, `customer_list.mobiles.tel`.
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) required: Option<bool>,
    pub(crate) label: Option<String>,
}

/// One row of a response table.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) label: Option<String>,
}
