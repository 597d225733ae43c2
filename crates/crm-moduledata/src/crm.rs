//! The neutral trait for moduledata.

use std::mem::take;

use async_trait::async_trait;
use crm_core::model::Json;
use crm_core::operation::Operation;
use crm_core::{Capability, Choice, Crm, Customer, CustomerPatch, Error, Patch, RecordId, Saved, WriteSupport};

use crate::protocol::VENDOR;
use crate::{Client, UpdateCustomer, models};

static CAPABILITY: Capability = {
    let mut able = Capability::new();
    able.update_customer = Some(WriteSupport::new(CUSTOMER));
    able
};

const CUSTOMER: &[&str] = &["name", "phone", "source", "owner_id", "note", "custom_fields"];

/// The vendor documents the update of customers alone.
///
/// Of the owner its page says that it becomes the user of the request where none is given. Name `owner_id` with every
/// update, if that must not happen.
#[async_trait]
impl Crm for Client {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn capability(&self) -> &'static Capability {
        &CAPABILITY
    }

    async fn update_customer(&self, id: &RecordId, patch: CustomerPatch) -> Result<Saved<Customer>, Error> {
        let answer = self.send(update_customer(id, patch)?).await?;
        let item = answer
            .item
            .ok_or_else(|| Error::incomplete_answer(UpdateCustomer::INFO, "$.data.item"))?;
        Ok(Saved::with_record(id.clone(), Customer::from(*item)))
    }
}

fn update_customer(id: &RecordId, mut patch: CustomerPatch) -> Result<UpdateCustomer, Error> {
    if patch.owner_id.is_clear() {
        let what = "the vendor puts the user of the request where no owner is given";
        return Err(Error::unsupported(VENDOR, "owner_id", what));
    }
    let mut update = UpdateCustomer {
        name: take(&mut patch.name),
        own_id: take(&mut patch.owner_id).map(|id| id.to_text()),
        phone: take(&mut patch.phone),
        source: take(&mut patch.source).map(|id| id.to_text()),
        custom_fields: take(&mut patch.custom_fields),
        // The page's ids are strings: 18 digits do not survive a double.
        ..UpdateCustomer::new(id.to_text())
    };
    // In the page's example and in its answers, though not in the table of parameters.
    match take(&mut patch.note) {
        Patch::Keep => {}
        Patch::Clear => update = update.param("note", ""),
        Patch::Set(note) => update = update.param("note", note),
    }
    patch.refuse_rest(VENDOR, "")?;
    Ok(update)
}

impl From<models::Customer> for Customer {
    fn from(from: models::Customer) -> Self {
        let mut customer = Self::default();
        customer.raw = Json::from_serialize(&from).ok();
        customer.custom_fields = from.custom_fields();
        customer.id = from.id;
        customer.name = from.name.or(from.title);
        customer.phone = from.phone;
        customer.note = from.note;
        customer.source = from.source.and_then(|source| Choice::of(source.id, source.name));
        (customer.owner_id, customer.owner_name) = from.own_id.map(|user| (user.id, user.name)).unwrap_or_default();
        customer.created_at = from.created_at;
        customer.updated_at = from.updated_at;
        customer
    }
}
