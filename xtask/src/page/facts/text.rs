//! Lines of text: headings, addresses, the title, header lines, the footer.

use super::{Fact, Facts, Whither};
use crate::fixture::Place;
use crate::page::block::Text;
use crate::page::heading::{self, Section, Side};
use crate::page::listed;
use crate::page::{address, column, date, markup};

impl Facts {
    pub(super) fn text(&mut self, block: &Text) {
        let Text {
            line,
            ref text,
            marked,
            code,
            indent,
        } = *block;
        if let Some(date) = date::updated(text) {
            self.updated = Some(date);
            return;
        }
        if self.url.is_none() {
            self.url = page_url(text);
        }
        let opening = self.title.opening.take();
        if !code && !marked && self.described_item(line, indent, text) {
            return;
        }
        self.title.opening = opening;
        if !code && self.heading(line, text, marked) {
            return;
        }
        self.title.opening = None;
        if self.request_line(text) || (!marked && self.list_item(line, indent, text)) {
            return;
        }
        if code {
            if matches!(self.place.section, Some(Section::Rows(_, Some(Place::Header)))) {
                self.header_line(line, text);
            }
            return;
        }
        if matches!(self.place.section, None | Some(Section::About))
            && self.method.is_none()
            && text.chars().all(|c| c.is_ascii_uppercase())
        {
            self.method = address::method(text).map(str::to_owned);
            if self.method.is_some() {
                return;
            }
        }
        if self.method.is_none() && !matches!(self.place.section, Some(Section::Rows(..) | Section::Aside)) {
            // `Type: GET`: whatever it is called, it is the method.
            let value = text.split_once([':', '：']).map(|(_, value)| value.trim());
            self.method = value
                .filter(|value| value.chars().all(|c| c.is_ascii_uppercase()))
                .and_then(address::method)
                .map(str::to_owned);
        }
        if marked {
            self.caption(text);
        }
        self.value_or_title(line, text, marked);
    }

    /// A heading, perhaps with its value behind it; `Method:POST` is made of nothing but heading words, too.
    fn heading(&mut self, line: usize, text: &str, marked: bool) -> bool {
        let labelled = heading::labelled(text);
        let found = heading::heading(text)
            .filter(|found| found.subject.is_none() || marked || text.ends_with([':', '：']) || is_rows(found.section));
        match (labelled, found) {
            (Some((section @ (Section::Method | Section::Address), value)), _) | (Some((section, value)), None) => {
                self.enter(line, section, None);
                self.value(value);
                if section == Section::About && text.split([':', '：']).next().is_some_and(|label| label.contains('名'))
                {
                    self.title.named = self.title.about.clone();
                }
            }
            (_, Some(found)) => {
                let opens = !self.title.closed && self.title.best().is_none() && is_rows(found.section);
                let subject = found.subject.or_else(|| self.subject_in(text, found.section));
                self.enter(line, found.section, subject);
                self.title.opening =
                    Some(text.to_owned()).filter(|text| opens && is_title(text) && !text.ends_with([':', '：']));
            }
            (None, None) => return false,
        }
        true
    }

    /// A new section begins.
    pub(super) fn enter(&mut self, line: usize, section: Section, subject: Option<String>) {
        self.title.closed = true;
        self.title.settle_opening();
        self.finish_list();
        self.place.examples = 0;
        self.place.has_table = false;
        self.place.subject = subject;
        match section {
            Section::Rows(Some(side), _) | Section::Example(Some(side)) => self.place.side = Some(side),
            Section::UrlParams => self.place.side = Some(Side::Request),
            Section::Address => self.place.address_line = self.place.address_line.or(Some(line)),
            _ => {}
        }
        self.place.section = Some(section);
    }

    /// `POST https://…`, `/api/x`: where such a line can only be this operation's.
    fn request_line(&mut self, text: &str) -> bool {
        let Some((method, found)) = address::request_line(text) else {
            return false;
        };
        let elsewhere = matches!(
            self.place.section,
            Some(Section::Aside | Section::Rows(..) | Section::UrlParams)
        ) || self.place.side == Some(Side::Response);
        if elsewhere && method.is_none() {
            return false;
        }
        if self.place.section == Some(Section::Aside) || self.place.side == Some(Side::Response) {
            return false;
        }
        self.title.closed |= self.title.best().is_some();
        self.set_address(found);
        if self.method.is_none() {
            self.method = method.map(str::to_owned);
        }
        true
    }

    pub(super) fn set_address(&mut self, found: address::Address) {
        // A bare host is the server, not this operation.
        if found.path != "/" && self.address.is_none() {
            self.address = Some(found);
        }
    }

    /// A value below or behind the heading of its section.
    pub(super) fn value(&mut self, text: &str) {
        match self.place.section {
            Some(Section::Address) => self.address_in(text),
            Some(Section::Method) if self.method.is_none() => self.method = method_in(text),
            Some(Section::About) if self.title.about.is_none() && !text.is_empty() => {
                let text = text.trim_end_matches(['。', '.']);
                self.title.about = Some(before_next_label(text).to_owned()).filter(|text| !column::is_blank(text));
            }
            _ => {}
        }
    }

    /// The URL in a line of the address section, whatever stands around it.
    fn address_in(&mut self, text: &str) {
        if let Some((method, found)) = address::request_line(text) {
            self.set_address(found);
            if self.method.is_none() {
                self.method = method.map(str::to_owned);
            }
            return;
        }
        if self.method.is_none() && text.chars().all(|c| c.is_ascii_uppercase()) {
            self.method = method_in(text);
            return;
        }
        // `api/v2/contacts`: a path, as it can be nothing else here.
        let bare = text.is_ascii() && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && !text.contains("://");
        if bare
            && text.contains('/')
            && let Some(found) = address::address(&format!("/{text}"))
        {
            return self.set_address(found);
        }
        let words =
            text.split(|c: char| c.is_whitespace() || matches!(c, '：' | '，' | '（' | '）' | '(' | ')' | '；'));
        let found = words.filter(|word| word.contains('/')).find_map(|word| {
            let start = word.find("http").or_else(|| word.find('/'))?;
            address::address(word.get(start..)?)
        });
        if let Some(found) = found {
            self.set_address(found);
        }
    }

    fn value_or_title(&mut self, line: usize, text: &str, marked: bool) {
        match self.place.section {
            Some(Section::Rows(_, Some(Place::Header))) => self.header_line(line, text),
            Some(Section::Address | Section::Method | Section::About) => self.value(text),
            _ => {}
        }
        if !self.title.closed && is_title(text) {
            let title = clean_title(text);
            if let Some(word) = text
                .strip_suffix(title.as_str())
                .filter(|_| marked && self.titled_method.is_none())
            {
                self.titled_method = address::method(markup::without_numbering(word)).map(str::to_owned);
            }
            // `三、客户管理` and `3.2 修改客户`: a chapter, and in it the operation.
            if is_numbered(text) {
                self.title.lines.retain(|_| false);
            }
            if marked {
                self.title.marked = Some(title);
            } else {
                self.title.lines.push(title);
            }
        }
    }

    /// `data (object)：结果` in a list: its words head sections, too, but its type makes it a parameter.
    fn described_item(&mut self, line: usize, indent: usize, text: &str) -> bool {
        let expected = matches!(self.place.section, Some(Section::Rows(..) | Section::UrlParams))
            && !self.place.has_table
            && self.place.examples == 0;
        let entry = expected.then(|| listed::entry(line, indent, text, false)).flatten();
        let typed = |entry: &crate::page::row::Entry| {
            entry.kind.is_some() && (entry.label.is_some() || !self.place.list.is_empty())
        };
        let Some(entry) = entry.filter(typed) else {
            return false;
        };
        self.place.list.push(entry);
        true
    }

    /// A parameter in a list, where parameters are expected.
    fn list_item(&mut self, line: usize, indent: usize, text: &str) -> bool {
        let expected = match self.place.section {
            Some(Section::Rows(_, Some(Place::Header))) => false,
            Some(Section::Rows(..) | Section::UrlParams) => !self.place.has_table && self.place.examples == 0,
            _ => false,
        };
        let Some(entry) = expected.then(|| listed::entry(line, indent, text, true)).flatten() else {
            return false;
        };
        self.place.list.push(entry);
        true
    }

    /// `default-product-id: 具体的产品线id值` below the heading of the headers.
    fn header_line(&mut self, line: usize, text: &str) {
        let Some((name, value)) = text.split_once([':', '：']) else {
            return;
        };
        let name = name.trim();
        let is_header = column::is_name(name)
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let usual = [
            "content-type",
            "content-length",
            "host",
            "user-agent",
            "accept",
            "connection",
        ];
        if !is_header || usual.contains(&name.to_ascii_lowercase().as_str()) || value.starts_with("//") {
            return;
        }
        let label = Some(value.trim().to_owned()).filter(|label| !column::is_blank(label));
        let table = self.next_table();
        let place = Whither::Known(Place::Header);
        self.params.push(Fact {
            line,
            name: name.to_owned(),
            kind: None,
            required: None,
            label,
            place,
            table,
            nested: false,
        });
    }
}

fn is_rows(section: Section) -> bool {
    matches!(section, Section::Rows(..))
}

/// `支持 POST 方式`: the first word that is a method.
pub(super) fn method_in(text: &str) -> Option<String> {
    let words = || text.split(|c: char| !c.is_ascii_alphabetic());
    address::method(text)
        .or_else(|| words().find_map(address::method))
        .map(str::to_owned)
}

/// `新增商机 创建人：某人`: some tools print several values on one line.
fn before_next_label(text: &str) -> &str {
    let mut words = text.match_indices(' ').map(|(at, _)| at);
    let next = words.find(|at| {
        let word = text
            .get(at + 1..)
            .unwrap_or_default()
            .split([' ', ':', '：'])
            .next()
            .unwrap_or_default();
        let behind = text.get(at + 1 + word.len()..).unwrap_or_default();
        (2..=6).contains(&word.chars().count()) && !word.is_ascii() && behind.starts_with([':', '：'])
    });
    next.and_then(|at| text.get(..at)).unwrap_or(text).trim_end()
}

/// `原文: https://…`: the page's own address.
fn page_url(text: &str) -> Option<String> {
    let (label, url) = text.split_once([':', '：'])?;
    let label = label.trim();
    let known = [
        "原文",
        "原文链接",
        "原文地址",
        "文档地址",
        "页面地址",
        "文档链接",
        "来源",
        "本页地址",
        "本文地址",
        "source",
        "Source",
    ];
    let url = url.trim();
    (known.contains(&label)
        && (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(char::is_whitespace))
    .then(|| url.to_owned())
}

/// A line that could name an operation: short, and neither a header nor a mark.
fn is_title(text: &str) -> bool {
    let words = text.chars().count();
    let header = text.split_once([':', '：']).is_some_and(|(name, _)| {
        name.is_ascii() || ["说明", "注", "注意", "作者", "提示", "备注", "版本"].contains(&name)
    });
    words <= 60
        && !header
        && !text.contains("://")
        && text.chars().any(char::is_alphabetic)
        && !text.contains(" > ")
        && !["json", "JSON", "xml", "http"].contains(&text)
}

/// `3.2 修改客户`, but not `3 个接口`.
fn is_numbered(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < text.len()
        && digits
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && markup::without_numbering(text).len() < text.len()
}

/// Without its number, and without the method that some exports put in front.
fn clean_title(text: &str) -> String {
    let text = markup::without_numbering(text);
    let end = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
    let behind = text
        .split_at_checked(end)
        .filter(|(word, rest)| address::method(word).is_some() && rest.starts_with(|c: char| c == ' ' || !c.is_ascii()))
        .filter(|(_, rest)| rest.chars().any(char::is_alphanumeric));
    behind
        .map_or(text, |(_, rest)| rest)
        .trim()
        .trim_end_matches(['¶', '#'])
        .trim()
        .to_owned()
}
