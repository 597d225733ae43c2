//! What counts as success, and what each failure is called.

use crm_core::call::Broken;
use crm_core::{Error, ErrorKind, Unreadable};
use http::Method;

use crate::vendor::{Act, Batch, Create, Find, Network, OK, Remove, SENT_PHONE};

/// Sends a create to a vendor that always acts like this.
async fn create(act: Act) -> Error {
    Network::new(move |_| act.clone())
        .client_given("t")
        .send(Create)
        .await
        .unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn every_answer_to_a_create_has_its_kind_and_says_whether_it_may_have_been_applied() {
    use ErrorKind as K;
    const ELSEWHERE: &[(&str, &str)] = &[("location", "https://evil.example/steal?x=1")];
    let cases: &[(&str, Act, ErrorKind, bool)] = &[
        ("refused to connect", Act::Breaks(Broken::Connect), K::Connect, false),
        ("broke on the way", Act::Breaks(Broken::Exchange), K::Transport, true),
        ("too large", Act::Breaks(Broken::TooLarge), K::TooLarge, true),
        ("never answers", Act::Hangs, K::Timeout, true),
        ("301", Act::AnswerWith(301, ELSEWHERE, ""), K::Redirect, false),
        ("302", Act::AnswerWith(302, ELSEWHERE, ""), K::Redirect, true),
        ("307", Act::AnswerWith(307, ELSEWHERE, ""), K::Redirect, false),
        ("401 without envelope", Act::Answer(401, "no"), K::Auth, false),
        ("403", Act::Answer(403, "<html>"), K::Auth, false),
        ("404", Act::Answer(404, "<html>"), K::NotFound, false),
        ("409", Act::Answer(409, ""), K::Conflict, false),
        ("418", Act::Answer(418, ""), K::Rejected, false),
        ("500", Act::Answer(500, "<html>"), K::Server, true),
        ("502", Act::Answer(502, "<html>bad gateway</html>"), K::Server, true),
        (
            "success inside 500",
            Act::Answer(500, r#"{"code":0,"data":{"id":1}}"#),
            K::Server,
            true,
        ),
        (
            "refusal inside 200",
            Act::Answer(200, r#"{"code":7,"message":"no"}"#),
            K::Rejected,
            false,
        ),
        (
            "refusal inside 400",
            Act::Answer(400, r#"{"code":7,"message":"no"}"#),
            K::Rejected,
            false,
        ),
        (
            "not found inside 200",
            Act::Answer(200, r#"{"code":"100"}"#),
            K::NotFound,
            false,
        ),
        (
            "not found inside 500",
            Act::Answer(500, r#"{"code":"100"}"#),
            K::NotFound,
            false,
        ),
        (
            "conflict inside 200",
            Act::Answer(200, r#"{"code":409}"#),
            K::Conflict,
            false,
        ),
        (
            "failure inside 200",
            Act::Answer(200, r#"{"code":500}"#),
            K::Server,
            true,
        ),
        (
            "bad account inside 200",
            Act::Answer(200, r#"{"code":400}"#),
            K::Auth,
            false,
        ),
        (
            "flag against code",
            Act::Answer(200, r#"{"code":0,"success":false,"data":{"id":1}}"#),
            K::Rejected,
            false,
        ),
        (
            "batch code without being a batch",
            Act::Answer(200, r#"{"code":4126,"data":{"fail":[]}}"#),
            K::Rejected,
            true,
        ),
        (
            "success without data",
            Act::Answer(200, r#"{"code":0}"#),
            K::IncompleteAnswer,
            true,
        ),
        (
            "success with null",
            Act::Answer(200, r#"{"code":0,"data":null}"#),
            K::IncompleteAnswer,
            true,
        ),
        ("empty", Act::Answer(200, ""), K::Unreadable, true),
        ("no content", Act::Answer(204, ""), K::Unreadable, true),
        ("html", Act::Answer(200, "<!DOCTYPE html>"), K::Unreadable, true),
        ("not the envelope", Act::Answer(200, r#"[1,2]"#), K::Unreadable, true),
        (
            "neither code nor data",
            Act::Answer(200, r#"{"status":"ok"}"#),
            K::Unreadable,
            true,
        ),
    ];
    for (name, act, kind, maybe_applied) in cases {
        let error = create(act.clone()).await;
        assert_eq!(error.kind(), *kind, "{name}: {error}");
        assert_eq!(error.maybe_applied(), *maybe_applied, "{name}: {error}");
        assert_eq!(error.operation(), Some("create"), "{name}");
        assert_eq!(error.doc_url(), Some("https://docs.example/create"), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn bodies_that_are_not_the_vendors_json_are_told_apart_and_keep_their_status() {
    let nested = format!(r#"{{"code":0,"data":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    let nested: &'static [u8] = nested.leak().as_bytes();
    for (body, what) in [
        (&b""[..], Unreadable::Empty),
        (b" \r\n", Unreadable::Empty),
        (b"<html><body>login</body></html>", Unreadable::Html),
        (br#"{"code":0,"data":{"id""#, Unreadable::Truncated),
        (b"{\"code\":0,\"data\":{\"name\":\"\xff\xfe\"}}", Unreadable::NotUtf8),
        (b"OK", Unreadable::NotJson),
        (br#"{"code":0,}"#, Unreadable::NotJson),
        (br#"{"code":0} trailing"#, Unreadable::NotJson),
        (b"\"just text\"", Unreadable::NotEnvelope),
        (nested, Unreadable::TooDeep),
    ] {
        let error = create(Act::Bytes(201, body)).await;
        assert_eq!(error.unreadable(), Some(what), "{error}");
        assert_eq!(error.http_status(), Some(201));
        assert_eq!(error.raw_body(), Some(body));
    }
    let error = create(Act::Bytes(503, b"<html>")).await;
    assert_eq!(
        (error.kind(), error.unreadable()),
        (ErrorKind::Server, Some(Unreadable::Html))
    );
}

#[tokio::test(start_paused = true)]
async fn a_byte_order_mark_and_duplicate_keys_do_not_hide_an_answer() {
    for body in [
        &b"\xEF\xBB\xBF{\"code\":0,\"data\":{\"id\":1}}"[..],
        br#"{"code":0,"data":{"id":1,"id":1}}"#,
    ] {
        let network = Network::script([Act::Bytes(200, body)]);
        assert!(network.client_given("t").send(Create).await.unwrap().is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_promises_nothing_may_answer_nothing() {
    let network = Network::script([Act::Answer(200, r#"{"code":0,"data":{}}"#)]);
    network.client_given("t").send(Remove).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_batch_with_failed_rows_is_an_answer() {
    let half = Act::Answer(
        200,
        r#"{"success":false,"code":4126,"data":{"fail":[{"code":1}],"success":null}}"#,
    );
    let refused = Act::Answer(400, r#"{"success":false,"code":4126,"data":{"fail":[{"code":1}]}}"#);
    let silent = Act::Answer(200, r#"{"success":false,"code":4126}"#);
    let network = Network::script([half.clone(), half, refused, silent]);
    let client = network.client_given("t");

    let response = client.send_full(Batch).await.unwrap();
    assert_eq!(response.vendor_code(), Some("4126"));
    assert!(response.value().is_some());
    let raw = client.raw(Method::POST, "/batch").json(&[1]).send().await.unwrap();
    assert_eq!(raw.vendor_code(), Some("4126"));
    let response = client.send_full(Batch).await.unwrap();
    assert_eq!((response.http_status(), response.vendor_code()), (400, Some("4126")));
    let error = client.send(Batch).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Rejected, true));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_keeps_the_vendors_words_and_shows_none_of_the_values() {
    let error = create(Act::Answer(
        200,
        r#"{"code":7,"message":"王小五 13911112222 exists; ask someone@example.com","trace_id":"tr-1","data":{"note":"private"}}"#,
    ))
    .await;
    assert_eq!(error.vendor_code(), Some("7"));
    assert_eq!(error.request_id(), Some("tr-1"));
    assert!(error.vendor_message().unwrap().contains(SENT_PHONE));
    for text in [error.to_string(), error.report(), format!("{error:?}")] {
        for secret in ["王小五", SENT_PHONE, "someone@example.com", "private", "key="] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    assert!(error.to_string().contains("exists; ask"));
}

#[tokio::test(start_paused = true)]
async fn a_redirect_names_the_host_and_nothing_else_of_its_target() {
    let act = Act::AnswerWith(307, &[("location", "https://evil.example/steal?token=abc")], "");
    let text = create(act).await.report();
    assert!(
        text.contains("evil.example") && !text.contains("steal") && !text.contains("abc"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_full_response_has_status_headers_and_body() {
    let network = Network::script([Act::AnswerWith(
        200,
        &[("x-served-by", "node-3")],
        r#"{"code":0,"data":{"id":1},"trace_id":"tr-9"}"#,
    )]);
    let response = network.client_given("t").send_full(Find).await.unwrap();
    assert_eq!((response.http_status(), response.attempts()), (200, 1));
    assert_eq!(response.headers()["x-served-by"], "node-3");
    assert!(response.raw_body().starts_with(b"{\"code\""));
    assert_eq!(response.request_id(), Some("tr-9"));
    assert!(!format!("{response:?}").contains("node-3"));
}

#[tokio::test(start_paused = true)]
async fn a_raw_call_is_refused_before_sending_when_it_would_leave_its_endpoint() {
    let network = Network::new(|_| OK);
    let client = network.client_given("t");
    for path in [
        "contacts",
        "/a/../b",
        "/a/%2E%2e/b",
        "/a//b",
        "/a?x=1",
        "/a#b",
        "/a b",
        "/a\\b",
        "/",
        "/.",
    ] {
        let error = client.raw(Method::GET, path).send().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.parameter()),
            (ErrorKind::InvalidRequest, Some("path")),
            "{path}"
        );
    }
    let error = client
        .raw(Method::GET, "/a")
        .header("x", "two\nlines")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.parameter(), Some("header"));
    assert_eq!(network.calls(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_says_neither_success_nor_failure_may_have_been_applied() {
    for body in [
        r#"{"data":{"id":5}}"#,
        r#"{"code":null,"data":{"id":5}}"#,
        r#"{"code":"","data":{"id":5}}"#,
        r#"{"code":{},"message":"王小五","data":{"id":5}}"#,
    ] {
        let network = Network::script([Act::Answer(200, body)]);
        let error = network.client_given("t").send(Create).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.maybe_applied(), error.is_retryable()),
            (ErrorKind::IncompleteAnswer, true, false),
            "{body}: {error}"
        );
        assert!(error.raw_body().is_some());
        assert_eq!(error.vendor_message().is_some(), body.contains("message"));
        assert!(!error.report().contains("王小五"));
    }
    let words = r#"{"error":"invalid_app_error","message":"device参数错误","data":null}"#;
    let error = create(Act::Answer(200, words)).await;
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Rejected, false));
    assert!(error.to_string().contains("device参数错误"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_error_name_that_quotes_the_request_is_hidden_like_a_message() {
    let error = create(Act::Answer(200, r#"{"code":7,"error":"王小五 exists"}"#)).await;
    assert_eq!(error.vendor_message(), Some("王小五 exists"));
    assert!(!error.report().contains("王小五"), "{}", error.report());
}

#[tokio::test(start_paused = true)]
async fn a_write_that_the_vendor_called_a_success_is_not_sent_again() {
    for (status, body) in [
        (429, r#"{"code":0,"data":{"id":5}}"#),
        (400, r#"{"code":0,"data":{"id":5}}"#),
        (404, r#"{"code":0,"data":{"id":5}}"#),
        (200, r#"{"code":429,"success":true,"data":{"id":5}}"#),
        (200, r#"{"code":7,"success":true,"data":{"id":5}}"#),
    ] {
        let network = Network::new(move |_| Act::Answer(status, body));
        let error = network.client_given("t").send(Create).await.unwrap_err();
        assert!(error.maybe_applied(), "{status} {body}: {error}");
        assert_eq!(network.calls(), 1, "{status} {body}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_says_failure_by_its_flag_alone_is_an_answer() {
    let rows = Act::Answer(200, r#"{"success":false,"message":"","data":{"fail":[{"index":1}]}}"#);
    let response = Network::script([rows])
        .client_given("t")
        .send_full(Batch)
        .await
        .unwrap();
    assert_eq!(response.vendor_code(), None);
    let error = create(Act::Answer(200, r#"{"success":false,"data":{"id":5}}"#)).await;
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Rejected, false));
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_read_against_the_address_that_was_asked() {
    for (target, says) in [
        ("//evil.example/steal", "to https://evil.example "),
        ("HTTPS://evil.example:8443/steal", "to https://evil.example:8443 "),
        ("http://crm.example/steal", "to http://crm.example "),
        ("mailto:someone@evil.example?steal", "no target"),
        ("https://crm.example/other", "another path of the same host"),
        ("/other", "another path of the same host"),
        ("other", "another path of the same host"),
        ("https://[", "no target"),
    ] {
        let headers: &'static [(&'static str, &'static str)] = Box::leak(Box::new([("location", target)]));
        let network = Network::script([Act::AnswerWith(301, headers, "")]);
        let error = network.client_given("t").send(Find).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(error.to_string().contains(says), "{target}: {error}");
        assert!(!error.to_string().contains("steal"));
    }
}

#[tokio::test(start_paused = true)]
async fn words_beside_a_success_code_are_no_error_text() {
    let network = Network::script([Act::Answer(500, r#"{"code":0,"message":"欧阳小六","data":{"id":5}}"#)]);
    let error = network.client_given("t").send(Create).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Server, true));
    assert!(!error.report().contains("欧阳小六"), "{}", error.report());
}
