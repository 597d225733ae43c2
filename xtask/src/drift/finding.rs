//! One disagreement of a page with itself.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// What kind of disagreement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// An example has a key that the page's table lacks.
    UndocumentedInExample,
    /// A response table has a row that no example of the page shows.
    DocumentedNotInExample,
    /// Two spellings of one name.
    NameTwin,
    /// An example's value is not of the type that the table gives.
    TypeConflict,
    /// A request example leaves out what the table requires.
    RequiredButAbsent,
    /// An example's value is none of those that a label lists.
    ValueNotDocumented,
    /// The page breaks its own form, and the reader mended it.
    TableSlip,
    /// The page does not say the path or the method.
    MissingPath,
}

impl Kind {
    pub(crate) const ALL: [Self; 8] = [
        Self::MissingPath,
        Self::NameTwin,
        Self::TypeConflict,
        Self::RequiredButAbsent,
        Self::ValueNotDocumented,
        Self::UndocumentedInExample,
        Self::DocumentedNotInExample,
        Self::TableSlip,
    ];

    /// The word of the JSON report.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::UndocumentedInExample => "undocumented_in_example",
            Self::DocumentedNotInExample => "documented_not_in_example",
            Self::NameTwin => "name_twin",
            Self::TypeConflict => "type_conflict",
            Self::RequiredButAbsent => "required_but_absent",
            Self::ValueNotDocumented => "value_not_documented",
            Self::TableSlip => "table_slip",
            Self::MissingPath => "missing_path",
        }
    }

    /// What a person calls it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::UndocumentedInExample => "in an example, not documented",
            Self::DocumentedNotInExample => "documented, in no example",
            Self::NameTwin => "two spellings of one name",
            Self::TypeConflict => "another type than documented",
            Self::RequiredButAbsent => "required, but absent",
            Self::ValueNotDocumented => "a value outside the documented ones",
            Self::TableSlip => "a slip of the page",
            Self::MissingPath => "the path is missing",
        }
    }
}

/// What of a page a finding points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    Table,
    /// From 1, in page order.
    Request(usize),
    Response(usize),
}

impl Part {
    /// The part without the example's number.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Request(_) => "request",
            Self::Response(_) => "response",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table => f.write_str("table"),
            Self::Request(number) => write!(f, "request {number}"),
            Self::Response(number) => write!(f, "response {number}"),
        }
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One disagreement at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    pub(crate) vendor: String,
    pub(crate) operation: String,
    pub(crate) kind: Kind,
    #[serde(rename = "in")]
    pub(crate) part: Part,
    /// A JSON pointer into the example, or the name of the table's row.
    #[serde(rename = "where")]
    pub(crate) place: String,
    /// What disagrees with what, and what the SDK does about it.
    pub(crate) what: String,
    /// The page's line; null where the fixture does not know it.
    pub(crate) line: Option<usize>,
    /// What tells two findings of one kind at one place apart: the value, the type. The same thing in many rows of a
    /// list has the same.
    #[serde(skip)]
    pub(crate) detail: String,
}

impl Finding {
    /// The place with the indexes of lists left out: the same for every row of a list.
    pub(crate) fn pattern(&self) -> String {
        pattern(self.part, &self.place)
    }

    /// What makes two findings the same disagreement, in whichever row and example.
    pub(crate) fn identity(&self) -> (&str, &str, Kind, &'static str, String, &str) {
        (
            &self.vendor,
            &self.operation,
            self.kind,
            self.part.word(),
            self.pattern(),
            &self.detail,
        )
    }
}

fn pattern(part: Part, place: &str) -> String {
    if part == Part::Table {
        return place.to_owned();
    }
    let is_index = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = place
        .split('/')
        .map(|part| if is_index(part) { "*" } else { part })
        .collect();
    parts.join("/")
}

/// The same disagreement at one or more places, for a reader: fifty rows of a list are one entry.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) first: &'a Finding,
    pub(crate) others: Vec<&'a Finding>,
}

/// Puts the same disagreements together, in the order of their first place.
pub(crate) fn grouped<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for finding in findings {
        match known.entry(finding.identity()) {
            std::collections::hash_map::Entry::Occupied(at) => {
                let at: &usize = at.get();
                groups[*at].others.push(finding);
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(groups.len());
                groups.push(Group {
                    first: finding,
                    others: Vec::new(),
                });
            }
        }
    }
    groups
}
