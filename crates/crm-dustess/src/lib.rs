//! x

mod check;
mod client;
mod crm;
mod custom_field;
#[rustfmt::skip]
mod generated;
mod protocol;

pub use client::{Client, ClientBuilder};
pub use custom_field::{FieldType, UnknownFieldType};
pub use generated::*;
pub use protocol::{Dustess, VENDOR};
