//! Full names of nested parameters: from tree marks, indentation, and the page's own examples.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::column;
use super::markup;
use crate::json::Json;

/// A name cell taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    /// How far marks push it to the right; 0 without marks.
    marks: usize,
    /// How far plain spaces do, and those of them in front of the last mark.
    spaces: usize,
    inner: usize,
    /// A star next to the name, or a remark such as `(必填)`.
    pub(super) required: Option<bool>,
    /// What stood behind the name in its cell.
    pub(super) remark: Option<String>,
}

/// Marks that draw a tree or stand for a level.
fn mark_width(c: char) -> Option<usize> {
    match c {
        '\u{a0}' | '\u{2002}' | '\u{2009}' => Some(1),
        '\u{2003}' | '\u{3000}' => Some(2),
        '\t' => Some(4),
        '│' | '├' | '└' | '─' | '┣' | '┗' | '┃' | '━' | '┠' | '┖' | '┝' | '┕' | '┌' | '∟' | '↳' | '»' | '›' | '>'
        | '＞' | '+' | '-' | '–' | '—' | '→' | '⇒' | '·' | '•' | '○' | '●' | '◦' | '╰' | '╴' | '.' | '▸' | '▹'
        | '►' | '┆' | '┊' | '|' | '＋' | '－' | '⎿' | '⌞' | 'ㄴ' | '^' | '#' | '~' => Some(1),
        _ => None,
    }
}

/// The length of the spaces and marks in front of a name.
pub(super) fn marks_length(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| c == ' ' || mark_width(c).is_some()).len()
}

/// Whether marks or spaces put a name below the one above it.
pub(super) fn is_below(name: &Name) -> bool {
    name.marks > 0 || name.spaces > 1
}

/// The name without its marks, for a first look.
pub(super) fn bare_name(cell: &str) -> String {
    name(cell).text
}

/// Reads a name cell as it stands on the page.
pub(super) fn name(cell: &str) -> Name {
    let cell = if cell.contains('&') {
        markup::decode_entities(cell)
    } else {
        cell.to_owned()
    };
    // Tags, code and bold marks may stand around the tree marks.
    let cell = cell.replace(['`', '\u{200b}', '\u{feff}'], "").replace("**", "");
    let mut found = Name::default();
    let mut rest: &str = &cell;
    loop {
        let tag = rest
            .strip_prefix('<')
            .and_then(|tail| tail.find('>'))
            .filter(|end| *end < 80);
        if let Some(tag) = tag
            && rest.get(..tag + 2).is_some_and(|text| markup::plain(text).is_empty())
        {
            rest = rest.get(tag + 2..).unwrap_or_default();
            continue;
        }
        match rest.chars().next() {
            Some(' ') => found.spaces += 1,
            Some('\\') if rest.get(1..).is_some_and(|next| next.starts_with(['-', '+', '>', '.'])) => {}
            // `$.id`, `#id` and `.5` are no marks, `-` before a digit is none.
            Some(c) => match mark_width(c) {
                Some(width) => {
                    found.marks += width;
                    found.inner = found.spaces;
                }
                None => break,
            },
            None => break,
        }
        rest = rest
            .get(rest.chars().next().map_or(1, char::len_utf8)..)
            .unwrap_or_default();
    }
    let mut text = markup::plain(rest);
    if let Some(starred) = text
        .strip_prefix(['*', '＊'])
        .or_else(|| text.strip_suffix(['*', '＊']))
        .filter(|bare| !bare.ends_with(['[', '.']))
    {
        found.required = Some(true);
        text = starred.trim().to_owned();
    }
    // `name（客户名）`, `name(必填)`, `name 必填`
    let end = text
        .find(['(', '（', '【'])
        .or_else(|| text.find(|c: char| c.is_whitespace() || matches!(c, '：' | '，')));
    if let Some((head, tail)) = end.and_then(|end| Some((text.get(..end)?.trim(), text.get(end..)?))) {
        let tail: String = tail
            .trim()
            .trim_matches(['(', ')', '（', '）', '【', '】', '：', ':', '，', ' '])
            .to_owned();
        if column::is_name(head) && !tail.is_empty() && !tail.starts_with(['[', '.']) {
            match column::required(&tail) {
                Some(required) => found.required = Some(required),
                None => found.remark = Some(tail),
            }
            text = head.to_owned();
        }
    }
    let text: String = text.nfkc().collect();
    let text = text.trim_end_matches([':', '：', ',', ';']).trim();
    found.text = if column::is_name(&text.replace(' ', "")) {
        joined(&text.replace(' ', ""))
    } else {
        text.to_owned()
    };
    found
}

/// `data>>list>>id` and `data->id` as `data.list.id`.
fn joined(name: &str) -> String {
    if !name.contains(['>', '»']) || name.contains('<') {
        return name.to_owned();
    }
    name.split(['>', '»'])
        .map(|part| part.trim_end_matches('-'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(".")
}

/// A row as nesting sees it.
pub(super) struct Nested<'r> {
    pub(super) name: &'r Name,
    pub(super) kind: Option<&'r str>,
    /// Stands for the body as a whole: what is below it has no parent.
    pub(super) is_root: bool,
}

/// The full names of a table's rows, and whether any of them stands below another.
pub(super) fn full_names(rows: &[Nested<'_>]) -> (Vec<String>, bool) {
    let marked = rows.iter().any(|row| row.name.marks > 0);
    let indented = !marked && indentation_is_nesting(rows);
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut names = Vec::new();
    let mut nested = false;
    for row in rows {
        let depth = match (marked, indented) {
            (true, _) if row.name.marks > 0 => 1 + row.name.marks + row.name.inner,
            (false, true) => row.name.spaces,
            _ => 0,
        };
        while open.last().is_some_and(|(above, _)| *above >= depth) {
            open.pop();
        }
        let full = match open.last() {
            _ if row.is_root => String::new(),
            Some((_, parent)) => {
                nested = true;
                below(parent, &row.name.text)
            }
            None => row.name.text.clone(),
        };
        open.push((depth, full.clone()));
        names.push(full);
    }
    (names, nested)
}

/// The last part of a full name.
pub(super) fn last(name: &str) -> &str {
    name.rsplit(['.', '['])
        .find(|part| !part.trim_end_matches(']').is_empty())
        .unwrap_or(name)
        .trim_end_matches(']')
}

/// `child` of `parent`, unless it already says so.
pub(super) fn below(parent: &str, child: &str) -> String {
    let last = parent.rsplit('.').next().unwrap_or(parent);
    if parent.is_empty() || child.starts_with(&format!("{parent}.")) || child.starts_with(&format!("{parent}[")) {
        child.to_owned()
    } else if let Some(tail) = child.strip_prefix(last).and_then(|tail| tail.strip_prefix('.')) {
        format!("{parent}.{tail}")
    } else if child.starts_with('[') {
        format!("{parent}{child}")
    } else {
        format!("{parent}.{child}")
    }
}

/// Spaces nest only where each step to the right follows something that has members.
fn indentation_is_nesting(rows: &[Nested<'_>]) -> bool {
    rows.windows(2).all(|pair| match pair {
        [above, row] if row.name.spaces > above.name.spaces => above.kind.is_none_or(column::is_container),
        _ => true,
    })
}

/// Names whose nesting the page lost, found again in its examples: a row belongs below an earlier object or array
/// row where the example has it there and nowhere else that a row speaks of.
///
/// `rows` are names and types; returns the full names that changed.
pub(super) fn from_examples(rows: &[(String, Option<String>)], examples: &[&Json]) -> HashMap<usize, String> {
    let mut changed = HashMap::new();
    let plain = rows.iter().all(|(name, _)| !name.contains(['.', '[']));
    let Some(base) = examples
        .iter()
        .find_map(|example| base(rows, example))
        .filter(|_| plain)
    else {
        return changed;
    };
    let mut taken: HashSet<String> = HashSet::new();
    let mut containers: Vec<String> = Vec::new();
    for (index, (name, kind)) in rows.iter().enumerate() {
        let at_root = member(base, "", name);
        let mut homes = containers
            .iter()
            .rev()
            .filter(|home| !taken.contains(&below(home, name)) && member(base, home, name));
        let full = match (at_root && !taken.contains(name), homes.next(), homes.next()) {
            (false, Some(home), None) => below(home, name),
            // Of several homes the one that was opened last.
            (false, Some(home), Some(_)) if containers.last() == Some(home) => below(home, name),
            _ => name.clone(),
        };
        if kind.as_deref().is_none_or(column::is_container) && full.matches('.').count() < 12 && containers.len() < 64 {
            containers.push(full.clone());
        }
        if full != *name {
            changed.insert(index, full.clone());
        }
        taken.insert(full);
    }
    changed
}

/// The object in the example at which the table begins: the first, from outside in, that has its first row.
fn base<'j>(rows: &[(String, Option<String>)], example: &'j Json) -> Option<&'j Json> {
    let (first, _) = rows.first()?;
    let mut level: Vec<&Json> = vec![example];
    for _ in 0..6 {
        if let Some(found) = level.iter().find(|json| json.get(first).is_some()) {
            return Some(found);
        }
        level = level.iter().take(50).flat_map(|json| inner(json)).collect();
    }
    None
}

fn inner(json: &Json) -> Vec<&Json> {
    match json {
        Json::Object(members) => members.iter().map(|(_, value)| value).collect(),
        Json::Array(items) => items.iter().take(5).collect(),
        _ => Vec::new(),
    }
}

/// Whether the value at the dotted `path` below `base`, arrays looked through, has `name`.
fn member(base: &Json, path: &str, name: &str) -> bool {
    let mut level = vec![base];
    for step in path.split('.').filter(|step| !step.is_empty()) {
        level = level
            .iter()
            .flat_map(|json| elements(json))
            .filter_map(|json| json.get(step))
            .take(50)
            .collect();
    }
    level
        .iter()
        .flat_map(|json| elements(json))
        .any(|json| json.get(name).is_some())
}

fn elements(json: &Json) -> Vec<&Json> {
    match json {
        Json::Array(items) => items.iter().take(20).flat_map(elements).collect(),
        other => vec![other],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// `cell=type` rows, one a line.
    fn resolved(table: &str) -> String {
        let rows: Vec<(Name, Option<&str>)> = table
            .lines()
            .map(|row| {
                let (cell, kind) = row.split_once('=').unwrap_or((row, ""));
                (name(cell), Some(kind).filter(|kind| !kind.is_empty()))
            })
            .collect();
        let nested: Vec<_> = rows
            .iter()
            .map(|(name, kind)| Nested {
                name,
                kind: *kind,
                is_root: false,
            })
            .collect();
        full_names(&nested).0.join(" ")
    }

    #[test]
    fn marks_and_indentation_become_full_names() {
        for (table, names) in [
            (
                "data=Object\n├─ id\n├─ list=array\n│  ├─ name\n│  └─ age\n└─ total\nmsg",
                "data data.id data.list data.list.name data.list.age data.total msg",
            ),
            (
                "data\n├─list\n├─├─id\n├─total",
                "data data.list data.list.id data.total",
            ),
            (
                "» code\n» data\n»» id\n»» list\n»»» x\n» msg",
                "code data data.id data.list data.list.x msg",
            ),
            ("- data\n-- id\n- msg", "data data.id msg"),
            ("data\n+id\n++x", "data data.id data.id.x"),
            ("data\n> id\n>> x\nmsg", "data data.id data.id.x msg"),
            (
                "data\n&emsp;&emsp;id\n&emsp;&emsp;&emsp;&emsp;x\nmsg",
                "data data.id data.id.x msg",
            ),
            ("data\n　　id\n　　　　x", "data data.id data.id.x"),
            (
                "item=object\n      id=bigint\n      source=object\nnext=int",
                "item item.id item.source next",
            ),
            (
                "data=object\n  id=int\n  list=array\n    x=int",
                "data data.id data.list data.list.x",
            ),
            // Right-aligned, not nested.
            ("   id=int\n name=string\n   age=int", "id name age"),
            ("data\n├─ data.id", "data data.id"),
            ("list\n├─ [].id", "list list[].id"),
            ("data>>list>>id\ndata->x", "data.list.id data.x"),
            ("data\n<span>├─ id</span>", "data data.id"),
            (
                "contact[address_attributes][tel]\ncustomer[labels][]",
                "contact[address_attributes][tel] customer[labels][]",
            ),
            ("data\n∟id\n└ name\n↳ x", "data data.id data.name data.x"),
        ] {
            assert_eq!(resolved(table), names, "{table}");
        }
    }

    #[test]
    fn a_name_cell_may_say_more_than_the_name() {
        for (cell, text, required, remark) in [
            ("*name", "name", Some(true), None),
            ("`name`*", "name", Some(true), None),
            ("name(必填)", "name", Some(true), None),
            ("name（选填）", "name", Some(false), None),
            ("name（客户名）", "name", None, Some("客户名")),
            ("**name**", "name", None, None),
            ("data . id", "data.id", None, None),
            ("list[*].id", "list[*].id", None, None),
            ("created_at[]", "created_at[]", None, None),
            ("name：", "name", None, None),
            ("user\\_id", "user_id", None, None),
        ] {
            let found = name(cell);
            assert_eq!(
                (found.text.as_str(), found.required, found.remark.as_deref()),
                (text, required, remark),
                "{cell}"
            );
        }
    }

    #[test]
    fn lost_nesting_is_found_in_the_examples() {
        let example = Json::parse("{\"code\":200,\"data\":{\"items\":{\"data\":[{\"id\":1,\"users\":[{\"id\":2,\"name\":\"\"}],\"name\":\"\"}],\"page\":1}}}").unwrap();
        let rows: Vec<_> = [
            ("items", "object"),
            ("data", "Array"),
            ("id", "bigint"),
            ("name", "string"),
            ("users", "array"),
            ("page", "int"),
            ("gone", "int"),
        ]
        .map(|(name, kind)| (name.to_owned(), Some(kind.to_owned())))
        .to_vec();
        let mut changed: Vec<_> = from_examples(&rows, &[&example]).into_iter().collect();
        changed.sort();
        let names: Vec<_> = changed.into_iter().map(|(_, name)| name).collect();
        assert_eq!(
            names,
            [
                "items.data",
                "items.data.id",
                "items.data.name",
                "items.data.users",
                "items.page"
            ]
        );
        // At the root of the example nothing was lost.
        let example = Json::parse("{\"id\":1,\"user\":{\"id\":2}}").unwrap();
        let rows = vec![("id".to_owned(), None), ("user".to_owned(), Some("object".to_owned()))];
        assert!(from_examples(&rows, &[&example]).is_empty());
    }
}
