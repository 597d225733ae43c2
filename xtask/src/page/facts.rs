//! From the page's blocks, in their order, to the facts of one operation.

mod examples;
mod rows;
mod text;

use super::address::Address;
use super::block::Block;
use super::document::Document;
use super::heading::{Section, Side};
use super::nesting;
use super::row::Entry;
use crate::fixture::{Place, Slip};
use crate::json::Json;

/// What has been read so far, and where on the page we are.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) title: Titles,
    pub(super) method: Option<String>,
    /// What stands in front of the title: `POST 创建线索`.
    titled_method: Option<String>,
    pub(super) address: Option<Address>,
    pub(super) url: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) params: Vec<Fact>,
    pub(super) fields: Vec<Fact>,
    pub(super) requests: Vec<Found>,
    pub(super) responses: Vec<Found>,
    pub(super) slips: Vec<Slip>,
    place: Whereabouts,
}

/// The section that the next block belongs to.
#[derive(Default)]
struct Whereabouts {
    section: Option<Section>,
    side: Option<Side>,
    /// The object that a table describes: `contact 字段说明`.
    subject: Option<String>,
    /// Examples since the last heading.
    examples: usize,
    /// Whether the section had a table.
    has_table: bool,
    /// Parameters of a list, one a line.
    list: Vec<Entry>,
    /// The page's line of the heading of the address.
    address_line: Option<usize>,
}

/// Candidates for the title, the best first.
#[derive(Default)]
pub(super) struct Titles {
    /// The last heading before the first section.
    marked: Option<String>,
    /// What HTML calls the page.
    page: Option<String>,
    /// The lines before it.
    lines: Vec<String>,
    /// The value of `接口名称`, the first line below `简要描述`.
    about: Option<String>,
    named: Option<String>,
    /// The first line, where it reads as a heading (`提交表单`): the title if it heads nothing.
    opening: Option<String>,
    closed: bool,
}

impl Titles {
    /// Another heading right below the first line: that line was no heading of its own.
    fn settle_opening(&mut self) {
        self.lines.extend(self.opening.take());
    }

    pub(super) fn best(&self) -> Option<&String> {
        // Of many lines the first ones are the site's: its name, the chapter.
        let line = if self.lines.len() > 2 {
            self.lines.last()
        } else {
            self.lines.first()
        };
        let named = self.marked.as_ref().or(self.named.as_ref()).or(self.page.as_ref());
        named.or(line).or(self.about.as_ref())
    }
}

/// One row of a table, named in full.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) kind: Option<String>,
    pub(super) required: Option<bool>,
    pub(super) label: Option<String>,
    pub(super) place: Whither,
    /// The table it stands in.
    table: usize,
    nested: bool,
}

/// Where a parameter goes, as far as its table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whither {
    Known(Place),
    /// In the URL: in the path where the path names it.
    Url,
    /// The method decides.
    Open,
}

/// An example with its lines.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) json: Json,
    pub(super) lines: Vec<usize>,
}

/// Reads the blocks of a page.
pub(super) fn facts(document: &Document, blocks: Vec<Block>) -> Facts {
    let mut facts = Facts {
        url: document.url.clone(),
        ..Facts::default()
    };
    for block in blocks {
        if !matches!(block, Block::Text(_)) {
            facts.title.opening = None;
        }
        match block {
            Block::Text(text) => facts.text(&text),
            Block::Table(table) => {
                facts.finish_list();
                facts.table(table);
            }
            Block::Example(example) => {
                facts.finish_list();
                facts.example(example);
            }
            Block::Curl(curl) => facts.curl(curl),
        }
    }
    facts.finish_list();
    facts.method = facts.method.take().or(facts.titled_method.take());
    if let Some(title) = &document.title {
        if title.is_sure {
            facts.title.page = Some(title.text.clone());
        } else if facts.title.best().is_none() {
            facts.title.about = Some(title.text.clone());
        }
    }
    facts.restore_nesting();
    facts.settle_places();
    facts.name_what_is_missing();
    facts
}

impl Facts {
    /// Names that lost their nesting get it back from the examples of their side.
    fn restore_nesting(&mut self) {
        for (rows, found) in [(&mut self.params, &self.requests), (&mut self.fields, &self.responses)] {
            let examples: Vec<&Json> = found.iter().map(|found| &found.json).collect();
            let tables: Vec<usize> = rows.iter().map(|row| row.table).collect();
            let mut from = 0;
            while let Some(table) = tables.get(from) {
                let to = from + tables.iter().skip(from).take_while(|other| *other == table).count();
                let Some(part) = rows.get_mut(from..to) else { break };
                from = to;
                if part.iter().any(|row| {
                    row.nested || matches!(row.place, Whither::Known(Place::Header | Place::Path | Place::Query))
                }) {
                    continue;
                }
                let named: Vec<_> = part.iter().map(|row| (row.name.clone(), row.kind.clone())).collect();
                let mut changed: Vec<_> = nesting::from_examples(&named, &examples).into_iter().collect();
                changed.sort_unstable();
                if let Some((first, name)) = changed.first() {
                    self.slips.push(Slip {
                        line: part.get(*first).map_or(0, |row| row.line),
                        kind: "lost_nesting".to_owned(),
                        place: Some(name.clone()),
                        what: format!("{} rows stand without what they belong to", changed.len()),
                        mended: Some("named as the page's example has them".to_owned()),
                    });
                }
                for (index, name) in changed {
                    if let Some(row) = part.get_mut(index) {
                        row.name = name;
                    }
                }
            }
        }
    }

    /// What a table did not say about the place, the path, the query and the method do.
    fn settle_places(&mut self) {
        let address = self.address.as_ref();
        let in_path: Vec<&str> = address
            .map(|address| super::address::path_params(&address.path))
            .unwrap_or_default();
        let in_query = |name: &str| address.is_some_and(|address| address.query.iter().any(|known| known == name));
        let by_method = match self.method.as_deref() {
            Some("GET" | "DELETE" | "HEAD" | "OPTIONS")
                if self.requests.is_empty() || self.method.as_deref() == Some("GET") =>
            {
                Place::Query
            }
            _ => Place::Body,
        };
        let said: Vec<String> = self
            .params
            .iter()
            .filter(|param| param.place == Whither::Known(Place::Path))
            .map(|param| param.name.clone())
            .collect();
        for param in &mut self.params {
            let place = match param.place {
                // The path's own parameter, among those of the query: without it there is no path to call.
                Whither::Known(Place::Query)
                    if in_path.contains(&param.name.as_str()) && !said.contains(&param.name) =>
                {
                    Place::Path
                }
                Whither::Known(place) => place,
                _ if in_path.contains(&param.name.as_str()) => Place::Path,
                Whither::Url if address.is_none() => Place::Path,
                Whither::Url => Place::Query,
                Whither::Open if in_query(&param.name) => Place::Query,
                Whither::Open => by_method,
            };
            param.place = Whither::Known(place);
        }
    }

    fn name_what_is_missing(&mut self) {
        let line = self.place.address_line.unwrap_or(1);
        for (missing, kind, what) in [
            (self.address.is_none(), "missing_path", "the page does not say the path"),
            (
                self.method.is_none(),
                "missing_method",
                "the page does not say the method",
            ),
        ] {
            if missing {
                self.slips.push(Slip {
                    line,
                    kind: kind.to_owned(),
                    place: None,
                    what: what.to_owned(),
                    mended: None,
                });
            }
        }
        self.slips.sort_by_key(|slip| slip.line);
    }
}
