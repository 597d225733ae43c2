//! The words with which Chinese API documentation heads its sections, in whatever order a vendor puts them together.
//!
//! A line is a heading when nothing but such words is left of it: `请求参数` is one, "请求参数需要先编码" is not.

mod vocabulary;

use super::markup;
use crate::fixture::Place;
use vocabulary::{Word, words_of};

/// Which half of the call a section speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// What the operation is for; often the title.
    About,
    Address,
    Method,
    /// Parameters or fields; without a side it goes on with the side before it.
    Rows(Option<Side>, Option<Place>),
    /// Parameters in the URL: in the path where the path names them, else in the query.
    UrlParams,
    Example(Option<Side>),
    /// Response headers, error codes, change logs, remarks: nothing of the operation's shape.
    Aside,
}

/// A heading, and the name that stood among its words (`contact 字段说明`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) section: Section,
    pub(super) subject: Option<String>,
}

/// The longest heading in use has some thirty characters.
const MAX_LENGTH: usize = 48;

/// Reads `text`, already free of its markup, as a heading.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let bare = markup::without_numbering(text.trim());
    let bare = bare.trim_end_matches([':', '：', '。', ' ']).trim();
    if bare.is_empty() || bare.chars().count() > MAX_LENGTH || bare.starts_with(['{', '"', '[', '<', '/']) {
        return None;
    }
    let found = words_of(bare).or_else(|| words_of(&markup::without_remarks(bare)))?;
    let section = section(&found.words)?;
    Some(Heading {
        section,
        subject: found.subject,
    })
}

/// A heading without a subject; what ends an example that lost its closing brace.
pub(super) fn is_plain_heading(text: &str) -> bool {
    heading(text).is_some_and(|heading| heading.subject.is_none())
}

/// `请求方式: POST`, `Path：/x`, `请求地址 https://…`: the heading and what follows it on the line.
pub(super) fn labelled(text: &str) -> Option<(Section, &str)> {
    let text = markup::without_numbering(text.trim());
    // `【请求方式】POST`
    let bracketed = text.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    if let Some((label, value)) = bracketed {
        let value = value.trim_start_matches([':', '：']).trim();
        let found = heading(label).filter(|found| found.subject.is_none() && !value.is_empty())?;
        return Some((found.section, value));
    }
    for (at, c) in text.char_indices().take(MAX_LENGTH) {
        let value = text.get(at + c.len_utf8()..)?;
        let split = match c {
            ':' => !value.starts_with("//"),
            '：' => true,
            ' ' | '\t' | '\u{3000}' => is_address_or_method(value.trim()),
            _ => false,
        };
        if split {
            let found = heading(text.get(..at)?).filter(|found| found.subject.is_none());
            if let Some(found) = found {
                return Some((found.section, value.trim()));
            }
            if text.get(..at).is_some_and(is_call) && super::address::request_line(value).is_some() {
                return Some((Section::Address, value.trim()));
            }
            if c != ' ' {
                return None;
            }
        }
    }
    None
}

/// `接口：/x/y`: a word too plain to head a section, next to an address.
pub(super) fn is_call(label: &str) -> bool {
    ["接口", "api", "请求接口", "调用接口"].contains(&label.trim().to_lowercase().as_str())
}

fn is_address_or_method(text: &str) -> bool {
    text.starts_with(['/', '`']) || text.starts_with("http") || super::address::method(text).is_some()
}

fn section(words: &[Word]) -> Option<Section> {
    use Word::*;
    let has = |word: Word| words.contains(&word);
    let place = if has(Header) {
        Some(Place::Header)
    } else if has(Query) {
        Some(Place::Query)
    } else if has(Body) {
        Some(Place::Body)
    } else if has(Path) && has(Params) {
        Some(Place::Path)
    } else {
        None
    };
    let response = has(Response) || has(Outcome);
    if has(ErrorCode) && !has(Example) || has(Remark) || (response && has(Header)) {
        return Some(Section::Aside);
    }
    if has(Example) || has(Outcome) {
        let side = if response {
            Some(Side::Response)
        } else if has(Request) || place.is_some() || has(Params) {
            Some(Side::Request)
        } else {
            None
        };
        return Some(Section::Example(side));
    }
    if response {
        return Some(Section::Rows(Some(Side::Response), None));
    }
    if has(UrlParams) || ((has(Address) || has(Path)) && has(Params) && place.is_none()) {
        return Some(Section::UrlParams);
    }
    if has(Address) || (has(Path) && place.is_none()) {
        return Some(Section::Address);
    }
    if has(Method) {
        return Some(Section::Method);
    }
    if let Some(place) = place {
        return Some(Section::Rows(Some(Side::Request), Some(place)));
    }
    if has(Request) {
        return Some(Section::Rows(Some(Side::Request), None));
    }
    if has(About) {
        return Some(Section::About);
    }
    if has(Params) {
        return Some(Section::Rows(None, None));
    }
    None
}

#[cfg(test)]
mod tests;
