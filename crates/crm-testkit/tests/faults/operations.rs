//! Every operation under test, and the ways to call it.

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crm_core::call::{RetryPolicy, Unlimited};
use crm_core::operation::{Operation, OperationInfo};
use crm_core::{ContactPatch, Crm, CustomerPatch, Error, NewCustomer, OpportunityPatch, PageRequest, RecordId};
use crm_testkit::faults::Dialect;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// A way to make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The vendor's own operation.
    Typed,
    /// The vendor-neutral trait, where it has such a method.
    Neutral,
    /// By method and path.
    Raw,
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::Typed, Self::Neutral, Self::Raw];
}

/// How a client is to be built for one run.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    pub(crate) url: String,
    /// Log in, instead of using a token that was given.
    pub(crate) login: bool,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
}

pub(crate) const GIVEN_TOKEN: &str = "given-token-9876543210fedcba";
pub(crate) const ACCOUNT: &str = "account-of-suite";
pub(crate) const PASSWORD: &str = "correct-horse-battery";
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// One operation.
pub(crate) struct Case {
    pub(crate) info: &'static OperationInfo,
    pub(crate) dialect: Dialect,
    /// Whether its vendor's client can log in.
    pub(crate) logs_in: bool,
    call: Box<Caller>,
    crm: fn(&Setup) -> Result<Arc<dyn Crm>, Error>,
    neutral: Option<Neutral>,
}

/// A call under way; success is the answer's `Debug`.
type Shown = BoxFuture<'static, Result<String, Error>>;

/// Makes the call as the vendor's own operation or raw.
type Caller = dyn Fn(&Setup, Way) -> Shown + Send + Sync;

/// The same call through the trait.
type Neutral = fn(Arc<dyn Crm>) -> Shown;

impl Case {
    /// Whether the call can be made this way.
    pub(crate) fn has(&self, way: Way) -> bool {
        way != Way::Neutral || self.neutral.is_some()
    }

    /// Makes the call; success is the answer's `Debug`.
    pub(crate) async fn call(&self, setup: &Setup, way: Way) -> Result<String, Error> {
        match self.neutral.filter(|_| way == Way::Neutral) {
            Some(neutral) => neutral((self.crm)(setup)?).await,
            None => (self.call)(setup, way).await,
        }
    }

    fn through(mut self, neutral: Neutral) -> Self {
        self.neutral = Some(neutral);
        self
    }

    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.info.vendor, self.info.name)
    }
}

/// All of them. An operation that is added here joins every test of the suite.
pub(crate) fn all() -> Vec<Case> {
    let mut all = ikcrm_operations();
    all.extend(dustess_operations());
    all.extend([
        moduledata(
            crm_moduledata::UpdateCustomer::new("688346218203447296")
                .name(NAME)
                .phone(PHONE),
        ),
        moduledata(crm_moduledata::ListProductLines::new()),
    ]);
    all
}

/// A call through the trait, as [`Neutral`].
macro_rules! neutral {
    (|$crm:ident| $call:expr) => {
        |$crm| async move { $call.await.map(|answer| format!("{answer:?}")) }.boxed()
    };
}

/// A person whom nobody may read about in a log.
const NAME: &str = "李建国";
const PHONE: &str = "13700001111";
const MAIL: &str = "lijianguo@example.cn";

fn ikcrm_operations() -> Vec<Case> {
    use crm_ikcrm::inputs::AddressAttributes;
    use crm_ikcrm::*;

    let address = AddressAttributes::new().phone(PHONE).email(MAIL);
    vec![
        ikcrm(UpdateContact::new(5_524_470).name(NAME).address_attributes(address)).through(neutral!(|crm| crm
            .update_contact(
                &RecordId::from("5524470"),
                ContactPatch::new().name(NAME).phone(PHONE).email(MAIL)
            ))),
        ikcrm(CreateCommonCustomer::new(18).name(NAME).note(MAIL)).through(neutral!(
            |crm| crm.create_customer(NewCustomer::new(NAME).note(MAIL).pool_id(RecordId::from("18")))
        )),
        ikcrm(UpdateOpportunity::new(568_587, "李建国的商机", 1_522_636)).through(neutral!(|crm| {
            let patch = OpportunityPatch::new()
                .title("李建国的商机")
                .customer_id(RecordId::from("1522636"));
            async move { crm.update_opportunity(&RecordId::from("568587"), patch).await }
        })),
        ikcrm(UpdateCustomer::new(18_951_347).name(NAME)).through(neutral!(
            |crm| crm.update_customer(&RecordId::from("18951347"), CustomerPatch::new().name(NAME))
        )),
        ikcrm(TakeLead::new(77_120)),
        ikcrm(ListContacts::new().query(PHONE)).through(neutral!(|crm| crm.list_contacts(PageRequest::new()))),
        ikcrm(ListContracts::new("customer", 18)),
        ikcrm(ListCustomFields::new()),
        ikcrm(CustomerContacts::new(18)).through(neutral!(
            |crm| crm.list_customer_contacts(&RecordId::from("18"), PageRequest::new())
        )),
        ikcrm(CustomerOpportunities::new(18)).through(neutral!(
            |crm| crm.list_customer_opportunities(&RecordId::from("18"), PageRequest::new())
        )),
        ikcrm(ListProducts::new()),
        ikcrm(ListUsers::new().phone(PHONE)).through(neutral!(|crm| crm.list_users(PageRequest::new()))),
        ikcrm(Login::new(ACCOUNT, PASSWORD)),
    ]
}

fn dustess_operations() -> Vec<Case> {
    use crm_dustess::inputs::{BindExternalIdRow, ContactEdit, Mobile};
    use crm_dustess::*;

    let mobiles = vec![Mobile::new().tel(PHONE)];
    let rows = [
        ContactEdit::new().id("d3e83957").remark(NAME).mobiles(mobiles),
        ContactEdit::new().id("ad334abc"),
    ];
    vec![
        dustess(BatchEditCustomer::new(rows)).through(neutral!(|crm| crm.update_contacts(vec![
            (RecordId::from("d3e83957"), ContactPatch::new().name(NAME).phone(PHONE)),
            (RecordId::from("ad334abc"), ContactPatch::new().note(MAIL)),
        ]))),
        dustess(BindExternalId::new([BindExternalIdRow::new("erp-1").tel(PHONE)])),
        dustess(ListContactReasons::new("1")),
        dustess(ListContactTags::new()),
        dustess(GetDepartment::new()).through(neutral!(|crm| crm.list_users(PageRequest::new()))),
        dustess(ListFollowStatus::new()),
        dustess(AccessToken::new(ACCOUNT, PASSWORD)),
    ]
}

macro_rules! vendor {
    ($name:ident, $marker:ty, $logs_in:expr, $dialect:expr, |$builder:ident, $setup:ident| $credentials:expr) => {
        fn $name<O>(operation: O) -> Case
        where
            O: Operation<Vendor = $marker> + Debug,
            O::Output: Debug,
        {
            fn client($setup: &Setup) -> Result<$name::Client, Error> {
                let $builder = $name::Client::builder();
                $credentials
                    .base_url(&$setup.url)
                    .timeout($setup.timeout)
                    .retry($setup.retry.clone())
                    .quota(Unlimited)
                    .max_body(MAX_BODY)
                    .build()
            }
            let call = move |setup: &Setup, way: Way| {
                let (client, operation) = (client(setup), operation.clone());
                async move {
                    let client = client?;
                    if way == Way::Typed {
                        let shown = format!("{operation:?} {client:?}");
                        return client
                            .send(operation)
                            .await
                            .map(|answer| format!("{shown} {answer:?}"));
                    }
                    let request = operation.request()?;
                    let mut raw = client
                        .raw(request.method, request.path)
                        .idempotent(O::INFO.idempotent)
                        .writes(O::INFO.writes);
                    for (name, value) in request.query {
                        raw = raw.query(name, value);
                    }
                    for (name, value) in request.headers {
                        raw = raw.header(name, &value);
                    }
                    if let Some(body) = request.body {
                        raw = raw.json(&serde_json::from_slice::<serde_json::Value>(&body).unwrap());
                    }
                    raw.send()
                        .await
                        .map(|answer| format!("{answer:?} {:?}", answer.value()))
                }
                .boxed()
            };
            let mut dialect = $dialect(Dialect::new(success(O::INFO)));
            if !O::INFO.authenticated {
                // Called as an operation, the login meets the faults of any other.
                dialect.login_path = "/elsewhere".into();
            }
            Case {
                info: O::INFO,
                dialect,
                logs_in: $logs_in && O::INFO.authenticated,
                call: Box::new(call),
                crm: |setup| Ok(Arc::new(client(setup)?)),
                neutral: None,
            }
        }
    };
}

use {crm_dustess as dustess, crm_ikcrm as ikcrm, crm_moduledata as moduledata};

vendor!(
    ikcrm,
    crm_ikcrm::Ikcrm,
    true,
    ikcrm_dialect,
    |builder, setup| match setup.login {
        true => builder.login(ACCOUNT, PASSWORD, None),
        false => builder.token(GIVEN_TOKEN),
    }
);
vendor!(
    dustess,
    crm_dustess::Dustess,
    true,
    dustess_dialect,
    |builder, setup| match setup.login {
        true => builder.client_credentials(ACCOUNT, PASSWORD),
        false => builder.token(GIVEN_TOKEN),
    }
);
vendor!(
    moduledata,
    crm_moduledata::Moduledata,
    false,
    moduledata_dialect,
    |builder, setup| { builder.auth_header("x-user-token", GIVEN_TOKEN).product_line("1") }
);

fn ikcrm_dialect(mut dialect: Dialect) -> Dialect {
    dialect.login_path = "/api/v2/auth/login".into();
    dialect.login = r#"{"code":0,"data":{"user_token":"{token}","user_id":20417733}}"#.into();
    dialect.dead_token = r#"{"code":100401,"message":"账号在别处登录"}"#.into();
    dialect.refusal = r#"{"code":100055,"message":"手机号13700001111已存在","error":"invalid_record"}"#.into();
    dialect
}

fn dustess_dialect(mut dialect: Dialect) -> Dialect {
    dialect.login_path = "/auth/v1/access_token/token".into();
    dialect.login =
        r#"{"success":true,"code":0,"msg":"","data":{"accessToken":"{token}","expiresIn":"2099-01-01 00:00:00"}}"#
            .into();
    dialect.dead_token = r#"{"code":40002,"msg":"access token invalid","data":{}}"#.into();
    dialect.refusal = r#"{"success":false,"code":13999,"msg":"13700001111 lijianguo@example.cn","data":{}}"#.into();
    dialect.no_data = r#"{"success":true,"msg":"","data":{}}"#.into();
    dialect.wrong_data = r#"{"success":true,"msg":"","data":"a sentence"}"#.into();
    dialect
}

fn moduledata_dialect(mut dialect: Dialect) -> Dialect {
    dialect.refusal = r#"{"code":422,"message":"lijianguo@example.cn 已存在","data":[]}"#.into();
    dialect.no_data = r#"{"code":200,"data":[],"message":""}"#.into();
    dialect.wrong_data = r#"{"code":200,"data":"a sentence","message":""}"#.into();
    dialect
}

/// The first answer that the operation's page shows.
fn success(info: &OperationInfo) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(info.vendor)
        .join(info.name);
    std::fs::read_to_string(folder.join("response.json")).unwrap()
}

/// Texts that look like a phone number or a mail address, in the documented answers and in what the suite sends, and the
/// secrets of the suite: none of them may be found in a log line, an error or a `Debug`.
pub(crate) fn must_stay_hidden(cases: &[Case]) -> Vec<String> {
    let mut hidden = [GIVEN_TOKEN, PASSWORD, "wire-token", "accessToken=", PHONE, MAIL, NAME]
        .map(str::to_owned)
        .to_vec();
    for case in cases {
        let words = case.dialect.success.split(['"', ' ', ',', '\\']);
        hidden.extend(words.filter(|word| is_phone(word) || is_mail(word)).map(str::to_owned));
    }
    hidden.sort();
    hidden.dedup();
    hidden
}

fn is_phone(word: &str) -> bool {
    word.len() == 11 && word.starts_with('1') && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_mail(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('/'))
}
