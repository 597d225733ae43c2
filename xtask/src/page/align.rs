//! Which cell of a row belongs to which column, where cells are missing, too many, or were joined by spaces.

use super::column::{self, Column, TypeLike};

/// How a row's cells were told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// By borders: every cell counts, empty ones too.
    Cells,
    /// By spaces: empty cells vanished, and a description may be several words.
    Spaces,
}

/// The cells (a range of them) that each column takes, and a cell of a column that the header forgot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Alignment {
    pub(super) taken: Vec<(usize, usize)>,
    pub(super) extra: Vec<(Column, usize)>,
    pub(super) score: i32,
}

impl Alignment {
    /// Every column took the cell under it.
    pub(super) fn is_plain(&self) -> bool {
        self.extra.is_empty()
            && self
                .taken
                .iter()
                .enumerate()
                .all(|(index, &(from, to))| to == from || (from, to) == (index, index + 1))
    }
}

/// More cells than this are the last column's text.
const MAX_CELLS: usize = 40;

#[derive(Clone, Copy)]
enum Choice {
    End,
    /// The column takes this many cells.
    Take(usize),
    Extra(Column),
    Drop,
}

/// The best order-keeping match of cells and columns.
pub(super) fn align(columns: &[Column], cells: &[&str], join: Join) -> Alignment {
    let cells = cells.get(..MAX_CELLS.min(cells.len())).unwrap_or(cells);
    let (rows, width) = (cells.len() + 1, columns.len() + 1);
    let mut best = vec![(0, Choice::End); rows * width];
    let at = |cell: usize, column: usize| cell * width + column;
    for cell in (0..rows).rev() {
        for index in (0..width).rev() {
            let mut found = (i32::MIN / 2, Choice::End);
            let mut offer = |score: i32, choice: Choice| {
                if score > found.0 {
                    found = (score, choice);
                }
            };
            let rest = |cell: usize, column: usize| best.get(at(cell, column)).map_or(i32::MIN / 2, |entry| entry.0);
            if cell == cells.len() && index == columns.len() {
                offer(0, Choice::End);
            }
            if let Some(&column) = columns.get(index) {
                let mut score = 0;
                let most = if matches!(column, Column::Label | Column::Note) {
                    cells.len() - cell
                } else {
                    1.min(cells.len() - cell)
                };
                for count in 1..=most {
                    let text = cells.get(cell + count - 1).copied().unwrap_or_default();
                    score += if count == 1 {
                        fit(column, text)
                    } else {
                        joined(text, join)
                    };
                    offer(score + rest(cell + count, index + 1), Choice::Take(count));
                }
                offer(
                    gap(column, join, cell == cells.len()) + rest(cell, index + 1),
                    Choice::Take(0),
                );
            }
            if let Some(text) = cells.get(cell) {
                let trailing = cells.iter().skip(cell).all(|text| column::is_blank(text));
                if text.trim().is_empty() && join == Join::Cells {
                    offer(if trailing { 0 } else { -4 } + rest(cell + 1, index), Choice::Drop);
                } else if join == Join::Cells {
                    offer(-8 + rest(cell + 1, index), Choice::Drop);
                }
                if let Some(column) = forgotten(columns, text).filter(|_| cell > 0 && (join == Join::Cells || cell < 3))
                {
                    offer(3 + rest(cell + 1, index), Choice::Extra(column));
                }
            }
            if let Some(entry) = best.get_mut(at(cell, index)) {
                *entry = found;
            }
        }
    }
    let mut alignment = Alignment {
        score: best.first().map_or(0, |entry| entry.0),
        ..Alignment::default()
    };
    let (mut cell, mut index) = (0, 0);
    while let Some(&(_, choice)) = best.get(at(cell, index)) {
        match choice {
            Choice::End => break,
            Choice::Take(count) => {
                alignment.taken.push((cell, cell + count));
                cell += count;
                index += 1;
            }
            Choice::Extra(column) => {
                alignment.extra.push((column, cell));
                cell += 1;
            }
            Choice::Drop => cell += 1,
        }
    }
    alignment
}

/// How well a cell goes into a column.
fn fit(column: Column, text: &str) -> i32 {
    let text = text.trim();
    let blank = column::is_blank(text);
    match column {
        Column::Name if column::is_name(text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_')) => 6,
        Column::Name if text.is_empty() => -4,
        Column::Name => 1,
        _ if blank => 0,
        Column::Type => match column::type_like(text) {
            TypeLike::Yes => 6,
            TypeLike::Perhaps => 2,
            TypeLike::No => -6,
        },
        Column::Required | Column::Nullable => match column::required(text) {
            Some(_) => 6,
            None if text.chars().count() <= 6 && text.contains(['选', '必', '填']) => 1,
            None => -6,
        },
        Column::Place => {
            if column::place(text).is_some() {
                6
            } else {
                -4
            }
        }
        Column::Label | Column::Title | Column::Note => {
            if column::required_word(&text.to_lowercase()).is_some() {
                -2
            } else {
                2
            }
        }
        Column::Other => 1,
    }
}

/// One more word of a description.
fn joined(text: &str, join: Join) -> i32 {
    match join {
        Join::Spaces => 0,
        Join::Cells if text.trim().is_empty() => -1,
        Join::Cells => -3,
    }
}

/// A column that takes nothing.
fn gap(column: Column, join: Join, at_the_end: bool) -> i32 {
    match (column, join) {
        (Column::Name, _) => -20,
        (_, Join::Spaces) => 0,
        (_, Join::Cells) if at_the_end => -1,
        (_, Join::Cells) => -3,
    }
}

/// The column that the header has not, but this cell belongs to.
fn forgotten(columns: &[Column], text: &str) -> Option<Column> {
    if !columns.contains(&Column::Type) && column::type_like(text) == TypeLike::Yes {
        return Some(Column::Type);
    }
    let optional = [Column::Required, Column::Nullable]
        .iter()
        .any(|column| columns.contains(column));
    let says = ["true", "false", "是", "否", "必填", "选填", "必须", "必选", "可选"].contains(&text.trim());
    (!optional && says).then_some(Column::Required)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::*;

    /// Each column's cells, `_` for none, and the extra ones.
    fn shown(columns: &[Column], cells: &[&str], join: Join) -> String {
        let alignment = align(columns, cells, join);
        let taken = alignment.taken.iter().map(|&(from, to)| {
            if from == to {
                "_".to_owned()
            } else {
                cells[from..to].join(" ")
            }
        });
        let extra = alignment
            .extra
            .iter()
            .map(|&(column, cell)| format!("{column:?}={}", cells[cell]));
        taken.chain(extra).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_missing_cell_is_found_by_what_the_others_say() {
        for (columns, cells, expected) in [
            (
                &[Name, Type, Label, Required][..],
                &["list.qq", "String", "false", ""][..],
                "list.qq|String|_|false",
            ),
            (
                &[Name, Required, Type, Label],
                &["page", "false", "第几页", ""],
                "page|false|_|第几页",
            ),
            (
                &[Name, Required, Label],
                &["page", "false", "int", "页码"],
                "page|false|页码|Type=int",
            ),
            (&[Name, Required, Label], &["qq", "false", ""], "qq|false|"),
            (
                &[Name, Type, Label, Required],
                &["id", "String", "编号", "true"],
                "id|String|编号|true",
            ),
            (
                &[Name, Type, Required, Other, Label],
                &["id", "string", "是", "12", "编号"],
                "id|string|是|12|编号",
            ),
            (
                &[Name, Type, Required, Label],
                &["id", "string", "是", "a", "b"],
                "id|string|是|a b",
            ),
            (
                &[Name, Type, Required, Label],
                &["id", "CustomerDTO", "", "客户"],
                "id|CustomerDTO||客户",
            ),
        ] {
            assert_eq!(shown(columns, cells, Join::Cells), expected);
        }
    }

    #[test]
    fn words_joined_by_spaces_find_their_columns() {
        for (columns, line, expected) in [
            (
                &[Name, Type, Required, Label][..],
                "own_id bigint 所属人,默认 当前用户",
                "own_id|bigint|_|所属人,默认 当前用户",
            ),
            (
                &[Name, Type, Required, Label],
                "xxxx1 自定义的值, 各不相同",
                "xxxx1|_|_|自定义的值, 各不相同",
            ),
            (
                &[Name, Required, Type, Label],
                "page false Int 页码",
                "page|false|Int|页码",
            ),
            (
                &[Name, Required, Label],
                "page false int 页码",
                "page|false|页码|Type=int",
            ),
            (
                &[Name, Type, Label, Required],
                "page int 第 几 页 否",
                "page|int|第 几 页|否",
            ),
            (
                &[Name, Type, Required, Other, Label],
                "page int 否 1 页码",
                "page|int|否|1|页码",
            ),
            (
                &[Name, Type, Required, Other, Label],
                "page int 否 页码",
                "page|int|否|_|页码",
            ),
        ] {
            let cells: Vec<_> = line.split(' ').collect();
            assert_eq!(shown(columns, &cells, Join::Spaces), expected, "{line}");
        }
    }

    #[test]
    fn a_row_in_order_is_plain() {
        assert!(align(&[Name, Type], &["id", "int"], Join::Cells).is_plain());
        assert!(
            !align(
                &[Name, Type, Label, Required],
                &["qq", "String", "false", ""],
                Join::Cells
            )
            .is_plain()
        );
    }
}
