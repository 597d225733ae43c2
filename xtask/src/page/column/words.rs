//! The words of headers, of required columns and of types.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::Column;

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
         exampevalue 单位 精度 格式 最小长度 小数位 来源 推荐值 验证 是否签名 签名 参与签名 字段示例 数据示例 是否唯一 权限要求 备选值 since \
         最大值 最小值 条件 使用说明 敏感",
    ),
];

static COLUMNS: LazyLock<HashMap<&str, Column>> = LazyLock::new(|| {
    // The first entry of a word counts.
    let entries = HEADS.iter().rev();
    entries
        .flat_map(|(column, words)| words.split_ascii_whitespace().map(|word| (word, *column)))
        .collect()
});

/// The column that a header's text, in small letters and without marks, heads.
pub(super) fn column(text: &str) -> Option<Column> {
    COLUMNS.get(text).copied()
}

const TRUE: &str = "true ture treu ture. 是 y yes 必填 必须 必选 必需 必传 必要 required require 1 √ ✓ ✔ ☑ ✅ t m mandatory 必输 必填项 是的 必";
const FALSE: &str = "false flase fasle fales 否 n no 选填 非必须 非必填 可选 optional 0 × ✗ ✘ ☒ ❌ f o 不必须 非必需 非必选 不是 不必填 非必传 \
                     可不填 可不传 非必要 可空 选传 非必输 不必 非 不必传 不需要 x";

static REQUIRED: LazyLock<HashMap<&str, bool>> = LazyLock::new(|| {
    let of = |words: &'static str, says: bool| words.split_ascii_whitespace().map(move |word| (word, says));
    of(FALSE, false).chain(of(TRUE, true)).collect()
});

/// Only the words themselves, without remarks, in small letters.
pub(in crate::page) fn required_word(text: &str) -> Option<bool> {
    REQUIRED.get(text).copied()
}

const TYPES: &str = "string str text varchar char nvarchar int integer int32 int64 int8 int16 uint uint32 uint64 long short byte bigint tinyint \
                     smallint mediumint float float32 float64 double decimal number numeric num money bool boolean date datetime time timestamp \
                     object obj json jsonobject jsonarray array arr list map set file binary blob enum any null void uuid bytes bigdecimal \
                     字符串 字符 字符型 字符类型 数字 数值 数值型 整型 整数 整形 长整型 长整数 浮点 浮点数 浮点型 小数 双精度 布尔 布尔值 布尔型 \
                     布尔类型 日期 时间 日期时间 时间戳 对象 数组 列表 集合 文本 文件 枚举 字典 字符串数组 对象数组 整型数组 数字数组 json字符串 \
                     json对象 json数组 二进制 hash dict mixed stream form-data  multipartfile objectid id型 body base64 longtext";

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| TYPES.split_ascii_whitespace().collect());

/// A type that every documentation knows, in small letters.
pub(super) fn is_type(word: &str) -> bool {
    KNOWN.contains(word)
}
