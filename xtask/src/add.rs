//! `cargo xtask add`: a saved documentation page becomes a fixture.

use std::path::PathBuf;

use clap::Args;
use miette::IntoDiagnostic;

/// Read saved documentation pages (text, markdown or HTML) into fixtures/
#[derive(Args)]
pub(crate) struct Add {
    /// The vendor: a folder of fixtures/
    #[arg(long)]
    vendor: String,
    /// The operation; the page's file name where it is left out
    #[arg(long)]
    name: Option<String>,
    /// Where the fixtures are; the workspace's own where it is left out
    #[arg(long)]
    fixtures: Option<PathBuf>,
    /// Saved pages; `-` is standard input
    #[arg(required = true)]
    pages: Vec<PathBuf>,
}

impl Add {
    pub(crate) fn run(self) -> miette::Result<()> {
        let root = self.fixtures.unwrap_or_else(crate::fixture::root);
        for page in &self.pages {
            let stem = page
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            let name = self.name.clone().unwrap_or(stem);
            let bytes = std::fs::read(page).into_diagnostic()?;
            crate::page::read(&name, &bytes).write(&root.join(&self.vendor).join(&name))?;
        }
        Ok(())
    }
}
