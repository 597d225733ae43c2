//! The page's own date.

use std::sync::LazyLock;

use regex::Regex;

static UPDATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"更新时间|文档更新时间|修改于|更新于|最后更新(?:于|时间)?|最后修改(?:于|时间)?|最近更新(?:于|时间)?|最近修改(?:于|时间)?|修改时间|更新日期|修改日期|最后编辑(?:于|时间)?|编辑于|(?i:last (?:updated|modified|edited)(?: (?:on|at))?|updated(?: at| on)?|modified(?: at| on)?)";
    Regex::new(&format!(
        r"(?:{words})\s*[:：]?\s*(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})"
    ))
    .ok()
});

/// The date of a line that says when the page was changed last, as `YYYY-MM-DD`.
pub(super) fn updated(text: &str) -> Option<String> {
    if text.len() > 300 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = UPDATED.as_ref()?.captures(text)?;
    let number = |index: usize| found.get(index).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let (month, day) = (i8::try_from(number(2)?).ok()?, i8::try_from(number(3)?).ok()?);
    jiff::civil::Date::new(number(1)?, month, day)
        .ok()
        .map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_a_change_is_found_in_a_footer() {
        for (text, date) in [
            ("文档更新时间: 2025-04-29 14:18 作者:某人", Some("2025-04-29")),
            ("修改于 2025-03-18 02:33:41", Some("2025-03-18")),
            ("最后编辑:admin  更新时间:2024-10-19 12:15", Some("2024-10-19")),
            ("最后更新于 2024年3月5日", Some("2024-03-05")),
            ("Last updated: 2024/12/01", Some("2024-12-01")),
            ("作者:admin  创建时间:2024-10-17 14:27", None),
            ("更新时间:2024-13-19", None),
            ("updated_time | datetime | 改动时间", None),
        ] {
            assert_eq!(updated(text).as_deref(), date, "{text}");
        }
    }
}
