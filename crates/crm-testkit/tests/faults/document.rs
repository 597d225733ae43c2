//! The matrix as a document: `docs/faults.md` holds what the tests prove.

use std::fmt::Write;
use std::path::Path;

use crm_testkit::faults::{Fault, Times};

use crate::expectations::{concerns_login, expected};
use crate::operations::{Case, Way, all};

const BEGIN: &str = "<!-- matrix: begin -->";
const END: &str = "<!-- matrix: end -->";

/// One table per vendor and duration: faults down, operations across, for typed calls.
pub(crate) fn tables(cases: &[Case]) -> String {
    let mut text = String::new();
    let mut vendors: Vec<_> = cases.iter().map(|case| case.info.vendor).collect();
    vendors.dedup();
    for vendor in vendors {
        let cases: Vec<_> = cases.iter().filter(|case| case.info.vendor == vendor).collect();
        for (times, title) in [
            (Times::Always, "every call meets the fault"),
            (Times::Once, "the first call meets it"),
        ] {
            let _ = write!(text, "\n### {vendor}: {title}\n\n| fault |");
            for case in &cases {
                let class = match (case.info.writes, case.info.idempotent) {
                    (false, _) => "reads",
                    (true, true) => "writes, repeatable",
                    (true, false) => "writes, once",
                };
                let _ = write!(text, " {} ({class}) |", case.info.name);
            }
            let _ = write!(text, "\n|---|{}\n", "---|".repeat(cases.len()));
            for fault in Fault::ALL {
                let cells: String = cases
                    .iter()
                    .map(|case| format!(" {} |", cell(case, fault, times)))
                    .collect();
                let _ = writeln!(text, "| {fault:?} |{cells}");
            }
        }
    }
    text
}

/// What a call comes to, `?` when it may have been applied, and how often it reaches the vendor when that is not once.
fn cell(case: &Case, fault: Fault, times: Times) -> String {
    if concerns_login(fault) && !case.logs_in {
        return "–".to_owned();
    }
    let outcome = expected(fault, times, case.info, Way::Typed);
    let (what, unknown) = match outcome.error {
        None => ("ok", ""),
        Some(failure) => (failure.kind.as_str(), if failure.maybe_applied { "?" } else { "" }),
    };
    match outcome.calls {
        1 => format!("{what}{unknown}"),
        calls => format!("{what}{unknown} ×{calls}"),
    }
}

#[test]
fn the_documented_matrix_is_the_one_that_is_proved() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/faults.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document
        .split_once(BEGIN)
        .expect("the document has a place for the matrix");
    let (_, after) = rest.split_once(END).unwrap();
    let proved = format!("{before}{BEGIN}\n{}\n{END}{after}", tables(&all()));
    if std::env::var_os("FAULT_MATRIX").is_some() {
        return std::fs::write(&path, &proved).unwrap();
    }
    assert!(
        document == proved,
        "docs/faults.md is behind; FAULT_MATRIX=1 cargo test -p crm-testkit --test faults writes it"
    );
}
