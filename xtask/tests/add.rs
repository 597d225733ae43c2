//! `cargo xtask add` as a person runs it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PAGE: &str = "更新门店\nPUT https://shop.example/v1/shops/{id}\n请求参数\n参数名 | 类型 | 必填 | 说明 |\n---|---|---|---|\nid | Long | 是 | 编号 |\nname | String | 否 | 店名 |\n\
                    请求示例\n{\"name\":\"一店\"}\n返回示例\n{\"code\":0,\"data\":{\"id\":7}}\n失败时返回\n{\"code\":1,\"msg\":\"不存在\"}\n";

fn add(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().unwrap()
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .arg("add")
        .args(["--vendor", "shop", "--fixtures"])
        .arg(root.join("fixtures"))
        .args(arguments)
        .current_dir(root);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every file below a folder, by its path.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(root).unwrap().display().to_string();
                found.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    found
}

fn names(root: &Path) -> Vec<String> {
    files(&root.join("fixtures")).into_keys().collect()
}

fn page(root: &Path, name: &str, text: &str) {
    fs::write(root.join(name), text).unwrap();
}

#[test]
fn a_page_becomes_a_folder_and_a_summary() {
    let root = tempfile::tempdir().unwrap();
    page(root.path(), "shop-update.txt", PAGE);
    let output = add(root.path(), &["shop-update.txt"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        names(root.path()),
        [
            "shop/shop_update/endpoint.toml",
            "shop/shop_update/page.toml",
            "shop/shop_update/request.json",
            "shop/shop_update/response-2.json",
            "shop/shop_update/response.json"
        ]
    );
    let summary = text(&output.stdout);
    assert!(summary.contains("shop/shop_update 更新门店"), "{summary}");
    assert!(summary.contains("PUT /v1/shops/{id}  2 parameters (1 path, 1 body), 0 response fields, 1 request example, 2 response examples"), "{summary}");
}

#[test]
fn a_dry_run_shows_and_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    page(root.path(), "a.txt", PAGE);
    let output = add(root.path(), &["--dry-run", "a.txt"]);
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("dry run: nothing written"));
    assert_eq!(names(root.path()), [""; 0]);
}

#[test]
fn adding_a_changed_page_shows_exactly_the_change() {
    let root = tempfile::tempdir().unwrap();
    page(root.path(), "a.txt", PAGE);
    add(root.path(), &["a.txt"]);
    fs::write(root.path().join("fixtures/shop/vendor.toml"), "name = \"shop\"\n").unwrap();
    // One parameter more, one example less.
    let changed = PAGE
        .replace(
            "name | String | 否 | 店名 |\n",
            "name | String | 否 | 店名 |\nphone | String | 否 | 电话 |\n",
        )
        .replace("失败时返回\n{\"code\":1,\"msg\":\"不存在\"}\n", "");
    page(root.path(), "a.txt", &changed);
    let output = add(root.path(), &["a.txt"]);
    let shown = text(&output.stdout);
    let added: Vec<&str> = shown
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('+') && !line.contains("sha256") && *line != "+")
        .collect();
    assert_eq!(
        added,
        [
            "+[[param]]",
            "+in = \"body\"",
            "+name = \"phone\"",
            "+type = \"String\"",
            "+required = false",
            "+label = \"电话\""
        ],
        "{shown}"
    );
    assert!(shown.contains("- shop/a/response-2.json"), "{shown}");
    assert!(!names(root.path()).contains(&"shop/a/response-2.json".to_owned()));
    assert_eq!(
        fs::read_to_string(root.path().join("fixtures/shop/vendor.toml")).unwrap(),
        "name = \"shop\"\n"
    );
    let again = add(root.path(), &["a.txt"]);
    assert!(text(&again.stdout).contains("as it stands"));
}

#[test]
fn a_failed_run_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    page(root.path(), "a.txt", PAGE);
    for (arguments, said) in [
        (&["a.txt", "missing.txt"][..], "missing.txt cannot be read"),
        (
            &["--name", "../../out", "a.txt"],
            "`../../out` is no name for an operation",
        ),
        (
            &["--name", "x", "a.txt", "a.txt"],
            "--name speaks of one page, and there are 2",
        ),
        (&["a.txt", "./a.txt"], "two pages are to become shop/a"),
        (&["--method", "FETCH", "a.txt"], "`FETCH` is no method"),
        (&["--path", "https://shop.example/x", "a.txt"], "is no path"),
        (&["-"], "`-` is no name for an operation"),
    ] {
        let output = add(root.path(), arguments);
        assert!(!output.status.success(), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(
            error.contains(said) && error.contains("help:"),
            "{arguments:?}: {error}"
        );
        assert_eq!(names(root.path()), [""; 0], "{arguments:?}");
    }
}

#[test]
fn a_page_comes_from_standard_input_and_flags_give_what_it_lost() {
    let root = tempfile::tempdir().unwrap();
    let mut child = command(
        root.path(),
        &[
            "--name",
            "b",
            "--path",
            "/v1/b",
            "--method",
            "post",
            "--url",
            "https://doc.example/b",
            "-",
        ],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("示例\n{\"a\":1}\n".as_bytes())
        .unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let endpoint = &files(&root.path().join("fixtures"))["shop/b/endpoint.toml"];
    for line in [
        "method = \"POST\"",
        "path = \"/v1/b\"",
        "url = \"https://doc.example/b\"",
    ] {
        assert!(endpoint.contains(line), "{endpoint}");
    }
}

#[test]
fn what_is_missing_is_named_with_its_flag() {
    let root = tempfile::tempdir().unwrap();
    page(root.path(), "c.txt", "请求参数\n参数 | 说明\n---|---\nid | 编号\n");
    let shown = text(&add(root.path(), &["c.txt"]).stdout);
    for flag in ["--method", "--path", "--title", "--url"] {
        assert!(shown.contains(flag), "{flag}: {shown}");
    }
}

#[test]
fn a_captured_answer_becomes_an_example_without_anybodys_data_and_outlives_the_page() {
    let root = tempfile::tempdir().unwrap();
    page(root.path(), "a.txt", PAGE);
    add(root.path(), &["a.txt"]);
    let answer = "{\"code\":0,\"data\":{\"id\":70231,\"phone\":\"13912345678\",\"name\":\"张三丰\"}}";
    page(root.path(), "answer.json", answer);
    let har = format!(
        "{{\"log\":{{\"entries\":[{{\"request\":{{\"method\":\"GET\",\"url\":\"https://shop.example/v1/other\"}},\"response\":{{\"content\":{{\"text\":\"{{}}\"}}}}}},\
         {{\"request\":{{\"method\":\"PUT\",\"url\":\"https://shop.example/v1/shops/70231?t=1\"}},\"response\":{{\"content\":{{\"text\":{}}}}}}}]}}}}",
        serde_json::to_string(&answer.replace("13912345678", "13912345679")).unwrap()
    );
    page(root.path(), "capture.har", &har);
    for arguments in [
        &["--name", "a", "--response", "answer.json"][..],
        &["--name", "a", "--har", "capture.har"],
    ] {
        let output = add(root.path(), arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let kept = names(root.path());
    assert!(
        kept.contains(&"shop/a/response-3.json".to_owned()) && kept.contains(&"shop/a/response-4.json".to_owned()),
        "{kept:?}"
    );
    let all = files(&root.path().join("fixtures"));
    for (name, content) in &all {
        assert!(
            !content.contains("139123") && !content.contains("70231") && !content.contains("张三丰"),
            "{name}: {content}"
        );
    }
    add(root.path(), &["a.txt"]);
    assert_eq!(files(&root.path().join("fixtures")), all);
}

#[test]
fn all_pages_of_a_folder_are_added_at_once() {
    let root = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.md", "c.html"] {
        page(root.path(), name, PAGE);
    }
    let output = add(root.path(), &["a.txt", "b.md", "c.html"]);
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("3 operations"));
    assert_eq!(names(root.path()).len(), 15);
}
