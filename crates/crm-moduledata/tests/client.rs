//! The client on the wire: identity, product line, and what it refuses to be built with.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crm_core::ErrorKind;
use crm_moduledata::{Client, UpdateCustomer};
use crm_testkit::faults::{Arrival, Dialect, Fault, FaultServer};

fn dialect() -> Dialect {
    Dialect::new(include_str!(
        "../../../fixtures/moduledata/customer_update/response.json"
    ))
}

fn header<'a>(arrival: &'a Arrival, name: &str) -> Option<&'a str> {
    arrival
        .headers
        .iter()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn the_identity_and_the_product_line_travel_in_headers() {
    let server = FaultServer::start(Fault::None, dialect()).await.unwrap();
    let builder = || {
        Client::builder()
            .auth_header("X-User-Token", "user-token")
            .base_url(server.url())
    };
    builder()
        .product_line("7")
        .build()
        .unwrap()
        .send(UpdateCustomer::new("688346218203447296"))
        .await
        .unwrap();
    let own = UpdateCustomer::new("688346218203447296").default_product_id("9");
    builder().product_line("7").build().unwrap().send(own).await.unwrap();
    builder()
        .build()
        .unwrap()
        .send(UpdateCustomer::new("688346218203447296"))
        .await
        .unwrap();

    let arrived = server.arrived();
    let lines: Vec<_> = arrived
        .iter()
        .map(|arrival| header(arrival, "default-product-id"))
        .collect();
    assert_eq!(
        lines,
        [Some("7"), Some("9"), None],
        "a call's own product line goes before the client's"
    );
    assert!(
        arrived
            .iter()
            .all(|arrival| header(arrival, "x-user-token") == Some("user-token"))
    );
    let body: serde_json::Value = serde_json::from_slice(arrived[0].body.as_deref().unwrap()).unwrap();
    assert_eq!(body["mid"], "347772778973233152");
}

#[tokio::test]
async fn success_is_200_in_the_envelope_and_nothing_else() {
    for refusal in [
        r#"{"code":0,"data":{},"message":""}"#,
        r#"{"code":500,"data":[],"message":"x"}"#,
    ] {
        let mut dialect = dialect();
        dialect.refusal = refusal.into();
        let server = FaultServer::start(Fault::RefusedIn200, dialect).await.unwrap();
        let client = Client::builder().without_auth().base_url(server.url()).build().unwrap();
        let error = client.send(UpdateCustomer::new("1")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
    }
}

#[test]
fn a_client_without_address_or_identity_says_what_to_set() {
    let error = Client::builder().base_url("https://crm.example").build().unwrap_err();
    assert!(error.to_string().contains(".auth_header(name, value)"), "{error}");
    let error = Client::builder().without_auth().build().unwrap_err();
    assert!(error.to_string().contains(".base_url("), "{error}");
    let error = Client::builder()
        .auth_header("no name", "x")
        .base_url("https://crm.example")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("no HTTP header name"), "{error}");
}
