//! The report as one self-contained page: no script, style, font or picture from elsewhere, and nothing that a page
//! says is markup.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    PageReport, Report,
    finding::{Group, Kind, grouped},
};

pub(super) fn render(report: &Report) -> String {
    let found = report
        .pages
        .iter()
        .map(|page| grouped(&page.findings).len())
        .sum::<usize>();
    let kinds: Vec<(Kind, usize)> = Kind::ALL
        .into_iter()
        .map(|kind| (kind, count(report, None, kind)))
        .collect();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Documentation drift" }
                style { (PreEscaped(include_str!("html/page.css"))) }
            }
            body {
                main {
                    header {
                        div {
                            h1 { "Where the documentation contradicts itself" }
                            p.soft { (found) " disagreements on " (report.pages.len()) " pages of " (report.vendors.len()) " vendors" }
                        }
                        button #theme.needs-script hidden type="button" { "Light / dark" }
                    }
                    (overview(report))
                    div.tools.needs-script hidden {
                        input #search type="search" placeholder="Search names, places, words" aria-label="Search";
                        div.kinds {
                            button.vendor type="button" aria-pressed="true" data-vendor="" { "all vendors" }
                            @for (name, _) in &report.vendors {
                                button.vendor type="button" aria-pressed="false" data-vendor=(name) { (name) }
                            }
                        }
                        div.kinds {
                            @for (kind, count) in kinds.iter().filter(|(_, count)| *count > 0) {
                                button type="button" aria-pressed="true" data-kind=(kind.word()) class={ "kind " (kind.word()) }
                                    title="Click to hide or show; double-click for this kind alone" {
                                    (kind.title()) " " (count)
                                }
                            }
                        }
                        span.soft { span #shown { (found) } " of " (found) }
                    }
                    @for (name, title) in &report.vendors {
                        @if report.pages.iter().any(|page| page.vendor == *name && !page.findings.is_empty()) {
                            h2 data-vendor=(name) id={ "vendor-" (name) } { (title) }
                        }
                        @for page in report.pages.iter().filter(|page| page.vendor == *name && !page.findings.is_empty()) {
                            (self::page(page))
                        }
                    }
                    p.empty.soft hidden[found > 0] { "Nothing here disagrees." }
                }
                script { (PreEscaped(include_str!("html/page.js"))) }
            }
        }
    };
    page.into_string()
}

fn count(report: &Report, vendor: Option<&str>, kind: Kind) -> usize {
    let pages = report
        .pages
        .iter()
        .filter(|page| vendor.is_none_or(|vendor| page.vendor == vendor));
    pages
        .flat_map(|page| grouped(&page.findings))
        .filter(|group| group.first.kind == kind)
        .count()
}

/// How much of what there is, by vendor.
fn overview(report: &Report) -> Markup {
    let kinds: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| count(report, None, *kind) > 0)
        .collect();
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" { "vendor" }
                        th scope="col" { "pages" }
                        th scope="col" { "without a finding" }
                        @for kind in &kinds { th scope="col" { (kind.title()) } }
                    }
                }
                tbody {
                    @for (name, title) in &report.vendors {
                        @let pages = report.pages.iter().filter(|page| page.vendor == *name).count();
                        @let clean = report.pages.iter().filter(|page| page.vendor == *name && page.findings.is_empty()).count();
                        tr {
                            td { a href={ "#vendor-" (name) } { (title) } }
                            td { (pages) }
                            td { (clean) }
                            @for kind in &kinds {
                                @let count = count(report, Some(name), *kind);
                                @if count == 0 { td.none { "–" } } @else { td { (count) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn page(page: &PageReport) -> Markup {
    html! {
        section.page data-vendor=(page.vendor) id={ (page.vendor) "-" (page.operation) } {
            div.head {
                h3 { (page.operation) }
                @if let Some(title) = &page.title { span { (title) } }
                @if let Some(url) = page.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
                    a href=(url) rel="noreferrer" { "documentation" }
                }
                @if let Some(updated) = &page.updated { span.soft { "page of " (updated) } }
            }
            ol {
                @for group in grouped(&page.findings) { (finding(&group)) }
            }
        }
    }
}

fn finding(group: &Group<'_>) -> Markup {
    let first = group.first;
    html! {
        li data-kind=(first.kind.word()) {
            div.at { @if let Some(line) = first.line { "line " (line) } }
            div.found {
                div.place {
                    span class={ "badge " (first.kind.word()) } { (first.kind.title()) }
                    @if !first.place.is_empty() { code { (first.place) } }
                    span.soft { (first.part) }
                }
                p { (with_code(&first.what)) }
                @if !group.others.is_empty() {
                    details.more {
                        summary { "and " (group.others.len()) " more of the same" }
                        @for other in &group.others {
                            div { code { (other.place) } " " span.soft { (other.part) @if let Some(line) = other.line { ", line " (line) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Words in backticks as code.
fn with_code(text: &str) -> Markup {
    html! {
        @for (at, piece) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}
