//! `| a | b |` and `a | b |`, with or without a rule of dashes below the header.

use std::ops::Range;

use super::{Found, Line, Row, Table, ends_table};
use crate::page::align::Join;
use crate::page::{column, example, heading, markup};

pub(super) fn table<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    let first = lines.first()?;
    let cells = split(first.text);
    let mut at = 1;
    let (header, before) = match lines.get(1).filter(|line| is_rule(line.text)) {
        Some(rule) => {
            at = 2;
            let width = split(rule.text).len();
            let glued = cells.len().saturating_sub(width);
            let known = |cells: &[Range<usize>]| column::heads(&texts(first.text, cells)).is_some();
            // A header may also have more cells than its rule; then nothing is glued to it.
            let glued = if glued > 0 && known(&cells) && !known(cells.get(glued..)?) {
                0
            } else {
                glued
            };
            (
                cells.get(glued..)?.to_vec(),
                first.text.get(..cells.get(glued)?.start).filter(|_| glued > 0),
            )
        }
        None if column::heads(&texts(first.text, &cells)).is_some() => (cells, None),
        None => {
            let rest = cells.get(1..)?;
            column::heads(&texts(first.text, rest))
                .filter(|_| column::head(&texts(first.text, &cells).swap_remove(0)).is_none())?;
            (rest.to_vec(), first.text.get(..rest.first()?.start))
        }
    };
    let width = header.len();
    let bordered = first.text.trim_start().starts_with('|') || before.is_some();
    let mut rows = vec![Row::new(first.number, first.text, header, Join::Cells)];
    let mut after = None;
    while let Some(line) = lines.get(at) {
        if is_rule(line.text) {
            at += 1;
            continue;
        }
        if lines.get(at + 1).is_some_and(|next| is_rule(next.text)) || (rows.len() > 1 && is_header(line.text)) {
            break;
        }
        if !line.text.contains('|') {
            // A line between two rows goes on with the cell above it.
            let below = lines
                .get(at + 1)
                .is_some_and(|next| next.text.contains('|') && !is_header(next.text) && !ends_table(next.text));
            let next_is_rule = lines.get(at + 2).is_some_and(|next| is_rule(next.text));
            if line.text.trim().is_empty() {
                let same = first.text.trim_start().starts_with('|')
                    && lines
                        .get(at + 1)
                        .is_some_and(|next| next.text.trim_start().starts_with('|'));
                if below && same && !next_is_rule {
                    at += 1;
                    continue;
                }
                break;
            }
            if !below || next_is_rule || ends_table(line.text) || rows.len() == 1 || example::opens(line.text).is_some()
            {
                break;
            }
            continue_row(rows.last_mut(), line.text);
            at += 1;
            continue;
        }
        if line.text.trim_start().starts_with(['{', '}', '"']) || line.text.trim_start().starts_with("```") {
            break;
        }
        let mut cells = split(line.text);
        // A border that the header has not pushes the name to the right; that is no nesting.
        if !bordered && line.text.trim_start().starts_with('|') {
            let first = cells.first_mut().into_iter();
            first.for_each(|cell| {
                cell.start += usize::from(line.text.get(cell.clone()).is_some_and(|t| t.starts_with(' ')))
            });
        }
        if let Some(rest) = glued_behind(line.text, &cells, width) {
            cells.pop();
            rows.push(Row::new(line.number, line.text, cells, Join::Cells));
            at += 1;
            after = Some(rest);
            break;
        }
        // The end of a cell that began on the line above.
        let short = rows.len() > 1
            && rows
                .last()
                .is_some_and(|row| row.cells.len() < width && row.line + 1 >= line.number.saturating_sub(3));
        if short && !line.text.trim_start().starts_with('|') && !starts_row(line.text, &cells) {
            finish_row(rows.last_mut(), line.text, &cells);
            at += 1;
            continue;
        }
        rows.push(Row::new(line.number, line.text, cells, Join::Cells));
        at += 1;
    }
    let before = before
        .map(|text| text.trim_end().trim_end_matches('|'))
        .filter(|text| !text.trim().is_empty());
    Some(Found {
        before,
        table: Table::from_rows(rows),
        lines: at,
        after,
    })
}

fn starts_row(text: &str, cells: &[Range<usize>]) -> bool {
    let first = cells
        .first()
        .map(|cell| markup::plain(text.get(cell.clone()).unwrap_or_default()))
        .unwrap_or_default();
    column::is_name(first.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
}

fn continue_row(row: Option<&mut Row>, text: &str) {
    if let Some((row, last)) = row.and_then(|row| row.cells.pop().map(|last| (row, last))) {
        let tail = row.raw.split_off(last.end);
        row.raw.push(' ');
        row.raw.push_str(text.trim());
        row.cells.push(last.start..row.raw.len());
        row.raw.push_str(&tail);
    }
}

fn finish_row(row: Option<&mut Row>, text: &str, cells: &[Range<usize>]) {
    let Some(row) = row else { return };
    if let Some(last) = row.cells.last().cloned() {
        row.raw.truncate(last.end);
        let offset = row.raw.len() + 1;
        row.raw.push(' ');
        row.raw.push_str(text);
        for (index, cell) in cells.iter().enumerate() {
            match row.cells.last_mut().filter(|_| index == 0) {
                Some(last) => last.end = offset + cell.end,
                None => row.cells.push(offset + cell.start..offset + cell.end),
            }
        }
    }
}

/// `| … |返回示例`, `| … |{`: what stands behind the last border is no cell.
fn glued_behind<'t>(text: &'t str, cells: &[Range<usize>], width: usize) -> Option<&'t str> {
    let last = cells.last().filter(|_| cells.len() > width)?;
    // A border behind it makes it one.
    let rest = text.get(last.start..).filter(|rest| !rest.trim_end().ends_with('|'))?;
    let plain = markup::line(rest).text;
    (heading::heading(&plain).is_some() || heading::labelled(&plain).is_some() || example::opens(rest).is_some())
        .then_some(rest)
}

/// Another header below rows. `name | 名称` could be one, but is a row of a field called name.
fn is_header(text: &str) -> bool {
    let cells = texts(text, &split(text));
    cells.first().is_some_and(|first| !first.is_ascii()) && column::heads(&cells).is_some()
}

fn texts(text: &str, cells: &[Range<usize>]) -> Vec<String> {
    cells
        .iter()
        .map(|cell| markup::plain(text.get(cell.clone()).unwrap_or_default()))
        .collect()
}

/// `---|---`, `| :-- | --: |`, `+----+----+`.
pub(super) fn is_rule(text: &str) -> bool {
    let text = text.trim();
    let marks = |c: char| matches!(c, '|' | '-' | ':' | '+' | '=' | ' ' | '\t' | '\u{a0}' | '—' | '－');
    (text.contains('|') || text.starts_with('+')) && text.contains(['-', '—', '－']) && text.chars().all(marks)
}

/// The cells of a line. A border in front and one behind are no empty cells; `\|` is no border.
pub(super) fn split(text: &str) -> Vec<Range<usize>> {
    let mut borders = Vec::new();
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\\' => escaped = !escaped,
            b'|' if !escaped => borders.push(at),
            _ => escaped = false,
        }
    }
    let mut cells = Vec::new();
    let mut start = 0;
    for border in borders {
        if !(start == 0 && text.get(..border).is_some_and(|before| before.trim().is_empty())) {
            cells.push(start..border);
        }
        start = border + 1;
    }
    if text.get(start..).is_some_and(|rest| !rest.trim().is_empty()) {
        cells.push(start..text.len());
    }
    cells
}
