//! What one row of a parameter table says.

use super::align::{Join, align};
use super::column::{self, Column, Head};
use super::markup;
use super::nesting::{self, Name};
use super::table::Row;
use crate::fixture::{Place, Slip};

/// A row's facts; its name is still as it stands in the cell.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) line: usize,
    pub(super) name: Name,
    pub(super) kind: Option<String>,
    pub(super) required: Option<bool>,
    pub(super) label: Option<String>,
    pub(super) place: Option<Place>,
    /// What is wrong with the row; the name is filled in when it is known in full.
    pub(super) slips: Vec<Slip>,
}

/// What a row turned out to be.
#[derive(Debug)]
pub(super) enum Reading {
    Entry(Box<Entry>),
    /// One cell over the whole width: `业务参数`.
    Caption(String),
    Nothing,
}

/// Reads a row under its table's header.
pub(super) fn read(heads: &[Head], row: &Row) -> Reading {
    let columns: Vec<Column> = heads.iter().map(|head| head.column).collect();
    let texts = row.texts();
    let filled: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    if filled.is_empty() || texts.iter().all(|text| column::is_blank(text)) {
        return Reading::Nothing;
    }
    let cells: Vec<&str> = texts.iter().map(String::as_str).collect();
    let aligned = align(&columns, &cells, row.join);
    let cell = |index: usize| {
        aligned
            .taken
            .get(index)
            .map(|&(from, to)| text_of(row, &texts, from, to))
    };
    let of = |wanted: Column| {
        columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| **column == wanted)
            .map(|(index, _)| index)
    };
    let first = |wanted: Column| of(wanted).filter_map(cell).find(|text| !column::is_blank(text));

    let name_at = of(Column::Name)
        .next()
        .and_then(|index| aligned.taken.get(index))
        .map_or(0, |range| range.0);
    let raw = row
        .cells
        .get(name_at)
        .and_then(|cell| row.raw.get(cell.clone()))
        .unwrap_or_default();
    let mut name = nesting::name(raw);
    let only = filled.len() == 1;
    if column::is_blank(&name.text) {
        return Reading::Nothing;
    }
    if !column::is_name(&name.text) {
        let says_type = first(Column::Type).is_some_and(|kind| column::type_like(&kind) == column::TypeLike::Yes);
        let says_required = first(Column::Required).is_some_and(|text| column::required(&text).is_some());
        if only || !(says_type || says_required) {
            return Reading::Caption(name.text);
        }
    }
    let mut slips = Vec::new();
    let mut slip = |kind: &str, what: String, mended: Option<String>| {
        slips.push(Slip {
            line: row.line,
            kind: kind.to_owned(),
            place: None,
            what,
            mended,
        });
    };
    let extra = |wanted: Column| {
        aligned
            .extra
            .iter()
            .find(|(column, _)| *column == wanted)
            .and_then(|(_, at)| texts.get(*at))
    };
    let kind = first(Column::Type).or_else(|| extra(Column::Type).cloned());
    let required_text = first(Column::Required).or_else(|| extra(Column::Required).cloned());
    let nullable = first(Column::Nullable);
    let label = [Column::Label, Column::Title, Column::Note]
        .into_iter()
        .find_map(first)
        .or_else(|| name.remark.take());
    let mut required = required_text.as_deref().and_then(column::required);
    if let Some(text) = required_text.as_deref() {
        if column::is_misspelt(text) {
            slip(
                "misspelt_required",
                format!("`{text}`"),
                required.map(|required| required.to_string()),
            );
        } else if required.is_none() {
            slip("unread_required", format!("`{text}` says neither yes nor no"), None);
        }
    }
    if let (None, Some(text)) = (required, nullable.as_deref()) {
        required = column::required(text).map(|nullable| !nullable);
    }
    if required_text.is_none() && nullable.is_none() {
        required = name.required;
        if required.is_none() && !columns.contains(&Column::Required) {
            required = label.as_deref().and_then(required_in_label);
        }
    }
    if row.join == Join::Cells && !aligned.is_plain() {
        let shown = texts.join(" | ");
        match aligned.extra.is_empty() && texts.len() <= columns.len() {
            true => slip(
                "missing_cell",
                format!("`{shown}`"),
                Some("cells moved to the columns they fit".to_owned()),
            ),
            false => slip(
                "extra_cell",
                format!("`{shown}`"),
                Some("read by what the cell says".to_owned()),
            ),
        }
    }
    let place = first(Column::Place).and_then(|text| column::place(&text));
    Reading::Entry(Box::new(Entry {
        line: row.line,
        name,
        kind,
        required,
        label,
        place,
        slips,
    }))
}

/// The text of a range of cells; between words it is the page's own.
fn text_of(row: &Row, texts: &[String], from: usize, to: usize) -> String {
    if to <= from {
        return String::new();
    }
    if to == from + 1 && !(row.join == Join::Spaces && to < row.cells.len() && to >= 40) {
        return texts.get(from).cloned().unwrap_or_default();
    }
    let last = if row.join == Join::Spaces && to >= 40 {
        row.cells.len()
    } else {
        to
    };
    let ends = row.cells.get(from).zip(row.cells.get(last - 1));
    let raw = ends
        .and_then(|(first, last)| row.raw.get(first.start..last.end))
        .unwrap_or_default();
    markup::plain(raw)
}

/// `必填，…`, `（选填）…`, `…【必填】` where no column says so.
fn required_in_label(label: &str) -> Option<bool> {
    let is_open = |c: char| matches!(c, '(' | '（' | '[' | '【' | '<');
    let is_close = |c: char| {
        matches!(
            c,
            ')' | '）' | ']' | '】' | '>' | '，' | ',' | '。' | ';' | '；' | ':' | '：' | '、' | ' ' | '.'
        )
    };
    let start = label.trim_start_matches(is_open);
    for word in [
        "非必填",
        "非必须",
        "非必传",
        "必填",
        "必传",
        "必须",
        "选填",
        "选传",
        "可选",
        "可不填",
    ] {
        let says = if word.starts_with(['必']) {
            Some(true)
        } else {
            Some(false)
        };
        if start
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_close))
        {
            return says;
        }
        let end = label.trim_end_matches(is_close).strip_suffix(word);
        if end.is_some_and(|rest| rest.ends_with(is_open) || rest.ends_with(['，', ',', '。', ' '])) {
            return says;
        }
    }
    None
}

/// A header for rows whose own has none of the known words: by what most cells of each column say.
pub(super) fn infer_heads(rows: &[Row]) -> Option<Vec<Head>> {
    let body: Vec<Vec<String>> = rows.iter().take(50).map(Row::texts).collect();
    let width = body
        .iter()
        .map(Vec::len)
        .max()
        .filter(|width| (2..=12).contains(width))?;
    let share = |index: usize, fits: &dyn Fn(&str) -> bool| {
        let cells = body
            .iter()
            .filter_map(|row| row.get(index))
            .filter(|cell| !column::is_blank(cell));
        let (all, fitting) = cells.fold((0, 0), |(all, fitting), cell| {
            (all + 1, fitting + usize::from(fits(cell)))
        });
        all > 0 && fitting * 3 >= all * 2
    };
    let name = (0..width).find(|index| {
        share(*index, &|cell| {
            column::is_name(&nesting::bare_name(cell)) && column::required_word(&cell.to_lowercase()).is_none()
        })
    })?;
    let mut known = 0;
    let heads = (0..width).map(|index| {
        let column = if index == name {
            Column::Name
        } else if share(index, &|cell| column::type_like(cell) == column::TypeLike::Yes) {
            known += 1;
            Column::Type
        } else if share(index, &|cell| column::required(cell).is_some()) {
            known += 1;
            Column::Required
        } else if share(index, &|cell| column::place(cell).is_some()) {
            known += 1;
            Column::Place
        } else {
            Column::Label
        };
        Head { column, side: None }
    });
    let heads: Vec<Head> = heads.collect();
    (known > 0).then_some(heads)
}

/// Which of two columns of names has the names: `字段 | 名称` or `名称 | 字段`.
pub(super) fn settle_names(heads: &mut [Head], rows: &[Row]) {
    let candidates: Vec<usize> = heads
        .iter()
        .enumerate()
        .filter(|(_, head)| matches!(head.column, Column::Name | Column::Title))
        .map(|(index, _)| index)
        .collect();
    let names = |index: usize| {
        let cells = rows
            .iter()
            .take(50)
            .filter_map(|row| row.cells.get(index).and_then(|cell| row.raw.get(cell.clone())));
        cells.filter(|cell| column::is_name(&nesting::bare_name(cell))).count()
    };
    let has_name = heads.iter().any(|head| head.column == Column::Name);
    let preferred = candidates
        .iter()
        .copied()
        .find(|index| heads.get(*index).is_some_and(|head| head.column == Column::Name));
    let most = candidates
        .iter()
        .copied()
        .max_by_key(|index| (names(*index), Some(*index) == preferred, usize::MAX - index));
    let Some(chosen) = most else { return };
    for index in candidates {
        if let Some(head) = heads.get_mut(index) {
            head.column = match (index == chosen, head.column) {
                (true, _) => Column::Name,
                (false, Column::Name) if has_name => Column::Title,
                (false, column) => column,
            };
        }
    }
}
