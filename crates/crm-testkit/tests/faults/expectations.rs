//! What each fault must come to: the kind of the error, and whether a write may have been applied.

use crm_core::ErrorKind;
use crm_core::operation::{Answer, OperationInfo};
use crm_testkit::faults::{Fault, Times};

use crate::operations::Way;

/// How a call must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// `None` is success.
    pub(crate) error: Option<Failure>,
    /// Calls that reach the server.
    pub(crate) calls: usize,
    /// Logins that reach the server.
    pub(crate) logins: usize,
}

/// How a call must fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) maybe_applied: bool,
}

/// How often a call that may be repeated is sent: the default policy.
const ATTEMPTS: usize = 3;

/// The kind of a fault, and whether nobody can know that a write was not applied. `None` is success.
fn meaning(fault: Fault) -> Option<(ErrorKind, bool)> {
    use ErrorKind as K;
    Some(match fault {
        Fault::None | Fault::ByteOrderMark | Fault::DuplicateKeys | Fault::OneSession | Fault::Compressed => {
            return None;
        }
        Fault::Refused => (K::Connect, false),
        Fault::ResetBeforeRequest
        | Fault::ResetDuringRequest
        | Fault::ResetAfterRequest
        | Fault::ClosedAfterRequest
        | Fault::NotHttp
        | Fault::HalfHead
        | Fault::HalfBody
        | Fault::HalfChunkedBody
        | Fault::LengthTooLong => (K::Transport, true),
        Fault::Silent | Fault::SlowBody => (K::Timeout, true),
        Fault::MovedPermanently | Fault::TemporaryRedirect => (K::Redirect, false),
        Fault::Found => (K::Redirect, true),
        Fault::Unauthorized | Fault::Forbidden | Fault::DeadToken | Fault::LoginRefused => (K::Auth, false),
        Fault::NotFound => (K::NotFound, false),
        Fault::Conflict => (K::Conflict, false),
        Fault::TooManyRequests | Fault::RetryAtOnce | Fault::RetryInAnHour | Fault::RetryAtDate => {
            (K::RateLimited, false)
        }
        Fault::InternalError | Fault::BadGateway | Fault::Unavailable | Fault::SuccessIn500 => (K::Server, true),
        Fault::RefusedIn200 | Fault::RefusedIn400 => (K::Rejected, false),
        Fault::LoginDown => (K::Server, false),
        Fault::LoginHtml => (K::Unreadable, false),
        Fault::GzipBomb | Fault::HugeBody | Fault::HugeChunkedBody => (K::TooLarge, true),
        Fault::CutBody
        | Fault::LengthTooShort
        | Fault::InvalidUtf8
        | Fault::DeepNesting
        | Fault::Empty
        | Fault::Html
        | Fault::NotEnvelope => (K::Unreadable, true),
        Fault::NoData | Fault::WrongData => (K::IncompleteAnswer, true),
        other => unreachable!("{other:?} has no expectation"),
    })
}

/// Whether the fault is one of the login.
pub(crate) fn concerns_login(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::DeadToken | Fault::OneSession | Fault::LoginDown | Fault::LoginRefused | Fault::LoginHtml
    )
}

/// How a call of this operation, made this way, must end.
pub(crate) fn expected(fault: Fault, times: Times, info: &OperationInfo, way: Way) -> Outcome {
    let logins = usize::from(concerns_login(fault));
    let success = |calls| Outcome {
        error: None,
        calls,
        logins,
    };
    // What is promised is the operation's; a raw call promises nothing, and its data may be of any kind.
    let promised = info.answer != Answer::Optional && way != Way::Raw;
    let Some((kind, unknown)) = meaning(fault).filter(|(kind, _)| *kind != ErrorKind::IncompleteAnswer || promised)
    else {
        return success(1);
    };
    let maybe_applied = unknown && info.writes;
    let error = Some(Failure { kind, maybe_applied });
    let passing = matches!(
        kind,
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport | ErrorKind::Server | ErrorKind::RateLimited
    );
    let repeated = passing && (info.idempotent || !maybe_applied) && fault != Fault::RetryInAnHour;
    match (fault, times) {
        (Fault::Refused, _) => Outcome {
            error,
            calls: 0,
            logins,
        },
        (Fault::LoginDown, Times::Once) => Outcome {
            error: None,
            calls: 1,
            logins: 2,
        },
        (Fault::LoginDown, Times::Always) => Outcome {
            error,
            calls: 0,
            logins: ATTEMPTS,
        },
        (Fault::LoginRefused | Fault::LoginHtml, _) => Outcome {
            error,
            calls: 0,
            logins,
        },
        (Fault::DeadToken, Times::Once) => Outcome {
            error: None,
            calls: 2,
            logins: 2,
        },
        (Fault::DeadToken, Times::Always) => Outcome {
            error,
            calls: 2,
            logins: 2,
        },
        (_, Times::Once) if repeated => success(2),
        (_, Times::Always) if repeated => Outcome {
            error,
            calls: ATTEMPTS,
            logins,
        },
        _ => Outcome {
            error,
            calls: 1,
            logins,
        },
    }
}
