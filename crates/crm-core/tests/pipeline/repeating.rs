//! When a failed attempt is repeated, when not, and for how long.

use std::time::Duration;

use crm_core::ErrorKind;
use crm_core::call::{Broken, CallOptions, RetryBudget, RetryPolicy, WindowQuota};
use http::Method;
use tokio::time::Instant;

use crate::vendor::{Act, Batch, Create, Find, Network, OK, Update};

const BAD_GATEWAY: Act = Act::Answer(502, "<html>");

#[tokio::test(start_paused = true)]
async fn a_call_that_may_be_repeated_survives_two_failures_of_any_passing_kind() {
    for act in [
        BAD_GATEWAY,
        Act::Answer(503, ""),
        Act::Answer(429, ""),
        Act::Answer(200, r#"{"code":500}"#),
        Act::Answer(200, r#"{"code":429}"#),
        Act::Breaks(Broken::Connect),
        Act::Breaks(Broken::Exchange),
        Act::Hangs,
    ] {
        let script = || Network::script([act.clone(), act.clone(), OK]).client_given("t");
        assert_eq!(script().send_full(Find).await.unwrap().attempts(), 3);
        assert_eq!(script().send_full(Update).await.unwrap().attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_create_is_repeated_only_when_it_never_left_or_was_refused_unprocessed() {
    for (act, repeated) in [
        (Act::Breaks(Broken::Connect), true),
        (Act::Answer(429, ""), true),
        (Act::Answer(200, r#"{"code":429}"#), true),
        (Act::Breaks(Broken::Exchange), false),
        (Act::Hangs, false),
        (BAD_GATEWAY, false),
        (Act::Answer(503, ""), false),
        (Act::Answer(200, r#"{"code":500}"#), false),
        (Act::Answer(200, ""), false),
    ] {
        let result = Network::script([act, OK]).client_given("t").send(Create).await;
        assert_eq!(result.is_ok(), repeated, "{result:?}");
        assert!(repeated || result.unwrap_err().maybe_applied());
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_not_repeated_even_where_it_would_be_safe() {
    for act in [
        Act::Answer(404, ""),
        Act::Answer(401, ""),
        Act::Answer(200, r#"{"code":7}"#),
        Act::Answer(200, r#"{"code":0}"#),
        Act::Answer(200, "<html>"),
        Act::Answer(301, ""),
        Act::Breaks(Broken::TooLarge),
    ] {
        let network = Network::script([act, OK]);
        assert!(network.client_given("t").send(Find).await.is_err());
        assert_eq!(network.calls(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    let late = Act::AnswerWith(429, &[("retry-after", "3600")], "");
    for (last, kind) in [
        (Act::Answer(200, r#"{"code":100}"#), ErrorKind::NotFound),
        (Act::Answer(200, r#"{"code":7}"#), ErrorKind::Rejected),
        (Act::Answer(200, r#"{"code":401}"#), ErrorKind::Auth),
        (late, ErrorKind::RateLimited),
    ] {
        let network = Network::script([BAD_GATEWAY, last]);
        let error = network.client_given("t").send(Update).await.unwrap_err();
        assert_eq!((error.kind(), error.maybe_applied()), (kind, true), "{error}");
    }
    let network = Network::script([BAD_GATEWAY, Act::Breaks(Broken::Connect), Act::Breaks(Broken::Connect)]);
    let error = network.client_given("t").send(Update).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Connect, true));
}

#[tokio::test(start_paused = true)]
async fn a_wait_before_the_repeat_forgets_nothing_either() {
    let network = Network::script([BAD_GATEWAY]);
    let client = network.build(Some("t"), |options| {
        options.quota = Some(std::sync::Arc::new(WindowQuota::new(1, Duration::from_secs(1_000))));
    });
    let error = client.send(Update).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::RateLimited, true));
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn attempts_end_at_the_limit_and_the_error_counts_them() {
    let network = Network::new(|_| BAD_GATEWAY);
    let error = network.client_given("t").send(Batch).await.unwrap_err();
    assert_eq!((error.attempts(), network.calls()), (3, 3));
    assert!(error.is_retryable());
    let once = network.client_given("t").with(CallOptions::new().max_attempts(1));
    assert_eq!(once.send(Batch).await.unwrap_err().attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_asks_for_a_pause_gets_it() {
    let wait = Act::AnswerWith(429, &[("retry-after", "7")], "");
    let started = Instant::now();
    Network::script([wait, OK])
        .client_given("t")
        .send(Create)
        .await
        .unwrap();
    assert!(started.elapsed() >= Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_would_outlast_the_deadline_is_not_begun() {
    let network = Network::script([Act::AnswerWith(503, &[("retry-after", "600")], "")]);
    let started = Instant::now();
    let error = network.client_given("t").send(Find).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(600)));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn the_deadline_covers_all_attempts() {
    let network = Network::new(|_| Act::Hangs);
    let client = network.client_given("t");
    let options = CallOptions::new()
        .timeout(Duration::from_secs(4))
        .deadline(Duration::from_secs(6));
    let started = Instant::now();
    let error = client.with(options).send(Find).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        started.elapsed() <= Duration::from_millis(6_010),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(error.elapsed(), started.elapsed());
    assert_eq!(network.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_ends_repeating() {
    let network = Network::new(|_| BAD_GATEWAY);
    let budget = RetryBudget::new(15);
    let client = network.build(Some("t"), |options| {
        options.retry = RetryPolicy::default().budget(budget)
    });
    let mut counts = Vec::new();
    for _ in 0..3 {
        counts.push(client.send(Find).await.unwrap_err().attempts());
    }
    assert_eq!(counts, [3, 2, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_raw_call_is_repeated_by_its_method_unless_told_otherwise() {
    for (method, idempotent, calls) in [
        (Method::GET, None, 3),
        (Method::PUT, None, 3),
        (Method::DELETE, None, 3),
        (Method::POST, None, 1),
        (Method::POST, Some(true), 3),
        (Method::PUT, Some(false), 1),
    ] {
        let network = Network::new(|_| BAD_GATEWAY);
        let mut raw = network.client_given("t").raw(method.clone(), "/contacts/1");
        if let Some(idempotent) = idempotent {
            raw = raw.idempotent(idempotent);
        }
        raw.send().await.unwrap_err();
        assert_eq!(network.calls(), calls, "{method} {idempotent:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_pauses_of_its_own() {
    let network = Network::new(|_| BAD_GATEWAY);
    let client = network.client_given("t");
    let hour = Duration::from_secs(3_600);
    let patient = CallOptions::new().backoff(hour, hour).deadline(hour * 3);
    let started = Instant::now();
    client.with(patient).send(Find).await.unwrap_err();
    assert!(started.elapsed() > Duration::from_secs(2), "{:?}", started.elapsed());
    let started = Instant::now();
    let hasty = CallOptions::new().backoff(Duration::ZERO, Duration::ZERO);
    let error = client.with(hasty).send(Find).await.unwrap_err();
    assert_eq!((error.attempts(), started.elapsed()), (3, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_a_size_limit_of_its_own() {
    let network = Network::new(|_| OK);
    let client = network.client_given("t");
    let small = client.with(CallOptions::new().max_body(10));
    let error = small.send(Create).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::TooLarge, true));
    client.send(Create).await.unwrap();
}
