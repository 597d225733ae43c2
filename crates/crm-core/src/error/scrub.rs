//! Keeps values out of texts that reach logs.
//!
//! A vendor's message is wanted in the error text, yet vendors echo what was sent: "phone 138… exists already". So the
//! shown form hides what looks like a number of a person or a secret, and whatever the request itself carried.

/// What stands for a hidden part.
const HIDDEN: &str = "…";
/// A shown message is cut here, in characters.
const MESSAGE_LIMIT: usize = 160;
/// A run of this many digits is taken for a phone number or an id.
const DIGITS: usize = 5;
/// This many digits with separators inside are taken for a phone number.
const SPACED_DIGITS: usize = 7;
/// An ASCII word of this length with a digit in it is taken for a token.
const WORD: usize = 16;
/// A vendor code longer than this is not shown.
const CODE_LIMIT: usize = 40;

/// The message as one line that can be shown. `sent` is what the request carried, from [`strings_of`].
pub(crate) fn message(text: &str, sent: &[String]) -> String {
    let mut line: String = text.chars().take(MESSAGE_LIMIT * 4).map(plain).collect();
    for value in sent {
        if line.contains(value.as_str()) {
            line = line.replace(value.as_str(), HIDDEN);
        }
    }
    let mut shown = String::with_capacity(line.len());
    let mut rest = hide_numbers(&line);
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let end = rest.find(|c| Kind::of(c) != kind).unwrap_or(rest.len());
        let run: String = rest.drain(..end).collect();
        match kind {
            Kind::Word => shown.push_str(if is_private(&run, sent) { HIDDEN } else { &run }),
            Kind::Letters => push_letters(&mut shown, &run, sent),
            Kind::Other => shown.push_str(&run),
        }
    }
    match shown.char_indices().nth(MESSAGE_LIMIT) {
        Some((cut, _)) => format!("{}{HIDDEN}", &shown[..cut]),
        None => shown,
    }
}

/// One line, and digits as everybody writes them.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ if c.is_control() => ' ',
        _ => c,
    }
}

/// What a run of characters is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An ASCII word, number, mail address or token.
    Word,
    /// Letters of other scripts, which are written without spaces.
    Letters,
    Other,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii_alphanumeric() || matches!(c, '@' | '_' | '-' | '.' | '+' | '=') => Self::Word,
            _ if c.is_alphabetic() => Self::Letters,
            _ => Self::Other,
        }
    }
}

/// Hides numbers as people write them, with spaces, dashes or brackets inside.
fn hide_numbers(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut number = String::new();
    let flush = |number: &mut String, shown: &mut String| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let kept = number.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
        let (body, tail) = number.split_at(kept);
        shown.push_str(if digits >= SPACED_DIGITS { HIDDEN } else { body });
        shown.push_str(tail);
        number.clear();
    };
    for c in line.chars() {
        if c.is_ascii_digit() || (!number.is_empty() && matches!(c, ' ' | '-' | '(' | ')')) {
            number.push(c);
        } else {
            flush(&mut number, &mut shown);
            shown.push(c);
        }
    }
    flush(&mut number, &mut shown);
    shown
}

fn is_private(word: &str, sent: &[String]) -> bool {
    let number = longest_digits(word) >= DIGITS;
    let token = word.len() >= WORD && word.bytes().any(|b| b.is_ascii_digit());
    let echoed = || {
        word.len() > 2
            && sent
                .iter()
                .any(|value| value.split(|c| Kind::of(c) != Kind::Word).any(|own| own == word))
    };
    number || token || word.contains('@') || echoed()
}

/// Hides every two or more letters in a row that the request carried too: a name stands inside other text.
fn push_letters(shown: &mut String, run: &str, sent: &[String]) {
    let letters: Vec<char> = run.chars().collect();
    let carried = |part: &[char]| {
        let part: String = part.iter().collect();
        sent.iter().any(|value| value.contains(&part))
    };
    let mut at = 0;
    while at < letters.len() {
        let mut end = at + 1;
        while end < letters.len() && carried(&letters[at..=end]) {
            end += 1;
        }
        if end > at + 1 {
            shown.push_str(HIDDEN);
        } else {
            shown.push(letters[at]);
        }
        at = end;
    }
}

/// The code, if it looks like one: short, ASCII, and no phone number.
pub(crate) fn code(code: &str) -> &str {
    let plain = code.len() <= CODE_LIMIT && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b));
    if plain && longest_digits(code) < 10 {
        code
    } else {
        HIDDEN
    }
}

/// Every string of a JSON request body, longest first, for [`message`] to hide.
pub(crate) fn strings_of(body: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![serde_json::from_slice::<serde_json::Value>(body).unwrap_or_default()];
    while let Some(value) = rest.pop() {
        match value {
            serde_json::Value::String(text) if text.chars().count() > 1 => found.push(text),
            serde_json::Value::Array(items) => rest.extend(items),
            serde_json::Value::Object(members) => rest.extend(members.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found
}

/// Digits in a row; the separators people write inside phone numbers do not end the row.
fn longest_digits(word: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in word.chars() {
        if c.is_ascii_digit() {
            run += 1;
            longest = longest.max(run);
        } else if !matches!(c, '-' | '.') {
            run = 0;
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_message_hides_what_could_be_a_person_or_a_secret() {
        for (text, shown) in [
            ("device参数错误", "device参数错误"),
            ("手机号13800000000已存在", "手机号…已存在"),
            ("call 138-0000-0000 or a.b@example.com", "call … or …"),
            ("电话(138 0000 0000)错误", "电话(…)错误"),
            ("１３８００００００００", "…"),
            ("row 3 of 12", "row 3 of 12"),
            ("token eyJhbGciOiJIUzI1NiJ9.demo.token is dead", "token … is dead"),
            ("two\r\nlines", "two  lines"),
            ("at most 500 rows", "at most 500 rows"),
        ] {
            assert_eq!(message(text, &[]), shown);
        }
    }

    #[test]
    fn a_shown_message_hides_what_the_request_carried() {
        let sent = strings_of(r#"{"contact":{"name":"王五","labels":["张三丰"]}}"#.as_bytes());
        assert_eq!(message("客户王五与张三丰重复", &sent), "客户…与…重复");
        let sent = strings_of(r#"{"title":"李建国的商机","owner":"John Smithson"}"#.as_bytes());
        assert_eq!(message("李建国 exists, owner Smithson", &sent), "… exists, owner …");
    }

    #[test]
    fn a_long_message_is_cut_between_characters() {
        let shown = message(&"长".repeat(500), &[]);
        assert_eq!(shown.chars().count(), MESSAGE_LIMIT + 1);
    }

    #[test]
    fn only_what_looks_like_a_code_is_shown_as_one() {
        assert_eq!(code("100401"), "100401");
        assert_eq!(code("active_record/record_not_found"), "active_record/record_not_found");
        assert_eq!(code("13800000000"), HIDDEN);
        assert_eq!(code("客户王五"), HIDDEN);
    }
}
