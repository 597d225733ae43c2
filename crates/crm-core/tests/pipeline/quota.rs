//! Never more than N in any window, as the vendor counts arrivals, and hardly less.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crm_core::ErrorKind;
use crm_core::call::{Broken, CallOptions, Permit, Quota, QuotaExceeded, Return, WindowQuota};
use futures_util::future::join_all;
use tokio::time::Instant;

use crate::vendor::{Act, Create, Find, Network, OK};

const WINDOW: Duration = Duration::from_secs(10);

/// The most arrivals in any window, its ends included.
fn most_in_a_window(arrivals: &[Instant]) -> usize {
    let in_window = |from: &Instant| {
        arrivals
            .iter()
            .filter(|at| **at >= *from && **at <= *from + WINDOW)
            .count()
    };
    arrivals.iter().map(in_window).max().unwrap_or(0)
}

fn jitter() -> (Duration, Duration) {
    let total = Duration::from_millis(fastrand::u64(20..=400));
    let there = total.mul_f64(fastrand::f64());
    (there, total - there)
}

#[tokio::test(start_paused = true)]
async fn a_hundred_tasks_never_show_the_vendor_more_than_ten_in_ten_seconds_and_use_nearly_all_of_it() {
    fastrand::seed(4);
    let network = Network::slow(jitter, |_| OK);
    let client = network.build(Some("t"), |options| {
        options.quota = Some(Arc::new(WindowQuota::new(10, WINDOW)));
        options.deadline = Duration::from_secs(3_600);
    });
    let started = Instant::now();
    let minutes = Duration::from_secs(600);
    let tasks = (0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            while started.elapsed() < minutes {
                client.send(Find).await.unwrap();
            }
        })
    });
    join_all(tasks).await;

    let arrivals: Vec<_> = network.arrived().iter().map(|arrived| arrived.at).collect();
    assert!(most_in_a_window(&arrivals) <= 10);
    let within = arrivals
        .iter()
        .filter(|at| at.duration_since(started) < minutes)
        .count();
    assert!(within * 100 >= 600 * 95, "{within} of 600");
}

#[tokio::test(start_paused = true)]
async fn calls_that_are_dropped_or_time_out_still_count_as_the_vendor_counts_them() {
    fastrand::seed(5);
    let network = Network::slow(jitter, |_| OK);
    let client = network.build(Some("t"), |options| {
        options.quota = Some(Arc::new(WindowQuota::new(10, WINDOW)));
        options.deadline = Duration::from_secs(3_600);
    });
    let tasks = (0..200).map(|n| {
        let client = client.clone();
        tokio::spawn(async move {
            let patience = Duration::from_millis(if n % 3 == 0 { 100 } else { 3_600_000 });
            let _ = client
                .with(CallOptions::new().timeout(patience).max_attempts(1))
                .send(Find)
                .await;
        })
    });
    join_all(tasks).await;
    let arrivals: Vec<_> = network.arrived().iter().map(|arrived| arrived.at).collect();
    assert!(most_in_a_window(&arrivals) <= 10);
}

#[tokio::test(start_paused = true)]
async fn permits_come_in_the_order_of_asking() {
    let quota = WindowQuota::new(2, WINDOW);
    let order = Arc::new(Mutex::new(Vec::new()));
    let tasks = (0..9).map(|n| {
        let (quota, order) = (quota.clone(), Arc::clone(&order));
        async move {
            let permit = quota
                .acquire(Instant::now() + Duration::from_secs(3_600))
                .await
                .unwrap();
            order.lock().unwrap().push(n);
            permit.answered();
        }
    });
    join_all(tasks).await;
    assert_eq!(*order.lock().unwrap(), (0..9).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn who_cannot_be_served_in_time_hears_at_once_when_to_come_back() {
    let network = Network::new(|_| OK);
    let client = network.build(Some("t"), |options| {
        options.quota = Some(Arc::new(WindowQuota::new(2, WINDOW)));
        options.deadline = Duration::from_secs(15);
    });
    let started = Instant::now();
    let results = join_all((0..6).map(|_| client.send(Find))).await;
    let errors: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert_eq!(errors.len(), 2);
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.is_retryable() && !error.maybe_applied());
        assert!(error.elapsed() < Duration::from_secs(1), "told at once");
        let wait = error.retry_after().unwrap();
        assert!(
            wait > Duration::from_secs(15) && wait < Duration::from_secs(21),
            "{wait:?}"
        );
    }
    assert_eq!(network.calls(), 4);
    assert!(started.elapsed() < Duration::from_secs(11));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_left_costs_no_quota() {
    let network = Network::new(|_| Act::Breaks(Broken::Connect));
    let client = network.build(Some("t"), |options| {
        options.quota = Some(Arc::new(WindowQuota::new(1, WINDOW)));
    });
    let started = Instant::now();
    assert_eq!(client.send(Find).await.unwrap_err().attempts(), 3);
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_quota_of_ones_own_hears_how_each_permit_came_back() {
    struct Counting(Arc<AtomicUsize>);
    #[async_trait::async_trait]
    impl Quota for Counting {
        async fn acquire(&self, _: Instant) -> Result<Permit, crm_core::call::QuotaExceeded> {
            let answered = Arc::clone(&self.0);
            Ok(Permit::new(move |how| {
                answered.fetch_add(usize::from(how == crm_core::call::Return::Answered), Ordering::Relaxed);
            }))
        }
    }
    let answered = Arc::new(AtomicUsize::new(0));
    let network = Network::script([Act::Breaks(Broken::Exchange), OK]);
    let client = network.build(Some("t"), |options| {
        options.quota = Some(Arc::new(Counting(Arc::clone(&answered))))
    });
    client.send(Find).await.unwrap();
    assert_eq!(answered.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_window_that_no_clock_can_count_does_not_panic() {
    let quota = WindowQuota::new(2, Duration::MAX);
    let deadline = Instant::now() + Duration::from_secs(1);
    quota.acquire(deadline).await.unwrap().answered();
    drop(quota.acquire(deadline).await.unwrap());
    quota.acquire(deadline).await.unwrap_err();
}

/// Gives a permit at the last moment.
struct LastMoment(Arc<Mutex<Vec<Return>>>);

#[async_trait::async_trait]
impl Quota for LastMoment {
    async fn acquire(&self, deadline: Instant) -> Result<Permit, QuotaExceeded> {
        tokio::time::sleep_until(deadline).await;
        let returned = Arc::clone(&self.0);
        Ok(Permit::new(move |how| returned.lock().unwrap().push(how)))
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_time_is_over_is_not_sent() {
    let network = Network::new(|_| OK);
    let returned = Arc::<Mutex<Vec<Return>>>::default();
    let client = network.build(Some("t"), |options| {
        options.quota = Some(Arc::new(LastMoment(Arc::clone(&returned))));
    });
    let error = client.send(Create).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.maybe_applied(), error.attempts()),
        (ErrorKind::Timeout, false, 0)
    );
    assert_eq!(network.calls(), 0);
    assert_eq!(*returned.lock().unwrap(), [Return::Unsent]);
}
