//! A vendor on loopback with what was called so far.

use std::future::Future;
use std::path::Path;

use crm_core::model::Slot;
use crm_core::operation::Operation;
use crm_core::{Error, ErrorKind, Saved};
use crm_testkit::document::differences;
use crm_testkit::mock::{MockVendor, RecordedRequest};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::step::Step;

pub(crate) const TYPED: &str = "typed";
pub(crate) const NEUTRAL: &str = "dyn Crm";

pub(crate) struct Scene {
    pub(crate) vendor: &'static str,
    pub(crate) mock: MockVendor,
    steps: Vec<Step>,
    /// Requests that a step has shown.
    seen: usize,
}

/// What came back: as people read it, and as a document where it can be compared.
pub(crate) struct Answer {
    pub(crate) shown: String,
    pub(crate) document: String,
}

impl Answer {
    /// A typed answer, written again as the vendor's document.
    pub(crate) fn of<T: Slot>(value: &T) -> Self {
        let document = serde_json::to_string(value).unwrap_or_else(|error| error.to_string());
        Self {
            shown: lines(&serde_json::from_str(&document).unwrap_or_default()).join("\n"),
            document,
        }
    }

    /// A neutral answer; what is held against the page is the vendor's record in its `raw`.
    pub(crate) fn neutral<T: Serialize>(saved: Saved<T>) -> Self {
        let mut record = serde_json::to_value(saved.record).unwrap_or_default();
        let raw = record
            .as_object_mut()
            .and_then(|members| members.remove("raw"))
            .unwrap_or_default();
        let custom = record
            .as_object_mut()
            .and_then(|members| members.remove("custom_fields"));
        let custom = custom
            .and_then(|custom| custom["fields"].as_object().map(serde_json::Map::len))
            .unwrap_or(0);
        let mut shown = lines(&record);
        shown.push(format!("{custom} custom fields, and all the rest in `raw`"));
        Self {
            shown: format!("saved {}\n{}", saved.id, shown.join("\n")),
            document: raw.to_string(),
        }
    }
}

impl Scene {
    pub(crate) fn new(vendor: &'static str, mock: MockVendor) -> Self {
        Self {
            vendor,
            mock,
            steps: Vec::new(),
            seen: 0,
        }
    }

    pub(crate) fn finish(self) -> Vec<Step> {
        self.steps
    }

    /// A call that succeeds: its request is held against the page's parameters and `body`, its answer against the data place
    /// of the page's example.
    pub(crate) async fn success<O: Operation>(
        &mut self,
        way: &'static str,
        call: &str,
        body: Body,
        example: Example,
        answer: impl Future<Output = Result<Answer, Error>>,
    ) {
        let outcome = answer.await;
        let (mut step, sent) = self.step::<O>(way, call);
        if let Some(sent) = &sent {
            self.compare_request::<O>(&mut step, sent, &body);
        }
        match outcome {
            Err(error) => {
                step.came_back = error.to_string();
                step.differences
                    .push("an error instead of the documented answer".to_owned());
            }
            Ok(answer) => {
                step.came_back = answer.shown;
                let documented = fixture(self.vendor, O::INFO.name, example.file);
                match documented.as_deref().and_then(|text| inside(text, example.place)) {
                    None => step
                        .differences
                        .push(format!("{} has no {}", example.file, example.place)),
                    Some(expected) => step.differences.extend(differences(&answer.document, &expected)),
                }
                step.compared.push("answer");
            }
        }
        self.steps.push(step);
    }

    /// A call that the vendor refuses with the error of the page's example.
    pub(crate) async fn refusal<O: Operation>(
        &mut self,
        way: &'static str,
        call: &str,
        example: usize,
        answer: impl Future<Output = Result<(), Error>>,
    ) {
        self.mock.answer_with_example(O::INFO.name, example);
        let outcome = answer.await;
        self.mock.answer_with_first_success(O::INFO.name);
        let (mut step, _) = self.step::<O>(way, call);
        let text = fixture(self.vendor, O::INFO.name, &format!("response-{example}.json")).unwrap_or_default();
        let shown: Value = serde_json::from_str(&text).unwrap_or_default();
        match outcome {
            Ok(()) => step
                .differences
                .push("a success instead of the documented error".to_owned()),
            Err(error) => {
                step.came_back = error.to_string();
                let (code, message) = (shown["code"].to_string(), shown["message"].as_str());
                if error.vendor_code() != Some(code.as_str()) {
                    step.differences
                        .push(format!("code {:?} instead of {code}", error.vendor_code()));
                }
                if error.vendor_message() != message {
                    step.differences.push("another message than the page shows".to_owned());
                }
                step.compared.extend(["code", "message"]);
            }
        }
        self.steps.push(step);
    }

    /// A call of the neutral trait that the vendor has no place for: refused by name, and nothing is sent.
    pub(crate) async fn unsupported(
        &mut self,
        call: &str,
        field: &str,
        answer: impl Future<Output = Result<(), Error>>,
    ) {
        let before = self.mock.requests().len();
        let outcome = answer.await;
        let mut step = Step {
            vendor: self.vendor,
            way: NEUTRAL,
            call: call.to_owned(),
            ..Step::default()
        };
        step.sent = "nothing".to_owned();
        match outcome {
            Err(error) if error.kind() == ErrorKind::Unsupported && error.parameter() == Some(field) => {
                step.came_back = error.to_string();
                step.compared.push("refused by name before sending");
            }
            other => step
                .differences
                .push(format!("`{field}` should be refused, but: {other:?}")),
        }
        if self.mock.requests().len() != before {
            step.differences.push("something was sent".to_owned());
        }
        self.steps.push(step);
    }

    /// Takes the call's request out of what arrived. What came before it is a login, which is a step of its own.
    fn step<O: Operation>(&mut self, way: &'static str, call: &str) -> (Step, Option<RecordedRequest>) {
        let arrived = self.mock.requests().split_off(self.seen);
        self.seen += arrived.len();
        let mut step = Step {
            vendor: self.vendor,
            way,
            call: call.to_owned(),
            ..Step::default()
        };
        let (mut own, others): (Vec<_>, Vec<_>) = arrived
            .into_iter()
            .partition(|request| request.operation.as_deref() == Some(O::INFO.name));
        for login in others {
            let mut step = Step {
                vendor: self.vendor,
                way: "by itself",
                sent: line(&login),
                ..Step::default()
            };
            step.call = login.operation.clone().unwrap_or_default();
            step.came_back = login.refused.clone().unwrap_or_else(|| "a token".to_owned());
            step.compared.push("request");
            step.differences.extend(login.refused);
            self.steps.push(step);
        }
        let sent = own.pop();
        step.sent = sent.as_ref().map_or_else(|| "nothing".to_owned(), line);
        match &sent {
            None => step.differences.push("no request arrived".to_owned()),
            Some(sent) => step
                .differences
                .extend(sent.refused.iter().map(|why| format!("refused: {why}"))),
        }
        if !own.is_empty() {
            step.differences
                .push(format!("{} requests instead of one", own.len() + 1));
        }
        (step, sent)
    }

    /// Holds a request against the page: path and method, known places only, and the body that it should have.
    fn compare_request<O: Operation>(&self, step: &mut Step, sent: &RecordedRequest, body: &Body) {
        let documented = self.mock.documented();
        let Some(operation) = documented.operation(O::INFO.name) else {
            step.differences.push("no page documents it".to_owned());
            return;
        };
        if sent.method != operation.method {
            step.differences
                .push(format!("{} instead of {}", sent.method, operation.method));
        }
        let unknown = documented.undocumented(operation, &sent.json());
        step.differences
            .extend(unknown.iter().map(|place| format!("no page knows `{place}`")));
        step.compared.extend(["method", "path"]);
        match body {
            Body::Example => {
                let expected = fixture(self.vendor, O::INFO.name, "request.json").unwrap_or_default();
                step.differences.extend(differences(&sent.body, &expected));
                step.compared.push("body as in the page's example");
            }
            Body::EveryParameter => {
                let lacking = documented.unsent(operation, &sent.json());
                step.differences
                    .extend(lacking.iter().map(|name| format!("`{name}` was not sent")));
                step.compared.push("every parameter of the table");
            }
            Body::Same(expected) => {
                step.differences.extend(differences(&sent.body, expected));
                step.compared.push("body as the typed call's");
            }
        }
    }
}

/// What a request's body is held against.
pub(crate) enum Body {
    /// The page's example.
    Example,
    /// The page has no example: every row of its table is sent.
    EveryParameter,
    /// The body of the same change in typed form.
    Same(String),
}

impl Body {
    pub(crate) fn same_as(operation: &impl Operation) -> Result<Self, Error> {
        let body = operation.request()?.body.unwrap_or_default();
        Ok(Self::Same(String::from_utf8(body).unwrap_or_default()))
    }
}

/// A place in one of the page's examples.
pub(crate) struct Example {
    pub(crate) file: &'static str,
    pub(crate) place: &'static str,
}

pub(crate) const DATA: Example = Example {
    file: "response.json",
    place: "/data",
};

/// The request as people read it.
fn line(request: &RecordedRequest) -> String {
    let mut text = format!("{} {}", request.method, request.path);
    for (name, value) in &request.query {
        text.push_str(&format!("\n? {name} = {value}"));
    }
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "content-type") {
        text.push_str(&format!("\n{name}: {value}"));
    }
    let body = match request.json() {
        Value::Null if request.body.is_empty() => Vec::new(),
        Value::Null => vec![request.body.clone()],
        body => lines(&body),
    };
    for line in body {
        text.push_str(&format!("\n{line}"));
    }
    text
}

/// The values of a document that say something, each with its place.
fn lines(document: &Value) -> Vec<String> {
    fn walk(place: &str, value: &Value, found: &mut Vec<String>) {
        let inner = |key: &str| {
            if place.is_empty() {
                key.to_owned()
            } else {
                format!("{place}.{key}")
            }
        };
        match value {
            Value::Null => {}
            Value::Object(members) => {
                // What the record says of itself before what it says of others.
                let (nested, own): (Vec<_>, Vec<_>) = members.iter().partition(|(_, value)| value.is_object());
                own.into_iter()
                    .chain(nested)
                    .for_each(|(key, value)| walk(&inner(key), value, found));
            }
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, item)| walk(&format!("{place}[{index}]"), item, found));
            }
            Value::Array(items) if items.is_empty() => {}
            Value::String(text) if text.is_empty() => found.push(format!("{place} = (empty)")),
            Value::String(text) => found.push(format!("{place} = {text}")),
            other => found.push(format!("{place} = {other}")),
        }
    }
    let mut found = Vec::new();
    walk("", document, &mut found);
    found
}

/// One of the page's examples.
fn fixture(vendor: &str, operation: &str, file: &str) -> Option<String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    std::fs::read_to_string(fixtures.join(vendor).join(operation).join(file)).ok()
}

/// A place in a document, in the document's own text: numbers keep their digits.
fn inside(text: &str, place: &str) -> Option<String> {
    place.split('/').skip(1).try_fold(text.to_owned(), |text, key| {
        let mut members: std::collections::HashMap<String, Box<RawValue>> = serde_json::from_str(&text).ok()?;
        members.remove(key).map(|raw| raw.get().to_owned())
    })
}
