//! `cargo xtask openapi`: what the SDK knows of a vendor, as an OpenAPI 3.1 document for other languages and tools.

mod document;
mod schemas;
#[cfg(test)]
mod tests;

use std::{fs, path::PathBuf};

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic, WrapErr};
use thiserror::Error;

use crate::{fixture, refresh, schema::Schema};

/// Write an OpenAPI 3.1 document per vendor
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask openapi
  cargo xtask openapi --vendor ikcrm --out target/openapi")]
pub(crate) struct Openapi {
    /// Only this vendor
    #[arg(long)]
    vendor: Option<String>,
    /// Where the documents go; docs/openapi of the workspace where it is left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Change nothing; fail when a document would change
    #[arg(long)]
    check: bool,
    /// The workspace to work in: its fixtures/ are read, its docs/openapi/ written
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Error, Diagnostic)]
enum OpenapiError {
    #[error("not what fixtures/ says: {list}")]
    #[diagnostic(help("run `cargo xtask openapi` and commit what it writes"))]
    Stale { list: String },
    #[error("fixtures/ has no vendor `{name}`; it has {known}")]
    UnknownVendor { name: String, known: String },
}

impl Openapi {
    pub(crate) fn run(&self) -> miette::Result<()> {
        let fixtures = self
            .root
            .as_ref()
            .map_or_else(fixture::root, |root| root.join("fixtures"));
        let out = self
            .out
            .clone()
            .unwrap_or_else(|| fixtures.with_file_name("docs").join("openapi"));
        let schemas = refresh::schemas(&fixtures)?;
        if let Some(name) = self
            .vendor
            .as_ref()
            .filter(|name| schemas.iter().all(|schema| schema.vendor.name != **name))
        {
            let known: Vec<&str> = schemas.iter().map(|schema| schema.vendor.name.as_str()).collect();
            return Err(OpenapiError::UnknownVendor {
                name: name.clone(),
                known: known.join(", "),
            }
            .into());
        }
        let wanted = |schema: &&Schema| self.vendor.as_ref().is_none_or(|name| schema.vendor.name == *name);
        let mut stale = Vec::new();
        for schema in schemas.iter().filter(wanted) {
            let path = out.join(format!("{}.json", schema.vendor.name));
            let text = document::document(schema).pretty();
            if fs::read_to_string(&path).is_ok_and(|standing| standing == text) {
                continue;
            }
            stale.push(
                path.strip_prefix(fixtures.parent().unwrap_or(&fixtures))
                    .unwrap_or(&path)
                    .display()
                    .to_string(),
            );
            if !self.check {
                fs::create_dir_all(&out)
                    .and_then(|()| fs::write(&path, text))
                    .into_diagnostic()
                    .wrap_err_with(|| format!("cannot write {}", path.display()))?;
            }
        }
        if self.check && !stale.is_empty() {
            return Err(OpenapiError::Stale { list: stale.join(", ") }.into());
        }
        for path in &stale {
            anstream::println!("~ {path}");
        }
        anstream::println!(
            "{} OpenAPI documents, {} changed",
            schemas.iter().filter(wanted).count(),
            stale.len()
        );
        Ok(())
    }
}
