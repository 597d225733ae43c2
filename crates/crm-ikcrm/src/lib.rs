#![doc = include_str!("../README.md")]

mod client;
mod crm;
#[rustfmt::skip]
mod generated;
mod protocol;

#[doc(no_inline)]
pub use crm_core;

pub use client::{Client, ClientBuilder, Edition};
pub use crm::PublicSea;
pub use generated::*;
pub use protocol::{Ikcrm, VENDOR};
