//! The rows of a table as a tree, by their full names.

use crate::schema::segments;

/// A row of a request or a response table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// As documented: `contact[name]`, `customer_list.mobiles.tel`.
    pub(super) name: String,
    pub(super) kind: Option<String>,
    pub(super) required: bool,
    pub(super) label: Option<String>,
    pub(super) line: Option<usize>,
}

/// One key of a table, with the keys below it.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) key: String,
    /// `None` for what only stands in the names of other rows: `contact` in `contact[name]`.
    pub(super) row: Option<Row>,
    pub(super) children: Vec<Branch>,
    /// The values that labels give, of this row or of a sibling that speaks of it. Empty where none do.
    pub(super) values: Vec<String>,
}

impl Branch {
    /// `xxxx1 自定义添加的字段值` stands for whatever a tenant defines.
    pub(super) fn is_placeholder(&self) -> bool {
        let letters = self.key.trim_end_matches(|c: char| c.is_ascii_digit());
        self.children.is_empty() && self.key.len() >= 3 && letters.chars().all(|c| c == 'x')
    }
}

/// The tree of a table's rows.
pub(super) fn tree(rows: impl IntoIterator<Item = Row>) -> Vec<Branch> {
    let mut roots = Vec::new();
    for row in rows {
        let segments: Vec<String> = segments(&row.name)
            .into_iter()
            .filter(|segment| !segment.is_empty())
            .collect();
        insert(&mut roots, &segments, row);
    }
    values(&mut roots);
    roots
}

fn insert(level: &mut Vec<Branch>, segments: &[String], row: Row) {
    let Some((key, rest)) = segments.split_first() else {
        return;
    };
    let at = match level.iter().position(|branch| branch.key == *key) {
        Some(at) => at,
        None => {
            level.push(Branch {
                key: key.clone(),
                row: None,
                children: Vec::new(),
                values: Vec::new(),
            });
            level.len() - 1
        }
    };
    if rest.is_empty() {
        // A name that stands twice in a table keeps its first row.
        level[at].row.get_or_insert(row);
    } else {
        insert(&mut level[at].children, rest, row);
    }
}

fn values(level: &mut [Branch]) {
    let label = |branch: &Branch| branch.row.as_ref().and_then(|row| row.label.clone());
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for branch in level.iter() {
        told.extend(label(branch).as_deref().and_then(super::values::of_sibling));
    }
    for branch in level {
        values(&mut branch.children);
        let Some(label) = label(branch) else { continue };
        // What a condition lists are the values of the sibling that it speaks of.
        if super::values::of_sibling(&label).is_some() {
            continue;
        }
        branch.values = super::values::listed(&label).unwrap_or_default();
        if branch.values.is_empty() {
            let of_this = told.iter().filter(|(sibling, _)| label.starts_with(sibling.as_str()));
            branch.values = of_this.flat_map(|(_, codes)| codes.iter().cloned()).collect();
        }
    }
}
