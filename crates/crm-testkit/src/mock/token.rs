//! The token that a vendor on loopback accepts.

use std::sync::atomic::{AtomicU64, Ordering};

/// One token at a time; each replacement makes the older ones invalid.
#[derive(Debug)]
pub(super) struct Tokens {
    vendor: String,
    generation: AtomicU64,
}

impl Tokens {
    pub(super) fn new(vendor: &str) -> Self {
        Self {
            vendor: vendor.to_owned(),
            generation: AtomicU64::new(1),
        }
    }

    pub(super) fn current(&self) -> String {
        format!(
            "loopback-{}-token-{:06}",
            self.vendor,
            self.generation.load(Ordering::SeqCst)
        )
    }

    pub(super) fn replace(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }
}
