//! Two spellings of one name: `category_id` and `categoryId`, `canedit` and `_can_edit`, `id` and `uuid`.

/// Whether two different keys are one name, written in two ways.
pub(super) fn are_twins(one: &str, other: &str) -> bool {
    one != other && (bare(one) == bare(other) || same_id(one, other) || cut_short(one, other) || cut_short(other, one))
}

/// Only letters and digits, in lower case.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// `customer_uuid` for `customer_id`.
fn same_id(one: &str, other: &str) -> bool {
    let rest = |name: &str| {
        let name = bare(name);
        ["uuid", "guid", "uid", "id"]
            .iter()
            .find_map(|ending| name.strip_suffix(ending).map(str::to_owned))
    };
    rest(one).is_some_and(|one| rest(other) == Some(one))
}

/// `_can_del` for `candelete`: the short one ends inside a word of the long one. `clue_user` is not cut from
/// `clue_user_id`: that is a word more.
fn cut_short(long: &str, short: &str) -> bool {
    const AT_LEAST: usize = 5;
    const AT_MOST_CUT: usize = 4;
    let (whole, part) = (bare(long), bare(short));
    let (length, cut) = (
        part.chars().count(),
        whole.chars().count().saturating_sub(part.chars().count()),
    );
    if length < AT_LEAST || cut == 0 || cut > AT_MOST_CUT || !whole.starts_with(&part) {
        return false;
    }
    let rest: String = long.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let mut seen = 0;
    let after = rest.char_indices().find(|(_, c)| {
        seen += usize::from(c.is_alphanumeric());
        seen > length
    });
    let Some((at, first)) = after else { return false };
    let begins_a_word = first.is_uppercase() || first.is_ascii_digit() || rest[..at].ends_with('_');
    !begins_a_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_two_spellings_is_seen() {
        for (one, other) in [
            ("category_id", "categoryId"),
            ("canedit", "_can_edit"),
            ("candelete", "_can_del"),
            ("teaminfo", "_team_info"),
            ("id", "uuid"),
            ("customer_id", "customerUuid"),
        ] {
            assert!(are_twins(one, other) && are_twins(other, one), "{one} {other}");
        }
    }

    #[test]
    fn two_names_are_two() {
        for (one, other) in [
            ("clue_user", "clue_user_id"),
            ("status", "status_mapped"),
            ("created_at", "created_id"),
            ("deleted_at", "deleted_id"),
            ("clue_is_black", "clue_is_assign"),
            ("userId", "userIdList"),
            ("life_cycles_day", "life_cycles_day1"),
            ("id", "id"),
            ("id", "idx"),
            ("user_id", "role_id"),
        ] {
            assert!(!are_twins(one, other) && !are_twins(other, one), "{one} {other}");
        }
    }
}
