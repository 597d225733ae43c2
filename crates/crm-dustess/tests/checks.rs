//! The rules that the pages state in words are checked before anything is sent, and the parameter is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crm_core::operation::Operation;
use crm_core::{ErrorKind, Patch};
use crm_dustess::inputs::{BindExternalIdRow, ContactEdit, CustomFieldValue, File};
use crm_dustess::{BatchEditCustomer, BindExternalId, FieldType};

/// A contact with one custom field.
fn with(field: CustomFieldValue) -> ContactEdit {
    ContactEdit::new().id("a").custom_fields(vec![field])
}

fn file(kind: &str) -> File {
    File::named("合同", "https://example.com/a", kind)
}

fn untyped(slot: fn(CustomFieldValue) -> CustomFieldValue) -> CustomFieldValue {
    slot(CustomFieldValue::new().id("f"))
}

#[test]
fn what_breaks_a_rule_is_named() {
    let owner_and_pool = ContactEdit::new().id("a").owner("u").pool("p");
    let cases = [
        (ContactEdit::new().remark("x"), "id"),
        (ContactEdit::new().id("").remark("x"), "id"),
        (ContactEdit::new().id(Patch::Clear), "id"),
        (owner_and_pool, "pool"),
        (with(CustomFieldValue::text("", "x")), "custom_fields[0].id"),
        (
            with(CustomFieldValue::new().id("f").r#type("Int")),
            "custom_fields[0].float_value",
        ),
        (
            with(CustomFieldValue::text("f", "x").float_value(1.0)),
            "custom_fields[0].float_value",
        ),
        (
            with(CustomFieldValue::new().id("f").r#type("radio").array_value(vec![])),
            "custom_fields[0].array_value",
        ),
        (
            with(CustomFieldValue::new().id("f").r#type("checkbox").string_value("x")),
            "custom_fields[0].string_value",
        ),
        (
            with(
                CustomFieldValue::new()
                    .id("f")
                    .r#type("multiCascader")
                    .string_value("x"),
            ),
            "custom_fields[0].string_value",
        ),
        (
            with(CustomFieldValue::files("f", vec![file("pdf"); 6])),
            "custom_fields[0].files_value",
        ),
        (
            with(CustomFieldValue::files("f", [file("zip")])),
            "custom_fields[0].files_value[0].file_type",
        ),
        (
            with(CustomFieldValue::files("f", [file("pdf"), file("pdf").url("")])),
            "custom_fields[0].files_value[1].url",
        ),
        (
            with(CustomFieldValue::files("f", [File::new().url("u")])),
            "custom_fields[0].files_value[0].name",
        ),
    ];
    for (row, parameter) in cases {
        let rows = [ContactEdit::new().id("fine"), row];
        let error = BatchEditCustomer::new(rows).check().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(
            error.parameter(),
            Some(&*format!("customer_list[1].{parameter}")),
            "{error}"
        );
        assert!(!error.maybe_applied());
    }
}

#[test]
fn what_keeps_the_rules_passes() {
    let rows = [
        ContactEdit::new().id("a"),
        ContactEdit::new().external_id("a").owner("u"),
        ContactEdit::new().id("a").external_id("b").pool("p"),
        with(CustomFieldValue::textarea("f", "")),
        with(CustomFieldValue::datetime("f", "2020-09-16 12:00:00")),
        with(CustomFieldValue::cascader("f", "a/b=path")),
        with(CustomFieldValue::int("f", 12)),
        with(CustomFieldValue::files("f", vec![file("other"); 5])),
        // A type that no page lists may have its value anywhere, but only once.
        with(untyped(|field| field.string_value("x")).r#type("colour")),
    ];
    BatchEditCustomer::new(rows).check().unwrap();
}

#[test]
fn each_type_puts_its_value_where_the_page_says() {
    let fields = [
        (CustomFieldValue::text("f", "x"), "text"),
        (CustomFieldValue::textarea("f", "x"), "textarea"),
        (CustomFieldValue::radio("f", "x"), "radio"),
        (CustomFieldValue::date("f", "x"), "date"),
        (CustomFieldValue::datetime("f", "x"), "datetime"),
        (CustomFieldValue::int("f", 1), "Int"),
        (CustomFieldValue::checkbox("f", ["x"]), "checkbox"),
        (CustomFieldValue::cascader("f", "x"), "cascader"),
        (CustomFieldValue::multi_cascader("f", ["x"]), "multi-cascader"),
    ];
    assert_eq!(fields.len(), FieldType::ALL.len());
    for (field, kind) in fields {
        let places = [
            ("string_value", field.string_value.as_set().is_some()),
            ("float_value", field.float_value.as_set().is_some()),
            ("array_value", field.array_value.as_set().is_some()),
        ];
        let used: Vec<_> = places.iter().filter(|(_, used)| *used).map(|(name, _)| *name).collect();
        let documented = match kind {
            "text" | "textarea" | "radio" | "date" | "datetime" => "string_value",
            "Int" => "float_value",
            _ => "array_value",
        };
        assert_eq!(
            (used.as_slice(), field.r#type.as_set().unwrap().as_str()),
            (&[documented][..], kind)
        );
        assert_eq!(kind.parse::<FieldType>().unwrap().as_str(), kind);
    }
}

#[test]
fn both_spellings_of_the_page_are_read() {
    assert_eq!("multiCascader".parse(), Ok(FieldType::MultiCascader));
    assert_eq!("multi-cascader".parse(), Ok(FieldType::MultiCascader));
    assert!("Checkbox".parse::<FieldType>().is_err());
}

#[test]
fn a_batch_has_rows() {
    let error = BatchEditCustomer::new([]).check().unwrap_err();
    assert_eq!(error.parameter(), Some("customer_list"));
}

#[test]
fn external_ids_are_bound_to_contacts_that_are_named() {
    let row = |index: usize| BindExternalIdRow::new(format!("erp-{index}"));
    let bound = |rows: Vec<BindExternalIdRow>| BindExternalId::new(rows).check().err();
    let parameter = |rows| bound(rows).and_then(|error| error.parameter().map(str::to_owned));
    assert_eq!(parameter(vec![row(0).tel("13800000000"), row(1).inside_id("a")]), None);
    assert_eq!(
        parameter(vec![row(0).tel("13800000000"), row(1)]),
        Some("list[1].inside_id".to_owned())
    );
    assert_eq!(parameter(Vec::new()), Some("list".to_owned()));
    assert_eq!(
        parameter((0..500).map(|index| row(index).inside_id("a")).collect()),
        None
    );
    assert_eq!(
        parameter((0..501).map(|index| row(index).inside_id("a")).collect()),
        Some("list".to_owned())
    );
}

#[tokio::test]
async fn a_client_checks_before_it_sends() {
    let vendor = crm_testkit::mock::MockVendor::dustess().await;
    let client = crm_dustess::Client::builder()
        .base_url(vendor.base_url())
        .token(vendor.token())
        .build()
        .unwrap();
    let error = client
        .send(BatchEditCustomer::new([ContactEdit::new().remark("x")]))
        .await
        .unwrap_err();
    assert_eq!(error.parameter(), Some("customer_list[0].id"));
    assert!(vendor.requests().is_empty());
}
