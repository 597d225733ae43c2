//! [`BatchReport`]: what became of each row of a batch.

use std::fmt;

use crate::{
    Error, ErrorKind,
    error::scrub,
    operation::{OperationInfo, Request, Sent},
    wire::debug_field,
};

/// What a vendor says of one row of a batch. Vendor crates implement it for their row types.
pub trait BatchVerdict {
    /// Which row is meant, counted as the vendor counts.
    fn index(&self) -> Option<i64>;
    /// The vendor's code for the row.
    fn code(&self) -> Option<String>;
    /// The vendor's words.
    fn message(&self) -> Option<String>;
}

/// What became of each row of a batch. A batch that failed in part is an answer, not an error.
///
/// ```
/// # use crm_core::{BatchReport, BatchItem};
/// fn handle(report: BatchReport<BatchItem>) {
///     for row in &report.failed {
///         eprintln!("row {:?}: {:?}", row.input, row.value.code);
///     }
/// }
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BatchReport<R> {
    /// Rows that the vendor took.
    pub succeeded: Vec<BatchRow<R>>,
    /// Rows that it refused.
    pub failed: Vec<BatchRow<R>>,
    /// Places of request rows of which the answer says nothing.
    pub unanswered: Vec<usize>,
    /// How many rows were sent.
    pub total: usize,
    info: &'static OperationInfo,
    /// What the request said, where rows failed: the shown form of an error hides it.
    said: Vec<String>,
    sent: Sent,
}

impl<R: fmt::Debug> fmt::Debug for BatchReport<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchReport")
            .field("succeeded", &self.succeeded)
            .field("failed", &self.failed)
            .field("unanswered", &self.unanswered)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

/// One row of a batch's answer, tied to the row of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchRow<R> {
    /// The row's place in the request, from 0. `None` when the vendor names a row that was not sent.
    pub input: Option<usize>,
    /// What the vendor says of it.
    pub value: R,
}

impl<R> BatchReport<R> {
    /// Whether every row was taken.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.unanswered.is_empty()
    }

    /// The same report with other row values.
    pub fn map<T>(self, mut f: impl FnMut(R) -> T) -> BatchReport<T> {
        let mut rows = |rows: Vec<BatchRow<R>>| {
            rows.into_iter()
                .map(|row| BatchRow {
                    input: row.input,
                    value: f(row.value),
                })
                .collect::<Vec<_>>()
        };
        BatchReport {
            succeeded: rows(self.succeeded),
            failed: rows(self.failed),
            unanswered: self.unanswered,
            total: self.total,
            info: self.info,
            said: self.said,
            sent: self.sent,
        }
    }
}

impl<R: BatchVerdict> BatchReport<R> {
    /// Ties the rows of an answer to the `total` rows of a request. `first_index` is the vendor's index of the first.
    #[must_use]
    pub fn new(
        info: &'static OperationInfo,
        total: usize,
        first_index: u32,
        succeeded: Vec<R>,
        failed: Vec<R>,
    ) -> Self {
        let indexes: Vec<i64> = succeeded.iter().chain(&failed).filter_map(R::index).collect();
        let first = base(&indexes, total, first_index.into());
        let place = |row: &R| {
            let place = usize::try_from(row.index()?.checked_sub(first)?).ok()?;
            (place < total).then_some(place)
        };
        let tie = |rows: Vec<R>| -> Vec<BatchRow<R>> {
            rows.into_iter()
                .map(|value| BatchRow {
                    input: place(&value),
                    value,
                })
                .collect()
        };
        let (succeeded, failed) = (tie(succeeded), tie(failed));
        let mut answered = vec![false; total];
        for place in succeeded.iter().chain(&failed).filter_map(|row| row.input) {
            answered[place] = true;
        }
        let unanswered = (0..total).filter(|&place| !answered[place]).collect();
        Self {
            succeeded,
            failed,
            unanswered,
            total,
            info,
            said: Vec::new(),
            sent: Sent::default(),
        }
    }

    /// Lets the errors of this report say how the call went, and hide what its request said when a vendor's words about
    /// a row quote it.
    #[must_use]
    pub fn of_call(mut self, sent: Sent, request: impl FnOnce() -> Result<Request, Error>) -> Self {
        self.sent = sent;
        if !self.failed.is_empty() {
            let body = request().ok().and_then(|request| request.body);
            self.said = body.map(|body| scrub::strings_of(&body)).unwrap_or_default();
        }
        self
    }

    /// The refusal of the first failed row as an error, for a caller who sent one row. `kind` says what its code means.
    #[must_use]
    pub fn refusal(&self, kind: impl FnOnce(Option<&str>) -> ErrorKind) -> Option<Error> {
        let row = &self.failed.first()?.value;
        let code = row.code();
        let kind = kind(code.as_deref());
        Some(Error::row_refused(self.info, kind, code, row.message(), &self.said).sent(&self.sent))
    }

    /// All rows, or an error when any failed or went unanswered.
    ///
    /// # Errors
    /// [`ErrorKind::BatchFailed`](crate::ErrorKind::BatchFailed) with the code and words of the first failed row.
    pub fn into_result(self) -> Result<Vec<BatchRow<R>>, Error> {
        if self.is_complete() {
            return Ok(self.succeeded);
        }
        let first = self.failed.first().map(|row| &row.value);
        let failed = self.failed.len() + self.unanswered.len();
        let error = Error::batch_failed(
            self.info,
            (failed, self.total.max(failed)),
            first.and_then(R::code),
            first.and_then(R::message),
            &self.said,
        );
        // Nobody knows what became of a row of which the answer says nothing.
        let some = !self.succeeded.is_empty() || !self.unanswered.is_empty();
        Err(error.applied(some && self.info.writes).sent(&self.sent))
    }
}

/// The index of the first row. The documented one, unless the answer's own indexes show that the vendor counts from
/// the other end of 0 and 1: then they all fit there, and do not fit here.
fn base(indexes: &[i64], total: usize, documented: i64) -> i64 {
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    let fit = |first: i64| {
        indexes
            .iter()
            .all(|index| (first..first.saturating_add(total)).contains(index))
    };
    let other = if documented == 0 { 1 } else { 0 };
    if !fit(documented) && fit(other) {
        other
    } else {
        documented
    }
}

/// A row of a batch through the vendor-neutral trait.
///
/// `Debug` shows the code and hides the id and the vendor's words, which quote what was sent.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BatchItem {
    /// The record's id, where the vendor says it.
    pub id: Option<crate::RecordId>,
    /// The vendor's code for a row that it refused.
    pub code: Option<String>,
    /// The vendor's words.
    pub message: Option<String>,
}

impl BatchItem {
    /// A row by what the vendor says of it.
    #[must_use]
    pub fn new(id: Option<crate::RecordId>, code: Option<String>, message: Option<String>) -> Self {
        Self { id, code, message }
    }
}

impl fmt::Debug for BatchItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("BatchItem");
        debug_field(&mut out, "id", &self.id, true);
        debug_field(&mut out, "code", &self.code, false);
        debug_field(&mut out, "message", &self.message, true);
        out.finish()
    }
}

impl BatchVerdict for BatchItem {
    fn index(&self) -> Option<i64> {
        None
    }

    fn code(&self) -> Option<String> {
        self.code.clone()
    }

    fn message(&self) -> Option<String> {
        self.message.clone()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::Method;

    use super::*;

    static INFO: OperationInfo = OperationInfo::new("test", "batch", Method::POST, "/batch");

    struct Row(i64);

    impl BatchVerdict for Row {
        fn index(&self) -> Option<i64> {
            Some(self.0)
        }

        fn code(&self) -> Option<String> {
            Some("13001".to_owned())
        }

        fn message(&self) -> Option<String> {
            None
        }
    }

    fn places(total: usize, first: u32, ok: &[i64], failed: &[i64]) -> (Vec<Option<usize>>, Vec<usize>) {
        let rows = |indexes: &[i64]| indexes.iter().map(|index| Row(*index)).collect();
        let report = BatchReport::new(&INFO, total, first, rows(ok), rows(failed));
        let places = report
            .succeeded
            .iter()
            .chain(&report.failed)
            .map(|row| row.input)
            .collect();
        (places, report.unanswered)
    }

    #[test]
    fn rows_are_tied_to_the_request() {
        assert_eq!(places(3, 1, &[1, 2], &[3]), (vec![Some(0), Some(1), Some(2)], vec![]));
        assert_eq!(places(2, 0, &[0], &[1]), (vec![Some(0), Some(1)], vec![]));
    }

    #[test]
    fn a_vendor_that_counts_from_the_other_end_is_understood() {
        assert_eq!(places(2, 1, &[0, 1], &[]), (vec![Some(0), Some(1)], vec![]));
        assert_eq!(places(2, 0, &[1, 2], &[]), (vec![Some(0), Some(1)], vec![]));
    }

    #[test]
    fn a_row_that_was_not_sent_is_tied_to_none() {
        assert_eq!(places(1, 1, &[1, 7], &[]), (vec![Some(0), None], vec![]));
    }

    #[test]
    fn silence_about_a_row_is_no_success() {
        let report = BatchReport::new(&INFO, 2, 1, vec![Row(1)], vec![]);
        assert_eq!(report.unanswered, [1]);
        assert!(report.into_result().is_err());
    }

    #[test]
    fn the_vendors_words_about_a_row_are_kept_and_not_shown() {
        let words = "联系人李建国的手机号13800000000已存在";
        let failed = BatchItem::new(Some("d3e83957".into()), Some("13001".into()), Some(words.into()));
        let report = BatchReport::new(&INFO, 1, 1, vec![], vec![failed]);
        let report = report.of_call(Sent::default(), || {
            let mut request = Request::new(Method::POST, "/batch");
            request.body = Some(r#"{"list":[{"name":"李建国"}]}"#.into());
            Ok(request)
        });
        let refusal = report.refusal(|_| ErrorKind::Conflict).unwrap();
        let shown = format!("{report:?}");
        let failure = report.into_result().unwrap_err();
        assert_eq!(refusal.kind(), ErrorKind::Conflict);
        for text in [refusal.report(), failure.report(), format!("{failure:?}"), shown] {
            for value in ["李建国", "13800000000", "d3e83957"] {
                assert!(!text.contains(value), "{text}");
            }
            assert!(text.contains("13001"), "{text}");
        }
        assert_eq!(failure.vendor_message(), Some(words));
    }

    #[test]
    fn an_error_of_a_report_says_whether_anything_may_have_been_applied() {
        let applied = |ok: &[i64], failed: &[i64], sent: Sent| {
            let rows = |indexes: &[i64]| indexes.iter().map(|index| Row(*index)).collect();
            let report = BatchReport::new(&INFO, 2, 1, rows(ok), rows(failed))
                .of_call(sent, || Ok(Request::new(Method::POST, "/batch")));
            let error = report.into_result().err().unwrap();
            assert_eq!((error.attempts(), error.elapsed()), (sent.attempts, sent.elapsed));
            error.maybe_applied()
        };
        let once = Sent {
            attempts: 1,
            elapsed: std::time::Duration::from_secs(3),
            maybe_applied: false,
        };
        assert!(!applied(&[], &[1, 2], once), "all were refused");
        assert!(applied(&[1], &[2], once), "one was taken");
        assert!(applied(&[9], &[1], once), "one was taken, whichever it is");
        assert!(applied(&[], &[], once), "nobody knows");
        let earlier = Sent {
            maybe_applied: true,
            ..once
        };
        assert!(
            applied(&[], &[1, 2], earlier),
            "an earlier attempt may have taken effect"
        );
    }

    #[test]
    fn a_failed_row_is_an_error_only_when_asked() {
        let report = BatchReport::new(&INFO, 2, 1, vec![Row(1)], vec![Row(2)]);
        assert!(!report.is_complete());
        let error = report.into_result().err().unwrap();
        assert_eq!(error.vendor_code(), Some("13001"));
    }
}
