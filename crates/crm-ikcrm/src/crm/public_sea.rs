//! [`PublicSea`]: a client that knows where new customers go.

use async_trait::async_trait;
use crm_core::{
    Capability, Contact, ContactPatch, Crm, Customer, CustomerPatch, Error, NewCustomer, Opportunity, OpportunityPatch,
    Page, PageRequest, RecordId, Saved, User, WriteSupport,
};

use super::{CAPABILITY, patches};
use crate::Client;

/// A client whose new customers go to one public sea (公海) unless they name another.
///
/// Vendor-neutral code does not know the id that ikcrm demands. Give it here, where the client is built:
///
/// ```
/// use std::sync::Arc;
///
/// use crm_core::Crm;
/// use crm_ikcrm::{Client, Edition, PublicSea};
///
/// let client = Client::builder().edition(Edition::Standalone).token("user-token").build()?;
/// let crm: Arc<dyn Crm> = Arc::new(PublicSea::new(client, 18));
/// assert_eq!(crm.capability().create_customer.map(|create| create.required), Some(&["name"][..]));
/// # Ok::<(), crm_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PublicSea {
    client: Client,
    pool: RecordId,
}

static WITH_POOL: Capability = {
    let mut able = Capability::new();
    able.create_customer = Some(WriteSupport::new(patches::NEW_CUSTOMER).required(&["name"]));
    able.update_customer = CAPABILITY.update_customer;
    able.update_contact = CAPABILITY.update_contact;
    able.update_opportunity = CAPABILITY.update_opportunity;
    able.list_contacts = CAPABILITY.list_contacts;
    able.list_customer_contacts = CAPABILITY.list_customer_contacts;
    able.list_customer_opportunities = CAPABILITY.list_customer_opportunities;
    able.list_users = CAPABILITY.list_users;
    able
};

impl PublicSea {
    /// New customers go to the public sea of this id; `GET api/v2/common_customers/common_settings` lists them.
    #[must_use]
    pub fn new(client: Client, pool: impl Into<RecordId>) -> Self {
        Self {
            client,
            pool: pool.into(),
        }
    }

    /// The client itself, for typed operations and raw calls.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }
}

#[async_trait]
impl Crm for PublicSea {
    fn vendor(&self) -> &'static str {
        self.client.vendor()
    }

    fn capability(&self) -> &'static Capability {
        &WITH_POOL
    }

    async fn create_customer(&self, mut customer: NewCustomer) -> Result<Saved<Customer>, Error> {
        customer.pool_id.get_or_insert_with(|| self.pool.clone());
        self.client.create_customer(customer).await
    }

    async fn update_customer(&self, id: &RecordId, patch: CustomerPatch) -> Result<Saved<Customer>, Error> {
        self.client.update_customer(id, patch).await
    }

    async fn update_contact(&self, id: &RecordId, patch: ContactPatch) -> Result<Saved<Contact>, Error> {
        self.client.update_contact(id, patch).await
    }

    async fn update_opportunity(&self, id: &RecordId, patch: OpportunityPatch) -> Result<Saved<Opportunity>, Error> {
        self.client.update_opportunity(id, patch).await
    }

    async fn list_contacts(&self, page: PageRequest) -> Result<Page<Contact>, Error> {
        self.client.list_contacts(page).await
    }

    async fn list_customer_contacts(&self, customer: &RecordId, page: PageRequest) -> Result<Page<Contact>, Error> {
        self.client.list_customer_contacts(customer, page).await
    }

    async fn list_customer_opportunities(
        &self,
        customer: &RecordId,
        page: PageRequest,
    ) -> Result<Page<Opportunity>, Error> {
        self.client.list_customer_opportunities(customer, page).await
    }

    async fn list_users(&self, page: PageRequest) -> Result<Page<User>, Error> {
        self.client.list_users(page).await
    }
}
