//! The client on the wire: token request, signature, codes, and what it refuses to be built with.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crm_core::{ContactPatch, Crm, ErrorKind};
use crm_dustess::inputs::{BindExternalIdRow, ContactEdit};
use crm_dustess::{BatchEditCustomer, BindExternalId, Client};
use crm_testkit::faults::{Dialect, Fault, FaultServer, Times};

fn dialect(answer: &str) -> Dialect {
    let mut dialect = Dialect::new(answer);
    dialect.login_path = "/auth/v1/access_token/token".into();
    dialect.login =
        r#"{"success":true,"code":0,"msg":"","data":{"accessToken":"{token}","expiresIn":"2099-01-01 00:00:00"}}"#
            .into();
    dialect.dead_token = r#"{"code":40002,"msg":"access token invalid","data":{}}"#.into();
    dialect
}

const SUCCESS: &str = include_str!("../../../fixtures/dustess/batch_edit_customer/response.json");
const HALF: &str = include_str!("../../../fixtures/dustess/batch_edit_customer/response-2.json");
const ALL_FAILED: &str = include_str!("../../../fixtures/dustess/batch_edit_customer/response-3.json");

fn rows(count: usize) -> BatchEditCustomer {
    BatchEditCustomer::new(
        (0..count)
            .map(|n| ContactEdit::new().id(format!("id-{n}")))
            .collect::<Vec<_>>(),
    )
}

#[tokio::test]
async fn the_token_travels_in_the_query_and_is_renewed_when_it_is_dead() {
    let server = FaultServer::start_for(Fault::DeadToken, Times::Once, dialect(SUCCESS))
        .await
        .unwrap();
    let client = Client::builder()
        .client_credentials("demo-client-0001", "demo-secret")
        .base_url(server.url())
        .build()
        .unwrap();
    client.send(rows(2)).await.unwrap();

    let arrived = server.arrived();
    assert_eq!(arrived[0].target, "/auth/v1/access_token/token");
    let body: serde_json::Value = serde_json::from_slice(arrived[0].body.as_deref().unwrap()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"clientId": "demo-client-0001", "clientSecret": "demo-secret"})
    );
    let targets: Vec<_> = arrived
        .iter()
        .filter(|arrival| !arrival.login)
        .map(|arrival| &arrival.target)
        .collect();
    assert_eq!(
        targets,
        [
            "/customer/v1/batchEditCustomer?accessToken=wire-token-0001-0123456789abcdef",
            "/customer/v1/batchEditCustomer?accessToken=wire-token-0002-0123456789abcdef",
        ]
    );
}

#[tokio::test]
async fn a_given_token_is_percent_encoded() {
    let server = FaultServer::start(Fault::None, dialect(SUCCESS)).await.unwrap();
    let client = Client::builder()
        .token("a+b/c=&d")
        .base_url(server.url())
        .build()
        .unwrap();
    client.send(rows(2)).await.unwrap();
    assert_eq!(
        server.arrived()[0].target,
        "/customer/v1/batchEditCustomer?accessToken=a%2Bb%2Fc%3D%26d"
    );
}

#[tokio::test]
async fn a_batch_that_failed_in_part_or_in_whole_is_an_answer() {
    for (answer, succeeded, failed) in [(SUCCESS, 2, 0), (HALF, 2, 1), (ALL_FAILED, 0, 2)] {
        let server = FaultServer::start(Fault::None, dialect(answer)).await.unwrap();
        let client = Client::builder().token("t").base_url(server.url()).build().unwrap();
        let report = client.send(rows(3)).await.unwrap();
        assert_eq!((report.succeeded.len(), report.failed.len()), (succeeded, failed));
    }
}

#[tokio::test]
async fn the_vendors_codes_have_their_kinds() {
    for (code, kind, maybe_applied) in [
        ("10001", ErrorKind::Server, true),
        ("13025", ErrorKind::Conflict, false),
        ("40002", ErrorKind::Auth, false),
        ("4126", ErrorKind::Rejected, true),
        ("13999", ErrorKind::Rejected, false),
    ] {
        let mut dialect = dialect(SUCCESS);
        dialect.refusal = format!(r#"{{"success":false,"code":{code},"msg":"x","data":null,"trace_id":"tr-7"}}"#);
        let server = FaultServer::start(Fault::RefusedIn200, dialect).await.unwrap();
        let client = Client::builder()
            .token("t")
            .base_url(server.url())
            .retry(crm_core::call::RetryPolicy::never())
            .build()
            .unwrap();
        let error = client.send(rows(1)).await.unwrap_err();
        assert_eq!((error.kind(), error.maybe_applied()), (kind, maybe_applied), "{error}");
        assert_eq!(error.request_id(), Some("tr-7"));
    }
}

#[test]
fn a_client_without_credentials_says_what_to_set() {
    let error = Client::builder().build().unwrap_err();
    assert!(error.to_string().contains(".client_credentials(id, secret)"), "{error}");
    Client::builder().token("t").build().unwrap();
}

/// A batch whose rows are refused by the second attempt, after the vendor may have carried out the first.
#[tokio::test]
async fn a_refusal_after_an_attempt_that_may_have_been_applied_says_so() {
    let cut = || async {
        FaultServer::start_for(Fault::ResetAfterRequest, Times::Once, dialect(ALL_FAILED))
            .await
            .unwrap()
    };
    let client = |server: &FaultServer| {
        let builder = Client::builder().token("demo-token-0001");
        builder.base_url(server.url()).build().unwrap()
    };
    let server = cut().await;
    let report = client(&server).send(rows(2)).await.unwrap();
    let error = report.into_result().unwrap_err();
    assert_eq!((error.maybe_applied(), error.attempts()), (true, 2), "{error}");

    let server = cut().await;
    let patch = ContactPatch::new().name("王五");
    let error = client(&server).update_contact(&"id-0".into(), patch).await.unwrap_err();
    assert_eq!((error.maybe_applied(), error.attempts()), (true, 2), "{error}");
}

#[tokio::test]
async fn a_binding_that_fails_without_a_code_is_a_report() {
    let answer = include_str!("../../../fixtures/dustess/bind_external_id/response-2.json");
    let server = FaultServer::start(Fault::None, dialect(answer)).await.unwrap();
    let client = Client::builder().token("demo-token-0001").base_url(server.url());
    let rows = ["ERP-1001", "ERP-1002"].map(|id| BindExternalIdRow::new(id).inside_id(format!("inside-{id}")));
    let report = client.build().unwrap().send(BindExternalId::new(rows)).await.unwrap();
    assert_eq!((report.succeeded.len(), report.failed.len()), (0, 2));
    let error = report.into_result().unwrap_err();
    assert_eq!((error.vendor_code(), error.maybe_applied()), (Some("13025"), false));
}
