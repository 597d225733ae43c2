//! Every fault, against every operation, in every way to call it: the right kind of error, the right word on whether a
//! write may have been applied, the right number of requests, no create applied twice, nothing leaked.
//!
//! `FAULT_MATRIX=1 cargo test -p crm-testkit --test faults -- --nocapture` prints the tables, and writes them to
//! `docs/faults.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod document;
mod expectations;
mod listening;
mod matrix;
mod operations;
mod sessions;
