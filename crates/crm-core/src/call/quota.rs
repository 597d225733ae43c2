//! How many calls may leave: [`Quota`], and the window as the vendor counts it: [`WindowQuota`].

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::clock::later;

/// Lets calls leave no faster than the vendor allows.
#[async_trait]
pub trait Quota: Send + Sync + 'static {
    /// Waits for a permit, at most until `deadline`.
    ///
    /// Permits are given in the order of asking. Dropping the future takes nothing.
    ///
    /// # Errors
    /// [`QuotaExceeded`], as soon as it is clear that the permit cannot come in time.
    async fn acquire(&self, deadline: Instant) -> Result<Permit, QuotaExceeded>;

    /// A permit at once, where one is free and nobody stands in line for it. Asked before [`acquire`](Self::acquire),
    /// which then need not be made and awaited.
    fn try_acquire(&self) -> Option<Permit> {
        None
    }
}

/// The quota has no permit before the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaExceeded {
    /// How long until a permit can be had, at the earliest.
    pub retry_after: Option<Duration>,
}

impl QuotaExceeded {
    /// No permit before then, where it is known.
    #[must_use]
    pub fn new(retry_after: Option<Duration>) -> Self {
        Self { retry_after }
    }
}

/// The right to send one request. Hold it until the answer is in, then [`answered`](Self::answered).
///
/// A permit that is dropped otherwise counts as sent and unanswered: the request may still be on its way.
#[must_use]
pub struct Permit(Option<Box<dyn Held>>);

/// What a quota does when a permit comes back.
pub(crate) trait Held: Send {
    fn give_back(self: Box<Self>, how: Return);
}

/// How a permit came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    /// The answer is in: the vendor has counted the call by now.
    Answered,
    /// Nobody knows when, or whether, the vendor counts the call.
    Unanswered,
    /// The request never left.
    Unsent,
}

impl Permit {
    /// A permit of a quota that does not mind when it comes back.
    pub const fn free() -> Self {
        Self(None)
    }

    /// A permit that calls `back` when it comes back.
    pub fn new(back: impl FnOnce(Return) + Send + 'static) -> Self {
        struct Back<F>(F);
        impl<F: FnOnce(Return) + Send> Held for Back<F> {
            fn give_back(self: Box<Self>, how: Return) {
                (self.0)(how);
            }
        }
        Self(Some(Box::new(Back(back))))
    }

    /// The answer is in.
    pub fn answered(mut self) {
        self.give_back(Return::Answered);
    }

    /// The request never left.
    pub fn unsent(mut self) {
        self.give_back(Return::Unsent);
    }

    fn give_back(&mut self, how: Return) {
        if let Some(held) = self.0.take() {
            held.give_back(how);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.give_back(Return::Unanswered);
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit").finish_non_exhaustive()
    }
}

/// No quota.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unlimited;

#[async_trait]
impl Quota for Unlimited {
    async fn acquire(&self, _deadline: Instant) -> Result<Permit, QuotaExceeded> {
        Ok(Permit::free())
    }

    fn try_acquire(&self) -> Option<Permit> {
        Some(Permit::free())
    }
}

/// Never more than `calls` in any window of length `window`, as the vendor counts arrivals.
///
/// A vendor counts a call when it arrives, somewhere between sending and answer. So a permit counts as used from sending
/// until its answer is in, and for one window after that: whatever the network did to the request, the next one on the
/// same permit arrives a whole window later. Counting the moments of sending instead lets 18 calls arrive in a window of
/// 10 when latency varies.
///
/// Clones share the count: give one to every client of the same company.
#[derive(Clone)]
pub struct WindowQuota(Arc<Shared>);

struct Shared {
    calls: usize,
    window: Duration,
    state: Mutex<State>,
    /// Those who wait stand in line at this lock; the first in line waits for a permit while holding it.
    line: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
    changed: Notify,
}

#[derive(Default)]
struct State {
    in_flight: usize,
    /// When each used permit is free again, earliest first.
    cooling: VecDeque<Instant>,
}

/// Timers have a resolution of a millisecond, and the vendor's window may include both of its ends.
const MARGIN: Duration = Duration::from_millis(2);
/// How much later than its last trace here an unanswered request may arrive at the vendor.
const STRAGGLER: Duration = Duration::from_secs(1);

impl WindowQuota {
    /// A quota of `calls` (at least one) in any `window`.
    #[must_use]
    pub fn new(calls: usize, window: Duration) -> Self {
        Self(Arc::new(Shared {
            calls: calls.max(1),
            window,
            state: Mutex::default(),
            line: tokio::sync::Mutex::new(()),
            waiting: AtomicUsize::new(0),
            changed: Notify::new(),
        }))
    }
}

impl fmt::Debug for WindowQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowQuota")
            .field("calls", &self.0.calls)
            .field("window", &self.0.window)
            .finish()
    }
}

#[async_trait]
impl Quota for WindowQuota {
    async fn acquire(&self, deadline: Instant) -> Result<Permit, QuotaExceeded> {
        let shared = &self.0;
        if let Some(permit) = self.try_acquire() {
            return Ok(permit);
        }
        let place = Place::behind(&shared.waiting);
        let earliest = shared.lock().earliest(shared, place.ahead, Instant::now());
        if earliest > deadline {
            return Err(QuotaExceeded::new(Some(earliest - Instant::now())));
        }
        let waited = tokio::time::timeout_at(deadline, shared.wait_in_line()).await;
        match waited {
            Ok(()) => Ok(self.permit()),
            Err(_) => {
                let now = Instant::now();
                let earliest = shared.lock().earliest(shared, place.ahead, now);
                Err(QuotaExceeded::new(Some(earliest.saturating_duration_since(now))))
            }
        }
    }

    fn try_acquire(&self) -> Option<Permit> {
        let shared = &self.0;
        let _first = shared.line.try_lock().ok()?;
        let free = shared.waiting.load(Ordering::Relaxed) == 0 && shared.lock().take(shared.calls, Instant::now());
        free.then(|| self.permit())
    }
}

impl WindowQuota {
    fn permit(&self) -> Permit {
        let shared = Arc::clone(&self.0);
        Permit::new(move |how| shared.take_back(how))
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Between taking the permit and returning there is no await: dropping this future loses none.
    async fn wait_in_line(&self) {
        let _first = self.line.lock().await;
        loop {
            let changed = self.changed.notified();
            let next = {
                let mut state = self.lock();
                if state.take(self.calls, Instant::now()) {
                    return;
                }
                state.cooling.front().copied()
            };
            match next {
                Some(free) => {
                    // A permit that comes back unsent is free at once, so the wait has two ends.
                    let _ = tokio::time::timeout_at(free, changed).await;
                }
                None => changed.await,
            }
        }
    }

    fn take_back(&self, how: Return) {
        let mut state = self.lock();
        state.in_flight = state.in_flight.saturating_sub(1);
        let cool = match how {
            Return::Answered => Some(self.window.saturating_add(MARGIN)),
            Return::Unanswered => Some(self.window.saturating_add(MARGIN + STRAGGLER)),
            Return::Unsent => None,
        };
        if let Some(cool) = cool {
            let free = later(Instant::now(), cool);
            match state.cooling.back() {
                Some(last) if *last > free => {
                    let at = state.cooling.partition_point(|other| *other <= free);
                    state.cooling.insert(at, free);
                }
                _ => state.cooling.push_back(free),
            }
        }
        drop(state);
        self.changed.notify_one();
    }
}

impl State {
    fn take(&mut self, calls: usize, now: Instant) -> bool {
        while self.cooling.front().is_some_and(|free| *free <= now) {
            self.cooling.pop_front();
        }
        let room = self.in_flight + self.cooling.len() < calls;
        self.in_flight += usize::from(room);
        room
    }

    /// The earliest moment at which someone with `ahead` others before them can have a permit.
    fn earliest(&self, shared: &Shared, ahead: usize, now: Instant) -> Instant {
        let free = shared.calls.saturating_sub(self.in_flight + self.cooling.len());
        let Some(behind) = ahead.checked_sub(free) else {
            return now;
        };
        // After all permits were handed out once more, each comes back a window later at the earliest.
        let (rounds, place) = (behind / shared.calls, behind % shared.calls);
        let first = self
            .cooling
            .get(place)
            .copied()
            .unwrap_or_else(|| later(now, shared.window))
            .max(now);
        later(
            first,
            shared.window.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX)),
        )
    }
}

/// One place in the line, given up on drop.
struct Place<'a> {
    waiting: &'a AtomicUsize,
    ahead: usize,
}

impl<'a> Place<'a> {
    fn behind(waiting: &'a AtomicUsize) -> Self {
        Self {
            waiting,
            ahead: waiting.fetch_add(1, Ordering::Relaxed),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}
