//! `cargo xtask drift`: where a page disagrees with itself, and what the SDK does about it.

mod baseline;
mod compare;
mod example;
mod finding;
mod html;
mod operation;
mod remedy;
mod rows;
#[cfg(test)]
mod tests;
mod text;
mod twins;
mod types;
mod values;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use miette::{Diagnostic, IntoDiagnostic, WrapErr};
use thiserror::Error;

use crate::{
    fixture::{self, Fixture},
    schema,
    vendor::Vendor,
};

use self::finding::Finding;

/// Report where the vendors' documentation contradicts itself
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask drift --vendor dustess
  cargo xtask drift --format html --out drift.html
  cargo xtask drift --check")]
pub(crate) struct Drift {
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Only this vendor
    #[arg(long)]
    vendor: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Fail on a disagreement that fixtures/drift-baseline.json does not know
    #[arg(long, conflicts_with_all = ["update_baseline", "vendor"])]
    check: bool,
    /// Write today's disagreements to fixtures/drift-baseline.json
    #[arg(long, conflicts_with = "vendor")]
    update_baseline: bool,
    /// The workspace to work in: its fixtures/ are read
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// An array of findings, one for each place
    Json,
    /// One self-contained page
    Html,
}

/// All pages and what was found on them.
#[derive(Debug)]
pub(crate) struct Report {
    vendors: Vec<(String, String)>,
    pages: Vec<PageReport>,
}

/// One page.
#[derive(Debug)]
struct PageReport {
    vendor: String,
    operation: String,
    title: Option<String>,
    url: Option<String>,
    updated: Option<String>,
    findings: Vec<Finding>,
}

impl Report {
    fn findings(&self) -> Vec<Finding> {
        self.pages
            .iter()
            .flat_map(|page| page.findings.iter().cloned())
            .collect()
    }
}

#[derive(Debug, Error, Diagnostic)]
enum DriftError {
    #[error("{count} disagreements are not in {path}:\n{list}")]
    #[diagnostic(help(
        "correct the fixture or add a fix-up to vendor.toml; or, when the page is as it is, run\n`cargo xtask drift --update-baseline` and commit the file"
    ))]
    New { count: usize, path: String, list: String },
    #[error("fixtures/ has no vendor `{name}`; it has {known}")]
    UnknownVendor { name: String, known: String },
}

impl Drift {
    pub(crate) fn run(&self) -> miette::Result<()> {
        let fixtures = self
            .root
            .as_ref()
            .map_or_else(fixture::root, |root| root.join("fixtures"));
        let report = report(&fixtures, self.vendor.as_deref())?;
        let path = fixtures.join(BASELINE);
        if self.update_baseline {
            fs::write(&path, baseline::text(&report.findings())).into_diagnostic()?;
            anstream::println!("fixtures/{BASELINE} is up to date: {}", text::summary(&report));
            return Ok(());
        }
        if self.check {
            check(&report, &path)?;
            anstream::println!("nothing new: {}", text::summary(&report));
            return Ok(());
        }
        let shown = match self.format {
            Format::Text => text::render(&report),
            Format::Json => serde_json::to_string_pretty(&report.findings()).into_diagnostic()? + "\n",
            Format::Html => html::render(&report),
        };
        match &self.out {
            Some(path) => fs::write(path, anstream::adapter::strip_str(&shown).to_string())
                .into_diagnostic()
                .wrap_err_with(|| format!("cannot write {}", path.display())),
            None => {
                anstream::print!("{shown}");
                Ok(())
            }
        }
    }
}

/// Beside the vendors' folders.
const BASELINE: &str = "drift-baseline.json";

/// Reads all pages of all vendors, or of one.
pub(crate) fn report(fixtures: &Path, only: Option<&str>) -> miette::Result<Report> {
    let all = Fixture::load_all(fixtures)?;
    if let Some(name) = only.filter(|name| !all.contains_key(*name)) {
        let known: Vec<&str> = all.keys().map(String::as_str).collect();
        return Err(DriftError::UnknownVendor {
            name: name.to_owned(),
            known: known.join(", "),
        }
        .into());
    }
    let mut report = Report {
        vendors: Vec::new(),
        pages: Vec::new(),
    };
    for (name, pages) in all.into_iter().filter(|(name, _)| only.is_none_or(|only| only == name)) {
        let vendor = Vendor::load(&fixtures.join(&name))?;
        let mut fixed = pages.clone();
        vendor.fix(&mut fixed)?;
        for page in &mut fixed {
            // A page that lost them is a finding; the other findings do not need them.
            page.endpoint
                .path
                .get_or_insert_with(|| format!("/{}", page.endpoint.operation));
            page.endpoint.method.get_or_insert_with(|| "POST".to_owned());
        }
        report.vendors.push((name, vendor.title.clone()));
        let schema = schema::build(vendor, &fixed)?;
        report.pages.extend(pages.iter().map(|page| {
            PageReport {
                vendor: schema.vendor.name.clone(),
                operation: page.endpoint.operation.clone(),
                title: page.endpoint.title.clone(),
                url: page
                    .endpoint
                    .source
                    .url
                    .clone()
                    .or_else(|| schema.vendor.rule(&page.endpoint.operation).doc),
                updated: page.endpoint.source.updated.clone(),
                findings: operation::findings(page, &schema),
            }
        }));
    }
    Ok(report)
}

fn check(report: &Report, path: &Path) -> miette::Result<()> {
    let known = baseline::load(path)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", path.display()))?;
    let findings = report.findings();
    let mut listed = BTreeSet::new();
    let new = findings.iter().filter(|finding| {
        let one = baseline::Known::of(finding);
        !known.contains(&one) && listed.insert(one)
    });
    let new: Vec<String> = new
        .map(|one| {
            format!(
                "  {}/{}: {} in {} at {}: {}",
                one.vendor,
                one.operation,
                one.kind.word(),
                one.part,
                one.place,
                one.what
            )
        })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    Err(DriftError::New {
        count: new.len(),
        path: path.display().to_string(),
        list: new.join("\n"),
    }
    .into())
}
