//! Vendors on loopback that answer as the documentation says and refuse what it forbids: [`MockVendor`].

mod answer;
mod documented;
mod judge;
mod parameters;
mod recorded;
mod sample;
mod token;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};

use answer::Chosen;
pub use documented::{Documented, DocumentedAnswer, Operation, Parameter};
use judge::Call;
pub use recorded::RecordedRequest;
pub use sample::SampleCall;
use token::Tokens;

/// The header in which the moduledata vendor on loopback expects the token: the vendor documents none.
pub const MODULEDATA_AUTH_HEADER: &str = "x-user-token";

/// A vendor on loopback, for tests without an account and without a network.
///
/// It knows the documented operations from `fixtures/`: it answers each with the page's example, and refuses a wrong
/// method, an undocumented path, a missing or wrong token and a missing required parameter with the vendor's own error
/// envelope and a sentence that says what was wrong.
///
/// ```
/// use crm_ikcrm::{Client, UpdateContact};
/// use crm_testkit::mock::MockVendor;
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// # runtime.block_on(async {
/// let vendor = MockVendor::ikcrm().await;
/// let client = Client::builder().base_url(vendor.base_url()).token(vendor.token()).build()?;
///
/// // The page's example comes back.
/// let contact = client.send(UpdateContact::new(5524470).name("王五")).await?;
/// assert!(contact.id.is_some());
///
/// // What was sent can be looked at.
/// let sent = vendor.requests().pop().expect("one request");
/// assert_eq!((sent.method.as_str(), sent.path.as_str()), ("PUT", "/api/v2/contacts/5524470"));
/// assert_eq!(sent.json()["contact"]["name"], "王五");
///
/// // A dead token is refused with the vendor's own code.
/// vendor.kill_token();
/// let error = client.send(UpdateContact::new(5524470).name("王五")).await.expect_err("a dead token");
/// assert_eq!(error.vendor_code(), Some("100401"));
/// # Ok::<(), crm_core::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct MockVendor {
    server: MockServer,
    state: Arc<State>,
}

/// Names vendor and address; the token stays out of logs.
impl fmt::Debug for MockVendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockVendor")
            .field("vendor", &self.state.documented.vendor)
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

struct State {
    documented: &'static Documented,
    tokens: Tokens,
    chosen: Mutex<HashMap<String, Chosen>>,
    requests: Mutex<Vec<RecordedRequest>>,
}

impl MockVendor {
    /// ikcrm on loopback.
    pub async fn ikcrm() -> Self {
        Self::start(documented::ikcrm()).await
    }

    /// dustess on loopback.
    pub async fn dustess() -> Self {
        Self::start(documented::dustess()).await
    }

    /// moduledata on loopback. It wants the token in the header [`MODULEDATA_AUTH_HEADER`].
    pub async fn moduledata() -> Self {
        Self::start(documented::moduledata()).await
    }

    /// Any vendor on loopback, from the document that `cargo xtask refresh` writes to this crate's `src/generated/`. The
    /// document stays in memory as long as the process does.
    ///
    /// # Panics
    /// When the text is no such document.
    pub async fn of(document: &str) -> Self {
        Self::start(Box::leak(Box::new(Documented::read(document)))).await
    }

    async fn start(documented: &'static Documented) -> Self {
        let state = Arc::new(State {
            documented,
            tokens: Tokens::new(&documented.vendor),
            chosen: Mutex::default(),
            requests: Mutex::default(),
        });
        let server = MockServer::start_async().await;
        let answering = Arc::clone(&state);
        server
            .mock_async(|when, then| {
                when.any_request();
                then.respond_with(move |request| answering.respond(request));
            })
            .await;
        Self { server, state }
    }

    /// Its address, for a client's `base_url`.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// The token that it accepts now. A login hands out the same one.
    #[must_use]
    pub fn token(&self) -> String {
        self.state.tokens.current()
    }

    /// Makes the token invalid, as a login elsewhere or the end of its life does. A login hands out the next one.
    pub fn kill_token(&self) {
        self.state.tokens.replace();
    }

    /// What arrived so far, in order, without secrets.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.state.requests).clone()
    }

    /// What the vendor's pages say.
    #[must_use]
    pub fn documented(&self) -> &'static Documented {
        self.state.documented
    }

    /// Answers an operation with another of its page's examples from now on, counted from 1 as the fixture files are:
    /// `response.json` is 1, `response-2.json` is 2. Without this the first success is answered.
    ///
    /// # Panics
    /// When no page documents the operation, or its page has no such example.
    pub fn answer_with_example(&self, operation: &str, example: usize) {
        let answers = &self.known(operation).answers;
        assert!(
            (1..=answers.len()).contains(&example),
            "{operation} has {} examples of an answer",
            answers.len()
        );
        self.choose(operation, Chosen::Example(example - 1));
    }

    /// Answers an operation with a body of your own from now on.
    ///
    /// # Panics
    /// When no page documents the operation.
    pub fn answer_with_body(&self, operation: &str, status: u16, body: impl Into<String>) {
        self.choose(operation, Chosen::Body(status, body.into()));
    }

    /// Answers an operation with its page's first success again.
    ///
    /// # Panics
    /// When no page documents the operation.
    pub fn answer_with_first_success(&self, operation: &str) {
        let name = &self.known(operation).name;
        lock(&self.state.chosen).remove(name);
    }

    fn known(&self, operation: &str) -> &'static Operation {
        let found = self.state.documented.operation(operation);
        found.unwrap_or_else(|| panic!("{} documents no operation `{operation}`", self.state.documented.vendor))
    }

    fn choose(&self, operation: &str, chosen: Chosen) {
        let name = self.known(operation).name.clone();
        lock(&self.state.chosen).insert(name, chosen);
    }
}

impl State {
    fn respond(&self, request: &HttpMockRequest) -> HttpMockResponse {
        let call = Call::new(request);
        let verdict = judge::judge(self.documented, &self.tokens, &call);
        lock(&self.requests).push(RecordedRequest::new(self, &call, &verdict));
        let (status, body) = match verdict {
            Err(refusal) => (refusal.status, refusal.body(&self.documented.envelope)),
            Ok(operation) => {
                let chosen = lock(&self.chosen).get(&operation.name).cloned();
                answer::answer(operation, chosen, &call, &self.tokens)
            }
        };
        HttpMockResponse::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(body)
            .build()
    }
}

/// What is behind these locks stays whole whatever panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
