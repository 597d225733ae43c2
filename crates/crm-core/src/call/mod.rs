//! The one way every call takes: sign, quota, HTTP, judge, decode.
//!
//! A vendor crate gives a [`Protocol`] (how it signs, wraps and refuses) and gets a [`Pipeline`] that its client wraps.
//! Everything that can go wrong on the way is an [`Error`](crate::Error) that says what, where, and whether a write may
//! have taken effect.

mod attempt;
mod client;
mod clock;
mod judge;
mod login;
mod options;
mod paging;
mod path;
mod pipeline;
mod protocol;
mod quota;
mod raw;
mod reqwest_transport;
mod response;
mod retry;
mod signing;
mod subject;
mod tls;
pub mod token;
mod trace;
mod transport;

pub use clock::{Clock, SystemClock};
pub use options::{CallOptions, ClientOptions, Proxy};
pub use paging::Pages;
pub use pipeline::{Defaults, Pipeline};
pub use protocol::{Access, Login, Meaning, Protocol};
pub use quota::{Permit, Quota, QuotaExceeded, Return, Unlimited, WindowQuota};
pub use raw::RawCall;
pub use response::Response;
pub use retry::{RetryBudget, RetryPolicy};
pub use signing::Signing;
pub(crate) use subject::Subject;
pub use tls::http_client_builder;
pub use token::{MemoryTokenStore, TokenStore};
pub use transport::{Broken, Incoming, Outgoing, Transport, TransportError};
