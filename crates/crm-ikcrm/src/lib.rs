//! x

mod client;
mod protocol;

pub use client::{Client, ClientBuilder, Edition};
pub use protocol::{ENVELOPE, Ikcrm, VENDOR};
