//! `cargo xtask add`: a saved documentation page becomes a fixture.

use std::path::PathBuf;

use clap::Args;

/// Read saved documentation pages (text, markdown or HTML) into fixtures/
#[derive(Args)]
pub(crate) struct Add {
    /// The vendor: a folder of fixtures/
    #[arg(long)]
    vendor: String,
    /// The operation; the page's file name where it is left out
    #[arg(long)]
    name: Option<String>,
    /// Saved pages; `-` is standard input
    #[arg(required = true)]
    pages: Vec<PathBuf>,
}

impl Add {
    pub(crate) fn run(self) -> miette::Result<()> {
        Ok(())
    }
}
