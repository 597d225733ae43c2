//! Method, path and URL of a call, wherever a line names them.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// `POST`, `post`, `POST（HTTPS）`, `[GET]`, `HTTP POST`.
pub(super) fn method(text: &str) -> Option<&'static str> {
    let text: &str = &text.chars().take(40).collect::<String>().nfkc().collect::<String>();
    let text = text.trim().trim_start_matches(['[', '【', '(']).trim_start();
    let text = text
        .strip_prefix("HTTP ")
        .or_else(|| text.strip_prefix("http "))
        .unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, behind) = text.split_at(end);
    let found = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
        .into_iter()
        .find(|method| method.eq_ignore_ascii_case(word))?;
    // `getCustomer` is a name, `post 请求` is a method.
    (!behind.starts_with(['_', '-', '.'])).then_some(found)
}

/// Where a request goes, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) path: String,
    /// The names of its query.
    pub(super) query: Vec<String>,
}

static HOST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let schemed = r"(?i)(?:https?|http\(s\)|https?\[s\]|\{?scheme\}?)://(?:\{\{?[^{}\s]*\}\}?|[^/\s{?]+)*";
    let placeholder = r"\$?\{\{?[^{}\s]*(?:(?i:host|url|domain|base|server|gateway|addr|endpoint)|域名|地址|网关)[^{}\s]*\}?\}|[\[【<《](?:[^\]】>》]*(?:域名|地址|host|domain))[\]】>》]|(?:域名|ip:port)";
    Regex::new(&format!(
        "^(?:{schemed}|{placeholder}|(?:[a-z0-9-]+\\.)+[a-z]{{2,}}(?::\\d+)?)"
    ))
    .ok()
});

/// Reads a text that is nothing but a URL or a path.
pub(super) fn address(text: &str) -> Option<Address> {
    let text = text.trim().trim_matches(['`', '"', '“', '”', '\'']).trim();
    let text = text.trim_end_matches(['。', '，', ',', ';', '；']);
    let host = HOST
        .as_ref()
        .and_then(|host| host.find(text))
        .map_or(0, |found| found.end());
    let rest = text.get(host..)?;
    if rest.is_empty() && text.contains("://") {
        return Some(Address {
            path: "/".to_owned(),
            query: Vec::new(),
        });
    }
    if !rest.starts_with('/') || rest.starts_with("//") || rest.starts_with("/*") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once(['?', '？']).unwrap_or((rest, ""));
    let path = path.trim_end();
    let is_part = |c: char| c.is_alphanumeric() || "/-_.~:{}<>[]$%@!+*,;=()'".contains(c);
    if path.len() > 400 || !path.chars().all(is_part) {
        return None;
    }
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    let names = names
        .map(|name| name.trim().trim_matches(['[', ']', '{', '}']).to_owned())
        .filter(|name| !name.is_empty());
    let query = names.collect();
    Some(Address {
        path: path.to_owned(),
        query,
    })
}

/// A line that says nothing but where a request goes: `POST https://…`, `/api/x`, `PUT /x HTTP/1.1`, `/x (POST)`.
pub(super) fn request_line(text: &str) -> Option<(Option<&'static str>, Address)> {
    let text = text.trim();
    if let Some(found) = method(text) {
        let behind = text.find(['/', '{', '$']).or_else(|| text.find("http"))?;
        let scheme = text.get(..behind)?.rfind("http").unwrap_or(behind);
        let between = text.get(..scheme)?;
        if between.chars().filter(|c| c.is_alphabetic()).count() > found.len() + 4 {
            return None;
        }
        let target = text.get(scheme..)?;
        let target = target.split(" HTTP/").next().unwrap_or(target);
        return Some((Some(found), address(target)?));
    }
    if let Some(found) = address(text) {
        return Some((None, found));
    }
    // `/api/x  POST`, `/api/x (POST)`
    let (target, behind) = text.split_once(|c: char| c.is_whitespace() || matches!(c, '(' | '（'))?;
    let found = method(behind)?;
    let rest = behind.trim().trim_matches(['(', ')', '（', '）', '[', ']']).trim();
    if rest.len() > found.len() + 12 {
        return None;
    }
    Some((Some(found), address(target)?))
}

/// The parameters that a path names: `:id`, `{id}`, `<id>`, `${id}`, `[id]`.
pub(super) fn path_params(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in path.split('/') {
        if let Some(name) = part.strip_prefix(':') {
            names.push(name);
            continue;
        }
        let mut rest = part;
        while let Some(open) = rest.find(['{', '<', '[']) {
            let inner = rest.get(open + 1..).unwrap_or_default();
            let Some(close) = inner.find(['}', '>', ']']) else {
                break;
            };
            names.extend(inner.get(..close));
            rest = inner.get(close + 1..).unwrap_or_default();
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_path_has_no_host_and_no_query() {
        for (text, path, query) in [
            (
                "https://qw.host.example/a/v1/list?accessToken=",
                "/a/v1/list",
                "accessToken",
            ),
            ("`http://host:8080/api/v2/x/:id`", "/api/v2/x/:id", ""),
            ("{{baseUrl}}/v1/x/{id}", "/v1/x/{id}", ""),
            ("https://{domain}/v1/x?a=1&b=2#top", "/v1/x", "a b"),
            ("${host}/v1/<id>", "/v1/<id>", ""),
            ("http(s)://域名/open/x", "/open/x", ""),
            ("[域名]/open/x", "/open/x", ""),
            ("api.host.example/v3/x。", "/v3/x", ""),
            ("/cgi-bin/x？access_token=ACCESS_TOKEN", "/cgi-bin/x", "access_token"),
        ] {
            let found = address(text).unwrap();
            assert_eq!(
                (found.path.as_str(), found.query.join(" ").as_str()),
                (path, query),
                "{text}"
            );
        }
        for text in [
            "首页/接口",
            "GET api/v2/x",
            "/ 根目录 说明",
            "&entity=customer",
            "//注释",
            "2024/01/02",
            "a/b",
            "/x 返回值",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn a_request_line_names_method_and_path_in_any_order() {
        for (text, method, path) in [
            ("POST https://h.example/x?t=", Some("POST"), "/x"),
            ("get：/x/y", Some("GET"), "/x/y"),
            ("[PUT] /x/{id}", Some("PUT"), "/x/{id}"),
            ("POST /v1.0/crm/customers HTTP/1.1", Some("POST"), "/v1.0/crm/customers"),
            ("/x/y (POST)", Some("POST"), "/x/y"),
            ("/x/y  DELETE", Some("DELETE"), "/x/y"),
            ("POST {{host}}/x", Some("POST"), "/x"),
            ("/x/y", None, "/x/y"),
        ] {
            let (found, address) = request_line(text).unwrap();
            assert_eq!((found, address.path.as_str()), (method, path), "{text}");
        }
        assert_eq!(request_line("公海id GET api/v2/common_customers/common_settings"), None);
        assert_eq!(request_line("getCustomer /x"), None);
        assert_eq!(request_line("GET 请求使用 /api/x 查询"), None);
    }

    #[test]
    fn a_path_names_its_parameters() {
        assert_eq!(
            path_params("/a/:id/b/{user_id}/<x>/c-{y}.json"),
            ["id", "user_id", "x", "y"]
        );
    }
}
