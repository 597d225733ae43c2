//! The neutral trait for {{name}}.

use async_trait::async_trait;
use crm_core::{Capability, Crm};

use crate::Client;
use crate::protocol::VENDOR;

/// Nothing yet: every method of the trait answers [`ErrorKind::Unsupported`](crm_core::ErrorKind::Unsupported).
static CAPABILITY: Capability = Capability::new();

#[async_trait]
impl Crm for Client {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn capability(&self) -> &'static Capability {
        &CAPABILITY
    }
}
