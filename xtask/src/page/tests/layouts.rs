//! Every operation of fixtures/, printed in every layout and read back: the layout must make no difference.

use std::fmt::Write as _;

use super::{one_line, shown};
use crate::fixture::{Fixture, Param, Place, root};
use crate::json::Json;
use crate::page;

/// A table's row: name, type, required, label; empty where the page says nothing.
type Row = [String; 4];

/// What differs between two documentation tools.
struct Layout {
    name: &'static str,
    /// A heading of a level below the title.
    heading: fn(&str) -> String,
    /// Header words, and the rows below them.
    table: fn(&[&str], &[Vec<String>]) -> String,
    example: fn(&Json) -> String,
    /// Names below objects are drawn as a tree.
    tree: Option<fn(usize, &str) -> String>,
    words: &'static Words,
    /// Around it all.
    page: fn(&str) -> String,
}

struct Words {
    url: &'static str,
    method: &'static str,
    places: [&'static str; 4],
    fields: &'static str,
    request: &'static str,
    response: &'static str,
    columns: [&'static str; 4],
    required: [&'static str; 2],
}

const PLAIN: Words = Words {
    url: "请求URL",
    method: "请求方式",
    places: ["路径参数", "Query参数", "请求头", "请求参数"],
    fields: "返回参数说明",
    request: "请求示例",
    response: "返回示例",
    columns: ["参数名", "类型", "必选", "说明"],
    required: ["是", "否"],
};

const OPEN: Words = Words {
    url: "HTTP URL",
    method: "HTTP Method",
    places: ["Path Parameters", "查询参数", "Headers", "请求体"],
    fields: "响应体",
    request: "请求体示例",
    response: "响应体示例",
    columns: ["名称", "数据类型", "是否必填", "描述"],
    required: ["true", "false"],
};

const FORMAL: Words = Words {
    url: "一、接口地址",
    method: "二、请求方法",
    places: ["三、url请求参数", "三、查询参数", "三、请求头部", "三、输入参数"],
    fields: "五、输出参数",
    request: "四、请求报文示例",
    response: "六、返回样例",
    columns: ["字段", "字段类型", "必填", "含义"],
    required: ["必填", "选填"],
};

const LAYOUTS: &[Layout] = &[
    Layout {
        name: "spaces",
        heading: |text| format!("\n{text}:\n"),
        table: spaces,
        example: |json| json.pretty(),
        tree: None,
        words: &PLAIN,
        page: str::to_owned,
    },
    Layout {
        name: "tabs",
        heading: |text| format!("\n{text}\n"),
        table: tabs,
        example: one_line,
        tree: None,
        words: &FORMAL,
        page: str::to_owned,
    },
    Layout {
        name: "pipes",
        heading: |text| format!("{text}:\n"),
        table: pipes,
        example: flat,
        tree: None,
        words: &PLAIN,
        page: str::to_owned,
    },
    Layout {
        name: "one cell a line",
        heading: |text| format!("{text}\n"),
        table: stacked,
        example: flat,
        tree: None,
        words: &PLAIN,
        page: str::to_owned,
    },
    Layout {
        name: "markdown",
        heading: |text| format!("\n##### {text}\n\n"),
        table: bordered,
        example: fenced,
        tree: None,
        words: &OPEN,
        page: str::to_owned,
    },
    Layout {
        name: "bold headings",
        heading: |text| format!("\n**{text}：**\n\n"),
        table: bordered,
        example: fenced,
        tree: Some(branch),
        words: &FORMAL,
        page: str::to_owned,
    },
    Layout {
        name: "guillemets",
        heading: |text| format!("\n### {text}\n\n"),
        table: bordered,
        example: fenced,
        tree: Some(|depth, name| format!("{} {name}", "»".repeat(depth)).trim().to_owned()),
        words: &OPEN,
        page: str::to_owned,
    },
    Layout {
        name: "hard spaces",
        heading: |text| format!("\n### {text}\n\n"),
        table: bordered,
        example: fenced,
        tree: Some(|depth, name| format!("{}{name}", "&emsp;&emsp;".repeat(depth))),
        words: &PLAIN,
        page: str::to_owned,
    },
    Layout {
        name: "minus signs",
        heading: |text| format!("\n【{text}】\n\n"),
        table: pipes,
        example: flat,
        tree: Some(|depth, name| format!("{}{name}", "-".repeat(depth))),
        words: &PLAIN,
        page: str::to_owned,
    },
    Layout {
        name: "html in markdown",
        heading: |text| format!("\n### {text}\n"),
        table: html_table,
        example: fenced,
        tree: Some(padded),
        words: &OPEN,
        page: str::to_owned,
    },
    Layout {
        name: "html",
        heading: |text| format!("<h3>{text}</h3>\n"),
        table: html_table,
        example: html_code,
        tree: Some(padded),
        words: &PLAIN,
        page: html_page,
    },
    Layout {
        name: "crlf and hard spaces",
        heading: |text| format!("{text}：\n"),
        table: pipes,
        example: |json| json.pretty().replace("  ", "\u{a0}\u{a0}"),
        tree: None,
        words: &PLAIN,
        page: |text| text.replace('\n', "\r\n"),
    },
];

fn flat(json: &Json) -> String {
    json.pretty().lines().map(|line| format!("{}\n", line.trim())).collect()
}

fn fenced(json: &Json) -> String {
    format!("```json\n{}```\n", json.pretty())
}

fn html_code(json: &Json) -> String {
    format!("<pre><code>{}</code></pre>\n", escape(&json.pretty()))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn html_page(text: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><nav><a>首页</a></nav><div>{text}</div></body></html>"
    )
}

fn branch(depth: usize, name: &str) -> String {
    if depth == 0 {
        name.to_owned()
    } else {
        format!("{}├─ {name}", "│  ".repeat(depth - 1))
    }
}

fn padded(depth: usize, name: &str) -> String {
    let mark = if depth > 0 { "├─ " } else { "" };
    format!("<span style=\"padding-left: {}px\">{mark}</span>{name}", depth * 20)
}

fn spaces(columns: &[&str], rows: &[Vec<String>]) -> String {
    let lines = rows.iter().map(|row| {
        row.iter()
            .filter(|cell| !cell.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    });
    std::iter::once(columns.join(" "))
        .chain(lines)
        .map(|line| line + "\n")
        .collect()
}

fn tabs(columns: &[&str], rows: &[Vec<String>]) -> String {
    std::iter::once(columns.join("\t"))
        .chain(rows.iter().map(|row| row.join("\t")))
        .map(|line| line + "\n")
        .collect()
}

fn pipes(columns: &[&str], rows: &[Vec<String>]) -> String {
    let rule = "---|".repeat(columns.len());
    let lines = rows
        .iter()
        .map(|row| row.iter().map(|cell| format!("{cell} | ")).collect::<String>());
    [format!("{} |", columns.join(" | ")), rule]
        .into_iter()
        .chain(lines)
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn bordered(columns: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("|{}|\n", cells.join("|"));
    let header = line(columns.iter().map(|column| format!(" {column} ")).collect());
    let rule = line(columns.iter().map(|_| ":---".to_owned()).collect());
    header
        + &rule
        + &rows
            .iter()
            .map(|row| line(row.iter().map(|cell| cell.replace('|', "\\|")).collect()))
            .collect::<String>()
}

fn stacked(columns: &[&str], rows: &[Vec<String>]) -> String {
    columns
        .iter()
        .map(|cell| (*cell).to_owned())
        .chain(rows.iter().flatten().cloned())
        .map(|cell| format!("{cell} |\n"))
        .collect()
}

fn html_table(columns: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |tag: &str, cells: Vec<String>| {
        format!(
            "<tr>{}</tr>\n",
            cells
                .iter()
                .map(|cell| format!("<{tag}>{cell}</{tag}>"))
                .collect::<String>()
        )
    };
    let header = cells("th", columns.iter().map(|cell| (*cell).to_owned()).collect());
    let body: String = rows
        .iter()
        .map(|row| {
            let cells_of = row
                .iter()
                .enumerate()
                .map(|(at, cell)| if at == 0 { cell.clone() } else { escape(cell) });
            cells("td", cells_of.collect())
        })
        .collect();
    format!("<table><thead>{header}</thead><tbody>{body}</tbody></table>\n")
}

/// Drops the columns that no row fills, and draws the tree.
fn rows(layout: &Layout, rows: &[Row]) -> String {
    // A name alone makes no table.
    let kept: Vec<usize> = (0..4)
        .filter(|at| {
            *at == 0
                || rows.iter().any(|row| !row[*at].is_empty())
                || (*at == 3 && rows.iter().all(|row| row[1..].concat().is_empty()))
        })
        .collect();
    let columns: Vec<&str> = kept.iter().map(|at| layout.words.columns[*at]).collect();
    let known: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let drawn = |row: &Row| -> Vec<String> {
        let name = match (layout.tree, row[0].rsplit_once('.')) {
            (Some(tree), Some((parent, name))) if known.contains(&parent) => {
                tree(parent.matches('.').count() + 1, name)
            }
            (Some(tree), _) => tree(0, &row[0]),
            (None, _) => row[0].clone(),
        };
        kept.iter()
            .map(|at| if *at == 0 { name.clone() } else { row[*at].clone() })
            .collect()
    };
    (layout.table)(&columns, &rows.iter().map(drawn).collect::<Vec<_>>())
}

fn printed(layout: &Layout, fixture: &Fixture) -> String {
    let words = layout.words;
    let endpoint = &fixture.endpoint;
    let mut out = String::new();
    let paragraph = |text: &str| {
        if layout.name == "html" {
            format!("<p>{text}</p>\n")
        } else {
            format!("{text}\n")
        }
    };
    if let Some(title) = &endpoint.title {
        out += &if layout.name == "html" {
            format!("<h1>{title}</h1>\n")
        } else {
            format!("{title}\n")
        };
    }
    for (word, value) in [(words.url, &endpoint.path), (words.method, &endpoint.method)] {
        if let Some(value) = value {
            out += &(layout.heading)(word);
            out += &paragraph(&format!(
                "{}{value}",
                if value.starts_with('/') {
                    "https://api.host.example"
                } else {
                    ""
                }
            ));
        }
    }
    let required = |param: &Param| {
        param
            .required
            .map_or("", |required| words.required[usize::from(!required)])
            .to_owned()
    };
    for (place, word) in [Place::Path, Place::Query, Place::Header, Place::Body]
        .into_iter()
        .zip(words.places)
    {
        let of_place: Vec<Row> = endpoint
            .params
            .iter()
            .filter(|param| param.place == place)
            .map(|param| {
                [
                    param.name.clone(),
                    param.kind.clone().unwrap_or_default(),
                    required(param),
                    param.label.clone().unwrap_or_default(),
                ]
            })
            .collect();
        if !of_place.is_empty() {
            out += &(layout.heading)(word);
            out += &rows(layout, &of_place);
        }
    }
    for example in &fixture.requests {
        out += &(layout.heading)(words.request);
        out += &(layout.example)(example);
    }
    if !endpoint.fields.is_empty() {
        let fields: Vec<Row> = endpoint
            .fields
            .iter()
            .map(|field| {
                [
                    field.name.clone(),
                    field.kind.clone().unwrap_or_default(),
                    String::new(),
                    field.label.clone().unwrap_or_default(),
                ]
            })
            .collect();
        out += &(layout.heading)(words.fields);
        out += &rows(layout, &fields);
    }
    for example in &fixture.responses {
        out += &(layout.heading)(words.response);
        out += &(layout.example)(example);
    }
    if let Some(updated) = &endpoint.source.updated {
        out += &paragraph(&format!("更新时间：{updated} 10:20"));
    }
    (layout.page)(&out)
}

/// Without what depends on the printing: lines, slips, the hash, the order of places.
fn facts(fixture: &Fixture) -> String {
    let mut fixture = fixture.clone();
    fixture.page.slips.clear();
    fixture.endpoint.params.sort_by_key(|param| param.place as usize);
    let mut out = shown(&fixture);
    out = out
        .lines()
        .map(|line| {
            line.get(4..)
                .filter(|_| line.starts_with(|c: char| c.is_ascii_digit() || c == ' '))
                .unwrap_or(line)
        })
        .fold(String::new(), |mut out, line| {
            writeln!(out, "{}", line.trim()).unwrap();
            out
        });
    out
}

#[test]
fn the_layout_makes_no_difference() {
    let vendors = Fixture::load_all(&root()).unwrap();
    let mut wrong = String::new();
    let mut count = 0;
    for fixture in vendors.values().flatten() {
        for layout in LAYOUTS {
            let page = printed(layout, fixture);
            let read = page::read(&fixture.endpoint.operation, page.as_bytes());
            count += 1;
            let (expected, found) = (facts(fixture), facts(&read));
            if expected != found {
                writeln!(
                    wrong,
                    "== {} of {}\n{}",
                    layout.name,
                    fixture.endpoint.operation,
                    similar::TextDiff::from_lines(&expected, &found)
                        .unified_diff()
                        .context_radius(0)
                )
                .unwrap();
            }
        }
    }
    assert!(count > 200, "{count}");
    assert!(wrong.is_empty(), "{wrong}");
}
