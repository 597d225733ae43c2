//! The pipeline against a made-up vendor in memory, in paused time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cancel;
mod configuring;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod encrypted;
mod judging;
mod observing;
mod paging;
mod quota;
mod repeating;
mod tokens;
mod vendor;
