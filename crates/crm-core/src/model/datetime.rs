//! [`DateTime`]: a date or a time of day in one of the vendors' styles, kept as text.

use std::fmt;

use jiff::{
    Timestamp, Zoned,
    civil::{self, Date},
    tz::{self, TimeZone},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    leaf::Leaf,
    token::{Leafed, Token},
};

/// All vendors run on China Standard Time, which has known no summer time since 1991.
const CHINA: TimeZone = TimeZone::fixed(tz::Offset::constant(8));

/// A date, or a date and time, as the vendor wrote it.
///
/// Four styles occur: `2018-09-18 15:00`, `2024-10-19 11:10:52`, `2019-02-14` and `2018-10-08T18:28:20.000+08:00`. A
/// text without an offset is China Standard Time. A text in no known style stays readable as text.
///
/// ```
/// use crm_core::model::DateTime;
///
/// let created = DateTime::from("2018-09-18 15:00");
/// assert_eq!(created.timestamp().map(|at| at.to_string()), Some("2018-09-18T07:00:00Z".to_owned()));
/// assert_eq!(DateTime::from("02月14日").civil(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime(Box<str>);

impl DateTime {
    /// The vendor's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The wall-clock time in China; midnight for a text that is only a date.
    #[must_use]
    pub fn civil(&self) -> Option<civil::DateTime> {
        if self.has_offset() {
            self.zoned().map(|at| at.datetime())
        } else {
            self.0.trim().parse().ok()
        }
    }

    /// The date in China.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.civil().map(civil::DateTime::date)
    }

    /// The instant.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        if self.has_offset() {
            return self.0.trim().parse().ok();
        }
        CHINA.to_timestamp(self.civil()?).ok()
    }

    /// The instant in China Standard Time.
    #[must_use]
    pub fn zoned(&self) -> Option<Zoned> {
        Some(self.timestamp()?.to_zoned(CHINA))
    }

    /// An offset follows the time of day: `Z`, `+08:00`.
    fn has_offset(&self) -> bool {
        let time = self.0.trim().get(10..).unwrap_or_default();
        time.ends_with('Z') || time.contains(['+', '-'])
    }
}

impl Leaf for DateTime {
    const EXPECTED: &'static str = "date";

    #[inline]
    fn from_token(token: Token<'_>) -> Leafed<Self> {
        if token.is_string() {
            return token
                .string()
                .map_or(Leafed::Misfit, |text| Leafed::Exact(Self(text.into())));
        }
        token
            .number()
            .map_or(Leafed::Misfit, |text| Leafed::Coerced(Self(text.into())))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::leaf_from_raw(deserializer)
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// Written as `2019-02-14`.
impl From<Date> for DateTime {
    fn from(date: Date) -> Self {
        Self(date.to_string().into())
    }
}

/// Written as `2024-10-19 11:10:52`.
impl From<civil::DateTime> for DateTime {
    fn from(at: civil::DateTime) -> Self {
        Self(at.strftime("%Y-%m-%d %H:%M:%S").to_string().into())
    }
}

/// Written as China's wall-clock time, `2024-10-19 11:10:52`.
impl From<Timestamp> for DateTime {
    fn from(at: Timestamp) -> Self {
        at.to_zoned(CHINA).datetime().into()
    }
}
