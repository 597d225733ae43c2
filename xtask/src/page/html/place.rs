//! Which line of the HTML a text came from: the parser does not say, so it is looked for behind the last one found.

pub(super) struct Place<'t> {
    source: &'t str,
    at: usize,
    line: usize,
    last: usize,
}

/// A text further away is not looked for: it is written with entities, and the last line found is near enough.
const WINDOW: usize = 16_384;
/// The beginning of a text is enough to know it by.
const NEEDLE: usize = 48;

impl<'t> Place<'t> {
    pub(super) fn new(source: &'t str) -> Place<'t> {
        Place {
            source,
            at: 0,
            line: 1,
            last: source.lines().count().max(1),
        }
    }

    /// The first line's number.
    pub(super) fn begin_at(&mut self, line: usize) {
        self.last = line + self.last - self.line;
        self.line = line;
    }

    /// The number of a line so much further down; code may have more lines than its page.
    pub(super) fn below(&self, line: usize, further: usize) -> usize {
        (line + further).clamp(1, self.last)
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// The line of the next place where `text` stands.
    pub(super) fn find(&mut self, text: &str) -> usize {
        let needle = cut(text, NEEDLE);
        let window = self
            .source
            .get(self.at..)
            .map(|rest| cut(rest, WINDOW))
            .unwrap_or_default();
        if let Some(found) = Some(needle)
            .filter(|needle| !needle.is_empty())
            .and_then(|needle| window.find(needle))
        {
            self.line += window.get(..found).map_or(0, |before| before.matches('\n').count());
            self.at += found;
        }
        self.line
    }
}

fn cut(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
