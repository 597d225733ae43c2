//! [`Region`]: where an address lies.

use serde::{Deserialize, Serialize};

/// Province, city and district by name, from the large to the small.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Region {
    /// 省, or a city of that rank.
    pub province: String,
    /// 市.
    pub city: Option<String>,
    /// 区 or 县.
    pub district: Option<String>,
}

impl Region {
    /// A province.
    #[must_use]
    pub fn new(province: impl Into<String>) -> Self {
        Self {
            province: province.into(),
            city: None,
            district: None,
        }
    }

    /// A city of the province.
    #[must_use]
    pub fn city(mut self, city: impl Into<String>) -> Self {
        self.city = Some(city.into());
        self
    }

    /// A district of the city.
    #[must_use]
    pub fn district(mut self, district: impl Into<String>) -> Self {
        self.district = Some(district.into());
        self
    }
}

/// Hides the names: where a person lives is personal.
impl std::fmt::Debug for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Region(<hidden>)")
    }
}
