//! [`User`].

use super::macros::record;
use crate::RecordId;

record! {
    /// A user of the CRM: an employee of the company that runs it.
    User {
        /// The user's id.
        id: RecordId, personal;
        /// Name.
        name: String, personal;
        /// Mobile phone.
        phone: String, personal;
        /// Landline phone.
        tel: String, personal;
        /// Mail address.
        email: String, personal;
        /// Job title.
        job: String, personal;
        /// The department's id.
        department_id: RecordId;
        /// The department's name.
        department_name: String;
    }
}
