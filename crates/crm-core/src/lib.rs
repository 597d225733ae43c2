#![doc = include_str!("../README.md")]

mod batch;
mod crm;
mod custom_fields;
mod error;
mod patch;
mod record;

pub mod call;
pub mod envelope;
pub mod model;
pub mod operation;
pub mod wire;

pub use batch::{BatchItem, BatchReport, BatchRow, BatchVerdict};
pub use crm::{
    Capability, Choice, Contact, ContactPatch, Crm, Customer, CustomerPatch, Gender, ListSupport, NewCustomer,
    Opportunity, OpportunityPatch, Page, PageRequest, Region, Saved, User, WriteSupport,
};
pub use custom_fields::{CustomField, CustomFields, CustomValue};
pub use error::{Error, ErrorKind, Unreadable};
pub use patch::Patch;
pub use record::RecordId;
#[doc(hidden)]
pub use {http, reqwest};
