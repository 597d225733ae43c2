//! The report held against what a careful reader of the five mission pages lists, and against pages made for one
//! disagreement each.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use super::*;

/// What `operation` of `vendor` is found to disagree in: kind, part, place, line.
fn found(vendor: &str, operation: &str) -> Vec<String> {
    let report = report(&fixture::root(), Some(vendor)).unwrap();
    let page = report.pages.iter().find(|page| page.operation == operation).unwrap();
    page.findings.iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let line = finding.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
    format!("{line} {} {} {}", finding.kind.word(), finding.part, finding.place)
}

#[test]
fn a_page_that_lost_its_path_says_so_and_nothing_else() {
    assert_eq!(found("ikcrm", "contact_update"), ["3 missing_path table path"]);
}

#[test]
fn a_page_without_disagreement_has_no_finding() {
    assert_eq!(found("ikcrm", "common_customer_create"), Vec::<String>::new());
}

#[test]
fn a_request_example_may_have_keys_that_no_table_has() {
    let expected = [
        "40 undocumented_in_example request 1 /opportunity/name",
        "44 undocumented_in_example request 1 /opportunity/approve_status",
    ];
    assert_eq!(found("ikcrm", "opportunity_update"), expected);
}

#[test]
fn the_contact_page_of_dustess_disagrees_in_six_things() {
    let expected = [
        "6 table_slip table customer_list",
        "43 table_slip table customer_list.qq",
        "62 type_conflict request 1 /customer_list/0/custom_fields/1/array_value",
        "70 type_conflict request 1 /customer_list/0/custom_fields/2/array_value",
        "76 type_conflict request 1 /customer_list/0/custom_fields/3/array_value",
        "79 value_not_documented request 1 /customer_list/0/custom_fields/3/type",
        "82 type_conflict request 1 /customer_list/0/custom_fields/4/array_value",
        "85 value_not_documented request 1 /customer_list/0/custom_fields/4/type",
        "100 name_twin request 1 /customer_list/0/categoryId",
        "148 name_twin response 1 /data/success/1/uuid",
    ];
    assert_eq!(found("dustess", "batch_edit_customer"), expected);
    let report = report(&fixture::root(), Some("dustess")).unwrap();
    let page = report
        .pages
        .iter()
        .find(|page| page.operation == "batch_edit_customer")
        .unwrap();
    assert_eq!(finding::grouped(&page.findings).len(), 6);
}

#[test]
fn the_customer_page_of_moduledata_disagrees_with_both_its_tables() {
    let expected = [
        "37 type_conflict request 1 /source",
        "38 undocumented_in_example request 1 /note",
        "43 type_conflict request 1 /mid",
        "44 type_conflict request 1 /id",
        "72 documented_not_in_example table item.last_life_cycle_id",
        "85 documented_not_in_example table item.api_setting_id",
        "86 documented_not_in_example table item.api_platform",
        "88 documented_not_in_example table item.clue_is_black",
        "114 type_conflict response 1 /data/item/id",
        "115 type_conflict response 1 /data/item/own_id",
        "128 type_conflict response 1 /data/item/product_line_id",
        "133 name_twin response 1 /data/item/_team_info",
        "134 name_twin response 1 /data/item/_can_edit",
        "135 name_twin response 1 /data/item/_can_del",
        "136 undocumented_in_example response 1 /data/item/_flow",
        "137 undocumented_in_example response 1 /data/item/is_favorite",
        "138 undocumented_in_example response 1 /data/item/_coming_free",
        "139 undocumented_in_example response 1 /data/item/_left_days",
        "140 undocumented_in_example response 1 /data/item/clue_is_assign",
        "141 undocumented_in_example response 1 /data/item/client_position",
        "142 type_conflict response 1 /data/item/last_own_id",
        "151 undocumented_in_example response 1 /data/item/deleted_id",
        "152 type_conflict response 1 /data/item/life_cycle_id",
        "153 type_conflict response 1 /data/item/clue_user",
        "157 undocumented_in_example response 1 /data/item/clientListAndSeas",
        "165 undocumented_in_example response 1 /data/item/_flow_node_name",
        "166 undocumented_in_example response 1 /data/item/_flow_status",
    ];
    assert_eq!(found("moduledata", "customer_update"), expected);
}

#[test]
fn the_baseline_is_what_the_pages_say() {
    let fixtures = fixture::root();
    let findings = report(&fixtures, None).unwrap().findings();
    let known = fs::read_to_string(fixtures.join(BASELINE)).unwrap_or_default();
    assert_eq!(
        known,
        baseline::text(&findings),
        "run `cargo xtask drift --update-baseline` and commit what it writes"
    );
}

/// A workspace with one page: its tables and examples.
fn page(vendor: &str, endpoint: &str, examples: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo/thing_update");
    fs::create_dir_all(&folder).unwrap();
    let rule = "name = \"demo\"\ntitle = \"Demo\"\ncrate = \"crm-demo\"\n[envelope]\ncode = \"code\"\nmessage = \"msg\"\ndata = \"data\"\nok = \"0\"\n";
    fs::write(root.path().join("demo/vendor.toml"), format!("{rule}{vendor}")).unwrap();
    let head = "operation = \"thing_update\"\nmethod = \"POST\"\npath = \"/things\"\n";
    fs::write(folder.join("endpoint.toml"), format!("{head}{endpoint}")).unwrap();
    for (name, json) in examples {
        fs::write(folder.join(name), json).unwrap();
    }
    root
}

fn disagreements(root: &Path) -> Vec<String> {
    report(root, None)
        .unwrap()
        .findings()
        .iter()
        .map(|finding| line(finding).trim_start_matches("- ").to_owned())
        .collect()
}

fn param(name: &str, kind: &str, rest: &str) -> String {
    format!("[[param]]\nin = \"body\"\nname = \"{name}\"\ntype = \"{kind}\"\n{rest}\n")
}

fn field(name: &str, kind: &str) -> String {
    format!("[[field]]\nname = \"{name}\"\ntype = \"{kind}\"\n")
}

#[test]
fn what_the_request_table_requires_must_be_in_every_row_of_the_example() {
    let table = [
        param("rows", "Object[]", "required = true"),
        param("rows.id", "String", "required = true"),
        param("rows.note", "String", "required = false"),
    ];
    let root = page(
        "",
        &table.concat(),
        &[("request.json", r#"{"rows":[{"id":"1"},{"note":"x"},{"id":null}]}"#)],
    );
    assert_eq!(disagreements(root.path()), ["required_but_absent request 1 /rows/1/id"]);
}

#[test]
fn an_unused_optional_parameter_and_a_null_are_no_disagreement() {
    let table = [
        param("id", "Int", "required = true"),
        param("note", "String", ""),
        field("code", "Int"),
        field("data", "Object"),
        field("data.at", "datetime"),
    ];
    let root = page(
        "",
        &table.concat(),
        &[
            ("request.json", r#"{"id":null}"#),
            ("response.json", r#"{"code":0,"data":{"at":null}}"#),
        ],
    );
    assert_eq!(disagreements(root.path()), Vec::<String>::new());
}

#[test]
fn rows_below_what_no_example_fills_cannot_be_missed() {
    let table = [
        field("code", "Int"),
        field("data", "Object"),
        field("data.rows", "Object[]"),
        field("data.rows.id", "Int"),
        field("data.total", "Int"),
    ];
    let root = page(
        "",
        &table.concat(),
        &[("response.json", r#"{"code":0,"data":{"rows":[]}}"#)],
    );
    assert_eq!(
        disagreements(root.path()),
        ["documented_not_in_example table data.total"]
    );
}

#[test]
fn an_error_says_nothing_about_what_a_success_holds() {
    let table = [field("code", "Int"), field("msg", "String"), field("data", "Object")];
    let root = page("", &table.concat(), &[("response.json", r#"{"code":7,"msg":"no"}"#)]);
    assert_eq!(disagreements(root.path()), Vec::<String>::new());
}

#[test]
fn a_table_of_remarks_is_no_list_of_all_keys() {
    let table = [field("is_own", "boolean"), field("stage", "Int")];
    let answer = r#"{"code":0,"data":{"things":[{"id":1,"name":"a","is_own":1,"note":"","step":{"stage":"5"}}]}}"#;
    let root = page("", &table.concat(), &[("response.json", answer)]);
    let expected = [
        "type_conflict response 1 /data/things/0/is_own",
        "type_conflict response 1 /data/things/0/step/stage",
    ];
    assert_eq!(disagreements(root.path()), expected);
}

#[test]
fn a_tenants_own_keys_need_no_row() {
    let table = [param("id", "Int", ""), param("xxxx1", "String", "")];
    let request = r#"{"id":1,"input_1680509561692":"","select_792fcc":"","note":"","ext_abc123":""}"#;
    let root = page(
        "[custom_fields]\nprefixes = [\"ext_\"]\n",
        &table.concat(),
        &[("request.json", request)],
    );
    assert_eq!(disagreements(root.path()), ["undocumented_in_example request 1 /note"]);
}

#[test]
fn a_correction_that_contradicts_the_page_is_a_disagreement_and_one_that_adds_is_none() {
    let table = [param("id", "Boolean", ""), param("note", "String", "required = false")];
    let fixups = "[[fixup]]\noperation = \"thing_update\"\nparam = \"id\"\ntype = \"Int\"\nrequired = true\nreason = \"an id\"\n\
                  [[fixup]]\noperation = \"thing_update\"\nparam = \"note\"\nrequired = true\nreason = \"refused without\"\n";
    let root = page(fixups, &table.concat(), &[("request.json", r#"{"id":true}"#)]);
    let expected = [
        "required_but_absent request 1 /note",
        "type_conflict table id",
        "table_slip table note",
    ];
    let mut found = disagreements(root.path());
    found.sort_by_key(|one| expected.iter().position(|known| known == one));
    assert_eq!(found, expected);
}

#[test]
fn a_path_that_nobody_supplies_stops_no_report() {
    let table = [param("id", "Int", "")];
    let root = page("", &table.concat(), &[("request.json", r#"{"id":"1"}"#)]);
    let endpoint = root.path().join("demo/thing_update/endpoint.toml");
    let text = fs::read_to_string(&endpoint).unwrap();
    fs::write(
        &endpoint,
        text.replace("path = \"/things\"\n", "")
            .replace("method = \"POST\"\n", ""),
    )
    .unwrap();
    let found = disagreements(root.path());
    let expected = [
        "missing_path table method",
        "missing_path table path",
        "type_conflict request 1 /id",
    ];
    assert_eq!(found, expected);
}

#[test]
fn fifty_rows_are_fifty_places_and_one_disagreement() {
    let rows: Vec<String> = (0..50).map(|at| format!("{{\"id\":\"{at}\"}}")).collect();
    let table = [field("code", "Int"), field("data", "Object[]"), field("data.id", "Int")];
    let root = page(
        "",
        &table.concat(),
        &[(
            "response.json",
            &format!("{{\"code\":0,\"data\":[{}]}}", rows.join(",")),
        )],
    );
    let report = report(root.path(), None).unwrap();
    assert_eq!(report.findings().len(), 50);
    assert_eq!(finding::grouped(&report.pages[0].findings).len(), 1);
    assert!(text::render(&report).contains("and 45 more"));
}

#[test]
fn only_what_the_baseline_does_not_know_fails_the_check() {
    let table = [param("id", "Int", "")];
    let root = page("", &table.concat(), &[("request.json", r#"{"id":"1"}"#)]);
    let file = root.path().join(BASELINE);
    let first = report(root.path(), None).unwrap();
    let error = check(&first, &file).unwrap_err().to_string();
    assert!(
        error.contains("demo/thing_update: type_conflict in request 1 at /id"),
        "{error}"
    );
    fs::write(&file, baseline::text(&first.findings())).unwrap();
    check(&first, &file).unwrap();
    fs::write(
        root.path().join("demo/thing_update/request.json"),
        r#"{"id":"1","note":""}"#,
    )
    .unwrap();
    let error = check(&report(root.path(), None).unwrap(), &file)
        .unwrap_err()
        .to_string();
    assert!(error.contains("/note") && !error.contains("/id:"), "{error}");
}

#[test]
fn the_json_report_has_the_documented_keys() {
    let report = report(&fixture::root(), Some("dustess")).unwrap();
    let json = serde_json::to_value(report.findings()).unwrap();
    let first = json
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "name_twin")
        .unwrap();
    let keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    let mut sorted = ["vendor", "operation", "kind", "in", "where", "what", "line"];
    sorted.sort_unstable();
    assert_eq!(keys, sorted);
    assert_eq!(
        (first["in"].as_str(), first["where"].as_str(), first["line"].as_u64()),
        (Some("request 1"), Some("/customer_list/0/categoryId"), Some(100))
    );
}

#[test]
fn nothing_that_a_page_says_is_markup_in_the_html_report() {
    let table = [
        param("<script>alert(1)</script>", "Int", "required = true"),
        param("id", "<b>Int</b>", ""),
    ];
    let root = page("", &table.concat(), &[("request.json", r#"{"<img src=x>":"1"}"#)]);
    let html = html::render(&report(root.path(), None).unwrap());
    assert!(
        html.contains("&lt;script&gt;alert(1)") && html.contains("/&lt;img src=x&gt;"),
        "{html}"
    );
    assert!(!html.contains("<script>alert") && !html.contains("<img"));
}

#[test]
fn the_html_report_needs_nothing_from_elsewhere() {
    let html = html::render(&report(&fixture::root(), None).unwrap());
    for foreign in ["<link", "src=", "@import", "url("] {
        assert!(!html.contains(foreign), "{foreign}");
    }
}
