//! The client on the wire: every documented operation against the vendor on loopback.
#![allow(clippy::unwrap_used)]

use crm_core::ErrorKind;
use crm_core::http::Method;
use crm_testkit::mock::{MockVendor, Operation};

use {{module}}::Client;

const DOCUMENT: &str = include_str!("../../crm-testkit/src/generated/{{name}}.json");

async fn call(vendor: &MockVendor, client: &Client, operation: &Operation) -> Result<(), crm_core::Error> {
    let sample = vendor.documented().sample(operation);
    let method = Method::from_bytes(sample.method.as_bytes()).unwrap();
    let mut call = client.raw(method, sample.path).named(operation.name.clone());
    for (name, value) in sample.query {
        call = call.query(name, value);
    }
    for (name, value) in &sample.headers {
        call = call.header(name, value);
    }
    if let Some(body) = &sample.body {
        call = call.json(body);
    }
    call.send().await.map(|_| ())
}

#[tokio::test]
async fn every_documented_operation_is_callable() {
    let vendor = MockVendor::of(DOCUMENT).await;
    let client = Client::builder()
        .base_url(vendor.base_url())
        .token(vendor.token())
        .build()
        .unwrap();
    let answered = |operation: &&Operation| operation.answers.iter().any(|answer| answer.success);
    for operation in vendor.documented().operations.iter().filter(answered) {
        let answer = call(&vendor, &client, operation).await;
        assert!(answer.is_ok(), "{}: {}", operation.name, answer.unwrap_err().report());
    }
}

#[tokio::test]
async fn a_dead_token_is_told_as_one() {
    let vendor = MockVendor::of(DOCUMENT).await;
    let client = Client::builder()
        .base_url(vendor.base_url())
        .token("another")
        .build()
        .unwrap();
    for operation in &vendor.documented().operations {
        let error = call(&vendor, &client, operation).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth, "{}", operation.name);
    }
}

#[test]
fn a_client_without_credentials_is_not_built() {
    let error = Client::builder()
        .base_url("https://crm.example.com")
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}
