//! What stands between the values: white space, comments, `...`, and prose.

use super::Reader;

/// How far ahead a decision may look; keeps the time linear whatever the text.
const LOOK_AHEAD: usize = 400;

/// White space on pages: also what browsers and editors leave behind.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_space).len();
    }

    /// White space up to the end of the line.
    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|c| is_space(c) && c != '\n').len();
    }

    /// White space and comments.
    pub(super) fn skip(&mut self) {
        loop {
            self.skip_space();
            let rest = self.rest();
            let length = if rest.starts_with("//") || rest.starts_with('#') {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if rest.starts_with("<!--") {
                rest.find("-->").map_or(rest.len(), |end| end + 3)
            } else {
                return;
            };
            let comment = rest.get(..length).unwrap_or_default().trim_end().to_owned();
            self.slip("json_comment", &comment, "comment left out");
            self.at += length;
        }
    }

    /// `...`, `……`: more of the same was left out. Reads its comma too.
    pub(super) fn elision(&mut self) -> bool {
        let rest = self.rest();
        let dots = rest.len() - rest.trim_start_matches(['.', '…']).len();
        if dots < 2 {
            return false;
        }
        self.slip("json_elision", "`...` stands for more", "left out");
        self.at += dots;
        self.skip_blanks();
        if self.peek() == Some(',') {
            self.at += 1;
        }
        true
    }

    /// Skips what is no JSON, at least one character: to the end of the line, or to the next member or closing mark
    /// on it. True if a comma ended it.
    pub(super) fn prose(&mut self, what: &str) -> bool {
        let start = self.at;
        let rest = self.rest();
        let mut length = rest.len();
        let mut comma = None;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                '\n' | '}' => {
                    length = at;
                    break;
                }
                ',' => comma = Some(at),
                '"' if comma
                    .is_some_and(|comma| rest.get(comma + 1..at).is_some_and(|gap| gap.chars().all(is_space))) =>
                {
                    length = at;
                    break;
                }
                _ => {}
            }
        }
        let text = rest.get(..length).unwrap_or_default().trim_end().to_owned();
        self.slip_at(start, "json_prose", &format!("{what}: {text}"), "left out");
        self.at = start + length.max(rest.chars().next().map_or(0, char::len_utf8));
        text.ends_with([',', '，'])
    }

    /// Nothing but white space before this on the line.
    pub(super) fn is_line_start(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        before.trim_end_matches(|c| is_space(c) && c != '\n').ends_with('\n')
    }

    /// Neither a key nor a value begins here.
    pub(super) fn is_prose_ahead(&self) -> bool {
        is_prose(self.rest())
    }

    /// A line that is no JSON, and the next one is none either: the document is over.
    pub(super) fn is_behind_the_document(&self) -> bool {
        if !self.is_line_start() || !self.is_prose_ahead() {
            return false;
        }
        let Some((_, below)) = head(self.rest()).split_once('\n') else {
            return true;
        };
        !below
            .trim_start_matches(is_space)
            .starts_with(['"', '}', ']', '{', '[', ','])
    }

    /// At a quote: `"…" :` on this line.
    pub(super) fn is_key_ahead(&self) -> bool {
        is_key(head(self.rest()))
    }

    /// Behind the `}` here stand a comma and another member.
    pub(super) fn goes_on_behind(&self) -> bool {
        let behind = head(self.rest())
            .get(1..)
            .unwrap_or_default()
            .trim_start_matches(is_space);
        let member = behind.strip_prefix(',').map(|more| more.trim_start_matches(is_space));
        member.is_some_and(is_key)
    }

    /// A `}` inside an array that closes nothing: the array goes on behind it.
    pub(super) fn is_stray(&self, mark: char) -> bool {
        if mark != '}' || self.open.last() != Some(&']') {
            return false;
        }
        let behind = head(self.rest())
            .get(1..)
            .unwrap_or_default()
            .trim_start_matches(is_space);
        match behind.strip_prefix(',') {
            Some(more) => more.trim_start_matches(is_space).starts_with('{'),
            None => behind.starts_with(']'),
        }
    }
}

/// `"…" :` on one line.
fn is_key(text: &str) -> bool {
    let line = text.split('\n').next().unwrap_or_default();
    line.strip_prefix('"')
        .and_then(|text| text.split_once('"'))
        .is_some_and(|(key, behind)| {
            !key.contains('\\') && behind.trim_start_matches(is_space).starts_with([':', '：'])
        })
}

/// As much of a text as a decision may look at.
pub(super) fn head(text: &str) -> &str {
    let mut end = LOOK_AHEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn is_prose(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    match first {
        '"' | '\'' | '“' | '”' | '‘' | '’' | '{' | '[' | '}' | ']' | ',' | '，' | ':' | '.' | '…' => false,
        '-' | '+' => !text
            .get(1..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())),
        c if c.is_ascii_digit() => false,
        c if c.is_ascii_alphabetic() || matches!(c, '_' | '$') => {
            let head = head(text);
            let behind =
                head.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '-' | '.'));
            let word = head.get(..head.len() - behind.len()).unwrap_or_default();
            let behind = behind.trim_start_matches(|c| is_space(c) && c != '\n');
            let ends = behind.is_empty() || behind.starts_with([',', '}', ']', '\n']);
            let key = behind.starts_with('"') || (behind.starts_with([':', '=']) && !behind.starts_with("://"));
            let literal = matches!(
                word.to_ascii_lowercase().as_str(),
                "true" | "false" | "null" | "none" | "undefined"
            );
            !(key || ends || literal)
        }
        _ => true,
    }
}
