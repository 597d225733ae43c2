//! Keys, strings, numbers and words, whatever quotes they have or have lost.

use super::super::Json;
use super::super::parse::{is_number, unescape};
use super::Reader;
use super::marks::head;

impl Reader<'_> {
    /// The key here; nothing if none begins here.
    pub(super) fn key(&mut self) -> Option<String> {
        let (start, slips) = (self.at, self.slips.len());
        match self.peek()? {
            quote @ ('"' | '\'' | '“' | '”' | '‘' | '’') => {
                let key = self.quoted(quote);
                self.skip_blanks();
                if matches!(self.peek(), Some(':' | '：' | '=')) {
                    return Some(key);
                }
                // `"name: "x"`: the key's closing quote is missing.
                let raw = self.text.get(start..self.at).unwrap_or_default();
                let Some(colon) = raw.find([':', '：']).filter(|_| !raw.starts_with("\"http")) else {
                    return Some(key);
                };
                let name = raw.get(quote.len_utf8()..colon).unwrap_or_default().trim().to_owned();
                self.at = start + colon;
                self.slips.truncate(slips);
                self.slip_at(
                    start,
                    "json_missing_quote",
                    &format!("no closing quote behind {name:?}"),
                    "quote added",
                );
                Some(name)
            }
            c if c.is_ascii_alphanumeric() || matches!(c, '_' | '$') => self.bare_key(),
            _ => None,
        }
    }

    fn bare_key(&mut self) -> Option<String> {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '-' | '.')))
            .unwrap_or(rest.len());
        let name = rest.get(..length)?.to_owned();
        let behind = rest.get(length..)?;
        let quote = usize::from(behind.starts_with('"'));
        if !behind
            .get(quote..)?
            .trim_start_matches([' ', '\t'])
            .starts_with([':', '：', '='])
        {
            return None;
        }
        let kind = if quote == 1 {
            "json_missing_quote"
        } else {
            "json_unquoted_key"
        };
        self.slip(kind, &format!("no opening quote before {name:?}"), "quotes added");
        self.at += length + quote;
        self.skip_blanks();
        Some(name)
    }

    pub(super) fn scalar(&mut self) -> Json {
        match self.peek() {
            Some(quote @ ('"' | '\'' | '“' | '”' | '‘' | '’')) => Json::String(self.quoted(quote)),
            Some(_) => self.bare(),
            None => Json::Null,
        }
    }

    fn quoted(&mut self, quote: char) -> String {
        let closing: &[char] = match quote {
            '"' => &['"'],
            '\'' => &['\''],
            '‘' | '’' => &['’', '‘'],
            _ => &['”', '“', '"'],
        };
        if quote != '"' {
            self.slip("json_quote", &format!("`{quote}` for a quote"), "read as a quote");
        }
        self.at += quote.len_utf8();
        let start = self.at;
        let mut out = String::new();
        let mut inner = false;
        while let Some(c) = self.peek() {
            if closing.contains(&c) {
                if !inner && !self.is_inner_quote(c) {
                    self.at += c.len_utf8();
                    return out;
                }
                inner = !inner;
            }
            match c {
                '\\' => self.escape(&mut out),
                '\n' if self.is_next_line_json() => break,
                c => {
                    match c {
                        '\n' => self.slip("json_control", "a line break inside a string", "kept"),
                        '\t' => self.slip("json_control", "a tab inside a string", "kept"),
                        '"' => self.slip("json_unescaped_quote", "a quote inside a string", "kept"),
                        _ => {}
                    }
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        // The closing quote is missing; a comma at the end of the line was not meant to be in the string.
        self.slip_at(
            start,
            "json_missing_quote",
            &format!("no closing quote behind {out:?}"),
            "quote added",
        );
        let kept = out.trim_end().trim_end_matches([',', '，']);
        self.at -= out.len() - kept.len();
        kept.to_owned()
    }

    fn escape(&mut self, out: &mut String) {
        if let Some((c, length)) = unescape(self.rest()) {
            out.push(c);
            self.at += length;
        } else if self.rest().starts_with("\\u") {
            self.slip("json_escape", "half a character", "replaced");
            out.push(char::REPLACEMENT_CHARACTER);
            let digits = self
                .rest()
                .bytes()
                .skip(2)
                .take(4)
                .take_while(u8::is_ascii_hexdigit)
                .count();
            self.at += 2 + digits;
        } else {
            self.slip("json_escape", "not an escape sequence", "backslash kept");
            out.push('\\');
            self.at += 1;
        }
    }

    /// `"he said "hi" there"`: this quote and one more belong to the text, and the one after that closes it.
    fn is_inner_quote(&self, quote: char) -> bool {
        let line = head(self.rest()).split('\n').next().unwrap_or_default();
        let behind = line.get(quote.len_utf8()..).unwrap_or_default();
        if quote != '"' || !behind.starts_with(|c: char| c.is_alphanumeric()) {
            return false;
        }
        let mut quotes = behind.char_indices().take(200).filter(|(_, c)| *c == '"').skip(1);
        quotes.next().is_some_and(|(at, _)| {
            let behind = behind.get(at + 1..).unwrap_or_default().trim_start();
            behind.is_empty() || behind.starts_with([',', '}', ']'])
        })
    }

    /// At a line break inside a string: the line below begins like JSON.
    fn is_next_line_json(&self) -> bool {
        head(self.rest()).trim_start().starts_with(['"', '}', ']', '{'])
    }

    /// A number, a word, or text without quotes.
    fn bare(&mut self) -> Json {
        let rest = self.rest();
        let mut length = rest.len();
        let mut before = ' ';
        for (at, c) in rest.char_indices() {
            let comment =
                before.is_whitespace() && (c == '#' || rest.get(at..).is_some_and(|text| text.starts_with("//")));
            if matches!(c, ',' | '，' | '}' | ']' | '\n') || (comment && at > 0) {
                length = at;
                break;
            }
            before = c;
        }
        let whole = rest.get(..length).unwrap_or_default().trim_end();
        let word = whole
            .split(|c: char| c.is_whitespace() || !c.is_ascii())
            .next()
            .unwrap_or_default();
        let literal = match word {
            "null" => Some(Json::Null),
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            number if is_number(number) => Some(Json::Number(number.to_owned())),
            _ => None,
        };
        if let Some(value) = literal {
            self.at += word.len();
            return value;
        }
        let (whole, consumed) = (whole.to_owned(), whole.len());
        let value = match whole.to_ascii_lowercase().as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            "null" | "none" | "nil" | "undefined" | "nan" => Json::Null,
            _ => Json::String(whole.trim_end_matches('"').to_owned()),
        };
        let (kind, mended) = match &value {
            Json::String(_) if whole.ends_with('"') => ("json_missing_quote", "quote added"),
            Json::String(_) => ("json_bare_word", "read as a string"),
            _ => ("json_literal", "read as JSON's own word"),
        };
        self.slip(kind, &format!("`{whole}`"), mended);
        self.at += consumed;
        value
    }
}
