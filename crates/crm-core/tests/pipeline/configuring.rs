//! What a client refuses to be built with, and what it says then.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use crm_core::ErrorKind;
use crm_core::call::{
    ClientOptions, Defaults, Incoming, Outgoing, Pipeline, Proxy, RetryPolicy, Transport, TransportError,
};
use http::{HeaderMap, Method, StatusCode};

use crate::vendor::{Acme, AcmeProtocol, Find};

fn build(change: impl FnOnce(&mut ClientOptions)) -> Result<Pipeline<Acme>, crm_core::Error> {
    let mut options = ClientOptions::default();
    change(&mut options);
    Pipeline::new(AcmeProtocol { given: Some("t") }, options, Defaults::new("acme/0"))
}

#[test]
fn a_client_that_cannot_work_is_not_built_and_the_error_says_what_to_do() {
    let url = |url: &'static str| move |options: &mut ClientOptions| options.base_url = Some(url.into());
    type Change = Box<dyn FnOnce(&mut ClientOptions)>;
    let cases: [(&str, Change); 10] = [
        ("set .base_url", Box::new(|_| {})),
        ("is not a URL", Box::new(url("crm.example"))),
        (
            "the one that you bring",
            Box::new(|options| {
                options.base_url = Some("https://crm.example".into());
                options.proxy = Some(Proxy::new("http://me:proxy-password@proxy.example:3128"));
                options.transport = Some(Arc::new(Addresses::default()));
            }),
        ),
        (
            "the one that you bring",
            Box::new(|options| {
                options.base_url = Some("https://crm.example".into());
                options.root_certificates = vec![Vec::new()];
                options.transport = Some(Arc::new(Addresses::default()));
            }),
        ),
        ("must begin with https://", Box::new(url("ftp://crm.example"))),
        ("use https", Box::new(url("http://crm.example"))),
        ("scheme, host and path only", Box::new(url("https://crm.example/?a=1"))),
        ("scheme, host and path only", Box::new(url("https://me:pw@crm.example"))),
        (
            "user agent",
            Box::new(|options| {
                options.base_url = Some("https://crm.example".into());
                options.user_agent = Some("two\nlines".into());
            }),
        ),
        (
            "proxy",
            Box::new(|options| {
                options.base_url = Some("https://crm.example".into());
                options.proxy = Some(Proxy::new("http://user:proxy-password@[broken"));
            }),
        ),
    ];
    for (says, change) in cases {
        let error = build(change).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(says), "{says} is not in {error}");
        assert!(!error.report().contains("pw@") && !error.report().contains("proxy-password"));
    }
}

#[test]
fn plain_http_goes_to_this_machine_or_where_it_is_allowed() {
    for url in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1/path/"] {
        build(|options| options.base_url = Some(url.into())).unwrap();
    }
    build(|options| {
        options.base_url = Some("http://crm.example".into());
        options.allow_plain_http = true;
    })
    .unwrap();
}

#[tokio::test]
async fn tls_works_without_a_process_wide_default() {
    // A port that was just given up: the connection is refused, after the TLS side was built.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let client = build(|options| {
        options.base_url = Some(format!("https://127.0.0.1:{port}"));
        options.retry = RetryPolicy::never();
    })
    .unwrap();
    let error = client.send(Find).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Connect, false));
    assert!(error.report().contains("caused by"));
    assert!(!error.report().contains("key="), "{}", error.report());
}

#[tokio::test]
async fn settings_that_no_clock_can_count_do_not_panic() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let client = build(|options| {
        options.base_url = Some(format!("http://127.0.0.1:{port}"));
        options.timeout = Duration::MAX;
        options.deadline = Duration::MAX;
        options.retry = RetryPolicy::default()
            .max_attempts(2)
            .backoff(Duration::ZERO, Duration::MAX);
        options.quota = Some(Arc::new(crm_core::call::WindowQuota::new(0, Duration::MAX)));
    })
    .unwrap();
    assert_eq!(client.send(Find).await.unwrap_err().attempts(), 2);
}

/// Keeps the address of the last request.
#[derive(Default)]
struct Addresses(Mutex<String>);

#[async_trait]
impl Transport for Addresses {
    async fn exchange(&self, request: Outgoing, _max_body: usize) -> Result<Incoming, TransportError> {
        *self.0.lock().unwrap() = request.url.to_string();
        let body = Bytes::from_static(br#"{"code":0,"data":{"id":1}}"#);
        Ok(Incoming::new(StatusCode::OK, HeaderMap::new(), body))
    }
}

#[tokio::test]
async fn an_address_is_base_path_and_query_as_they_were_written() {
    let bases = [
        ("https://crm.example", "https://crm.example"),
        ("https://crm.example/", "https://crm.example"),
        ("https://crm.example:8443/open/v1", "https://crm.example:8443/open/v1"),
        ("https://crm.example/open/v1/", "https://crm.example/open/v1"),
    ];
    for (base, begins) in bases {
        let addresses = Arc::new(Addresses::default());
        let client = build(|options| {
            options.base_url = Some(base.into());
            options.transport = Some(Arc::<Addresses>::clone(&addresses));
        })
        .unwrap();
        let call = client.raw(Method::GET, "/things/a%2Fb%20%E5%AE%A2:x~");
        call.query("name", "王 &=+%").send().await.unwrap();
        assert_eq!(
            *addresses.0.lock().unwrap(),
            format!("{begins}/things/a%2Fb%20%E5%AE%A2:x~?name=%E7%8E%8B%20%26%3D%2B%25&key=t"),
        );
    }
}
