//! Rows of a body table as a tree: `a[b][c]`, `a.b.c` and `a[][b]` are objects and lists inside each other.

use crate::fixture::Param;

use super::observed::{Word, word};

/// A row of a body table with the rows below it.
pub(super) struct Node<'a> {
    pub(super) key: String,
    pub(super) documented: String,
    pub(super) row: Option<&'a Param>,
    pub(super) list: bool,
    pub(super) children: Vec<Node<'a>>,
}

/// A row such as `xxxx1 自定义添加的字段值` stands for whatever a tenant defines.
pub(super) fn is_placeholder(node: &Node<'_>) -> bool {
    node.children.is_empty()
        && node
            .key
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .chars()
            .all(|c| c == 'x')
        && node.key.len() >= 3
}

/// Rows named `a[b][c]`, `a.b.c` or `a[][b]` as a tree.
pub(super) fn tree<'a>(rows: &[&'a Param]) -> Vec<Node<'a>> {
    let mut roots: Vec<Node<'a>> = Vec::new();
    for row in rows {
        let mut level = &mut roots;
        let segments = segments(&row.name);
        let last = segments.iter().rposition(|segment| !segment.is_empty()).unwrap_or(0);
        let bracketed = row.name.contains('[');
        let mut documented = String::new();
        let mut at = 0;
        while at <= last {
            let segment = &segments[at];
            match (documented.is_empty(), bracketed) {
                (true, _) => documented.push_str(segment),
                (false, true) => documented.push_str(&format!("[{segment}]")),
                (false, false) => documented.push_str(&format!(".{segment}")),
            }
            let listed = segments.get(at + 1).is_some_and(String::is_empty);
            let index = match level.iter().position(|node| node.key == *segment) {
                Some(index) => index,
                None => {
                    level.push(Node {
                        key: segment.clone(),
                        documented: documented.clone(),
                        row: None,
                        list: false,
                        children: Vec::new(),
                    });
                    level.len() - 1
                }
            };
            let node = &mut level[index];
            let typed_list = row
                .kind
                .as_deref()
                .and_then(word)
                .is_some_and(|(base, list)| list || base == Word::List);
            node.list |= listed || (at == last && typed_list);
            if at == last {
                node.row = Some(row);
                node.documented.clone_from(&row.name);
            }
            level = &mut node.children;
            at += if listed { 2 } else { 1 };
        }
    }
    roots
}

/// `a[b][][c]` is a, b, "", c; a number in brackets counts as a list's place too.
pub(crate) fn segments(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in name.split('.') {
        let mut rest = part;
        if let Some(open) = part.find('[') {
            found.push(part[..open].to_owned());
            rest = &part[open..];
            while let Some(inner) = rest.strip_prefix('[') {
                let close = inner.find(']').unwrap_or(inner.len());
                let word = &inner[..close];
                found.push(if word.bytes().all(|byte| byte.is_ascii_digit()) {
                    String::new()
                } else {
                    word.to_owned()
                });
                rest = inner.get(close + 1..).unwrap_or_default();
            }
        } else {
            found.push(rest.to_owned());
        }
    }
    found
}
