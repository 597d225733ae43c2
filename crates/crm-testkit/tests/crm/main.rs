//! The neutral trait of every vendor against the vendor on loopback: what `Capability` claims works, what it does not
//! claim is refused before anything is sent, and no field is dropped on the way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod batches;
mod capability;
mod fields;
mod records;
mod vendors;
