//! Parameters in a list rather than a table: `- name (string, 必填): 客户名称`.

use super::column::{self, TypeLike};
use super::nesting;
use super::row::Entry;

/// Reads a line as a parameter; `bare` says whether a name and a description alone are enough.
pub(super) fn entry(line: usize, indent: usize, text: &str, bare: bool) -> Option<Entry> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let (word, mut rest) = text.split_at(end);
    let word = word.trim_end_matches(['-', '.']);
    if !column::is_name(word) || rest.is_empty() || is_example_word(word) || rest.starts_with("://") {
        return None;
    }
    let mut name = nesting::name(&format!("{}{word}", "\u{a0}".repeat(indent)));
    if let Some(behind) = rest.strip_prefix('*') {
        name.required = Some(true);
        rest = behind;
    }
    let described = rest.trim_start().starts_with([':', '：', '-', '—', '–', '|']);
    let mut kind = None;
    let mut required = name.required;
    loop {
        rest = rest.trim_start_matches(is_separator);
        let length = token(rest);
        let token = rest.get(..length).unwrap_or_default();
        if kind.is_none() && column::type_like(token) == TypeLike::Yes {
            kind = Some(token.to_owned());
        } else if let Some(found) =
            column::required_word(&token.to_lowercase()).filter(|_| required.is_none() && !is_number(token))
        {
            required = Some(found);
        } else {
            break;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    if kind.is_none() && required.is_none() && !(bare && described) {
        return None;
    }
    let label = Some(rest.trim().to_owned()).filter(|label| !column::is_blank(label));
    Some(Entry {
        line,
        name,
        kind,
        required,
        label,
        place: None,
        slips: Vec::new(),
    })
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '，'
                | '('
                | ')'
                | '（'
                | '）'
                | ':'
                | '：'
                | '-'
                | '—'
                | '–'
                | '|'
                | '、'
                | ';'
                | '；'
                | '`'
                | '【'
                | '】'
                | '<'
                | '>'
                | '*'
        )
}

/// `0 表示成功`, `1：启用`: a value and what it means, not whether it is required.
fn is_number(token: &str) -> bool {
    token.bytes().all(|b| b.is_ascii_digit())
}

/// The next word; a type keeps what is in its own brackets.
fn token(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '<' | '[' | '(' if at > 0 && text.is_char_boundary(at) => depth += 1,
            '>' | ']' | ')' if depth > 0 => {
                depth -= 1;
                continue;
            }
            _ => {}
        }
        if depth == 0 && at > 0 && is_separator(c) {
            return at;
        }
    }
    if depth == 0 {
        text.len()
    } else {
        text.find(is_separator).unwrap_or(text.len())
    }
}

/// Words that begin lines around examples.
fn is_example_word(word: &str) -> bool {
    [
        "json",
        "http",
        "https",
        "HTTP",
        "POST",
        "GET",
        "PUT",
        "DELETE",
        "curl",
        "xml",
        "Content-Type",
        "Java",
        "PHP",
        "Python",
        "cURL",
        "JSON",
        "UTF-8",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_list_item_says_what_a_row_would() {
        for (text, name, kind, required, label) in [
            (
                "lead_id (string, 必填): 线索编号",
                "lead_id",
                Some("string"),
                Some(true),
                Some("线索编号"),
            ),
            (
                "force (int, 选填)：是否删除",
                "force",
                Some("int"),
                Some(false),
                Some("是否删除"),
            ),
            (
                "reason：string，必填，原因",
                "reason",
                Some("string"),
                Some(true),
                Some("原因"),
            ),
            (
                "ids int[] 可选 其它线索",
                "ids",
                Some("int[]"),
                Some(false),
                Some("其它线索"),
            ),
            (
                "list - List<Map<String, Object>> - 列表",
                "list",
                Some("List<Map<String, Object>>"),
                None,
                Some("列表"),
            ),
            ("page* integer", "page", Some("integer"), Some(true), None),
        ] {
            let found = entry(1, 0, text, false).unwrap();
            assert_eq!(
                (
                    found.name.text.as_str(),
                    found.kind.as_deref(),
                    found.required,
                    found.label.as_deref()
                ),
                (name, kind, required, label),
                "{text}"
            );
        }
        assert_eq!(entry(1, 0, "page: 页码", true).unwrap().label.as_deref(), Some("页码"));
        for text in [
            "page: 页码",
            "add_tag 和 remove_tag 不可同时为空",
            "json",
            "https://h.example/x",
            "POST 请求",
            "参数: string",
        ] {
            assert!(entry(1, 0, text, false).is_none(), "{text}");
        }
    }
}
