//! What the columns of a parameter table hold, by their heads and by their cells.

use unicode_normalization::UnicodeNormalization;

use super::heading::Side;
use crate::fixture::Place;

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

const HEADS: &[(Column, &str)] = &[
    (
        Column::Name,
        "字段名 参数名 参数 字段 参数名称 字段名称 属性 属性名 属性名称 变量 变量名 变量名称 键 键名 key name field parameter param parameters \
         fields property attribute 请求参数 返回参数 响应参数 请求字段 返回字段 响应字段 参数字段 字段英文名 英文名 英文名称 英文字段名 参数英文名 \
         参数key 字段key 列名 元素 元素名 元素名称 节点 节点名 节点名称 标签 标签名 参数项 数据项 参数代码 字段代码 字段标识 参数标识 标识 \
         标识符 argument arguments arg fieldname paramname parametername header header名 headername headerkey 头部标签 请求头 头字段 参数编码 \
         字段编码 请求参数名 响应参数名 返回参数名 请求参数名称 响应参数名称 返回参数名称 请求字段名 返回字段名 返回值 输入参数 输出参数 入参 出参 \
         返回值字段 响应字段名 输入字段 输出字段 参数名字 变量标识 名字",
    ),
    (
        Column::Type,
        "类型 字段类型 数据类型 参数类型 type 值类型 变量类型 属性类型 datatype fieldtype 数据格式 字段格式 返回类型 类型描述 java类型 \
         类型长度 类型(长度) 参数数据类型 数据类型(长度) 字段数据类型 paramtype 数据类型长度 格式类型",
    ),
    (
        Column::Required,
        "必填 是否必填 是否必须 必选 必需 是否必需 是否必选 必须 required 必传 是否必传 必填项 是否必填项 必要 是否必要 必输 是否必输 mandatory \
         isrequired 必要性 是否必填(y/n) 约束要求 必填与否 是否必带 必带 必含 必选/可选 必填/选填 是否强制 强制 m/o",
    ),
    (
        Column::Nullable,
        "可空 是否可空 可为空 允许为空 是否允许为空 是否为空 能否为空 可否为空 可选 是否可选 nullable optional 允许空 空 选填 可以为空",
    ),
    (
        Column::Place,
        "位置 参数位置 in locatedin 传参方式 参数所在位置 传递方式 所在位置 传入位置 请求类型 place location 参数来源 传参位置 提交位置",
    ),
    (
        Column::Label,
        "描述 说明 含义  参数说明 字段说明 字段描述 参数描述 描述说明 解释 注释 description  desc 参数含义 \
         字段含义 意义 用途 内容说明 详细说明 说明描述 简介 介绍 描述信息 属性说明 取值说明 参数意义 变量说明 \
         返回值说明 返回说明 参数解释 业务含义 字段注释 功能说明 属性描述 具体说明 字段解释 说明信息 explain",
    ),
    (
        Column::Note,
        "备注 备注说明 说明备注 补充说明 备注信息 remark remarks comment comments note notes",
    ),
    (
        Column::Title,
        "名称  中文名 中文名称 字段中文名 参数中文名 中文 标题 中文字段名 显示名 显示名称 title 中文描述 中文含义 中文说明",
    ),
    (
        Column::Other,
        "参数值 值 示例 示例值 样例 样例值 默认值 默认 缺省值 缺省 例子 举例 example examples default sample value 取值 取值范围 可选值 值范围 \
         最大长度 长度 字段长度 位数 长度限制 限制 是否加密 加密 版本 其他信息 其它信息 其他 其它 序号 编号 no # schema 数据模型 枚举 枚举值 \
         约束 规则 校验规则 校验 范围 参数示例 参考值 测试值 范例 固定值 头部内容 内容 是否数组 层级 级别 支持版本 defaultvalue samplevalue \
         exampevalue 单位 精度 格式 最小长度 小数位 来源 推荐值 验证 是否签名 签名 参与签名 字段示例 数据示例 是否唯一 权限要求 备选值 \
         最大值 最小值 条件 使用说明 敏感",
    ),
];

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
    let column = column(&letters).or_else(|| column(bare))?;
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

fn column(text: &str) -> Option<Column> {
    let entry = |(_, words): &&(Column, &str)| words.split_ascii_whitespace().any(|word| word == text);
    HEADS.iter().find(entry).map(|(column, _)| *column)
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

const TRUE: &str = "true ture treu ture. 是 y yes 必填 必须 必选 必需 必传 必要 required require 1 √ ✓ ✔ ☑ ✅ t m mandatory 必输 必填项 是的 必";
const FALSE: &str = "false flase fasle fales 否 n no 选填 非必须 非必填 可选 optional 0 × ✗ ✘ ☒ ❌ f o 不必须 非必需 非必选 不是 不必填 非必传 \
                     可不填 可不传 非必要 可空 选传 非必输 不必 非 不必传 不需要 x";

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

/// Only the words themselves, without remarks.
pub(super) fn required_word(text: &str) -> Option<bool> {
    let listed = |words: &str| words.split_ascii_whitespace().any(|word| word == text);
    if listed(TRUE) {
        Some(true)
    } else if listed(FALSE) {
        Some(false)
    } else {
        None
    }
}

/// A required word as nobody meant to write it.
pub(super) fn is_misspelt(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "ture" | "treu" | "flase" | "fasle" | "fales"
    )
}

const TYPES: &str = "string str text varchar char nvarchar int integer int32 int64 int8 int16 uint uint32 uint64 long short byte bigint tinyint \
                     smallint mediumint float float32 float64 double decimal number numeric num money bool boolean date datetime time timestamp \
                     object obj json jsonobject jsonarray array arr list map set file binary blob enum any null void uuid bytes bigdecimal \
                     字符串 字符 字符型 字符类型 数字 数值 数值型 整型 整数 整形 长整型 长整数 浮点 浮点数 浮点型 小数 双精度 布尔 布尔值 布尔型 \
                     布尔类型 日期 时间 日期时间 时间戳 对象 数组 列表 集合 文本 文件 枚举 字典 字符串数组 对象数组 整型数组 数字数组 json字符串 \
                     json对象 json数组 二进制 hash dict mixed stream form-data  multipartfile objectid id型 body base64 longtext";

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
    let is_known = |word: &str| TYPES.split_ascii_whitespace().any(|known| known == word);
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
