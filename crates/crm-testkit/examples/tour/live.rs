//! The real vendors, with credentials from the environment. Only reads, unless a record was named.

use std::str::FromStr;
use std::sync::Arc;

use crm_core::model::Slot;
use crm_core::operation::Operation;
use crm_core::{ContactPatch, Crm, CustomerPatch, Error, PageRequest, RecordId};

use crate::embedded::Vendor;
use crate::embedded::step::Step;

/// For `--help`.
pub(crate) const VARIABLES: &str = "\
Variables that --live reads:
  ikcrm       IKCRM_BASE_URL, or IKCRM_EDITION = dingtalk | wecom | standalone | legacy
              IKCRM_TOKEN, or IKCRM_LOGIN and IKCRM_PASSWORD (and IKCRM_CORP_ID)
  dustess     DUSTESS_CLIENT_ID and DUSTESS_CLIENT_SECRET, or DUSTESS_TOKEN; DUSTESS_BASE_URL
  moduledata  MODULEDATA_BASE_URL, MODULEDATA_AUTH_HEADER and MODULEDATA_AUTH_VALUE, MODULEDATA_PRODUCT_LINE

Examples:
  cargo run --example tour
  cargo run --example tour -- --vendor dustess
  cargo run --example tour -- --vendor ikcrm --live
  cargo run --example tour -- --vendor ikcrm --live --write contact:5524470 --note 试用";

/// A record that may be written to.
#[derive(Debug, Clone)]
pub(crate) enum Record {
    Contact(RecordId),
    Customer(RecordId),
}

impl FromStr for Record {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some((_, "")) => Err("the id is missing: contact:ID or customer:ID"),
            Some(("contact", id)) => Ok(Self::Contact(id.into())),
            Some(("customer", id)) => Ok(Self::Customer(id.into())),
            _ => Err("write contact:ID or customer:ID"),
        }
    }
}

/// The environment, by name.
type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads what every account may read, and writes the one note that was asked for.
pub(crate) async fn run(
    vendor: Vendor,
    variable: Variables<'_>,
    write: Option<(Record, String)>,
) -> Result<Vec<Step>, Error> {
    let (mut steps, crm) = match vendor {
        Vendor::Ikcrm => ikcrm(variable).await?,
        Vendor::Dustess => dustess(variable).await?,
        Vendor::Moduledata => moduledata(variable).await?,
    };
    if crm.capability().list_users.is_some() {
        let users = crm.list_users(PageRequest::new()).await;
        let users = users.map(|page| format!("{} users on this page, {:?} in all", page.items.len(), page.total));
        steps.push(step(crm.vendor(), "dyn Crm", "list_users", "", users, Vec::new()));
    }
    if let Some((record, note)) = write {
        let (call, saved) = match record {
            Record::Contact(id) => {
                let saved = crm.update_contact(&id, ContactPatch::new().note(note)).await;
                (format!("update_contact {id}"), saved.map(|saved| format!("{saved:?}")))
            }
            Record::Customer(id) => {
                let saved = crm.update_customer(&id, CustomerPatch::new().note(note)).await;
                (format!("update_customer {id}"), saved.map(|saved| format!("{saved:?}")))
            }
        };
        steps.push(step(crm.vendor(), "dyn Crm", &call, "", saved, Vec::new()));
    }
    Ok(steps)
}

type Started = (Vec<Step>, Arc<dyn Crm>);

/// Sends a typed operation. Whatever of the answer does not fit the documented shape is a difference.
macro_rules! read {
    ($client:expr, $operation:expr) => {{
        let answer = $client.send_full($operation).await;
        shown(&$operation, answer.map(crm_core::call::Response::into_value))
    }};
}

async fn ikcrm(var: Variables<'_>) -> Result<Started, Error> {
    use crm_ikcrm::{Client, Edition, ListContacts, ListCustomFields, ListUsers};

    let mut builder = Client::builder();
    builder = match var("IKCRM_EDITION").as_deref() {
        Some("dingtalk") => builder.edition(Edition::DingTalk),
        Some("wecom") => builder.edition(Edition::WeCom),
        Some("standalone") => builder.edition(Edition::Standalone),
        Some("legacy") => builder.edition(Edition::LegacyStandalone),
        _ => builder,
    };
    if let Some(url) = var("IKCRM_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder = match (var("IKCRM_TOKEN"), var("IKCRM_LOGIN"), var("IKCRM_PASSWORD")) {
        (Some(token), ..) => builder.token(token),
        (_, Some(login), Some(password)) => builder.login(login, password, var("IKCRM_CORP_ID").as_deref()),
        _ => builder,
    };
    let client = builder.build()?;
    let steps = vec![
        read!(client, ListUsers::new().per_page(5)),
        read!(client, ListContacts::new().per_page(5)),
        read!(client, ListCustomFields::new()),
    ];
    Ok((steps, Arc::new(client)))
}

async fn dustess(var: Variables<'_>) -> Result<Started, Error> {
    use crm_dustess::{Client, ListContactTags, ListFollowStatus};

    let mut builder = Client::builder();
    if let Some(url) = var("DUSTESS_BASE_URL") {
        builder = builder.base_url(url);
    }
    builder = match (
        var("DUSTESS_TOKEN"),
        var("DUSTESS_CLIENT_ID"),
        var("DUSTESS_CLIENT_SECRET"),
    ) {
        (Some(token), ..) => builder.token(token),
        (_, Some(id), Some(secret)) => builder.client_credentials(id, secret),
        _ => builder,
    };
    let client = builder.build()?;
    let steps = vec![
        read!(client, ListFollowStatus::new()),
        read!(client, ListContactTags::new()),
    ];
    Ok((steps, Arc::new(client)))
}

async fn moduledata(var: Variables<'_>) -> Result<Started, Error> {
    use crm_moduledata::{Client, ListProductLines};

    let mut builder = Client::builder();
    if let Some(url) = var("MODULEDATA_BASE_URL") {
        builder = builder.base_url(url);
    }
    if let (Some(name), Some(value)) = (var("MODULEDATA_AUTH_HEADER"), var("MODULEDATA_AUTH_VALUE")) {
        builder = builder.auth_header(name, value);
    }
    if let Some(id) = var("MODULEDATA_PRODUCT_LINE") {
        builder = builder.product_line(id);
    }
    let client = builder.build()?;
    let steps = vec![read!(client, ListProductLines::new())];
    Ok((steps, Arc::new(client)))
}

fn shown<O: Operation<Output: Slot>>(_: &O, answer: Result<O::Output, Error>) -> Step {
    let drift = answer.as_ref().map(Slot::drift).unwrap_or_default();
    let drift = drift.iter().map(|drift| format!("drift: {drift}")).collect();
    let sent = format!("{} {}", O::INFO.method, O::INFO.path);
    // `Debug` of a model hides people: a live answer is about real ones.
    let answer = answer.map(|answer| format!("{answer:?}"));
    step(O::INFO.vendor, "typed", O::INFO.name, &sent, answer, drift)
}

fn step(
    vendor: &'static str,
    way: &'static str,
    call: &str,
    sent: &str,
    answer: Result<String, Error>,
    mut differences: Vec<String>,
) -> Step {
    let came_back = answer.unwrap_or_else(|error| {
        differences.push("an error".to_owned());
        error.to_string()
    });
    let (call, sent) = (call.to_owned(), sent.to_owned());
    Step {
        vendor,
        way,
        call,
        sent,
        came_back,
        compared: vec!["shape of the answer"],
        differences,
    }
}
