//! Personal data out of a captured answer: each value is replaced by a fake of the same form.
//!
//! The key decides what a value is, and where the key says nothing the value's own form does. The same value gets the
//! same fake everywhere in one answer, so that ids still agree; the fakes come from a hash that is salted with the
//! whole answer, so that nobody can try out phone numbers against them.

mod fake;
mod kind;

use std::collections::{HashMap, HashSet};

use crate::json::Json;
use fake::Source;
use kind::Kind;

/// An answer without anybody's data.
pub(super) fn scrub(answer: &Json) -> Json {
    let mut scrubber = Scrubber {
        source: Source::salted(&answer.pretty()),
        fakes: HashMap::new(),
        used: HashSet::new(),
        names: Vec::new(),
    };
    let scrubbed = scrubber.value("", answer);
    // A name may stand in a sentence, too.
    scrubber.names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    scrubber.names.dedup();
    scrubber.names_in(scrubbed)
}

struct Scrubber {
    source: Source,
    fakes: HashMap<String, String>,
    used: HashSet<String>,
    /// Names found, and their fakes.
    names: Vec<(String, String)>,
}

impl Scrubber {
    fn value(&mut self, key: &str, value: &Json) -> Json {
        match value {
            Json::Object(members) => Json::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.clone(), self.value(key, value)))
                    .collect(),
            ),
            Json::Array(items) => Json::Array(items.iter().map(|item| self.value(key, item)).collect()),
            Json::String(text) => Json::String(self.text(key, text)),
            Json::Number(text) => Json::Number(self.number(key, text)),
            other => other.clone(),
        }
    }

    fn number(&mut self, key: &str, text: &str) -> String {
        match kind::of_key(key) {
            // 0 and 1 are flags and "nobody", not somebody's id.
            Some(Kind::Id | Kind::Phone | Kind::Code) if text.len() > 1 && !text.starts_with('-') => {
                self.fake(text, Kind::Id)
            }
            Some(Kind::Coordinate) if text != "0" && text != "0.0" => self.fake(text, Kind::Coordinate),
            None if kind::of_number(text).is_some() => self.fake(text, Kind::Phone),
            _ => text.to_owned(),
        }
    }

    fn text(&mut self, key: &str, text: &str) -> String {
        if text.trim().is_empty() || (kind::says_nothing(text) && kind::of_key(key) != Some(Kind::Birthday)) {
            return text.to_owned();
        }
        if let Some(kind) = kind::of_value(text) {
            return self.fake(text, kind);
        }
        match kind::of_key(key) {
            Some(Kind::Id) if text.len() < 2 => text.to_owned(),
            Some(Kind::Name) => {
                let fake = self.fake(text, Kind::Name);
                if text.chars().count() > 1 {
                    self.names.push((text.to_owned(), fake.clone()));
                }
                fake
            }
            Some(kind) => self.fake(text, kind),
            None => self.parts(text),
        }
    }

    /// Phones, mails and identity numbers inside a longer text.
    fn parts(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for (part, kind) in kind::parts(text) {
            match kind {
                Some(kind) => out.push_str(&self.fake(part, kind)),
                None => out.push_str(part),
            }
        }
        out
    }

    /// The fake of a value: always the same one, and no other value's.
    fn fake(&mut self, text: &str, kind: Kind) -> String {
        if let Some(known) = self.fakes.get(text) {
            return known.clone();
        }
        let fake = (0..20)
            .map(|attempt| self.source.fake(text, kind, attempt))
            .find(|fake| fake != text && !self.used.contains(fake));
        let fake = fake.unwrap_or_else(|| self.source.fake(text, kind, 0));
        self.used.insert(fake.clone());
        self.fakes.insert(text.to_owned(), fake.clone());
        fake
    }

    fn names_in(&self, value: Json) -> Json {
        match value {
            Json::Object(members) => Json::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (key, self.names_in(value)))
                    .collect(),
            ),
            Json::Array(items) => Json::Array(items.into_iter().map(|item| self.names_in(item)).collect()),
            Json::String(text) if !self.used.contains(&text) => {
                Json::String(self.names.iter().fold(text, |text, (name, fake)| {
                    if text.contains(name.as_str()) {
                        text.replace(name.as_str(), fake)
                    } else {
                        text
                    }
                }))
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
