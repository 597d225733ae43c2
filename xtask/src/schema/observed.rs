//! What all pages of a vendor show of one place, and the Rust type that follows.

use std::collections::BTreeSet;

use crate::json::Json;

/// Everything seen in one place of an answer, over all examples and tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observed {
    pub(crate) bools: bool,
    pub(crate) zero_one_ints: bool,
    pub(crate) other_ints: bool,
    pub(crate) floats: bool,
    pub(crate) digit_texts: bool,
    /// Whether a digit text other than `0` and `1` is among them.
    pub(crate) long_digit_texts: bool,
    pub(crate) decimal_texts: bool,
    pub(crate) date_texts: bool,
    pub(crate) other_texts: bool,
    pub(crate) empty_text: bool,
    pub(crate) empty_object: bool,
    pub(crate) empty_list: bool,
    /// Whether an example shows an object with members here.
    pub(crate) filled_object: bool,
    /// The model of the objects seen here.
    pub(crate) object: Option<String>,
    /// What the elements of the lists seen here are.
    pub(crate) elements: Option<Box<Observed>>,
    /// Types from tables, in the page's spelling.
    pub(crate) documented: BTreeSet<String>,
    /// Labels from tables, in page order.
    pub(crate) labels: Vec<String>,
}

/// A Rust type of a field or a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    Int,
    Float,
    Text,
    Id,
    Number,
    DateTime,
    Scalar,
    Json,
    Model(String),
    /// A model inside a model.
    Boxed(String),
    List(Box<Type>),
}

impl Type {
    /// Whether one JSON scalar of a known kind fills it.
    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self, Self::Json | Self::Model(_) | Self::Boxed(_) | Self::List(_))
    }
}

/// What a table's type word means, whatever the page's spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Bool,
    Int,
    BigInt,
    Float,
    Decimal,
    Text,
    Date,
    Object,
    List,
}

/// Reads a table's type word: its base, and whether it is a list of that.
pub(crate) fn word(documented: &str) -> Option<(Word, bool)> {
    let lower = documented.trim().to_lowercase();
    let (base, list) = match lower.strip_suffix("[]") {
        Some(base) => (base.trim(), true),
        None => match lower
            .strip_prefix("array<")
            .or_else(|| lower.strip_prefix("list<"))
            .or_else(|| lower.strip_prefix("array["))
        {
            Some(rest) => (rest.trim_end_matches(['>', ']']), true),
            None => (lower.as_str(), false),
        },
    };
    let base: &str = base.split(['(', '（', ' ']).next().unwrap_or(base);
    let word = match base {
        "bool" | "boolean" | "布尔" | "布尔值" => Word::Bool,
        "int" | "integer" | "int32" | "int64" | "long" | "short" | "tinyint" | "smallint" | "整型" | "整数"
        | "uint" | "uint32" | "uint64" => Word::Int,
        "bigint" => Word::BigInt,
        "float" | "double" | "float64" | "float32" | "number" | "num" | "数字" | "数值" => Word::Float,
        "decimal" | "money" | "bigdecimal" | "numeric" => Word::Decimal,
        "string" | "str" | "text" | "varchar" | "char" | "字符串" | "字符" => Word::Text,
        "date" | "datetime" | "timestamp" | "time" | "日期" | "时间" => Word::Date,
        "object" | "json" | "map" | "obj" | "jsonobject" | "对象" => Word::Object,
        "array" | "list" | "arr" | "jsonarray" | "数组" | "集合" => Word::List,
        _ => return None,
    };
    Some((word, list))
}

impl Observed {
    /// Adds one scalar of an example.
    pub(crate) fn scalar(&mut self, value: &Json) {
        match value {
            Json::Null => {}
            Json::Bool(_) => self.bools = true,
            Json::Number(text) if text.contains(['.', 'e', 'E']) => self.floats = true,
            Json::Number(text) if text == "0" || text == "1" => self.zero_one_ints = true,
            Json::Number(_) => self.other_ints = true,
            Json::String(text) => self.text(text),
            Json::Array(_) => self.empty_list = true,
            Json::Object(_) => self.empty_object = true,
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            self.empty_text = true;
            return;
        }
        if is_date(text) {
            self.date_texts = true;
        } else if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.digit_texts = true;
            self.long_digit_texts |= text != "0" && text != "1";
        } else if is_decimal(text) {
            self.decimal_texts = true;
        } else {
            self.other_texts = true;
        }
    }

    fn ints(&self) -> bool {
        self.zero_one_ints || self.other_ints
    }

    fn numbers(&self) -> bool {
        self.ints() || self.floats
    }

    fn texts(&self) -> bool {
        self.digit_texts || self.decimal_texts || self.date_texts || self.other_texts
    }

    fn scalars(&self) -> bool {
        self.bools || self.numbers() || self.texts()
    }

    /// The type that holds everything seen, without drift.
    pub(crate) fn resolve(&self, key: &str) -> Type {
        if let Some(elements) = &self.elements {
            // A list in a list is rare enough to be left as JSON.
            let element = match elements.resolve(key) {
                Type::List(_) => Type::Json,
                element => element,
            };
            return Type::List(Box::new(element));
        }
        if self.object.is_some() && self.scalars() {
            return Type::Json;
        }
        let words: Vec<_> = self.documented.iter().filter_map(|text| word(text)).collect();
        if let Some(model) = &self.object {
            // A table that says "object list" of a place that no example fills.
            let listed = words.iter().any(|(_, list)| *list) && !self.empty_object && !self.filled_object;
            let model = Type::Model(model.clone());
            return if listed { Type::List(Box::new(model)) } else { model };
        }
        if self.scalars() {
            return self.resolve_scalar(key, &words);
        }
        if let Some(&(word, list)) = words.first() {
            let base = match word {
                Word::Bool => Type::Bool,
                Word::Int => {
                    if is_id(key) {
                        Type::Id
                    } else {
                        Type::Int
                    }
                }
                Word::BigInt => Type::Id,
                Word::Float => Type::Float,
                Word::Decimal => Type::Number,
                Word::Date => Type::DateTime,
                Word::Text => {
                    if is_date_key(key) {
                        Type::DateTime
                    } else if is_id(key) {
                        Type::Id
                    } else {
                        Type::Text
                    }
                }
                Word::Object => Type::Json,
                Word::List => Type::List(Box::new(Type::Json)),
            };
            return if list { Type::List(Box::new(base)) } else { base };
        }
        if self.empty_object {
            return Type::Json;
        }
        if self.empty_list {
            return Type::List(Box::new(Type::Json));
        }
        if is_id(key) {
            Type::Id
        } else if is_date_key(key) {
            Type::DateTime
        } else if self.empty_text {
            Type::Text
        } else {
            Type::Json
        }
    }

    fn resolve_scalar(&self, key: &str, words: &[(Word, bool)]) -> Type {
        let documented = |wanted: Word| words.iter().any(|(word, _)| *word == wanted);
        if self.bools {
            // 0, 1, "0" and "1" are read as a bool, so another page's spelling changes no type.
            let others = self.other_ints || self.floats || self.long_digit_texts;
            let texts = self.decimal_texts || self.date_texts || self.other_texts;
            return if others || texts { Type::Scalar } else { Type::Bool };
        }
        if (is_id(key) || documented(Word::BigInt)) && !self.floats {
            return Type::Id;
        }
        match (self.numbers(), self.texts()) {
            (true, true) => {
                if self.date_texts || self.other_texts {
                    Type::Scalar
                } else {
                    Type::Number
                }
            }
            (true, false) => {
                if documented(Word::Text) || documented(Word::Date) {
                    Type::Scalar
                } else if documented(Word::Decimal) || is_money(key, &self.labels) {
                    Type::Number
                } else if self.floats || documented(Word::Float) {
                    Type::Float
                } else {
                    Type::Int
                }
            }
            _ => {
                if self.other_texts {
                    Type::Text
                } else if self.date_texts {
                    if self.digit_texts || self.decimal_texts {
                        Type::Text
                    } else {
                        Type::DateTime
                    }
                } else if self.decimal_texts
                    || documented(Word::Decimal)
                    || (self.digit_texts && documented(Word::Float))
                {
                    Type::Number
                } else {
                    Type::Text
                }
            }
        }
    }
}

/// `id`, `customer_id`, `corpId`, `uuid`, `uid`.
pub(crate) fn is_id(key: &str) -> bool {
    let key = key.trim_start_matches('_');
    let endings = ["_id", "-id", "Id", "_uid", "userid", "_oid"];
    matches!(key, "id" | "uuid" | "uid" | "Id" | "ID") || endings.iter().any(|ending| key.ends_with(ending))
}

fn is_date_key(key: &str) -> bool {
    key.ends_with("_at") || key.ends_with("_date") || key.ends_with("_time") || key == "date" || key == "birthday"
}

fn is_money(key: &str, labels: &[String]) -> bool {
    let words = ["amount", "price", "money", "_pay", "cost", "payment"];
    words.iter().any(|word| key.contains(word))
        || labels
            .iter()
            .any(|label| label.contains("金额") || label.contains("价格"))
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.split_once('.').is_some_and(|(whole, fraction)| {
        let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        all(whole) && all(fraction)
    })
}

/// The four styles that vendors write: a date, with minutes, with seconds, ISO 8601 with an offset.
pub(crate) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let date = bytes.len() >= 10
        && bytes.iter().take(10).enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                *byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    date && (bytes.len() == 10
        || matches!(bytes.get(10), Some(b' ' | b'T')) && bytes.get(11).is_some_and(u8::is_ascii_digit))
}
