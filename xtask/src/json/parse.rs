//! Strict JSON, for the files of `fixtures/`. Pages are read by the mending reader instead.

use super::{Json, MAX_DEPTH};

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at line {line}, column {column}")]
pub(crate) struct JsonError {
    pub(crate) message: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1, in characters.
    pub(crate) column: usize,
    /// Byte offset into the text.
    pub(crate) offset: usize,
}

pub(super) fn parse(text: &str) -> Result<Json, JsonError> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.error("text after the end of the document")),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Result<Json, JsonError> {
        if depth > MAX_DEPTH {
            return Err(self.error("nested too deep"));
        }
        match self.peek() {
            None => Err(self.error("a value is missing")),
            Some(b'"') => self.string().map(Json::String),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, JsonError> {
        self.at += 1;
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        if self.eat(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.error("a key in double quotes is expected"));
            }
            let start = self.at;
            let key = self.string()?;
            if !seen.insert(key.clone()) {
                self.at = start;
                return Err(self.error("this key stands twice in one object"));
            }
            self.expect(b':', "`:` is expected after the key")?;
            members.push((key, self.value(depth + 1)?));
            if self.eat(b'}') {
                return Ok(Json::Object(members));
            }
            self.expect(b',', "`,` or `}` is expected")?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.eat(b']') {
                return Ok(Json::Array(items));
            }
            self.expect(b',', "`,` or `]` is expected")?;
        }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(c) = rest.chars().next() else {
                return Err(self.error("the string has no closing quote"));
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(out);
                }
                '\\' => {
                    let Some((escaped, length)) = unescape(rest) else {
                        return Err(self.error("not an escape sequence"));
                    };
                    out.push(escaped);
                    self.at += length;
                }
                c if (c as u32) < 0x20 => {
                    return Err(self.error("a control character inside a string"));
                }
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn number(&mut self) -> Result<Json, JsonError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest
            .bytes()
            .take_while(|b| matches!(b, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'))
            .count();
        let text = rest.get(..length).unwrap_or_default();
        if !is_number(text) {
            return Err(self.error("not a number as JSON writes it"));
        }
        self.at += length;
        Ok(Json::Number(text.to_owned()))
    }

    fn word(&mut self) -> Result<Json, JsonError> {
        for (word, value) in [
            ("null", Json::Null),
            ("true", Json::Bool(true)),
            ("false", Json::Bool(false)),
        ] {
            if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.error("not a JSON value"))
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), JsonError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.error(message))
        }
    }

    fn error(&self, message: &str) -> JsonError {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        JsonError {
            message: message.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            offset: self.at,
        }
    }
}

/// The character that the escape sequence at the start of `text` stands for, and the sequence's length.
pub(super) fn unescape(text: &str) -> Option<(char, usize)> {
    let simple = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let first = hex4(text.get(2..6)?)?;
            return match first {
                0xd800..=0xdbff => {
                    let second = text
                        .get(6..8)
                        .filter(|mark| *mark == "\\u")
                        .and(text.get(8..12))
                        .and_then(hex4)?;
                    let mut pair = char::decode_utf16([first, second]);
                    Some((pair.next()?.ok()?, 12))
                }
                _ => Some((char::from_u32(u32::from(first))?, 6)),
            };
        }
        _ => return None,
    };
    Some((simple, 2))
}

fn hex4(text: &str) -> Option<u16> {
    if text.bytes().all(|b| b.is_ascii_hexdigit()) {
        u16::from_str_radix(text, 16).ok()
    } else {
        None
    }
}

/// JSON's number grammar.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_keep_their_text_and_members_their_order() {
        let text = "{\"b\":0.0,\"a\":-1.50e+3,\"long\":347772778973233152,\"s\":\"\\u4e2d\\ud83d\\ude00\\n\"}";
        let json = Json::parse(text).unwrap();
        assert_eq!(
            json.pretty(),
            "{\n  \"b\": 0.0,\n  \"a\": -1.50e+3,\n  \"long\": 347772778973233152,\n  \"s\": \"中😀\\n\"\n}\n"
        );
        assert_eq!(Json::parse(&json.pretty()).unwrap(), json);
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (text, line, column, message) in [
            ("{\"a\":1,}", 1, 8, "a key in double quotes is expected"),
            ("[1\n 2]", 2, 2, "`,` or `]` is expected"),
            ("{\"a\":1,\n\"a\":2}", 2, 1, "this key stands twice in one object"),
            ("[01]", 1, 2, "not a number as JSON writes it"),
            ("\"a", 1, 3, "the string has no closing quote"),
            ("[nul]", 1, 2, "not a JSON value"),
            ("\"\\ud800\"", 1, 2, "not an escape sequence"),
            ("1 2", 1, 3, "text after the end of the document"),
            ("", 1, 1, "a value is missing"),
        ] {
            let error = Json::parse(text).unwrap_err();
            assert_eq!(
                (error.line, error.column, error.message.as_str()),
                (line, column, message),
                "{text}"
            );
        }
        assert_eq!(
            Json::parse(&"[".repeat(100_000)).unwrap_err().message,
            "nested too deep"
        );
    }
}
