//! Neutral patches as dustess's rows. What is left in a patch after its fields were taken is refused by name.

use std::mem::take;

use crm_core::{ContactPatch, CustomFields, CustomValue, Error, Gender, Patch, RecordId, Region};

use crate::FieldType;
use crate::custom_field::Slot;
use crate::inputs::{ContactEdit, CustomFieldValue, Mobile};
use crate::protocol::VENDOR;

pub(super) const CONTACT: &[&str] = &[
    "name",
    "phone",
    "tel",
    "email",
    "wechat",
    "qq",
    "address",
    "region",
    "job",
    "gender",
    "birth_date",
    "note",
    "category",
    "customer_id",
    "company",
    "source",
    "status",
    "owner_id",
    "pool_id",
    "tags",
    "custom_fields",
];

/// `place` stands before the names of fields in errors.
pub(super) fn contact_edit(id: &RecordId, mut patch: ContactPatch, place: &str) -> Result<ContactEdit, Error> {
    let edit = ContactEdit {
        remark: take(&mut patch.name),
        mobiles: mobiles(take(&mut patch.phone), take(&mut patch.tel), place)?,
        email: take(&mut patch.email),
        wx: take(&mut patch.wechat),
        qq: take(&mut patch.qq),
        address: take(&mut patch.address),
        prov_city: take(&mut patch.region).map(region),
        position: take(&mut patch.job),
        gender: gender(take(&mut patch.gender), place)?,
        birthday: take(&mut patch.birth_date).map(|date| date.to_string()),
        description: take(&mut patch.note),
        category_id: take(&mut patch.category).map(|id| id.to_string()),
        corp_id: take(&mut patch.customer_id).map(|id| id.to_string()),
        corp_full_name: take(&mut patch.company),
        source: take(&mut patch.source).map(|id| id.to_string()),
        status: take(&mut patch.status).map(|id| id.to_string()),
        owner: take(&mut patch.owner_id).map(|id| id.to_string()),
        pool: take(&mut patch.pool_id).map(|id| id.to_string()),
        tags: take(&mut patch.tags),
        custom_fields: custom_fields(take(&mut patch.custom_fields), place)?,
        ..ContactEdit::new().id(id.to_string())
    };
    patch.refuse_rest(VENDOR, place)?;
    Ok(edit)
}

/// The vendor keeps all phones in one list, which a row replaces as a whole.
fn mobiles(phone: Patch<String>, tel: Patch<String>, place: &str) -> Result<Patch<Vec<Mobile>>, Error> {
    let lone = |field: &str| {
        let what = "the vendor keeps phones in one list: to empty it, clear phone and tel together";
        Error::unsupported(VENDOR, format!("{place}{field}"), what)
    };
    match (&phone, &tel) {
        (Patch::Keep, Patch::Keep) => return Ok(Patch::Keep),
        (Patch::Clear, Patch::Keep) => return Err(lone("phone")),
        (Patch::Keep, Patch::Clear) => return Err(lone("tel")),
        _ => {}
    }
    let way = |kind: &str, display: &str, number: Patch<String>| match number {
        Patch::Set(number) => Some(Mobile::new().tel(number).r#type(kind).display(display)),
        Patch::Keep | Patch::Clear => None,
    };
    let ways: Vec<Mobile> = [way("mobile", "手机号", phone), way("landline", "座机", tel)]
        .into_iter()
        .flatten()
        .collect();
    Ok(if ways.is_empty() {
        Patch::Clear
    } else {
        Patch::Set(ways)
    })
}

/// 0 is "unknown", 1 male, 2 female.
fn gender(gender: Patch<Gender>, place: &str) -> Result<Patch<i64>, Error> {
    Ok(match gender {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Set(0),
        Patch::Set(Gender::Male) => Patch::Set(1),
        Patch::Set(Gender::Female) => Patch::Set(2),
        Patch::Set(_) => {
            return Err(Error::unsupported(
                VENDOR,
                format!("{place}gender"),
                "the vendor knows male and female",
            ));
        }
    })
}

/// `四川省-成都市-武侯区`, or its beginning.
fn region(region: Region) -> String {
    let mut text = region.province;
    for part in [region.city, region.district].into_iter().flatten() {
        text.push('-');
        text.push_str(&part);
    }
    text
}

/// Neutral custom fields, whose keys say the type: `radio:field01`.
fn custom_fields(fields: CustomFields, place: &str) -> Result<Patch<Vec<CustomFieldValue>>, Error> {
    if fields.is_empty() {
        return Ok(Patch::Keep);
    }
    let values = fields.iter().map(|(key, field)| {
        custom_field(key, &field.value)
            .map_err(|what| Error::unsupported(VENDOR, format!("{place}custom_fields.{key}"), what))
    });
    values.collect::<Result<Vec<_>, _>>().map(Patch::Set)
}

fn custom_field(key: &str, value: &CustomValue) -> Result<CustomFieldValue, &'static str> {
    let (kind, id) = key
        .split_once(':')
        .ok_or("the vendor needs the field's type: write the key as `radio:field01`")?;
    let kind: FieldType = kind
        .parse()
        .map_err(|_| "the part before `:` is no field type of the vendor")?;
    let field = CustomFieldValue::new().id(id).r#type(kind.as_str());
    match (kind.slot(), value) {
        (Slot::Text, CustomValue::Empty) => Ok(field.string_value("")),
        (Slot::Text, CustomValue::Text(text)) => Ok(field.string_value(text.as_str())),
        (Slot::Options, CustomValue::Empty) => Ok(field.array_value(Vec::new())),
        (Slot::Options, CustomValue::Options(options)) => Ok(field.array_value(options.clone())),
        (Slot::Options, CustomValue::Text(option)) => Ok(field.array_value(vec![option.clone()])),
        (Slot::Number, CustomValue::Number(number)) => {
            let number = number.as_f64().filter(|number| number.is_finite());
            Ok(field.float_value(number.ok_or("is no number that fits a double")?))
        }
        (Slot::Number, CustomValue::Empty) => Err("the vendor's page does not say how a number is emptied"),
        _ => Err("the value is of another kind than the field's type takes"),
    }
}
