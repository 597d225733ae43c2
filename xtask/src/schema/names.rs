//! Rust names from a page's words. A name depends on nothing but the word it stands for, so that adding a page never
//! renames what stands.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Names that a field or a parameter may not take: Rust's own, and those of the generated code.
const RESERVED: &[&str] = &["new", "extra", "param"];

/// A field or module name: snake case, no keyword, always an identifier.
pub(crate) fn field(word: &str) -> String {
    let cleaned = identifier(word);
    let snake = if cleaned.is_ascii() {
        cleaned.to_snake_case()
    } else {
        cleaned
    };
    let snake = if snake.is_empty() || snake.starts_with(|first: char| first.is_ascii_digit()) {
        format!("field_{snake}").trim_end_matches('_').to_owned()
    } else {
        snake
    };
    if RESERVED.contains(&snake.as_str()) || matches!(snake.as_str(), "self" | "super" | "crate" | "_") {
        return format!("{snake}_");
    }
    // `gen` is a keyword since the edition that generated crates use.
    if snake == "gen" || syn::parse_str::<syn::Ident>(&snake).is_err() {
        format!("r#{snake}")
    } else {
        snake
    }
}

/// A type name: upper camel case.
pub(crate) fn type_name(word: &str) -> String {
    let cleaned = identifier(word);
    let camel = if cleaned.is_ascii() {
        cleaned.to_upper_camel_case()
    } else {
        let mut letters = cleaned.chars();
        letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect()
    };
    let camel = if camel.is_empty() || camel.starts_with(|first: char| first.is_ascii_digit()) {
        format!("Type{camel}")
    } else {
        camel
    };
    if TAKEN.contains(&camel.as_str()) {
        format!("{camel}Value")
    } else {
        camel
    }
}

/// Types and traits that generated files name without a path.
const TAKEN: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "String",
    "Box",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "Ord",
    "Hash",
    "From",
    "Into",
    "Iterator",
    "ToString",
    "Send",
    "Sync",
    "Drop",
    "Fn",
    "BTreeMap",
    "Serialize",
    "Deserialize",
    "Extra",
    "Id",
    "Json",
    "Number",
    "Scalar",
    "DateTime",
    "Patch",
    "Error",
    "Method",
    "Answer",
    "Operation",
    "OperationInfo",
    "Request",
    "Paged",
    "Rows",
    "CustomFields",
    "CustomKeys",
    "BatchReport",
    "BatchVerdict",
    "WireValue",
    "Writer",
    "EnvelopeSpec",
    "ClearAs",
    "Client",
    "ClientBuilder",
];

/// Keeps what an identifier may hold, anything else becomes `_`.
fn identifier(word: &str) -> String {
    let allowed = |c: char| {
        c.is_ascii_alphanumeric() || (!c.is_ascii() && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok())
    };
    let kept: String = word.chars().map(|c| if allowed(c) { c } else { '_' }).collect();
    let kept = kept.trim_matches('_');
    // Some letters may stand inside an identifier but not begin one.
    if kept.is_ascii() || syn::parse_str::<syn::Ident>(kept).is_ok() {
        kept.to_owned()
    } else {
        format!("f{kept}")
    }
}

/// The singular of a key that holds a list.
pub(crate) fn singular(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    for (ending, with) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("tuses", "tus"),
    ] {
        if lower.ends_with(ending) && lower.len() > ending.len() + 1 {
            return format!("{}{with}", &word[..word.len() - ending.len()]);
        }
    }
    if lower.ends_with('s')
        && !lower.ends_with("ss")
        && !lower.ends_with("us")
        && !lower.ends_with("is")
        && lower.len() > 3
    {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

fn plural(word: &str) -> String {
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    if word.ends_with('s') {
        word.to_owned()
    } else {
        format!("{word}s")
    }
}

/// Words that say what an operation does, as pages put them at an operation's end.
const VERBS: &[&str] = &[
    "create", "update", "edit", "add", "delete", "remove", "get", "take", "grab", "transfer", "bind", "send", "import",
    "detail", "details", "list", "lists", "query", "search", "save", "set",
];

/// An operation's name, taken apart: `contact_update` is the verb `update` and the noun `contact`.
pub(crate) struct OperationWords {
    verb: Option<String>,
    noun: String,
    whole: String,
}

impl OperationWords {
    pub(crate) fn of(operation: &str) -> Self {
        let snake = operation.to_snake_case();
        let (verb, noun) = match snake.rsplit_once('_') {
            Some((noun, last)) if VERBS.contains(&last) => (Some(last), noun),
            _ => match snake.split_once('_') {
                Some((first, noun)) if VERBS.contains(&first) => (Some(first), noun),
                _ => (None, snake.as_str()),
            },
        };
        Self {
            verb: verb.map(str::to_owned),
            noun: noun.to_owned(),
            whole: snake.clone(),
        }
    }

    /// `UpdateContact`, `ListContacts`; an operation without a known verb keeps its own order.
    pub(crate) fn type_name(&self) -> String {
        let (verb, noun) = match self.verb.as_deref() {
            None => return type_name(&self.whole),
            Some("list" | "lists") => ("list", plural(&self.noun)),
            Some("detail" | "details") => ("get", self.noun.clone()),
            Some(verb) => (verb, self.noun.clone()),
        };
        type_name(&format!("{verb}_{noun}"))
    }

    /// What the operation is about: `Contact`.
    pub(crate) fn noun(&self) -> String {
        type_name(&singular(&self.noun))
    }

    pub(crate) fn has_verb(&self) -> bool {
        self.verb.is_some()
    }

    pub(crate) fn lists(&self) -> bool {
        matches!(self.verb.as_deref(), Some("list" | "lists"))
    }

    pub(crate) fn updates(&self) -> bool {
        self.whole
            .split('_')
            .any(|word| matches!(word, "update" | "edit" | "set"))
    }

    pub(crate) fn reads(&self) -> bool {
        matches!(
            self.verb.as_deref(),
            Some("get" | "detail" | "details" | "list" | "lists" | "query" | "search")
        )
    }
}

/// Keys that say nothing of what they hold.
const GENERIC: &[&str] = &[
    "data",
    "item",
    "items",
    "list",
    "lists",
    "rows",
    "row",
    "records",
    "record",
    "result",
    "results",
    "info",
    "value",
    "values",
    "content",
    "body",
    "detail",
    "details",
    "success",
    "fail",
    "failed",
    "succeeded",
    "errors",
];

pub(crate) fn is_generic(key: &str) -> bool {
    GENERIC.contains(&key)
}

/// The model that stands under a key, by the key alone.
pub(crate) fn model(key: &str, in_list: bool) -> String {
    let snake = if key.is_ascii() {
        key.to_snake_case()
    } else {
        key.to_owned()
    };
    let bare = ["_list", "_json", "_info", "_arr", "_id", "_ids", "_attributes"]
        .iter()
        .find_map(|ending| snake.strip_suffix(ending));
    let bare = bare.unwrap_or(&snake).trim_matches('_');
    type_name(&if in_list { singular(bare) } else { bare.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_becomes_an_identifier() {
        for (word, expected) in [
            ("name", "name"),
            ("type", "r#type"),
            ("self", "self_"),
            ("categoryId", "category_id"),
            ("_can_edit", "can_edit"),
            ("2fa", "field_2fa"),
            ("", "field"),
            ("姓名", "姓名"),
            ("a\"; fn evil() {} //", "a_fn_evil"),
            ("new", "new_"),
            ("extra", "extra_"),
        ] {
            assert_eq!(field(word), expected, "{word:?}");
            assert!(
                syn::parse_str::<syn::Ident>(&field(word)).is_ok() || field(word).starts_with("r#"),
                "{word:?}"
            );
        }
    }

    #[test]
    fn operations_are_named_verb_first() {
        for (operation, expected) in [
            ("contact_update", "UpdateContact"),
            ("common_customer_create", "CreateCommonCustomer"),
            ("batch_edit_customer", "BatchEditCustomer"),
            ("contact_list", "ListContacts"),
            ("customer_opportunities", "CustomerOpportunities"),
            ("department_details", "GetDepartment"),
            ("login", "Login"),
        ] {
            assert_eq!(OperationWords::of(operation).type_name(), expected);
        }
    }

    #[test]
    fn models_are_named_by_their_key() {
        assert_eq!(model("address", false), "Address");
        assert_eq!(model("product_categories", true), "ProductCategory");
        assert_eq!(model("deptList", true), "Dept");
        assert_eq!(model("statuses", true), "Status");
    }
}
