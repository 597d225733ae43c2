//! The vendors on loopback answer what the documentation shows and refuse what it forbids.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crm_testkit::mock::{MODULEDATA_AUTH_HEADER, MockVendor, Operation};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request as a test changes it before it is sent.
struct Draft {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Value>,
}

struct Vendor {
    mock: MockVendor,
    /// Key and value of success.
    ok: (&'static str, i64),
    message: &'static str,
    /// The code for a dead token.
    dead: i64,
}

async fn vendors() -> [Vendor; 3] {
    [
        Vendor {
            mock: MockVendor::ikcrm().await,
            ok: ("code", 0),
            message: "message",
            dead: 100401,
        },
        Vendor {
            mock: MockVendor::dustess().await,
            ok: ("code", 0),
            message: "msg",
            dead: 40002,
        },
        Vendor {
            mock: MockVendor::moduledata().await,
            ok: ("code", 200),
            message: "message",
            dead: 401,
        },
    ]
}

impl Vendor {
    fn name(&self) -> &str {
        &self.mock.documented().vendor
    }

    /// What the documentation allows, with the least that it demands.
    fn draft(&self, operation: &Operation) -> Draft {
        let token = self.mock.token();
        let (mut query, mut headers) = (Vec::new(), Vec::new());
        match self.name() {
            "ikcrm" => {
                let value = format!("Token token={token}, device=open_api, version_code=9.9.9");
                headers.push(("authorization".to_owned(), value));
            }
            "dustess" => query.push(("accessToken".to_owned(), token)),
            _ => headers.push((MODULEDATA_AUTH_HEADER.to_owned(), token)),
        }
        let sample = self.mock.documented().sample(operation);
        query.extend(sample.query);
        headers.extend(sample.headers);
        // A request with nothing to say still has a body, where the method carries one.
        let body = sample.body.or_else(|| (operation.method != "GET").then(|| json!({})));
        Draft {
            method: sample.method,
            path: sample.path,
            query,
            headers,
            body,
        }
    }

    async fn send(&self, mut draft: Draft) -> (u16, Value) {
        let body = draft.body.take().map(|body| body.to_string()).unwrap_or_default();
        if !draft.headers.iter().any(|(name, _)| name == "content-type") {
            draft
                .headers
                .push(("content-type".to_owned(), "application/json".to_owned()));
        }
        self.send_text(draft, &body).await
    }

    /// Plain HTTP over a socket: nothing of the clients under test is between the request and the vendor.
    async fn send_text(&self, draft: Draft, body: &str) -> (u16, Value) {
        let address = self.mock.base_url().replace("http://", "");
        let query: String = draft
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}&"))
            .collect();
        let mut text = format!(
            "{} {}?{query} HTTP/1.1\r\nhost: {address}\r\n",
            draft.method, draft.path
        );
        for (name, value) in &draft.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!(
            "content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ));
        let mut socket = TcpStream::connect(&address).await.unwrap();
        socket.write_all(text.as_bytes()).await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (
            status,
            serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}")),
        )
    }

    fn is_success(&self, answer: &Value) -> bool {
        let code = answer.get(self.ok.0);
        answer.get("success") != Some(&json!(false)) && code.is_none_or(|code| *code == self.ok.1)
    }

    /// Asserts that the request is refused in the vendor's envelope with a sentence about `what`.
    async fn assert_refused(&self, draft: Draft, status: u16, code: Option<i64>, what: &str) {
        let (seen, answer) = self.send(draft).await;
        assert_eq!(seen, status, "{answer}");
        assert!(!self.is_success(&answer), "{answer}");
        assert!(
            answer[self.message].as_str().unwrap().contains(what),
            "{what} is not in {answer}"
        );
        if let Some(code) = code {
            assert_eq!(answer["code"], code, "{answer}");
        }
        assert!(self.mock.requests().pop().unwrap().refused.is_some());
    }
}

/// Takes a documented parameter out of a body: in a list, out of each element.
fn remove(body: &mut Value, path: &[&str]) {
    match (body, path) {
        (Value::Array(items), path) => items.iter_mut().for_each(|item| remove(item, path)),
        (Value::Object(members), [key]) => drop(members.remove(*key)),
        (Value::Object(members), [key, rest @ ..]) => {
            if let Some(inner) = members.get_mut(*key) {
                remove(inner, rest);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn every_documented_operation_answers_with_its_first_success() {
    for vendor in vendors().await {
        for operation in &vendor.mock.documented().operations {
            let (status, answer) = vendor.send(vendor.draft(operation)).await;
            assert_eq!(status, 200, "{}", operation.name);
            assert!(vendor.is_success(&answer), "{}: {answer}", operation.name);
            let shown = operation.answers.iter().find(|answer| answer.success).unwrap();
            let shown: Value = serde_json::from_str(&shown.body).unwrap();
            // A login hands out a token of its own, and a batch has the rows that were sent.
            if !["login", "access_token", "batch_edit_customer", "bind_external_id"].contains(&operation.name.as_str())
            {
                assert_eq!(answer, shown, "{}", operation.name);
            }
        }
    }
}

#[tokio::test]
async fn every_missing_required_parameter_is_refused_by_name() {
    let mut checked = 0;
    for vendor in vendors().await {
        for operation in &vendor.mock.documented().operations {
            for param in operation.params.iter().filter(|param| param.required) {
                let mut draft = vendor.draft(operation);
                match param.place.as_str() {
                    // The token is a matter of its own.
                    "query" if param.name != "accessToken" => draft.query.retain(|(name, _)| *name != param.name),
                    "body" => {
                        let path: Vec<_> = param
                            .name
                            .split(['[', ']', '.'])
                            .filter(|part| !part.is_empty())
                            .collect();
                        remove(draft.body.as_mut().unwrap(), &path);
                    }
                    _ => continue,
                }
                vendor
                    .assert_refused(draft, 200, None, &format!("`{}`", param.name))
                    .await;
                checked += 1;
            }
        }
    }
    assert!(checked >= 15, "only {checked} parameters were checked");
}

#[tokio::test]
async fn a_wrong_method_an_unknown_path_and_a_missing_token_are_refused() {
    for vendor in vendors().await {
        for operation in &vendor.mock.documented().operations {
            let draft = Draft {
                method: "DELETE".to_owned(),
                ..vendor.draft(operation)
            };
            vendor.assert_refused(draft, 405, None, &operation.method).await;

            let mut draft = vendor.draft(operation);
            draft.path.push_str("/else/where/at/all");
            vendor.assert_refused(draft, 404, None, "/else/where/at/all").await;

            if !["login", "access_token"].contains(&operation.name.as_str()) {
                let mut draft = vendor.draft(operation);
                (draft.headers, draft.query) = (Vec::new(), Vec::new());
                vendor.assert_refused(draft, 200, Some(vendor.dead), "is missing").await;
            }
        }
    }
}

#[tokio::test]
async fn a_killed_token_is_refused_with_the_vendors_own_code() {
    for vendor in vendors().await {
        let operation = vendor.mock.documented().operations.last().unwrap();
        let draft = vendor.draft(operation);
        vendor.mock.kill_token();
        vendor.assert_refused(draft, 200, Some(vendor.dead), "not valid").await;
        assert!(
            vendor.is_success(&vendor.send(vendor.draft(operation)).await.1),
            "the new token is not accepted"
        );
    }
}

#[tokio::test]
async fn ikcrm_refuses_another_device() {
    let [vendor, ..] = vendors().await;
    let mut draft = vendor.draft(vendor.mock.documented().operation("user_list").unwrap());
    draft.headers[0].1 = draft.headers[0].1.replace("open_api", "android");
    vendor.assert_refused(draft, 200, Some(100000), "device=open_api").await;
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let [vendor, ..] = vendors().await;
    let operation = vendor.mock.documented().operation("contact_update").unwrap();
    let mut draft = vendor.draft(operation);
    draft.headers.push((
        "content-type".to_owned(),
        "application/x-www-form-urlencoded".to_owned(),
    ));
    let (_, answer) = vendor.send_text(draft, "contact[name]=x").await;
    assert!(answer["message"].as_str().unwrap().contains("JSON"), "{answer}");
}

#[tokio::test]
async fn a_login_hands_out_the_token_that_is_accepted() {
    let [ikcrm, dustess, _] = vendors().await;
    for (vendor, operation, place) in [
        (ikcrm, "login", "/data/user_token"),
        (dustess, "access_token", "/data/accessToken"),
    ] {
        let operation = vendor.mock.documented().operation(operation).unwrap();
        let (_, answer) = vendor.send(vendor.draft(operation)).await;
        assert_eq!(answer.pointer(place).unwrap(), &json!(vendor.mock.token()));
    }
}

#[tokio::test]
async fn recorded_requests_hold_no_secret() {
    for vendor in vendors().await {
        for operation in &vendor.mock.documented().operations {
            vendor.send(vendor.draft(operation)).await;
        }
        let recorded = format!("{:?} {:?}", vendor.mock.requests(), vendor.mock);
        assert!(!recorded.contains(&vendor.mock.token()), "{recorded}");
        for secret in ["demo-secret", "password\":"] {
            assert!(!recorded.contains(secret), "{secret} was recorded");
        }
    }
}

#[tokio::test]
async fn an_answer_can_be_chosen() {
    let [vendor, ..] = vendors().await;
    let operation = vendor.mock.documented().operation("contact_update").unwrap();
    vendor.mock.answer_with_example("contact_update", 2);
    assert!(!vendor.is_success(&vendor.send(vendor.draft(operation)).await.1));
    vendor.mock.answer_with_body("contact_update", 503, "{}");
    assert_eq!(vendor.send(vendor.draft(operation)).await, (503, json!({})));
}
