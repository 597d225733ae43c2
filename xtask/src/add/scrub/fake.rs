//! Fakes: of the same form as what they stand for, and always the same for the same value.

use sha2::{Digest, Sha256};

use super::kind::Kind;

/// Where fakes come from.
pub(super) struct Source {
    salt: Vec<u8>,
}

/// An endless stream of bytes for one value.
struct Dice {
    seed: Vec<u8>,
    round: u32,
    block: Vec<u8>,
}

impl Dice {
    fn next(&mut self) -> usize {
        if self.block.is_empty() {
            self.round += 1;
            let hash = Sha256::new()
                .chain_update(&self.seed)
                .chain_update(self.round.to_be_bytes())
                .finalize();
            self.block = hash.to_vec();
        }
        usize::from(self.block.pop().unwrap_or_default())
    }

    fn digit(&mut self) -> char {
        char::from_digit((self.next() % 10) as u32, 10).unwrap_or('0')
    }

    fn of(&mut self, choices: &str) -> char {
        let count = choices.chars().count().max(1);
        let index = self.next() % count;
        choices.chars().nth(index).unwrap_or('x')
    }
}

const SURNAMES: &str = "江河湖海云霞林森岳川石泉";
const GIVEN: &str = "一二三四五六七八九十甲乙丙丁明朗清和";
const WORDS: &str = "示例文字样本内容演习";

impl Source {
    /// The salt is the answer itself.
    pub(super) fn salted(answer: &str) -> Source {
        Source {
            salt: Sha256::digest(answer.as_bytes()).to_vec(),
        }
    }

    /// The fake of a value; another attempt gives another one.
    pub(super) fn fake(&self, text: &str, kind: Kind, attempt: u8) -> String {
        let seed = Sha256::new()
            .chain_update(&self.salt)
            .chain_update(text)
            .chain_update([attempt])
            .finalize()
            .to_vec();
        let mut dice = Dice {
            seed,
            round: 0,
            block: Vec::new(),
        };
        match kind {
            Kind::Phone => phone(text, &mut dice),
            Kind::Mail => format!("user{}@example.com", (0..5).map(|_| dice.digit()).collect::<String>()),
            Kind::Name => name(text, &mut dice),
            Kind::Url => url(text, &mut dice),
            Kind::Ip => format!("192.0.2.{}", dice.next()),
            Kind::Birthday => birthday(text, &mut dice),
            Kind::Coordinate => coordinate(text, &mut dice),
            Kind::Id | Kind::Code | Kind::Address | Kind::Text => alike(text, &mut dice),
        }
    }
}

/// Each character by one of its class; what separates them stays.
fn alike(text: &str, dice: &mut Dice) -> String {
    let hexadecimal =
        text.chars().all(|c| c.is_ascii_hexdigit() || c == '-') && text.chars().any(|c| c.is_ascii_alphabetic());
    let mut first = true;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let fake = match c {
            // A number must not begin with 0.
            '1'..='9' if first => dice.of("123456789"),
            '0'..='9' => dice.digit(),
            'a'..='f' if hexadecimal => dice.of("abcdef"),
            'A'..='F' if hexadecimal => dice.of("ABCDEF"),
            'a'..='z' => dice.of("abcdefghijklmnopqrstuvwxyz"),
            'A'..='Z' => dice.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            c if c.is_alphabetic() => dice.of(WORDS),
            c => c,
        };
        first = false;
        out.push(fake);
    }
    out
}

fn name(text: &str, dice: &mut Dice) -> String {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    if (2..=4).contains(&text.chars().count()) && text.chars().all(han) {
        let rest = text.chars().count() - 1;
        return std::iter::once(dice.of(SURNAMES))
            .chain((0..rest).map(|_| dice.of(GIVEN)))
            .collect();
    }
    // What a company's name ends with is nobody's.
    let ending = ["有限责任公司", "股份有限公司", "有限公司", "公司", "集团", "工作室"]
        .into_iter()
        .find(|ending| text.ends_with(ending))
        .unwrap_or_default();
    let stem = text.strip_suffix(ending).unwrap_or(text);
    format!("{}{ending}", alike(stem, dice))
}

/// Digits by digits; a mobile number keeps the first three of a number that nobody has.
fn phone(text: &str, dice: &mut Dice) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let country = if text.starts_with("+86") { 2 } else { 0 };
    let mobile = digits - country == 11 && text.chars().filter(char::is_ascii_digit).nth(country) == Some('1');
    let mut seen = 0;
    let mut out = String::new();
    for c in text.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
            continue;
        }
        let at = seen;
        seen += 1;
        out.push(match at {
            at if at < country => c,
            at if mobile => "13800".chars().nth(at - country).unwrap_or_else(|| dice.digit()),
            0 => c,
            _ => dice.digit(),
        });
    }
    out
}

fn url(text: &str, dice: &mut Dice) -> String {
    let path = text.split(['?', '#']).next().unwrap_or(text);
    let ending = path
        .rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('.'))
        .map(|(_, ending)| ending);
    let ending = ending.filter(|ending| {
        (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && path.matches('/').count() > 2
    });
    let name: String = (0..8).map(|_| dice.of("0123456789abcdef")).collect();
    format!(
        "https://example.com/{name}{}",
        ending.map(|ending| format!(".{ending}")).unwrap_or_default()
    )
}

/// Another day in the same notation.
fn birthday(text: &str, dice: &mut Dice) -> String {
    let mut numbers = [
        "1990".to_owned(),
        format!("{:02}", 1 + dice.next() % 12),
        format!("{:02}", 1 + dice.next() % 28),
    ]
    .into_iter();
    let mut out = String::new();
    let mut in_number = false;
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !in_number {
                out.push_str(&numbers.next().unwrap_or_else(|| "00".to_owned()));
            }
            in_number = true;
        } else {
            in_number = false;
            out.push(c);
        }
    }
    out
}

/// The sign and the number of digits stay.
fn coordinate(text: &str, dice: &mut Dice) -> String {
    let whole = text.trim_start_matches('-').split('.').next().map_or(0, str::len);
    let mut seen = 0;
    text.chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            seen += 1;
            match seen {
                1 if whole > 1 => '1',
                1 => c,
                _ => dice.digit(),
            }
        })
        .collect()
}
