//! dustess on loopback.

use std::sync::Arc;

use crm_core::model::{Json, Reveal};
use crm_core::{BatchReport, ContactPatch, Crm, CustomFields, Error, RecordId};
use crm_dustess::inputs::{ContactEdit, CustomFieldValue, Mobile};
use crm_dustess::models::BatchRow;
use crm_dustess::{BatchEditCustomer, Client};
use crm_testkit::mock::MockVendor;

use super::scene::{Answer, Body, DATA, Example, NEUTRAL, Scene, TYPED};
use super::step::Step;

/// Three contacts were sent when the page's second example came back.
const PARTIAL: Example = Example {
    file: "response-2.json",
    place: "/data",
};

pub(crate) async fn calls(mock: MockVendor) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(mock.base_url())
        .client_credentials("client-1", "secret")
        .build()?;
    let mut scene = Scene::new("dustess", mock);

    scene.mock.answer_with_example("batch_edit_customer", 1);
    let edit = BatchEditCustomer::new([contact_of_the_page()?]);
    let answer = async { client.send(edit).await.map(report) };
    scene
        .success::<BatchEditCustomer>(TYPED, "BatchEditCustomer", Body::Example, DATA, answer)
        .await;

    scene.mock.answer_with_example("batch_edit_customer", 2);
    let edit = BatchEditCustomer::new(["a", "b", "c"].map(|id| ContactEdit::new().id(id).remark("张三")));
    let (same, answer) = (Body::same_as(&edit)?, async { client.send(edit).await.map(report) });
    scene
        .success::<BatchEditCustomer>(TYPED, "BatchEditCustomer, half failed", same, PARTIAL, answer)
        .await;

    let crm: Arc<dyn Crm> = Arc::new(client);
    let same = ["a", "b", "c"].map(|id| {
        let mobiles = vec![Mobile::new().tel("13800000000").r#type("mobile").display("手机号")];
        ContactEdit::new()
            .id(id)
            .mobiles(mobiles)
            .custom_fields(vec![CustomFieldValue::radio("field01", "北区")])
    });
    let same = Body::same_as(&BatchEditCustomer::new(same))?;
    let answer = async {
        let fields = CustomFields::new().set("radio:field01", "北区");
        let patch = ContactPatch::new().phone("13800000000").custom_fields(fields);
        let rows = ["a", "b", "c"].map(|id| (RecordId::from(id), patch.clone()));
        let report = crm.update_contacts(rows.to_vec()).await?;
        let place = |input: Option<usize>| input.map_or_else(|| "unknown".to_owned(), |input| input.to_string());
        let failed = report
            .failed
            .iter()
            .map(|row| (place(row.input), row.value.code.as_deref().unwrap_or("none")));
        let failed = failed.map(|(input, code)| format!("row {input} failed with code {code}\n"));
        let shown = format!("{} rows saved\n{}", report.succeeded.len(), failed.collect::<String>());
        // The neutral rows as the page writes them: from 1, a success without a code.
        let row = |row: &crm_core::BatchRow<crm_core::BatchItem>, code: &str| {
            let id = row.value.id.as_ref().map(ToString::to_string).unwrap_or_default();
            format!(
                r#"{{"code":{code},"index":{},"id":"{id}","msg":""}}"#,
                row.input.map_or(0, |index| index + 1)
            )
        };
        let list = |rows: Vec<String>| rows.join(",");
        let succeeded = report.succeeded.iter().map(|one| row(one, "0")).collect();
        let failed = report
            .failed
            .iter()
            .map(|one| row(one, one.value.code.as_deref().unwrap_or("null")))
            .collect();
        let document = format!(r#"{{"fail":[{}],"success":[{}]}}"#, list(failed), list(succeeded));
        Ok(Answer { shown, document })
    };
    scene
        .success::<BatchEditCustomer>(NEUTRAL, "update_contacts, half failed", same, PARTIAL, answer)
        .await;

    let answer = async {
        crm.update_contact(&"a".into(), ContactPatch::new().fax("010-1234"))
            .await
            .map(drop)
    };
    scene.unsupported("update_contact, fax", "fax", answer).await;
    Ok(scene.finish())
}

/// The request that the page shows.
fn contact_of_the_page() -> Result<ContactEdit, Error> {
    let category = Json::from("00000000-0000-0000-0000-000000000000");
    Ok(ContactEdit::new()
        .id("d3e83957-175a-11eb-b365-1111111111111")
        .custom_fields(vec![
            CustomFieldValue::text("field01", ""),
            CustomFieldValue::checkbox("field71", ["撒旦法", "地方"]),
            CustomFieldValue::checkbox("field91", ["嗯嗯"]),
            CustomFieldValue::multi_cascader("field15", ["组01=testttest"]),
            CustomFieldValue::multi_cascader("field16", ["组01/组001/组001001=path/to/value"]),
        ])
        .mobiles(vec![
            Mobile::new().tel("12500010002").r#type("mobile").display("手机号"),
            Mobile::new()
                .tel("ead12312acxzcasd")
                .r#type("11b90rp60zya")
                .display("微信号"),
        ])
        // The example calls it categoryId where the table says category_id.
        .param("categoryId", category)
        .age(26)
        .remark("张三")
        .tags(vec![
            "etDolHEAAAF2A3f71_Y81111111111".to_owned(),
            "etDolHEAAAG0BIKWd7UHHP52U1111111".to_owned(),
        ])
        .source("searchEngines")
        .prov_city("天津市-天津市-河东区")
        .address("某村")
        .birthday("2020-09-16")
        .gender(1)
        .corp_full_name("北京尘锋信息技术有限公司")
        .corp_id("cda55210-9fe5-11ea-bce3-111111111111")
        .email("test@qq.com")
        .national("02")
        .position("高级工程师")
        .qq("test")
        .education("05")
        .description("我是描述")
        .nationality("中国")
        .id_card("23451521111")
        .wx("dsaf111")
        .major("工程造价"))
}

/// A report as the page's data place.
fn report(report: BatchReport<BatchRow>) -> Answer {
    let rows = |rows: &[crm_core::BatchRow<BatchRow>]| {
        let rows: Vec<String> = rows
            .iter()
            .filter_map(|row| serde_json::to_string(&row.value).ok())
            .collect();
        rows.join(",")
    };
    let place = |input: Option<usize>| input.map_or_else(|| "unknown".to_owned(), |input| input.to_string());
    let shown = report
        .failed
        .iter()
        .map(|row| format!("row {} failed: {:?}\n", place(row.input), Reveal(&row.value)));
    let shown = format!("{} rows saved\n{}", report.succeeded.len(), shown.collect::<String>());
    let document = format!(
        r#"{{"fail":[{}],"success":[{}]}}"#,
        rows(&report.failed),
        rows(&report.succeeded)
    );
    Answer { shown, document }
}
