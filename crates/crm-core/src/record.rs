//! [`RecordId`]: a record of any vendor.

use crate::model::Id;

/// The id of a record at whatever vendor holds it. The vendors' own ids, kept as text or number as they came.
pub type RecordId = Id;
