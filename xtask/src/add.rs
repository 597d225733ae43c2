//! `cargo xtask add`: a saved documentation page becomes a fixture.
//!
//! First everything is read, then everything is shown, then everything is written: what fails, fails before a file has
//! changed.

mod capture;
mod diff;
mod name;
mod report;
mod scrub;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use miette::Diagnostic;

use crate::fixture::{self, Fixture, Slip};
use crate::page;

/// Read saved documentation pages (text, markdown or HTML) into fixtures/
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Add {
    /// The vendor: a folder of fixtures/
    #[arg(long)]
    vendor: String,
    /// The operation; each page's file name where it is left out
    #[arg(long)]
    name: Option<String>,
    /// The method, where the page does not say it
    #[arg(long)]
    method: Option<String>,
    /// The path, where the page does not say it
    #[arg(long)]
    path: Option<String>,
    /// The title, where the page has none
    #[arg(long)]
    title: Option<String>,
    /// The address of the page
    #[arg(long)]
    url: Option<String>,
    /// Show what would change and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Where the fixtures are; the workspace's own where it is left out
    #[arg(long, value_name = "DIR")]
    fixtures: Option<PathBuf>,
    /// A browser's capture: its answers to this operation become examples, without anybody's data
    #[arg(long, value_name = "FILE", requires = "name")]
    har: Option<PathBuf>,
    /// A captured answer (JSON) that becomes one more example, without anybody's data
    #[arg(long, value_name = "FILE", requires = "name")]
    response: Option<PathBuf>,
    /// Saved pages; `-` is standard input
    #[arg(required_unless_present_any = ["har", "response"])]
    pages: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask add --vendor ikcrm --name contact_update page.txt
  cargo xtask add --vendor ikcrm --dry-run pages/*.html
  pbpaste | cargo xtask add --vendor ikcrm --name contact_update --path /api/v2/contacts/:id -
  cargo xtask add --vendor ikcrm --name contact_update --response answer.json";

/// Why nothing was added.
#[derive(Debug, thiserror::Error, Diagnostic)]
enum AddError {
    #[error("{} cannot be read", path.display())]
    #[diagnostic(
        code(add::page),
        help("save the page as text, markdown or HTML, and name the file; `-` is standard input")
    )]
    Page {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{name}` is no name for {what}")]
    #[diagnostic(
        code(add::name),
        help(
            "a letter, then small letters, digits and `_`: it names a folder and becomes part of Rust names; --{flag} gives it"
        )
    )]
    Name {
        name: String,
        what: &'static str,
        flag: &'static str,
    },
    #[error("two pages are to become {vendor}/{operation}")]
    #[diagnostic(code(add::twice), help("add them one by one, each with its own --name"))]
    Twice { vendor: String, operation: String },
    #[error("{flag} speaks of one page, and there are {pages}")]
    #[diagnostic(code(add::many), help("add the pages one by one, or leave the flag out"))]
    Many { flag: &'static str, pages: usize },
    #[error("`{method}` is no method")]
    #[diagnostic(code(add::method), help("GET, POST, PUT, PATCH or DELETE"))]
    Method { method: String },
    #[error("`{path}` is no path")]
    #[diagnostic(
        code(add::path),
        help("it begins with `/` and has neither host nor query: --path /api/v2/contacts/:id")
    )]
    Path { path: String },
}

/// A page that has been read.
struct Job {
    /// Where it came from, for a person.
    shown: String,
    dir: PathBuf,
    fixture: Fixture,
    /// The page's text, for excerpts.
    text: String,
}

impl Add {
    pub(crate) fn run(self) -> miette::Result<()> {
        self.check()?;
        let root = self.fixtures.clone().unwrap_or_else(fixture::root);
        let vendor = root.join(&self.vendor);
        if self.pages.is_empty() {
            return capture::run(&self, &vendor);
        }
        let jobs = self.read(&vendor)?;
        for job in &jobs {
            report::job(&self, job, &root);
        }
        if !self.dry_run {
            for job in &jobs {
                job.fixture.write(&job.dir)?;
            }
        }
        report::end(&self, jobs.len());
        if self.har.is_some() || self.response.is_some() {
            return capture::run(&self, &vendor);
        }
        Ok(())
    }

    fn check(&self) -> Result<(), AddError> {
        name::check(&self.vendor, "a vendor", "vendor")?;
        if let Some(name) = &self.name {
            name::check(name, "an operation", "name")?;
        }
        let pages = self.pages.len();
        let single = [
            ("--name", &self.name),
            ("--method", &self.method),
            ("--path", &self.path),
            ("--title", &self.title),
            ("--url", &self.url),
        ];
        if let Some((flag, _)) = single.iter().find(|(_, value)| value.is_some()).filter(|_| pages > 1) {
            return Err(AddError::Many { flag, pages });
        }
        if let Some(method) = self.method.as_ref().filter(|method| page::method(method).is_none()) {
            return Err(AddError::Method { method: method.clone() });
        }
        if let Some(path) = self
            .path
            .as_ref()
            .filter(|path| page::path(path).as_ref() != Some(path))
        {
            return Err(AddError::Path { path: path.clone() });
        }
        Ok(())
    }

    fn read(&self, vendor: &Path) -> Result<Vec<Job>, AddError> {
        let mut jobs: Vec<Job> = Vec::new();
        let bar = progress(self.pages.len());
        for path in &self.pages {
            bar.set_message(path.display().to_string());
            let operation = match &self.name {
                Some(name) => name.clone(),
                None => name::of_page(path)?,
            };
            let bytes = if path.as_os_str() == "-" {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            } else {
                fs::read(path)
            };
            let bytes = bytes.map_err(|source| AddError::Page {
                path: path.clone(),
                source,
            })?;
            let dir = vendor.join(&operation);
            if jobs.iter().any(|job| job.dir == dir) {
                return Err(AddError::Twice {
                    vendor: self.vendor.clone(),
                    operation,
                });
            }
            let mut fixture = page::read(&operation, &bytes);
            self.supply(&mut fixture);
            if let Ok(standing) = Fixture::load(&dir) {
                fixture.keep_from(standing);
            }
            let shown = if path.as_os_str() == "-" {
                "standard input".to_owned()
            } else {
                path.display().to_string()
            };
            jobs.push(Job {
                shown,
                dir,
                fixture,
                text: page::text(&bytes),
            });
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(jobs)
    }

    /// What the page left out and a flag gives.
    fn supply(&self, fixture: &mut Fixture) {
        let given = |flag: &Option<String>, value: &mut Option<String>, kind: &str, slips: &mut Vec<Slip>| {
            if let Some(flag) = flag {
                *value = Some(flag.clone());
                for slip in slips.iter_mut().filter(|slip| slip.kind == kind) {
                    slip.mended = Some("given when the page was added".to_owned());
                }
            }
        };
        let (endpoint, slips) = (&mut fixture.endpoint, &mut fixture.page.slips);
        let method = self.method.as_ref().map(|method| method.to_uppercase());
        given(&method, &mut endpoint.method, "missing_method", slips);
        given(&self.path, &mut endpoint.path, "missing_path", slips);
        given(&self.title, &mut endpoint.title, "", slips);
        given(&self.url, &mut endpoint.source.url, "", slips);
    }
}

/// Only for several pages, and only on a terminal.
fn progress(pages: usize) -> ProgressBar {
    if pages < 2 {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(pages as u64).with_style(style)
}
