//! The page in blocks, in its order: lines of text, tables, JSON examples, curl commands.

use super::curl::{self, Curl};
use super::document::{self, Document};
use super::example;
use super::markup;
use super::table::{self, Line, Table};
use super::{address, date, heading};
use crate::json::mend::{self, Mended};

/// One piece of the page.
#[derive(Debug)]
pub(super) enum Block {
    Text(Text),
    Table(Table),
    Example(Example),
    Curl(Curl),
}

/// A line of text, free of its markup.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) line: usize,
    pub(super) text: String,
    /// How far spaces push it to the right.
    pub(super) indent: usize,
    /// Set off as a heading.
    pub(super) marked: bool,
    /// In a block of code.
    pub(super) code: bool,
}

/// A JSON document of the page.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) json: Mended,
    /// The page's line of each value, in document order.
    pub(super) lines: Vec<usize>,
    /// The page's line of each slip.
    pub(super) slip_lines: Vec<usize>,
}

/// A block of code, between its fences.
enum Fence {
    None,
    /// Perhaps an example.
    Open,
    /// A program in some language: nothing of the API.
    Foreign,
}

/// Takes a document apart.
pub(super) fn blocks(document: &Document) -> Vec<Block> {
    // Both follow the text as it is used up: a line that is cut at the front begins later.
    let mut starts = line_starts(&document.text);
    let mut lines: Vec<Line<'_>> = document
        .text
        .lines()
        .zip(&document.numbers)
        .map(|(text, number)| Line { number: *number, text })
        .collect();
    let stops = stops(&lines, &starts, document.text.len());
    let mut blocks = Vec::new();
    let mut fence = Fence::None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let (text, number) = (line.text, line.number);
        if let Some(language) = fence_language(text) {
            fence = match fence {
                Fence::None if is_foreign(language, lines.get(at + 1..).unwrap_or_default()) => Fence::Foreign,
                Fence::None => Fence::Open,
                _ => Fence::None,
            };
            at += 1;
            continue;
        }
        if matches!(fence, Fence::Foreign) || text.trim().is_empty() {
            at += 1;
            continue;
        }
        if let Some(rows) = document.table_of(text) {
            blocks.push(Block::Table(Table::from_rows(rows.to_vec())));
            at += 1;
            continue;
        }
        if let Some(opening) = example::opens(text) {
            let from = starts.get(at).copied().unwrap_or_default() + opening.at;
            let stop = stops.get(at + 1).copied().unwrap_or(document.text.len());
            push_text(&mut blocks, number, opening.before, false);
            let json = mend::read(&document.text, from, stop);
            let line_of = |offset: usize| line_at(&starts, offset);
            let number_of = |offset: usize| document.numbers.get(line_of(offset)).copied().unwrap_or(number);
            let lines_of = |offsets: &[usize]| offsets.iter().map(|offset| number_of(*offset)).collect();
            let end = json.end.max(from + 1);
            let slip_offsets: Vec<usize> = json.slips.iter().map(|slip| slip.offset).collect();
            blocks.push(Block::Example(Example {
                lines: lines_of(&json.offsets),
                slip_lines: lines_of(&slip_offsets),
                json,
            }));
            at = go_on(document, &mut starts, &mut lines, end);
            continue;
        }
        if curl::begins(text) {
            let (command, count) = curl::read(lines.get(at..).unwrap_or_default());
            blocks.extend(command.map(Block::Curl));
            at += count;
            continue;
        }
        if (matches!(fence, Fence::None) || text.contains('|'))
            && let Some(found) = lines.get(at..).and_then(table::table_at)
        {
            let last = at + found.lines.max(1) - 1;
            if let Some(before) = found.before {
                push_text(&mut blocks, number, before, false);
            }
            let after = found.after;
            blocks.push(Block::Table(found.table));
            at = last + 1;
            if let (Some(rest), Some(line), Some(start)) = (after, lines.get_mut(last), starts.get_mut(last)) {
                *start += line.text.len() - rest.len();
                line.text = rest;
                at = last;
            }
            continue;
        }
        push_text(&mut blocks, number, text, matches!(fence, Fence::Open));
        at += 1;
    }
    blocks
}

fn push_text(blocks: &mut Vec<Block>, line: usize, raw: &str, code: bool) {
    let found = markup::line(raw);
    if !found.text.is_empty() {
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        blocks.push(Block::Text(Text {
            line,
            text: found.text,
            indent,
            marked: found.marked && !code,
            code,
        }));
    }
}

/// The line to go on with behind `end`, cut to what is left of it.
fn go_on<'t>(document: &'t Document, starts: &mut [usize], lines: &mut [Line<'t>], end: usize) -> usize {
    let at = line_at(starts, end);
    if starts.get(at) == Some(&end) {
        return at;
    }
    let line_end = starts.get(at + 1).map_or(document.text.len(), |next| next - 1);
    let rest = document.text.get(end..line_end).unwrap_or_default();
    match (lines.get_mut(at), starts.get_mut(at)) {
        (Some(line), Some(start)) if !rest.trim_matches([' ', '`', '\t', '\u{a0}']).is_empty() => {
            (line.text, *start) = (rest, end);
            at
        }
        _ => at + 1,
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect()
}

fn line_at(starts: &[usize], offset: usize) -> usize {
    starts.partition_point(|start| *start <= offset).saturating_sub(1)
}

/// For each line, where from it on an example must have ended: at the next heading, fence, table or footer.
fn stops(lines: &[Line<'_>], starts: &[usize], end: usize) -> Vec<usize> {
    let mut stops = vec![end; lines.len() + 1];
    let mut stop = end;
    for (at, line) in lines.iter().enumerate().rev() {
        if is_stop(line.text) {
            stop = starts.get(at).copied().unwrap_or(end);
        }
        if let Some(entry) = stops.get_mut(at) {
            *entry = stop;
        }
    }
    stops
}

fn is_stop(text: &str) -> bool {
    let trimmed = text.trim_start();
    if trimmed.starts_with(['"', '}', ']', '{', '[', '“', '”', '\'']) || trimmed.is_empty() {
        return false;
    }
    if document::is_table(text) || fence_language(text).is_some() {
        return true;
    }
    if trimmed.len() > 300 {
        return false;
    }
    let plain = markup::line(text).text;
    heading::is_plain_heading(&plain) || date::updated(&plain).is_some() || is_labelled_heading(&plain)
}

/// `返回示例：{`, `请求方式：GET`.
fn is_labelled_heading(text: &str) -> bool {
    !text.is_ascii()
        && heading::labelled(text)
            .is_some_and(|(_, value)| value.starts_with(['{', '[']) || address::method(value).is_some())
}

/// The language behind a fence's marks.
fn fence_language(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches(['>', ' ']);
    let rest = text.strip_prefix("```").or_else(|| text.strip_prefix("~~~"))?;
    let language = rest.trim_start_matches(['`', '~']).trim();
    (!language.contains(['`', '{', '"'])).then_some(language)
}

fn is_foreign(language: &str, lines: &[Line<'_>]) -> bool {
    let language = language
        .split([' ', ',', ':'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let first = lines
        .iter()
        .map(|line| line.text.trim())
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    // Some tools call the block of the URL a language, too.
    if address::request_line(first).is_some() {
        return false;
    }
    if matches!(
        language.as_str(),
        "java"
            | "php"
            | "python"
            | "py"
            | "go"
            | "golang"
            | "csharp"
            | "c#"
            | "cs"
            | "ruby"
            | "swift"
            | "kotlin"
            | "c"
            | "cpp"
            | "xml"
            | "html"
            | "sql"
            | "objc"
            | "objective-c"
            | "yaml"
            | "mermaid"
            | "css"
    ) {
        return true;
    }
    [
        "import ", "package ", "public ", "using ", "<?", "def ", "from ", "const ", "let ", "var ", "function",
        "class ", "#include", "$", "private ", "async ", "<",
    ]
    .iter()
    .any(|word| first.starts_with(word))
        && !first.starts_with("$ curl")
}
