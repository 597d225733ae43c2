//! Tables: whose rows they are, and their names in full.

use super::{Fact, Facts, Whither};
use crate::fixture::{Place, Slip};
use crate::json::mend;
use crate::page::address;
use crate::page::block::Example;
use crate::page::column::{self, Column, Head};
use crate::page::example;
use crate::page::heading::{self, Section, Side};
use crate::page::nesting::{self, Nested};
use crate::page::row::{self, Entry, Reading};
use crate::page::table::Table;

/// A table about the call as a whole has fewer rows.
const MAX_ABOUT: usize = 60;

impl Facts {
    pub(super) fn next_table(&self) -> usize {
        let last = |rows: &[Fact]| rows.last().map_or(0, |row| row.table);
        last(&self.params).max(last(&self.fields)) + 1
    }

    pub(super) fn table(&mut self, table: Table) {
        self.title.closed = true;
        let mut table = table;
        let heads = table.heads.take();
        let rows = heads.is_some() && self.expects_rows();
        if !rows && self.speaks_of_the_call(&table, heads.is_some()) {
            return;
        }
        match heads {
            Some(mut heads) => {
                row::settle_names(&mut heads, &table.rows);
                if self.is_wanted(&heads) {
                    self.rows(&heads, table);
                }
            }
            None if self.expects_rows() => {
                if let Some(heads) = row::infer_heads(&table.rows) {
                    self.rows(&heads, table);
                }
            }
            None => {}
        }
    }

    fn expects_rows(&self) -> bool {
        matches!(self.place.section, Some(Section::Rows(..) | Section::UrlParams))
    }

    /// A table that describes the call as a whole: `请求地址 | https://…`, `请求方式 | POST`, `返回示例 | {…}`.
    fn speaks_of_the_call(&mut self, table: &Table, headed: bool) -> bool {
        let mut spoken = false;
        for row in table.rows.iter().take(MAX_ABOUT) {
            let texts = row.texts();
            let (Some(label), Some(value)) = (texts.first(), texts.get(1)) else {
                continue;
            };
            let found =
                heading::heading(label).filter(|found| found.subject.is_none() && column::head(value).is_none());
            let mut section = found.map(|found| found.section);
            let is_url = value.contains("://") || address::request_line(value).is_some();
            if section.is_none() && is_url && heading::is_call(label) {
                section = Some(Section::Address);
            }
            let counts = match section {
                Some(Section::Address) => is_url || !headed,
                Some(Section::Method) => super::text::method_in(value).is_some(),
                Some(Section::About) => !headed,
                Some(Section::Example(_) | Section::Rows(..)) => {
                    !headed && example::opens(value).is_some_and(|opening| opening.before.is_empty())
                }
                // One address for each environment.
                _ => self.place.section == Some(Section::Address) && value.contains("://"),
            };
            if !counts {
                continue;
            }
            spoken = true;
            let before = self.place.section;
            if let Some(section) = section {
                self.enter(row.line, section, None);
            }
            match section {
                Some(Section::Example(_) | Section::Rows(..)) => self.example_in_cell(row.line, value),
                _ => self.value(value),
            }
            if section == Some(Section::About) && label.contains("名") && !column::is_blank(value) {
                self.title.named = Some(value.clone());
            }
            self.place.section = before;
        }
        spoken
    }

    /// A document in a cell; its line is the row's.
    fn example_in_cell(&mut self, line: usize, cell: &str) {
        let json = mend::read(cell, 0, cell.len());
        self.example(Example {
            lines: vec![line; json.offsets.len()],
            slip_lines: vec![line; json.slips.len()],
            json,
        });
    }

    /// Error codes, change logs and lists of values are tables too.
    fn is_wanted(&self, heads: &[Head]) -> bool {
        let has = |column: Column| heads.iter().any(|head| head.column == column);
        let strong = has(Column::Type) || has(Column::Required) || has(Column::Nullable) || has(Column::Place);
        let sided = heads.iter().any(|head| head.side.is_some());
        match self.place.section {
            Some(Section::Rows(..) | Section::UrlParams | Section::Address) => true,
            Some(Section::Aside) => has(Column::Type) && has(Column::Required) || sided && strong,
            _ => strong || sided,
        }
    }

    fn side_of(&self, heads: &[Head]) -> Side {
        if let Some(side) = heads.iter().find_map(|head| head.side) {
            return side;
        }
        let required = heads
            .iter()
            .any(|head| matches!(head.column, Column::Required | Column::Nullable | Column::Place));
        match self.place.section {
            Some(Section::Rows(Some(side), _)) => side,
            Some(Section::UrlParams | Section::Address) => Side::Request,
            Some(Section::Example(Some(Side::Response))) => Side::Response,
            Some(Section::Example(_)) if required => Side::Request,
            Some(Section::Rows(None, _)) => self.place.side.unwrap_or(Side::Request),
            _ if required && self.place.side != Some(Side::Response) => Side::Request,
            _ if self.place.side == Some(Side::Response) || self.params.iter().any(|param| param.table > 0) => {
                Side::Response
            }
            _ => Side::Request,
        }
    }

    fn rows(&mut self, heads: &[Head], table: Table) {
        let side = self.side_of(heads);
        self.place.side = Some(side);
        self.place.has_table = true;
        let mut number = self.next_table();
        let mut whither = self.whither();
        let mut entries: Vec<Entry> = Vec::new();
        let subject = self.place.subject.take();
        for raw in &table.rows {
            match row::read(heads, raw) {
                Reading::Entry(entry) => entries.push(*entry),
                Reading::Nothing => {}
                Reading::Caption(text) => {
                    let place = heading::heading(&text).and_then(|found| match found.section {
                        Section::Rows(_, Some(place)) => Some(Whither::Known(place)),
                        Section::UrlParams => Some(Whither::Url),
                        _ => None,
                    });
                    if let Some(place) = place.filter(|_| side == Side::Request) {
                        self.push_rows(side, std::mem::take(&mut entries), whither, subject.as_deref(), number);
                        whither = place;
                        number += 1;
                    } else if heading::heading(&text).is_none() {
                        let slip = Slip {
                            line: raw.line,
                            kind: "not_a_row".to_owned(),
                            place: None,
                            what: format!("`{text}` is no parameter's name"),
                            mended: None,
                        };
                        self.slips.push(slip);
                    }
                }
            }
        }
        self.push_rows(side, entries, whither, subject.as_deref(), number);
    }

    fn whither(&self) -> Whither {
        match self.place.section {
            Some(Section::Rows(_, Some(place))) => Whither::Known(place),
            Some(Section::UrlParams | Section::Address) => Whither::Url,
            _ => Whither::Open,
        }
    }

    /// The parameters of a list, when it is over.
    pub(super) fn finish_list(&mut self) {
        let entries = std::mem::take(&mut self.place.list);
        if !entries.is_empty() {
            let side = self.side_of(&[]);
            self.push_rows(side, entries, self.whither(), None, self.next_table());
        }
    }

    fn push_rows(&mut self, side: Side, entries: Vec<Entry>, whither: Whither, subject: Option<&str>, table: usize) {
        let root = self.body_row(side, &entries);
        let nested = entries.iter().enumerate();
        let nested: Vec<Nested<'_>> = nested
            .map(|(at, entry)| Nested {
                name: &entry.name,
                kind: entry.kind.as_deref(),
                is_root: root == Some(at),
            })
            .collect();
        let (names, is_nested) = nesting::full_names(&nested);
        // A table that begins with the object itself is not below it.
        let home = subject.and_then(|subject| self.home_of(side, subject));
        let prefix = home.filter(|home| {
            names
                .first()
                .is_none_or(|first| nesting::last(first) != nesting::last(home))
        });
        for (mut entry, name) in entries.into_iter().zip(names).filter(|(_, name)| !name.is_empty()) {
            let name = match &prefix {
                Some(prefix) => nesting::below(prefix, &name),
                None => name,
            };
            for mut slip in entry.slips.drain(..) {
                slip.place = Some(name.clone());
                self.slips.push(slip);
            }
            let place = entry.place.map_or(whither, Whither::Known);
            let nested = is_nested || prefix.is_some();
            let fact = Fact {
                line: entry.line,
                name,
                kind: entry.kind,
                required: entry.required,
                label: entry.label,
                place,
                table,
                nested,
            };
            match side {
                Side::Request => self.params.push(fact),
                Side::Response => self.fields.push(fact),
            }
        }
    }

    /// The row that a table's subject speaks of: by its name, or by its type.
    fn home_of(&self, side: Side, subject: &str) -> Option<String> {
        let rows = match side {
            Side::Request => &self.params,
            Side::Response => &self.fields,
        };
        let last = |name: &str| nesting::last(name).to_lowercase();
        let wanted = subject.trim_end_matches("[]").to_lowercase();
        let named = rows
            .iter()
            .rev()
            .find(|row| row.name.to_lowercase() == wanted || last(&row.name) == last(&wanted) && wanted.len() > 1);
        let typed = || {
            let is_part = |kind: &str| {
                kind.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .any(|part| part.to_lowercase() == wanted)
            };
            rows.iter().rev().find(|row| row.kind.as_deref().is_some_and(is_part))
        };
        named.or_else(typed).map(|row| row.name.clone())
    }

    /// `data 参数说明`: a word that heads sections is an object's name where a row above has it.
    pub(super) fn subject_in(&self, text: &str, section: Section) -> Option<String> {
        let Section::Rows(side, None) = section else {
            return None;
        };
        let side = side.or(self.place.side).unwrap_or(Side::Request);
        let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
        let known = |word: &&str| {
            column::is_name(word) && !["body", "query", "header", "params", "json", "Body", "JSON"].contains(word)
        };
        words
            .find(|word| known(word) && self.home_of(side, word).is_some())
            .map(str::to_owned)
    }

    /// A heading in the page's own words may name an object that a row above has: `#### contact 对象`, `ContactDTO`.
    pub(super) fn caption(&mut self, text: &str) {
        let name = text
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']')))
            .find(|word| column::is_name(word));
        let side = self.place.side.unwrap_or(Side::Request);
        if let Some(name) = name.filter(|name| address::method(name).is_none() && self.home_of(side, name).is_some()) {
            self.place.subject = Some(name.to_owned());
            if matches!(self.place.section, Some(Section::Aside)) {
                self.place.section = Some(Section::Rows(Some(side), None));
            }
        }
    }

    /// Some exports list the body itself as a row, and its members below it.
    fn body_row(&self, side: Side, entries: &[Entry]) -> Option<usize> {
        let named = |entry: &Entry| {
            matches!(
                entry.name.text.as_str(),
                "body" | "root" | "ROOT" | "根节点" | "根对象" | "请求体"
            )
        };
        let whole =
            |entry: &&Entry| (entry.place == Some(Place::Body) || named(entry)) && !nesting::is_below(&entry.name);
        let at = entries.iter().position(|entry| whole(&entry))?;
        let (row, below) = (entries.get(at)?, entries.get(at + 1)?);
        // Swagger exports call the body by its variable; no example has that name.
        let variable = side == Side::Request
            && entries.iter().filter(whole).count() == 1
            && below.place.is_none()
            && !self
                .requests
                .iter()
                .any(|found| found.json.get(&row.name.text).is_some());
        (nesting::is_below(&below.name) && (named(row) || variable)).then_some(at)
    }
}
