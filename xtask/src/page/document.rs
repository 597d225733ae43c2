//! A page as lines of text, whatever it was saved as; tables of HTML are kept beside the lines.

use super::table::Row;

/// Stands for a table in a line; the table's number follows.
const TABLE: char = '\u{e000}';

/// A page's text. Each line knows which line of the page it came from.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) text: String,
    /// The page's line of each line of `text`.
    pub(super) numbers: Vec<usize>,
    pub(super) tables: Vec<Vec<Row>>,
    /// The page's own name and address, where its markup says them.
    pub(super) title: Option<Title>,
    pub(super) url: Option<String>,
}

/// The page's own name.
#[derive(Debug, Clone)]
pub(super) struct Title {
    pub(super) text: String,
    /// A heading, or told apart from the site's name: better than the first line of the text.
    pub(super) is_sure: bool,
}

impl Document {
    /// Appends a line.
    pub(super) fn line(&mut self, number: usize, text: &str) {
        self.text.extend(
            text.chars()
                .map(|c| if c == TABLE { char::REPLACEMENT_CHARACTER } else { c }),
        );
        self.text.push('\n');
        self.numbers.push(number);
    }

    /// Appends a table, in a line of its own.
    pub(super) fn table(&mut self, number: usize, rows: Vec<Row>) {
        self.text.push_str(&format!("{TABLE}{}\n", self.tables.len()));
        self.numbers.push(number);
        self.tables.push(rows);
    }

    /// The table that a line stands for.
    pub(super) fn table_of(&self, line: &str) -> Option<&[Row]> {
        let number: usize = line.strip_prefix(TABLE)?.parse().ok()?;
        self.tables.get(number).map(Vec::as_slice)
    }
}

/// Whether a line stands for a table.
pub(super) fn is_table(line: &str) -> bool {
    line.starts_with(TABLE)
}
