//! Which keys of an object are a tenant's own fields.

/// The shapes of a vendor's tenant-defined keys: a prefix and a hexadecimal or decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(hidden)]
pub struct CustomKeys {
    /// `text_asset_`, `select_`.
    pub prefixes: &'static [&'static str],
    /// Endings of keys that say more of another key: `_display`.
    pub companions: &'static [&'static str],
}

impl CustomKeys {
    /// No tenant-defined keys.
    pub const NONE: Self = Self {
        prefixes: &[],
        companions: &[],
    };

    /// Whether a key is a tenant's own, or a companion of one.
    #[must_use]
    pub fn matches(&self, key: &str) -> bool {
        self.base(self.split(key).0).is_some()
    }

    /// A key without its companion ending, and that ending.
    #[must_use]
    pub fn split<'a>(&self, key: &'a str) -> (&'a str, Option<&'static str>) {
        for ending in self.companions {
            if let Some(base) = key.strip_suffix(ending) {
                return (base, Some(ending));
            }
        }
        (key, None)
    }

    /// The prefix of a tenant's key.
    #[must_use]
    pub fn base(&self, key: &str) -> Option<&'static str> {
        self.prefixes.iter().copied().find(|prefix| {
            key.strip_prefix(prefix)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
        })
    }
}
