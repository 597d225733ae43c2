//! `fixtures/drift-baseline.json`: the disagreements that are known, so that only new ones fail.

use std::{collections::BTreeSet, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Kind};

/// One known disagreement. Lines, the number of an example and the indexes of lists are left out: a page that grows a
/// row or an example has nothing new in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    vendor: String,
    operation: String,
    kind: Kind,
    #[serde(rename = "in")]
    part: String,
    #[serde(rename = "where")]
    place: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    detail: String,
}

impl Known {
    pub(crate) fn of(finding: &Finding) -> Self {
        Self {
            vendor: finding.vendor.clone(),
            operation: finding.operation.clone(),
            kind: finding.kind,
            part: finding.part.word().to_owned(),
            place: finding.pattern(),
            detail: finding.detail.clone(),
        }
    }
}

/// The file's text for these findings: one line each, so that a diff reads.
pub(crate) fn text(findings: &[Finding]) -> String {
    let known: BTreeSet<Known> = findings.iter().map(Known::of).collect();
    // Texts and words always have a JSON form.
    let lines: Vec<String> = known.iter().filter_map(|one| serde_json::to_string(one).ok()).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// Reads the file; none is an empty one.
pub(crate) fn load(path: &Path) -> io::Result<BTreeSet<Known>> {
    match fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).map_err(io::Error::from),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}
