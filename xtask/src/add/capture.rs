//! A captured live answer as one more example of an operation that stands.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anstream::println;
use miette::{Diagnostic, NamedSource, SourceSpan};
use owo_colors::OwoColorize as _;
use serde::Deserialize;

use super::{Add, diff, scrub};
use crate::fixture::{ExampleLines, Fixture, examples_named};
use crate::json::Json;
use crate::page;

/// Why no example was added.
#[derive(Debug, thiserror::Error, Diagnostic)]
enum CaptureError {
    #[error("{} cannot be read", path.display())]
    #[diagnostic(code(add::capture))]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{shown}:{line}: {message}")]
    #[diagnostic(code(add::capture), help("an answer is the body as it came: JSON and nothing else"))]
    NotJson {
        shown: String,
        line: usize,
        message: String,
        #[source_code]
        text: Arc<NamedSource<String>>,
        #[label("here")]
        at: SourceSpan,
    },
    #[error("{} is no browser capture: {message}", path.display())]
    #[diagnostic(
        code(add::har),
        help("in the browser's network panel: save all as HAR, with content")
    )]
    NotHar { path: PathBuf, message: String },
    #[error("{operation} has no path to look for in a capture")]
    #[diagnostic(code(add::har), help("--path /api/v2/contacts/:id says which answers are meant"))]
    NoPath { operation: String },
    #[error("no answer to {method} {path} in {}", file.display())]
    #[diagnostic(
        code(add::har),
        help("an answer counts if its request has this method and path and its body is JSON")
    )]
    NoAnswer {
        method: String,
        path: String,
        file: PathBuf,
    },
}

/// More answers than this to one operation show nothing new.
const MAX_ANSWERS: usize = 3;

pub(super) fn run(add: &Add, vendor: &Path) -> miette::Result<()> {
    let operation = add.name.clone().unwrap_or_default();
    let dir = vendor.join(&operation);
    let mut fixture = Fixture::load(&dir)?;
    let before = diff::standing(&dir);
    let mut answers = Vec::new();
    if let Some(path) = &add.response {
        let text = read(path)?;
        answers.push(parse(&path.display().to_string(), &text)?);
    }
    if let Some(path) = &add.har {
        answers.extend(in_har(add, &fixture, path)?);
    }
    let mut added = 0;
    for answer in answers {
        let scrubbed = scrub::scrub(&answer);
        if !fixture.responses.contains(&scrubbed) {
            fixture.add_captured(scrubbed);
            added += 1;
        }
    }
    println!(
        "{} {added} captured {}",
        operation.bold(),
        if added == 1 { "answer" } else { "answers" }
    );
    if !diff::show(&operation, &before, &fixture.files()) {
        println!("  {}", "as it stands".dimmed());
    }
    if add.dry_run {
        println!("dry run: nothing written");
    } else {
        fixture.write(&dir)?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, CaptureError> {
    fs::read_to_string(path).map_err(|source| CaptureError::File {
        path: path.to_owned(),
        source,
    })
}

fn parse(shown: &str, text: &str) -> Result<Json, CaptureError> {
    let text = text.trim_start_matches('\u{feff}');
    Json::parse(text).map_err(|error| CaptureError::NotJson {
        shown: shown.to_owned(),
        line: error.line,
        message: error.message,
        at: SourceSpan::from(error.offset.min(text.len())),
        text: Arc::new(NamedSource::new(shown, text.to_owned())),
    })
}

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    content: Content,
}

#[derive(Deserialize, Default)]
struct Content {
    text: Option<String>,
    encoding: Option<String>,
}

fn in_har(add: &Add, fixture: &Fixture, file: &Path) -> Result<Vec<Json>, CaptureError> {
    let endpoint = &fixture.endpoint;
    let path = add.path.as_ref().or(endpoint.path.as_ref());
    let path = path.ok_or_else(|| CaptureError::NoPath {
        operation: endpoint.operation.clone(),
    })?;
    let method = add.method.as_ref().or(endpoint.method.as_ref()).cloned();
    let har: Har = serde_json::from_str(&read(file)?).map_err(|error| CaptureError::NotHar {
        path: file.to_owned(),
        message: at(&error),
    })?;
    let meant = |request: &Request| {
        let asked = method
            .as_ref()
            .is_none_or(|method| method.eq_ignore_ascii_case(&request.method));
        asked && page::path(&request.url).is_some_and(|asked| page::is_path_of(&asked, path))
    };
    let bodies = har
        .log
        .entries
        .iter()
        .filter(|entry| meant(&entry.request))
        .filter_map(|entry| {
            let content = &entry.response.content;
            let text = content.text.as_ref().filter(|_| content.encoding.is_none())?;
            Json::parse(text)
                .ok()
                .filter(|json| matches!(json, Json::Object(_) | Json::Array(_)))
        });
    let mut answers: Vec<Json> = Vec::new();
    for body in bodies {
        if answers.len() < MAX_ANSWERS && !answers.contains(&body) {
            answers.push(body);
        }
    }
    if answers.is_empty() {
        return Err(CaptureError::NoAnswer {
            method: method.unwrap_or_default(),
            path: path.clone(),
            file: file.to_owned(),
        });
    }
    Ok(answers)
}

/// Where a capture is broken; never what stands there.
fn at(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

impl Fixture {
    /// One more response example, of a live answer.
    fn add_captured(&mut self, answer: Json) {
        let file = examples_named("response").nth(self.responses.len()).unwrap_or_default();
        self.responses.push(answer);
        self.page.examples.push(ExampleLines {
            file,
            lines: Vec::new(),
            captured: true,
        });
    }

    /// What a person added to the fixture that stands, and a new reading of the page must not take away.
    pub(super) fn keep_from(&mut self, standing: Fixture) {
        if self.endpoint.source.url.is_none() {
            self.endpoint.source.url = standing.endpoint.source.url;
        }
        let names: Vec<String> = examples_named("response").take(standing.responses.len()).collect();
        for (answer, name) in standing.responses.into_iter().zip(names) {
            if standing
                .page
                .examples
                .iter()
                .any(|example| example.captured && example.file == name)
                && !self.responses.contains(&answer)
            {
                self.add_captured(answer);
            }
        }
    }
}
