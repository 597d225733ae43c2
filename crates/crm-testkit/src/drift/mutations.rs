//! One change at a time to a document: what vendors do to their answers without notice.

use crate::document::Tree;

/// A changed document.
pub(crate) struct Mutation {
    /// What kind of change it is.
    pub(crate) class: &'static str,
    /// JSON pointer of the changed place.
    pub(crate) pointer: String,
    pub(crate) document: String,
}

/// An integer that a double does not hold.
const BIG: &str = "9007199254740993";

/// The key that vendors add.
const ADDED: &str = "zz_unknown_added";

/// All single changes of a document.
pub(crate) fn all(document: &Tree) -> Vec<Mutation> {
    let mut found = vec![Mutation {
        class: "0.identity",
        pointer: String::new(),
        document: text(document),
    }];
    let mut places = Vec::new();
    walk(document, &mut Vec::new(), &mut places);
    for (path, value) in places {
        let in_object = matches!(path.last(), Some(Step::Key(_)));
        if !path.is_empty() {
            if in_object {
                found.push(Mutation {
                    class: "a.removed",
                    pointer: pointer(&path),
                    document: text(&replaced(document, &path, None)),
                });
            }
            for (class, new) in changes(value) {
                found.push(Mutation {
                    class,
                    pointer: pointer(&path),
                    document: text(&replaced(document, &path, Some(&new))),
                });
            }
        }
        if let Tree::Object(members) = value {
            for (class, new) in [
                ("c.extra_string", Tree::Text("x".to_owned())),
                ("c.extra_int", number("1")),
                (
                    "c.extra_object",
                    Tree::Object(vec![
                        ("k".to_owned(), Tree::Text("v".to_owned())),
                        ("n".to_owned(), number("1")),
                    ]),
                ),
                ("c.extra_null", Tree::Null),
            ] {
                let mut grown = members.clone();
                grown.push((ADDED.to_owned(), new));
                let mut here = path.clone();
                let document = text(&replaced(document, &path, Some(&Tree::Object(grown))));
                here.push(Step::Key(ADDED.to_owned()));
                found.push(Mutation {
                    class,
                    pointer: pointer(&here),
                    document,
                });
            }
        }
    }
    found
}

/// What a value may turn into.
fn changes(value: &Tree) -> Vec<(&'static str, Tree)> {
    let text = |text: &str| Tree::Text(text.to_owned());
    let object = || Tree::Object(vec![("id".to_owned(), number("7")), ("name".to_owned(), text("n"))]);
    let list = |items: Vec<Tree>| Tree::List(items);
    let mut found = Vec::new();
    match value {
        Tree::Null => found.extend([
            ("d.null_to_empty", text("")),
            ("x.null_to_str", text("text")),
            ("x.null_to_int", number("7")),
            ("x.null_to_obj", object()),
            ("x.null_to_arr", list(vec![text("t")])),
        ]),
        Tree::Bool(value) => found.extend([
            ("b.null", Tree::Null),
            ("i.bool_to_01", number(if *value { "1" } else { "0" })),
            ("i.bool_to_str01", text(if *value { "1" } else { "0" })),
        ]),
        Tree::Number(digits) if is_integer(digits) => {
            found.extend([
                ("b.null", Tree::Null),
                ("f.int_to_str", text(digits)),
                ("g.int_to_float", number(&format!("{digits}.0"))),
                ("h.big_num", number(BIG)),
                ("h.big_str", text(BIG)),
            ]);
            if digits == "0" || digits == "1" {
                found.push(("x.int01_to_bool", Tree::Bool(digits == "1")));
            }
        }
        Tree::Number(digits) => found.extend([
            ("b.null", Tree::Null),
            ("g.float_to_int", number(digits.split('.').next().unwrap_or("0"))),
            ("g.num_to_decstr", text(digits)),
        ]),
        Tree::Text(content) => {
            found.push(("b.null", Tree::Null));
            let integer = is_integer(content) && content.parse::<i64>().is_ok();
            let decimal = content.contains('.') && content.parse::<f64>().is_ok();
            if content.is_empty() {
                found.push(("d.empty_to_null", Tree::Null));
            } else {
                found.push(("x.str_to_arr", list(vec![value.clone()])));
                if integer {
                    found.extend([
                        ("f.digits_to_int", number(content)),
                        ("h.big_num", number(BIG)),
                        ("h.big_str", text(BIG)),
                    ]);
                } else if decimal {
                    found.push(("g.decstr_to_num", number(content)));
                } else {
                    found.push(("x.str_to_int", number("7")));
                }
            }
        }
        Tree::Object(members) => {
            if members.is_empty() {
                found.push(("x.emptyobj_filled", object()));
            } else {
                found.push(("e.obj_to_emptyobj", Tree::Object(Vec::new())));
            }
            found.extend([
                ("e.obj_to_emptyarr", list(Vec::new())),
                ("e.obj_to_null", Tree::Null),
                ("e.obj_to_emptystr", text("")),
            ]);
        }
        Tree::List(items) => {
            found.extend([
                ("e.arr_to_null", Tree::Null),
                ("e.arr_to_emptyobj", Tree::Object(Vec::new())),
            ]);
            if items.is_empty() {
                found.extend([
                    ("x.emptyarr_strs", list(vec![text("t")])),
                    ("x.emptyarr_objs", list(vec![object()])),
                ]);
            } else if items.iter().all(|item| matches!(item, Tree::Object(_))) {
                let mut grown = items.clone();
                grown.push(Tree::Object(vec![("id".to_owned(), number("7"))]));
                found.push(("x.arr_appended_obj", list(grown)));
            }
        }
    }
    found
}

/// Every place below the root.
pub(super) fn places(document: &Tree) -> Vec<Vec<Step>> {
    let mut places = Vec::new();
    walk(document, &mut Vec::new(), &mut places);
    places
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| !path.is_empty())
        .collect()
}

/// The document with another value in one place.
pub(super) fn put(document: &Tree, place: &[Step], value: &Tree) -> String {
    text(&replaced(document, place, Some(value)))
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// All places in document order, parents first.
fn walk<'t>(value: &'t Tree, path: &mut Vec<Step>, places: &mut Vec<(Vec<Step>, &'t Tree)>) {
    places.push((path.clone(), value));
    match value {
        Tree::Object(members) => {
            for (key, inner) in members {
                path.push(Step::Key(key.clone()));
                walk(inner, path, places);
                path.pop();
            }
        }
        Tree::List(items) => {
            for (index, inner) in items.iter().enumerate() {
                path.push(Step::Index(index));
                walk(inner, path, places);
                path.pop();
            }
        }
        _ => {}
    }
}

fn replaced(value: &Tree, path: &[Step], new: Option<&Tree>) -> Tree {
    match (path, value) {
        ([], _) => new.cloned().unwrap_or(Tree::Null),
        ([Step::Key(key), rest @ ..], Tree::Object(members)) => Tree::Object(
            members
                .iter()
                .filter(|(name, _)| !(rest.is_empty() && new.is_none() && name == key))
                .map(|(name, inner)| {
                    (
                        name.clone(),
                        if name == key {
                            replaced(inner, rest, new)
                        } else {
                            inner.clone()
                        },
                    )
                })
                .collect(),
        ),
        ([Step::Index(index), rest @ ..], Tree::List(items)) => Tree::List(
            items
                .iter()
                .enumerate()
                .map(|(at, inner)| {
                    if at == *index {
                        replaced(inner, rest, new)
                    } else {
                        inner.clone()
                    }
                })
                .collect(),
        ),
        _ => value.clone(),
    }
}

fn pointer(path: &[Step]) -> String {
    path.iter().fold(String::new(), |mut out, step| {
        out.push('/');
        match step {
            Step::Key(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => out.push_str(&index.to_string()),
        }
        out
    })
}

fn number(text: &str) -> Tree {
    Tree::Number(text.to_owned())
}

fn text(document: &Tree) -> String {
    let mut out = String::new();
    document.write(&mut out);
    out
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && text != "-0"
}
