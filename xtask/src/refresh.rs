//! `cargo xtask refresh`: fixtures -> generated code. A pure function of `fixtures/`: no clock, no network, no
//! environment.

mod write;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic, WrapErr};
use thiserror::Error;

use crate::{
    emit,
    fixture::{self, Fixture},
    schema::{self, Schema},
    vendor::Vendor,
};

/// Write every vendor's models, operations and tests anew from fixtures/
#[derive(Args)]
pub(crate) struct Refresh {
    /// Change nothing; fail when something would change
    #[arg(long)]
    check: bool,
    /// The workspace to work in: its fixtures/ are read, its crates/ written
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Error, Diagnostic)]
enum RefreshError {
    #[error("{count} generated files are not what fixtures/ says:\n{list}")]
    #[diagnostic(help("run `cargo xtask refresh` and commit what it writes"))]
    Stale { count: usize, list: String },
}

impl Refresh {
    pub(crate) fn run(&self) -> miette::Result<()> {
        let fixtures = self.root.as_ref().map_or_else(fixture::root, |root| root.join("fixtures"));
        let root = workspace_root(&fixtures);
        let files = generate(&fixtures)?;
        let changes = write::changes(&root, &files).into_diagnostic()?;
        if self.check {
            if changes.is_empty() {
                anstream::println!("{} generated files are what fixtures/ says", files.len());
                return Ok(());
            }
            let list: Vec<String> = changes.iter().map(|change| format!("  {change}")).collect();
            return Err(RefreshError::Stale { count: changes.len(), list: list.join("\n") }.into());
        }
        write::apply(&root, &files, &changes).into_diagnostic().wrap_err("nothing was changed")?;
        for change in &changes {
            anstream::println!("{change}");
        }
        anstream::println!("{} generated files, {} changed", files.len(), changes.len());
        Ok(())
    }
}

/// All generated files of all vendors.
pub(crate) fn generate(fixtures: &Path) -> miette::Result<emit::Files> {
    let mut files = emit::Files::new();
    for schema in schemas(fixtures)? {
        files.extend(emit::vendor(&schema));
    }
    Ok(files)
}

/// Every vendor's fixtures as a schema, fix-ups applied.
pub(crate) fn schemas(fixtures: &Path) -> miette::Result<Vec<Schema>> {
    let all: BTreeMap<String, Vec<Fixture>> = Fixture::load_all(fixtures)?;
    let mut schemas = Vec::new();
    for (name, mut fixtures_of) in all {
        let vendor = Vendor::load(&fixtures.join(&name))?;
        vendor.fix(&mut fixtures_of)?;
        schemas.push(schema::build(vendor, &fixtures_of)?);
    }
    Ok(schemas)
}

/// The folder that holds `fixtures/`.
fn workspace_root(fixtures: &Path) -> PathBuf {
    fixtures.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Whether a file is ours to overwrite and delete.
fn is_generated(path: &Path) -> bool {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("rs") => fs::read_to_string(path).is_ok_and(|text| text.starts_with("// @generated")),
        Some("json") => path.components().any(|part| part.as_os_str() == "generated"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_code_is_what_the_fixtures_say() {
        let root = workspace_root(&fixture::root());
        let files = generate(&fixture::root()).unwrap();
        let changes = write::changes(&root, &files).unwrap();
        let list: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert!(list.is_empty(), "run `cargo xtask refresh` and commit what it writes:\n{}", list.join("\n"));
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let once = generate(&fixture::root()).unwrap();
        assert_eq!(once, generate(&fixture::root()).unwrap());
    }
}
