//! The report for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{
    Report,
    finding::{Finding, Group, Kind, grouped},
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn style(kind: Kind) -> Style {
    let colour = match kind {
        Kind::MissingPath | Kind::RequiredButAbsent => AnsiColor::Red,
        Kind::TypeConflict | Kind::NameTwin | Kind::ValueNotDocumented => AnsiColor::Yellow,
        Kind::UndocumentedInExample | Kind::DocumentedNotInExample => AnsiColor::Cyan,
        Kind::TableSlip => AnsiColor::Magenta,
    };
    colour.on_default()
}

/// Grouped by operation, one entry a disagreement, with a summary at the end.
pub(super) fn render(report: &Report) -> String {
    let mut out = String::new();
    for page in report.pages.iter().filter(|page| !page.findings.is_empty()) {
        let title = page.title.as_deref().unwrap_or_default();
        let _ = writeln!(out, "{BOLD}{}/{}{BOLD:#}  {title}", page.vendor, page.operation);
        for Group { first, others } in grouped(&page.findings) {
            let Finding {
                kind,
                part,
                place,
                what,
                line,
                ..
            } = first;
            let style = style(*kind);
            let line = line.map_or_else(|| "     -".to_owned(), |line| format!("{line:>6}"));
            let shown = if place.is_empty() { "the whole" } else { place };
            let _ = writeln!(
                out,
                "{DIM}{line}{DIM:#} {style}{}{style:#} {DIM}{part}{DIM:#} {BOLD}{shown}{BOLD:#}",
                kind.word()
            );
            let _ = writeln!(out, "       {what}");
            if !others.is_empty() {
                let more: Vec<String> = others.iter().take(SHOWN).map(|other| at(first, other)).collect();
                let rest = others.len().saturating_sub(SHOWN);
                let rest = if rest > 0 {
                    format!(" and {rest} more")
                } else {
                    String::new()
                };
                let _ = writeln!(out, "       {DIM}also at {}{rest}{DIM:#}", more.join(", "));
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", summary(report));
    out
}

/// More places than these are counted, not listed.
const SHOWN: usize = 4;

fn at(first: &Finding, other: &Finding) -> String {
    let part = if other.part == first.part {
        String::new()
    } else {
        format!("{} ", other.part)
    };
    let line = other.line.map_or_else(String::new, |line| format!(" (line {line})"));
    format!("{part}{}{line}", other.place)
}

/// `24 disagreements on 22 pages: 9 type_conflict, …`.
pub(super) fn summary(report: &Report) -> String {
    let groups: Vec<Kind> = report
        .pages
        .iter()
        .flat_map(|page| grouped(&page.findings))
        .map(|group| group.first.kind)
        .collect();
    let counts = Kind::ALL
        .into_iter()
        .map(|kind| (kind, groups.iter().filter(|found| **found == kind).count()));
    let counts: Vec<String> = counts
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {}", kind.word()))
        .collect();
    let pages = report.pages.len();
    if counts.is_empty() {
        return format!("no disagreements on {pages} pages");
    }
    format!("{} disagreements on {pages} pages: {}", groups.len(), counts.join(", "))
}
