//! A patch with one field set, for every field of every patch.

use crm_core::{
    ContactPatch, Crm, CustomFields, CustomerPatch, Error, NewCustomer, OpportunityPatch, RecordId, WriteSupport,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A sort of write through the neutral trait.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Write {
    CreateCustomer,
    UpdateCustomer,
    UpdateContact,
    UpdateContacts,
    UpdateOpportunity,
}

impl Write {
    pub(crate) const ALL: [Self; 5] = [
        Self::CreateCustomer,
        Self::UpdateCustomer,
        Self::UpdateContact,
        Self::UpdateContacts,
        Self::UpdateOpportunity,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CreateCustomer => "create_customer",
            Self::UpdateCustomer => "update_customer",
            Self::UpdateContact => "update_contact",
            Self::UpdateContacts => "update_contacts",
            Self::UpdateOpportunity => "update_opportunity",
        }
    }

    /// Every field that the neutral side has.
    pub(crate) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::CreateCustomer => NewCustomer::FIELDS,
            Self::UpdateCustomer => CustomerPatch::FIELDS,
            Self::UpdateContact | Self::UpdateContacts => ContactPatch::FIELDS,
            Self::UpdateOpportunity => OpportunityPatch::FIELDS,
        }
    }

    pub(crate) fn support(self, crm: &dyn Crm) -> Option<WriteSupport> {
        let able = crm.capability();
        match self {
            Self::CreateCustomer => able.create_customer,
            Self::UpdateCustomer => able.update_customer,
            Self::UpdateContact => able.update_contact,
            Self::UpdateContacts => able.update_contacts,
            Self::UpdateOpportunity => able.update_opportunity,
        }
    }

    /// How errors name a field.
    pub(crate) fn place(self, field: &str) -> String {
        match self {
            Self::UpdateContacts => format!("rows[0].{field}"),
            _ => field.to_owned(),
        }
    }

    /// Sends a write of these fields. The answer is whether it shows the whole record.
    pub(crate) async fn send(self, crm: &dyn Crm, fields: &Fields) -> Result<bool, Error> {
        let id = RecordId::from("5524470");
        match self {
            Self::CreateCustomer => {
                let new = fields.read::<NewCustomer>().custom_fields(fields.custom.clone());
                Ok(crm.create_customer(new).await?.record.is_some())
            }
            Self::UpdateCustomer => {
                let patch = fields.read::<CustomerPatch>().custom_fields(fields.custom.clone());
                Ok(crm.update_customer(&id, patch).await?.record.is_some())
            }
            Self::UpdateContact => {
                let patch = fields.read::<ContactPatch>().custom_fields(fields.custom.clone());
                Ok(crm.update_contact(&id, patch).await?.record.is_some())
            }
            Self::UpdateContacts => {
                let patch = fields.read::<ContactPatch>().custom_fields(fields.custom.clone());
                let rows = crm.update_contacts(vec![(id, patch)]).await?.into_result()?;
                assert_eq!(rows[0].value.id, Some("5524470".into()));
                Ok(false)
            }
            Self::UpdateOpportunity => {
                let patch = fields.read::<OpportunityPatch>().custom_fields(fields.custom.clone());
                Ok(crm.update_opportunity(&id, patch).await?.record.is_some())
            }
        }
    }
}

/// Fields of a patch by name, as a queue would store them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    members: Map<String, Value>,
    custom: CustomFields,
}

impl Fields {
    pub(crate) fn set(mut self, field: &str, custom_key: &str) -> Self {
        if field == "custom_fields" {
            self.custom = CustomFields::new().set(custom_key, "value of custom_fields");
        } else {
            self.members.insert(field.to_owned(), sample(field));
        }
        self
    }

    pub(crate) fn clear(mut self, field: &str, custom_key: &str) -> Self {
        if field == "custom_fields" {
            self.custom = CustomFields::new().clear(custom_key);
        } else {
            self.members.insert(field.to_owned(), Value::Null);
        }
        self
    }

    fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(Value::Object(self.members.clone())).unwrap()
    }
}

/// A value for a field: where it is text, one that names the field.
fn sample(field: &str) -> Value {
    match field {
        "gender" => json!("Female"),
        "birth_date" | "expected_sign_date" | "acquired_at" => json!("1990-01-02"),
        "region" => json!({"province": "value of region"}),
        "tags" => json!(["value of tags"]),
        "staff_size" => json!(12),
        "amount" => json!("20000.10"),
        text => json!(format!("value of {text}")),
    }
}

/// What of a field's value must be found in the body.
pub(crate) fn trace(field: &str) -> String {
    match field {
        // Each vendor has its own word for it.
        "gender" => "\"gender\"".to_owned(),
        "birth_date" | "expected_sign_date" | "acquired_at" => "1990-01-02".to_owned(),
        "staff_size" => "12".to_owned(),
        "amount" => "20000.10".to_owned(),
        text => format!("value of {text}"),
    }
}
