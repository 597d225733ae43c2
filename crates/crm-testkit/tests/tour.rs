//! The tour finds nothing that differs from the documentation, and it would find it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../examples/tour/embedded/mod.rs"]
mod embedded;

#[path = "../examples/tour/live.rs"]
mod live;

use crm_testkit::mock::{MODULEDATA_AUTH_HEADER, MockVendor};
use embedded::Vendor;

/// The differences that the tour finds, one a line, behind the call that shows them.
async fn differences(prepare: &dyn Fn(&MockVendor)) -> Vec<String> {
    let steps = embedded::run(None, prepare).await.unwrap();
    assert!(steps.len() >= 15, "only {} calls", steps.len());
    let lines = steps.iter().flat_map(|step| {
        let call = format!("{} {} {}", step.vendor, step.way, step.call);
        step.differences.iter().map(move |what| format!("{call}: {what}"))
    });
    lines.collect()
}

#[tokio::test]
async fn every_call_of_the_tour_is_as_documented() {
    assert_eq!(differences(&|_| {}).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_that_differs_from_the_page_is_found() {
    let changed = |mock: &MockVendor| {
        if let Some(operation) = mock.documented().operation("contact_update") {
            let body = operation.answers[0]
                .body
                .replacen("\"name\": \"", "\"name\": \"changed ", 1);
            mock.answer_with_body("contact_update", 200, body);
        }
    };
    let found = differences(&changed).await;
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("ikcrm typed UpdateContact: /") && line.contains("changed")),
        "{found:#?}"
    );
}

#[tokio::test]
async fn an_error_instead_of_the_answer_is_found() {
    let broken = |mock: &MockVendor| {
        if mock.documented().operation("customer_update").is_some() && mock.documented().vendor == "moduledata" {
            mock.answer_with_body("customer_update", 200, r#"{"code":500,"message":"x","data":[]}"#);
        }
    };
    let found = differences(&broken).await;
    assert!(
        found.contains(&"moduledata typed UpdateCustomer: an error instead of the documented answer".to_owned()),
        "{found:#?}"
    );
}

#[tokio::test]
async fn live_reads_and_writes_only_the_record_that_was_named() {
    let vendors = [
        (Vendor::Ikcrm, MockVendor::ikcrm().await),
        (Vendor::Dustess, MockVendor::dustess().await),
        (Vendor::Moduledata, MockVendor::moduledata().await),
    ];
    for (vendor, mock) in vendors {
        let variable = |name: &str| match name.split_once('_').unwrap().1 {
            "BASE_URL" => Some(mock.base_url()),
            "TOKEN" | "AUTH_VALUE" => Some(mock.token()),
            "AUTH_HEADER" => Some(MODULEDATA_AUTH_HEADER.to_owned()),
            _ => None,
        };
        let steps = live::run(vendor, &variable, None).await.unwrap();
        assert!(!steps.is_empty());
        assert!(steps.iter().all(|step| step.differences.is_empty()), "{steps:#?}");
        let writes = |mock: &MockVendor| mock.requests().iter().filter(|sent| sent.body.contains("试用")).count();
        let reading = |name: &str| name.contains("list") || name.contains("details") || name.contains("custom_fields");
        let read = mock.requests();
        assert!(
            read.iter().all(|sent| reading(sent.operation.as_deref().unwrap())),
            "{read:#?}"
        );

        let record: live::Record = if vendor == Vendor::Moduledata {
            "customer:688"
        } else {
            "contact:5524470"
        }
        .parse()
        .unwrap();
        let steps = live::run(vendor, &variable, Some((record, "试用".to_owned())))
            .await
            .unwrap();
        assert!(steps.iter().all(|step| step.differences.is_empty()), "{steps:#?}");
        assert_eq!(writes(&mock), 1);
    }
}

#[test]
fn help_names_every_variable_that_is_read() {
    let names = std::cell::RefCell::new(Vec::new());
    let asked = |name: &str| {
        names.borrow_mut().push(name.to_owned());
        None
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for vendor in [Vendor::Ikcrm, Vendor::Dustess, Vendor::Moduledata] {
        drop(runtime.block_on(live::run(vendor, &asked, None)));
    }
    let names = names.into_inner();
    assert!(names.len() >= 12, "{names:?}");
    for name in names {
        assert!(live::VARIABLES.contains(&name), "{name} is not in --help");
    }
}

#[test]
fn a_record_to_write_is_named_by_kind_and_id() {
    for text in ["5524470", "contact:", "lead:1", ""] {
        assert!(text.parse::<live::Record>().is_err(), "{text}");
    }
}

#[tokio::test]
async fn live_without_credentials_says_so_and_sends_nothing() {
    for vendor in [Vendor::Ikcrm, Vendor::Dustess, Vendor::Moduledata] {
        let error = live::run(vendor, &|_| None, None).await.unwrap_err();
        assert_eq!(error.kind(), crm_core::ErrorKind::Config);
    }
}
