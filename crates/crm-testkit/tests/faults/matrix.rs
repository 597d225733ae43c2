//! The matrix itself.

use std::fmt::Write;
use std::time::Duration;

use crm_core::call::RetryPolicy;
use crm_testkit::faults::{Fault, FaultServer, Times};
use futures_util::StreamExt;
use futures_util::stream;

use crate::document::tables;
use crate::expectations::{Failure, Outcome, concerns_login, expected};
use crate::listening::{heard, listen};
use crate::operations::{Case, MAX_BODY, Setup, Way, all, must_stay_hidden};

/// Runs at once; the machine's ports and patience are finite.
const AT_ONCE: usize = 64;

/// One run of the matrix.
#[derive(Debug)]
struct Run {
    operation: String,
    fault: Fault,
    times: Times,
    way: Way,
    expected: Outcome,
    got: Outcome,
    /// Times the vendor carried the call out.
    applied: usize,
    /// Requests that arrived where redirects pointed.
    led_astray: usize,
    /// Everything that a caller might log.
    texts: String,
}

async fn run(case: &Case, fault: Fault, times: Times, way: Way) -> Run {
    let elsewhere = FaultServer::start(Fault::None, case.dialect.clone()).await.unwrap();
    let mut dialect = case.dialect.clone();
    dialect.elsewhere = format!("{}/elsewhere", elsewhere.url());
    let server = FaultServer::start_for(fault, times, dialect).await.unwrap();
    let waits = matches!(fault, Fault::Silent | Fault::SlowBody);
    let setup = Setup {
        url: server.url(),
        login: concerns_login(fault),
        // Long enough for a request to arrive on a busy machine, where hundreds of calls run at once.
        timeout: Duration::from_millis(if waits { 2_500 } else { 60_000 }),
        retry: RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2)),
    };
    let result = case.call(&setup, way).await;
    let (error, texts) = match result {
        Ok(shown) => (None, shown),
        Err(error) => {
            let failure = Failure {
                kind: error.kind(),
                maybe_applied: error.maybe_applied(),
            };
            (
                Some(failure),
                format!("{error}\n{error:?}\n{error:#?}\n{}", error.report()),
            )
        }
    };
    Run {
        operation: case.name(),
        fault,
        times,
        way,
        expected: expected(fault, times, case.info, way),
        got: Outcome {
            error,
            calls: server.calls(),
            logins: server.logins(),
        },
        applied: server.applied(),
        led_astray: elsewhere.arrived().len(),
        texts,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_times_every_operation_times_every_way_in() {
    listen();
    let cases = all();
    let mut runs = Vec::new();
    for case in &cases {
        for fault in Fault::ALL
            .into_iter()
            .filter(|fault| case.logs_in || !concerns_login(*fault))
        {
            for times in [Times::Always, Times::Once] {
                let ways = Way::ALL.into_iter().filter(|way| case.has(*way));
                runs.extend(ways.map(|way| run(case, fault, times, way)));
            }
        }
    }
    let runs: Vec<Run> = stream::iter(runs).buffer_unordered(AT_ONCE).collect().await;

    println!("{} calls", runs.len());
    let mut wrong = String::new();
    for run in &runs {
        let info = cases.iter().find(|case| case.name() == run.operation).unwrap().info;
        let mut say = |what: &str| {
            let _ = writeln!(
                wrong,
                "{} {:?} {:?} {:?}: {what}",
                run.operation, run.fault, run.times, run.way
            );
        };
        if run.got != run.expected {
            say(&format!("expected {:?}, got {:?}", run.expected, run.got));
        }
        if info.writes && !info.idempotent && run.applied > 1 {
            say(&format!("applied {} times", run.applied));
        }
        if info.writes && run.applied > 0 && run.got.error.is_some_and(|failure| !failure.maybe_applied) {
            say("the vendor carried it out, and the error says that it did not");
        }
        if run.led_astray > 0 {
            say("a redirect was followed");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    if std::env::var_os("FAULT_MATRIX").is_some() {
        println!("{}", tables(&cases));
    }

    let texts = runs
        .iter()
        .map(|run| run.texts.as_str())
        .chain([heard().as_str()])
        .collect::<Vec<_>>()
        .join("\n");
    assert!(texts.contains("crm.attempt"), "the listener heard the calls");
    for hidden in must_stay_hidden(&cases) {
        let line = texts
            .find(&hidden)
            .map(|at| texts[..at].lines().last().unwrap_or_default());
        assert_eq!(line, None, "{hidden} was shown, in the line that begins so");
    }
}

#[test]
fn the_matrix_knows_every_documented_operation() {
    let documented = [
        crm_ikcrm::OPERATIONS,
        crm_dustess::OPERATIONS,
        crm_moduledata::OPERATIONS,
    ]
    .concat();
    let known = all();
    let missing = documented
        .iter()
        .filter(|info| known.iter().all(|case| case.info.name != info.name));
    assert_eq!(missing.map(|info| info.name).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_left_after_the_limit() {
    let case = all().remove(0);
    for fault in [Fault::GzipBomb, Fault::HugeBody, Fault::HugeChunkedBody] {
        let run = run(&case, fault, Times::Always, Way::Typed).await;
        assert_eq!(
            run.got.error.map(|failure| failure.kind),
            Some(crm_core::ErrorKind::TooLarge)
        );
        assert!(run.texts.len() < MAX_BODY / 100);
    }
}
