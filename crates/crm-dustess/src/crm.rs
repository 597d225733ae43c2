//! The neutral trait for dustess.

mod patches;
mod records;

use async_trait::async_trait;
use crm_core::operation::Operation;
use crm_core::{
    BatchItem, BatchReport, BatchVerdict, Capability, Contact, ContactPatch, Crm, Error, ErrorKind, ListSupport, Page,
    PageRequest, RecordId, Saved, User, WriteSupport,
};

use crate::models::BatchRow;
use crate::protocol::VENDOR;
use crate::{BatchEditCustomer, Client, GetDepartment};

static CAPABILITY: Capability = {
    let mut able = Capability::new();
    able.update_contact = Some(WriteSupport::new(patches::CONTACT).answers_id_only());
    able.update_contacts = Some(WriteSupport::new(patches::CONTACT).answers_id_only());
    able.list_users = Some(ListSupport::whole());
    able
};

/// The vendor's `customer` is a contact (联系人) here, as its pages call it.
///
/// - Phones are one list at the vendor: setting `phone` or `tel` sends the list that the patch makes, so name both where a
///   contact has both.
/// - Custom fields need their type: write the key as `radio:field01`; see [`FieldType`](crate::FieldType).
/// - An answer names the id alone.
#[async_trait]
impl Crm for Client {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn capability(&self) -> &'static Capability {
        &CAPABILITY
    }

    async fn update_contact(&self, id: &RecordId, patch: ContactPatch) -> Result<Saved<Contact>, Error> {
        let edit = patches::contact_edit(id, patch, "")?;
        let report = self.send(BatchEditCustomer::new([edit])).await?;
        if let Some(refusal) = report.refusal(meaning) {
            return Err(refusal);
        }
        // Rows beside the one that was sent do not make it a success.
        if !report.unanswered.is_empty() {
            return Err(Error::incomplete_answer(BatchEditCustomer::INFO, "$.data.success[0]"));
        }
        Ok(Saved::id_only(id.clone()))
    }

    async fn update_contacts(&self, rows: Vec<(RecordId, ContactPatch)>) -> Result<BatchReport<BatchItem>, Error> {
        let edits = rows.into_iter().enumerate();
        let edits = edits.map(|(index, (id, patch))| patches::contact_edit(&id, patch, &format!("rows[{index}].")));
        let edits: Vec<_> = edits.collect::<Result<_, _>>()?;
        let report = self.send(BatchEditCustomer::new(edits)).await?;
        Ok(report.map(item))
    }

    /// All employees of all departments, each once.
    async fn list_users(&self, _page: PageRequest) -> Result<Page<User>, Error> {
        let answer = self.send(GetDepartment::new()).await?;
        Ok(Page::whole(records::users(answer.dept_list)))
    }
}

/// What the vendor's code for a row means.
fn meaning(code: Option<&str>) -> ErrorKind {
    match code {
        Some("13025") => ErrorKind::Conflict,
        Some("10001") => ErrorKind::Server,
        _ => ErrorKind::Rejected,
    }
}

fn item(row: BatchRow) -> BatchItem {
    let (code, message) = (row.code(), row.message());
    // A refused row has the id "" or "0".
    let known = |id: &crm_core::model::Id| !id.is_empty() && *id != 0.into();
    let id = row.id.filter(known).or(row.uuid.filter(known));
    BatchItem::new(id, code, message)
}
