//! The vendor-neutral side: one trait, [`Crm`], and the records and patches that it speaks of.

mod capability;
mod choice;
mod contact;
mod customer;
mod gender;
mod macros;
mod opportunity;
mod page;
mod region;
mod saved;
mod user;

use async_trait::async_trait;

pub use capability::{Capability, ListSupport, WriteSupport};
pub use choice::Choice;
pub use contact::{Contact, ContactPatch};
pub use customer::{Customer, CustomerPatch, NewCustomer};
pub use gender::Gender;
pub use opportunity::{Opportunity, OpportunityPatch};
pub use page::{Page, PageRequest};
pub use region::Region;
pub use saved::Saved;
pub use user::User;

use crate::{BatchItem, BatchReport, Error, RecordId};

/// A CRM of any vendor.
///
/// Every vendor's client implements it, so code against `dyn Crm` runs with whichever CRM a company uses:
///
/// ```
/// use std::sync::Arc;
///
/// use crm_core::{ContactPatch, Crm, Error, Patch, RecordId};
///
/// async fn left_the_company(crm: Arc<dyn Crm>, contact: &RecordId) -> Result<(), Error> {
///     let patch = ContactPatch::new().note("left in May").department(Patch::Clear);
///     match crm.update_contact(contact, patch).await {
///         Ok(saved) => println!("{} saved", saved.id),
///         // The vendor has no such field or no such call. Nothing was sent.
///         Err(error) if error.kind() == crm_core::ErrorKind::Unsupported => {
///             println!("not at {}: {:?}", crm.vendor(), error.parameter());
///         }
///         Err(error) => return Err(error),
///     }
///     Ok(())
/// }
/// ```
///
/// Nothing is dropped on the way. What a vendor cannot express is an error before any request, and
/// [`Error::parameter`] names the field. What a vendor's record says beyond the neutral one is in its `raw`.
///
/// # Errors
///
/// Methods that a vendor does not have answer [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported), and so does a
/// field that it does not have; [`capability`](Self::capability) says so beforehand. A field that the vendor demands and
/// the patch lacks is [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest). Everything else is as with the
/// vendor's own operations.
#[async_trait]
pub trait Crm: Send + Sync {
    /// The vendor's short name, `ikcrm`.
    fn vendor(&self) -> &'static str;

    /// What this vendor can do.
    fn capability(&self) -> &'static Capability;

    /// Creates a customer. It is not repeated when nobody knows whether it was applied: see [`Error::maybe_applied`].
    async fn create_customer(&self, customer: NewCustomer) -> Result<Saved<Customer>, Error> {
        let _ = customer;
        Err(missing(self.vendor(), "create_customer"))
    }

    /// Changes a customer: the fields of the patch that are not [`Patch::Keep`](crate::Patch::Keep).
    async fn update_customer(&self, id: &RecordId, patch: CustomerPatch) -> Result<Saved<Customer>, Error> {
        let _ = (id, patch);
        Err(missing(self.vendor(), "update_customer"))
    }

    /// Changes a contact.
    async fn update_contact(&self, id: &RecordId, patch: ContactPatch) -> Result<Saved<Contact>, Error> {
        let _ = (id, patch);
        Err(missing(self.vendor(), "update_contact"))
    }

    /// Changes many contacts in one request. Rows that failed are in the report, tied to the rows that were given; only a
    /// request that failed as a whole is an error.
    async fn update_contacts(&self, rows: Vec<(RecordId, ContactPatch)>) -> Result<BatchReport<BatchItem>, Error> {
        let _ = rows;
        Err(missing(self.vendor(), "update_contacts"))
    }

    /// Changes an opportunity.
    async fn update_opportunity(&self, id: &RecordId, patch: OpportunityPatch) -> Result<Saved<Opportunity>, Error> {
        let _ = (id, patch);
        Err(missing(self.vendor(), "update_opportunity"))
    }

    /// One page of all contacts that the account may see.
    async fn list_contacts(&self, page: PageRequest) -> Result<Page<Contact>, Error> {
        let _ = page;
        Err(missing(self.vendor(), "list_contacts"))
    }

    /// One page of a customer's contacts.
    async fn list_customer_contacts(&self, customer: &RecordId, page: PageRequest) -> Result<Page<Contact>, Error> {
        let _ = (customer, page);
        Err(missing(self.vendor(), "list_customer_contacts"))
    }

    /// One page of a customer's opportunities.
    async fn list_customer_opportunities(
        &self,
        customer: &RecordId,
        page: PageRequest,
    ) -> Result<Page<Opportunity>, Error> {
        let _ = (customer, page);
        Err(missing(self.vendor(), "list_customer_opportunities"))
    }

    /// One page of the company's users.
    async fn list_users(&self, page: PageRequest) -> Result<Page<User>, Error> {
        let _ = page;
        Err(missing(self.vendor(), "list_users"))
    }
}

fn missing(vendor: &'static str, method: &'static str) -> Error {
    Error::unsupported(vendor, method, "no documented operation of this vendor does it")
}
