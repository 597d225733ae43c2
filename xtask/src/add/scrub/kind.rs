//! What a value is, by its key and by its form.

/// The kinds of data that are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Phone,
    Mail,
    Name,
    Address,
    Coordinate,
    /// Tokens, passwords, identity and account numbers: the same characters in another order of classes.
    Code,
    Url,
    Ip,
    Birthday,
    /// What people wrote.
    Text,
}

/// By the whole key, or by how it ends; letters only, in lower case.
const KEYS: &[(Kind, &str, &str)] = &[
    (
        Kind::Code,
        "qq wx sign",
        "token secret password passwd pwd signature cookie session authorization apikey accesskey credential ticket openid unionid idcard identity \
         cardno cardnumber bankcard account wechat weixin wangwang idnumber certno passport taxno creditcode license plate imei mac deviceid",
    ),
    (
        Kind::Phone,
        "tel fax",
        "phone mobile telephone tel cellphone phonenumber mobilenumber phonehiddenresult telhiddenresult fax callee caller dialnumber phones mobiles",
    ),
    (Kind::Mail, "", "email mail mailbox emails"),
    (Kind::Birthday, "birth", "birthday birthdate dateofbirth"),
    (Kind::Coordinate, "lat lng lon", "latitude longitude"),
    (Kind::Ip, "ip", "clientip ipaddress loginip remoteip"),
    (
        Kind::Url,
        "url href link",
        "avatarurl avatar headimgurl imageurl fileurl photo",
    ),
    (
        Kind::Address,
        "addr street province city district zip",
        "address detailaddress fulladdress addressdetail location regioninfo region provcity postcode zipcode hometown",
    ),
    (
        Kind::Name,
        "name contact owner creator author operator receiver linkman leader boss 姓名 联系人 负责人 客户 客户名称 公司",
        "username nickname realname fullname truename contactname customername companyname corpname corpfullname pinyin alias displayname ownername creatorname \
         name consignee",
    ),
    (
        Kind::Text,
        "desc text body",
        "note notes remark remarks description content comment memo reason summary feedback introduction title subject followlog requirement",
    ),
    (
        Kind::Id,
        "id ids uid uuid guid oid pid no code1",
        "id ids uid uuid userid guid oid uids sn orderno serialno",
    ),
];

/// Keys that end like a name and name a thing of the API.
const NO_NAMES: &[&str] = &[
    "fieldname",
    "columnname",
    "tablename",
    "typename",
    "statusname",
    "stagename",
    "eventname",
    "modelname",
    "actionname",
    "classname",
    "methodname",
];

pub(super) fn of_key(key: &str) -> Option<Kind> {
    let letters: String = key
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase();
    if NO_NAMES.contains(&letters.as_str()) {
        return None;
    }
    if is_tenant_key(key) {
        return Some(Kind::Text);
    }
    KEYS.iter()
        .find(|(_, whole, ends)| {
            whole.split_ascii_whitespace().any(|word| word == letters)
                || ends.split_ascii_whitespace().any(|word| letters.ends_with(word))
        })
        .map(|(kind, _, _)| *kind)
}

/// A tenant's own field: `text_asset_792fcc`, `input_1680509561692`. What stands in it nobody knows.
fn is_tenant_key(key: &str) -> bool {
    let Some((stem, tail)) = key.rsplit_once('_') else {
        return false;
    };
    let plain = ["text", "input", "textarea"].contains(&stem) || stem.ends_with("_asset");
    plain && tail.len() >= 6 && tail.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Values that stand for nothing, and dates and amounts, which are nobody's.
pub(super) fn says_nothing(text: &str) -> bool {
    let is_date = text.len() >= 8
        && text.chars().all(|c| c.is_ascii_digit() || "-/: TZ.+".contains(c))
        && text.contains([':', '-', '/'])
        && text.matches(['-', '/']).count() == 2
        && text.starts_with(['1', '2']);
    let is_word = matches!(
        text,
        "true" | "false" | "null" | "none" | "ok" | "OK" | "success" | "male" | "female"
    );
    is_date || is_word
}

/// By the whole value.
pub(super) fn of_value(text: &str) -> Option<Kind> {
    if text.starts_with("http://") || text.starts_with("https://") {
        return Some(Kind::Url);
    }
    match parts(text).as_slice() {
        [(_, kind)] => *kind,
        _ => None,
    }
}

/// A mobile number written as a number.
pub(super) fn of_number(text: &str) -> Option<Kind> {
    is_mobile(text).then_some(Kind::Phone)
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.starts_with('1')
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b))
}

/// The text in pieces, those that are somebody's data with their kind.
pub(super) fn parts(text: &str) -> Vec<(&str, Option<Kind>)> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.find(|c: char| !is_run(c)).unwrap_or(rest.len());
        let run = rest.get(..length).unwrap_or_default();
        if let Some(kind) = of_run(run) {
            parts.extend(
                text.get(from..at)
                    .filter(|before| !before.is_empty())
                    .map(|before| (before, None)),
            );
            parts.push((run, Some(kind)));
            from = at + length;
        }
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    parts.extend(
        text.get(from..)
            .filter(|rest| !rest.is_empty())
            .map(|rest| (rest, None)),
    );
    parts
}

fn is_run(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '@' | '.' | '_' | '*')
}

fn of_run(run: &str) -> Option<Kind> {
    if let Some((local, host)) = run.split_once('@') {
        return (!local.is_empty() && host.contains('.')).then_some(Kind::Mail);
    }
    let digits = run.trim_start_matches('+');
    let digits = if run.starts_with('+') {
        digits.strip_prefix("86").unwrap_or(digits)
    } else {
        digits
    };
    let plain: String = digits.chars().filter(|c| *c != '-').collect();
    let landline = digits.starts_with('0')
        && digits.contains('-')
        && (10..=12).contains(&plain.len())
        && plain.bytes().all(|b| b.is_ascii_digit());
    if is_mobile(&plain)
        || landline
        || (run.starts_with('+') && plain.len() >= 8 && plain.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(Kind::Phone);
    }
    let masked = run.contains("**") && run.bytes().filter(u8::is_ascii_digit).count() >= 6;
    if masked {
        return Some(Kind::Phone);
    }
    let (body, check) = run.split_at_checked(run.len().saturating_sub(1))?;
    let is_identity = run.len() == 18
        && body.bytes().all(|b| b.is_ascii_digit())
        && check.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
        && matches!(run.get(6..8), Some("19" | "20"))
        && matches!(
            run.get(10..12),
            Some("01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12")
        );
    if is_identity {
        return Some(Kind::Code);
    }
    let octets: Vec<&str> = run.split('.').collect();
    let is_ip = octets.len() == 4 && octets.iter().all(|octet| octet.parse::<u8>().is_ok());
    is_ip.then_some(Kind::Ip)
}
