//! Rows without borders: cells joined by tabs or spaces.

use std::ops::Range;

use super::{Found, Line, Row, Table, ends_table};
use crate::page::align::{Join, align};
use crate::page::column::{self, Column, Head};
use crate::page::heading::{self, Section};
use crate::page::{address, example, markup, nesting};

pub(super) fn table<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    let first = lines.first()?;
    if first.text.len() > 400 {
        return None;
    }
    let (header, join) = header(first.text)?;
    let heads = column::heads(&texts(first.text, &header))?;
    let columns = columns(&heads);
    let mut rows = vec![Row::new(first.number, first.text, header, join)];
    let mut at = 1;
    let mut end = 1;
    let mut blanks = 0;
    while let Some(line) = lines.get(at) {
        let text = line.text;
        if text.trim().is_empty() {
            blanks += 1;
            at += 1;
            if blanks > 1 && rows.len() > 1 {
                break;
            }
            continue;
        }
        let cells = if join == Join::Cells {
            split_tabs(text)
        } else {
            split_words(text)
        };
        let next = lines.get(at + 1).map_or("", |line| line.text);
        let is_row = is_row(&columns, text, &cells, join)
            || (join == Join::Spaces && blanks == 0 && is_row_of_heading_words(text, next));
        if is_row && example::opens(text).is_none() {
            rows.push(Row::new(line.number, text, cells, join));
        } else if blanks == 0 && rows.len() > 1 && goes_on(&columns, lines.get(at..).unwrap_or_default(), join) {
            // A description that goes on below.
            if let Some((row, last)) = rows
                .last_mut()
                .and_then(|row| row.cells.last().cloned().map(|last| (row, last)))
            {
                row.raw.truncate(last.end);
                row.raw.push(' ');
                let start = row.raw.len();
                row.raw.push_str(text.trim());
                match join {
                    Join::Spaces => row.cells.push(start..row.raw.len()),
                    Join::Cells => row
                        .cells
                        .iter_mut()
                        .last()
                        .into_iter()
                        .for_each(|cell| cell.end = row.raw.len()),
                }
            }
        } else {
            break;
        }
        blanks = 0;
        at += 1;
        end = at;
    }
    (rows.len() > 1).then(|| Found {
        before: None,
        table: Table {
            heads: Some(heads),
            rows: rows.split_off(1),
        },
        lines: end,
        after: None,
    })
}

/// Longer descriptions than this are text behind the table.
const MAX_WRAPPED: usize = 8;

/// Lines of a description, and below them another row.
fn goes_on(columns: &[Column], lines: &[Line<'_>], join: Join) -> bool {
    for line in lines.iter().take(MAX_WRAPPED) {
        let cells = if join == Join::Cells {
            split_tabs(line.text)
        } else {
            split_words(line.text)
        };
        if is_row(columns, line.text, &cells, join) {
            return true;
        }
        if line.text.trim().is_empty() || ends_table(line.text) || example::opens(line.text).is_some() {
            return false;
        }
    }
    false
}

/// The header's cells, and how its rows are joined.
fn header(text: &str) -> Option<(Vec<Range<usize>>, Join)> {
    // A row of a field called name has words of a header, too; a header is written in one script.
    let known = |cells: &Vec<Range<usize>>| {
        let texts = texts(text, cells);
        let ascii = texts.iter().filter(|cell| cell.is_ascii()).count();
        let heads = texts.iter().filter(|cell| column::head(cell).is_some()).count();
        let sure = heads * 4 >= texts.len() * 3 && (ascii == 0 || ascii == texts.len() || text.contains('\t'));
        cells.len() >= 2 && sure && column::heads(&texts).is_some()
    };
    if text.trim().contains('\t') {
        let cells = split_tabs(text);
        if known(&cells) {
            return Some((cells, Join::Cells));
        }
    }
    [split_words(text), split_wide(text)]
        .into_iter()
        .find(known)
        .map(|cells| (cells, Join::Spaces))
}

fn is_row(columns: &[Column], text: &str, cells: &[Range<usize>], join: Join) -> bool {
    let slices: Vec<&str> = cells.iter().filter_map(|cell| text.get(cell.clone())).collect();
    let Some(name) = slices.first().map(|name| nesting::bare_name(name)) else {
        return false;
    };
    if !column::is_name(&name) {
        return false;
    }
    if cells.len() < 2 {
        return is_lone_name(text);
    }

    if join == Join::Cells {
        return true;
    }
    let aligned = align(columns, &slices, join);
    let described = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    aligned.score >= 12 || (described && !ends_table(text) && !text.contains("://"))
}

/// The columns to measure rows by: where none but `名称` can have the names, it has them.
fn columns(heads: &[Head]) -> Vec<Column> {
    let mut columns: Vec<Column> = heads.iter().map(|head| head.column).collect();
    if !columns.contains(&Column::Name)
        && let Some(title) = columns.iter_mut().find(|column| **column == Column::Title)
    {
        *title = Column::Name;
    }
    columns
}

/// `data 返回数据`, `message 错误信息`: a description made of a heading's words, with another row right below it, or
/// of words that head nothing that a page goes on with.
fn is_row_of_heading_words(text: &str, next: &str) -> bool {
    let is_plain = |text: &str| {
        let cells = split_words(text);
        let is_described = cells
            .get(1)
            .and_then(|cell| text.get(cell.clone()))
            .is_some_and(|cell| !cell.is_ascii());
        text.trim_start().starts_with(|c: char| c.is_ascii_lowercase())
            && is_described
            && !text.contains([':', '：'])
            && column::heads(&texts(text, &cells)).is_none()
    };
    let is_aside = heading::heading(text).is_some_and(|found| found.section == Section::Aside);
    is_plain(text) && (is_aside || is_plain(next))
}

fn texts(text: &str, cells: &[Range<usize>]) -> Vec<String> {
    cells
        .iter()
        .map(|cell| markup::plain(text.get(cell.clone()).unwrap_or_default()))
        .collect()
}

/// A name with nothing said about it.
fn is_lone_name(text: &str) -> bool {
    let compound = text.trim().contains(['_', '-', '.', '[']) || text.trim().contains(|c: char| c.is_ascii_uppercase());
    text.starts_with([' ', '\t', '\u{a0}', '\u{3000}'])
        || (compound && !ends_table(text) && address::method(text).is_none())
}

/// Tabs keep empty cells.
fn split_tabs(text: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('\t') {
        cells.push(start..at);
        start = at + 1;
    }
    cells.push(start..text.len());
    cells
}

/// Words; tree marks in front belong to the first one.
fn split_words(text: &str) -> Vec<Range<usize>> {
    let marks = nesting::marks_length(text);
    let mut cells = split_where(text, marks, |gap| !gap.is_empty());
    if let Some(first) = cells.first_mut() {
        first.start = 0;
    }
    cells
}

/// Cells kept apart by two spaces or more.
fn split_wide(text: &str) -> Vec<Range<usize>> {
    split_where(text, 0, |gap| gap.chars().count() > 1)
}

fn split_where(text: &str, from: usize, splits: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut cells: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    while let Some(rest) = text.get(at..) {
        let gap = rest.len() - rest.trim_start().len();
        let word = rest.trim_start();
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        if length == 0 {
            break;
        }
        let range = at + gap..at + gap + length;
        at = range.end;
        match cells.last_mut() {
            Some(last) if !splits(rest.get(..gap).unwrap_or_default()) => last.end = range.end,
            _ => cells.push(range),
        }
    }
    cells
}
