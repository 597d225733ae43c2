//! The documentation in a page, and what the site puts around it.

use scraper::node::Element;
use scraper::{ElementRef, Html, Selector};

use crate::page::document::Title;
use crate::page::markup;

pub(super) fn select<'h>(html: &'h Html, selector: &str) -> Option<ElementRef<'h>> {
    Selector::parse(selector)
        .ok()
        .and_then(|selector| html.select(&selector).next())
}

/// The part with the documentation in it: the innermost of the usual places that holds most of the text.
pub(super) fn content(html: &Html) -> ElementRef<'_> {
    let body = select(html, "body").unwrap_or_else(|| html.root_element());
    let length = |element: ElementRef<'_>| element.text().map(|text| text.trim().len()).sum::<usize>();
    let tables = |element: ElementRef<'_>| {
        element
            .descendants()
            .filter(|node| {
                node.value()
                    .as_element()
                    .is_some_and(|element| matches!(element.name(), "table" | "pre"))
            })
            .count()
    };
    let (all, all_tables) = (length(body), tables(body));
    for selector in [
        ".markdown-body",
        ".markdown-section",
        "article",
        "main",
        "[role=main]",
        "#content",
        ".doc-content",
        ".article-content",
        ".content",
    ] {
        if let Some(found) =
            select(html, selector).filter(|found| length(*found) * 5 >= all && tables(*found) == all_tables)
        {
            return found;
        }
    }
    body
}

/// The `<title>` without the name of the site behind it.
pub(super) fn title(html: &Html) -> Option<Title> {
    let title = markup::plain(&select(html, "title")?.text().collect::<String>());
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = [" - ", " | ", "_", " – ", " — ", "｜", " · "]
        .iter()
        .fold(title.as_str(), |title, mark| title.split(mark).next().unwrap_or(title));
    let name = name.trim();
    (!name.is_empty()).then(|| Title {
        text: name.to_owned(),
        is_sure: name.len() < title.len(),
    })
}

pub(super) fn url(html: &Html, text: &str) -> Option<String> {
    let of = |selector: &str, name: &str| {
        select(html, selector)
            .and_then(|element| element.value().attr(name))
            .map(str::to_owned)
    };
    let saved = || {
        let comment = text
            .get(..text.len().min(2000))
            .or_else(|| text.get(..1000))
            .unwrap_or_default();
        let behind = comment.split_once("saved from url=(")?.1.split_once(')')?.1;
        Some(behind.split([' ', '-', '\n']).next()?.trim().to_owned())
    };
    let url = of("link[rel=canonical]", "href")
        .or_else(|| of("meta[property='og:url']", "content"))
        .or_else(saved)?;
    (url.starts_with("http://") || url.starts_with("https://")).then_some(url)
}

/// What a page shows besides the documentation.
pub(super) fn is_skipped(element: &Element) -> bool {
    let hidden = element.attr("hidden").is_some()
        || element
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").contains("display:none"));
    let of_the_site = |class: &str| {
        let class = class.to_ascii_lowercase();
        [
            "sidebar",
            "side-bar",
            "breadcrumb",
            "breadcrumbs",
            "toc",
            "gutter",
            "linenos",
            "lineno",
            "line-numbers-rows",
            "line-numbers-wrapper",
            "hljs-ln-numbers",
            "code-lineno",
            "copy-btn",
            "navbar",
            "catalog",
        ]
        .contains(&class.as_str())
    };
    matches!(
        element.name(),
        "script"
            | "style"
            | "nav"
            | "noscript"
            | "template"
            | "svg"
            | "button"
            | "select"
            | "iframe"
            | "aside"
            | "head"
            | "title"
    ) || hidden
        || element.classes().any(of_the_site)
}
