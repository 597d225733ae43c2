//! Tables that came apart and lost their borders: one cell a line, and the empty cells are gone.

use super::stacked::heads;
use super::{Found, Line, Row, Table, ends_table};
use crate::page::column::{self, Column, Head, TypeLike};
use crate::page::{example, heading, markup};

/// Headers are shorter than this.
const MAX_HEADER: usize = 12;
/// Descriptions run over no more lines than this; what follows is text behind the table.
const MAX_WRAPPED: usize = 4;

/// The lines that say something.
struct Cells<'l, 't> {
    lines: &'l [Line<'t>],
}

impl<'t> Cells<'_, 't> {
    /// The first line from `at` on that is not blank.
    fn next(&self, at: usize) -> Option<(usize, &'t str)> {
        let found = self
            .lines
            .iter()
            .enumerate()
            .skip(at)
            .find(|(_, line)| !line.text.trim().is_empty());
        found.map(|(at, line)| (at, line.text.trim()))
    }

    fn text(&self, at: usize) -> &'t str {
        self.next(at).map(|(_, text)| text).unwrap_or_default()
    }
}

/// A row in the making.
struct Open {
    start: usize,
    cells: Vec<(usize, String)>,
}

pub(super) fn table<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    let cells = Cells { lines };
    let (mut at, first) = cells.next(0)?;
    column::head(&markup::plain(first))?;
    let second = column::head(&markup::plain(cells.text(at + 1)))?;
    if matches!(second.column, Column::Name | Column::Title) && heading::heading(&markup::plain(first)).is_some() {
        // `请求头` above `名称`: a heading, and the header below it.
        return None;
    }
    let mut header = Vec::new();
    while header.len() < MAX_HEADER
        && let Some((found, text)) = cells.next(at)
    {
        header.push((found, markup::plain(text)));
        at = found + 1;
    }
    let heads = heads(&header.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>())?;
    let columns: Vec<Column> = heads.iter().map(|head| head.column).collect();
    at = header.get(heads.len())?.0;
    let mut rows: Vec<Open> = Vec::new();
    let mut end = at;
    while let Some((here, text)) = cells.next(at) {
        if text.contains('|') || text.len() > 400 || example::opens(text).is_some() {
            break;
        }
        let (after, next) = cells.next(here + 1).unwrap_or((here + 1, ""));
        if is_sample(text) && !rows.is_empty() {
            at = if text.ends_with([':', '：']) {
                after + 1
            } else {
                here + 1
            };
            end = at;
            continue;
        }
        let plain = markup::plain(text);
        let begins = begins_row(&columns, &plain, next);
        let taken = rows.last().map_or(columns.len(), |row| row.cells.len());
        let full = taken >= columns.len();
        if !begins && ends_table(text) && (full || !is_cell(text, next, cells.text(after + 1))) {
            break;
        }
        if begins || (full && column::is_name(&plain) && !is_type(&plain)) {
            rows.push(Open {
                start: here,
                cells: Vec::new(),
            });
        } else if taken > columns.len() + MAX_WRAPPED {
            // Text behind the table.
            if let Some(row) = rows.last_mut() {
                end = row.cells.get(columns.len()).map_or(end, |(at, _)| *at);
                row.cells.truncate(columns.len());
            }
            break;
        }
        rows.last_mut()?.cells.push((here, plain));
        at = here + 1;
        end = at;
    }
    // A lone word at the end is no row.
    while rows.last().is_some_and(|row| row.cells.len() < 2) {
        end = rows.pop()?.start;
    }
    let rows: Vec<Row> = rows
        .iter()
        .filter_map(|row| {
            Some(Row::of_words(
                lines.get(row.start)?.number,
                row.cells.iter().map(|(_, cell)| cell.as_str()),
            ))
        })
        .collect();
    (!rows.is_empty()).then_some(Found {
        before: None,
        table: Table {
            heads: Some(heads),
            rows,
        },
        lines: end,
        after: None,
    })
}

/// A name, and behind it what a table says of names.
fn begins_row(columns: &[Column], cell: &str, next: &str) -> bool {
    let says = is_type(next) || column::required(next).is_some() || column::place(next).is_some();
    let silent = !columns
        .iter()
        .any(|column| matches!(column, Column::Type | Column::Required | Column::Place));
    column::is_name(cell.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        && column::required(cell).is_none()
        && (!is_type(cell) || is_type(next))
        && (says || silent)
}

/// `结果` heads a section, and is a fine description of a row that has none yet: what comes next tells.
fn is_cell(text: &str, next: &str, follows: &str) -> bool {
    let header = column::head(&markup::plain(next)).is_some() && column::head(&markup::plain(follows)).is_some();
    let row = column::is_name(next) || heading::heading(&markup::plain(next)).is_some();
    !text.ends_with([':', '：']) && !header && row && example::opens(next).is_none()
}

/// Sample values and limits, which stand below a description.
fn is_sample(text: &str) -> bool {
    [
        "示例值",
        "默认值",
        "枚举值",
        "最大长度",
        "最小长度",
        "正则匹配",
        "取值范围",
    ]
    .iter()
    .any(|word| text.starts_with(word))
}

fn is_type(text: &str) -> bool {
    column::type_like(text) == TypeLike::Yes
}

/// Without even a header: a name, a type, `必需` or `可选`, a description, each on its line.
pub(super) fn headless<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    let cell = |at: usize| lines.get(at).map(|line| line.text.trim()).unwrap_or_default();
    let begins = |at: usize| column::is_name(cell(at)) && column::required(cell(at)).is_none() && is_type(cell(at + 1));
    let said = |at: usize| column::required_word(&cell(at + 2).to_lowercase()).is_some();
    if !begins(0) || !said(0) {
        return None;
    }
    let mut rows = Vec::new();
    let mut at = 0;
    while begins(at) {
        let number = lines.get(at)?.number;
        let (name, kind) = (cell(at), cell(at + 1));
        let required = if said(at) { cell(at + 2) } else { "" };
        at += if said(at) { 3 } else { 2 };
        let mut label = "";
        let mut samples = false;
        // Sample values and the like stand below the description.
        while at < lines.len()
            && !begins(at)
            && !cell(at).contains('|')
            && !cell(at).is_empty()
            && example::opens(cell(at)).is_none()
        {
            let sample = is_sample(cell(at));
            if !sample && ends_table(cell(at)) {
                break;
            }
            samples |= sample;
            if label.is_empty() && !samples {
                label = cell(at);
            }
            at += 1;
        }
        rows.push(Row::of_cells(number, [name, kind, required, label]));
        while at < lines.len() && cell(at).is_empty() && (begins(at + 1) || cell(at + 1).is_empty()) {
            at += 1;
        }
    }
    let heads = [Column::Name, Column::Type, Column::Required, Column::Label].map(|column| Head { column, side: None });
    Some(Found {
        before: None,
        table: Table {
            heads: Some(heads.to_vec()),
            rows,
        },
        lines: at,
        after: None,
    })
}
