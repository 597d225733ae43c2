//! What a model makes of drift: coerced where the meaning is plain, kept where it is not, and written back whole.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use crm_core::{
    CustomValue,
    envelope::{self, EnvelopeSpec},
    model::{CustomKeys, DateTime, DecodeErrorKind, DriftKind, Extra, Id, Json, Number, Reveal, Scalar, decode},
};

#[derive(Clone, Default, PartialEq)]
struct Person {
    id: Option<Id>,
    name: Option<String>,
    age: Option<i64>,
    score: Option<f64>,
    active: Option<bool>,
    amount: Option<Number>,
    born: Option<DateTime>,
    chance: Option<Scalar>,
    note: Option<Json>,
    address: Option<Address>,
    tags: Vec<String>,
    friends: Vec<Person>,
    parent: Option<Box<Person>>,
    extra: Extra,
}

const KEYS: CustomKeys = CustomKeys {
    prefixes: &["text_asset_"],
    companions: &["_display", "_hidden_result"],
};

crm_core::model!(Person, KEYS, {
    id: "id",
    name: "name" personal,
    age: "age",
    score: "score",
    active: "active",
    amount: "amount",
    born: "born",
    chance: "chance",
    note: "note" personal,
    address: "address",
    tags: "tags" personal,
    friends: "friends",
    parent: "parent",
});

#[derive(Clone, Default, PartialEq)]
struct Address {
    city: Option<String>,
    extra: Extra,
}

crm_core::model! {
    Address {
        city: "city" personal,
    }
}

fn person(text: &str) -> Person {
    decode(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn written(person: &Person) -> String {
    serde_json::to_string(person).unwrap()
}

#[test]
fn plain_meaning_is_read_whatever_the_spelling() {
    type Holds = fn(&Person) -> bool;
    let cases: &[(&str, Holds)] = &[
        (r#"{"age":"12"}"#, |p| p.age == Some(12)),
        (r#"{"age":12.0}"#, |p| p.age == Some(12)),
        (r#"{"age":"12.00"}"#, |p| p.age == Some(12)),
        (r#"{"age":true}"#, |p| p.age == Some(1)),
        (r#"{"age":9007199254740993}"#, |p| p.age == Some(9_007_199_254_740_993)),
        (r#"{"name":12}"#, |p| p.name.as_deref() == Some("12")),
        (r#"{"name":true}"#, |p| p.name.as_deref() == Some("true")),
        (r#"{"active":1}"#, |p| p.active == Some(true)),
        (r#"{"active":"0"}"#, |p| p.active == Some(false)),
        (r#"{"active":"true"}"#, |p| p.active == Some(true)),
        (r#"{"score":"1.5"}"#, |p| p.score == Some(1.5)),
        (r#"{"score":12}"#, |p| p.score == Some(12.0)),
        (r#"{"score":1.10}"#, |p| p.score == Some(1.1)),
        (r#"{"score":-0.0}"#, |p| p.score == Some(0.0)),
        (r#"{"amount":20000.0}"#, |p| {
            p.amount.as_ref().unwrap().as_str() == "20000.0"
        }),
        (r#"{"amount":"20000.10"}"#, |p| {
            p.amount.as_ref().unwrap().as_str() == "20000.10"
        }),
        (r#"{"id":9007199254740993}"#, |p| {
            p.id == Some("9007199254740993".into())
        }),
        (r#"{"id":123456789012345678901234567890}"#, |p| {
            p.id == Some("123456789012345678901234567890".into())
        }),
        (r#"{"id":"688343387861942272"}"#, |p| {
            p.id.as_ref().unwrap().as_i64() == Some(688_343_387_861_942_272)
        }),
        (r#"{"born":20180918}"#, |p| {
            p.born.as_ref().unwrap().as_str() == "20180918"
        }),
        (r#"{"chance":"80%"}"#, |p| p.chance.as_ref().unwrap().as_str() == "80%"),
        (r#"{"chance":100}"#, |p| {
            p.chance.as_ref().unwrap().as_i64() == Some(100)
        }),
        (r#"{"tags":"one"}"#, |p| p.tags == ["one"]),
        (r#"{"tags":["a",2]}"#, |p| p.tags == ["a", "2"]),
        (r#"{"friends":{"name":"n"}}"#, |p| p.friends.len() == 1),
        (r#"{"name":"\u738b\n"}"#, |p| p.name.as_deref() == Some("王\n")),
        (r#"{"parent":{"parent":{"name":"n"}}}"#, |p| {
            p.parent.as_ref().unwrap().parent.is_some()
        }),
    ];
    for (text, holds) in cases {
        let person = person(text);
        assert!(holds(&person), "{text} became {:?}", Reveal(&person));
        let back: serde_json::Value = serde_json::from_str(&written(&person)).unwrap();
        assert_eq!(
            back,
            serde_json::from_str::<serde_json::Value>(text).unwrap(),
            "{text} comes back otherwise"
        );
        assert_eq!(person.extra.iter().count(), 0, "{text} leaves something untyped");
    }
}

#[test]
fn number_text_comes_back_digit_for_digit() {
    for text in [
        r#"{"score":1.10}"#,
        r#"{"amount":1.10}"#,
        r#"{"id":123456789012345678901234567890}"#,
        r#"{"score":1E5}"#,
        r#"{"age":-0}"#,
    ] {
        assert_eq!(written(&person(text)), text);
    }
}

#[test]
fn nothing_is_absent_in_all_its_spellings() {
    for nothing in ["null", r#""""#, "[]", "{}", "[ ]", "{ }"] {
        for field in [
            "id", "name", "age", "score", "active", "amount", "born", "chance", "note", "address", "tags", "friends",
            "parent",
        ] {
            let text = format!(r#"{{"{field}":{nothing}}}"#);
            let person = person(&text);
            assert_eq!(person, Person::default(), "{text}");
            assert_eq!(written(&person), "{}", "{text}");
        }
    }
}

#[test]
fn what_fits_nowhere_is_kept_under_its_key_and_named() {
    for (text, path, expected) in [
        (r#"{"name":{"first":"a"}}"#, "/name", "string"),
        (r#"{"age":"twelve"}"#, "/age", "integer"),
        (r#"{"age":1.5}"#, "/age", "integer"),
        (r#"{"address":"Main St"}"#, "/address", "object"),
        (r#"{"address":[{"city":"x"}]}"#, "/address", "object"),
        (r#"{"address":7}"#, "/address", "object"),
        (r#"{"friends":"none"}"#, "/friends", "list"),
        (r#"{"tags":{"a":1}}"#, "/tags", "list"),
        (r#"{"active":2}"#, "/active", "boolean"),
        (r#"{"id":true}"#, "/id", "id"),
        (r#"{"name":"\ud800"}"#, "/name", "string"),
    ] {
        let person = person(text);
        assert_eq!(written(&person), text);
        let drift = person.drift();
        assert_eq!(drift.len(), 1, "{text}: {drift:?}");
        assert_eq!(
            (drift[0].path.as_str(), drift[0].expected, drift[0].kind),
            (path, expected, DriftKind::Misfit),
            "{text}"
        );
    }
}

#[test]
fn odd_elements_stand_where_they_stood() {
    let text = r#"{"friends":[{"name":"a"},"odd",{"name":"b"},null,[1]],"tags":[1,"b",{"c":2},"d"]}"#;
    let person = person(text);
    assert_eq!(person.friends.len(), 2);
    assert_eq!(person.tags, ["1", "b", "d"]);
    assert_eq!(
        written(&person),
        text.replace(
            r#""friends":[{"name":"a"},"odd",{"name":"b"},null,[1]],"tags":[1,"b",{"c":2},"d"]"#,
            r#""tags":[1,"b",{"c":2},"d"],"friends":[{"name":"a"},"odd",{"name":"b"},null,[1]]"#
        )
    );
    let paths: Vec<String> = person.drift().into_iter().map(|drift| drift.path).collect();
    assert_eq!(paths, ["/tags/0", "/tags/2", "/friends/1", "/friends/4"]);
}

#[test]
fn a_value_set_later_wins_over_what_was_read() {
    let mut person = person(r#"{"age":"12","address":"Main St","tags":"one"}"#);
    person.age = Some(13);
    person.address = Some(Address {
        city: Some("x".to_owned()),
        ..Address::default()
    });
    person.tags.push("two".to_owned());
    assert_eq!(
        written(&person),
        r#"{"age":13,"address":{"city":"x"},"tags":["one","two"]}"#
    );
}

#[test]
fn drift_inside_lists_and_objects_is_found_by_pointer() {
    let person = person(r#"{"friends":[{"address":{"city":7}},{"a/b":1,"13800000000":2,"text_asset_792fcc":"x"}]}"#);
    let shown: Vec<String> = person.drift().iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "/friends/0/address/city: string written as number",
            // A key may be somebody's data too.
            "/friends/1/*: a key that the documentation does not show (number)",
            "/friends/1/*: a key that the documentation does not show (number)",
        ]
    );
}

#[test]
fn tenants_fields_are_a_typed_view_and_no_drift() {
    let person = person(
        r#"{"text_asset_792fcc":["mul_3902","mul_acdc"],"text_asset_792fcc_display":"B,A","text_asset_1":"x",
            "text_asset_2":null,"text_asset_3":1.50,"text_asset_note":"no tenant's key"}"#,
    );
    let fields = person.custom_fields();
    assert_eq!(fields.len(), 4);
    assert_eq!(
        fields.get("text_asset_792fcc").unwrap().as_options(),
        ["mul_3902", "mul_acdc"]
    );
    assert_eq!(
        fields.field("text_asset_792fcc").unwrap().display.as_deref(),
        Some("B,A")
    );
    assert_eq!(fields.get("text_asset_1").unwrap().as_text(), Some("x"));
    assert_eq!(fields.get("text_asset_2"), Some(&CustomValue::Empty));
    assert_eq!(
        fields.get("text_asset_3").unwrap().as_number().unwrap().as_str(),
        "1.50"
    );
    assert_eq!(person.drift().len(), 1);
}

#[test]
fn debug_hides_people_and_reveal_shows_them() {
    let person = person(
        r#"{"id":7,"name":"王五","tags":["vip"],"address":{"city":"上海","street":"南京路"},"13800000000":"x"}"#,
    );
    let hidden = format!("{person:?}");
    for secret in ["王五", "vip", "上海", "南京路"] {
        assert!(!hidden.contains(secret), "{hidden}");
    }
    assert!(hidden.contains("id: 7") && hidden.contains("street"), "{hidden}");
    let shown = format!("{:?}", Reveal(&person));
    for secret in ["王五", "vip", "上海", "南京路"] {
        assert!(shown.contains(secret), "{shown}");
    }
}

#[test]
fn dates_are_read_in_the_vendors_zone() {
    for (text, instant) in [
        ("2018-09-18 15:00", Some("2018-09-18T07:00:00Z")),
        ("2024-10-19 11:10:52", Some("2024-10-19T03:10:52Z")),
        ("2019-02-14", Some("2019-02-13T16:00:00Z")),
        ("2018-10-08T18:28:20.000+08:00", Some("2018-10-08T10:28:20Z")),
        ("2018-10-08T18:28:20Z", Some("2018-10-08T18:28:20Z")),
        ("4535-06-01", Some("4535-05-31T16:00:00Z")),
        ("02月14日 09:00", None),
        ("0000-00-00 00:00:00", None),
        ("soon", None),
    ] {
        let date = DateTime::from(text);
        assert_eq!(date.timestamp().map(|at| at.to_string()).as_deref(), instant, "{text}");
        assert_eq!(date.as_str(), text);
    }
}

#[test]
fn models_are_read_from_values_and_readers_too() {
    let text = r#"{"id":"688343387861942272","age":"12","friends":[{"name":"a"}]}"#;
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::from_value::<Person>(value).unwrap(), person(text));
    assert_eq!(
        serde_json::from_reader::<_, Person>(text.as_bytes()).unwrap(),
        person(text)
    );
    assert_eq!(
        serde_json::to_value(person(text)).unwrap(),
        serde_json::from_str::<serde_json::Value>(text).unwrap()
    );
}

#[test]
fn deep_nesting_is_an_error_wherever_it_stands() {
    for place in ["address", "friends", "note", "name", "unknown", "tags"] {
        for (open, close) in [("[", "]"), (r#"{"address":"#, "}")] {
            let deep = format!(r#"{{"{place}":{}1{}}}"#, open.repeat(10_000), close.repeat(10_000));
            let error = decode::<Person>(&deep).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::TooDeep, "{place} {open}");
        }
    }
}

#[test]
fn only_what_is_no_json_is_an_error() {
    for (text, kind) in [
        ("", DecodeErrorKind::Truncated),
        ("{\"name\":\"a", DecodeErrorKind::Truncated),
        ("<html>", DecodeErrorKind::Syntax),
        ("{\"name\":\"a\"} x", DecodeErrorKind::Syntax),
        ("{name:1}", DecodeErrorKind::Syntax),
    ] {
        let error = decode::<Person>(text).unwrap_err();
        assert_eq!(error.kind(), kind, "{text}");
        assert!(!error.to_string().contains("name"), "{error}");
    }
}

static SPEC: EnvelopeSpec = EnvelopeSpec::new("code", "msg", "data", "0")
    .success("success")
    .request_id("trace_id")
    .code_may_be_absent();

#[test]
fn the_envelope_is_judged_by_code_and_flag() {
    for (text, success) in [
        (r#"{"code":0,"data":{}}"#, true),
        (r#"{"code":"0","data":{}}"#, true),
        (r#"{"code":0.0,"data":{}}"#, true),
        (r#"{"success":true,"data":{}}"#, true),
        (r#"{"success":"1","data":{}}"#, true),
        (r#"{"success":false,"code":0,"data":{}}"#, false),
        (r#"{"success":0,"data":{}}"#, false),
        (r#"{"code":40002,"data":{}}"#, false),
        (r#"{"msg":"hello"}"#, false),
        ("[]", false),
        ("null", false),
        ("7", false),
    ] {
        let envelope = envelope::read::<Person>(text, &SPEC).unwrap();
        assert_eq!(envelope.is_success(&SPEC), success, "{text}");
    }
}

#[test]
fn the_envelope_comes_back_whole() {
    for text in [
        r#"{"code":"0","msg":"ok","trace_id":"t1","data":{"name":"a"},"more":[1]}"#,
        r#"{"code":0.0,"msg":7,"data":[1,2]}"#,
        r#"{"success":1,"data":"text"}"#,
        r#"{"success":{"a":1},"code":[2],"data":{"id":1}}"#,
    ] {
        let envelope = envelope::read::<Person>(text, &SPEC).unwrap();
        let back: serde_json::Value = serde_json::from_str(&envelope.to_document(&SPEC).unwrap()).unwrap();
        assert_eq!(back, serde_json::from_str::<serde_json::Value>(text).unwrap());
    }
}
