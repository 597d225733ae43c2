//! [`PageRequest`] and [`Page`]: lists that come in pieces.

/// Which page of a list.
///
/// ```
/// # use crm_core::{Crm, Error, PageRequest};
/// async fn count(crm: &dyn Crm) -> Result<usize, Error> {
///     let (mut next, mut count) = (Some(PageRequest::new().per_page(100)), 0);
///     while let Some(request) = next {
///         let page = crm.list_contacts(request).await?;
///         count += page.items.len();
///         next = page.next;
///     }
///     Ok(count)
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageRequest {
    /// The page's number, from 1.
    pub page: u32,
    /// Records per page; `None` is the vendor's default.
    pub per_page: Option<u32>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The records.
    pub items: Vec<T>,
    /// How many there are on all pages, where the vendor says it.
    pub total: Option<u64>,
    /// What to ask for next; `None` on the last page.
    pub next: Option<PageRequest>,
}

impl PageRequest {
    /// The first page.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            page: 1,
            per_page: None,
        }
    }

    /// Another page, counted from 1.
    #[must_use]
    pub const fn page(mut self, page: u32) -> Self {
        self.page = page;
        self
    }

    /// Records per page.
    #[must_use]
    pub const fn per_page(mut self, records: u32) -> Self {
        self.per_page = Some(records);
        self
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Page<T> {
    /// A list that came whole.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        Self {
            total: u64::try_from(items.len()).ok(),
            items,
            next: None,
        }
    }

    /// One page of several. It is the last one when it is not full, or reaches the total. `per_page` is what the vendor says
    /// that it gave.
    #[must_use]
    pub fn of(request: PageRequest, items: Vec<T>, total: Option<u64>, per_page: Option<u32>) -> Self {
        let rows = items.len() as u64;
        let size = per_page.or(request.per_page).map(u64::from);
        let reached = size.map(|size| size * u64::from(request.page));
        let full = rows > 0 && size.is_none_or(|size| rows >= size);
        let more = full
            && match (total, reached) {
                (Some(total), Some(reached)) => reached < total,
                _ => true,
            };
        let next = more.then_some(PageRequest {
            page: request.page.saturating_add(1),
            ..request
        });
        Self { items, total, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_asked_for_until_one_is_short_or_the_total_is_reached() {
        let next = |page: u32, rows: usize, total: Option<u64>, per_page: Option<u32>| {
            Page::of(PageRequest::new().page(page), vec![(); rows], total, per_page)
                .next
                .map(|next| next.page)
        };
        assert_eq!(next(1, 15, Some(40), Some(15)), Some(2));
        assert_eq!(next(3, 10, Some(40), Some(15)), None);
        assert_eq!(next(2, 15, Some(30), Some(15)), None);
        assert_eq!(next(1, 15, None, Some(15)), Some(2));
        assert_eq!(next(1, 7, None, None), Some(2));
        assert_eq!(next(1, 0, Some(40), None), None);
    }
}
