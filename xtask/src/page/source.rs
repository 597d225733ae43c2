//! From a saved page's bytes to its lines.

use super::document::Document;

pub(super) fn document(page: &[u8]) -> Document {
    let text = decode(page);
    let mut document = Document::default();
    for (index, line) in text.lines().enumerate() {
        document.line(index + 1, line);
    }
    document
}

/// UTF-8 or UTF-16 by its mark, UTF-8 if it is that, else GB 18030, which GBK and GB 2312 are parts of.
fn decode(page: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(page) {
        return encoding
            .decode_without_bom_handling(page.get(mark..).unwrap_or_default())
            .0
            .into_owned();
    }
    match std::str::from_utf8(page) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(page);
            if broken {
                String::from_utf8_lossy(page).into_owned()
            } else {
                text.into_owned()
            }
        }
    }
}
