//! Dropping a call at any point leaves nothing half-held.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use crm_core::call::WindowQuota;
use futures_util::task::noop_waker;

use crate::vendor::{Act, DEAD, Find, Network, OK, logins};

/// Polls a future at most `polls` times, a second apart, then drops it. Says whether it finished.
async fn poll_then_drop(future: impl Future, polls: usize) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        if let Poll::Ready(_) = future.as_mut().poll(&mut Context::from_waker(&noop_waker())) {
            return true;
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_at_any_await_point_loses_no_permit_and_wedges_no_login() {
    // Login with latency, a dead token, a second login, a failure and its pause: every kind of await there is.
    for polls in 1..40 {
        let tokens = logins();
        let network = Network::slow(
            || (Duration::from_millis(1_500), Duration::from_millis(1_500)),
            move |arrived| match (arrived.path.as_str(), arrived.token.as_deref()) {
                ("/login", _) => tokens(),
                (_, Some("secret-token-1")) => DEAD,
                (_, Some("secret-token-2")) => Act::Answer(503, ""),
                _ => OK,
            },
        );
        let quota = WindowQuota::new(2, Duration::from_secs(10));
        let client = network.client_with(|options| options.quota = Some(Arc::new(quota)));
        let finished = poll_then_drop(client.send(Find), polls).await;
        if !finished {
            // After a window all permits are back, and the login is free: three calls go through, or fail as the vendor says.
            tokio::time::advance(Duration::from_secs(100)).await;
            for _ in 0..3 {
                let result = tokio::time::timeout(Duration::from_secs(119), client.send(Find)).await;
                assert!(result.is_ok(), "wedged after {polls} polls");
            }
        }
    }
}
