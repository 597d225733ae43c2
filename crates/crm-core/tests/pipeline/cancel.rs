//! Dropping a call at any point leaves nothing half-held.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Context;
use std::time::Duration;

use crm_core::call::WindowQuota;
use futures_util::task::noop_waker;

use crate::vendor::{Act, DEAD, Find, Network, OK, logins};

/// Polls a future at most `polls` times, a second apart, then drops it. Says whether it finished.
async fn poll_then_drop(future: impl Future, polls: usize) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        if future.as_mut().poll(&mut Context::from_waker(&noop_waker())).is_ready() {
            return true;
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_at_any_await_point_loses_no_permit_and_wedges_no_login() {
    let mut dropped = 0;
    // One permit at a time, a login with latency, a dead token, a second login, a failure and its pause: every kind of
    // await there is, and a permit that is lost would be missed at once.
    for polls in 1.. {
        let (tokens, failed) = (logins(), Mutex::new(false));
        let network = Network::slow(
            || (Duration::from_millis(1_500), Duration::from_millis(1_500)),
            move |arrived| match (arrived.path.as_str(), arrived.token.as_deref()) {
                ("/login", _) => tokens(),
                (_, Some("secret-token-1")) => DEAD,
                (_, Some("secret-token-2")) if !std::mem::replace(&mut *failed.lock().unwrap(), true) => {
                    Act::Answer(503, "")
                }
                _ => OK,
            },
        );
        let client = network.client_with(|options| {
            options.quota = Some(Arc::new(WindowQuota::new(1, Duration::from_secs(5))));
            options.deadline = Duration::from_secs(600);
        });
        if poll_then_drop(client.send(Find), polls).await {
            break;
        }
        dropped += 1;
        for _ in 0..2 {
            let result = client.send(Find).await;
            assert!(result.is_ok(), "after {polls} polls: {result:?}");
        }
    }
    assert!(dropped > 20, "the call was dropped in {dropped} places only");
}
