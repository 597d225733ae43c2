//! What a run of `refresh` changes for those who use the crate, in words, and what that means for its version.

use std::{collections::BTreeMap, fmt};

use super::api::{Api, Field, Item, Kind};

/// What a change means for the version, smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Semver {
    Nothing,
    Patch,
    Minor,
    Major,
}

impl fmt::Display for Semver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "no change",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// One sentence of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) semver: Semver,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let breaking = if self.semver == Semver::Major {
            " (breaking)"
        } else {
            ""
        };
        write!(f, "{}{breaking}", self.text)
    }
}

fn minor(text: String) -> Line {
    Line {
        text,
        semver: Semver::Minor,
    }
}

fn major(text: String) -> Line {
    Line {
        text,
        semver: Semver::Major,
    }
}

/// The difference between what stands and what comes, in the order of the names.
pub(crate) fn words(standing: &Api, next: &Api) -> Vec<Line> {
    if standing.items.is_empty() && !next.items.is_empty() {
        let count = |kind| next.items.values().filter(|item| item.kind == kind).count();
        let (operations, models, inputs) = (count(Kind::Operation), count(Kind::Model), count(Kind::Input));
        return vec![minor(format!(
            "+ everything: {operations} operations, {models} models, {inputs} inputs"
        ))];
    }
    let mut lines = Vec::new();
    for (name, item) in both(&standing.items, &next.items) {
        let short = name.rsplit("::").next().unwrap_or(name);
        match item {
            (None, Some(new)) => lines.push(minor(format!("+ {} {short}{}", new.kind.word(), about(new)))),
            (Some(old), None) => lines.push(major(format!("- {} {short}", old.kind.word()))),
            (Some(old), Some(new)) => self::item(short, old, new, &mut lines),
            (None, None) => {}
        }
    }
    lines
}

fn about(item: &Item) -> String {
    match item.kind {
        Kind::Operation => format!(": {}", item.does),
        Kind::Model | Kind::Input => match item.fields.len() {
            1 => " (1 field)".to_owned(),
            count => format!(" ({count} fields)"),
        },
    }
}

fn item(name: &str, old: &Item, new: &Item, lines: &mut Vec<Line>) {
    if old.does != new.does {
        let answer = |does: &str| does.rsplit_once(", answers ").map(|(_, answer)| answer.to_owned());
        let change = format!("~ operation {name}: {} -> {}", old.does, new.does);
        // Another method or path is the same call to those who make it; another answer is not.
        lines.push(if answer(&old.does) == answer(&new.does) {
            minor(change)
        } else {
            major(change)
        });
    }
    let word = if old.kind == Kind::Operation {
        "parameter"
    } else {
        "field"
    };
    for (field, pair) in both(&old.fields, &new.fields) {
        match pair {
            (None, Some(_)) => lines.push(minor(format!("+ {word} {name}.{field}"))),
            (Some(_), None) => lines.push(major(format!("- {word} {name}.{field}"))),
            (Some(old), Some(new)) => lines.extend(changed(name, field, old, new)),
            (None, None) => {}
        }
    }
    if let (Some(old), Some(new)) = (&old.new, &new.new)
        && old != new
    {
        lines.push(major(format!(
            "~ new {name}::new({}) -> ({})",
            old.join(", "),
            new.join(", ")
        )));
    }
}

fn changed(name: &str, field: &str, old: &Field, new: &Field) -> Option<Line> {
    if old.kind != new.kind {
        let (old, new) = shortest(&old.kind, &new.kind);
        return Some(major(format!("~ type {name}.{field}: {old} -> {new}")));
    }
    (old.key != new.key).then(|| minor(format!("~ key {name}.{field}: {} -> {}", old.key, new.key)))
}

/// `Option<String>` to `Option<Number>` is `String` to `Number`.
fn shortest<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str) {
    for wrap in ["Option<", "Patch<"] {
        let inner = |text: &'a str| text.strip_prefix(wrap).and_then(|rest| rest.strip_suffix('>'));
        if let (Some(old), Some(new)) = (inner(old), inner(new)) {
            return (old, new);
        }
    }
    (old, new)
}

/// What stands and what comes under one name.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// Every key of either map with what each has.
fn both<'a, T>(old: &'a BTreeMap<String, T>, new: &'a BTreeMap<String, T>) -> BTreeMap<&'a String, Pair<'a, T>> {
    let mut all: BTreeMap<&String, Pair<'_, T>> = BTreeMap::new();
    for (key, value) in old {
        all.entry(key).or_default().0 = Some(value);
    }
    for (key, value) in new {
        all.entry(key).or_default().1 = Some(value);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDING: &str = "\
operation UpdateContact: PUT /contacts/:id, answers Contact
    new(id)
    id: Id = \"id\"
    name: Patch<String> = \"contact[name]\"

operation Login: POST /login, answers Login
    new(user)
    user: String = \"user\"

model models::Contact
    amount: Option<String> = \"amount\"
    name: Option<String> = \"name\"
    note: Option<String> = \"note\"
";

    fn after(change: impl Fn(&mut Api)) -> (Vec<String>, Semver) {
        let standing = Api::parse(STANDING);
        let mut next = standing.clone();
        change(&mut next);
        let lines = words(&standing, &next);
        let semver = lines.iter().map(|line| line.semver).max().unwrap_or(Semver::Nothing);
        (lines.iter().map(ToString::to_string).collect(), semver)
    }

    fn field(kind: &str, key: &str) -> Field {
        Field {
            kind: kind.to_owned(),
            key: key.to_owned(),
        }
    }

    #[test]
    fn a_listing_is_read_as_it_is_written() {
        let api = Api::parse(STANDING);
        assert_eq!(api.items.len(), 3);
        assert_eq!(Api::parse(&api.to_string()), api);
        let mut odd = api;
        let contact = odd.items.get_mut("models::Contact");
        contact.into_iter().for_each(|item| {
            item.fields
                .insert("x".to_owned(), field("Json", "a = \"b\"\n    evil: Json = \"\""));
        });
        assert_eq!(Api::parse(&odd.to_string()), odd);
    }

    #[test]
    fn nothing_changed_is_no_change() {
        assert_eq!(after(|_| {}), (vec![], Semver::Nothing));
    }

    #[test]
    fn what_comes_is_minor() {
        let (lines, semver) = after(|api| {
            if let Some(item) = api.items.get_mut("models::Contact") {
                item.fields.insert(
                    "ding_ext_contact_id".to_owned(),
                    field("Option<Id>", "ding_ext_contact_id"),
                );
            }
            let new = Item {
                kind: Kind::Operation,
                does: "GET /users, answers UserPage".to_owned(),
                new: Some(vec![]),
                fields: BTreeMap::new(),
            };
            api.items.insert("ListUsers".to_owned(), new);
        });
        assert_eq!(
            lines,
            [
                "+ operation ListUsers: GET /users, answers UserPage",
                "+ field Contact.ding_ext_contact_id"
            ]
        );
        assert_eq!(semver, Semver::Minor);
    }

    #[test]
    fn what_goes_or_takes_another_type_is_breaking() {
        let (lines, semver) = after(|api| {
            api.items.remove("Login");
            if let Some(item) = api.items.get_mut("models::Contact") {
                item.fields
                    .insert("amount".to_owned(), field("Option<Number>", "amount"));
                item.fields.remove("note");
            }
        });
        let expected = [
            "- operation Login (breaking)",
            "~ type Contact.amount: String -> Number (breaking)",
            "- field Contact.note (breaking)",
        ];
        assert_eq!(lines, expected);
        assert_eq!(semver, Semver::Major);
    }

    #[test]
    fn what_a_call_must_be_given_is_breaking_and_where_it_goes_is_not() {
        let (lines, semver) = after(|api| {
            if let Some(item) = api.items.get_mut("UpdateContact") {
                item.fields.insert("name".to_owned(), field("String", "contact[name]"));
                item.new = Some(vec!["id".to_owned(), "name".to_owned()]);
            }
        });
        let expected = [
            "~ type UpdateContact.name: Patch<String> -> String (breaking)",
            "~ new UpdateContact::new(id) -> (id, name) (breaking)",
        ];
        assert_eq!((lines, semver), (expected.map(str::to_owned).to_vec(), Semver::Major));
        let (lines, semver) = after(|api| {
            if let Some(item) = api.items.get_mut("UpdateContact") {
                item.does = "PUT /v3/contacts/:id, answers Contact".to_owned();
            }
        });
        assert_eq!(
            lines,
            ["~ operation UpdateContact: PUT /contacts/:id, answers Contact -> PUT /v3/contacts/:id, answers Contact"]
        );
        assert_eq!(semver, Semver::Minor);
    }
}
