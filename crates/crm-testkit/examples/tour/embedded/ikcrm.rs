//! ikcrm on loopback.

use std::sync::Arc;

use crm_core::{ContactPatch, Crm, Error, Gender, NewCustomer, OpportunityPatch, Patch, RecordId, Region};
use crm_ikcrm::inputs::{AddressAttributes, ContactsAttributes, OpportunitiesAttributes};
use crm_ikcrm::{Client, CreateCommonCustomer, PublicSea, UpdateContact, UpdateOpportunity};
use crm_testkit::mock::MockVendor;

use super::scene::{Answer, Body, DATA, NEUTRAL, Scene, TYPED};
use super::step::Step;

pub(crate) async fn calls(mock: MockVendor) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(mock.base_url())
        .login("13800000000", "secret", None)
        .build()?;
    let mut scene = Scene::new("ikcrm", mock);
    typed(&mut scene, &client).await;
    neutral(&mut scene, client).await?;
    Ok(scene.finish())
}

async fn typed(scene: &mut Scene, client: &Client) {
    let update = every_field_of_a_contact();
    let answer = async { client.send(update).await.map(|contact| Answer::of(&contact)) };
    scene
        .success::<UpdateContact>(TYPED, "UpdateContact", Body::EveryParameter, DATA, answer)
        .await;

    let create = every_field_of_a_customer();
    let answer = async { client.send(create).await.map(|customer| Answer::of(&customer)) };
    scene
        .success::<CreateCommonCustomer>(TYPED, "CreateCommonCustomer", Body::EveryParameter, DATA, answer)
        .await;

    // The page's example has two members that its table does not list.
    let update_opportunity = UpdateOpportunity::new(568587, "ccc", 1)
        .customer_requirement("aaaaa")
        .param("name", "cccc")
        .param("approve_status", "approved");
    let answer = async {
        client
            .send(update_opportunity)
            .await
            .map(|opportunity| Answer::of(&opportunity))
    };
    scene
        .success::<UpdateOpportunity>(TYPED, "UpdateOpportunity", Body::Example, DATA, answer)
        .await;

    let answer = async { client.send(UpdateContact::new(5524470).name("王五")).await.map(drop) };
    scene
        .refusal::<UpdateContact>(TYPED, "UpdateContact, refused", 2, answer)
        .await;
}

async fn neutral(scene: &mut Scene, client: Client) -> Result<(), Error> {
    let crm: Arc<dyn Crm> = Arc::new(PublicSea::new(client, 18));
    let id = RecordId::from("5524470");

    let same = UpdateContact::new(5524470)
        .name("王五")
        .department(Patch::Clear)
        .gender("female")
        .address_attributes(AddressAttributes::new().phone("13800000000"));
    let patch = ContactPatch::new()
        .name("王五")
        .department(Patch::Clear)
        .gender(Gender::Female)
        .phone("13800000000");
    let answer = async {
        let saved = crm.update_contact(&id, patch).await?;
        Ok(Answer::neutral(saved))
    };
    scene
        .success::<UpdateContact>(NEUTRAL, "update_contact", Body::same_as(&same)?, DATA, answer)
        .await;

    let same = CreateCommonCustomer::new(18)
        .name("某某科技")
        .address_attributes(AddressAttributes::new().tel("010-12345678"))
        .contacts_attributes(ContactsAttributes::new().name("王五"));
    let answer = async {
        let saved = crm
            .create_customer(NewCustomer::new("某某科技").tel("010-12345678").contact_name("王五"))
            .await?;
        Ok(Answer::neutral(saved))
    };
    scene
        .success::<CreateCommonCustomer>(NEUTRAL, "create_customer", Body::same_as(&same)?, DATA, answer)
        .await;

    let same = UpdateOpportunity::new(568587, "一百台服务器", 1522636).expect_amount(200_000);
    let answer = async {
        let patch = OpportunityPatch::new()
            .title("一百台服务器")
            .customer_id(1522636)
            .amount(200_000);
        let saved = crm.update_opportunity(&568587.into(), patch).await?;
        Ok(Answer::neutral(saved))
    };
    scene
        .success::<UpdateOpportunity>(NEUTRAL, "update_opportunity", Body::same_as(&same)?, DATA, answer)
        .await;

    let patch = ContactPatch::new().region(Region::new("四川省").city("成都市"));
    let answer = async { crm.update_contact(&id, patch).await.map(drop) };
    scene.unsupported("update_contact, region", "region", answer).await;

    let answer = async { crm.update_contacts(Vec::new()).await.map(drop) };
    scene.unsupported("update_contacts", "update_contacts", answer).await;
    Ok(())
}

fn every_field_of_a_contact() -> UpdateContact {
    let address = AddressAttributes::new()
        .detail_address("世纪大道1号")
        .email("wangwu@example.com")
        .tel("021-12345678")
        .phone("13800000000")
        .url("https://example.com")
        .province_id(9)
        .city_id(73)
        .district_id(722)
        .zip("200120")
        .wechat("wangwu")
        .qq("10000");
    UpdateContact::new(5524470)
        .name("王五")
        .customer_id(18951347)
        .department("采购部")
        .gender("male")
        .birth_date("1990-01-02")
        .note("喜欢喝茶")
        .category("3462")
        .job("经理")
        .address_attributes(address)
}

fn every_field_of_a_customer() -> CreateCommonCustomer {
    let address = AddressAttributes::new()
        .detail_address("世纪大道1号")
        .tel("021-12345678")
        .url("https://example.com")
        .country_id(4)
        .province_id(9)
        .city_id(73)
        .district_id(722)
        .zip("200120")
        .fax("021-12345679")
        .qq("10000")
        .wechat("moumou")
        .wangwang("moumou")
        .phone("13800000000")
        .email("office@example.com");
    CreateCommonCustomer::new(18)
        .custom_field_template_id(1)
        .parent_id(18951346)
        .name("某某科技")
        .note("展会")
        .status("3463")
        .category("3464")
        .source("3465")
        .industry("3466")
        .staff_size(12)
        .want_department_id(640)
        .address_attributes(address)
        .contacts_attributes(ContactsAttributes::new().name("王五"))
        .opportunities_attributes(OpportunitiesAttributes::new().title("一百台服务器"))
}
