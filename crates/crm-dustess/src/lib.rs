//! x

mod client;
mod protocol;

pub use client::{Client, ClientBuilder};
pub use protocol::{ENVELOPE, Dustess, VENDOR};
