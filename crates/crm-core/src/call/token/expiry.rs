//! When a token ends, in the ways vendors write it.

use std::time::Duration;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Above this a number is a moment (Unix time), not a length.
const MOMENT: u64 = 1_000_000_000;
/// Above this a number is Unix time in milliseconds.
const MILLIS: u64 = 1_000_000_000_000;

/// Reads an expiry: seconds from now, Unix time in seconds or milliseconds, a date-time with offset, or a local date-time
/// (`2024-09-18 12:12:07`) in the vendors' zone, UTC+8.
///
/// ```
/// use crm_core::call::token::expiry;
///
/// let now = "2024-09-18T02:12:07Z".parse()?;
/// let end = Some("2024-09-18T04:12:07Z".parse()?);
/// assert_eq!(expiry("7200", now), end);
/// assert_eq!(expiry("2024-09-18 12:12:07", now), end);
/// assert_eq!(expiry("soon", now), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn expiry(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse::<u64>() {
        return match number {
            MILLIS.. => Timestamp::from_millisecond(i64::try_from(number).ok()?).ok(),
            MOMENT.. => Timestamp::from_second(i64::try_from(number).ok()?).ok(),
            _ => now
                .checked_add(SignedDuration::try_from(Duration::from_secs(number)).ok()?)
                .ok(),
        };
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let zone = TimeZone::fixed(Offset::constant(8));
    text.parse::<DateTime>()
        .ok()?
        .to_zoned(zone)
        .ok()
        .map(|zoned| zoned.timestamp())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_an_expiry_is_read() {
        let now: Timestamp = "2024-09-18T02:12:07Z".parse().unwrap();
        for (text, end) in [
            ("7200", Some("2024-09-18T04:12:07Z")),
            ("0", Some("2024-09-18T02:12:07Z")),
            ("1726632727", Some("2024-09-18T04:12:07Z")),
            ("1726632727000", Some("2024-09-18T04:12:07Z")),
            ("2024-09-18 12:12:07", Some("2024-09-18T04:12:07Z")),
            ("2024-09-18 12:12", Some("2024-09-18T04:12:00Z")),
            ("2024-09-18T12:12:07+08:00", Some("2024-09-18T04:12:07Z")),
            ("", None),
            ("-5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(expiry(text, now), end.map(|end| end.parse().unwrap()), "{text}");
        }
    }
}
