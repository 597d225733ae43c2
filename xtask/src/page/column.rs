//! What the columns of a parameter table hold, by their heads and by their cells.

mod words;

use unicode_normalization::UnicodeNormalization;

use super::heading::Side;
use crate::fixture::Place;
pub(super) use words::required_word;

/// What a column says about a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Type,
    Required,
    /// Required, said the other way round: `可空`, `optional`.
    Nullable,
    Place,
    /// The description, and what may stand in for it.
    Label,
    /// A short name next to a description.
    Title,
    /// Remarks, where the description stands elsewhere.
    Note,
    /// Sample values, defaults, lengths: nothing that a fixture keeps.
    Other,
}

/// A column's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) column: Column,
    /// The half of the call that the words name: `响应参数名`.
    pub(super) side: Option<Side>,
}

/// The column that this cell, free of its markup, heads.
pub(super) fn head(cell: &str) -> Option<Head> {
    if cell.is_empty() || cell.len() > 60 {
        return None;
    }
    let letters: String = cell
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':' | '_' | '?' | '-' | '、'))
        .collect();
    let letters = letters.to_lowercase();
    let bare = letters.split(['(', '[', '【']).next().unwrap_or(&letters);
    let column = words::column(&letters).or_else(|| words::column(bare))?;
    let side = if ["响应", "返回", "输出", "出参", "response", "result"]
        .iter()
        .any(|word| letters.contains(word))
    {
        Some(Side::Response)
    } else if ["请求", "输入", "入参", "request"]
        .iter()
        .any(|word| letters.contains(word))
    {
        Some(Side::Request)
    } else {
        None
    };
    Some(Head {
        column,
        side: side.filter(|_| column == Column::Name),
    })
}

/// A row of heads: a name and something about it, and mostly heads. A cell that heads nothing known is `Other`.
pub(super) fn heads(cells: &[String]) -> Option<Vec<Head>> {
    let found: Vec<Option<Head>> = cells.iter().map(|cell| head(cell)).collect();
    let known = found.iter().flatten().count();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let has = |column: Column| found.iter().flatten().any(|head| head.column == column);
    let named = has(Column::Name) || has(Column::Title);
    // Two words for a name say nothing about it: `Header 参数` is a heading.
    let says = found.iter().flatten().any(|head| head.column != Column::Name);
    if !named || !says || known < 2 || known * 2 <= filled {
        return None;
    }
    let other = || Head {
        column: Column::Other,
        side: None,
    };
    Some(found.into_iter().map(|head| head.unwrap_or_else(other)).collect())
}

/// What a cell of a required column says; nothing for an empty cell, a dash, or a condition.
pub(super) fn required(cell: &str) -> Option<bool> {
    let text: String = cell
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '`'))
        .collect();
    let text = text.trim_end_matches(['。', '.', ',', ';']).to_lowercase();
    if let Some(found) = required_word(&text) {
        return Some(found);
    }
    // `是（创建时）`, `必填,长度 32`: the word first, then a remark.
    let (word, remark) = text.split_once(['(', ',', ';', ':', '，'])?;
    if ["二选一", "至少", "条件"].iter().any(|mark| remark.contains(mark)) {
        return None;
    }
    required_word(word)
}

/// A required word as nobody meant to write it.
pub(super) fn is_misspelt(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "ture" | "treu" | "flase" | "fasle" | "fales"
    )
}

/// How sure a text is a type: a word every documentation knows, something built of one, or a name that could be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TypeLike {
    No,
    /// A single ASCII word, perhaps of the vendor's own (`CustomerDTO`).
    Perhaps,
    Yes,
}

pub(super) fn type_like(cell: &str) -> TypeLike {
    let text: String = cell.nfkc().collect::<String>().to_lowercase();
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 60 {
        return TypeLike::No;
    }
    let is_known = words::is_type;
    let parts = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
    };
    let word = parts().next().unwrap_or_default();
    if is_known(text)
        || (is_known(word)
            && parts()
                .skip(1)
                .all(|part| is_known(part) || part == "of" || part.bytes().all(|b| b.is_ascii_digit())))
    {
        return TypeLike::Yes;
    }
    let is_built = text.contains(['[', '<', '(']) && is_known(word);
    let wrapped = text
        .strip_suffix("[]")
        .or_else(|| text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')));
    if is_built || wrapped.is_some_and(|inner| is_known(inner.split([' ', '(', '<']).next().unwrap_or(inner))) {
        return TypeLike::Yes;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_.<>[]$«»(),|/-".contains(c);
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_name) && required_word(text).is_none()
    {
        return TypeLike::Perhaps;
    }
    TypeLike::No
}

/// A type that has members or elements.
pub(super) fn is_container(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    [
        "object", "obj", "array", "list", "map", "json", "[]", "对象", "数组", "列表", "集合", "dict", "struct", "vo",
        "dto", "entity", "set<", "[object", "结构",
    ]
    .iter()
    .any(|mark| kind.contains(mark))
}

/// `query`, `path`, `body`, `header`, `form` in a column of places.
pub(super) fn place(cell: &str) -> Option<Place> {
    let text = cell.trim().to_lowercase();
    let text = text
        .trim_start_matches(['(', '（'])
        .trim_end_matches([')', '）'])
        .trim_end_matches("参数")
        .trim();
    match text {
        "path" | "路径" | "uri" | "url路径" | "pathvariable" | "路由" => Some(Place::Path),
        "query" | "get" | "url" | "params" | "querystring" | "查询" | "url query" => Some(Place::Query),
        "header" | "headers" | "head" | "请求头" | "头部" | "头" => Some(Place::Header),
        "body"
        | "form"
        | "formdata"
        | "form-data"
        | "post"
        | "json"
        | "请求体"
        | "包体"
        | "表单"
        | "body json"
        | "raw"
        | "x-www-form-urlencoded" => Some(Place::Body),
        _ => None,
    }
}

/// A name as APIs write them.
pub(super) fn is_name(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    (first.is_ascii_alphabetic() || matches!(first, '_' | '$' | '@'))
        && text.len() <= 200
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.[]$@:{}<>/#*&~|".contains(c))
}

/// A cell that says there is nothing to say.
pub(super) fn is_blank(cell: &str) -> bool {
    matches!(
        cell.trim(),
        "" | "-" | "--" | "—" | "——" | "/" | "\\" | "无" | "none" | "None" | "N/A" | "n/a" | "暂无" | "－" | "空"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn row(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn a_header_row_is_known_by_its_words() {
        use Column::*;
        for (text, columns) in [
            ("字段名|是否必填|描述", &[Name, Required, Label][..]),
            ("请求参数名|类型|说明|是否必须", &[Name, Type, Label, Required]),
            ("参数名称|参数值|必填|备注", &[Name, Other, Required, Note]),
            ("名称|位置|类型|必选|说明", &[Title, Place, Type, Required, Label]),
            (
                "名称|类型|是否必须|默认值|备注|其他信息",
                &[Title, Type, Required, Other, Note, Other],
            ),
            (
                "参数名称|参数说明|请求类型|是否必须|数据类型|schema",
                &[Name, Label, Place, Required, Type, Other],
            ),
            ("字段|值", &[Name, Other]),
            (
                "Name|Located in|Description|Required|Schema",
                &[Name, Place, Label, Required, Other],
            ),
            (
                "参数 | 必填（Y/N） | 类型(长度) | 含义".replace(" | ", "|").as_str(),
                &[Name, Required, Type, Label],
            ),
            ("字段名|数据类型|允许为空|含义", &[Name, Type, Nullable, Label]),
        ] {
            let found: Vec<_> = heads(&row(text)).unwrap().iter().map(|head| head.column).collect();
            assert_eq!(found, columns, "{text}");
        }
        for text in [
            "错误码|说明",
            "状态码|说明|schema",
            "id|true|联系人的id",
            "版本|日期|修改内容",
            "page|false|页码",
        ] {
            assert_eq!(heads(&row(text)), None, "{text}");
        }
        assert_ne!(type_like("[url]"), TypeLike::Yes);
        assert_eq!(head("响应参数名").unwrap().side, Some(Side::Response));
    }

    #[test]
    fn required_is_said_in_many_words() {
        for text in [
            "true",
            "ture",
            "是",
            "Y",
            "必填",
            "必须",
            "必选",
            "**必填**",
            "YES",
            "是（创建时）",
            "√",
            "必需",
            "True ",
        ] {
            assert_eq!(required(text), Some(true), "{text}");
        }
        for text in [
            "false",
            "否",
            "N",
            "选填",
            "非必须",
            "no",
            "可选",
            "非必填",
            "×",
            "否，默认 1",
        ] {
            assert_eq!(required(text), Some(false), "{text}");
        }
        for text in ["", "-", "条件必填", "二选一", "客户名称", "是，与 tel 二选一"] {
            assert_eq!(required(text), None, "{text}");
        }
    }

    #[test]
    fn types_are_told_from_labels() {
        for text in [
            "String",
            "Int[]",
            "Object[]",
            "bigint",
            "Float64",
            "字符串",
            "List<Contact>",
            "string(32)",
            "array of object",
            "[object]",
            "integer(int64)",
            "varchar(64)",
            "decimal(10,2)",
            "map[string]string",
            "Array",
        ] {
            assert_eq!(type_like(text), TypeLike::Yes, "{text}");
        }
        assert_eq!(type_like("CustomerDTO"), TypeLike::Perhaps);
        for text in [
            "第几页",
            "自定义添加的字段值,",
            "所属人,未填写",
            "true",
            "否",
            "升降序: asc 或 desc",
            "",
        ] {
            assert_eq!(type_like(text), TypeLike::No, "{text}");
        }
    }
}
