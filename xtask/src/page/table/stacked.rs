//! Tables that came apart: one cell and its border a line.

use super::{Found, Line, Row, Table};
use crate::page::align::{Join, align};
use crate::page::column::{self, Column, Head};
use crate::page::markup;

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

/// The header: the cells up to the first that heads nothing, or is written in other letters.
pub(super) fn heads(cells: &[String]) -> Option<Vec<Head>> {
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
