//! The tables of the READMEs say what the code says. Run with `UPDATE_README=1` to write them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crm_core::operation::OperationInfo;
use crm_core::{Capability, Crm};

/// The words of one README.
struct Words {
    file: &'static str,
    methods: [&'static str; 2],
    operations: [&'static str; 5],
    reads: &'static str,
    repeatable: &'static str,
    once: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        file: "README.md",
        methods: ["method of `Crm`", "yes"],
        operations: ["vendor", "operation", "page", "call", "repeated"],
        reads: "yes: it only reads",
        repeatable: "yes: twice is as once",
        once: "no",
    },
    Words {
        file: "README.zh-CN.md",
        methods: ["`Crm` 的方法", "有"],
        operations: ["厂商", "接口", "文档页", "调用", "重发"],
        reads: "是：只读",
        repeatable: "是：两次等于一次",
        once: "否",
    },
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn vendors() -> [(&'static str, &'static [&'static OperationInfo], &'static Capability); 3] {
    // No client sends anything here.
    let ikcrm = crm_ikcrm::Client::builder()
        .edition(crm_ikcrm::Edition::WeCom)
        .token("t")
        .build()
        .unwrap();
    let dustess = crm_dustess::Client::builder().token("t").build().unwrap();
    let moduledata = crm_moduledata::Client::builder()
        .base_url("https://crm.example.com")
        .without_auth()
        .build()
        .unwrap();
    [
        ("ikcrm", crm_ikcrm::OPERATIONS, ikcrm.capability()),
        ("dustess", crm_dustess::OPERATIONS, dustess.capability()),
        ("moduledata", crm_moduledata::OPERATIONS, moduledata.capability()),
    ]
}

/// Rust types by operation, as the generated module exports them.
fn types(vendor: &str) -> HashMap<String, String> {
    let path = root().join(format!("crates/crm-{vendor}/src/generated/mod.rs"));
    let text = std::fs::read_to_string(path).unwrap();
    let uses = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub use ")?.strip_suffix(';')?.split_once("::"));
    uses.map(|(module, name)| (module.to_owned(), name.to_owned()))
        .collect()
}

fn operations(words: &Words) -> String {
    let mut table = format!("| {} |\n|---|---|---|---|---|\n", words.operations.join(" | "));
    for (vendor, operations, _) in vendors() {
        let types = types(vendor);
        for info in operations {
            let repeated = match (info.writes, info.idempotent) {
                (false, _) => words.reads,
                (true, true) => words.repeatable,
                (true, false) => words.once,
            };
            let (name, call) = (&types[info.name], format!("`{} {}`", info.method, info.path));
            table.push_str(&format!(
                "| {vendor} | `{name}` | {} | {call} | {repeated} |\n",
                info.title
            ));
        }
    }
    table
}

fn methods(words: &Words) -> String {
    let [heading, yes] = words.methods;
    let vendors = vendors();
    let names: Vec<_> = vendors.iter().map(|(name, ..)| *name).collect();
    let mut table = format!("| {heading} | {} |\n|---|---|---|---|\n", names.join(" | "));
    for (index, (method, _)) in vendors[0].2.methods().into_iter().enumerate() {
        let cells: Vec<_> = vendors
            .iter()
            .map(|(.., able)| if able.methods()[index].1 { yes } else { "" })
            .collect();
        table.push_str(&format!("| `{method}` | {} |\n", cells.join(" | ")));
    }
    table
}

/// Puts a table between the comment that names it and the next end.
fn with_table(text: &str, name: &str, table: &str) -> String {
    let mark = text
        .find(&format!("<!-- {name}:"))
        .unwrap_or_else(|| panic!("no place for the table of {name}"));
    let start = mark + text[mark..].find('\n').unwrap() + 1;
    let end = start + text[start..].find("<!-- end -->").unwrap();
    format!("{}{table}{}", &text[..start], &text[end..])
}

#[test]
fn the_tables_of_the_readmes_say_what_the_code_says() {
    for words in WORDS {
        let path = root().join(words.file);
        let standing = std::fs::read_to_string(&path).unwrap();
        let text = with_table(&standing, "neutral methods", &methods(&words));
        let text = with_table(&text, "operations", &operations(&words));
        if std::env::var_os("UPDATE_README").is_some() {
            std::fs::write(&path, &text).unwrap();
        } else {
            assert!(
                text == standing,
                "{} is out of date: run UPDATE_README=1 cargo test -p crm-testkit --test readme",
                words.file
            );
        }
    }
}
