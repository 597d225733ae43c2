//! Tables in text: with borders, with cells joined by spaces or tabs, and with one cell a line.

mod bare;
mod pipe;
mod spaced;
mod stacked;

use std::ops::Range;

use super::align::Join;
use super::column::{self, Head};
use super::markup;

/// One row as it stands on the page.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The page's line.
    pub(super) line: usize,
    pub(super) raw: String,
    /// The cells' places in `raw`.
    pub(super) cells: Vec<Range<usize>>,
    pub(super) join: Join,
}

impl Row {
    pub(super) fn new(line: usize, raw: &str, cells: Vec<Range<usize>>, join: Join) -> Row {
        Row {
            line,
            raw: raw.to_owned(),
            cells,
            join,
        }
    }

    /// A row of given cells, one after the other.
    pub(super) fn of_cells<'t>(line: usize, cells: impl IntoIterator<Item = &'t str>) -> Row {
        Row::joined(line, cells, '|', Join::Cells)
    }

    /// A row of given cells among which the empty ones are missing.
    pub(super) fn of_words<'t>(line: usize, cells: impl IntoIterator<Item = &'t str>) -> Row {
        Row::joined(line, cells, ' ', Join::Spaces)
    }

    fn joined<'t>(line: usize, cells: impl IntoIterator<Item = &'t str>, mark: char, join: Join) -> Row {
        let mut raw = String::new();
        let mut ranges = Vec::new();
        for cell in cells {
            if !raw.is_empty() {
                raw.push(mark);
            }
            let start = raw.len();
            raw.push_str(cell);
            ranges.push(start..raw.len());
        }
        Row {
            line,
            raw,
            cells: ranges,
            join,
        }
    }

    /// The cells without markup.
    pub(super) fn texts(&self) -> Vec<String> {
        self.cells
            .iter()
            .map(|cell| markup::plain(self.raw.get(cell.clone()).unwrap_or_default()))
            .collect()
    }
}

/// A table; its header is taken off where its words are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) heads: Option<Vec<Head>>,
    pub(super) rows: Vec<Row>,
}

/// More columns than any parameter table has.
const MAX_COLUMNS: usize = 24;

impl Table {
    /// Takes the header off the rows if its words are known.
    pub(super) fn from_rows(mut rows: Vec<Row>) -> Table {
        let heads = rows
            .first()
            .and_then(|row| column::heads(&row.texts()))
            .filter(|heads| heads.len() <= MAX_COLUMNS);
        if heads.is_some() {
            rows.remove(0);
        }
        Table { heads, rows }
    }
}

/// A line of the page as tables see it.
pub(super) struct Line<'t> {
    pub(super) number: usize,
    pub(super) text: &'t str,
}

/// A table found in lines, and where the text goes on.
pub(super) struct Found<'t> {
    /// Text glued to the front of the table's first line.
    pub(super) before: Option<&'t str>,
    pub(super) table: Table,
    /// How many lines it took.
    pub(super) lines: usize,
    /// Text glued to the end of its last line.
    pub(super) after: Option<&'t str>,
}

/// The table that begins on the first of these lines.
pub(super) fn table_at<'t>(lines: &[Line<'t>]) -> Option<Found<'t>> {
    let first = lines.first()?;
    if first.text.contains('|') {
        return stacked::piped(lines).or_else(|| pipe::table(lines));
    }
    spaced::table(lines)
        .or_else(|| bare::table(lines))
        .or_else(|| bare::headless(lines))
}

/// Text that can be no row: it begins a section, an example or a code block.
fn ends_table(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("```")
        || text.starts_with(['{', '}', '"'])
        || super::heading::heading(&markup::line(text).text).is_some()
        || super::heading::labelled(&markup::line(text).text).is_some()
        || super::date::updated(text).is_some()
}
