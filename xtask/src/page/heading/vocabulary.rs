//! The vocabulary itself: the longest entry wins, so a phrase can mean something else than its words.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Request,
    Response,
    Params,
    Example,
    Address,
    Method,
    Header,
    Path,
    Query,
    Body,
    UrlParams,
    ErrorCode,
    /// Success or failure: such an example is an answer.
    Outcome,
    About,
    Remark,
    /// Says nothing by itself.
    Filler,
}

use Word::*;

const ENTRIES: &[(Word, &str)] = &[
    (
        Request,
        "请求 输入 入参 传入 提交 上送 传参 请求包 请求报文 request req input inputs 请求业务",
    ),
    (
        Response,
        "返回 响应 输出 出参 应答 回包 回参 结果 返回值 返回包 返回包体 返回体 响应体 响应包体 响应包 返回报文 响应报文 应答报文 \
         response responses resp result results return returns output outputs responsebody 回调结果",
    ),
    (
        Params,
        "参数 字段 信息 数据 内容 属性 变量 参数说明 参数列表 字段说明 参数描述 字段描述 结构 列表 明细 模型 对象 实体 报文 包 体 节点 \
         parameters parameter params param arguments argument args fields field properties attributes schema data structure model dto vo",
    ),
    (
        Example,
        "示例 例子 样例 范例 举例 例 案例 示范 演示 例如 示例代码 代码示例 调用示例 demo example examples sample samples",
    ),
    (
        Address,
        "url uri 地址 请求地址 接口地址 调用地址 请求url 接口url 请求路径 接口路径 请求路由 接口链接 链接 网址 endpoint httpurl \
         http请求 httprequest 请求行 请求uri 接口uri api地址 apiurl 访问地址 服务地址 requesturl requestpath 请求域名 域名",
    ),
    (
        Method,
        "请求方式 请求方法 提交方式 调用方式 请求类型 http方法 http方式 httpmethod method methods requestmethod 方法 方式 接口方式 \
         httpverb http请求方式 http请求方法 请求动作 传输方式 访问方式 method类型",
    ),
    (
        Header,
        "header headers 请求头 请求头部 头部 头参数 消息头 报文头 请求消息头 requestheader requestheaders http头 头 头域 请求header",
    ),
    (Path, "path paths 路径 路由 restful"),
    (
        Query,
        "query querystring 查询参数 查询字符串 查询条件 get参数 urlquery 请求query queryparams queryparam querys",
    ),
    (
        Body,
        "body 请求体 请求包体 包体 消息体 请求正文 正文 表单 form formdata formbody payload post参数 post数据 请求body requestbody \
         json参数 报文体 请求消息体 bodyparams raw",
    ),
    (
        UrlParams,
        "url参数 url请求参数 url请求参数说明 url中参数 url入参 uri参数 请求url参数 url变量 路由变量 \
         可变参数 url可变参数 url中可变参数 动态参数 占位参数 \
         pathvariable pathvariables pathparam pathparams",
    ),
    (
        ErrorCode,
        "错误码 状态码 返回码 错误代码 返回代码 响应码 异常码 结果码 全局错误码 业务错误码 全局返回码 返回状态码 响应状态码 错误编码 \
         返回码说明 错误码说明 错误码表 errorcode errorcodes statuscode statuscodes 错误信息 异常说明 错误说明 公共错误码 code码 \
         报错码 接口错误码",
    ),
    (
        Outcome,
        "正确 成功 正常 错误 失败 异常 success successful fail failure failed error errors ok 200 400 401 403 404 500 201 出错 报错",
    ),
    (
        About,
        "简要描述 接口描述 接口说明 接口功能 功能描述 功能说明 方法说明 方法描述 方法名称 描述 简介 概述 介绍 功能 用途 接口名称 接口名 \
         名称 使用场景 应用场景 业务场景 场景 接口简介 接口概述 接口介绍 基本信息 接口信息 标题 api名称 api描述 接口用途 接口定义 \
         summary description overview introduction 请求说明 业务说明 接口标题 基础信息",
    ),
    (
        Remark,
        "备注 注意 注意事项 注意点 变更 变更记录 变更历史 更新日志 更新记录 更新历史 修订 修订记录 修改记录 版本记录 版本历史 历史 权限 \
         权限说明 权限要求 限制 限制说明 频率 频率限制 调用频率 限流 附录 枚举 枚举值 枚举说明 字典 数据字典 日志 常见问题 faq 提示 \
         温馨提示 补充说明 补充 备注说明 相关 相关文档 相关链接 参考文档 流程 流程图 时序图 规则 业务规则 调试 在线调试 sdk 文档更新 \
         鉴权 鉴权方式 认证 授权 签名 签名规则 签名说明 notes note remark remarks changelog tips 前置条件 适用范围 接口状态 接口版本 版本 负责人 作者 目录",
    ),
    (
        Filler,
        "接口 的 为 是 时 及 与 和 或 业务 公共 系统 应用 级 api 正式 测试 环境 生产 沙箱 基本 通用 公用 详情 详细 部分 全部 必填 必选 \
         可选 如下 下 中 json xml http https 格式 类型 类 表 清单 新增 内 以下 定义 消息 值 串 协议 post get put delete patch \
         application x www form urlencoded utf8 字符 编码 单个 批量 调用 代码 时的 情况 状态 ： 说明 web 请求数据类型 响应数据类型 返回数据类型 数据类型 返回格式 返回类型 响应类型 响应格式 数据格式 内容类型 contenttype the of in and an a",
    ),
];

pub(super) struct Found {
    pub(super) words: Vec<Word>,
    /// A name among the words.
    pub(super) subject: Option<String>,
}

/// One character that counts, and whether a word may begin with it.
struct Letter {
    lower: char,
    written: char,
    begins: bool,
    /// Not glued to the letter before it.
    apart: bool,
}

/// The words that `text` consists of; nothing if anything but words, and at most one name, is in it.
pub(super) fn words_of(text: &str) -> Option<Found> {
    let letters = letters(text);
    // A number behind the last word counts examples: `Request-Example2`.
    let digits = letters
        .iter()
        .rev()
        .take_while(|letter| letter.lower.is_ascii_digit())
        .count();
    let letters = letters
        .get(..letters.len() - digits)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&letters);
    let mut words = Vec::new();
    let mut subject: Option<String> = None;
    let mut rest = letters;
    while !rest.is_empty() {
        let length = match longest(rest) {
            Some((word, length)) => {
                words.push(word);
                length
            }
            None => {
                let name = name(rest)?;
                let length = name.chars().count();
                if subject.replace(name).is_some() {
                    return None;
                }
                length
            }
        };
        rest = rest.get(length..)?;
    }
    words
        .iter()
        .any(|word| *word != Filler)
        .then_some(Found { words, subject })
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut before = ' ';
    for written in text.nfkc() {
        if !is_separator(written) {
            let glued = before.is_ascii_alphanumeric() && written.is_ascii_alphanumeric();
            let hump = before.is_ascii_lowercase() && written.is_ascii_uppercase();
            let lower = written.to_lowercase().next().unwrap_or(written);
            let apart =
                !is_name_part(written) || !(glued || is_mark(before) || is_mark(written) && is_name_part(before));
            letters.push(Letter {
                lower,
                written,
                begins: apart || hump,
                apart,
            });
        }
        before = written;
    }
    letters
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || (c.is_ascii_punctuation() && !is_name_part(c))
        || matches!(c, '、' | '·' | '【' | '】' | '《' | '》' | '“' | '”' | '—' | '–')
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '_' | '.' | '[' | ']')
}

/// The entries by their first letter, the longest first.
type Index = HashMap<char, Vec<(Word, Vec<char>)>>;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
    for (word, entries) in ENTRIES {
        for entry in entries.split_ascii_whitespace() {
            let letters: Vec<char> = entry.chars().collect();
            if let Some(first) = letters.first() {
                index.entry(*first).or_default().push((*word, letters));
            }
        }
    }
    index
        .values_mut()
        .for_each(|entries| entries.sort_by_key(|(_, letters)| std::cmp::Reverse(letters.len())));
    index
});

/// The longest entry at the start. An ASCII word is not cut out of a longer ASCII name.
fn longest(letters: &[Letter]) -> Option<(Word, usize)> {
    let entries = INDEX.get(&letters.first()?.lower)?;
    let fits = |entry: &[char]| {
        let matches = entry.len() <= letters.len() && entry.iter().zip(letters).all(|(c, letter)| letter.lower == *c);
        let ascii = entry.last().is_some_and(|c| is_name_part(*c));
        matches && (!ascii || letters.get(entry.len()).is_none_or(|next| next.begins))
    };
    entries
        .iter()
        .find(|(_, entry)| fits(entry))
        .map(|(word, entry)| (*word, entry.len()))
}

/// The ASCII name at the start.
fn name(letters: &[Letter]) -> Option<String> {
    letters.first().filter(|first| first.lower.is_ascii_alphabetic())?;
    let inner = letters
        .iter()
        .skip(1)
        .take_while(|letter| is_name_part(letter.written) && !letter.apart);
    Some(
        letters
            .iter()
            .take(1)
            .chain(inner)
            .map(|letter| letter.written)
            .collect(),
    )
}
