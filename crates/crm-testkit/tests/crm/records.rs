//! Neutral records hold what the vendor's records say.

use crm_core::{ContactPatch, CustomerPatch, NewCustomer, OpportunityPatch, PageRequest};
use serde_json::Value;

use crate::vendors::{self, Vendor};

/// The record of the page's first example.
fn example(vendor: &Vendor, operation: &str, place: &str) -> Value {
    let text = &vendor.mock.documented().operation(operation).unwrap().answers[0].body;
    serde_json::from_str::<Value>(text)
        .unwrap()
        .pointer(place)
        .unwrap()
        .clone()
}

/// The same, without what stands for nothing.
fn something(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(something).collect();
            (!items.is_empty()).then_some(items.into())
        }
        Value::Object(members) => {
            let members: serde_json::Map<_, _> = members
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), something(value)?)))
                .collect();
            (!members.is_empty()).then_some(members.into())
        }
        other => Some(other.clone()),
    }
}

#[tokio::test]
async fn a_contact_reads_the_same_in_neutral_terms_and_whole_in_raw() {
    let vendor = vendors::ikcrm().await;
    let shown = example(&vendor, "contact_update", "/data");
    let saved = vendor
        .crm
        .update_contact(&5524470.into(), ContactPatch::new().name("王五"))
        .await
        .unwrap();
    let contact = saved.record.unwrap();
    assert_eq!(contact.name.as_deref(), shown["name"].as_str());
    assert_eq!(
        contact.phone.as_deref(),
        shown["address"]["phone"].as_str().filter(|text| !text.is_empty())
    );
    assert_eq!(contact.id.map(|id| id.to_string()), Some(shown["id"].to_string()));
    assert_eq!(something(&contact.raw.unwrap().to_value()), something(&shown));
}

#[tokio::test]
async fn raw_parses_back_into_the_vendors_record() {
    let vendor = vendors::ikcrm().await;
    let saved = vendor
        .crm
        .update_contact(&5524470.into(), ContactPatch::new().name("王五"))
        .await
        .unwrap();
    let contact = saved.record.unwrap();
    let vendors_own: crm_ikcrm::models::Contact = contact.raw.as_ref().unwrap().parse().unwrap();
    assert_eq!(vendors_own.name, contact.name);
    assert_eq!(crm_core::Contact::from(vendors_own), contact);
}

#[tokio::test]
async fn a_customer_of_each_vendor_reads_whole() {
    let ikcrm = vendors::public_sea().await;
    let created = ikcrm.crm.create_customer(NewCustomer::new("某某科技")).await.unwrap();
    let shown = example(&ikcrm, "common_customer_create", "/data");
    assert_eq!(created.id.to_string(), shown["id"].to_string());
    assert_eq!(
        something(&created.record.unwrap().raw.unwrap().to_value()),
        something(&shown)
    );
    assert_eq!(ikcrm.mock.requests()[0].json()["common_id"], 18);

    let moduledata = vendors::moduledata().await;
    let id = "688346218203447296".into();
    let saved = moduledata
        .crm
        .update_customer(&id, CustomerPatch::new().name("赵六"))
        .await
        .unwrap();
    let shown = example(&moduledata, "customer_update", "/data/item");
    let customer = saved.record.unwrap();
    assert_eq!(
        customer.source.as_ref().unwrap().label.as_deref(),
        shown["source"]["name"].as_str()
    );
    assert_eq!(customer.custom_fields.len(), 3);
    assert_eq!(something(&customer.raw.unwrap().to_value()), something(&shown));
}

#[tokio::test]
async fn an_opportunity_keeps_every_digit_of_its_amount() {
    let vendor = vendors::ikcrm().await;
    let patch = OpportunityPatch::new()
        .title("一百台服务器")
        .customer_id("1522636")
        .amount(20_000);
    let saved = vendor.crm.update_opportunity(&568587.into(), patch).await.unwrap();
    let shown = example(&vendor, "opportunity_update", "/data");
    let amount = saved.record.unwrap().amount.unwrap();
    assert_eq!(
        Value::from(amount.as_str()),
        Value::from(shown["expect_amount"].as_str().unwrap())
    );
    // The vendor's ids are numbers, in whatever form the caller has them.
    assert_eq!(vendor.mock.requests()[0].json()["opportunity"]["customer_id"], 1522636);
}

#[tokio::test]
async fn lists_come_in_neutral_terms_with_what_to_ask_next() {
    let vendor = vendors::ikcrm().await;
    let page = vendor.crm.list_contacts(PageRequest::new()).await.unwrap();
    let shown = example(&vendor, "contact_list", "/data");
    assert_eq!(page.items.len(), shown["contacts"].as_array().unwrap().len());
    assert_eq!(page.total, shown["total_count"].as_u64());

    let vendor = vendors::dustess().await;
    let users = vendor.crm.list_users(PageRequest::new()).await.unwrap();
    assert!(
        users
            .items
            .iter()
            .all(|user| user.id.is_some() && user.department_id.is_some())
    );
    assert_eq!(users.next, None);
}

#[test]
fn no_debug_output_shows_a_person() {
    let name = "欧阳震华";
    let texts = [
        format!("{:?}", ContactPatch::new().name(name).phone("13800000000").note(name)),
        format!("{:?}", NewCustomer::new(name).phone("13800000000")),
        format!("{:?}", OpportunityPatch::new().title(name).requirement(name)),
        {
            let mut contact = crm_core::Contact::default();
            contact.name = Some(name.to_owned());
            contact.phone = Some("13800000000".to_owned());
            contact.raw = Some(name.into());
            format!("{contact:?}")
        },
    ];
    for text in texts {
        assert!(!text.contains(name) && !text.contains("13800000000"), "{text}");
        assert!(text.contains("<hidden>"), "{text}");
    }
}
