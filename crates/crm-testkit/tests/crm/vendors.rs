//! The vendors under test, each on loopback, behind the neutral trait.

use std::sync::Arc;

use crm_core::Crm;
use crm_core::call::Unlimited;
use crm_testkit::mock::{MODULEDATA_AUTH_HEADER, MockVendor, RecordedRequest};

/// A vendor on loopback and its client.
pub(crate) struct Vendor {
    pub(crate) name: &'static str,
    pub(crate) mock: MockVendor,
    pub(crate) crm: Arc<dyn Crm>,
    /// A key that the vendor takes for a tenant's own field.
    pub(crate) custom_key: &'static str,
}

impl Vendor {
    /// What was sent since the last call of `sent`.
    pub(crate) fn sent_since(&self, before: usize) -> Vec<RecordedRequest> {
        self.mock.requests().split_off(before)
    }

    pub(crate) fn count(&self) -> usize {
        self.mock.requests().len()
    }
}

pub(crate) async fn all() -> Vec<Vendor> {
    vec![ikcrm().await, public_sea().await, dustess().await, moduledata().await]
}

pub(crate) async fn ikcrm() -> Vendor {
    let mock = MockVendor::ikcrm().await;
    let crm = Arc::new(ikcrm_client(&mock));
    Vendor {
        name: "ikcrm",
        mock,
        crm,
        custom_key: "text_asset_f5fa0f00",
    }
}

pub(crate) async fn public_sea() -> Vendor {
    let mock = MockVendor::ikcrm().await;
    let crm = Arc::new(crm_ikcrm::PublicSea::new(ikcrm_client(&mock), 18));
    Vendor {
        name: "ikcrm with a public sea",
        mock,
        crm,
        custom_key: "text_asset_f5fa0f00",
    }
}

pub(crate) async fn dustess() -> Vendor {
    let mock = MockVendor::dustess().await;
    let client = crm_dustess::Client::builder()
        .base_url(mock.base_url())
        .client_credentials("client-1", "secret");
    let crm = Arc::new(client.build().unwrap());
    Vendor {
        name: "dustess",
        mock,
        crm,
        custom_key: "radio:field01",
    }
}

pub(crate) async fn moduledata() -> Vendor {
    let mock = MockVendor::moduledata().await;
    let client = crm_moduledata::Client::builder().base_url(mock.base_url());
    let client = client
        .auth_header(MODULEDATA_AUTH_HEADER, mock.token())
        .product_line("1");
    let crm = Arc::new(client.build().unwrap());
    Vendor {
        name: "moduledata",
        mock,
        crm,
        custom_key: "select_1680162080347",
    }
}

fn ikcrm_client(mock: &MockVendor) -> crm_ikcrm::Client {
    let client = crm_ikcrm::Client::builder().base_url(mock.base_url()).quota(Unlimited);
    client.token(mock.token()).build().unwrap()
}
