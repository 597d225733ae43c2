//! x

mod client;
mod crm;
#[rustfmt::skip]
mod generated;
mod protocol;

pub use client::{Client, ClientBuilder, Edition};
pub use crm::PublicSea;
pub use generated::*;
pub use protocol::{Ikcrm, VENDOR};
