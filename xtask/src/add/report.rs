//! What `add` says about a page: what was read, what was mended, what is missing and which flag gives it.

use std::path::Path;

use anstream::{eprintln, println};
use miette::{Diagnostic, LabeledSpan, NamedSource, Severity};
use owo_colors::OwoColorize as _;

use super::{Add, Job, diff};
use crate::fixture::{Fixture, Place, Slip};

/// The summary, the slips and the difference.
pub(super) fn job(add: &Add, job: &Job, root: &Path) {
    let endpoint = &job.fixture.endpoint;
    let shown = job.dir.strip_prefix(root).unwrap_or(&job.dir).display().to_string();
    println!("{} {}", shown.bold(), endpoint.title.as_deref().unwrap_or_default());
    println!("  {}", facts(&job.fixture));
    missing(add, &job.fixture);
    slips(job);
    let changed = diff::show(&shown, &diff::standing(&job.dir), &job.fixture.files());
    if !changed {
        println!("  {}", "as it stands".dimmed());
    }
}

pub(super) fn end(add: &Add, pages: usize) {
    if add.dry_run {
        println!("dry run: nothing written");
    } else if pages > 1 {
        println!("{pages} operations; `cargo xtask refresh` brings the code up to date");
    } else {
        println!("`cargo xtask refresh` brings the code up to date");
    }
}

fn facts(fixture: &Fixture) -> String {
    let endpoint = &fixture.endpoint;
    let places = [
        (Place::Path, "path"),
        (Place::Query, "query"),
        (Place::Header, "header"),
        (Place::Body, "body"),
    ];
    let places: Vec<String> = places
        .iter()
        .map(|(place, name)| {
            (
                endpoint.params.iter().filter(|param| param.place == *place).count(),
                name,
            )
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let places = if places.is_empty() {
        String::new()
    } else {
        format!(" ({})", places.join(", "))
    };
    let count = |count: usize, one: &str| {
        if count == 1 {
            format!("1 {one}")
        } else {
            format!("{count} {one}s")
        }
    };
    let updated = endpoint
        .source
        .updated
        .as_ref()
        .map(|date| format!(", page of {date}"))
        .unwrap_or_default();
    format!(
        "{} {}  {}{places}, {}, {}, {}{updated}",
        endpoint.method.as_deref().unwrap_or("?"),
        endpoint.path.as_deref().unwrap_or("?"),
        count(endpoint.params.len(), "parameter"),
        count(endpoint.fields.len(), "response field"),
        count(fixture.requests.len(), "request example"),
        count(fixture.responses.len(), "response example"),
    )
}

fn missing(add: &Add, fixture: &Fixture) {
    let endpoint = &fixture.endpoint;
    let fixup = format!("--KEY, or a [[fixup]] in fixtures/{}/vendor.toml", add.vendor);
    for (is_missing, what, how) in [
        (endpoint.method.is_none(), "method", fixup.replace("KEY", "method POST")),
        (endpoint.path.is_none(), "path", fixup.replace("KEY", "path /…")),
        (endpoint.title.is_none(), "title", "--title …".to_owned()),
        (
            endpoint.source.url.is_none(),
            "page's address",
            "--url https://…".to_owned(),
        ),
    ] {
        if is_missing {
            println!("  {} no {what} on the page: {how}", "?".yellow());
        }
    }
    if endpoint.params.is_empty()
        && endpoint.fields.is_empty()
        && fixture.responses.is_empty()
        && fixture.requests.is_empty()
    {
        println!(
            "  {} neither a table nor an example was found: is this the saved page, or only its menu?",
            "?".yellow()
        );
    }
}

/// A kind of slip, at the first place where the page has it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Found {
    message: String,
    text: NamedSource<String>,
    label: Option<LabeledSpan>,
    help: Option<String>,
}

impl Diagnostic for Found {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Warning)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.label.is_some().then_some(&self.text as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.label.iter().cloned()))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }
}

/// Of a longer line an excerpt shows nothing.
const MAX_LINE: usize = 300;
/// More lines than this are counted, not listed.
const MAX_LISTED: usize = 12;

/// One excerpt for each kind of slip; where it is missing facts, `missing` has said so.
fn slips(job: &Job) {
    let mut kinds: Vec<(&str, Vec<&Slip>)> = Vec::new();
    for slip in job
        .fixture
        .page
        .slips
        .iter()
        .filter(|slip| !matches!(slip.kind.as_str(), "missing_path" | "missing_method"))
    {
        match kinds.iter_mut().find(|(kind, _)| *kind == slip.kind) {
            Some((_, slips)) => slips.push(slip),
            None => kinds.push((&slip.kind, vec![slip])),
        }
    }
    let starts: Vec<usize> = std::iter::once(0)
        .chain(job.text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    for (kind, slips) in kinds {
        let Some(first) = slips.first() else { continue };
        let start = first
            .line
            .checked_sub(1)
            .and_then(|line| starts.get(line))
            .copied()
            .unwrap_or_default();
        let line = job
            .text
            .get(start..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        let shown = line.trim();
        let offset = start + (line.len() - line.trim_start().len());
        let fits = !shown.is_empty() && line.len() <= MAX_LINE;
        let mended = first.mended.clone().unwrap_or_else(|| "left as it is".to_owned());
        let at = if fits {
            String::new()
        } else {
            format!(" at {}:{}", job.shown, first.line)
        };
        let found = Found {
            message: format!("{}{at}: {}", kind.replace('_', " "), first.what),
            text: NamedSource::new(&job.shown, job.text.clone()),
            label: fits.then(|| LabeledSpan::new(Some(mended), offset, shown.len())),
            help: others(&slips),
        };
        eprintln!("{:?}", miette::Report::new(found));
    }
}

/// Where else.
fn others(slips: &[&Slip]) -> Option<String> {
    let lines: Vec<String> = slips.iter().skip(1).map(|slip| slip.line.to_string()).collect();
    let listed = lines.get(..MAX_LISTED.min(lines.len()))?.join(", ");
    let more = lines.len().saturating_sub(MAX_LISTED);
    match (lines.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(format!("the same on line {listed}")),
        (false, more) => Some(format!("the same on line {listed} and {more} more")),
    }
}
