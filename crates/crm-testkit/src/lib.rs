#![doc = include_str!("../README.md")]
#![allow(clippy::panic)]

pub mod answers;
pub mod document;
pub mod drift;
pub mod faults;
pub mod mock;
pub mod requests;

#[doc(hidden)]
pub use insta;

/// The examples of the workspace's READMEs, compiled.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../../../README.md")]
    struct English;

    #[doc = include_str!("../../../README.zh-CN.md")]
    struct Chinese;
}

/// Compares a text with the snapshot of that name in the calling crate's `tests/snapshots/`.
#[macro_export]
macro_rules! assert_snapshot {
    ($name:expr, $value:expr) => {
        $crate::insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            $crate::insta::assert_snapshot!($name, $value);
        })
    };
}
