//! From a saved page's bytes to its lines.

use std::borrow::Cow;

use super::document::Document;
use super::{html, markup};

/// Larger pages are cut: no documentation of one operation comes near.
const MAX_BYTES: usize = 16 << 20;

pub(super) fn document(page: &[u8]) -> Document {
    let text = text(page);
    if html::is_html(&text) {
        html::document(&text)
    } else {
        lines(&text)
    }
}

/// The text, its lines ended as here.
pub(super) fn text(page: &[u8]) -> String {
    let text = decode(page.get(..MAX_BYTES).unwrap_or(page));
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Text or markdown; HTML tables and code in it are read as such.
fn lines(text: &str) -> Document {
    let text = &*halfwidth(text);
    // Some tools escape the quotes of JSON.
    let escaped = text.contains("&quot;") && !text.contains("{\"");
    let mut document = Document::default();
    let mut number = 1;
    let mut rest = text;
    let mut open = Open::default();
    while !rest.is_empty() {
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        if let Some((start, length)) = element(line, rest, &mut open) {
            let before = line.get(..start).unwrap_or_default();
            if !before.trim().is_empty() {
                document.line(number, before);
            }
            html::fragment(
                &mut document,
                rest.get(start..start + length).unwrap_or_default(),
                number,
            );
            number += rest
                .get(..start + length)
                .map_or(0, |taken| taken.matches('\n').count());
            rest = rest.get(start + length..).unwrap_or_default();
            continue;
        }
        if escaped && line.contains("&quot;") {
            document.line(number, &markup::decode_entities(line));
        } else {
            document.line(number, line);
        }
        number += 1;
        rest = behind;
    }
    document
}

/// Borders and brackets typed with a Chinese keyboard, where the page has no others.
fn halfwidth(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if text.contains('｜') && !text.contains('|') {
        text = Cow::Owned(text.replace('｜', "|"));
    }
    if text.contains('｛') && !text.contains('{') {
        text = Cow::Owned(
            text.replace('｛', "{")
                .replace('｝', "}")
                .replace('［', "[")
                .replace('］', "]"),
        );
    }
    text
}

/// Elements that were opened and never closed: no later one is closed either.
#[derive(Default)]
struct Open {
    table: bool,
    pre: bool,
}

/// Where on this line a whole `<table>` or `<pre>` begins, and its length.
fn element(line: &str, rest: &str, open: &mut Open) -> Option<(usize, usize)> {
    if !line.contains('<') || line.contains('"') && line.find('"') < line.find('<') {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    [("table", &mut open.table), ("pre", &mut open.pre)]
        .into_iter()
        .find_map(|(name, open)| {
            if *open {
                return None;
            }
            let start = lower.find(&format!("<{name}"))?;
            lower
                .get(start + name.len() + 1..)
                .filter(|behind| behind.starts_with([' ', '>', '\n']) || behind.is_empty())?;
            let close = format!("</{name}>");
            let body = rest.get(start..)?;
            let end = find_ignoring_case(body, &close);
            *open = end.is_none();
            Some((start, end? + close.len()))
        })
}

/// An element that is not closed within this is text.
const MAX_ELEMENT: usize = 1 << 20;

fn find_ignoring_case(text: &str, tag: &str) -> Option<usize> {
    text.get(..text.len().min(MAX_ELEMENT))
        .unwrap_or(text)
        .match_indices("</")
        .map(|(at, _)| at)
        .find(|at| {
            text.get(*at..*at + tag.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(tag))
        })
}

/// UTF-8 or UTF-16 by its mark, UTF-8 if it is that, else GB 18030, which GBK and GB 2312 are parts of.
fn decode(page: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(page) {
        return encoding
            .decode_without_bom_handling(page.get(mark..).unwrap_or_default())
            .0
            .into_owned();
    }
    match std::str::from_utf8(page) {
        Ok(text) => text.to_owned(),
        // A page cut in the middle of a character is still UTF-8.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(page).into_owned(),
        Err(_) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(page);
            if broken {
                String::from_utf8_lossy(page).into_owned()
            } else {
                text.into_owned()
            }
        }
    }
}
