//! `Capability` tells the truth.

use crm_core::{ErrorKind, PageRequest, RecordId};

use crate::fields::{Fields, Write, trace};
use crate::vendors::{self, Vendor};

#[tokio::test]
async fn every_claimed_field_reaches_the_wire_and_every_other_is_refused_by_name() {
    let mut checked = 0;
    for vendor in vendors::all().await {
        for write in Write::ALL {
            let Some(support) = write.support(&*vendor.crm) else {
                continue;
            };
            for field in write.fields() {
                check_field(&vendor, write, field, support.takes(field)).await;
                checked += 1;
            }
            for field in support.fields {
                assert!(
                    write.fields().contains(field),
                    "{}: `{field}` is no field of {}",
                    vendor.name,
                    write.name()
                );
            }
        }
    }
    assert!(checked > 100, "only {checked} fields were checked");
}

async fn check_field(vendor: &Vendor, write: Write, field: &str, claimed: bool) {
    let what = format!("{}: {} of {field}", vendor.name, write.name());
    let fields = with_required(vendor, write).set(field, vendor.custom_key);
    let before = vendor.count();
    let answer = write.send(&*vendor.crm, &fields).await;
    let sent: Vec<_> = vendor
        .sent_since(before)
        .into_iter()
        .filter(|sent| !sent.path.ends_with("/token"))
        .collect();
    if !claimed {
        let error = answer.expect_err(&what);
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{what}: {error}");
        assert_eq!(error.parameter(), Some(&*write.place(field)), "{what}: {error}");
        assert!(sent.is_empty(), "{what} was sent although it is refused");
        return;
    }
    let whole = answer.unwrap_or_else(|error| panic!("{what}: {error}"));
    let support = write.support(&*vendor.crm).unwrap();
    assert_eq!(
        whole, support.answers_record,
        "{what}: the answer shows the record, or not, as claimed"
    );
    assert_eq!(sent.len(), 1, "{what}");
    assert!(
        sent[0].body.contains(&trace(field)),
        "{what} did not reach the wire: {}",
        sent[0].body
    );
}

#[tokio::test]
async fn every_field_is_emptied_or_refused_by_name() {
    for vendor in vendors::all().await {
        for write in [
            Write::UpdateCustomer,
            Write::UpdateContact,
            Write::UpdateContacts,
            Write::UpdateOpportunity,
        ] {
            let Some(support) = write.support(&*vendor.crm) else {
                continue;
            };
            let base = sent_body(&vendor, write, &with_required(&vendor, write)).await.unwrap();
            for field in support.fields {
                let what = format!("{}: {} clearing {field}", vendor.name, write.name());
                let fields = with_required(&vendor, write).clear(field, vendor.custom_key);
                match sent_body(&vendor, write, &fields).await {
                    Ok(body) => assert_ne!(body, base, "{what} changes nothing on the wire"),
                    Err(error) => {
                        let refused = matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidRequest);
                        assert!(
                            refused && error.parameter() == Some(&*write.place(field)),
                            "{what}: {error}"
                        );
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_demanded_field_that_is_missing_is_named_before_anything_is_sent() {
    let mut checked = 0;
    for vendor in vendors::all().await {
        for write in Write::ALL {
            let Some(support) = write.support(&*vendor.crm) else {
                continue;
            };
            // A new customer cannot be without a name: it is an argument of `new`.
            for field in support.required.iter().filter(|field| **field != "name") {
                let others = support.required.iter().filter(|other| *other != field);
                let fields = others.fold(Fields::default(), |fields, other| fields.set(other, vendor.custom_key));
                let before = vendor.count();
                let error = write.send(&*vendor.crm, &fields).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
                assert_eq!(error.parameter(), Some(*field), "{error}");
                assert_eq!(vendor.count(), before);
                checked += 1;
            }
        }
    }
    assert_eq!(
        checked, 5,
        "two of an opportunity, twice for ikcrm, and the public sea of a new customer"
    );
}

#[tokio::test]
async fn a_method_works_where_it_is_claimed_and_sends_nothing_where_it_is_not() {
    for vendor in vendors::all().await {
        for (method, claimed) in vendor.crm.capability().methods() {
            let before = vendor.count();
            let outcome = call(&vendor, method).await;
            let what = format!("{}: {method}", vendor.name);
            if claimed {
                outcome.unwrap_or_else(|error| panic!("{what}: {error}"));
                assert!(vendor.count() > before, "{what} sent nothing");
            } else {
                let error = outcome.expect_err(&what);
                assert_eq!(error.kind(), ErrorKind::Unsupported, "{what}: {error}");
                assert_eq!(error.parameter(), Some(method), "{what}: {error}");
                assert!(!error.maybe_applied());
                assert_eq!(vendor.count(), before, "{what} sent something");
            }
        }
    }
}

/// Calls a method of the trait by its name.
async fn call(vendor: &Vendor, method: &str) -> Result<(), crm_core::Error> {
    let (crm, id, page) = (&*vendor.crm, RecordId::from(18), PageRequest::new());
    if let Some(write) = Write::ALL.into_iter().find(|write| write.name() == method) {
        return write.send(crm, &with_required(vendor, write)).await.map(|_| ());
    }
    let rows = match method {
        "list_contacts" => crm.list_contacts(page).await?.items.len(),
        "list_customer_contacts" => crm.list_customer_contacts(&id, page).await?.items.len(),
        "list_customer_opportunities" => crm.list_customer_opportunities(&id, page).await?.items.len(),
        "list_users" => crm.list_users(page).await?.items.len(),
        other => panic!("this test does not know the method {other}"),
    };
    assert!(rows > 0, "{}: {method} lists nothing", vendor.name);
    Ok(())
}

#[tokio::test]
async fn a_page_larger_than_the_vendor_gives_is_refused_before_anything_is_sent() {
    let vendor = vendors::ikcrm().await;
    for page in [PageRequest::new().per_page(101), PageRequest::new().per_page(0)] {
        let error = vendor.crm.list_users(page).await.unwrap_err();
        assert_eq!(error.parameter(), Some("per_page"));
    }
    let error = vendor.crm.list_users(PageRequest::new().page(0)).await.unwrap_err();
    assert_eq!(error.parameter(), Some("page"));
    assert_eq!(vendor.count(), 0);
}

/// The least that the vendor demands of a write.
fn with_required(vendor: &Vendor, write: Write) -> Fields {
    let required = write.support(&*vendor.crm).map_or(&[][..], |support| support.required);
    let name = matches!(write, Write::CreateCustomer).then_some(&"name");
    let fields = required.iter().chain(name);
    fields.fold(Fields::default(), |fields, field| fields.set(field, vendor.custom_key))
}

async fn sent_body(vendor: &Vendor, write: Write, fields: &Fields) -> Result<String, crm_core::Error> {
    write.send(&*vendor.crm, fields).await?;
    Ok(vendor.mock.requests().pop().unwrap().body)
}
