//! Who logs in, how often, and when to stop.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crm_core::ErrorKind;
use crm_core::call::token::{LoginLock, StoreError, StoredToken, TokenKey};
use crm_core::call::{CallOptions, MemoryTokenStore, Permit, Quota, QuotaExceeded, TokenStore, WindowQuota};
use futures_util::future::join_all;
use tokio::time::Instant;

use crate::vendor::{Act, Create, DEAD, Find, Network, OK, PASSWORD, logins};

/// A vendor that knows one live token: a login kills the one before.
fn one_session(latency: Duration) -> (Network, Arc<Mutex<HashSet<String>>>) {
    let live = Arc::new(Mutex::new(HashSet::new()));
    let known = Arc::clone(&live);
    let tokens = logins();
    let network = Network::slow(
        move || (latency, latency),
        move |arrived| {
            let mut known = known.lock().unwrap();
            match arrived.path.as_str() {
                "/login" => {
                    let act = tokens();
                    if let Act::Answer(_, body) = &act {
                        *known = HashSet::from([body.split('"').rev().nth(1).unwrap().to_owned()]);
                    }
                    act
                }
                _ if arrived.token.as_ref().is_some_and(|token| known.contains(token)) => OK,
                _ => DEAD,
            }
        },
    );
    (network, live)
}

#[tokio::test(start_paused = true)]
async fn a_thousand_tasks_and_a_dying_token_cause_one_login() {
    let (network, live) = one_session(Duration::from_millis(50));
    let client = network.client();
    let all = || async {
        let tasks = (0..1_000).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(Create).await })
        });
        join_all(tasks)
            .await
            .into_iter()
            .for_each(|result| assert!(result.unwrap().unwrap().is_some()));
    };
    all().await;
    assert_eq!(network.logins(), 1);
    live.lock().unwrap().clear();
    all().await;
    assert_eq!(network.logins(), 2, "the dead token is replaced once");
}

#[tokio::test(start_paused = true)]
async fn a_dead_token_is_replaced_and_the_call_repeated_once() {
    let network = Network::script([DEAD, OK]);
    let response = network.client().send_full(Create).await.unwrap();
    assert_eq!((network.logins(), network.calls(), response.attempts()), (2, 2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_always_dead_ends_after_one_repeat() {
    let network = Network::new({
        let tokens = logins();
        move |arrived| if arrived.path == "/login" { tokens() } else { DEAD }
    });
    let error = network.client().send(Create).await.unwrap_err();
    assert_eq!((error.kind(), error.vendor_code()), (ErrorKind::Auth, Some("401")));
    assert!(!error.maybe_applied());
    assert_eq!((network.logins(), network.calls()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_given_token_that_is_dead_is_not_used_again() {
    let network = Network::new(|_| DEAD);
    let client = network.client_given("given-token");
    let first = client.send(Find).await.unwrap_err();
    assert_eq!((first.kind(), first.vendor_code()), (ErrorKind::Auth, Some("401")));
    let second = client.send(Find).await.unwrap_err();
    assert_eq!(second.kind(), ErrorKind::Auth);
    assert!(second.to_string().contains("give the client a login"), "{second}");
    assert_eq!(network.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn two_processes_with_one_account_end_in_an_error_that_says_so() {
    let (network, _) = one_session(Duration::from_millis(10));
    let (one, other) = (network.client(), network.client());
    let mut fight = None;
    for _ in 0..4 {
        for client in [&one, &other] {
            if let Err(error) = client.send(Find).await {
                fight = fight.or(Some(error));
            }
        }
    }
    let fight = fight.expect("the two notice each other");
    assert_eq!(fight.kind(), ErrorKind::Auth);
    assert!(
        fight
            .to_string()
            .contains("another process is logging in with the same account"),
        "{fight}"
    );
    assert!(network.logins() <= 6, "{}", network.logins());
}

#[tokio::test(start_paused = true)]
async fn two_clients_with_one_store_share_their_logins() {
    let (network, live) = one_session(Duration::from_millis(10));
    let store = Arc::new(MemoryTokenStore::new());
    let client = || network.client_with(|options| options.token_store = Some(store.clone()));
    let (one, other) = (client(), client());
    one.send(Find).await.unwrap();
    other.send(Find).await.unwrap();
    assert_eq!(network.logins(), 1);
    live.lock().unwrap().clear();
    one.send(Find).await.unwrap();
    other.send(Find).await.unwrap();
    assert_eq!(
        network.logins(),
        2,
        "the second client takes the newer token from the store"
    );
}

#[tokio::test(start_paused = true)]
async fn tasks_of_many_clients_on_one_store_cause_one_login() {
    let (network, live) = one_session(Duration::from_millis(350));
    let store = Arc::new(MemoryTokenStore::new());
    let clients: Vec<_> = (0..5)
        .map(|_| network.client_with(|options| options.token_store = Some(store.clone())))
        .collect();
    for logins in 1..=2 {
        let tasks = (0..50).map(|n| clients[n % clients.len()].send(Find));
        join_all(tasks)
            .await
            .into_iter()
            .for_each(|result| assert!(result.is_ok(), "{result:?}"));
        assert_eq!(network.logins(), logins);
        live.lock().unwrap().clear();
    }
}

/// A store that cannot be reached.
struct Broken;

#[async_trait::async_trait]
impl TokenStore for Broken {
    async fn load(&self, _: &TokenKey) -> Result<Option<StoredToken>, StoreError> {
        Err(StoreError::new("connection refused"))
    }

    async fn offer(&self, _: &TokenKey, _: StoredToken) -> Result<StoredToken, StoreError> {
        Err(StoreError::new("connection refused"))
    }

    async fn lock_login(&self, _: &TokenKey, _: Duration) -> Result<Option<LoginLock>, StoreError> {
        Err(StoreError::new("connection refused"))
    }
}

/// A store on which somebody else has been logging in for ever.
struct Taken;

#[async_trait::async_trait]
impl TokenStore for Taken {
    async fn load(&self, _: &TokenKey) -> Result<Option<StoredToken>, StoreError> {
        Ok(None)
    }

    async fn offer(&self, _: &TokenKey, token: StoredToken) -> Result<StoredToken, StoreError> {
        Ok(token)
    }

    async fn lock_login(&self, _: &TokenKey, _: Duration) -> Result<Option<LoginLock>, StoreError> {
        Ok(None)
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_down_does_not_stop_the_calls() {
    let (network, _) = one_session(Duration::from_millis(10));
    let client = network.client_with(|options| options.token_store = Some(Arc::new(Broken)));
    for _ in 0..3 {
        client.send(Find).await.unwrap();
    }
    assert_eq!(network.logins(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_login_that_another_process_never_ends_is_waited_for_a_minute() {
    let network = Network::new(|_| OK);
    let client = network.client_with(|options| options.token_store = Some(Arc::new(Taken)));
    let error = client.send(Find).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Timeout, false));
    assert!(error.elapsed() <= Duration::from_secs(61), "{:?}", error.elapsed());
    assert_eq!(network.arrived().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_its_end() {
    const TWO_HOURS: &str = r#"{"code":0,"data":{"token":"secret-token-1","expires":"7200"}}"#;
    let network = Network::new(|arrived| {
        if arrived.path == "/login" {
            Act::Answer(200, TWO_HOURS)
        } else {
            OK
        }
    });
    let client = network.client();
    client.send(Find).await.unwrap();
    tokio::time::advance(Duration::from_secs(7_200 - 301)).await;
    client.send(Find).await.unwrap();
    assert_eq!(network.logins(), 1, "not earlier than needed");
    tokio::time::advance(Duration::from_secs(200)).await;
    client.send(Find).await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(network.logins(), 2, "in the background");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_fails_leaves_the_living_token_in_use() {
    const TWO_HOURS: &str = r#"{"code":0,"data":{"token":"secret-token-1","expires":"7200"}}"#;
    let up = Arc::new(Mutex::new(true));
    let is_up = Arc::clone(&up);
    let network = Network::new(move |arrived| match arrived.path.as_str() {
        "/login" if *is_up.lock().unwrap() => Act::Answer(200, TWO_HOURS),
        "/login" => Act::Breaks(crm_core::call::Broken::Exchange),
        _ => OK,
    });
    let client = network.client();
    client.send(Find).await.unwrap();
    *up.lock().unwrap() = false;
    tokio::time::advance(Duration::from_secs(7_200 - 100)).await;
    client.send(Find).await.unwrap();
    tokio::time::sleep(Duration::from_secs(10)).await;
    let tried = network.logins();
    assert!(tried > 1, "it was tried");
    for _ in 0..200 {
        client.send(Find).await.unwrap();
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(network.logins() <= tried + 6, "and not again for every call");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_hangs_delays_no_call() {
    const TWO_HOURS: &str = r#"{"code":0,"data":{"token":"secret-token-1","expires":"7200"}}"#;
    let up = Arc::new(Mutex::new(true));
    let is_up = Arc::clone(&up);
    let network = Network::new(move |arrived| match arrived.path.as_str() {
        "/login" if *is_up.lock().unwrap() => Act::Answer(200, TWO_HOURS),
        "/login" => Act::Hangs,
        _ => OK,
    });
    let client = network.client();
    client.send(Find).await.unwrap();
    *up.lock().unwrap() = false;
    tokio::time::advance(Duration::from_secs(7_200 - 100)).await;
    for _ in 0..5 {
        let response = client.send_full(Create).await.unwrap();
        assert!(response.elapsed() < Duration::from_secs(1), "{:?}", response.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_the_login_after_one_kill_is_no_fight() {
    let (tokens, state) = (logins(), Arc::new(Mutex::new("up")));
    let now = Arc::clone(&state);
    let network = Network::new(move |arrived| {
        let state = *now.lock().unwrap();
        match (arrived.path.as_str(), state) {
            ("/login", "outage") => Act::Answer(502, "<html>"),
            ("/login", _) => tokens(),
            (_, "outage") => DEAD,
            _ => OK,
        }
    });
    let client = network.client();
    client.send(Find).await.unwrap();
    *state.lock().unwrap() = "outage";
    for _ in 0..6 {
        let error = client.send(Find).await.unwrap_err();
        assert!(!error.to_string().contains("another process"), "{error}");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    *state.lock().unwrap() = "up again";
    tokio::time::sleep(Duration::from_secs(20)).await;
    client.send(Find).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_login_outlives_the_callers_that_could_not_wait_for_it() {
    let tokens = logins();
    let network = Network::slow(
        || (Duration::from_secs(4), Duration::from_secs(4)),
        move |arrived| if arrived.path == "/login" { tokens() } else { OK },
    );
    let client = network.client();
    let hasty = client.with(CallOptions::new().deadline(Duration::from_secs(3)));
    let tasks = (0..20).map(|_| hasty.send(Find));
    for result in join_all(tasks).await {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Timeout, false));
        assert!(error.elapsed() <= Duration::from_millis(3_010));
    }
    drop(client.send(Find));
    client.send(Find).await.unwrap();
    assert_eq!((network.logins(), network.calls()), (1, 1));
}

/// A login that never leaves while `closed`.
struct Closed(Arc<AtomicBool>);

#[async_trait::async_trait]
impl Quota for Closed {
    async fn acquire(&self, deadline: Instant) -> Result<Permit, QuotaExceeded> {
        if self.0.load(Ordering::Relaxed) {
            tokio::time::sleep_until(deadline.min(Instant::now() + Duration::from_secs(1))).await;
            return Err(QuotaExceeded::new(None));
        }
        Ok(Permit::free())
    }
}

#[tokio::test(start_paused = true)]
async fn a_login_that_did_not_leave_keeps_nobody_from_logging_in() {
    let (network, _) = one_session(Duration::from_millis(10));
    let closed = Arc::new(AtomicBool::new(true));
    let client = network.client_with(|options| options.quota = Some(Arc::new(Closed(Arc::clone(&closed)))));
    for _ in 0..5 {
        let error = client.send(Find).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimited, 0));
    }
    assert_eq!(network.logins(), 0);
    closed.store(false, Ordering::Relaxed);
    client.send(Find).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn calls_in_a_long_line_survive_a_dead_token() {
    let (network, live) = one_session(Duration::from_millis(10));
    let quota = WindowQuota::new(10, Duration::from_secs(10));
    let client = network.client_with(|options| {
        options.quota = Some(Arc::new(quota));
        options.deadline = Duration::from_secs(600);
    });
    client.send(Find).await.unwrap();
    let killing = Arc::clone(&live);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(25)).await;
        killing.lock().unwrap().clear();
    });
    for result in join_all((0..200).map(|_| client.send(Find))).await {
        result.unwrap();
    }
    assert_eq!(network.logins(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_fight_is_noticed_by_clients_that_share_a_store() {
    let (network, live) = one_session(Duration::from_millis(10));
    let store = Arc::new(MemoryTokenStore::new());
    let clients: Vec<_> = (0..3)
        .map(|_| network.client_with(|options| options.token_store = Some(store.clone())))
        .collect();
    let mut fought = false;
    for round in 0..12 {
        // Somebody else logs in after every login.
        live.lock().unwrap().clear();
        let result = clients[round % clients.len()].send(Find).await;
        fought |= result.is_err_and(|error| error.to_string().contains("another process"));
        if fought {
            break;
        }
    }
    assert!(fought, "{} logins", network.logins());
    assert!(network.logins() <= 6, "{}", network.logins());
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "more logins than expected")]
async fn a_panic_in_the_login_is_the_callers() {
    let network = Network::new({
        let tokens = logins();
        (0..6).for_each(|_| assert!(matches!(tokens(), Act::Answer(200, _))));
        move |_| tokens()
    });
    let _ = network.client().send(Find).await;
}

/// A store that never answers.
struct Hanging;

#[async_trait::async_trait]
impl TokenStore for Hanging {
    async fn load(&self, _: &TokenKey) -> Result<Option<StoredToken>, StoreError> {
        std::future::pending().await
    }

    async fn offer(&self, _: &TokenKey, _: StoredToken) -> Result<StoredToken, StoreError> {
        std::future::pending().await
    }

    async fn lock_login(&self, _: &TokenKey, _: Duration) -> Result<Option<LoginLock>, StoreError> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_does_not_stop_the_calls() {
    let (network, _) = one_session(Duration::from_millis(10));
    let client = network.client_with(|options| options.token_store = Some(Arc::new(Hanging)));
    let response = client.send_full(Find).await.unwrap();
    assert!(response.elapsed() < Duration::from_secs(60), "{:?}", response.elapsed());
    client.send(Find).await.unwrap();
    assert_eq!(network.logins(), 1);
}

/// A store that notes for how long a login may hold its lock.
#[derive(Default)]
struct Holding(Mutex<Option<Duration>>);

#[async_trait::async_trait]
impl TokenStore for Holding {
    async fn load(&self, _: &TokenKey) -> Result<Option<StoredToken>, StoreError> {
        Ok(None)
    }

    async fn offer(&self, _: &TokenKey, token: StoredToken) -> Result<StoredToken, StoreError> {
        Ok(token)
    }

    async fn lock_login(&self, _: &TokenKey, hold: Duration) -> Result<Option<LoginLock>, StoreError> {
        *self.0.lock().unwrap() = Some(hold);
        Ok(Some(LoginLock::none()))
    }
}

#[tokio::test(start_paused = true)]
async fn a_login_ends_before_its_lock_does() {
    let network = Network::new(|_| Act::Hangs);
    let store = Arc::new(Holding::default());
    let client = network.client_with(|options| {
        options.token_store = Some(Arc::<Holding>::clone(&store));
        options.deadline = Duration::from_secs(1_000);
    });
    let error = client.send(Find).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Timeout, false));
    let hold = store.0.lock().unwrap().unwrap();
    assert!(error.elapsed() <= hold, "{:?} and {hold:?}", error.elapsed());
}

#[tokio::test(start_paused = true)]
async fn failed_logins_back_off_instead_of_locking_the_account() {
    let network = Network::new(|_| Act::Answer(200, r#"{"code":400,"message":"wrong password"}"#));
    let client = network.client();
    let tasks = (0..100).map(|_| client.send(Find));
    for result in join_all(tasks).await {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Auth, Some("find")));
        assert!(error.to_string().contains("the login failed"), "{error}");
        assert!(!error.report().contains(PASSWORD));
    }
    assert_eq!(network.logins(), 1);
    // A caller who insists every second for ten minutes.
    for _ in 0..600 {
        tokio::time::advance(Duration::from_secs(1)).await;
        let error = client.send(Find).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
    }
    assert!(network.logins() <= 11, "{}", network.logins());
}

#[tokio::test(start_paused = true)]
async fn a_login_without_a_token_in_its_answer_is_an_error_that_keeps_no_body() {
    let network = Network::new(|_| Act::Answer(200, r#"{"code":0,"data":{"other":"secret-thing"}}"#));
    let error = network.client().send(Find).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IncompleteAnswer);
    assert_eq!(error.raw_body(), None);
    assert!(!error.maybe_applied());
}

#[tokio::test(start_paused = true)]
async fn a_login_endpoint_that_is_down_says_that_the_call_did_not_leave() {
    let network = Network::new(|_| Act::Answer(502, "<html>"));
    let error = network.client().send(Create).await.unwrap_err();
    assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Server, false));
    assert_eq!((network.logins(), network.calls()), (3, 0));
}
