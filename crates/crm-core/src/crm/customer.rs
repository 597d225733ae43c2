//! [`Customer`], [`CustomerPatch`] and [`NewCustomer`].

use super::{
    Choice, Region,
    macros::{new_record, patch, record},
};
use crate::{
    RecordId,
    model::{DateTime, Id},
};

record! {
    /// A customer (客户) of any vendor: a company, or a person who buys.
    Customer {
        /// The customer's id.
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
        /// Free text.
        note: String, personal;
        /// The customer's category.
        category: Choice;
        /// The customer's status.
        status: Choice;
        /// Where the customer came from.
        source: Choice;
        /// The customer's trade.
        industry: Choice;
        /// How many people work there: the vendor's number or option.
        staff_size: Choice;
        /// Names of tags.
        tags: Vec<String>;
        /// The user who looks after the customer.
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
    /// What to change of a customer.
    ///
    /// ```
    /// use crm_core::{CustomFields, CustomerPatch, Patch};
    ///
    /// let patch = CustomerPatch::new()
    ///     .name("某某科技")
    ///     .note(Patch::Clear)
    ///     .custom_fields(CustomFields::new().set("select_1680162080347", "484020435193692160"));
    /// assert_eq!(patch.set_fields(), ["name", "note", "custom_fields"]);
    /// ```
    CustomerPatch {
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
        /// Free text.
        note: String, personal;
        /// Id of the customer's category.
        category: Id;
        /// Id of the customer's status.
        status: Id;
        /// Id of the source that the customer came from.
        source: Id;
        /// Id of the customer's trade.
        industry: Id;
        /// How many people work there: a number, or the vendor's option for it.
        staff_size: i64;
        /// The user who looks after the customer.
        owner_id: RecordId, personal;
        /// The department that the customer belongs to.
        department_id: RecordId;
        /// Names of tags; they replace those that stand.
        tags: Vec<String>;
    }
}

new_record! {
    /// A customer to create.
    ///
    /// ```
    /// use crm_core::NewCustomer;
    ///
    /// let customer = NewCustomer::new("某某科技").phone("13800000000").pool_id(18);
    /// assert_eq!(customer.set_fields(), ["name", "phone", "pool_id"]);
    /// ```
    NewCustomer(name: String) {
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
        /// Free text.
        note: String, personal;
        /// Id of the customer's category.
        category: Id;
        /// Id of the customer's status.
        status: Id;
        /// Id of the source that the customer came from.
        source: Id;
        /// Id of the customer's trade.
        industry: Id;
        /// How many people work there: a number, or the vendor's option for it.
        staff_size: i64;
        /// The user who looks after the customer.
        owner_id: RecordId, personal;
        /// The public sea (公海) that the customer is put into, for all users to take.
        pool_id: RecordId;
        /// The department that the customer belongs to.
        department_id: RecordId;
        /// The customer that this one is a part of.
        parent_id: RecordId, personal;
        /// Names of tags.
        tags: Vec<String>;
        /// Name of a first contact, created with the customer.
        contact_name: String, personal;
        /// Title of a first opportunity, created with the customer.
        opportunity_title: String, personal;
    }
}
