//! moduledata on loopback.

use std::sync::Arc;

use crm_core::{Crm, CustomFields, CustomerPatch, Error, NewCustomer, RecordId};
use crm_moduledata::{Client, UpdateCustomer};
use crm_testkit::mock::{MODULEDATA_AUTH_HEADER, MockVendor};

use super::scene::{Answer, Body, DATA, Example, NEUTRAL, Scene, TYPED};
use super::step::Step;

const ITEM: Example = Example {
    file: "response.json",
    place: "/data/item",
};

pub(crate) async fn calls(mock: MockVendor) -> Result<Vec<Step>, Error> {
    let client = Client::builder()
        .base_url(mock.base_url())
        .auth_header(MODULEDATA_AUTH_HEADER, mock.token())
        .product_line("688051545102614528")
        .build()?;
    let mut scene = Scene::new("moduledata", mock);

    let fields = || {
        CustomFields::new()
            .clear("textarea_1680158327352")
            .set("select_1680162080347", "484020435193692160")
            .clear("input_1680509561692")
    };
    // The page's example has a note, which its table does not list.
    let update = UpdateCustomer::new("688346218203447296")
        .name("单单")
        .source("514465485002113024")
        .phone("18888282822")
        .custom_fields(fields())
        .param("note", "");
    let answer = async { client.send(update).await.map(|answer| Answer::of(&answer)) };
    scene
        .success::<UpdateCustomer>(TYPED, "UpdateCustomer", Body::Example, DATA, answer)
        .await;

    let crm: Arc<dyn Crm> = Arc::new(client);
    let patch = CustomerPatch::new()
        .name("单单")
        .source("514465485002113024")
        .phone("18888282822")
        .note("")
        .custom_fields(fields());
    let answer = async {
        let saved = crm
            .update_customer(&RecordId::from("688346218203447296"), patch)
            .await?;
        Ok(Answer::neutral(saved))
    };
    scene
        .success::<UpdateCustomer>(NEUTRAL, "update_customer", Body::Example, ITEM, answer)
        .await;

    let answer = async { crm.create_customer(NewCustomer::new("某某科技")).await.map(drop) };
    scene.unsupported("create_customer", "create_customer", answer).await;
    Ok(scene.finish())
}
