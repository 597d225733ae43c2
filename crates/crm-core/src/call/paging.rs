//! Lists that come in pages: [`Pages`].

use futures_util::stream::{Stream, unfold};

use super::subject::Subject;
use crate::{
    Error, ErrorKind,
    call::Pipeline,
    operation::{Paged, Rows},
};

/// The pages of a list, fetched one after the other as they are asked for.
///
/// It ends after the last page by the vendor's own count, or after a page that is not full. An error ends it too; the
/// page that failed is asked for again by the next call of [`next`](Self::next).
#[derive(Debug)]
pub struct Pages<O: Paged> {
    client: Pipeline<O::Vendor>,
    operation: O,
    next: Option<i64>,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(client: Pipeline<O::Vendor>, operation: O) -> Self {
        let next = Some(operation.page_number().unwrap_or(1));
        Self {
            client,
            operation,
            next,
        }
    }

    /// The rows of the next page, or `None` after the last.
    ///
    /// # Errors
    /// Those of the call, and [`ErrorKind::IncompleteAnswer`](crate::ErrorKind::IncompleteAnswer) when the vendor answers
    /// with another page than the one asked for: going on would repeat rows for ever.
    pub async fn next(&mut self) -> Option<Result<Vec<O::Item>, Error>> {
        let number = self.next?;
        let answer = match self.client.send(self.operation.clone().at_page(number)).await {
            Ok(answer) => answer,
            Err(error) => return Some(Err(error)),
        };
        let rows = O::rows(answer);
        if rows.page.is_some_and(|page| page != number) {
            self.next = None;
            return Some(Err(Error::of(
                ErrorKind::IncompleteAnswer,
                O::INFO.vendor,
                format!("the vendor answered with another page than page {number}"),
            )
            .about(Subject::Documented(O::INFO))));
        }
        self.next = rows
            .is_last(number)
            .then_some(())
            .map_or(number.checked_add(1), |()| None);
        if rows.items.is_empty() {
            None
        } else {
            Some(Ok(rows.items))
        }
    }

    /// The same as a stream of pages. It ends after an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Vec<O::Item>, Error>> + Send
    where
        O: Sync,
    {
        unfold(Some(self), |pages| async move {
            let mut pages = pages?;
            let rows = pages.next().await?;
            let more = rows.is_ok().then_some(pages);
            Some((rows, more))
        })
    }
}

impl<T> Rows<T> {
    /// Whether no page follows: the count is reached, or the page is not full.
    fn is_last(&self, number: i64) -> bool {
        let rows = i64::try_from(self.items.len()).unwrap_or(i64::MAX);
        if rows == 0 {
            return true;
        }
        let size = self.per_page.filter(|size| *size > 0);
        match (self.total, size) {
            (Some(total), Some(size)) => number.saturating_mul(size) >= total,
            // Without the page's size the count says only whether this page holds it all.
            (Some(total), None) if number == 1 => rows >= total,
            (_, Some(size)) => rows < size,
            (_, None) => false,
        }
    }
}
