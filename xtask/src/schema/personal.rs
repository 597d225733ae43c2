//! Which fields say something of a person, and are hidden in `Debug`.

use super::Type;

/// Models that are people, or the companies that a tenant sells to.
const PEOPLE: &[&str] = &[
    "Contact",
    "Customer",
    "CommonCustomer",
    "User",
    "Lead",
    "Employee",
    "Owner",
    "Creator",
];

/// Key words of text that says nothing of anybody.
const PLAIN: &[&str] = &[
    "status",
    "state",
    "stage",
    "_mapped",
    "_i18n",
    "type",
    "kind",
    "category",
    "source",
    "industry",
    "mode",
    "format",
    "sort",
    "code",
    "color",
    "policy",
    "distance",
    "index",
    "unit",
    "version",
    "scope",
    "rate",
    "margin",
    "possibility",
    "is_",
    "can_",
    "step",
    "position",
    "field_",
    "column",
    "order",
    "role_id",
    "organization_id",
    "attachments",
];

/// Label words of text that is about somebody.
const PERSONAL_LABELS: &[&str] = &[
    "姓名",
    "手机",
    "电话",
    "邮箱",
    "地址",
    "身份证",
    "微信",
    "生日",
    "备注",
    "描述",
    "名称",
    "名字",
];

/// Whether a field is hidden: names, phones, mails, addresses, ids of persons and free text are, amounts, dates, codes
/// and flags are not. In doubt a text is hidden.
pub(crate) fn hides(model: &str, key: &str, kind: &Type, label: Option<&str>) -> bool {
    let key = key.to_ascii_lowercase();
    let person = PEOPLE.contains(&model);
    match kind {
        Type::Bool | Type::Int | Type::Float | Type::Model(_) | Type::Boxed(_) => false,
        Type::Number => matches!(key.as_str(), "lat" | "lng"),
        Type::DateTime => key.contains("birth"),
        Type::Id => {
            (person && matches!(key.as_str(), "id" | "uuid" | "uid"))
                || [
                    "user", "contact", "customer", "owner", "creator", "uid", "wx", "emp", "staff",
                ]
                .iter()
                .any(|word| key.contains(word))
        }
        Type::List(element) => hides(model, &key, element, label),
        Type::Text | Type::Scalar | Type::Json => {
            let told = label.is_some_and(|label| PERSONAL_LABELS.iter().any(|word| label.contains(word)));
            told && !key.contains("status") || !PLAIN.iter().any(|word| key.contains(word))
        }
    }
}
