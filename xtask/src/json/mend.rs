//! JSON as documentation pages print it: with comments, lost commas, quotes and braces, `...` and prose.
//!
//! Reading never fails. What breaks JSON's grammar is mended and reported; where the text stops being JSON, the
//! document ends and what was open is closed.

mod marks;
mod scalar;

use std::collections::HashMap;

use super::{Json, MAX_DEPTH};

/// One document found in a page.
#[derive(Debug, Clone)]
pub(crate) struct Mended {
    pub(crate) value: Json,
    /// Byte offset behind the document.
    pub(crate) end: usize,
    /// Byte offset of each value in document order, a container before what it holds.
    pub(crate) offsets: Vec<usize>,
    pub(crate) slips: Vec<JsonSlip>,
}

/// What was not JSON, and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonSlip {
    pub(crate) offset: usize,
    pub(crate) kind: &'static str,
    /// JSON pointer of the value next to it.
    pub(crate) pointer: String,
    pub(crate) what: String,
    pub(crate) mended: &'static str,
}

/// More slips than this in one document say nothing new.
const MAX_SLIPS: usize = 500;

/// Reads the document that opens at `start`; nothing from `stop` on belongs to it.
pub(crate) fn read(text: &str, start: usize, stop: usize) -> Mended {
    let mut reader = Reader {
        text: text.get(..stop).unwrap_or(text),
        at: start,
        open: Vec::new(),
        path: Vec::new(),
        slips: Vec::new(),
    };
    let (value, spot) = reader.value(0);
    reader.behind_the_root();
    let mut offsets = Vec::new();
    spot.flatten(&mut offsets);
    Mended {
        value,
        end: reader.at,
        offsets,
        slips: reader.slips,
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The closing character of each open container.
    open: Vec<char>,
    /// Keys and indexes down to where we are.
    path: Vec<Step>,
    slips: Vec<JsonSlip>,
}

enum Step {
    Key(String),
    Index(usize),
}

/// Where a value began, and those in it: the value tree's shadow.
struct Spot {
    offset: usize,
    inner: Vec<Spot>,
}

impl Spot {
    fn leaf(offset: usize) -> Spot {
        Spot {
            offset,
            inner: Vec::new(),
        }
    }

    fn flatten(&self, into: &mut Vec<usize>) {
        into.push(self.offset);
        self.inner.iter().for_each(|spot| spot.flatten(into));
    }
}

/// What stood between two entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comma {
    Read,
    Missing,
    /// After `...` or prose nobody can say.
    Either,
}

/// How the entries of a container go on.
enum Next {
    /// An entry starts here.
    Entry,
    /// The container ends; its closing mark is read, or is missing.
    End,
    /// Something was skipped; look again.
    Again,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> (Json, Spot) {
        let start = self.at;
        match self.peek() {
            Some('{' | '[') if depth >= MAX_DEPTH => {
                self.slip("json_too_deep", "containers nested too deep", "the document ends here");
                self.at = self.text.len();
                (Json::Null, Spot::leaf(start))
            }
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            _ => (self.scalar(), Spot::leaf(start)),
        }
    }

    fn object(&mut self, depth: usize) -> (Json, Spot) {
        let mut spot = Spot::leaf(self.at);
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        self.at += 1;
        self.open.push('}');
        let mut comma = Comma::Either;
        loop {
            match self.next(&mut comma) {
                Next::End => break,
                Next::Again => continue,
                Next::Entry => {}
            }
            let start = self.at;
            let Some(key) = self.key() else {
                self.prose("text between the members");
                comma = Comma::Either;
                continue;
            };
            if comma == Comma::Missing {
                self.slip_at(
                    start,
                    "json_missing_comma",
                    &format!("no comma before {key:?}"),
                    "comma added",
                );
            }
            self.path.push(Step::Key(key.clone()));
            let (value, inner) = self.member_value(depth);
            match known.get(&key) {
                Some(&index) => {
                    self.slip_at(
                        start,
                        "json_duplicate_key",
                        &format!("{key:?} stands twice"),
                        "the last one counts",
                    );
                    if let (Some(member), Some(old)) = (members.get_mut(index), spot.inner.get_mut(index)) {
                        (member.1, *old) = (value, inner);
                    }
                }
                None => {
                    known.insert(key.clone(), members.len());
                    members.push((key, value));
                    spot.inner.push(inner);
                }
            }
            comma = self.separator();
            self.path.pop();
        }
        self.open.pop();
        (Json::Object(members), spot)
    }

    fn array(&mut self, depth: usize) -> (Json, Spot) {
        let mut spot = Spot::leaf(self.at);
        let mut items = Vec::new();
        self.at += 1;
        self.open.push(']');
        let mut comma = Comma::Either;
        loop {
            match self.next(&mut comma) {
                Next::End => break,
                Next::Again => continue,
                Next::Entry => {}
            }
            let start = self.at;
            if self.peek() == Some('"') && self.is_key_ahead() {
                self.slip("json_missing_bracket", "a key inside an array", "`]` added before it");
                break;
            }
            if self.is_prose_ahead() {
                self.prose("text between the elements");
                comma = Comma::Either;
                continue;
            }
            if comma == Comma::Missing {
                self.slip("json_missing_comma", "no comma between elements", "comma added");
            }
            self.path.push(Step::Index(items.len()));
            let (value, inner) = self.value(depth + 1);
            if self.at > start {
                items.push(value);
                spot.inner.push(inner);
            } else {
                self.prose("not a value");
            }
            comma = self.separator();
            self.path.pop();
        }
        self.open.pop();
        (Json::Array(items), spot)
    }

    /// Up to the next entry or the end of the innermost container.
    fn next(&mut self, comma: &mut Comma) -> Next {
        self.skip();
        let close = self.open.last().copied().unwrap_or('}');
        let outer = self.open.iter().rev().skip(1).any(|&mark| Some(mark) == self.peek());
        match self.peek() {
            None => self.unclosed(close, "the end of the example"),
            Some('}') if close == '}' && self.open.len() == 1 && self.goes_on_behind() => {
                self.slip(
                    "json_extra_brace",
                    "`}` closes the document, and members follow",
                    "left out",
                );
                self.at += 1;
                *comma = Comma::Missing;
                Next::Again
            }
            Some(c) if c == close => {
                if *comma == Comma::Read {
                    self.slip(
                        "json_trailing_comma",
                        &format!("a comma before `{close}`"),
                        "comma left out",
                    );
                }
                self.at += 1;
                Next::End
            }
            Some(c @ ('}' | ']')) if outer && !self.is_stray(c) => self.unclosed(close, &format!("`{c}`")),
            Some(c @ ('}' | ']')) => {
                self.slip("json_extra_brace", &format!("`{c}` closes nothing"), "left out");
                self.at += 1;
                Next::Again
            }
            Some(',') if *comma == Comma::Missing => {
                self.at += 1;
                *comma = Comma::Read;
                Next::Again
            }
            Some(c @ (',' | '，')) => {
                self.slip("json_extra_comma", &format!("`{c}` separates nothing"), "left out");
                self.at += c.len_utf8();
                Next::Again
            }
            Some('.' | '…') if self.elision() => {
                *comma = Comma::Either;
                Next::Again
            }
            Some('{' | '[') if close == '}' => self.unclosed(close, "the next document or element"),
            Some(_) if self.is_behind_the_document() => self.unclosed(close, "text that is not JSON"),
            Some(_) => Next::Entry,
        }
    }

    fn unclosed(&mut self, close: char, before: &str) -> Next {
        let kind = if close == '}' {
            "json_missing_brace"
        } else {
            "json_missing_bracket"
        };
        self.slip(kind, &format!("no `{close}` before {before}"), "closed");
        Next::End
    }

    /// Behind a value: its comma, and what is no JSON on the rest of the line.
    fn separator(&mut self) -> Comma {
        // An array that lost its `]` ends behind the comma of what follows it.
        let read = self
            .text
            .get(..self.at)
            .is_some_and(|before| before.trim_end().ends_with(','));
        self.skip_blanks();
        let mut comma = read || self.comma();
        self.skip();
        if !comma {
            comma = self.comma();
            self.skip();
        }
        if !self.is_line_start() && self.is_prose_ahead() {
            comma |= self.prose("text behind the value");
        }
        if comma { Comma::Read } else { Comma::Missing }
    }

    fn comma(&mut self) -> bool {
        match self.peek() {
            Some(',') => {
                self.at += 1;
                true
            }
            Some(c @ ('，' | ';' | '；' | '、')) => {
                self.slip("json_fullwidth", &format!("`{c}` for a comma"), "read as a comma");
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    fn member_value(&mut self, depth: usize) -> (Json, Spot) {
        self.skip_blanks();
        match self.peek() {
            Some(':') => self.at += 1,
            Some('：') => {
                self.slip("json_fullwidth", "`：` for a colon", "read as a colon");
                self.at += '：'.len_utf8();
            }
            Some('=') => {
                self.slip("json_missing_colon", "`=` for a colon", "read as a colon");
                self.at += if self.rest().starts_with("=>") { 2 } else { 1 };
            }
            _ => self.slip("json_missing_colon", "no colon behind the key", "colon added"),
        }
        let line_end = self.at;
        self.skip();
        let crossed = self
            .text
            .get(line_end..self.at)
            .is_some_and(|between| between.contains('\n'));
        let start = self.at;
        match self.peek() {
            None | Some(',' | '}' | ']') => {}
            Some('"') if crossed && self.is_key_ahead() => {}
            Some('.' | '…') if self.elision() => return (Json::Null, Spot::leaf(start)),
            Some(_) => return self.value(depth + 1),
        }
        self.slip("json_missing_value", "a key without a value", "null");
        (Json::Null, Spot::leaf(start))
    }

    /// Closing marks too many, and the `,` or `;` of a code sample.
    fn behind_the_root(&mut self) {
        loop {
            let end = self.at;
            self.skip_space();
            match self.peek() {
                Some(c @ ('}' | ']')) => {
                    self.slip("json_extra_brace", &format!("`{c}` closes nothing"), "left out");
                    self.at += 1;
                }
                Some(';' | ',') if self.at == end => self.at += 1,
                _ => {
                    self.at = end;
                    return;
                }
            }
        }
    }

    fn slip(&mut self, kind: &'static str, what: &str, mended: &'static str) {
        self.slip_at(self.at, kind, what, mended);
    }

    fn slip_at(&mut self, offset: usize, kind: &'static str, what: &str, mended: &'static str) {
        if self.slips.len() < MAX_SLIPS {
            let pointer = pointer(&self.path);
            self.slips.push(JsonSlip {
                offset,
                kind,
                pointer,
                what: shorten(what),
                mended,
            });
        }
    }
}

fn pointer(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        out.push('/');
        match step {
            Step::Key(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => out.push_str(&index.to_string()),
        }
    }
    out
}

/// A report shows the beginning of what was found, never a page of it.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
