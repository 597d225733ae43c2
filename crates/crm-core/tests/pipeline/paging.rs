//! Lists go on to their last page, whatever the vendor says of it, and never round in circles.

use crm_core::ErrorKind;
use crm_core::model::{Extra, Id};
use crm_core::operation::{Operation, OperationInfo, Paged, Request, Rows, Sent};
use futures_util::StreamExt;
use http::Method;

use crate::vendor::{Acme, Act, Network};

#[derive(Clone, Default, PartialEq)]
struct Row {
    id: Option<Id>,
    extra: Extra,
}
crm_core::model! { Row { id: "id" } }

#[derive(Clone, Default, PartialEq)]
struct Page {
    rows: Vec<Row>,
    total: Option<i64>,
    per_page: Option<i64>,
    page: Option<i64>,
    extra: Extra,
}
crm_core::model! { Page { rows: "rows", total: "total", per_page: "per_page", page: "page" } }

#[derive(Debug, Clone)]
struct List(Option<i64>);

impl Operation for List {
    type Vendor = Acme;
    type Payload = Page;
    type Output = Page;
    const INFO: &'static OperationInfo = &OperationInfo::new("acme", "list", Method::GET, "/list");

    fn request(&self) -> Result<Request, crm_core::Error> {
        Ok(Request::new(Method::GET, format!("/list/{}", self.0.unwrap_or(1))))
    }

    fn output(&self, payload: Page, _: &Sent) -> Page {
        payload
    }
}

impl Paged for List {
    type Item = Row;

    fn page_number(&self) -> Option<i64> {
        self.0
    }

    fn at_page(self, page: i64) -> Self {
        Self(Some(page))
    }

    fn rows(answer: Page) -> Rows<Row> {
        Rows {
            items: answer.rows,
            total: answer.total,
            per_page: answer.per_page,
            page: answer.page,
        }
    }
}

const FULL_1: &str = r#"{"code":0,"data":{"rows":[{"id":1},{"id":2}],"total":3,"per_page":2,"page":1}}"#;
const LAST_2: &str = r#"{"code":0,"data":{"rows":[{"id":3}],"total":3,"per_page":2,"page":2}}"#;
const UNCOUNTED: &str = r#"{"code":0,"data":{"rows":[{"id":1},{"id":2}],"per_page":2}}"#;
const SHORT: &str = r#"{"code":0,"data":{"rows":[{"id":3}],"per_page":2}}"#;
const BARE: &str = r#"{"code":0,"data":{"rows":[{"id":1}]}}"#;
const EMPTY: &str = r#"{"code":0,"data":{"rows":[]}}"#;

async fn ids(answers: &[&'static str], from: Option<i64>) -> (Vec<String>, Vec<String>) {
    let answers: Vec<&'static str> = answers.to_vec();
    let network = Network::script(answers.into_iter().map(|answer| Act::Answer(200, answer)));
    let mut pages = network.client_given("t").pages(List(from));
    let mut found = Vec::new();
    while let Some(rows) = pages.next().await {
        found.extend(rows.unwrap().iter().map(|row| row.id.as_ref().unwrap().to_string()));
    }
    (
        found,
        network.arrived().into_iter().map(|request| request.path).collect(),
    )
}

#[tokio::test(start_paused = true)]
async fn the_vendors_count_says_when_to_stop() {
    let (found, asked) = ids(&[FULL_1, LAST_2], None).await;
    assert_eq!(found, ["1", "2", "3"]);
    assert_eq!(asked, ["/list/1", "/list/2"]);
}

#[tokio::test(start_paused = true)]
async fn without_a_count_a_page_that_is_not_full_is_the_last() {
    assert_eq!(ids(&[UNCOUNTED, SHORT], None).await.0, ["1", "2", "3"]);
}

#[tokio::test(start_paused = true)]
async fn without_count_and_size_an_empty_page_is_the_end() {
    assert_eq!(ids(&[BARE, EMPTY], None).await.0, ["1"]);
}

#[tokio::test(start_paused = true)]
async fn a_list_may_begin_at_a_later_page() {
    assert_eq!(
        ids(&[LAST_2], Some(2)).await,
        (vec!["3".to_owned()], vec!["/list/2".to_owned()])
    );
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_repeats_a_page_does_not_go_round_for_ever() {
    let network = Network::script([Act::Answer(200, FULL_1), Act::Answer(200, FULL_1)]);
    let mut pages = network.client_given("t").pages(List(None));
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 2);
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::IncompleteAnswer
    );
    assert!(pages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_failed_page_is_asked_for_again() {
    let refused = Act::Answer(200, r#"{"code":100,"message":"gone"}"#);
    let network = Network::script([Act::Answer(200, FULL_1), refused, Act::Answer(200, LAST_2)]);
    let mut pages = network.client_given("t").pages(List(None));
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert!(pages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn pages_are_a_stream_too() {
    let network = Network::script([Act::Answer(200, FULL_1), Act::Answer(200, LAST_2)]);
    let stream = network.client_given("t").pages(List(None)).into_stream();
    let sizes: Vec<usize> = stream.map(|rows| rows.unwrap().len()).collect().await;
    assert_eq!(sizes, [2, 1]);
}
