//! The text of a line or cell without its markup: markdown, tags, entities, list marks, numbering.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());
    };
}

pattern!(
    TAG,
    r#"(?i)</?(?:a|b|i|u|s|em|strong|font|span|code|kbd|p|div|sup|sub|small|mark|del|ins|label|li|ul|ol|td|tr|th|img|h[1-6])(?:\s[^<>]*)?/?>"#
);
pattern!(BREAK, r"(?i)<br\s*/?>|<sup[^<>]*>");
pattern!(LINK, r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s[^()]*)?\)");
pattern!(
    NUMBERING,
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}[.、)）\s]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*"
);
pattern!(REMARK, r"[（(【\[][^（）()【】\[\]]*[)）】\]]");

fn replace<'t>(pattern: &Option<Regex>, text: Cow<'t, str>, with: &str) -> Cow<'t, str> {
    match pattern.as_ref().map(|pattern| pattern.replace_all(&text, with)) {
        Some(Cow::Owned(changed)) => Cow::Owned(changed),
        _ => text,
    }
}

/// The text a reader of the rendered page sees, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    if text.contains('<') {
        text = replace(&BREAK, text, " ");
        text = replace(&TAG, text, "");
    }
    if text.contains("](") {
        text = replace(&LINK, text, "$1");
    }
    if text.contains('&') {
        text = Cow::Owned(decode_entities(&text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(c) = rest.chars().next() {
        let next = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if next.starts_with(|c: char| c.is_ascii_punctuation() && !matches!(c, '"' | '\\' | '/')) => {
                let escaped = next.chars().next().unwrap_or('\\');
                out.push(escaped);
                rest = next.get(escaped.len_utf8()..).unwrap_or_default();
                continue;
            }
            '`' => {}
            '*' if next.starts_with('*') => {
                rest = next.get(1..).unwrap_or_default();
                continue;
            }
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{a0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\t' | '\n' | '\r' => out.push(' '),
            c if is_radical(c) => out.extend(c.nfkc()),
            c => out.push(c),
        }
        rest = next;
    }
    out.trim_matches(|c: char| c.is_whitespace()).to_owned()
}

/// Characters that only look like the ideograph they stand for.
fn is_radical(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}')
}

/// `&nbsp;`, `&lt;`, `&#39;` … as characters.
pub(super) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let name = entity
            .get(1..)
            .and_then(|tail| tail.split_once(';'))
            .map(|(name, _)| name)
            .filter(|name| name.len() <= 8);
        match name.and_then(|name| Some((name, entity_named(name)?))) {
            Some((name, c)) => {
                out.push(c);
                rest = entity.get(name.len() + 2..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity_named(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => '\u{a0}',
        "emsp" => '\u{2003}',
        "ensp" => '\u{2002}',
        "thinsp" => '\u{2009}',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "middot" => '·',
        "bull" => '•',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "raquo" => '»',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    })
}

/// A line of text as the reader of the page takes it: free of list marks and markup, and whether it was set off as a
/// heading.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) marked: bool,
}

pub(super) fn line(raw: &str) -> Line {
    let mut text = raw.trim();
    let mut marked = false;
    loop {
        let hashes = text.len() - text.trim_start_matches('#').len();
        let behind = text.get(hashes..).unwrap_or_default();
        if (1..=6).contains(&hashes) && (hashes > 1 || behind.starts_with(char::is_whitespace)) {
            marked = true;
            text = behind.trim();
            text = text.trim_end_matches('#').trim_end();
            continue;
        }
        let mark = text.chars().next().filter(|c| {
            matches!(
                c,
                '-' | '*' | '+' | '>' | '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '▪' | '◦' | '※' | '▶' | '★'
            )
        });
        let Some(mark) = mark else { break };
        let behind = text.get(mark.len_utf8()..).unwrap_or_default();
        if mark.is_ascii() && !behind.starts_with(char::is_whitespace) {
            break;
        }
        text = behind.trim_start();
    }
    let bold = text.len() > 4 && text.starts_with("**") && text.trim_end_matches([':', '：']).ends_with("**");
    let plain = plain(text);
    let unwrapped = plain
        .strip_prefix('【')
        .and_then(|rest| rest.split_once('】'))
        .filter(|(_, behind)| behind.is_empty() || behind.starts_with([':', '：']));
    let text = match unwrapped {
        Some((inner, behind)) => format!("{inner}{behind}"),
        None => plain,
    };
    Line {
        text,
        marked: marked || bold,
    }
}

/// Without `1.`, `2.3`, `一、`, `（1）` in front.
pub(super) fn without_numbering(text: &str) -> &str {
    let found = NUMBERING.as_ref().and_then(|pattern| pattern.find(text));
    let rest = found.and_then(|found| text.get(found.end()..)).unwrap_or(text);
    if rest.is_empty() { text } else { rest }
}

/// Without `（…）`, `(…)`, `【…】`.
pub(super) fn without_remarks(text: &str) -> String {
    replace(&REMARK, Cow::Borrowed(text), "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off_and_text_is_kept() {
        for (raw, text) in [
            ("`**name**`", "name"),
            ("见 [文档](https://a.example/x_(1)) 说明", "见 文档 说明"),
            ("这是 [url]", "这是 [url]"),
            ("a\\_b\\|c", "a_b|c"),
            ("第一行<br/>第二行", "第一行 第二行"),
            ("<font color=\"red\">是</font>", "是"),
            ("{id} 与 <id> &lt;x&gt; &amp;y=1&z=2", "{id} 与 <id> <x> &y=1&z=2"),
            ("负责⼈\u{200b}", "负责人"),
            ("电话,如:\"+\"（必填）", "电话,如:\"+\"（必填）"),
            ("C:\\data", "C:\\data"),
        ] {
            assert_eq!(plain(raw), text);
        }
    }

    #[test]
    fn list_marks_and_heading_marks_are_taken_off_a_line() {
        for (raw, text, marked) in [
            ("  • 更新", "更新", false),
            ("- ` /api/x `", "/api/x", false),
            ("## 1. 请求参数 ##", "1. 请求参数", true),
            ("**请求URL：** ", "请求URL：", true),
            ("**请求方式**：POST", "请求方式：POST", false),
            ("【返回示例】", "返回示例", false),
            ("> 200 Response", "200 Response", false),
            ("-5", "-5", false),
        ] {
            let line = line(raw);
            assert_eq!((line.text.as_str(), line.marked), (text, marked), "{raw}");
        }
        assert_eq!(without_numbering("2.3 请求参数"), "请求参数");
        assert_eq!(without_numbering("一、概述"), "概述");
        assert_eq!(without_numbering("200 Response"), "200 Response");
    }
}
