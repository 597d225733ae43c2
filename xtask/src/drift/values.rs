//! The values that a label lists: `0-未知 1-男性 2-女性`, `male: 男, female: 女`, `小学 01,初中 02`, `customer 或 opportunity`,
//! `固定为:347772778973233152`.
//!
//! Labels are prose. Only what is surely a closed list counts: at least two codes, one after the other and written the
//! same way, and no word that leaves the list open.

use std::sync::LazyLock;

use regex::Regex;

/// The codes of a label, where it lists all values of its row.
pub(super) fn listed(label: &str) -> Option<Vec<String>> {
    if let Some(fixed) = FIXED.as_ref().and_then(|pattern| pattern.captures(label)) {
        return Some(vec![fixed[1].to_owned()]);
    }
    if OPEN.as_ref()?.is_match(&without_brackets(label)) {
        return None;
    }
    let assigned = || run(ASSIGNED.as_ref()?, label);
    let bracketed = || run(BRACKETED.as_ref()?, label);
    // `至多 200 个` and `默认 20` look like the next two, and list nothing.
    let limits = LIMITS.as_ref()?.is_match(label);
    let code_first = || run(CODE_FIRST.as_ref().filter(|_| !limits)?, label);
    let code_last = || run(CODE_LAST.as_ref().filter(|_| !limits)?, label);
    bare(label)
        .or_else(assigned)
        .or_else(bracketed)
        .or_else(code_first)
        .or_else(code_last)
}

/// The codes that a label gives of a sibling row, and the sibling's own label: `字段类型为:checkbox(多项选择),
/// cascader(多级联选单选)时使用此字段` on `array_value` speaks of the row that is labelled `字段类型`.
pub(super) fn of_sibling(label: &str) -> Option<(String, Vec<String>)> {
    let condition = CONDITION.as_ref()?.captures(label)?;
    let codes = pieces(&without_brackets(&condition[2]))
        .into_iter()
        .filter(|piece| is_code(piece))
        .map(str::to_owned)
        .collect();
    Some((condition[1].trim().to_owned(), codes))
}

macro_rules! pattern {
    ($($name:ident, $text:expr;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());)*

        #[cfg(test)]
        const PATTERNS: &[(&str, &LazyLock<Option<Regex>>)] = &[$((stringify!($name), &$name)),*];
    };
}

pattern! {
    // `1=是`, `0-未知`, `true:成功`, `male: 男`
    ASSIGNED, r"([A-Za-z0-9][A-Za-z0-9_.]*)\s*[=:\u{ff1a}\-—]\s*[一-龥][^\s,\u{ff0c}、;\u{ff1b}|/A-Za-z0-9]*";
    // `mobile(手机号)`
    BRACKETED, r"([A-Za-z0-9][\w.\-]*)\s*[(\u{ff08}][^()\u{ff08}\u{ff09}]*[)\u{ff09}]";
    // `customerInvalidReason 无效`
    CODE_FIRST, r"([A-Za-z0-9][A-Za-z0-9_.\-]*)\s+[一-龥][^\s,\u{ff0c}、;\u{ff1b}|/]*";
    // `小学 01`, `我的 my`
    CODE_LAST, r"[一-龥]+\s+([A-Za-z0-9][A-Za-z0-9_.\-]*)";
    FIXED, r"固定(?:为|是|填|传|值为|值是|填写|传入)\s*[:\u{ff1a}]?\s*([A-Za-z0-9][A-Za-z0-9_.\-]*)(?:$|[\s,\u{ff0c}。;\u{ff1b})\u{ff09}])";
    OPEN, r"等|例如|比如|如[:\u{ff1a}]|示例|举例|格式|之类|\.\.\.|…";
    LIMITS, r"默认|最大|最多|至多|最小|最少|至少|超过|长度|范围|每页|以内|以上|单位";
    CONDITION, r"^\s*([^:\u{ff1a},\u{ff0c}(\u{ff08}]{2,12}?)[为是]\s*[:\u{ff1a}]\s*(.+?)\s*时\s*(?:使用|有效|必填|必传|传|填)";
}

const SEPARATORS: &[char] = &[',', '\u{ff0c}', '、', ';', '\u{ff1b}', '/', '|', '和', '或', '及'];

/// The codes of the longest run of entries that stand one after the other, with nothing but separators between.
fn run(entry: &Regex, label: &str) -> Option<Vec<String>> {
    struct Run {
        codes: Vec<String>,
        start: usize,
        end: usize,
    }
    let mut runs: Vec<Run> = Vec::new();
    for found in entry.captures_iter(label) {
        let (Some(whole), Some(code)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let code = code.as_str().to_owned();
        let follows = |run: &&mut Run| {
            let between = label.get(run.end..whole.start()).unwrap_or_default();
            between.chars().all(|c| c.is_whitespace() || SEPARATORS.contains(&c))
        };
        match runs.last_mut().filter(follows) {
            Some(run) => {
                run.codes.push(code);
                run.end = whole.end();
            }
            None => runs.push(Run {
                codes: vec![code],
                start: whole.start(),
                end: whole.end(),
            }),
        }
    }
    let best = runs
        .into_iter()
        .max_by_key(|run| run.codes.len())
        .filter(|run| run.codes.len() > 1)?;
    // Entries of another form beside the run belong to the list too: it is not known in full.
    let goes_on = |text: Option<char>, beyond: Option<char>| {
        text.is_some_and(|c| SEPARATORS.contains(&c)) && beyond.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    let mut before = label
        .get(..best.start)
        .unwrap_or_default()
        .chars()
        .rev()
        .filter(|c| !c.is_whitespace());
    let mut after = label
        .get(best.end..)
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace());
    let open = goes_on(before.next(), before.next()) || goes_on(after.next(), after.next());
    (!open).then_some(best.codes)
}

/// Codes in a row behind a colon, with or without an explanation in brackets.
fn bare(label: &str) -> Option<Vec<String>> {
    let (_, rest) = label.split_once([':', '\u{ff1a}'])?;
    let rest = without_brackets(rest);
    let pieces = pieces(&rest);
    (pieces.len() > 1 && pieces.iter().all(|piece| is_code(piece)))
        .then(|| pieces.into_iter().map(str::to_owned).collect())
}

fn pieces(text: &str) -> Vec<&str> {
    text.split(SEPARATORS)
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn is_code(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_ascii_alphabetic())
        && piece
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The text outside of brackets: what stands inside explains, and does not list.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '\u{ff08}' => depth += 1,
            ')' | '\u{ff09}' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for (name, pattern) in PATTERNS {
            assert!(pattern.is_some(), "{name}");
        }
    }

    #[test]
    fn labels_that_list_their_values_are_read() {
        for (label, codes) in [
            ("外部联系人性别 0-未知 1-男性 2-女性", "0 1 2"),
            ("数据是否在公海池1=是,0=否", "1 0"),
            ("性别 male: 男, female: 女", "male female"),
            ("请求状态,true:成功,false:失败", "true false"),
            (
                "mobile(手机号),landline(座机),other(其他),11b90rp60zya(自定义联系方式,如:微信号,id为示例)联系人联系方式",
                "mobile landline other 11b90rp60zya",
            ),
            ("学历id(小学 01,初中 02,高中 03)", "01 02 03"),
            (
                "原因种类: customerInvalidReason 无效,customerGiveUpReason 放弃",
                "customerInvalidReason customerGiveUpReason",
            ),
            ("我的 my,下属 sub,我协作 my_assist,不传为全部", "my sub my_assist"),
            ("所属对象: customer 或 opportunity", "customer opportunity"),
            (
                "文件类型, 可填为: word 、image 、spreadsheetml (excel)、presentationml (ppt)、other",
                "word image spreadsheetml presentationml other",
            ),
            ("模块id,固定为:347772778973233152", "347772778973233152"),
            ("固定填 customer", "customer"),
        ] {
            assert_eq!(listed(label).unwrap().join(" "), codes, "{label}");
        }
    }

    #[test]
    fn prose_lists_nothing() {
        for label in [
            "联系方式具体内容,如:type=mobile,则值为手机号码",
            "省市区(县),传参格式示例:\"四川省-成都市-武侯区\" 或 \"四川省/成都市/武侯区\"",
            "销售阶段 调用 GET /api/v2/field_maps/opportunity 获取对应的值",
            "绑定列表,一次至多 500 个",
            "第几页,默认 1,每页 20",
            "尘锋联系人id(和external_id二选一必填)",
            "返回码,0 为成功",
            "状态: active、disabled 等",
            "word、spreadsheetml (excel)、presentationml (ppt)",
            "固定值",
            "固定为3位小数",
        ] {
            assert_eq!(listed(label), None, "{label}");
        }
    }

    #[test]
    fn a_label_may_speak_of_its_sibling() {
        let (sibling, codes) =
            of_sibling("字段类型为:checkbox(多项选择),cascader(多级联选单选),multiCascader(多级联选多选)时使用此字段")
                .unwrap();
        assert_eq!(
            (sibling.as_str(), codes.join(" ").as_str()),
            ("字段类型", "checkbox cascader multiCascader")
        );
        assert_eq!(
            of_sibling("字段类型为:附件列表 时使用此字段, 最大文件个数5个")
                .unwrap()
                .1,
            Vec::<String>::new()
        );
        assert_eq!(of_sibling("联系人名称"), None);
    }
}
