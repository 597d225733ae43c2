//! The login as a call like any other: same transport, quota, retries and judging.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::time::Instant;

use super::attempt::Call;
use super::judge::{Decode, Head};
use super::options::CallOptions;
use super::pipeline::Inner;
use super::protocol::{Login, Protocol};
use super::quota::Permit;
use super::response::Received;
use super::token::{NewToken, session::LogIn};
use crate::envelope::EnvelopeSpec;
use crate::error::{Error, ErrorKind};
use crate::model::{DecodeError, Drift, Json};

/// Reads the envelope as any decoder does, and the token as the vendor keeps it.
struct TokenReader<'a> {
    protocol: &'a dyn Protocol,
    now: Timestamp,
    envelope: super::judge::Decoder<Option<Json>>,
    token: Option<NewToken>,
}

impl Decode for TokenReader<'_> {
    fn decode(&mut self, text: &str, spec: &'static EnvelopeSpec) -> Result<Head, DecodeError> {
        self.token = self.protocol.read_token(text, self.now);
        self.envelope.decode(text, spec)
    }

    fn drift(&self) -> Vec<Drift> {
        Vec::new()
    }

    fn received(&mut self) -> &mut Received {
        self.envelope.received()
    }
}

#[async_trait]
impl LogIn for Inner {
    async fn admit(&self, deadline: Instant) -> Result<Permit, Error> {
        let login = self.protocol.login()?;
        self.permit(&login_call(login)?, deadline).await
    }

    async fn log_in(self: Arc<Self>, permit: Permit, deadline: Instant) -> Result<NewToken, Error> {
        let call = login_call(self.protocol.login()?)?;
        let mut reader = TokenReader {
            protocol: &*self.protocol,
            now: self.options.clock.now(),
            envelope: super::judge::Decoder::default(),
            token: None,
        };
        let options = CallOptions::new().deadline(deadline.saturating_duration_since(Instant::now()));
        self.run_with(&call, options, &mut reader, Some(permit)).await?;
        let attempts = reader.received().sent.attempts;
        reader.token.ok_or_else(|| {
            call.error(
                ErrorKind::IncompleteAnswer,
                "the login succeeded but its answer holds no token",
            )
            .with(|inner| {
                inner.json_path = Some(format!("$.{}", self.protocol.envelope().data).into());
                inner.attempts = attempts;
            })
        })
    }
}

fn login_call(login: Login) -> Result<Call, Error> {
    let mut call = Call::documented(login.info, login.request)?;
    (call.authenticated, call.secret) = (false, true);
    Ok(call)
}
