//! [`Opportunity`] and [`OpportunityPatch`].

use super::{
    Choice,
    macros::{patch, record},
};
use crate::{
    RecordId,
    model::{DateTime, Id, Number},
};

record! {
    /// An opportunity (商机) of any vendor: a sale that may come about.
    Opportunity {
        /// The opportunity's id.
        id: RecordId;
        /// Title.
        title: String, personal;
        /// The customer who may buy.
        customer_id: RecordId, personal;
        /// The customer's name.
        customer_name: String, personal;
        /// Money expected, in yuan.
        amount: Number;
        /// The stage that it has reached.
        stage: Choice;
        /// The day on which the contract should be signed.
        expected_sign_date: DateTime;
        /// When it was found.
        acquired_at: DateTime;
        /// Where it came from.
        source: Choice;
        /// The user who looks after it.
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
    /// What to change of an opportunity.
    ///
    /// ```
    /// use crm_core::OpportunityPatch;
    ///
    /// let patch = OpportunityPatch::new().title("一百台服务器").customer_id(1522636).amount(200_000);
    /// assert_eq!(patch.set_fields(), ["title", "customer_id", "amount"]);
    /// ```
    OpportunityPatch {
        /// Title.
        title: String, personal;
        /// The customer who may buy.
        customer_id: RecordId, personal;
        /// Money expected, in yuan.
        amount: Number;
        /// Id of the stage.
        stage: Id;
        /// The day on which the contract should be signed.
        expected_sign_date: DateTime;
        /// When it was found.
        acquired_at: DateTime;
        /// What the customer needs.
        requirement: String, personal;
        /// Free text.
        note: String, personal;
        /// Id of the source that it came from.
        source: Id;
        /// Id of its kind.
        kind: Id;
        /// The user who looks after it.
        owner_id: RecordId, personal;
        /// The department that it belongs to.
        department_id: RecordId;
    }
}
