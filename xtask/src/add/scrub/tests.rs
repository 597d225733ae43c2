#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

const ANSWER: &str = r#"{
  "code": 0,
  "message": "张三丰 的电话 13912345678 已存在",
  "data": {
    "id": 5524470, "user_id": 257, "uuid": "ad14ce98-ee88-11ea-9926-acde48001122", "parent_id": 0,
    "name": "张三丰", "customer_name": "四海贸易有限公司", "name_pinyin": "zhangsanfeng", "field_name": "text_field",
    "phone": "13912345678", "phone_hidden_result": "139****5678", "tel": "010-64881989", "fax": "+8621545101",
    "email": "zhang@corp.example.cn", "address": {"detail_address": "朝阳门外大街18号", "lat": 31.208853, "lng": 0.0},
    "note": "住在三楼,姓张", "text_asset_792fcc": "内部备注", "status": "3465", "amount": "20000.0", "created_at": "2018-09-18 15:00",
    "avatar_url": "https://img.corp.example/u/257.png?t=9", "token": "eyJhbGciOi.J9.ab_12", "birthday": "2005-02-03",
    "id_card": "11010519850203123X", "remark_text": "微信联系 wx@mail.example.com", "ip": "10.1.2.3", "owner": {"id": 257, "name": "张三丰"},
    "is_own": true, "qq": "", "ids": ["100200300", "100200301"]
  }
}"#;

fn at<'j>(json: &'j Json, path: &str) -> &'j Json {
    path.split('.').fold(json, |json, key| json.get(key).unwrap())
}

fn text(json: &Json, path: &str) -> String {
    match at(json, path) {
        Json::String(text) | Json::Number(text) => text.clone(),
        other => panic!("{path}: {other}"),
    }
}

#[test]
fn nobodys_data_is_left() {
    let scrubbed = scrub(&Json::parse(ANSWER).unwrap()).pretty();
    for personal in [
        "5524470",
        ": 257",
        "ad14ce98",
        "张三丰",
        "四海",
        "zhangsanfeng",
        "13912345678",
        "139****5678",
        "64881989",
        "545101",
        "zhang@",
        "朝阳",
        "31.208853",
        "三楼",
        "内部备注",
        "img.corp",
        "eyJhbGci",
        "2005",
        "110105",
        "wx@mail",
        "10.1.2.3",
        "100200300",
    ] {
        assert!(!scrubbed.contains(personal), "{personal} is left in {scrubbed}");
    }
}

#[test]
fn fakes_have_the_form_of_what_they_stand_for() {
    let scrubbed = scrub(&Json::parse(ANSWER).unwrap());
    assert_eq!(text(&scrubbed, "data.id").len(), 7);
    assert!(matches!(at(&scrubbed, "data.id"), Json::Number(_)));
    assert_eq!(
        text(&scrubbed, "data.uuid")
            .match_indices('-')
            .map(|(at, _)| at)
            .collect::<Vec<_>>(),
        [8, 13, 18, 23]
    );
    assert!(text(&scrubbed, "data.phone").starts_with("13800"));
    assert_eq!(text(&scrubbed, "data.phone").len(), 11);
    assert!(text(&scrubbed, "data.phone_hidden_result").contains("****"));
    assert!(text(&scrubbed, "data.customer_name").ends_with("有限公司"));
    assert_eq!(text(&scrubbed, "data.name").chars().count(), 3);
    assert!(text(&scrubbed, "data.email").ends_with("@example.com"));
    assert!(
        text(&scrubbed, "data.avatar_url").starts_with("https://example.com/")
            && text(&scrubbed, "data.avatar_url").ends_with(".png")
    );
    assert_eq!(text(&scrubbed, "data.token").match_indices('.').count(), 2);
    assert!(text(&scrubbed, "data.birthday").starts_with("1990-"));
}

#[test]
fn the_same_value_gets_the_same_fake_everywhere() {
    let scrubbed = scrub(&Json::parse(ANSWER).unwrap());
    assert_eq!(text(&scrubbed, "data.user_id"), text(&scrubbed, "data.owner.id"));
    assert_eq!(text(&scrubbed, "data.name"), text(&scrubbed, "data.owner.name"));
    assert!(text(&scrubbed, "message").contains(&text(&scrubbed, "data.phone")));
    assert!(text(&scrubbed, "message").contains(&text(&scrubbed, "data.name")));
    assert_eq!(scrub(&Json::parse(ANSWER).unwrap()), scrubbed);
}

#[test]
fn what_is_nobodys_stays() {
    let scrubbed = scrub(&Json::parse(ANSWER).unwrap());
    for (path, kept) in [
        ("code", "0"),
        ("data.parent_id", "0"),
        ("data.status", "3465"),
        ("data.amount", "20000.0"),
        ("data.created_at", "2018-09-18 15:00"),
        ("data.field_name", "text_field"),
        ("data.address.lng", "0.0"),
        ("data.qq", ""),
    ] {
        assert_eq!(text(&scrubbed, path), kept, "{path}");
    }
    assert_eq!(at(&scrubbed, "data.is_own"), &Json::Bool(true));
}
