//! The HTTP client that is built when the user brings none.

use std::time::Duration;

use super::options::ClientOptions;
use crate::Error;
use crate::error::ErrorKind;
use crate::error::cause::Cause;

/// Idle connections are closed before a vendor's gateway closes them: a request on a connection that the other side has
/// just closed ends in an error that nobody can tell from a lost answer.
const POOL_IDLE: Duration = Duration::from_secs(30);

/// A reqwest builder as the clients here use it: TLS of this crate's features, redirects off, pool and keep-alive set.
///
/// Change it, build it, and hand it to a client's `.http_client(…)`. A plain `reqwest::Client::builder()` panics on
/// `build` when nothing in the program has given reqwest a TLS provider of its own. With rustls the TLS side is
/// ready-made: reqwest's own methods for certificates and TLS versions do not change it. For a deployment with an
/// authority of its own, set `.root_certificates(…)` on the vendor's client instead.
///
/// # Errors
/// [`ErrorKind::Config`] when the machine's certificates cannot be read.
pub fn http_client_builder() -> Result<reqwest::ClientBuilder, Error> {
    builder("", true, &[])
}

fn builder(vendor: &'static str, https: bool, roots: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .pool_idle_timeout(POOL_IDLE)
        .tcp_keepalive(Some(POOL_IDLE))
        .tcp_nodelay(true);
    backend(vendor, builder, https, roots)
}

/// The client of a vendor's builder that was given none.
pub(crate) fn http_client(
    vendor: &'static str,
    options: &ClientOptions,
    https: bool,
    loopback: bool,
) -> Result<reqwest::Client, Error> {
    let mut builder = builder(vendor, https, &options.root_certificates)?.connect_timeout(options.connect_timeout);
    if loopback {
        // The environment's proxy cannot reach a server on this machine.
        builder = builder.no_proxy();
    }
    if let Some(proxy) = &options.proxy {
        builder = builder.proxy(proxy.to_reqwest(vendor)?);
    }
    builder.build().map_err(|error| not_built(vendor, &error.without_url()))
}

fn not_built(vendor: &'static str, error: &(dyn std::error::Error + 'static)) -> Error {
    Error::of(ErrorKind::Config, vendor, "the HTTP client could not be built").caused_by(Cause::from_chain(error))
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn not_pem(vendor: &'static str) -> Error {
    Error::config(
        vendor,
        "a root certificate is not PEM: the text holds one or more `-----BEGIN CERTIFICATE-----` blocks",
    )
}

/// rustls with ring, handed over ready-made: no process-wide default is installed or needed.
#[cfg(feature = "rustls")]
fn backend(
    vendor: &'static str,
    builder: reqwest::ClientBuilder,
    https: bool,
    roots: &[Vec<u8>],
) -> Result<reqwest::ClientBuilder, Error> {
    use std::sync::Arc;

    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| not_built(vendor, &error))?;
    let mut config = if https {
        let mut extra = Vec::new();
        for pem in roots {
            let before = extra.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                extra.push(certificate.map_err(|_| not_pem(vendor))?);
            }
            if extra.len() == before {
                return Err(not_pem(vendor));
            }
        }
        let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, provider)
            .map_err(|error| not_built(vendor, &error))?;
        config
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth()
    } else {
        // Plain http never gets here; reading the machine's certificates would be for nothing, and may fail.
        config
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(builder.tls_backend_preconfigured(config))
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
fn backend(
    vendor: &'static str,
    builder: reqwest::ClientBuilder,
    _https: bool,
    roots: &[Vec<u8>],
) -> Result<reqwest::ClientBuilder, Error> {
    let mut extra = Vec::new();
    for pem in roots {
        let certificates = reqwest::Certificate::from_pem_bundle(pem).map_err(|_| not_pem(vendor))?;
        if certificates.is_empty() {
            return Err(not_pem(vendor));
        }
        extra.extend(certificates);
    }
    Ok(builder.tls_backend_native().tls_certs_merge(extra))
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn backend(
    vendor: &'static str,
    builder: reqwest::ClientBuilder,
    https: bool,
    _roots: &[Vec<u8>],
) -> Result<reqwest::ClientBuilder, Error> {
    if https {
        return Err(Error::config(
            vendor,
            "https needs TLS: enable the feature `rustls` (default) or `native-tls`, or bring an HTTP client",
        ));
    }
    Ok(builder)
}
