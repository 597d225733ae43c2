#![doc = include_str!("../README.md")]

mod client;
mod crm;
#[rustfmt::skip]
mod generated;
mod protocol;

#[doc(no_inline)]
pub use crm_core;

pub use client::{Client, ClientBuilder};
pub use generated::*;
pub use protocol::{{public_uses}};
