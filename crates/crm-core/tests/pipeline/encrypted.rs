//! TLS and HTTP/2, against a server on loopback with an authority of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use crm_core::ErrorKind;
use crm_core::call::{ClientOptions, Defaults, Pipeline, RetryPolicy};
use http::{Request, Response, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;

use crate::vendor::{Acme, AcmeProtocol, Create, Find};

const ANSWER: &[u8] = br#"{"code":0,"data":{"id":1}}"#;

/// What arrived at a server.
#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<Version>>,
}

struct Server {
    port: u16,
    /// Its certificate, which is its own authority.
    pem: String,
    seen: Arc<Seen>,
}

impl Server {
    /// A server that offers these protocols. It answers reads, and resets the stream of a write once it has read it.
    async fn start(protocols: &[&str]) -> Self {
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let pem = certified.cert.pem();
        let key = certified.signing_key.serialize_der().try_into().unwrap();
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.der().clone()], key)
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Seen>::default();
        let shared = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (acceptor, seen) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    seen.connections.fetch_add(1, Ordering::Relaxed);
                    let service = service_fn(|request| answer(Arc::clone(&seen), request));
                    let builder = Builder::new(TokioExecutor::new());
                    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self { port, pem, seen }
    }

    fn client(&self, change: impl FnOnce(&mut ClientOptions)) -> Result<Pipeline<Acme>, crm_core::Error> {
        let mut options = ClientOptions::default();
        options.base_url = Some(format!("https://localhost:{}", self.port));
        options.retry = RetryPolicy::never();
        change(&mut options);
        Pipeline::new(AcmeProtocol { given: Some("t") }, options, Defaults::new("acme/0"))
    }

    fn trusted(&self) -> Pipeline<Acme> {
        self.client(|options| options.root_certificates.push(self.pem.clone().into_bytes()))
            .unwrap()
    }

    fn requests(&self) -> Vec<Version> {
        self.seen.requests.lock().unwrap().clone()
    }
}

/// The error resets the stream, or closes a connection of HTTP/1.1.
async fn answer(seen: Arc<Seen>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, std::io::Error> {
    let writes = request.method() != http::Method::GET;
    seen.requests.lock().unwrap().push(request.version());
    let _ = request.into_body().collect().await;
    if writes {
        return Err(std::io::Error::other("carried out, but nobody is told"));
    }
    Ok(Response::new(Full::new(Bytes::from_static(ANSWER))))
}

#[tokio::test]
async fn http2_is_spoken_where_it_is_offered_and_calls_share_a_connection() {
    let server = Server::start(&["h2", "http/1.1"]).await;
    let client = server.trusted();
    client.send(Find).await.unwrap();
    let (one, two) = tokio::join!(client.send(Find), client.send(Find));
    one.and(two).unwrap();
    assert_eq!(server.requests(), [Version::HTTP_2; 3]);
    assert_eq!(server.seen.connections.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn http1_is_spoken_where_nothing_else_is_offered() {
    let server = Server::start(&["http/1.1"]).await;
    server.trusted().send(Find).await.unwrap();
    assert_eq!(server.requests(), [Version::HTTP_11]);
}

#[tokio::test]
async fn a_write_that_was_read_and_then_reset_may_have_been_applied() {
    for protocols in [&["h2"], &["http/1.1"]] {
        let server = Server::start(protocols).await;
        let error = server.trusted().send(Create).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.maybe_applied(), error.is_retryable()),
            (ErrorKind::Transport, true, false),
            "{protocols:?}: {}",
            error.report()
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_authority_that_nobody_named_is_not_trusted() {
    let server = Server::start(&["h2"]).await;
    let error = server.client(|_| {}).unwrap().send(Create).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Connect, false));
    assert!(error.report().contains("certificate"), "{}", error.report());
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn what_is_no_certificate_is_refused_when_the_client_is_built() {
    let server = Server::start(&["h2"]).await;
    for text in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
    ] {
        let error = server
            .client(|options| options.root_certificates.push(text.into()))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("BEGIN CERTIFICATE"), "{error}");
    }
}
