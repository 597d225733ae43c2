//! The same structs with plain derive.
//!
//! They read the documented examples and break on most drift; they are here to be measured against.
#![allow(missing_docs)]

pub mod ikcrm {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Address {
        pub id: Option<i64>,
        pub country: Option<Box<Region>>,
        pub province: Option<Box<Region>>,
        pub city: Option<Box<Region>>,
        pub district: Option<Box<Region>>,
        pub tel: Option<String>,
        pub phone: Option<String>,
        pub email: Option<String>,
        pub qq: Option<String>,
        pub fax: Option<String>,
        pub wechat: Option<String>,
        pub wangwang: Option<String>,
        pub zip: Option<String>,
        pub url: Option<String>,
        pub detail_address: Option<String>,
        pub lat: Option<f64>,
        pub lng: Option<f64>,
        pub distance: Option<String>,
        pub region_info: Option<String>,
        pub off_distance: Option<i64>,
        pub country_id: Option<i64>,
        pub province_id: Option<i64>,
        pub city_id: Option<i64>,
        pub district_id: Option<i64>,
        pub addressable_id: Option<i64>,
        pub addressable_type: Option<String>,
        pub created_at: Option<String>,
        pub updated_at: Option<String>,
        pub snippet: Option<serde_json::Value>,
        pub organization_id: Option<i64>,
        pub mode: Option<String>,
        pub time_format: Option<String>,
        pub use_to_json: Option<bool>,
        pub tel_hidden_result: Option<String>,
        pub phone_hidden_result: Option<String>,
        pub gaode_staticmap: Option<String>,
        pub full_address: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Contact {
        pub id: Option<i64>,
        pub name: Option<String>,
        pub name_pinyin: Option<String>,
        pub job: Option<String>,
        pub customer_id: Option<i64>,
        pub customer_name: Option<String>,
        pub have_image: Option<bool>,
        pub address: Option<Box<Address>>,
        pub need_hidden_dispose: Option<bool>,
        pub updated_at: Option<String>,
        pub is_user_self: Option<bool>,
        pub wx_external_userid: Option<String>,
        pub wx_contact_type: Option<i64>,
        pub department: Option<String>,
        pub category: Option<String>,
        pub category_mapped: Option<String>,
        pub gender: Option<String>,
        pub note: Option<String>,
        pub birth_date: Option<String>,
        pub gender_i18n: Option<String>,
        pub created_at: Option<String>,
        pub attachment: Option<serde_json::Value>,
        pub customer: Option<Box<Customer>>,
        pub user: Option<Box<User>>,
        pub is_own: Option<bool>,
        pub creator: Option<Box<User>>,
        pub ding_ext_contact_id: Option<i64>,
        pub card_attachment: Option<serde_json::Value>,
        pub user_id: Option<i64>,
        pub user_name: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct CustomFieldTemplate {
        pub id: Option<i64>,
        pub name: Option<String>,
        pub position: Option<i64>,
        pub status: Option<i64>,
        pub is_usable: Option<bool>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Customer {
        pub id: Option<i64>,
        pub name: Option<String>,
        pub status: Option<String>,
        pub status_mapped: Option<String>,
        pub note: Option<String>,
        pub category: Option<String>,
        pub category_mapped: Option<String>,
        pub source: Option<String>,
        pub source_mapped: Option<String>,
        pub industry: Option<String>,
        pub industry_mapped: Option<String>,
        pub staff_size: Option<i64>,
        pub staff_size_display: Option<String>,
        pub staff_size_mapped: Option<String>,
        pub created_at: Option<String>,
        pub updated_at: Option<String>,
        pub is_own: Option<bool>,
        pub attachments: Option<String>,
        pub company_name: Option<String>,
        pub is_has_policy_for_assist_user: Option<bool>,
        pub address: Option<Box<Address>>,
        pub user: Option<Box<User>>,
        pub owned_department: Option<Box<Department>>,
        pub name_pinyin: Option<String>,
        pub user_id: Option<i64>,
        pub user_name: Option<String>,
        #[serde(default)]
        pub contacts: Vec<Contact>,
        pub revisit_at: Option<String>,
        pub qixinbao_id: Option<String>,
        pub creator: Option<Box<User>>,
        pub is_user_self: Option<bool>,
        pub approve_status: Option<String>,
        pub approve_status_i18n: Option<String>,
        #[serde(default)]
        pub labels: Vec<Label>,
        pub parent: Option<Box<Customer>>,
        pub is_my_assist_entity: Option<bool>,
        pub cio_pid: Option<String>,
        pub is_subscribed: Option<bool>,
        pub before_user: Option<Box<User>>,
        pub before_owned_department: Option<Box<Department>>,
        pub not_revisit_at_time_str: Option<String>,
        pub history_contarct_money: Option<f64>,
        pub total_have_receive_pay: Option<f64>,
        pub total_not_receive_pay: Option<f64>,
        pub is_editable: Option<bool>,
        pub flow_into_at: Option<String>,
        pub expect_flow_at: Option<String>,
        pub need_hidden_dispose: Option<bool>,
        pub revisit_remind_at: Option<String>,
        pub customer_common_setting_id: Option<i64>,
        pub before_customer_common_setting: Option<serde_json::Value>,
        pub step: Option<i64>,
        #[serde(default)]
        pub notify_users: Vec<User>,
        pub wx_external_userid: Option<String>,
        pub custom_field_template_id: Option<i64>,
        pub step_can_approve: Option<bool>,
        pub can_revert_applying: Option<bool>,
        pub need_approve_step: Option<i64>,
        pub can_approve: Option<bool>,
        pub wx_contact_type: Option<i64>,
        pub custom_field_template: Option<Box<CustomFieldTemplate>>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Department {
        pub id: Option<i64>,
        pub name: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Label {
        pub id: Option<i64>,
        pub name: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Opportunity {
        pub id: Option<i64>,
        pub user_id: Option<i64>,
        pub user_name: Option<String>,
        pub title: Option<String>,
        pub customer_id: Option<i64>,
        pub customer_name: Option<String>,
        pub stage: Option<String>,
        pub stage_mapped: Option<String>,
        pub expect_amount: Option<String>,
        pub expect_sign_date: Option<String>,
        pub source: Option<String>,
        pub sign_possibility: Option<serde_json::Value>,
        pub sign_possibility_display: Option<String>,
        pub source_mapped: Option<String>,
        pub real_revisit_at: Option<String>,
        pub is_user_self: Option<bool>,
        pub approve_status: Option<String>,
        pub approve_status_i18n: Option<String>,
        pub updated_at: Option<String>,
        pub created_at: Option<String>,
        pub customer: Option<Box<Customer>>,
        pub get_time: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Region {
        pub id: Option<i64>,
        pub name: Option<String>,
        pub pinyin: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Role {
        pub id: Option<i64>,
        pub name: Option<String>,
        pub entity_grant_scope: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct User {
        pub id: Option<i64>,
        pub email: Option<String>,
        pub created_at: Option<String>,
        pub name: Option<String>,
        pub organization_id: Option<i64>,
        pub phone: Option<String>,
        pub role_id: Option<i64>,
        pub workflow_state: Option<String>,
        pub job: Option<String>,
        pub tel: Option<String>,
        pub gender: Option<String>,
        pub avatar_url: Option<String>,
        pub confirmed_phone_at: Option<String>,
        pub department_name: Option<String>,
        pub role: Option<String>,
        pub role_json: Option<Box<Role>>,
        pub department_id: Option<i64>,
        pub departments_manager: Option<bool>,
        pub is_super_user: Option<bool>,
        pub pending_report: Option<bool>,
        pub superior_id: Option<i64>,
        pub superior_name: Option<String>,
        pub organization_name: Option<String>,
        pub have_new_feature_on_sales_circle: Option<bool>,
        pub sales_circle_msg_count: Option<i64>,
        #[serde(default)]
        pub assist_departments: Vec<Department>,
        pub locked_at: Option<String>,
        pub enabled_number_hidden_dispose: Option<bool>,
        pub dingtalk_userid: Option<i64>,
        pub uid: Option<i64>,
        pub organization_oid: Option<i64>,
    }
}

pub mod dustess {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct BatchEditCustomerAnswer {
        pub fail: Option<Vec<BatchRow>>,
        pub success: Option<Vec<BatchRow>>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct BatchRow {
        pub code: Option<i64>,
        pub index: Option<i64>,
        pub id: Option<String>,
        pub msg: Option<String>,
        pub uuid: Option<String>,
        pub external_id: Option<String>,
        pub inside_id: Option<String>,
        #[serde(default)]
        pub exist_cus_ids: Vec<String>,
        pub repeat_index: Option<i64>,
    }
}

pub mod moduledata {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct ClueOcpcData {
        #[serde(default)]
        pub value: Vec<serde_json::Value>,
        pub display: Option<String>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Customer {
        pub name: Option<String>,
        pub source: Option<Box<Source>>,
        pub note: Option<String>,
        pub phone: Option<String>,
        pub id: Option<String>,
        pub own_id: Option<serde_json::Value>,
        pub is_clue: Option<i64>,
        pub is_public: Option<i64>,
        pub created_id: Option<Box<User>>,
        pub updated_id: Option<Box<User>>,
        pub product_line_id: Option<String>,
        pub title: Option<String>,
        pub updated_at: Option<String>,
        pub created_at: Option<String>,
        #[serde(default)]
        pub tags: Vec<serde_json::Value>,
        #[serde(rename = "_team_info")]
        pub team_info: Option<bool>,
        #[serde(rename = "_can_edit")]
        pub can_edit: Option<bool>,
        #[serde(rename = "_can_del")]
        pub can_del: Option<bool>,
        #[serde(rename = "_flow")]
        pub flow: Option<bool>,
        pub is_favorite: Option<bool>,
        #[serde(rename = "_coming_free")]
        pub coming_free: Option<bool>,
        #[serde(rename = "_left_days")]
        pub left_days: Option<i64>,
        pub clue_is_assign: Option<bool>,
        pub client_position: Option<String>,
        pub last_own_id: Option<serde_json::Value>,
        pub last_seas_at: Option<String>,
        pub move_seas_times: Option<i64>,
        pub move_seas_type: Option<i64>,
        pub last_follow_log: Option<String>,
        pub last_follow_at: Option<String>,
        pub last_deal_at: Option<String>,
        pub last_deal_money: Option<String>,
        pub assign_at: Option<String>,
        pub deleted_id: Option<serde_json::Value>,
        pub life_cycle_id: Option<serde_json::Value>,
        pub clue_user: Option<serde_json::Value>,
        pub first_assign_time: Option<i64>,
        pub first_assign_diff: Option<String>,
        pub is_lock: Option<i64>,
        #[serde(rename = "clientListAndSeas")]
        pub client_list_and_seas: Option<serde_json::Value>,
        pub next_follow_at: Option<String>,
        pub clue_id_unique: Option<String>,
        pub clue_ocpc_data: Option<Box<ClueOcpcData>>,
        pub deleted_at: Option<String>,
        #[serde(rename = "_flow_node_name")]
        pub flow_node_name: Option<serde_json::Value>,
        #[serde(rename = "_flow_status")]
        pub flow_status: Option<serde_json::Value>,
        pub last_life_cycle_id: Option<String>,
        pub canedit: Option<bool>,
        pub candelete: Option<bool>,
        pub teaminfo: Option<bool>,
        pub api_setting_id: Option<String>,
        pub api_platform: Option<String>,
        pub clue_is_black: Option<i64>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct LifeCycle {}

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct Source {
        pub id: Option<String>,
        pub name: Option<String>,
        pub group_id: Option<String>,
        pub is_active: Option<bool>,
        pub color: Option<String>,
        pub sort_num: Option<i64>,
        pub is_default: Option<i64>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct UpdateCustomerAnswer {
        pub item: Option<Box<Customer>>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
    pub struct User {
        pub id: Option<String>,
        pub name: Option<String>,
        pub avatar_url: Option<String>,
    }
}

/// An answer in its wrapper.
#[derive(Debug, serde::Deserialize)]
pub struct Envelope<T> {
    pub code: Option<i64>,
    pub success: Option<bool>,
    pub message: Option<String>,
    pub msg: Option<String>,
    pub data: T,
}
