//! The steps as a table: colours and the terminal's width on a terminal, plain text elsewhere.

use std::io::{IsTerminal, Write};

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, Color, ContentArrangement, Table};

use crate::embedded::step::Step;

/// Width where there is no terminal.
const WIDTH: u16 = 140;

/// Most lines of a cell.
const MOST_LINES: usize = 12;

/// Longest line of a cell.
const LONGEST: usize = 240;

/// Writes the tables and the closing line. A reader who has seen enough may close the pipe.
pub(crate) fn print(steps: &[Step], closing: &str) {
    let mut out = std::io::stdout().lock();
    let mut vendors: Vec<&str> = steps.iter().map(|step| step.vendor).collect();
    vendors.dedup();
    for vendor in vendors {
        let table = table(steps.iter().filter(|step| step.vendor == vendor));
        if writeln!(out, "\n{vendor}\n{table}").is_err() {
            return;
        }
    }
    drop(writeln!(out, "{closing}"));
}

fn table<'a>(steps: impl Iterator<Item = &'a Step>) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["call", "sent", "came back", "as documented"]);
    if !std::io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some() {
        table.force_no_tty();
        table.set_width(WIDTH);
    }
    for step in steps {
        let verdict = if step.differences.is_empty() {
            Cell::new(format!("yes: {}", step.compared.join(", "))).fg(Color::Green)
        } else {
            Cell::new(format!("no\n{}", step.differences.join("\n"))).fg(Color::Red)
        };
        table.add_row([
            Cell::new(format!("{}\n{}", step.way, step.call)).fg(Color::Cyan),
            Cell::new(shortened(&step.sent)),
            Cell::new(shortened(&step.came_back)),
            verdict,
        ]);
    }
    table
}

/// The first lines, each of a readable length.
fn shortened(text: &str) -> String {
    let mut lines: Vec<String> = text
        .lines()
        .take(MOST_LINES)
        .map(|line| line.chars().take(LONGEST).collect())
        .collect();
    let more = text.lines().count().saturating_sub(MOST_LINES);
    if more > 0 {
        lines.push(format!("… {more} more"));
    }
    lines.join("\n")
}
