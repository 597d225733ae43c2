//! Elements nested too deep are left out before the parser sees them.

use std::borrow::Cow;

/// Deeper elements than this mean nothing, and cost the parser time for each one around them.
const MAX_DEPTH: usize = 400;

/// The text without the tags that open elements too deep.
pub(super) fn shallow(text: &str) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices('<') {
        if at < from {
            continue;
        }
        let behind = text.get(at + 1..).unwrap_or_default();
        if behind.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = behind
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(behind.len());
            let name = behind.get(..end).unwrap_or_default().to_ascii_lowercase();
            if is_self_closed(&name) {
                continue;
            }
            depth += 1;
            if depth > MAX_DEPTH {
                out.push_str(text.get(from..at).unwrap_or_default());
                from = at + 1 + behind.find('>').map_or(end, |close| close + 1);
                from = from.max(at + 1);
            }
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Elements that hold nothing, and those that the next of their kind closes.
fn is_self_closed(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "meta"
            | "link"
            | "input"
            | "col"
            | "area"
            | "base"
            | "embed"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "td"
            | "th"
            | "tr"
            | "dt"
            | "dd"
            | "option"
            | "thead"
            | "tbody"
            | "tfoot"
            | "html"
            | "head"
            | "body"
    )
}
