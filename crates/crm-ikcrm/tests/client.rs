//! The client on the wire: hosts, login, signature, and what it refuses to be built with.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crm_core::ErrorKind;
use crm_ikcrm::{Client, Edition, UpdateContact};
use crm_testkit::faults::{Arrival, Dialect, Fault, FaultServer, Times};

fn dialect() -> Dialect {
    let mut dialect = Dialect::new(include_str!("../../../fixtures/ikcrm/contact_update/response.json"));
    dialect.login_path = "/api/v2/auth/login".into();
    dialect.login = r#"{"code":0,"data":{"user_token":"{token}","user_id":20417733}}"#.into();
    dialect.dead_token = r#"{"code":100401,"message":"登录已过期","error":"user_authentication_error"}"#.into();
    dialect
}

fn header<'a>(arrival: &'a Arrival, name: &str) -> Option<&'a str> {
    arrival
        .headers
        .iter()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn a_given_token_travels_in_the_header_that_the_vendor_demands() {
    let server = FaultServer::start(Fault::None, dialect()).await.unwrap();
    let client = Client::builder()
        .token("0123456789abcdef")
        .base_url(server.url())
        .build()
        .unwrap();
    let contact = client.send(UpdateContact::new(5_524_470).name("王五")).await.unwrap();
    assert_eq!(contact.job.as_deref(), Some("jklvv"));

    let arrived = server.arrived();
    let arrival = &arrived[0];
    assert_eq!(
        (arrival.method.as_str(), arrival.target.as_str()),
        ("PUT", "/api/v2/contacts/5524470")
    );
    assert_eq!(
        header(arrival, "authorization"),
        Some("Token token=0123456789abcdef, device=open_api, version_code=9.9.9")
    );
    assert_eq!(header(arrival, "content-type"), Some("application/json"));
    assert_eq!(header(arrival, "accept"), Some("application/json"));
    assert!(header(arrival, "user-agent").unwrap().starts_with("crm-ikcrm/"));
    let body: serde_json::Value = serde_json::from_slice(arrival.body.as_deref().unwrap()).unwrap();
    assert_eq!(body, serde_json::json!({"contact": {"name": "王五"}}));
}

#[tokio::test]
async fn a_login_sends_what_the_page_shows_and_its_token_signs_the_calls() {
    for corp_id in [Some("corp-demo-01"), None] {
        let server = FaultServer::start_for(Fault::DeadToken, Times::Once, dialect())
            .await
            .unwrap();
        let client = Client::builder()
            .login("13800000000", "pass", corp_id)
            .base_url(server.url())
            .build()
            .unwrap();
        client.send(UpdateContact::new(1)).await.unwrap();

        let arrived = server.arrived();
        let logins: Vec<_> = arrived.iter().filter(|arrival| arrival.login).collect();
        assert_eq!(
            (logins.len(), server.calls()),
            (2, 2),
            "the dead token was renewed, and the call repeated"
        );
        let body: serde_json::Value = serde_json::from_slice(logins[0].body.as_deref().unwrap()).unwrap();
        let mut shown = serde_json::json!(
            {"device": "open_api", "version_code": "9.9.9", "login": "13800000000", "password": "pass"}
        );
        if let Some(corp_id) = corp_id {
            shown["corp_id"] = corp_id.into();
        }
        assert_eq!(body, shown);
        assert_eq!(header(logins[0], "authorization"), None);
        assert!(
            header(&arrived[3], "authorization")
                .unwrap()
                .contains("wire-token-0002")
        );
    }
}

#[tokio::test]
async fn the_vendors_codes_have_their_kinds() {
    for (code, kind) in [
        ("100000", ErrorKind::Auth),
        ("100100", ErrorKind::NotFound),
        ("100400", ErrorKind::Auth),
        ("100401", ErrorKind::Auth),
        ("777", ErrorKind::Rejected),
    ] {
        let mut dialect = dialect();
        dialect.refusal = format!(r#"{{"code":{code},"message":"","error":"active_record/record_not_found"}}"#);
        let server = FaultServer::start(Fault::RefusedIn200, dialect).await.unwrap();
        let client = Client::builder().token("t").base_url(server.url()).build().unwrap();
        let error = client.send(UpdateContact::new(1)).await.unwrap_err();
        assert_eq!((error.kind(), error.vendor_code()), (kind, Some(code)));
        assert!(!error.maybe_applied());
        assert_eq!(
            error.vendor_message(),
            Some("active_record/record_not_found"),
            "the name stands in for no message"
        );
    }
}

#[test]
fn every_edition_has_its_host() {
    for (edition, host) in [
        (Edition::DingTalk, "https://dingtalk.e.ikcrm.com"),
        (Edition::WeCom, "https://e.lixiaocrm.com"),
        (Edition::Standalone, "https://lxcrm.weiwenjia.com"),
        (Edition::LegacyStandalone, "https://api.ikcrm.com"),
    ] {
        assert_eq!(edition.base_url(), host);
        let client = Client::builder().edition(edition).token("t").build().unwrap();
        assert!(format!("{client:?}").contains(host));
    }
}

#[test]
fn a_client_without_address_or_credentials_says_what_to_set() {
    let error = Client::builder().edition(Edition::WeCom).build().unwrap_err();
    assert!(
        error.to_string().contains(".login(login, password, corp_id)"),
        "{error}"
    );
    let error = Client::builder().token("t").build().unwrap_err();
    assert!(error.to_string().contains(".edition("), "{error}");
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_refused_without_being_shown() {
    let client = Client::builder()
        .token("two\nlines")
        .base_url("http://127.0.0.1:9")
        .build()
        .unwrap();
    let error = client.send(UpdateContact::new(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!error.report().contains("lines"), "{error}");
}
