//! HTML as a browser saves it: its text in lines, its tables as tables, its code in fences.

mod depth;
mod grid;
mod place;
mod site;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

use super::date;
use super::document::{Document, Title};
use super::markup;
use depth::shallow;
use place::Place;
use site::{content, is_skipped, select, title, url};

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
    /// A term of a definition list stands there, and what it means goes on the same line.
    is_term: bool,
}

impl Pending {
    fn flush(&mut self, document: &mut Document) {
        let number = self.number.take().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        self.is_term = false;
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
                        pending.is_term = false;
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
                    if is_block(element.name()) && (!pending.is_term || element.name() == "dt") {
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
            Edge::Close(node) => match node.value().as_element().map(|element| element.name()) {
                Some("dt") if !pending.text.trim().is_empty() => {
                    let length = pending.text.trim_end().trim_end_matches([':', '：']).len();
                    pending.text.truncate(length);
                    pending.text.push('：');
                    pending.is_term = true;
                }
                Some(name) if is_block(name) => pending.flush(document),
                _ => {}
            },
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
        "table" if grid::is_headed(element) || !holds_blocks(element) => {
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
