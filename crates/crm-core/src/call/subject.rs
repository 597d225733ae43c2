//! What a call is about, for errors and spans: a documented operation or a raw call.

use std::borrow::Cow;
use std::sync::Arc;

use http::Method;

use crate::operation::{Answer, OperationInfo};

/// The facts of a call that its error and its span name.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    /// An operation of the vendor crate.
    Documented(&'static OperationInfo),
    /// A call that the documentation does not cover.
    Raw(Arc<RawInfo>),
}

/// What [`OperationInfo`] says, for a raw call.
#[derive(Debug)]
pub(crate) struct RawInfo {
    pub(crate) vendor: &'static str,
    pub(crate) name: Cow<'static, str>,
    pub(crate) method: Method,
    pub(crate) template: String,
    pub(crate) idempotent: bool,
    pub(crate) writes: bool,
}

impl Subject {
    pub(crate) fn vendor(&self) -> &'static str {
        match self {
            Self::Documented(info) => info.vendor,
            Self::Raw(info) => info.vendor,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Documented(info) => info.name,
            Self::Raw(info) => &info.name,
        }
    }

    pub(crate) fn method(&self) -> &Method {
        match self {
            Self::Documented(info) => &info.method,
            Self::Raw(info) => &info.method,
        }
    }

    pub(crate) fn template(&self) -> &str {
        match self {
            Self::Documented(info) => info.path,
            Self::Raw(info) => &info.template,
        }
    }

    pub(crate) fn doc_url(&self) -> Option<&'static str> {
        match self {
            Self::Documented(info) => info.doc_url,
            Self::Raw(_) => None,
        }
    }

    pub(crate) fn idempotent(&self) -> bool {
        match self {
            Self::Documented(info) => info.idempotent,
            Self::Raw(info) => info.idempotent,
        }
    }

    pub(crate) fn writes(&self) -> bool {
        match self {
            Self::Documented(info) => info.writes,
            Self::Raw(info) => info.writes,
        }
    }

    pub(crate) fn answer(&self) -> Answer {
        match self {
            Self::Documented(info) => info.answer,
            Self::Raw(_) => Answer::Optional,
        }
    }

    /// Whether a batch's own code is an answer: a raw call gets what the vendor sent.
    pub(crate) fn takes_batch(&self) -> bool {
        matches!(self, Self::Raw(_)) || self.answer() == Answer::Batch
    }
}

/// A path as a template: segments with a digit in them are taken for ids, version segments stay.
pub(crate) fn template_of(path: &str) -> String {
    let shown = path.split('/').map(|segment| {
        let version = segment
            .strip_prefix('v')
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        let value = segment
            .bytes()
            .any(|b| b.is_ascii_digit() || !b.is_ascii() || b == b'%' || b == b'@');
        if value && !version { ":value" } else { segment }
    });
    shown.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::template_of;

    #[test]
    fn a_raw_path_is_shown_without_its_ids() {
        for (path, shown) in [
            ("/api/v2/contacts/5524470", "/api/v2/contacts/:value"),
            ("/api/v2/user/list", "/api/v2/user/list"),
            ("/customers/%E7%8E%8B/notes", "/customers/:value/notes"),
            ("/v1", "/v1"),
        ] {
            assert_eq!(template_of(path), shown);
        }
    }
}
