//! [`Contact`] and [`ContactPatch`]: a person at a customer.

use super::{
    Choice, Gender, Region,
    macros::{patch, record},
};
use crate::{
    RecordId,
    model::{DateTime, Id},
};

record! {
    /// A contact (联系人) of any vendor: a person, usually at a customer.
    Contact {
        /// The contact's id.
        id: RecordId;
        /// Name.
        name: String, personal;
        /// Mobile phone.
        phone: String, personal;
        /// Landline phone.
        tel: String, personal;
        /// Mail address.
        email: String, personal;
        /// WeChat name.
        wechat: String, personal;
        /// QQ number.
        qq: String, personal;
        /// Fax number.
        fax: String, personal;
        /// Web address.
        website: String, personal;
        /// Postal code.
        zip: String, personal;
        /// Street and house, or the whole address where the vendor keeps it in one.
        address: String, personal;
        /// Department at the customer.
        department: String, personal;
        /// Job title.
        job: String, personal;
        /// Gender.
        gender: Gender, personal;
        /// Date of birth.
        birth_date: DateTime, personal;
        /// Free text.
        note: String, personal;
        /// The contact's category.
        category: Choice;
        /// The customer that the contact belongs to.
        customer_id: RecordId, personal;
        /// The customer's name.
        customer_name: String, personal;
        /// The user who looks after the contact.
        owner_id: RecordId, personal;
        /// The user's name.
        owner_name: String, personal;
        /// When the vendor made the record.
        created_at: DateTime;
        /// When it was last changed.
        updated_at: DateTime;
    }
}

patch! {
    /// What to change of a contact.
    ///
    /// ```
    /// use crm_core::{ContactPatch, Patch};
    ///
    /// let patch = ContactPatch::new().phone("13800000000").department(Patch::Clear);
    /// assert_eq!(patch.set_fields(), ["phone", "department"]);
    /// // Personal values stay out of logs.
    /// assert!(!format!("{patch:?}").contains("13800000000"));
    /// ```
    ContactPatch {
        /// Name.
        name: String, personal;
        /// Mobile phone.
        phone: String, personal;
        /// Landline phone.
        tel: String, personal;
        /// Mail address.
        email: String, personal;
        /// WeChat name.
        wechat: String, personal;
        /// QQ number.
        qq: String, personal;
        /// Fax number.
        fax: String, personal;
        /// Web address.
        website: String, personal;
        /// Postal code.
        zip: String, personal;
        /// Street and house.
        address: String, personal;
        /// Province, city and district.
        region: Region, personal;
        /// Department at the customer.
        department: String, personal;
        /// Job title.
        job: String, personal;
        /// Gender.
        gender: Gender, personal;
        /// Date of birth.
        birth_date: DateTime, personal;
        /// Free text.
        note: String, personal;
        /// Id of the contact's category.
        category: Id;
        /// Id of the customer, or of the company, that the contact belongs to.
        customer_id: RecordId, personal;
        /// The company's name, for vendors that link by name.
        company: String, personal;
        /// Id of the source that the contact came from.
        source: Id;
        /// Id of the contact's status.
        status: Id;
        /// The user who looks after the contact.
        owner_id: RecordId, personal;
        /// The public sea (公海) that the contact is put into.
        pool_id: RecordId;
        /// Ids of tags; they replace those that stand.
        tags: Vec<String>;
    }
}
