#![allow(clippy::unwrap_used)]

use super::*;

fn mend(text: &str) -> Mended {
    read(text, 0, text.len())
}

/// What was mended, as a strict document and the kinds of slip.
#[test]
fn each_slip_is_mended_and_named() {
    for (text, mended, kinds) in [
        (
            "{\"a\":1, # 名\n\"b\":2 // 二\n}",
            "{\"a\":1,\"b\":2}",
            "json_comment json_comment",
        ),
        (
            "{\"a\":1,\n# 全行\n\"b\":/* x */2}",
            "{\"a\":1,\"b\":2}",
            "json_comment json_comment",
        ),
        (
            "{\"a\":[1,2,],\n}",
            "{\"a\":[1,2]}",
            "json_trailing_comma json_trailing_comma",
        ),
        ("{\"a\":[]\n\"b\":{}}", "{\"a\":[],\"b\":{}}", "json_missing_comma"),
        ("[{\"a\":1}\n{\"a\":2}]", "[{\"a\":1},{\"a\":2}]", "json_missing_comma"),
        ("{\"a\":1,\nb\": []\n}", "{\"a\":1,\"b\":[]}", "json_missing_quote"),
        ("{\"a: 1,\n\"b\":2}", "{\"a\":1,\"b\":2}", "json_missing_quote"),
        ("{\"a: \"x\",\"b\":2}", "{\"a\":\"x\",\"b\":2}", "json_missing_quote"),
        ("{\"a\":\"x,\n\"b\":2}", "{\"a\":\"x\",\"b\":2}", "json_missing_quote"),
        ("{\"a\":x\",\n\"b\":2}", "{\"a\":\"x\",\"b\":2}", "json_missing_quote"),
        (
            "{a:1, b_c : 'x'}",
            "{\"a\":1,\"b_c\":\"x\"}",
            "json_unquoted_key json_unquoted_key json_quote",
        ),
        ("{“a”:“x”}", "{\"a\":\"x\"}", "json_quote json_quote"),
        (
            "{\"a\"：1，\"b\":2}",
            "{\"a\":1,\"b\":2}",
            "json_fullwidth json_fullwidth",
        ),
        ("{\"a\":{\"b\":1}", "{\"a\":{\"b\":1}}", "json_missing_brace"),
        ("{\"a\":[{\"b\":1}}", "{\"a\":[{\"b\":1}]}", "json_missing_bracket"),
        (
            "{\"a\":[{\"b\":1],\"c\":2}",
            "{\"a\":[{\"b\":1}],\"c\":2}",
            "json_missing_brace",
        ),
        (
            "{\"a\":[{\"b\":1}},{\"b\":2}]}",
            "{\"a\":[{\"b\":1},{\"b\":2}]}",
            "json_extra_brace",
        ),
        (
            "{\"a\":[{\"b\":1}, \"c\":2}",
            "{\"a\":[{\"b\":1}],\"c\":2}",
            "json_missing_bracket",
        ),
        ("{\"a\":1}\n}", "{\"a\":1}", "json_extra_brace"),
        (
            "{\"a\":{\"b\":1}},\n\"c\":2}",
            "{\"a\":{\"b\":1},\"c\":2}",
            "json_extra_brace",
        ),
        (
            "{\"a\":[1,...],\"b\":{……}}",
            "{\"a\":[1],\"b\":{}}",
            "json_elision json_elision",
        ),
        ("{\"a\":1,\n...\n}", "{\"a\":1}", "json_elision"),
        ("{\"a\":...,\"b\":1}", "{\"a\":null,\"b\":1}", "json_elision"),
        ("{\"a\":1 客户编号,\n\"b\":2}", "{\"a\":1,\"b\":2}", "json_prose"),
        (
            "{\"a\":1, 客户编号\n\"b\":2 (必填)\n}",
            "{\"a\":1,\"b\":2}",
            "json_prose json_prose",
        ),
        ("{\"a\":1,\n以下选填\n\"b\":2}", "{\"a\":1,\"b\":2}", "json_prose"),
        (
            "{\"a\":,\"b\":}",
            "{\"a\":null,\"b\":null}",
            "json_missing_value json_missing_value",
        ),
        (
            "{\"a\" 1,\"b\"=2}",
            "{\"a\":1,\"b\":2}",
            "json_missing_colon json_missing_colon",
        ),
        ("{\"a\":1,,\"b\":2}", "{\"a\":1,\"b\":2}", "json_extra_comma"),
        ("{\"a\":1,\"a\":2}", "{\"a\":2}", "json_duplicate_key"),
        (
            "{\"a\":True,\"b\":None}",
            "{\"a\":true,\"b\":null}",
            "json_literal json_literal",
        ),
        (
            "{\"a\":int,\"b\":138****0000}",
            "{\"a\":\"int\",\"b\":\"138****0000\"}",
            "json_bare_word json_bare_word",
        ),
        ("{\"a\":\"x\ny\"}", "{\"a\":\"x\\ny\"}", "json_control"),
        ("{\"a\":\"C:\\data\"}", "{\"a\":\"C:\\\\data\"}", "json_escape"),
        ("{\"a\":\"\\ud83d\"}", "{\"a\":\"\u{fffd}\"}", "json_escape"),
        (
            "{\"a\":\"他说\"好\"了\",\"b\":1}",
            "{\"a\":\"他说\\\"好\\\"了\",\"b\":1}",
            "json_unescaped_quote json_unescaped_quote",
        ),
        ("{\u{a0}\"a\":\u{3000}0.0}", "{\"a\":0.0}", ""),
    ] {
        let found = mend(text);
        assert_eq!(found.value, Json::parse(mended).unwrap(), "{text}");
        let found: Vec<_> = found.slips.iter().map(|slip| slip.kind).collect();
        assert_eq!(found.join(" "), kinds, "{text}");
    }
}

#[test]
fn a_document_ends_where_json_ends() {
    for (text, document) in [
        ("{\"a\":1}{\"b\":2}", "{\"a\":1}"),
        ("{\"a\":1}返回信息", "{\"a\":1}"),
        ("{\"a\":1} {\"b\":2}", "{\"a\":1}"),
        ("{\"a\":1};", "{\"a\":1};"),
        ("{\"a\":[1\n修改于 2024-01-01", "{\"a\":[1\n"),
        ("{\"a\":1\n{\"b\":2}", "{\"a\":1\n"),
    ] {
        assert_eq!(text.get(..mend(text).end).unwrap(), document, "{text}");
    }
}

#[test]
fn every_value_has_its_place() {
    let text = "{\"a\":[1, {}],\n\"b\":\"x\"}";
    let places: Vec<_> = mend(text)
        .offsets
        .iter()
        .map(|at| text.get(*at..=*at).unwrap())
        .collect();
    assert_eq!(places, ["{", "[", "1", "{", "\""]);
}

#[test]
fn a_slip_names_its_value() {
    let found = mend("{\"a\":[0,{\"b/c\":1, # x\n}]}");
    assert_eq!(found.slips[0].pointer, "/a/1/b~1c");
}

#[test]
fn nothing_overflows_or_hangs() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "}".repeat(100_000),
        "{\"".repeat(100_000),
        "{x".repeat(100_000),
    ] {
        let mended = mend(&format!("{{{text}"));
        assert!(mended.slips.len() <= MAX_SLIPS);
    }
}

#[test]
fn sound_json_is_read_as_it_stands() {
    let text = "{\"u\":\"\\u0026 \\\"q\\\"\",\"n\":-1.5e+10,\"e\":{ },\"l\":[ ],\"big\":347772778973233152}";
    let found = mend(text);
    assert_eq!(found.value, Json::parse(text).unwrap());
    assert!(found.slips.is_empty());
}
