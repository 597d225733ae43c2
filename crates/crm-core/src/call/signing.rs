//! The last step before a request leaves: the vendor puts its credentials on.

use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::Error;

/// What stays as it is in a query: the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request about to leave, as far as a [`Protocol`](super::Protocol) may change it.
///
/// Credentials put here are marked as such for the HTTP library; no error, span or `Debug` shows them.
pub struct Signing<'a> {
    vendor: &'static str,
    headers: &'a mut HeaderMap,
    query: &'a mut String,
}

impl<'a> Signing<'a> {
    pub(crate) fn new(vendor: &'static str, headers: &'a mut HeaderMap, query: &'a mut String) -> Self {
        Self { vendor, headers, query }
    }

    /// Sets a secret header.
    pub fn header(&mut self, name: HeaderName, mut value: HeaderValue) {
        value.set_sensitive(true);
        self.headers.insert(name, value);
    }

    /// Sets a secret header from text.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) when the text has characters that a header cannot carry.
    pub fn header_text(&mut self, name: HeaderName, value: &str) -> Result<(), Error> {
        self.header(name, header_value(self.vendor, value)?);
        Ok(())
    }

    /// Sets a header that is no secret, unless the operation has set it.
    pub fn default_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.entry(name).or_insert(value);
    }

    /// Adds a secret to the query.
    pub fn query(&mut self, name: &str, value: &str) {
        push_query(self.query, name, value);
    }
}

/// A header value from text, or an error that does not quote it.
pub(crate) fn header_value(vendor: &'static str, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(value)
        .map_err(|_| Error::config(vendor, "a credential has characters that an HTTP header cannot carry"))
}

/// Adds one pair to a query.
pub(crate) fn push_query(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, QUERY));
    query.push('=');
    query.extend(utf8_percent_encode(value, QUERY));
}

#[cfg(test)]
mod tests {
    use super::push_query;

    #[test]
    fn query_pairs_are_percent_encoded_and_joined() {
        let mut query = String::new();
        push_query(&mut query, "created_at[]", "2024-01-01");
        push_query(&mut query, "query", "王 五&x=1");
        assert_eq!(query, "created_at%5B%5D=2024-01-01&query=%E7%8E%8B%20%E4%BA%94%26x%3D1");
    }
}
