//! Where an example begins on a line.

use super::heading::{self, Section};
use super::markup;

/// An example's opening bracket, and what the text in front of it announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening<'t> {
    pub(super) before: &'t str,
    /// Byte offset of the bracket in the line.
    pub(super) at: usize,
}

/// The JSON document that opens on this line: at its start, or behind a mark such as `- Request-Example:`.
pub(super) fn opens(line: &str) -> Option<Opening<'_>> {
    let at = line.find(['{', '['])?;
    let before = line.get(..at)?;
    if before.len() > 200 || !looks_like_json(line.get(at..)?) {
        return None;
    }
    let bare = before.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '`' | '>' | '-' | '*' | '•' | '\u{feff}' | '\u{200b}')
    });
    let list = line.get(at..)?.starts_with('[');
    let marked = !list || bare.ends_with([':', '：', '=']);
    (bare.is_empty() || (marked && announces(before, line.trim_end().len() == at + 1)))
        .then_some(Opening { before, at })
}

/// `json - Request-Example:`, `返回示例：`, `响应 =`.
fn announces(before: &str, ends_line: bool) -> bool {
    let text = markup::line(before).text;
    let bare = text.trim_end_matches(['=', ' ']);
    let words = bare
        .strip_prefix("json")
        .map_or(bare, |rest| rest.trim_start_matches([' ', '-', ':', '：']));
    let mark =
        words.is_empty() || heading::heading(words).is_some_and(|found| !matches!(found.section, Section::Aside));
    mark || (ends_line && text.ends_with([':', '：']))
}

/// The first characters of a document, sound or not; a path's `{id}` and a link's `[text]` are none.
fn looks_like_json(text: &str) -> bool {
    let object = text.starts_with('{');
    let inner = text.get(1..).unwrap_or_default();
    let inner = inner.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    let Some(first) = inner.chars().next() else { return true };
    match first {
        '\n' => true,
        '"' | '\'' | '“' | '”' => true,
        '}' => {
            object
                && !inner
                    .get(1..)
                    .is_some_and(|rest| rest.trim_start().starts_with(['/', '?']))
        }
        ']' => !object,
        '{' | '[' => !object,
        '.' | '…' => inner.starts_with("..") || first == '…',
        '/' => inner.starts_with("//") || inner.starts_with("/*"),
        '#' => object,
        '-' | '0'..='9' => {
            let rest =
                inner.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | 'e' | 'E' | '+'));
            let rest = rest.trim_start();
            !object
                && (rest.starts_with(',')
                    || (rest.starts_with(']') && rest.get(1..).is_some_and(|behind| behind.trim().is_empty())))
        }
        c if object && (c.is_ascii_alphabetic() || c == '_' || c == '$') => {
            let rest = inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '-'));
            let rest = rest.strip_prefix('"').unwrap_or(rest).trim_start_matches(' ');
            rest.starts_with(':') && !rest.starts_with("://")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_open_at_the_start_of_a_line_or_behind_a_mark() {
        for (line, at) in [
            ("{", Some(0)),
            ("  [{\"a\":1}]", Some(2)),
            ("- Request-Example:{", Some(18)),
            ("json - Request-Example:{", Some(23)),
            ("返回示例：{\"code\":0}", Some("返回示例：".len())),
            ("`{\"a\":1}`", Some(1)),
            ("{}", Some(0)),
            ("{a: 1}", Some(0)),
            ("[1, 2]", Some(0)),
            ("提交的内容如下：{", Some("提交的内容如下：".len())),
            ("/api/{id}/x", None),
            ("{id}/x", None),
            ("[链接](https://a.example)", None),
            ("[url] 这是", None),
            ("[1] 参考", None),
            ("data Object[] 结果", None),
            ("返回示例：[{\"a\":1}]", Some("返回示例：".len())),
            ("备注: 形如 {\"a\":1} 的文本", None),
            ("customer[name] | false | x", None),
        ] {
            assert_eq!(opens(line).map(|found| found.at), at, "{line}");
        }
    }
}
