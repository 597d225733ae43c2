//! A large answer costs a bounded multiple of its size.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crm_core::envelope;
use crm_ikcrm::models::ContactPage;
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZE: usize = 50_000_000;

#[test]
fn fifty_megabytes_of_contacts_take_at_most_four_times_that() {
    let answer = include_str!("../../../fixtures/ikcrm/contact_list/response.json");
    let compact: serde_json::Value = serde_json::from_str(answer).expect("the example is JSON");
    let rows: Vec<String> = compact["data"]["contacts"]
        .as_array()
        .expect("rows")
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut text = String::with_capacity(SIZE + 10_000);
    text.push_str(r#"{"code":0,"data":{"contacts":["#);
    while text.len() < SIZE {
        text.push_str(&rows.join(","));
        text.push(',');
    }
    text.truncate(text.len() - 1);
    text.push_str("]}}");
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let page = envelope::read::<ContactPage>(&text, &crm_ikcrm::ENVELOPE)
        .expect("decodes")
        .data;
    let used = MEMORY.peak_usage() - before;
    println!(
        "{} contacts, {} bytes of answer, {used} bytes at the peak: {:.2} times",
        page.contacts.len(),
        text.len(),
        used as f64 / text.len() as f64
    );
    assert!(page.contacts.len() > 40_000);
    assert!(used <= 4 * text.len(), "{used} bytes for an answer of {}", text.len());
}
