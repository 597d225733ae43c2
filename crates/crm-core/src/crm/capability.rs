//! What a vendor can do through the neutral trait, as plain data: [`Capability`].

/// What a vendor can do through [`Crm`](crate::Crm). `None` means that the method answers
/// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) before anything is sent.
///
/// ```
/// # use crm_core::{Capability, Crm};
/// fn has_fax(crm: &dyn Crm) -> bool {
///     crm.capability().update_contact.is_some_and(|update| update.takes("fax"))
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Capability {
    /// [`Crm::create_customer`](crate::Crm::create_customer), fields of [`NewCustomer`](crate::NewCustomer).
    pub create_customer: Option<WriteSupport>,
    /// [`Crm::update_customer`](crate::Crm::update_customer), fields of [`CustomerPatch`](crate::CustomerPatch).
    pub update_customer: Option<WriteSupport>,
    /// [`Crm::update_contact`](crate::Crm::update_contact), fields of [`ContactPatch`](crate::ContactPatch).
    pub update_contact: Option<WriteSupport>,
    /// [`Crm::update_contacts`](crate::Crm::update_contacts), fields of [`ContactPatch`](crate::ContactPatch).
    pub update_contacts: Option<WriteSupport>,
    /// [`Crm::update_opportunity`](crate::Crm::update_opportunity), fields of
    /// [`OpportunityPatch`](crate::OpportunityPatch).
    pub update_opportunity: Option<WriteSupport>,
    /// [`Crm::list_contacts`](crate::Crm::list_contacts).
    pub list_contacts: Option<ListSupport>,
    /// [`Crm::list_customer_contacts`](crate::Crm::list_customer_contacts).
    pub list_customer_contacts: Option<ListSupport>,
    /// [`Crm::list_customer_opportunities`](crate::Crm::list_customer_opportunities).
    pub list_customer_opportunities: Option<ListSupport>,
    /// [`Crm::list_users`](crate::Crm::list_users).
    pub list_users: Option<ListSupport>,
}

/// What a vendor takes in one sort of write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteSupport {
    /// The neutral fields that the vendor takes. Any other field is refused by name before anything is sent.
    pub fields: &'static [&'static str],
    /// Those of them that it demands with every such write.
    pub required: &'static [&'static str],
    /// Whether the answer shows the whole record, not only its id.
    pub answers_record: bool,
    /// Most rows in one request, for a batch whose page names a limit.
    pub max_rows: Option<usize>,
}

/// How a vendor lists records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListSupport {
    /// Most records on one page; `None` where the vendor gives all at once.
    pub max_per_page: Option<u32>,
}

impl Capability {
    /// Nothing; fill in what there is.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            create_customer: None,
            update_customer: None,
            update_contact: None,
            update_contacts: None,
            update_opportunity: None,
            list_contacts: None,
            list_customer_contacts: None,
            list_customer_opportunities: None,
            list_users: None,
        }
    }

    /// Every method of [`Crm`](crate::Crm) by name, and whether it is there.
    #[must_use]
    pub fn methods(&self) -> [(&'static str, bool); 9] {
        // Taken apart, so that a new method cannot be left out.
        let Self {
            create_customer,
            update_customer,
            update_contact,
            update_contacts,
            update_opportunity,
            list_contacts,
            list_customer_contacts,
            list_customer_opportunities,
            list_users,
        } = self;
        [
            ("create_customer", create_customer.is_some()),
            ("update_customer", update_customer.is_some()),
            ("update_contact", update_contact.is_some()),
            ("update_contacts", update_contacts.is_some()),
            ("update_opportunity", update_opportunity.is_some()),
            ("list_contacts", list_contacts.is_some()),
            ("list_customer_contacts", list_customer_contacts.is_some()),
            ("list_customer_opportunities", list_customer_opportunities.is_some()),
            ("list_users", list_users.is_some()),
        ]
    }
}

impl WriteSupport {
    /// A write of these fields whose answer shows the record.
    #[must_use]
    pub const fn new(fields: &'static [&'static str]) -> Self {
        Self {
            fields,
            required: &[],
            answers_record: true,
            max_rows: None,
        }
    }

    /// Names the fields that the vendor demands.
    #[must_use]
    pub const fn required(mut self, fields: &'static [&'static str]) -> Self {
        self.required = fields;
        self
    }

    /// Says that the answer is the record's id alone.
    #[must_use]
    pub const fn answers_id_only(mut self) -> Self {
        self.answers_record = false;
        self
    }

    /// Sets the most rows of one request.
    #[must_use]
    pub const fn max_rows(mut self, rows: usize) -> Self {
        self.max_rows = Some(rows);
        self
    }

    /// Whether the vendor takes this field.
    #[must_use]
    pub fn takes(&self, field: &str) -> bool {
        self.fields.contains(&field)
    }
}

impl ListSupport {
    /// A list that comes in pages of at most so many records.
    #[must_use]
    pub const fn paged(max_per_page: u32) -> Self {
        Self {
            max_per_page: Some(max_per_page),
        }
    }

    /// A list that comes whole.
    #[must_use]
    pub const fn whole() -> Self {
        Self { max_per_page: None }
    }
}
