//! [`Saved`]: the answer of a write.

use crate::RecordId;

/// What a vendor answers to a write.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Saved<T> {
    /// The record's id: of a new record as the vendor gave it, of a changed one as it was asked for.
    pub id: RecordId,
    /// The record after the write, where the vendor shows it.
    /// [`WriteSupport::answers_record`](crate::WriteSupport::answers_record) says whether it does.
    pub record: Option<T>,
}

impl<T> Saved<T> {
    /// A write whose answer shows the record.
    #[must_use]
    pub fn with_record(id: RecordId, record: T) -> Self {
        Self {
            id,
            record: Some(record),
        }
    }

    /// A write of whose record the answer tells the id alone.
    #[must_use]
    pub fn id_only(id: RecordId) -> Self {
        Self { id, record: None }
    }
}
