//! What patches, new records and records have in common, written once.

/// A set of changes: one [`Patch`](crate::Patch) per field.
macro_rules! patch {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty $(, $personal:ident)?;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[must_use = "a patch does nothing until an update takes it"]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "crate::Patch::is_keep")]
                pub $field: crate::Patch<$type>,
            )*
            /// The tenant's own fields to set or to empty.
            #[serde(default, skip_serializing_if = "crate::CustomFields::is_empty")]
            pub custom_fields: crate::CustomFields,
        }

        impl $name {
            /// Every field's name.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field),)* "custom_fields"];

            /// A patch that changes nothing.
            pub fn new() -> Self {
                Self::default()
            }

            $(
                $(#[$doc])*
                pub fn $field(mut self, $field: impl Into<crate::Patch<$type>>) -> Self {
                    self.$field = $field.into();
                    self
                }
            )*

            /// The tenant's own fields to set or to empty.
            pub fn custom_fields(mut self, fields: crate::CustomFields) -> Self {
                self.custom_fields = fields;
                self
            }

            super::macros::taking!($name: $($field),*);
        }

        super::macros::hiding_debug!($name { $($field $($personal)?,)* });
    };
}

/// A record to create: one `Option` per field.
macro_rules! new_record {
    ($(#[$meta:meta])* $name:ident($first:ident: $first_type:ty) {
        $($(#[$doc:meta])* $field:ident: $type:ty $(, $personal:ident)?;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[must_use = "a record is not created until a client sends it"]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
            /// The tenant's own fields.
            #[serde(default, skip_serializing_if = "crate::CustomFields::is_empty")]
            pub custom_fields: crate::CustomFields,
        }

        impl $name {
            /// Every field's name.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field),)* "custom_fields"];

            /// The record with what every vendor needs.
            pub fn new($first: impl Into<$first_type>) -> Self {
                Self { $first: Some($first.into()), ..Self::default() }
            }

            $(
                $(#[$doc])*
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.$field = Some($field.into());
                    self
                }
            )*

            /// The tenant's own fields.
            pub fn custom_fields(mut self, fields: crate::CustomFields) -> Self {
                self.custom_fields = fields;
                self
            }

            super::macros::taking!($name: $($field),*);
        }

        super::macros::hiding_debug!($name { $($field $($personal)?,)* });
    };
}

/// For both: what is still in them after a vendor took what it can express.
macro_rules! taking {
    ($name:ident: $($field:ident),*) => {
        /// The names of the fields that will be sent.
        #[must_use]
        pub fn set_fields(&self) -> Vec<&'static str> {
            use crate::wire::Set as _;
            // Taken apart, so that a new field cannot be forgotten.
            let Self { $($field,)* custom_fields } = self;
            let mut set = Vec::new();
            $(if $field.is_set() {
                set.push(stringify!($field));
            })*
            if !custom_fields.is_empty() {
                set.push("custom_fields");
            }
            set
        }

        /// For vendor crates: they move what the vendor can express out with [`std::mem::take`], and refuse the rest by this.
        /// `place` stands before the field's name: empty, or `rows[2].` in a batch.
        ///
        /// # Errors
        /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) naming the first field that is still set.
        pub fn refuse_rest(&self, vendor: &'static str, place: &str) -> Result<(), crate::Error> {
            match self.set_fields().first() {
                None => Ok(()),
                Some(field) => {
                    let what = concat!("the vendor's documentation has no place for this field of ", stringify!($name));
                    Err(crate::Error::unsupported(vendor, format!("{place}{field}"), what))
                }
            }
        }
    };
}

/// `Debug` that shows which fields are set and hides what they say of people.
macro_rules! hiding_debug {
    ($name:ident { $($field:ident $($personal:ident)?,)* }) => {
        /// Hides personal values.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut out = f.debug_struct(stringify!($name));
                $(crate::wire::debug_field(
                    &mut out,
                    stringify!($field),
                    &self.$field,
                    super::macros::is_personal!($($personal)?),
                );)*
                if !self.custom_fields.is_empty() {
                    out.field("custom_fields", &self.custom_fields);
                }
                out.finish_non_exhaustive()
            }
        }
    };
}

macro_rules! is_personal {
    () => {
        false
    };
    (personal) => {
        true
    };
}

/// A record as a vendor shows it.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty $(, $personal:ident)?;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
            /// The tenant's own fields.
            #[serde(default, skip_serializing_if = "crate::CustomFields::is_empty")]
            pub custom_fields: crate::CustomFields,
            /// The vendor's whole record, as the vendor wrote it. Parse it into the vendor crate's model of the same name for
            /// whatever the neutral fields leave out.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub raw: Option<crate::model::Json>,
        }

        super::macros::hiding_debug!($name { $($field $($personal)?,)* });
    };
}

pub(super) use {hiding_debug, is_personal, new_record, patch, record, taking};
