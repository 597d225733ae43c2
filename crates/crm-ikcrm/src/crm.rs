//! The neutral trait for ikcrm.

mod patches;
mod public_sea;
mod records;

use async_trait::async_trait;
use crm_core::model::Id;
use crm_core::operation::{Operation, OperationInfo};
use crm_core::{
    Capability, Contact, ContactPatch, Crm, Customer, CustomerPatch, Error, ListSupport, NewCustomer, Opportunity,
    OpportunityPatch, Page, PageRequest, RecordId, Saved, User, WriteSupport,
};

pub use public_sea::PublicSea;

use crate::protocol::VENDOR;
use crate::{Client, CustomerContacts, CustomerOpportunities, ListContacts, ListUsers};

/// The pages say "at most 100 in one call".
const MAX_PER_PAGE: u32 = 100;

static CAPABILITY: Capability = {
    let mut able = Capability::new();
    able.create_customer = Some(WriteSupport::new(patches::NEW_CUSTOMER).required(&["name", "pool_id"]));
    able.update_customer = Some(WriteSupport::new(patches::CUSTOMER));
    able.update_contact = Some(WriteSupport::new(patches::CONTACT));
    able.update_opportunity = Some(WriteSupport::new(patches::OPPORTUNITY).required(&["title", "customer_id"]));
    able.list_contacts = Some(ListSupport::paged(MAX_PER_PAGE));
    able.list_customer_contacts = Some(ListSupport::paged(MAX_PER_PAGE));
    able.list_customer_opportunities = Some(ListSupport::paged(MAX_PER_PAGE));
    able.list_users = Some(ListSupport::paged(MAX_PER_PAGE));
    able
};

/// A customer is created in a public sea, the only way that the documentation shows: give
/// [`NewCustomer::pool_id`], or wrap the client in [`PublicSea`].
///
/// Each update of an opportunity names its title and its customer, which the vendor demands.
#[async_trait]
impl Crm for Client {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn capability(&self) -> &'static Capability {
        &CAPABILITY
    }

    async fn create_customer(&self, customer: NewCustomer) -> Result<Saved<Customer>, Error> {
        let operation = patches::create_customer(customer)?;
        let record = Customer::from(self.send(operation).await?);
        // Without the id the caller could not find what was created, and would create it again.
        let missing = || Error::incomplete_answer(crate::CreateCommonCustomer::INFO, "$.data.id");
        Ok(Saved::with_record(record.id.clone().ok_or_else(missing)?, record))
    }

    async fn update_customer(&self, id: &RecordId, patch: CustomerPatch) -> Result<Saved<Customer>, Error> {
        let record = self.send(patches::update_customer(id, patch)?).await?;
        Ok(Saved::with_record(id.clone(), record.into()))
    }

    async fn update_contact(&self, id: &RecordId, patch: ContactPatch) -> Result<Saved<Contact>, Error> {
        let record = self.send(patches::update_contact(id, patch)?).await?;
        Ok(Saved::with_record(id.clone(), record.into()))
    }

    async fn update_opportunity(&self, id: &RecordId, patch: OpportunityPatch) -> Result<Saved<Opportunity>, Error> {
        let record = self.send(patches::update_opportunity(id, patch)?).await?;
        Ok(Saved::with_record(id.clone(), record.into()))
    }

    async fn list_contacts(&self, page: PageRequest) -> Result<Page<Contact>, Error> {
        let mut list = ListContacts::new();
        (list.page, list.per_page) = paging(page, ListContacts::INFO)?;
        let answer = self.send(list).await?;
        Ok(neutral(page, answer.contacts, answer.total_count, answer.per_page))
    }

    async fn list_customer_contacts(&self, customer: &RecordId, page: PageRequest) -> Result<Page<Contact>, Error> {
        let mut list = CustomerContacts::new(customer);
        (list.page, list.per_page) = paging(page, CustomerContacts::INFO)?;
        let answer = self.send(list).await?;
        Ok(neutral(page, answer.contacts, answer.total_count, answer.per_page))
    }

    async fn list_customer_opportunities(
        &self,
        customer: &RecordId,
        page: PageRequest,
    ) -> Result<Page<Opportunity>, Error> {
        let mut list = CustomerOpportunities::new(customer);
        (list.page, list.per_page) = paging(page, CustomerOpportunities::INFO)?;
        let answer = self.send(list).await?;
        Ok(neutral(page, answer.opportunities, answer.total_count, answer.per_page))
    }

    async fn list_users(&self, page: PageRequest) -> Result<Page<User>, Error> {
        let mut list = ListUsers::new();
        (list.page, list.per_page) = paging(page, ListUsers::INFO)?;
        let answer = self.send(list).await?;
        Ok(neutral(page, answer.users, answer.total_count, answer.per_page))
    }
}

/// The page as the vendor's two parameters.
fn paging(page: PageRequest, info: &'static OperationInfo) -> Result<(Option<i64>, Option<i64>), Error> {
    if page.page == 0 {
        return Err(Error::invalid_request(info, "page", "is counted from 1"));
    }
    if page
        .per_page
        .is_some_and(|records| records == 0 || records > MAX_PER_PAGE)
    {
        return Err(Error::invalid_request(info, "per_page", "must be 1 to 100"));
    }
    Ok((Some(page.page.into()), page.per_page.map(i64::from)))
}

fn neutral<V, N: From<V>>(request: PageRequest, rows: Vec<V>, total: Option<i64>, per_page: Option<i64>) -> Page<N> {
    let total = total.and_then(|total| total.try_into().ok());
    let per_page = per_page.and_then(|records| records.try_into().ok());
    Page::of(request, rows.into_iter().map(N::from).collect(), total, per_page)
}

/// An id that the body carries as a JSON number, whatever form the caller has it in.
fn number(id: Id) -> Id {
    id.to_number()
}
