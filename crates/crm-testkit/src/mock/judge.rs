//! Whether a request is one that the documentation allows.

use httpmock::HttpMockRequest;
use serde_json::{Map, Value, json};
use url::Url;

use super::MODULEDATA_AUTH_HEADER;
use super::documented::{Auth, Documented, Envelope, Operation};
use super::parameters;
use super::token::Tokens;

/// The code of refusals for which the vendor's pages show none. No page uses it for anything else.
const REFUSED: &str = "400";

/// A request, taken apart.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Why a request is refused.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) operation: Option<String>,
    pub(super) status: u16,
    code: String,
    pub(super) sentence: String,
}

impl Call {
    pub(super) fn new(request: &HttpMockRequest) -> Self {
        // Only path and query are looked at; the host is there to make it a URL.
        let url = Url::parse("http://loopback").and_then(|base| base.join(request.uri_str()));
        let (path, query) = match &url {
            Ok(url) => (url.path().to_owned(), url.query_pairs().into_owned().collect()),
            Err(_) => (request.uri_str().to_owned(), Vec::new()),
        };
        let headers = request
            .headers_vec()
            .iter()
            .map(|(name, value)| (name.to_lowercase(), value.clone()));
        Self {
            method: request.method_str().to_owned(),
            path,
            query,
            headers: headers.collect(),
            body: request.body_vec(),
        }
    }

    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body, where it is JSON.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl Refusal {
    fn new(operation: &Operation, code: &str, sentence: String) -> Self {
        // The vendors answer errors with HTTP 200.
        Self {
            operation: Some(operation.name.clone()),
            status: 200,
            code: code.to_owned(),
            sentence,
        }
    }

    /// The vendor's own error envelope.
    pub(super) fn body(&self, envelope: &Envelope) -> String {
        let mut body = Map::new();
        if let Some(key) = &envelope.success {
            body.insert(key.clone(), false.into());
        }
        body.insert(
            envelope.code.clone(),
            self.code.parse::<i64>().map_or_else(|_| json!(self.code), Value::from),
        );
        body.insert(envelope.message.clone(), self.sentence.as_str().into());
        if let Some(key) = &envelope.error {
            body.insert(key.clone(), "refused_on_loopback".into());
        }
        body.insert(envelope.data.clone(), json!({}));
        Value::Object(body).to_string()
    }
}

/// The operation that the request calls, if the documentation allows the request.
pub(super) fn judge<'a>(documented: &'a Documented, tokens: &Tokens, call: &Call) -> Result<&'a Operation, Refusal> {
    let operation = find(documented, call)?;
    if operation.authenticated {
        authenticate(documented.auth.as_ref(), tokens, operation, call)?;
    }
    let refused = |sentence| Refusal::new(operation, REFUSED, sentence);
    let body = body(operation, call).map_err(refused)?;
    for (name, value) in &operation.constants {
        match parameters::scalar(body.as_ref(), name) {
            Some(sent) if sent == *value => {}
            _ => {
                let code = documented.auth.as_ref().map_or(REFUSED, |auth| &auth.bad_request);
                return Err(Refusal::new(operation, code, format!("`{name}` must be \"{value}\"")));
            }
        }
    }
    match parameters::missing(operation, call, body.as_ref()) {
        Some(sentence) => Err(refused(sentence)),
        None => Ok(operation),
    }
}

/// The operation by path and method. A path without parameters wins over a template that also fits.
fn find<'a>(documented: &'a Documented, call: &Call) -> Result<&'a Operation, Refusal> {
    let mut fitting: Vec<&Operation> = documented
        .operations
        .iter()
        .filter(|operation| fits(&operation.path, &call.path))
        .collect();
    fitting.sort_by_key(|operation| operation.path.matches(':').count());
    if let Some(operation) = fitting.iter().find(|operation| operation.method == call.method) {
        return Ok(operation);
    }
    let (status, sentence) = match fitting.first() {
        None => (
            404,
            format!("no page of {} documents the path {}", documented.vendor, call.path),
        ),
        Some(known) => (
            405,
            format!("{} is {} {}, not {}", known.name, known.method, known.path, call.method),
        ),
    };
    let operation = fitting.first().map(|operation| operation.name.clone());
    Err(Refusal {
        operation,
        status,
        code: REFUSED.to_owned(),
        sentence,
    })
}

fn fits(template: &str, path: &str) -> bool {
    let (mut known, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (known.next(), given.next()) {
            (None, None) => return true,
            (Some(name), Some(value)) if name == value || (name.starts_with(':') && !value.is_empty()) => {}
            _ => return false,
        }
    }
}

fn authenticate(auth: Option<&Auth>, tokens: &Tokens, operation: &Operation, call: &Call) -> Result<(), Refusal> {
    let (place, name, format, dead, bad) = match auth {
        Some(auth) => (
            auth.place.as_str(),
            auth.name.as_str(),
            auth.format.as_str(),
            auth.dead_token.as_str(),
            &*auth.bad_request,
        ),
        None => ("header", MODULEDATA_AUTH_HEADER, "{token}", "401", "401"),
    };
    let given = if place == "query" {
        call.query(name)
    } else {
        call.header(name)
    };
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        return Err(Refusal::new(
            operation,
            dead,
            format!("the {place} `{name}` is missing: it carries the token"),
        ));
    };
    if given == format.replace("{token}", &tokens.current()) {
        return Ok(());
    }
    let around: Vec<&str> = format.splitn(2, "{token}").collect();
    if !around.iter().all(|part| given.contains(part)) {
        return Err(Refusal::new(
            operation,
            bad,
            format!("the {place} `{name}` must read `{format}`"),
        ));
    }
    Err(Refusal::new(
        operation,
        dead,
        format!("the token in the {place} `{name}` is not valid, or no longer"),
    ))
}

/// The JSON body of an operation that has one.
fn body(operation: &Operation, call: &Call) -> Result<Option<Value>, String> {
    if !operation.params.iter().any(|param| param.place == "body") && call.body.is_empty() {
        return Ok(None);
    }
    if call.body.is_empty() {
        return Ok(None);
    }
    if !call
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("application/json"))
    {
        return Err("the body must be JSON, and `content-type` must say so".to_owned());
    }
    call.json().map(Some).ok_or_else(|| "the body is no JSON".to_owned())
}
