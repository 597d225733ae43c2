//! What a request's path may hold: an id such as `..` would lead to another endpoint.

/// What is wrong with a path, if anything.
pub(crate) fn mistake(path: &str) -> Option<&'static str> {
    if is_plain(path) {
        None
    } else if !path.starts_with('/') {
        Some("the path must begin with /")
    } else if path.bytes().any(must_be_encoded) {
        Some("the path holds a character that must be percent-encoded, or a query that belongs in the query parameters")
    } else if path[1..].split('/').any(is_empty_or_dots) {
        Some("the path holds an empty, . or .. segment")
    } else {
        None
    }
}

/// Whether it is words between slashes and nothing else, as nearly all paths are: then there is nothing to look for.
fn is_plain(path: &str) -> bool {
    let Some(path) = path.strip_prefix('/') else {
        return false;
    };
    let mut before = b'/';
    for byte in path.bytes() {
        match byte {
            b'/' if before == b'/' => return false,
            b'/' | b'_' | b'-' => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => return false,
        }
        before = byte;
    }
    before != b'/'
}

fn must_be_encoded(byte: u8) -> bool {
    matches!(byte, b'?' | b'#' | b'\\' | b' ') || byte.is_ascii_control()
}

fn is_empty_or_dots(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().as_str(),
        "" | "." | ".." | "%2e" | "%2e%2e" | ".%2e" | "%2e."
    )
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn words_numbers_and_encoded_characters_are_fine() {
        for path in [
            "/a",
            "/api/v2/contacts/5524470",
            "/a-b/c_d",
            "/x.y/%E5%AE%A2",
            "/v1/things:batch",
            "/...",
        ] {
            assert_eq!(mistake(path), None, "{path}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_told_apart() {
        for (path, what) in [
            ("", "begin with /"),
            ("a/b", "begin with /"),
            ("/a?b=1", "percent-encoded"),
            ("/a#b", "percent-encoded"),
            ("/a b", "percent-encoded"),
            ("/a\\b", "percent-encoded"),
            ("/a\nb", "percent-encoded"),
            ("/", "segment"),
            ("/a//b", "segment"),
            ("/a/", "segment"),
            ("/a/../b", "segment"),
            ("/./a", "segment"),
            ("/a/%2E%2e/b", "segment"),
            ("/a/.%2e", "segment"),
        ] {
            assert!(mistake(path).is_some_and(|mistake| mistake.contains(what)), "{path:?}");
        }
    }
}
