//! A curl command as an example of a request.

use super::table::Line;
use crate::json::Json;
use crate::json::mend;

/// What a curl command says.
#[derive(Debug, Default)]
pub(super) struct Curl {
    pub(super) method: Option<String>,
    pub(super) url: Option<String>,
    /// The JSON body, and the page's line of each value in it.
    pub(super) body: Option<(Json, Vec<usize>)>,
}

/// Longer commands are none.
const MAX_LINES: usize = 500;

pub(super) fn begins(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches(['$', '`', '>', ' ']);
    text.starts_with("curl ")
}

/// The command that begins on the first line, and how many lines it has.
pub(super) fn read(lines: &[Line<'_>]) -> (Option<Curl>, usize) {
    let mut command = String::new();
    let mut quote = None;
    let mut count = 0;
    for line in lines.iter().take(MAX_LINES) {
        let text = line.text.trim_end();
        if count > 0 && quote.is_none() && text.trim_start().starts_with("```") {
            break;
        }
        count += 1;
        quote = quote_after(text, quote);
        let goes_on = text.strip_suffix(['\\', '^']);
        command.push_str(goes_on.filter(|_| quote.is_none()).unwrap_or(text));
        if quote.is_none() && goes_on.is_none() {
            break;
        }
        command.push('\n');
    }
    let first = lines.first().map_or(0, |line| line.number);
    if quote.is_some() {
        // The quote never closes: only the first line is the command.
        return (words(lines.first().map_or("", |line| line.text), first, lines), 1);
    }
    (words(&command, first, lines), count.max(1))
}

/// The quote that is open behind a line.
fn quote_after(text: &str, mut open: Option<char>) -> Option<char> {
    let mut escaped = false;
    for c in text.chars() {
        match (open, c) {
            _ if escaped => escaped = false,
            (Some('\''), '\'') => open = None,
            (Some('\''), _) => {}
            (_, '\\') => escaped = true,
            (Some(quote), c) if c == quote => open = None,
            (None, '\'' | '"') => open = Some(c),
            _ => {}
        }
    }
    open
}

fn words(command: &str, line: usize, lines: &[Line<'_>]) -> Option<Curl> {
    let command = command
        .trim()
        .trim_start_matches(['$', '`', '>', ' '])
        .trim_end_matches('`');
    let words = shlex::split(command)?;
    let mut found = Curl::default();
    let mut words = words.into_iter().skip(1).peekable();
    let mut data = None;
    let mut get = false;
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" | "--request" => found.method = words.next().map(|method| method.to_uppercase()),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--json" | "--data-ascii" => {
                data = data.or(words.next())
            }
            "--url" => found.url = words.next(),
            "-G" | "--get" => get = true,
            "-H" | "--header" | "-u" | "--user" | "-F" | "--form" | "--data-urlencode" | "-o" | "--output" | "-A"
            | "-b" | "--cookie" | "-e" | "-m" | "--max-time" => {
                words.next();
            }
            _ if word.starts_with("-X") => found.method = word.get(2..).map(str::to_uppercase),
            _ if word.starts_with("-d") && word.len() > 2 => data = data.or(word.get(2..).map(str::to_owned)),
            _ if word.starts_with('-') => {}
            _ if found.url.is_none() => found.url = Some(word),
            _ => {}
        }
    }
    if found.method.is_none() && found.url.is_some() {
        found.method = Some(if data.is_some() && !get { "POST" } else { "GET" }.to_owned());
    }
    if let Some(body) = data.filter(|body| body.trim_start().starts_with(['{', '['])) {
        let start = body.len() - body.trim_start().len();
        let json = mend::read(&body, start, body.len());
        // The body's first line tells where on the page it stands.
        let opening = body.trim_start().lines().next().unwrap_or_default().trim_end();
        let first = lines
            .iter()
            .take(MAX_LINES)
            .find(|line| line.text.contains(opening))
            .map_or(line, |line| line.number);
        let line_of = |offset: usize| first + body.get(start..offset).map_or(0, |before| before.matches('\n').count());
        let lines = json.offsets.iter().map(|offset| line_of(*offset)).collect();
        found.body = Some((json.value, lines));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_command_over_several_lines_says_method_url_and_body() {
        let text = "curl -X 'POST' \\\n  'https://h.example/v1/x?t=1' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\n  \"a\": 1\n}'\nnext";
        let lines: Vec<_> = text
            .lines()
            .enumerate()
            .map(|(at, text)| Line { number: at + 10, text })
            .collect();
        assert!(begins(lines[0].text));
        let (found, count) = read(&lines);
        let found = found.unwrap();
        assert_eq!(count, 6);
        assert_eq!(
            (found.method.as_deref(), found.url.as_deref()),
            (Some("POST"), Some("https://h.example/v1/x?t=1"))
        );
        let (body, lines) = found.body.unwrap();
        assert_eq!(body, Json::parse("{\"a\":1}").unwrap());
        assert_eq!(lines, [13, 14]);
    }

    #[test]
    fn a_command_that_never_closes_its_quote_takes_one_line() {
        let lines = [
            Line {
                number: 1,
                text: "curl https://h.example/x -d '{",
            },
            Line {
                number: 2,
                text: "text",
            },
        ];
        assert_eq!(read(&lines).1, 1);
    }
}
