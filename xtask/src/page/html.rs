//! HTML as a browser saves it: its text in lines, its tables as tables, its code in fences.

mod grid;
mod place;

use std::borrow::Cow;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node, Selector};

use super::date;
use super::document::{Document, Title};
use super::markup;
use place::Place;

/// Whether a text is an HTML page rather than text or markdown with some tags.
pub(super) fn is_html(text: &str) -> bool {
    let mut head = text.trim_start();
    while let Some(end) = head.strip_prefix("<!--").and_then(|rest| rest.find("-->")) {
        head = head.get(end + 7..).unwrap_or_default().trim_start();
    }
    let start: String = head.chars().take(40).collect::<String>().to_ascii_lowercase();
    let is_page = ["<!doctype html", "<html", "<head", "<body", "<meta", "<?xml"]
        .iter()
        .any(|tag| start.starts_with(tag));
    let is_fragment = [
        "<div", "<article", "<section", "<main", "<h1", "<h2", "<h3", "<p>", "<p ", "<table", "<span", "<ul",
    ]
    .iter()
    .any(|tag| start.starts_with(tag));
    let markdown = || {
        text.lines()
            .any(|line| line.starts_with("```") || line.starts_with("##") || line.contains("|---"))
    };
    is_page || (is_fragment && !markdown())
}

/// Reads a page.
pub(super) fn document(text: &str) -> Document {
    let html = Html::parse_document(&shallow(text));
    let mut document = Document {
        title: title(&html),
        url: url(&html, text),
        ..Document::default()
    };
    let root = content(&html);
    let headed = |element: ElementRef<'_>| {
        element
            .descendants()
            .any(|node| node.value().as_element().is_some_and(|element| element.name() == "h1"))
    };
    if let Some(title) = select(&html, "h1")
        .filter(|_| !headed(root))
        .map(|heading| heading.text().collect::<String>())
    {
        document.title = Some(Title {
            text: markup::plain(&title),
            is_sure: true,
        })
        .filter(|title| !title.text.is_empty());
    }
    let mut place = Place::new(text);
    write(&mut document, *root, &mut place);
    if !document.text.lines().any(|line| date::updated(line).is_some()) {
        let dates = html
            .root_element()
            .text()
            .map(str::trim)
            .filter(|text| date::updated(text).is_some());
        for found in dates.take(1) {
            let number = place.line();
            document.line(number, found);
        }
    }
    document
}

/// Appends a piece of HTML that stands in another text; `first` is the page's line on which it begins.
pub(super) fn fragment(document: &mut Document, text: &str, first: usize) {
    let html = Html::parse_fragment(&shallow(text));
    let mut place = Place::new(text);
    place.begin_at(first);
    write(document, *html.root_element(), &mut place);
}

/// Deeper elements than this mean nothing, and cost the parser time for each one around them.
const MAX_DEPTH: usize = 400;

/// The text without the tags that open elements too deep.
fn shallow(text: &str) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices('<') {
        if at < from {
            continue;
        }
        let behind = text.get(at + 1..).unwrap_or_default();
        if behind.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = behind
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(behind.len());
            let name = behind.get(..end).unwrap_or_default().to_ascii_lowercase();
            if is_self_closed(&name) {
                continue;
            }
            depth += 1;
            if depth > MAX_DEPTH {
                out.push_str(text.get(from..at).unwrap_or_default());
                from = at + 1 + behind.find('>').map_or(end, |close| close + 1);
                from = from.max(at + 1);
            }
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Elements that hold nothing, and those that the next of their kind closes.
fn is_self_closed(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "meta"
            | "link"
            | "input"
            | "col"
            | "area"
            | "base"
            | "embed"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "thead"
            | "tbody"
            | "tfoot"
            | "html"
            | "head"
            | "body"
    )
}

fn select<'h>(html: &'h Html, selector: &str) -> Option<ElementRef<'h>> {
    Selector::parse(selector)
        .ok()
        .and_then(|selector| html.select(&selector).next())
}

/// The part with the documentation in it: the innermost of the usual places that holds most of the text.
fn content(html: &Html) -> ElementRef<'_> {
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
fn title(html: &Html) -> Option<Title> {
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

fn url(html: &Html, text: &str) -> Option<String> {
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
fn is_skipped(element: &Element) -> bool {
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

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "li"
            | "ul"
            | "ol"
            | "tr"
            | "td"
            | "th"
            | "dd"
            | "dt"
            | "dl"
            | "blockquote"
            | "table"
            | "header"
            | "main"
            | "figure"
            | "form"
            | "fieldset"
            | "footer"
            | "tbody"
            | "thead"
            | "body"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "figcaption"
            | "details"
            | "summary"
            | "label"
    )
}

/// A line in the making.
#[derive(Default)]
struct Pending {
    text: String,
    number: Option<usize>,
}

impl Pending {
    fn flush(&mut self, document: &mut Document) {
        let number = self.number.take().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        // A mark with nothing behind it is no line.
        if !text
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '-'))
            .is_empty()
        {
            document.line(number, text.trim_end());
        }
    }
}

fn write(document: &mut Document, root: NodeRef<'_, Node>, place: &mut Place<'_>) {
    let mut pending = Pending::default();
    let mut edges = root.traverse();
    while let Some(edge) = edges.next() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => {
                    let words = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
                    let glued = !text.starts_with([' ', '\n', '\t', '\r']);
                    for (index, word) in words.enumerate() {
                        if index == 0 {
                            let number = place.find(word);
                            pending.number.get_or_insert(number);
                        }
                        if !(pending.text.is_empty() || index == 0 && glued || pending.text.ends_with(' ')) {
                            pending.text.push(' ');
                        }
                        pending.text.push_str(word);
                    }
                    if text.ends_with([' ', '\n', '\t', '\r'])
                        && !pending.text.is_empty()
                        && !pending.text.ends_with(' ')
                    {
                        pending.text.push(' ');
                    }
                }
                Node::Element(element) => {
                    let whole = ElementRef::wrap(node).and_then(|found| whole(document, &mut pending, found, place));
                    if whole.is_some() || (is_skipped(element) && node != root) {
                        skip(&mut edges, node);
                        continue;
                    }
                    if is_block(element.name()) {
                        pending.flush(document);
                    }
                    match element.name() {
                        "br" => pending.flush(document),
                        "li" => pending.text.push_str("- "),
                        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => pending.text.push_str("## "),
                        _ => {}
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if node
                    .value()
                    .as_element()
                    .is_some_and(|element| is_block(element.name()))
                {
                    pending.flush(document);
                }
            }
        }
    }
    pending.flush(document);
}

/// Goes on behind a node.
fn skip<'h>(edges: &mut impl Iterator<Item = Edge<'h, Node>>, node: NodeRef<'h, Node>) {
    for edge in edges.by_ref() {
        if matches!(edge, Edge::Close(closed) if closed == node) {
            return;
        }
    }
}

/// Elements that are written as a whole: tables and code.
fn whole(document: &mut Document, pending: &mut Pending, element: ElementRef<'_>, place: &mut Place<'_>) -> Option<()> {
    match element.value().name() {
        "pre" | "textarea" => {}
        "code" if element.text().any(|text| text.contains('\n')) => {}
        "table" if !holds_blocks(element) => {
            pending.flush(document);
            let rows = grid::table(element, place);
            document.table(rows.first().map_or(0, |row| row.line), rows);
            return Some(());
        }
        _ if matches!(element.value().attr("role"), Some("table" | "grid" | "treegrid")) && !holds_blocks(element) => {
            pending.flush(document);
            let rows = grid::roles(element, place);
            document.table(rows.first().map_or(0, |row| row.line), rows);
            return Some(());
        }
        _ => return None,
    }
    pending.flush(document);
    let language = element
        .value()
        .classes()
        .chain(element.child_elements().flat_map(|child| child.value().classes()));
    let language = language
        .filter_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")))
        .next()
        .unwrap_or_default();
    let code = code(element);
    let first = place.find(code.trim_start().lines().next().unwrap_or_default().trim_end());
    let leading = code.len() - code.trim_start().len();
    let skipped = code.get(..leading).map_or(0, |blank| blank.matches('\n').count());
    document.line(first, &format!("```{language}"));
    for (index, line) in code.lines().enumerate() {
        document.line(place.below(first.saturating_sub(skipped), index), line);
    }
    document.line(place.below(first, code.lines().count()), "```");
    Some(())
}

/// A table for layout: there are tables or code in its cells.
fn holds_blocks(table: ElementRef<'_>) -> bool {
    table.descendants().skip(1).any(|node| {
        node.value().as_element().is_some_and(|element| {
            matches!(element.name(), "table" | "textarea" | "h1" | "h2" | "h3")
                || element.name() == "pre" && node.parent().is_some_and(|cell| cell.children().count() <= 3)
        })
    })
}

/// The text of a code block: `<br>` and each block in it end a line.
fn code(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    let mut edges = element.traverse();
    while let Some(edge) = edges.next() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => out.push_str(text),
                Node::Element(inner) if is_skipped(inner) => skip(&mut edges, node),
                Node::Element(inner) if inner.name() == "br" => out.push('\n'),
                _ => {}
            },
            Edge::Close(node) => {
                let ends_line = node
                    .value()
                    .as_element()
                    .is_some_and(|inner| matches!(inner.name(), "div" | "li" | "p" | "tr"));
                if ends_line && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
        }
    }
    out
}
