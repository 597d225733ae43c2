//! What the benchmarks measure against: the same structs with plain derive, and with derive and a flattened map.

pub mod flattened;
pub mod plain;
