//! Many contacts in one request.

use crm_core::{ContactPatch, CustomFields, ErrorKind, Patch, RecordId};

use crate::vendors;

fn rows(count: usize) -> Vec<(RecordId, ContactPatch)> {
    let row = |index| {
        (
            RecordId::from(format!("contact-{index}")),
            ContactPatch::new().name(format!("某某{index}")),
        )
    };
    (0..count).map(row).collect()
}

#[tokio::test]
async fn rows_of_a_batch_are_tied_to_the_rows_that_were_given() {
    let vendor = vendors::dustess().await;
    let report = vendor.crm.update_contacts(rows(5)).await.unwrap();
    assert!(report.is_complete());
    let tied: Vec<_> = report
        .succeeded
        .iter()
        .map(|row| (row.input.unwrap(), row.value.id.clone().unwrap()))
        .collect();
    let expected: Vec<_> = (0..5)
        .map(|index| (index, RecordId::from(format!("contact-{index}"))))
        .collect();
    assert_eq!(tied, expected);
}

#[tokio::test]
async fn a_batch_that_failed_in_part_is_an_answer() {
    let vendor = vendors::dustess().await;
    vendor.mock.answer_with_example("batch_edit_customer", 2);
    let report = vendor.crm.update_contacts(rows(3)).await.unwrap();
    assert_eq!(
        report.succeeded.iter().map(|row| row.input).collect::<Vec<_>>(),
        [Some(0), Some(1)]
    );
    let failed = &report.failed[0];
    assert_eq!(
        (failed.input, failed.value.code.as_deref(), &failed.value.id),
        (Some(2), Some("13001"), &None)
    );
    assert_eq!(report.into_result().unwrap_err().kind(), ErrorKind::BatchFailed);
}

#[tokio::test]
async fn a_batch_that_failed_in_whole_is_an_answer() {
    let vendor = vendors::dustess().await;
    vendor.mock.answer_with_example("batch_edit_customer", 3);
    let report = vendor.crm.update_contacts(rows(2)).await.unwrap();
    assert_eq!((report.succeeded.len(), report.failed.len()), (0, 2));
}

#[tokio::test]
async fn one_contact_that_the_vendor_refuses_is_an_error_with_the_rows_code() {
    let vendor = vendors::dustess().await;
    let body = r#"{"success":false,"code":4126,"msg":"","data":{"fail":[{"code":13001,"index":1,"id":"0","msg":"x"}],"success":null}}"#;
    vendor.mock.answer_with_body("batch_edit_customer", 200, body);
    let error = vendor
        .crm
        .update_contact(&"contact-0".into(), ContactPatch::new().name("某某"))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.vendor_code()),
        (ErrorKind::Rejected, Some("13001"))
    );
    assert!(!error.maybe_applied());
}

#[tokio::test]
async fn one_contact_of_which_the_answer_says_nothing_is_not_taken_for_saved() {
    let vendor = vendors::dustess().await;
    let body = r#"{"success":true,"msg":"","data":{"fail":null,"success":[]}}"#;
    vendor.mock.answer_with_body("batch_edit_customer", 200, body);
    let error = vendor
        .crm
        .update_contact(&"contact-0".into(), ContactPatch::new().name("某某"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IncompleteAnswer);
    assert!(error.maybe_applied());
}

#[tokio::test]
async fn what_a_row_cannot_express_is_named_with_its_row_before_anything_is_sent() {
    let vendor = vendors::dustess().await;
    let fields = |key: &str| ContactPatch::new().custom_fields(CustomFields::new().set(key, "x"));
    for (patch, name) in [
        (ContactPatch::new().fax("1"), "rows[1].fax"),
        (ContactPatch::new().phone(Patch::Clear), "rows[1].phone"),
        (fields("field01"), "rows[1].custom_fields.field01"),
        (fields("colour:field01"), "rows[1].custom_fields.colour:field01"),
        (fields("Int:field01"), "rows[1].custom_fields.Int:field01"),
    ] {
        let rows = vec![("a".into(), ContactPatch::new().name("某某")), ("b".into(), patch)];
        let error = vendor.crm.update_contacts(rows).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.parameter()),
            (ErrorKind::Unsupported, Some(name)),
            "{error}"
        );
    }
    assert_eq!(vendor.count(), 0);
}

#[tokio::test]
async fn a_batch_without_rows_is_refused() {
    let vendor = vendors::dustess().await;
    let error = vendor.crm.update_contacts(Vec::new()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.parameter()),
        (ErrorKind::InvalidRequest, Some("customer_list"))
    );
}

#[tokio::test]
async fn phones_of_both_kinds_go_in_one_list_with_their_types() {
    let vendor = vendors::dustess().await;
    let patch = ContactPatch::new().phone("13800000000").tel("010-1234");
    vendor.crm.update_contact(&"contact-0".into(), patch).await.unwrap();
    let sent = vendor.mock.requests().pop().unwrap().json();
    let mobiles = &sent["customer_list"][0]["mobiles"];
    assert_eq!(mobiles[0]["tel"], "13800000000");
    assert_eq!(
        (&mobiles[0]["type"], &mobiles[1]["type"]),
        (&"mobile".into(), &"landline".into())
    );
}
