#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn headings_are_read_whatever_words_a_vendor_puts_together() {
    use Section::*;
    use Side::*;
    let request = |place| Rows(Some(Request), place);
    let response = Rows(Some(Response), None);
    for (texts, section) in [
        ("简要描述:|接口描述|方法说明|功能说明：|一、接口说明|Description", About),
        (
            "请求URL:|请求地址|接口地址：|1. 请求路径|HTTP URL|URL|Path|HTTP Request|接口url",
            Address,
        ),
        ("请求方式:|请求方法|Method|HTTP Method|2、请求类型|提交方式", Method),
        (
            "请求参数|请求参数说明|输入信息|入参|Request Parameters|输入参数：|请求参数列表|业务请求参数",
            request(None),
        ),
        (
            "请求头:|Header 参数说明|Headers|请求头部|Header参数|公共请求头",
            request(Some(Place::Header)),
        ),
        (
            "query|query 参数：|Query参数|查询参数|Query Parameters",
            request(Some(Place::Query)),
        ),
        (
            "body 参数：|Body 参数说明|请求体|请求包体：|Request Body|请求体参数|表单参数",
            request(Some(Place::Body)),
        ),
        ("路径参数|Path参数|Path Parameters|路径变量", request(Some(Place::Path))),
        ("url请求参数说明|URL参数", UrlParams),
        ("参数|参数说明：|字段说明|参数列表|接口参数", Rows(None, None)),
        (
            "返回参数说明:|返回信息|返回数据字段说明|返回 参数说明|响应参数|出参|返回值|响应体|返回结果|Response|返回数据|返回结果说明|Response Body|返回数据结构",
            response,
        ),
        (
            "请求参数json例子:|输入示例|请求示例|Request-Example:|Body 示例|请求包示例|Request-Example2|请求样例",
            Example(Some(Request)),
        ),
        (
            "返回示例:|正确时返回:|错误时返回:|Response-Example|响应示例|成功示例|失败返回|成功|Success-Response:|返回样例|请求成功|200 Response",
            Example(Some(Response)),
        ),
        ("示例|示例：|调用示例", Example(None)),
        (
            "错误码|返回码说明|状态码|备注:|更新日志|响应头|权限说明|错误码表",
            Aside,
        ),
    ] {
        for text in texts.split('|') {
            assert_eq!(heading(text).map(|found| found.section), Some(section), "{text}");
        }
    }
}

#[test]
fn what_is_not_made_of_such_words_is_no_heading() {
    for text in [
        "更新联系人",
        "请求参数需要先编码",
        "json",
        "POST",
        "GET",
        "",
        "{",
        "],",
        "查询企业跟进状态",
        "无",
        "部门信息查询(成员与负责人)",
        "参数写法举例: &entity=customer",
        "data: [",
    ] {
        assert_eq!(heading(text), None, "{text}");
    }
}

#[test]
fn a_name_among_the_words_is_the_subject() {
    for (text, subject) in [
        ("contact 字段说明", "contact"),
        ("customerList对象参数说明：", "customerList"),
        ("返回参数 data.items 说明", "data.items"),
        ("ContactDTO 结构", "ContactDTO"),
    ] {
        assert_eq!(heading(text).unwrap().subject.as_deref(), Some(subject), "{text}");
    }
}

#[test]
fn a_value_may_stand_on_the_headings_line() {
    for (text, section, value) in [
        ("Path:/api/v2/auth/login", Section::Address, "/api/v2/auth/login"),
        ("请求方式： POST", Section::Method, "POST"),
        ("请求方式 POST", Section::Method, "POST"),
        (
            "接口地址 https://host.example/v1",
            Section::Address,
            "https://host.example/v1",
        ),
        ("3. 接口描述:换取令牌", Section::About, "换取令牌"),
        (
            "请求URL：https://host.example/v1",
            Section::Address,
            "https://host.example/v1",
        ),
    ] {
        assert_eq!(labelled(text), Some((section, value)), "{text}");
    }
    assert_eq!(labelled("https://host.example/v1"), None);
    assert_eq!(labelled("default-product-id: 具体的产品线id值"), None);
}
