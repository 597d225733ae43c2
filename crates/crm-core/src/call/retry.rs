//! When and how often a failed attempt is repeated.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use jiff::fmt::rfc2822;

use super::clock::Clock;

/// How failed attempts are repeated: full-jitter backoff within the call's deadline and a budget.
///
/// Whether an attempt *may* be repeated is not a setting: only what is idempotent, never left, or was refused
/// unprocessed is.
#[derive(Debug, Clone)]
pub struct RetryPolicy {
    max_attempts: u32,
    base: Duration,
    cap: Duration,
    budget: RetryBudget,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(20),
            budget: RetryBudget::default(),
        }
    }
}

impl RetryPolicy {
    /// Never repeats, but for the one repeat after a dead token, which the vendor refused unprocessed.
    #[must_use]
    pub fn never() -> Self {
        Self {
            max_attempts: 1,
            ..Self::default()
        }
    }

    /// How often a request may be sent at most, the first time included. Default 3. The one repeat after a dead token is
    /// not counted.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The pause before the n-th repeat is drawn evenly from nothing to `base` doubled n-1 times, at most `cap`. Default
    /// 250 ms and 20 s.
    #[must_use]
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        (self.base, self.cap) = (base, cap);
        self
    }

    /// Shares a budget with other clients.
    #[must_use]
    pub fn budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    pub(crate) fn attempts_allowed(&self) -> u32 {
        self.max_attempts
    }

    pub(crate) fn budget_ref(&self) -> &RetryBudget {
        &self.budget
    }

    /// The pause before the repeat after `attempts` attempts, or what the vendor asked for, plus a little so that those
    /// who wait for the same moment do not all come at once. `backoff` is that of the call, where it has one.
    pub(crate) fn pause(
        &self,
        attempts: u32,
        asked: Option<Duration>,
        backoff: Option<(Duration, Duration)>,
    ) -> Duration {
        let (base, cap) = backoff.unwrap_or((self.base, self.cap));
        let doubled = base.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1)));
        let jittered = doubled.min(cap).mul_f64(fastrand::f64());
        match asked {
            Some(asked) => asked.saturating_add(jittered.min(base)),
            None => jittered,
        }
    }
}

/// A bucket of tokens that repeats are paid from, so that a failing vendor is not hit three times as hard.
///
/// It starts full; a repeat costs 5, a call that succeeds gives 1 back. Clones share the bucket.
#[derive(Debug, Clone)]
pub struct RetryBudget {
    left: Arc<Mutex<u32>>,
    size: u32,
}

const COST: u32 = 5;

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(500)
    }
}

impl RetryBudget {
    /// A full bucket of this size.
    #[must_use]
    pub fn new(size: u32) -> Self {
        Self {
            left: Arc::new(Mutex::new(size)),
            size,
        }
    }

    pub(crate) fn take(&self) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        match left.checked_sub(COST) {
            Some(rest) => {
                *left = rest;
                true
            }
            None => false,
        }
    }

    pub(crate) fn give_back(&self) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = self.size.min(left.saturating_add(1));
    }
}

/// The wait a `Retry-After` header asks for: seconds or an HTTP date. A date in the past asks for none.
pub(crate) fn retry_after(headers: &HeaderMap, clock: &dyn Clock) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Duration::try_from(at.duration_since(clock.now())).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::HeaderValue;

    use jiff::Timestamp;

    use super::*;

    struct Noon(Timestamp);

    impl Clock for Noon {
        fn now(&self) -> Timestamp {
            self.0
        }
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let noon = Noon("1994-11-06T08:49:07Z".parse().unwrap());
        for (text, wait) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("soon", None),
            ("-1", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]);
            assert_eq!(retry_after(&headers, &noon), wait.map(Duration::from_secs), "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), &noon), None);
    }

    #[test]
    fn pauses_are_drawn_below_a_doubling_bound() {
        let policy = RetryPolicy::default();
        for (attempts, bound) in [(1, 250), (2, 500), (3, 1_000), (30, 20_000)] {
            let drawn: Vec<_> = (0..200).map(|_| policy.pause(attempts, None, None)).collect();
            assert!(drawn.iter().all(|pause| *pause <= Duration::from_millis(bound)));
            assert!(
                drawn.iter().any(|pause| *pause < Duration::from_millis(bound / 2)),
                "jitter is full"
            );
            assert!(drawn.iter().any(|pause| *pause > Duration::from_millis(bound / 2)));
        }
    }

    #[test]
    fn a_vendors_wish_is_a_lower_bound() {
        let asked = Duration::from_secs(7);
        let pause = RetryPolicy::default().pause(1, Some(asked), None);
        assert!(pause >= asked && pause <= asked + Duration::from_millis(250));
    }

    #[test]
    fn an_empty_budget_allows_no_repeat_until_calls_succeed() {
        let budget = RetryBudget::new(12);
        assert!(budget.take() && budget.take());
        assert!(!budget.take());
        (0..3).for_each(|_| budget.give_back());
        assert!(budget.take());
        assert!(!budget.take());
    }
}
