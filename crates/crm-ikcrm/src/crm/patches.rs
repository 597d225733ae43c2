//! Neutral patches as ikcrm's operations. What is left in a patch after its fields were taken is refused by name.

use std::mem::take;

use crm_core::operation::Operation;
use crm_core::{ContactPatch, CustomerPatch, Error, Gender, NewCustomer, OpportunityPatch, Patch, RecordId};

use super::number;
use crate::inputs::{AddressAttributes, ContactsAttributes, OpportunitiesAttributes};
use crate::protocol::VENDOR;
use crate::{CreateCommonCustomer, UpdateContact, UpdateCustomer, UpdateOpportunity};

pub(super) const CONTACT: &[&str] = &[
    "name",
    "phone",
    "tel",
    "email",
    "wechat",
    "qq",
    "website",
    "zip",
    "address",
    "department",
    "job",
    "gender",
    "birth_date",
    "note",
    "category",
    "customer_id",
    "custom_fields",
];

pub(super) const CUSTOMER: &[&str] = &[
    "name",
    "phone",
    "tel",
    "email",
    "wechat",
    "qq",
    "fax",
    "website",
    "zip",
    "address",
    "note",
    "category",
    "status",
    "source",
    "industry",
    "staff_size",
    "owner_id",
    "department_id",
    "tags",
    "custom_fields",
];

pub(super) const NEW_CUSTOMER: &[&str] = &[
    "name",
    "phone",
    "tel",
    "email",
    "wechat",
    "qq",
    "fax",
    "website",
    "zip",
    "address",
    "note",
    "category",
    "status",
    "source",
    "industry",
    "staff_size",
    "pool_id",
    "department_id",
    "parent_id",
    "contact_name",
    "opportunity_title",
    "custom_fields",
];

pub(super) const OPPORTUNITY: &[&str] = &[
    "title",
    "customer_id",
    "amount",
    "stage",
    "expected_sign_date",
    "acquired_at",
    "requirement",
    "note",
    "source",
    "kind",
    "owner_id",
    "department_id",
    "custom_fields",
];

/// Takes the ways of reaching somebody out of a patch or a new record; `also` names what not every page has.
macro_rules! take_address {
    ($from:ident $(, also $field:ident)?) => {{
        refuse_region(&$from.region)?;
        let address = AddressAttributes {
            detail_address: take(&mut $from.address).into_patch(),
            tel: take(&mut $from.tel).into_patch(),
            phone: take(&mut $from.phone).into_patch(),
            email: take(&mut $from.email).into_patch(),
            wechat: take(&mut $from.wechat).into_patch(),
            qq: take(&mut $from.qq).into_patch(),
            $($field: take(&mut $from.$field).into_patch(),)?
            url: take(&mut $from.website).into_patch(),
            zip: take(&mut $from.zip).into_patch(),
            ..AddressAttributes::default()
        };
        (address != AddressAttributes::default()).then_some(address)
    }};
}

/// A field of a patch, or one of a record to create.
trait IntoPatch<T> {
    fn into_patch(self) -> Patch<T>;
}

impl<T> IntoPatch<T> for Patch<T> {
    fn into_patch(self) -> Patch<T> {
        self
    }
}

impl<T> IntoPatch<T> for Option<T> {
    fn into_patch(self) -> Patch<T> {
        self.map_or(Patch::Keep, Patch::Set)
    }
}

pub(super) fn update_contact(id: &RecordId, mut patch: ContactPatch) -> Result<UpdateContact, Error> {
    let update = UpdateContact {
        name: take(&mut patch.name),
        customer_id: take(&mut patch.customer_id).map(number),
        department: take(&mut patch.department),
        gender: take(&mut patch.gender).map(gender).transpose()?,
        birth_date: take(&mut patch.birth_date),
        note: take(&mut patch.note),
        category: take(&mut patch.category).map(|id| id.to_string()),
        job: take(&mut patch.job),
        address_attributes: take_address!(patch),
        custom_fields: take(&mut patch.custom_fields),
        ..UpdateContact::new(id)
    };
    patch.refuse_rest(VENDOR, "")?;
    Ok(update)
}

pub(super) fn update_customer(id: &RecordId, mut patch: CustomerPatch) -> Result<UpdateCustomer, Error> {
    let update = UpdateCustomer {
        user_id: take(&mut patch.owner_id).map(number),
        name: take(&mut patch.name),
        status: take(&mut patch.status).map(|id| id.to_string()),
        note: take(&mut patch.note),
        category: take(&mut patch.category).map(|id| id.to_string()),
        source: take(&mut patch.source).map(|id| id.to_string()),
        industry: take(&mut patch.industry).map(|id| id.to_string()),
        staff_size: take(&mut patch.staff_size),
        want_department_id: take(&mut patch.department_id).map(number),
        address_attributes: take_address!(patch, also fax),
        labels: take(&mut patch.tags),
        custom_fields: take(&mut patch.custom_fields),
        ..UpdateCustomer::new(id)
    };
    patch.refuse_rest(VENDOR, "")?;
    Ok(update)
}

pub(super) fn create_customer(mut new: NewCustomer) -> Result<CreateCommonCustomer, Error> {
    let Some(pool) = take(&mut new.pool_id) else {
        let what = "a customer is created in a public sea: give its id, or wrap the client in PublicSea";
        return Err(Error::invalid_request(CreateCommonCustomer::INFO, "pool_id", what));
    };
    let create = CreateCommonCustomer {
        parent_id: take(&mut new.parent_id).map(number),
        name: take(&mut new.name),
        note: take(&mut new.note),
        status: take(&mut new.status).map(|id| id.to_string()),
        category: take(&mut new.category).map(|id| id.to_string()),
        source: take(&mut new.source).map(|id| id.to_string()),
        industry: take(&mut new.industry).map(|id| id.to_string()),
        staff_size: take(&mut new.staff_size),
        want_department_id: take(&mut new.department_id).map(number),
        address_attributes: take_address!(new, also fax),
        contacts_attributes: take(&mut new.contact_name).map(|name| ContactsAttributes::new().name(name)),
        opportunities_attributes: take(&mut new.opportunity_title)
            .map(|title| OpportunitiesAttributes::new().title(title)),
        custom_fields: take(&mut new.custom_fields),
        ..CreateCommonCustomer::new(number(pool))
    };
    new.refuse_rest(VENDOR, "")?;
    Ok(create)
}

pub(super) fn update_opportunity(id: &RecordId, mut patch: OpportunityPatch) -> Result<UpdateOpportunity, Error> {
    let demanded = |field| Error::invalid_request(UpdateOpportunity::INFO, field, "is demanded with every update");
    let Patch::Set(title) = take(&mut patch.title) else {
        return Err(demanded("title"));
    };
    let Patch::Set(customer) = take(&mut patch.customer_id) else {
        return Err(demanded("customer_id"));
    };
    let update = UpdateOpportunity {
        user_id: take(&mut patch.owner_id).map(number),
        expect_amount: take(&mut patch.amount),
        stage: take(&mut patch.stage).map(|id| id.to_string()),
        expect_sign_date: take(&mut patch.expected_sign_date),
        get_time: take(&mut patch.acquired_at),
        customer_requirement: take(&mut patch.requirement),
        note: take(&mut patch.note),
        source: take(&mut patch.source).map(|id| id.to_string()),
        kind: take(&mut patch.kind).map(|id| id.to_string()),
        want_department_id: take(&mut patch.department_id).map(number),
        custom_fields: take(&mut patch.custom_fields),
        ..UpdateOpportunity::new(id, title, number(customer))
    };
    patch.refuse_rest(VENDOR, "")?;
    Ok(update)
}

fn gender(gender: Gender) -> Result<String, Error> {
    match gender {
        Gender::Female => Ok("female".to_owned()),
        Gender::Male => Ok("male".to_owned()),
        _ => Err(Error::unsupported(VENDOR, "gender", "the vendor knows male and female")),
    }
}

fn refuse_region<R: IntoPatch<crm_core::Region> + Clone>(region: &R) -> Result<(), Error> {
    if region.clone().into_patch().is_keep() {
        return Ok(());
    }
    let what = "the vendor takes ids of regions, not names: use AddressAttributes of the typed operation";
    Err(Error::unsupported(VENDOR, "region", what))
}
