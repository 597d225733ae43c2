//! [`Drift`]: where an answer did not fit its model.

use std::fmt;

use super::{
    debug::{AnyModel, Shown},
    extra::At,
    token::Token,
};

/// One place of an answer that did not fit the model. It names the place and never the value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Drift {
    /// JSON pointer from the answer's data. A key that is no plain name stands as `*`: it may be somebody's data.
    pub path: String,
    /// What happened.
    pub kind: DriftKind,
    /// What should have stood there.
    pub expected: &'static str,
    /// The JSON kind that stood there.
    pub found: &'static str,
}

/// What happened at a place that did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// The vendor sends a key that its documentation does not show. Its value is in `extra`.
    UnknownKey,
    /// The value was understood although it was written in another form.
    Coerced,
    /// The value fits no known shape. It is in `extra`, and the field is empty.
    Misfit,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            DriftKind::UnknownKey => write!(
                f,
                "{}: a key that the documentation does not show ({})",
                self.path, self.found
            ),
            DriftKind::Coerced => write!(f, "{}: {} written as {}", self.path, self.expected, self.found),
            DriftKind::Misfit => write!(f, "{}: expected {}, found {}", self.path, self.expected, self.found),
        }
    }
}

/// All drift below a value.
pub(crate) fn of(shown: Shown<'_>) -> Vec<Drift> {
    let mut found = Vec::new();
    walk(&shown, &mut String::new(), &mut found);
    found
}

fn walk(shown: &Shown<'_>, path: &mut String, found: &mut Vec<Drift>) {
    match shown {
        Shown::Absent | Shown::Leaf(_) => {}
        Shown::List(items) => {
            for (index, item) in items.iter().enumerate() {
                at(path, &index.to_string(), |path| walk(item, path, found));
            }
        }
        Shown::Model(model) => walk_model(*model, path, found),
    }
}

fn walk_model(model: &dyn AnyModel, path: &mut String, found: &mut Vec<Drift>) {
    let extra = model.extra();
    for note in extra
        .notes()
        .filter(|note| note.at == At::Unknown && !model.custom_keys().matches(note.key))
    {
        let key = if is_name(note.key) { note.key } else { "*" };
        let kind = Token::new(note.raw).kind();
        at(path, key, |path| {
            found.push(Drift {
                path: path.clone(),
                kind: DriftKind::UnknownKey,
                expected: "nothing",
                found: kind,
            });
        });
    }
    model.fields(&mut |field| {
        for note in extra.notes_of(field.key) {
            at(path, field.key, |path| {
                let mut path = path.clone();
                if let At::Element(index) | At::CoercedElement(index) = note.at {
                    path.push_str(&format!("/{index}"));
                }
                let kind = match note.at {
                    At::Misfit | At::Element(_) => DriftKind::Misfit,
                    _ => DriftKind::Coerced,
                };
                let found_kind = if note.raw.is_empty() {
                    "object"
                } else {
                    Token::new(note.raw).kind()
                };
                // 31.10 where a number is expected is only spelt in another way, and a null in a list is nothing.
                let spelling = found_kind == field.expected || (field.expected == "integer" && found_kind == "number");
                if (kind == DriftKind::Misfit && note.raw != "null") || (kind == DriftKind::Coerced && !spelling) {
                    found.push(Drift {
                        path,
                        kind,
                        expected: field.expected,
                        found: found_kind,
                    });
                }
            });
        }
        at(path, field.key, |path| walk(&field.shown, path, found));
    });
}

fn at(path: &mut String, key: &str, f: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push('/');
    if key.contains(['~', '/']) {
        path.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        path.push_str(key);
    }
    f(path);
    path.truncate(length);
}

/// A name as programs have them. A phone number or a mail address as a key is somebody's data.
fn is_name(key: &str) -> bool {
    key.len() <= 64
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        && key
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}
