//! ikcrm's records as neutral ones. The whole record stays reachable in `raw`.

use crm_core::model::{Id, Json};
use crm_core::{Choice, Contact, Customer, Gender, Opportunity, User};

use crate::models;

impl From<models::Contact> for Contact {
    fn from(from: models::Contact) -> Self {
        let mut contact = Self::default();
        contact.raw = Json::from_serialize(&from).ok();
        contact.custom_fields = from.custom_fields();
        contact.id = from.id;
        contact.name = from.name;
        contact.department = from.department;
        contact.job = from.job;
        contact.gender = from.gender.as_deref().and_then(gender);
        contact.birth_date = from.birth_date;
        contact.note = from.note;
        contact.category = choice(from.category, from.category_mapped);
        if let Some(address) = from.address {
            contact.phone = address.phone;
            contact.tel = address.tel;
            contact.email = address.email;
            contact.wechat = address.wechat;
            contact.qq = address.qq;
            contact.fax = address.fax;
            contact.website = address.url;
            contact.zip = address.zip;
            contact.address = address.detail_address.or(address.full_address);
        }
        let (customer_id, customer_name) = from
            .customer
            .map(|customer| (customer.id, customer.name))
            .unwrap_or_default();
        contact.customer_id = from.customer_id.or(customer_id);
        contact.customer_name = from.customer_name.or(customer_name);
        let (user_id, user_name) = from.user.map(|user| (user.id, user.name)).unwrap_or_default();
        contact.owner_id = from.user_id.or(user_id);
        contact.owner_name = from.user_name.or(user_name);
        contact.created_at = from.created_at;
        contact.updated_at = from.updated_at;
        contact
    }
}

impl From<models::Customer> for Customer {
    fn from(from: models::Customer) -> Self {
        let mut customer = Self::default();
        customer.raw = Json::from_serialize(&from).ok();
        customer.custom_fields = from.custom_fields();
        customer.id = from.id;
        customer.name = from.name;
        customer.note = from.note;
        customer.category = choice(from.category, from.category_mapped);
        customer.status = choice(from.status, from.status_mapped);
        customer.source = choice(from.source, from.source_mapped);
        customer.industry = choice(from.industry, from.industry_mapped);
        let staff = from.staff_size_mapped.or(from.staff_size_display);
        customer.staff_size = Choice::of(from.staff_size.map(Id::from), staff);
        let labels: Vec<String> = from.labels.into_iter().filter_map(|label| label.name).collect();
        customer.tags = (!labels.is_empty()).then_some(labels);
        if let Some(address) = from.address {
            customer.phone = address.phone;
            customer.tel = address.tel;
            customer.email = address.email;
            customer.wechat = address.wechat;
            customer.qq = address.qq;
            customer.fax = address.fax;
            customer.website = address.url;
            customer.zip = address.zip;
            customer.address = address.detail_address.or(address.full_address);
        }
        let (user_id, user_name) = from.user.map(|user| (user.id, user.name)).unwrap_or_default();
        customer.owner_id = from.user_id.or(user_id);
        customer.owner_name = from.user_name.or(user_name);
        customer.created_at = from.created_at;
        customer.updated_at = from.updated_at;
        customer
    }
}

impl From<models::Opportunity> for Opportunity {
    fn from(from: models::Opportunity) -> Self {
        let mut opportunity = Self::default();
        opportunity.raw = Json::from_serialize(&from).ok();
        opportunity.custom_fields = from.custom_fields();
        opportunity.id = from.id;
        opportunity.title = from.title;
        let (customer_id, customer_name) = from
            .customer
            .map(|customer| (customer.id, customer.name))
            .unwrap_or_default();
        opportunity.customer_id = from.customer_id.or(customer_id);
        opportunity.customer_name = from.customer_name.or(customer_name);
        opportunity.amount = from.expect_amount;
        opportunity.stage = choice(from.stage, from.stage_mapped);
        opportunity.expected_sign_date = from.expect_sign_date;
        opportunity.acquired_at = from.get_time;
        opportunity.source = choice(from.source, from.source_mapped);
        opportunity.owner_id = from.user_id;
        opportunity.owner_name = from.user_name;
        opportunity.created_at = from.created_at;
        opportunity.updated_at = from.updated_at;
        opportunity
    }
}

impl From<models::User> for User {
    fn from(from: models::User) -> Self {
        let mut user = Self::default();
        user.raw = Json::from_serialize(&from).ok();
        user.custom_fields = from.custom_fields();
        user.id = from.id;
        user.name = from.name;
        user.phone = from.phone;
        user.tel = from.tel;
        user.email = from.email;
        user.job = from.job;
        user.department_id = from.department_id;
        user.department_name = from.department_name;
        user
    }
}

fn choice(id: Option<String>, label: Option<String>) -> Option<Choice> {
    Choice::of(id.map(Id::from), label)
}

fn gender(text: &str) -> Option<Gender> {
    match text {
        "female" => Some(Gender::Female),
        "male" => Some(Gender::Male),
        _ => None,
    }
}
