//! x

mod client;
#[rustfmt::skip]
mod generated;
mod protocol;

pub use client::{Client, ClientBuilder, Edition};
pub use generated::*;
pub use protocol::{Ikcrm, VENDOR};
