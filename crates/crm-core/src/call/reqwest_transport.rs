//! The default way to the network: reqwest.
//!
//! reqwest sends a request again by itself only where the server provably did not process it: the pooled connection was
//! closed before the request began, or HTTP/2 says so. To the pipeline that is still one attempt.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};

use super::transport::{Broken, Incoming, Outgoing, Transport, TransportError};

/// Sends through a shared `reqwest::Client`.
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    /// Whether the client was brought by the user, who may have left redirects on.
    foreign: bool,
}

impl ReqwestTransport {
    pub(crate) fn own(client: reqwest::Client) -> Self {
        Self { client, foreign: false }
    }

    pub(crate) fn foreign(client: reqwest::Client) -> Self {
        Self { client, foreign: true }
    }
}

/// What sends a client's requests. Its own transport is called directly: as a trait object, each call would put the
/// whole exchange, two kilobytes of it, into an allocation of its own.
pub(crate) enum Sender {
    Own(ReqwestTransport),
    Brought(Arc<dyn Transport>),
}

impl Sender {
    pub(crate) async fn exchange(&self, outgoing: Outgoing, max_body: usize) -> Result<Incoming, TransportError> {
        match self {
            Self::Own(transport) => transport.send(outgoing, max_body).await,
            Self::Brought(transport) => transport.exchange(outgoing, max_body).await,
        }
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn exchange(&self, outgoing: Outgoing, max_body: usize) -> Result<Incoming, TransportError> {
        self.send(outgoing, max_body).await
    }
}

impl ReqwestTransport {
    async fn send(&self, outgoing: Outgoing, max_body: usize) -> Result<Incoming, TransportError> {
        let mut request = reqwest::Request::new(outgoing.method, outgoing.url);
        *request.headers_mut() = outgoing.headers;
        *request.body_mut() = outgoing.body.map(reqwest::Body::from);
        let sent_to = self.foreign.then(|| request.url().clone());

        let mut response = self.client.execute(request).await.map_err(send_error)?;

        let status = response.status();
        if sent_to.is_some_and(|url| url != *response.url()) {
            return Err(TransportError::new(Broken::Redirected).status(status));
        }
        let headers = std::mem::take(response.headers_mut());
        // Without the length of what is compressed: the limit is for what comes out.
        let announced = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok());
        if announced.is_some_and(|length| length > max_body) {
            return Err(TransportError::new(Broken::TooLarge).status(status));
        }
        let body = read_body(&mut response, announced, max_body)
            .await
            .map_err(|error| error.status(status))?;
        Ok(Incoming::new(status, headers, body))
    }
}

/// Reads to the end; an answer of one piece is not copied.
async fn read_body(
    response: &mut reqwest::Response,
    announced: Option<usize>,
    max_body: usize,
) -> Result<Bytes, TransportError> {
    let Some(first) = next_chunk(response, 0, max_body).await? else {
        return Ok(Bytes::new());
    };
    if announced == Some(first.len()) {
        // The end is still read, so that the connection goes back to the pool.
        if let Some(more) = next_chunk(response, first.len(), max_body).await? {
            return join(response, [first, more], max_body).await;
        }
        return Ok(first);
    }
    match next_chunk(response, first.len(), max_body).await? {
        None => Ok(first),
        Some(second) => join(response, [first, second], max_body).await,
    }
}

async fn join(response: &mut reqwest::Response, begin: [Bytes; 2], max_body: usize) -> Result<Bytes, TransportError> {
    let mut body = BytesMut::from(&begin[0][..]);
    body.extend_from_slice(&begin[1]);
    while let Some(chunk) = next_chunk(response, body.len(), max_body).await? {
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

async fn next_chunk(
    response: &mut reqwest::Response,
    read: usize,
    max_body: usize,
) -> Result<Option<Bytes>, TransportError> {
    let chunk = response
        .chunk()
        .await
        .map_err(|error| send_error(error.without_url()))?;
    match &chunk {
        Some(chunk) if read + chunk.len() > max_body => Err(TransportError::new(Broken::TooLarge)),
        _ => Ok(chunk),
    }
}

fn send_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let broken = if error.is_connect() || error.is_builder() {
        Broken::Connect
    } else if error.is_timeout() {
        Broken::TimedOut
    } else if error.is_redirect() {
        Broken::Redirected
    } else {
        Broken::Exchange
    };
    TransportError::new(broken).chain(&error)
}
