//! HTML tables as rows of cells.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

use super::place::Place;
use crate::page::table::Row;
use crate::page::{column, markup};

/// Wider and longer spans than these are mistakes.
const MAX_COLUMNS: usize = 32;
const MAX_ROWSPAN: usize = 200;

/// A `<table>`; spans are filled with the text of their cell.
pub(super) fn table(table: ElementRef<'_>, place: &mut Place<'_>) -> Vec<Row> {
    build(rows(table), place, |cell| matches!(cell.value().name(), "td" | "th"))
}

/// The rows of this table, not of tables in its cells.
fn rows(table: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    let of_this = move |row: &ElementRef<'_>| {
        let around = row
            .ancestors()
            .filter_map(ElementRef::wrap)
            .find(|element| element.value().name() == "table");
        around == Some(table)
    };
    table
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().name() == "tr")
        .filter(of_this)
}

/// Whether the first row has the words of a parameter table: then what is in its cells is text.
pub(super) fn is_headed(table: ElementRef<'_>) -> bool {
    let cells = rows(table).next().map(|row| {
        row.child_elements()
            .map(|cell| markup::plain(&text(cell)))
            .collect::<Vec<_>>()
    });
    cells.is_some_and(|cells| cells.len() <= MAX_COLUMNS && column::heads(&cells).is_some())
}

/// Elements that only say that they are a table.
pub(super) fn roles(table: ElementRef<'_>, place: &mut Place<'_>) -> Vec<Row> {
    let rows = table
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().attr("role") == Some("row"));
    build(rows, place, |cell| {
        matches!(
            cell.value().attr("role"),
            Some("cell" | "gridcell" | "columnheader" | "rowheader")
        )
    })
}

fn build<'h>(
    rows: impl Iterator<Item = ElementRef<'h>>,
    place: &mut Place<'_>,
    is_cell: impl Fn(&ElementRef<'h>) -> bool,
) -> Vec<Row> {
    let mut built = Vec::new();
    // What hangs down into this row: by column, the text and how many rows more.
    let mut hanging: Vec<(String, usize)> = Vec::new();
    for row in rows {
        let level = row
            .value()
            .attr("aria-level")
            .and_then(|level| level.parse::<usize>().ok())
            .unwrap_or(1)
            .min(20);
        let mut cells: Vec<String> = Vec::new();
        let mut line = None;
        let hang = |cells: &mut Vec<String>, hanging: &mut Vec<(String, usize)>| {
            while let Some((text, more)) = hanging.get_mut(cells.len()).filter(|(_, more)| *more > 0) {
                *more -= 1;
                cells.push(text.clone());
            }
        };
        for cell in row.child_elements().filter(|cell| is_cell(cell)) {
            hang(&mut cells, &mut hanging);
            if cells.len() >= MAX_COLUMNS {
                break;
            }
            let mut text = text(cell);
            if let Some(word) = text.split_whitespace().next() {
                let found = place.find(word);
                line.get_or_insert(found);
            }
            if cells.is_empty() && level > 1 {
                text = format!("{}{text}", "\u{a0}".repeat(2 * (level - 1)));
            }
            let span = |name: &str| {
                cell.value()
                    .attr(name)
                    .and_then(|span| span.trim().parse::<usize>().ok())
                    .unwrap_or(1)
            };
            let (wide, down) = (
                span("colspan").clamp(1, MAX_COLUMNS),
                span("rowspan").clamp(1, MAX_ROWSPAN),
            );
            for index in 0..wide {
                let at = cells.len();
                if hanging.len() <= at {
                    hanging.resize(at + 1, (String::new(), 0));
                }
                let shown = if index == 0 { text.clone() } else { String::new() };
                if let Some(slot) = hanging.get_mut(at).filter(|_| down > 1) {
                    *slot = (shown.clone(), down - 1);
                }
                cells.push(shown);
            }
        }
        hang(&mut cells, &mut hanging);
        if !cells.is_empty() {
            built.push(Row::of_cells(
                line.unwrap_or(place.line()),
                cells.iter().map(String::as_str),
            ));
        }
    }
    built
}

/// A cell's text on one line; what pushes it to the right is kept as hard spaces.
fn text(cell: ElementRef<'_>) -> String {
    let mut out = String::new();
    let mut indent = 0;
    for edge in cell.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => {
                    for c in text.chars() {
                        if !matches!(c, ' ' | '\n' | '\t' | '\r') {
                            out.push(c);
                        } else if !out.is_empty() && !out.ends_with(' ') {
                            out.push(' ');
                        }
                    }
                }
                Node::Element(element) => {
                    if out.is_empty() {
                        indent +=
                            element.attr("style").map_or(0, indentation) + element.classes().map(level).sum::<usize>();
                    }
                    if matches!(element.name(), "br" | "p" | "div" | "li" | "sup" | "td" | "tr")
                        && !out.is_empty()
                        && !out.ends_with(' ')
                    {
                        out.push(' ');
                    }
                }
                _ => {}
            },
            Edge::Close(_) => {}
        }
    }
    format!("{}{}", "\u{a0}".repeat(indent.min(60)), out.trim_end())
}

/// `padding-left: 20px` in steps of ten pixels, `2em` in steps of half an em.
fn indentation(style: &str) -> usize {
    let value = |declaration: &str| {
        let (name, value) = declaration.split_once(':')?;
        if !matches!(name.trim(), "padding-left" | "margin-left" | "text-indent") {
            return None;
        }
        let value = value.trim();
        let number: f64 = value.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
        let steps = if value.ends_with("em") {
            number * 2.0
        } else {
            number / 10.0
        };
        Some(steps.round().clamp(0.0, 40.0) as usize)
    };
    style.split(';').filter_map(value).sum()
}

/// `indent-level-2`, `level-1`.
fn level(class: &str) -> usize {
    let number = ["indent-level-", "level-", "indent-", "depth-"]
        .iter()
        .find_map(|prefix| class.strip_prefix(prefix));
    number
        .and_then(|number| number.parse::<usize>().ok())
        .unwrap_or(0)
        .min(20)
}
