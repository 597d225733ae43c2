#![doc = include_str!("../README.md")]

mod check;
mod client;
mod crm;
mod custom_field;
#[rustfmt::skip]
mod generated;
mod protocol;

#[doc(no_inline)]
pub use crm_core;

pub use client::{Client, ClientBuilder};
pub use custom_field::{FieldType, UnknownFieldType};
pub use generated::*;
pub use protocol::{Dustess, VENDOR};
