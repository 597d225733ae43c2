//! What spans and events say, and what they never say.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

use crm_core::call::Response;
use tracing::Level;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::vendor::{Act, Create, DEAD, Drifting, Find, Network, OK, PASSWORD, SENT_PHONE, logins};

thread_local! {
    /// What the test on this thread has logged.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Listens to everything from now on; all tests share the listener, and each has the lines of its own thread.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(|| Log)
            .init();
    });
    LOG.with_borrow_mut(Vec::clear);
}

fn heard() -> String {
    LOG.with_borrow(|log| String::from_utf8(log.clone()).unwrap())
}

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_span_and_each_attempt_one_in_it_with_the_names_of_opentelemetry() {
    listen();
    let network = Network::script([Act::Answer(502, "<html>"), OK]);
    network.client_given("given-token-77").send(Find).await.unwrap();
    let text = heard();
    for part in [
        "crm.call{otel.name=GET /contacts otel.kind=\"client\" http.request.method=GET url.template=\"/contacts\"",
        "server.address=\"crm.example\" server.port=443",
        "crm.vendor=\"acme\" crm.operation=\"find\"",
        "crm.attempt{otel.kind=\"client\"",
        "http.request.resend_count=1",
        "http.response.status_code=502",
        "http.response.status_code=200",
        "error.type=\"server\"",
        "crm.attempts=2",
        "repeating kind=\"server\"",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn drift_is_told_once_per_operation_and_place_without_values() {
    listen();
    let network = Network::new(|_| {
        Act::Answer(
            200,
            r#"{"code":0,"data":[{"id":{"phone":"13911112222"},"nickname":"王小五"},{"id":[7],"nickname":"b"}]}"#,
        )
    });
    let client = network.client_given("t");
    for _ in 0..3 {
        client.send(Drifting).await.unwrap();
    }
    let text = heard();
    assert_eq!(text.matches("path=\"/*/id\"").count(), 1, "{text}");
    assert_eq!(text.matches("path=\"/*/nickname\"").count(), 1, "{text}");
    assert!(!text.contains(SENT_PHONE) && !text.contains("王小五"));
}

#[tokio::test(start_paused = true)]
async fn nothing_secret_or_personal_reaches_a_log_line_an_error_or_debug() {
    listen();
    let mut texts = Vec::new();
    for act in [
        OK,
        DEAD,
        Act::Answer(
            200,
            r#"{"code":7,"message":"13911112222 exists","data":{"mail":"someone@example.com"}}"#,
        ),
        Act::Answer(
            200,
            r#"{"code":0,"data":{"phone":13911112222}} trailing someone@example.com"#,
        ),
        Act::Answer(500, "secret-token-1 13911112222"),
        Act::AnswerWith(302, &[("location", "https://x.example/?key=secret-token-1")], ""),
        Act::Hangs,
    ] {
        let tokens = logins();
        let network = Network::new(move |arrived| {
            if arrived.path == "/login" {
                tokens()
            } else {
                act.clone()
            }
        });
        let client = network.client();
        texts.push(format!("{client:?}"));
        let raw = client
            .raw(http::Method::POST, "/contacts/13911112222")
            .query("phone", SENT_PHONE);
        for result in [client.send(Create).await, raw.send().await.map(Response::into_value)] {
            match result {
                Ok(value) => texts.push(format!("{value:?}")),
                Err(error) => texts.push(format!("{error}\n{error:?}\n{error:#?}\n{}", error.report())),
            }
        }
    }
    texts.push(heard());
    let all = texts.join("\n");
    assert!(all.contains("crm.attempt"), "the log was heard");
    for secret in [
        "secret-token",
        PASSWORD,
        SENT_PHONE,
        "someone@example.com",
        "王小五",
        "key=",
    ] {
        let line = all.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
