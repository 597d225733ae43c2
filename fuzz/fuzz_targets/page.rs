//! Any bytes as a documentation page: the reader neither panics nor hangs, and what it made can be written.
#![no_main]
#![allow(dead_code, unused_imports)]

// The reader lives in a program, so its source is taken in rather than linked.
#[path = "../../xtask/src"]
mod sources {
    pub(crate) mod fixture;
    pub(crate) mod json;
    pub(crate) mod page;
}

use libfuzzer_sys::fuzz_target;
use sources::{fixture, json, page};

fuzz_target!(|bytes: &[u8]| {
    let fixture = page::read("operation", bytes);
    for (name, text) in fixture.files() {
        if name.ends_with(".json") {
            assert!(json::Json::parse(&text).is_ok(), "{name} is not JSON");
        }
    }
});
