//! `cargo xtask`: documentation page -> fixture -> generated code.

mod fixture;
mod json;

fn main() {}
