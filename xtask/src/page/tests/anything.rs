//! Nothing on a page makes the reader panic or hang.

use proptest::prelude::*;

use super::values;
use crate::fixture::Fixture;
use crate::page;

fn pages() -> Vec<String> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| page::text(&std::fs::read(path).unwrap()))
        .collect()
}

/// What holds of every reading: the lines are lines of the page, one for each fact, and the fixture has a form in files.
fn check(bytes: &[u8]) -> Fixture {
    let fixture = page::read("operation", bytes);
    let last = page::text(bytes).lines().count().max(1);
    let notes = &fixture.page;
    assert_eq!(notes.lines.params.len(), fixture.endpoint.params.len());
    assert_eq!(notes.lines.fields.len(), fixture.endpoint.fields.len());
    for (example, json) in notes
        .examples
        .iter()
        .zip(fixture.requests.iter().chain(&fixture.responses))
    {
        assert_eq!(example.lines.len(), values(json));
    }
    let lines = notes
        .lines
        .params
        .iter()
        .chain(&notes.lines.fields)
        .chain(notes.examples.iter().flat_map(|example| &example.lines));
    for line in lines.chain(notes.slips.iter().map(|slip| &slip.line)) {
        assert!((1..=last + 1).contains(line), "line {line} of {last}");
    }
    assert!(fixture.files().values().all(|text| !text.is_empty()));
    fixture
}

/// One change to a list of lines.
#[derive(Debug, Clone)]
enum Change {
    Drop(usize),
    Glue(usize),
    Swap(usize, usize),
    Repeat(usize),
    Cut(usize, usize),
    Insert(usize, String),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..400_usize;
    let piece = prop_oneof![
        "[|｜{}\\[\\]\"'`#>*<&,:：，/\\\\ \\t-]{1,12}",
        Just("```".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("</pre>".to_owned()),
        Just("---|---|---".to_owned()),
        Just("参数 | 类型 | 必填 | 说明".to_owned()),
        Just("返回示例".to_owned()),
        Just("curl -X POST 'https://h.example/x' -d '{".to_owned()),
        "\\PC{0,20}",
    ];
    prop_oneof![
        at.clone().prop_map(Change::Drop),
        at.clone().prop_map(Change::Glue),
        (at.clone(), at.clone()).prop_map(|(a, b)| Change::Swap(a, b)),
        at.clone().prop_map(Change::Repeat),
        (at.clone(), 0..40_usize).prop_map(|(a, b)| Change::Cut(a, b)),
        (at, piece).prop_map(|(a, text)| Change::Insert(a, text)),
    ]
}

fn changed(page: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for change in changes {
        let count = lines.len().max(1);
        if lines.is_empty() {
            lines.push(String::new());
        }
        match change {
            Change::Drop(at) => drop(lines.remove(at % count)),
            Change::Glue(at) if count > 1 => {
                let below = lines.remove(1 + at % (count - 1));
                lines[at % (count - 1)].push_str(&below);
            }
            Change::Glue(_) => {}
            Change::Swap(a, b) => lines.swap(a % count, b % count),
            Change::Repeat(at) => lines.insert(at % count, lines[at % count].clone()),
            Change::Cut(at, length) => {
                let line = &mut lines[at % count];
                *line = line.chars().take(*length).collect();
            }
            Change::Insert(at, text) => lines.insert(at % count, text.clone()),
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        check(&bytes);
    }

    #[test]
    fn any_text_is_read(text in "(\\PC|[|{}\\[\\]\":,\n\t `#<>/-]){0,400}") {
        check(text.as_bytes());
    }

    #[test]
    fn mutated_pages_are_read(which in any::<prop::sample::Index>(), changes in prop::collection::vec(change(), 1..12)) {
        let pages = pages();
        check(changed(&pages[which.index(pages.len())], &changes).as_bytes());
    }
}

/// What is quadratic anywhere would take minutes here. The time itself is measured by `cargo bench -p xtask`.
#[test]
fn thousands_of_the_same_thing_are_read() {
    let many = 1_500;
    for piece in [
        "{",
        "}",
        "[",
        "{\"a\":",
        "{}",
        "{}\n",
        "[1,\n",
        "{\"a\":\"",
        "\"",
        "|",
        "|\n",
        "| a | b |\n",
        "---|---\n",
        "参数\n",
        "参数 类型\n",
        "参数|类型\n",
        "参数 |\n类型 |\na |\n",
        "参数\n类型\na\n",
        "a\nint\n必填\n",
        "<table>\n",
        "<pre>\n",
        "<table><tr><td>",
        "<div>",
        "```\n",
        "请求参数\n",
        "请求参数：",
        "curl 'x\n",
        "curl x\n",
        "POST /x\n",
        "a：",
        "更新时间：2024-01-01\n",
        "- ",
        "├─ ",
        "&emsp;",
        "&",
        "**",
        "`",
        "<",
        "\\",
        "\u{3000}",
        "参数 | 类型 |\n---|---|\na | int |\n",
        "{\"a\":1} // x\n",
        "{a\n",
        "/*",
        "{\"a\":1,\n修改",
        "\"a\":1\n",
        "[url](",
        "![](",
        "（",
        "1. ",
        "#",
        "http://",
        "/a",
        "?a=b&",
        "…",
        "\u{e000}1\n",
        "'\n",
        "“",
        "a int 是 b\n",
        "- a (int): b\n",
    ] {
        let text = piece.repeat(many);
        let mut kinds = vec![format!("{text}\n参数 | 类型 |\n---|---|\n{text}")];
        if piece.starts_with(['<', '{', 'a', '&']) {
            kinds.push(format!("<html><body>{text}"));
        }
        for page in kinds {
            check(page.as_bytes());
        }
    }
}
