//! Tokens over a real connection: two clients with one account, and a clock that jumps.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crm_core::ErrorKind;
use crm_core::call::Clock;
use crm_ikcrm::UpdateContact;
use crm_testkit::faults::{Dialect, Fault, FaultServer};
use jiff::Timestamp;

use crate::operations::{ACCOUNT, PASSWORD};

/// A clock that a test sets.
struct Set(AtomicI64);

impl Clock for Set {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

fn dustess_dialect(expires: &str) -> Dialect {
    let mut dialect =
        Dialect::new(r#"{"success":true,"data":{"success":[{"code":0,"index":1,"id":"a"}],"fail":null}}"#);
    dialect.login_path = "/auth/v1/access_token/token".into();
    dialect.login = format!(r#"{{"success":true,"data":{{"accessToken":"{{token}}","expiresIn":"{expires}"}}}}"#);
    dialect
}

#[tokio::test]
async fn a_clock_that_jumps_neither_ends_a_token_nor_storms_the_login() {
    let noon = 1_726_632_727;
    let server = FaultServer::start(Fault::None, dustess_dialect("2024-09-18 14:12:07"))
        .await
        .unwrap();
    let clock = Arc::new(Set(AtomicI64::new(noon)));
    let client = crm_dustess::Client::builder()
        .client_credentials(ACCOUNT, PASSWORD)
        .base_url(server.url())
        .clock(clock.clone())
        .build()
        .unwrap();
    let operation = || crm_dustess::BatchEditCustomer::new([crm_dustess::inputs::ContactEdit::new().id("a")]);
    for jump in [0, 400 * 86_400, -400 * 86_400, 3_600] {
        clock.0.store(noon + jump, Ordering::Relaxed);
        client.send(operation()).await.unwrap();
    }
    assert_eq!((server.logins(), server.calls()), (1, 4));
}

#[tokio::test]
async fn a_login_whose_token_has_ended_by_our_clock_is_believed_all_the_same() {
    let server = FaultServer::start(Fault::None, dustess_dialect("2001-01-01 00:00:00"))
        .await
        .unwrap();
    let client = crm_dustess::Client::builder()
        .client_credentials(ACCOUNT, PASSWORD)
        .base_url(server.url())
        .build()
        .unwrap();
    for _ in 0..3 {
        let rows = [crm_dustess::inputs::ContactEdit::new().id("a")];
        client.send(crm_dustess::BatchEditCustomer::new(rows)).await.unwrap();
    }
    assert_eq!(server.logins(), 1);
}

#[tokio::test]
async fn two_clients_that_kill_each_others_token_stop_and_say_why() {
    let mut dialect = Dialect::new(r#"{"code":0,"data":{"id":1}}"#);
    dialect.login_path = "/api/v2/auth/login".into();
    dialect.login = r#"{"code":0,"data":{"user_token":"{token}"}}"#.into();
    dialect.dead_token = r#"{"code":100401,"message":"账号在别处登录"}"#.into();
    let server = FaultServer::start(Fault::OneSession, dialect).await.unwrap();
    let client = || {
        crm_ikcrm::Client::builder()
            .login(ACCOUNT, PASSWORD, None)
            .base_url(server.url())
            .quota(crm_core::call::Unlimited)
            .build()
            .unwrap()
    };
    let (one, other) = (client(), client());
    let mut errors = Vec::new();
    for _ in 0..5 {
        for client in [&one, &other] {
            errors.extend(client.send(UpdateContact::new(1)).await.err());
        }
    }
    assert!(
        errors
            .iter()
            .all(|error| error.kind() == ErrorKind::Auth && !error.maybe_applied())
    );
    assert!(
        errors
            .iter()
            .any(|error| error.to_string().contains("another process is logging in")),
        "{errors:?}"
    );
    assert!(server.logins() <= 7, "{} logins", server.logins());
}
