//! [`model!`](crate::model!): everything that makes a plain struct a model.

/// Makes a plain struct of `Option` and `Vec` fields, with an `extra: Extra`, a model that drift cannot break.
///
/// Each line names a field, its JSON key, and whether it is `personal` (hidden in `Debug`). The struct itself derives
/// `Clone`, `Default` and `PartialEq`; this gives it `Serialize`, `Deserialize`, `Debug`, `drift()` and
/// `custom_fields()`.
///
/// ```
/// use crm_core::model::{Extra, Id};
///
/// #[derive(Clone, Default, PartialEq)]
/// pub struct Department {
///     pub id: Option<Id>,
///     pub name: Option<String>,
///     pub extra: Extra,
/// }
///
/// crm_core::model! {
///     Department {
///         id: "id",
///         name: "name",
///     }
/// }
///
/// let department: Department = serde_json::from_str(r#"{"id": "640", "name": [], "floor": 3}"#)?;
/// assert_eq!(department.id, Some(640.into()));
/// assert_eq!(department.name, None);
/// assert_eq!(serde_json::to_string(&department)?, r#"{"id":"640","floor":3}"#);
/// assert_eq!(department.drift().len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    ($model:ident { $($field:ident: $key:literal $($personal:ident)?),* $(,)? }) => {
        $crate::model!($model, $crate::model::CustomKeys::NONE, { $($field: $key $($personal)?),* });
    };
    ($model:ident, $custom:expr, { $($field:ident: $key:literal $($personal:ident)?),* $(,)? }) => {
        impl $crate::model::__private::Model for $model {
            fn read_field<'de, A: $crate::model::__private::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> ::core::result::Result<(), A::Error> {
                match key {
                    $($key => $crate::model::__private::read_field($key, &mut self.$field, &mut self.extra, map),)*
                    _ => $crate::model::__private::read_unknown(key, &mut self.extra, map),
                }
            }
        }

        impl $crate::model::__private::AnyModel for $model {
            fn name(&self) -> &'static str {
                stringify!($model)
            }

            fn fields<'a>(&'a self, visit: &mut dyn FnMut($crate::model::__private::FieldView<'a>)) {
                use $crate::model::Slot as _;
                let _ = &visit;
                $(visit($crate::model::__private::FieldView {
                    name: stringify!($field),
                    key: $key,
                    personal: $crate::model!(@personal $($personal)?),
                    expected: self.$field.expected(),
                    shown: self.$field.shown(),
                });)*
            }

            fn extra(&self) -> &$crate::model::Extra {
                &self.extra
            }

            fn custom_keys(&self) -> &'static $crate::model::CustomKeys {
                const { &$custom }
            }
        }

        $crate::model!(@item $model);

        impl $crate::model::__private::Serialize for $model {
            fn serialize<S: $crate::model::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                use $crate::model::{__private::SerializeMap as _, Slot as _};
                let mut map = serializer.serialize_map(None)?;
                $(self.$field.write($key, &self.extra, &mut map)?;)*
                self.extra.write_unknown(&mut map)?;
                map.end()
            }
        }

        impl<'de> $crate::model::__private::Deserialize<'de> for $model {
            fn deserialize<D: $crate::model::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::model::__private::model_from_raw(deserializer)
            }
        }

        impl ::core::fmt::Debug for $model {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::model::__private::debug_model(self, f)
            }
        }

        impl $model {
            /// What in the answer did not fit, by JSON pointer and without values.
            #[must_use]
            pub fn drift(&self) -> ::std::vec::Vec<$crate::model::Drift> {
                $crate::model::Slot::drift(self)
            }

            /// The tenant's own fields of this object.
            #[must_use]
            pub fn custom_fields(&self) -> $crate::CustomFields {
                $crate::model::__private::custom_fields(self)
            }
        }
    };
    (@personal personal) => { true };
    (@personal) => { false };
    (@item $model:ident) => {
        impl $crate::model::__private::Item for $model {
            const EXPECTED: &'static str = "object";

            fn read<'de, D: $crate::model::__private::Deserializer<'de>>(
                slot: &mut ::core::option::Option<Self>,
                deserializer: D,
            ) -> ::core::result::Result<$crate::model::__private::Outcome<'de>, D::Error> {
                $crate::model::__private::read_model(slot, deserializer)
            }

            fn read_boxed<'de, D: $crate::model::__private::Deserializer<'de>>(
                slot: &mut ::core::option::Option<::std::boxed::Box<Self>>,
                deserializer: D,
            ) -> ::core::result::Result<$crate::model::__private::Outcome<'de>, D::Error> {
                $crate::model::__private::read_model_boxed(slot, deserializer)
            }

            fn read_element<'de, D: $crate::model::__private::Deserializer<'de>>(
                list: &mut ::std::vec::Vec<Self>,
                deserializer: D,
            ) -> ::core::result::Result<$crate::model::__private::Outcome<'de>, D::Error> {
                $crate::model::__private::read_model_element(list, deserializer)
            }

            fn read_single<'de, A: $crate::model::__private::MapAccess<'de>>(
                list: &mut ::std::vec::Vec<Self>,
                first: $crate::model::__private::FirstKey<'de>,
                map: A,
            ) -> ::core::result::Result<$crate::model::__private::Outcome<'de>, A::Error> {
                $crate::model::__private::read_model_single(list, first, map)
            }

            fn shown(&self) -> $crate::model::__private::Shown<'_> {
                $crate::model::__private::Shown::Model(self)
            }
        }

        impl $crate::model::Slot for $model {
            fn fill<'de, D: $crate::model::__private::Deserializer<'de>>(
                &mut self,
                key: &str,
                extra: &mut $crate::model::Extra,
                deserializer: D,
            ) -> ::core::result::Result<(), D::Error> {
                $crate::model::__private::fill_model(self, key, extra, deserializer)
            }

            fn write<M: $crate::model::__private::SerializeMap>(
                &self,
                key: &'static str,
                extra: &$crate::model::Extra,
                map: &mut M,
            ) -> ::core::result::Result<(), M::Error> {
                $crate::model::__private::write_model(self, key, extra, map)
            }

            fn expected(&self) -> &'static str {
                "object"
            }

            fn shown(&self) -> $crate::model::__private::Shown<'_> {
                $crate::model::__private::Shown::Model(self)
            }

            fn is_absent(&self) -> bool {
                *self == Self::default()
            }
        }
    };
}
