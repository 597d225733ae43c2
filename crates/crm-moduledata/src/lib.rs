//! x

mod client;
mod crm;
#[rustfmt::skip]
mod generated;
mod protocol;

pub use client::{Client, ClientBuilder};
pub use generated::*;
pub use protocol::{Moduledata, VENDOR};
