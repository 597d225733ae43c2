//! Tables that came apart: one cell a line, with a border behind each or none at all.

use super::{Found, Line, Row, Table, ends_table};
use crate::page::align::{Join, align};
use crate::page::column::{self, Column, Head, TypeLike};
use crate::page::{example, markup};

/// Headers are shorter than this.
const MAX_HEADER: usize = 12;

/// `字段名 |` / `是否必填 |` / …: one cell and its border a line.
pub(super) fn piped<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    let cell = |line: &Line<'t>| {
        let text = line.text.trim().trim_start_matches('|').trim();
        let inner = text
            .strip_suffix('|')
            .or_else(|| line.text.trim().starts_with('|').then_some(text))?;
        (!inner.contains('|')).then(|| markup::plain(inner))
    };
    // The header first: few lines are one, and most need not be looked at further.
    let heads = heads(&lines.iter().take(MAX_HEADER).map_while(cell).collect::<Vec<_>>())?;
    let cells: Vec<String> = lines.iter().map_while(cell).collect();
    let count = cells.len();
    let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
    let rows = by_width(&heads, &cells, &numbers)?;
    Some(Found {
        before: None,
        table: Table {
            heads: Some(heads),
            rows,
        },
        lines: count,
        after: None,
    })
}

/// The same without borders; empty cells vanished.
pub(super) fn bare<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    column::head(&markup::plain(lines.first()?.text))?;
    let mut cells = Vec::new();
    let mut numbers = Vec::new();
    let mut end = 0;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        let plain = markup::plain(text);
        let header = column::head(&plain).is_some() && cells.len() < 8;
        // `结果` heads a section, and is a fine description: what comes next tells.
        let next = lines
            .iter()
            .skip(at + 1)
            .map(|line| line.text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        let follows = lines
            .iter()
            .skip(at + 2)
            .map(|line| line.text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        let says = |text: &str| is_type(text) || column::required(text).is_some();
        let in_row = !header
            && !text.ends_with([':', '：'])
            && (column::is_name(text) && says(next) || column::is_name(next) && says(follows));
        if text.contains('|')
            || example::opens(text).is_some()
            || (!header && !in_row && ends_table(text))
            || text.len() > 400
        {
            break;
        }
        cells.push(plain);
        numbers.push(line.number);
        end = at + 1;
    }
    let heads = heads(&cells)?;
    let columns: Vec<Column> = heads.iter().map(|head| head.column).collect();
    let body = cells.get(heads.len()..)?;
    let mut rows: Vec<Vec<(usize, &str)>> = Vec::new();
    for (at, cell) in body.iter().enumerate() {
        let next = body.get(at + 1).map(String::as_str).unwrap_or_default();
        let begins = column::is_name(cell.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
            && column::required(cell).is_none()
            && (!is_type(cell) || is_type(next))
            && (is_type(next)
                || column::required(next).is_some()
                || column::place(next).is_some()
                || !columns
                    .iter()
                    .any(|column| matches!(column, Column::Type | Column::Required | Column::Place)));
        let full = rows.last().is_none_or(|row| row.len() >= columns.len());
        if begins || (full && column::is_name(cell)) {
            rows.push(Vec::new());
        } else if full && rows.last().is_some_and(|row: &Vec<_>| row.len() > columns.len()) {
            // Text behind the table.
            let taken: usize = rows.iter().map(Vec::len).sum();
            end = lines
                .iter()
                .position(|line| Some(&line.number) == numbers.get(heads.len() + taken))
                .unwrap_or(end);
            break;
        }
        rows.last_mut()?.push((numbers.get(heads.len() + at).copied()?, cell));
    }
    let rows: Vec<Row> = rows
        .into_iter()
        .filter(|row| row.len() > 1)
        .filter_map(|row| Some(Row::of_cells(row.first()?.0, row.iter().map(|(_, cell)| *cell))))
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
            let sample = [
                "示例值",
                "默认值",
                "枚举值",
                "最大长度",
                "最小长度",
                "正则匹配",
                "取值范围",
            ]
            .iter()
            .any(|word| cell(at).starts_with(word));
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

fn is_type(text: &str) -> bool {
    column::type_like(text) == TypeLike::Yes
}

/// The header: the cells up to the first that heads nothing, or is written in other letters.
fn heads(cells: &[String]) -> Option<Vec<Head>> {
    let ascii = cells.first()?.is_ascii();
    let mut heads: Vec<Head> = Vec::new();
    for cell in cells {
        let Some(head) = column::head(cell).filter(|_| cell.is_ascii() == ascii) else {
            break;
        };
        let again = matches!(head.column, Column::Name | Column::Type | Column::Required)
            && heads.iter().any(|known| known.column == head.column);
        if again {
            break;
        }
        heads.push(head);
    }
    let texts = cells.get(..heads.len())?;
    column::heads(texts).filter(|_| cells.len() > heads.len())
}

/// Rows of as many cells as the header has, or one more where the header forgot one: whatever fits best.
fn by_width(heads: &[Head], cells: &[String], numbers: &[usize]) -> Option<Vec<Row>> {
    let columns: Vec<Column> = heads.iter().map(|head| head.column).collect();
    let body = cells.get(heads.len()..)?;
    let mut best: Option<(i32, usize)> = None;
    for width in [heads.len(), heads.len() + 1, heads.len() - 1] {
        if width < 2 || body.len() < width {
            continue;
        }
        let chunks = body.chunks(width);
        let count = chunks.len() as i32;
        let whole = if body.len().is_multiple_of(width) { 0 } else { -4 };
        let score: i32 = chunks
            .map(|row| {
                align(
                    &columns,
                    &row.iter().map(String::as_str).collect::<Vec<_>>(),
                    Join::Cells,
                )
                .score
            })
            .sum();
        let score = score * 4 / count + whole;
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, width));
        }
    }
    let (_, width) = best?;
    let numbers = numbers.get(heads.len()..)?;
    let rows = body.chunks(width).zip(numbers.chunks(width));
    Some(
        rows.filter_map(|(row, lines)| Some(Row::of_cells(*lines.first()?, row.iter().map(String::as_str))))
            .collect(),
    )
}
