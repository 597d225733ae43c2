//! What a call costs the client: bare reqwest with a plain derived struct against `client.send`.
//!
//! Both ask for the same documented answer from the same server, which is a process of its own, with 1, 16 and 64 calls in
//! flight. Rounds take turns, so that noise falls on all alike; costs are CPU time of this process and allocations, per
//! call, and the ratio is the median over the rounds' own ratios.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

use cpu_time::ProcessTime;
use crm_bench::plain;
use crm_core::call::{Unlimited, WindowQuota};
use crm_core::envelope;
use crm_ikcrm::inputs::AddressAttributes;
use crm_ikcrm::models::Contact;
use crm_ikcrm::{Client, UpdateContact};
use serde::Serialize;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

const ANSWER: &str = include_str!("../../../fixtures/ikcrm/contact_update/response.json");
const SERVE: &str = "CRM_BENCH_SERVE";
const ROUNDS: usize = 150;
const CALLS: usize = 640;
const IN_FLIGHT: [usize; 3] = [1, 16, 64];

struct Variant {
    name: &'static str,
    /// Makes [`CALLS`] calls, so many of them at a time.
    run: Box<dyn Fn(usize)>,
}

fn main() {
    if std::env::var_os(SERVE).is_some() {
        return serve();
    }
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let variants = variants(&server.url, &Rc::new(runtime));
    println!(
        "answer of {} bytes; CPU time and allocations per call; ratio to the second row",
        ANSWER.len()
    );
    for in_flight in IN_FLIGHT {
        println!("{in_flight} in flight");
        let mut times = vec![Vec::new(); variants.len()];
        let mut allocations = vec![0.0; variants.len()];
        for _ in 0..ROUNDS {
            for (at, variant) in variants.iter().enumerate() {
                let region = Region::new(ALLOCATOR);
                let begun = ProcessTime::now();
                (variant.run)(in_flight);
                times[at].push(begun.elapsed().as_secs_f64() / CALLS as f64);
                allocations[at] = region.change().allocations as f64 / CALLS as f64;
            }
        }
        for (at, variant) in variants.iter().enumerate() {
            let ratios = times[at]
                .iter()
                .zip(&times[1])
                .map(|(own, plain)| own / plain)
                .collect();
            let (time, ratio) = (median(times[at].clone()) * 1e6, median(ratios));
            println!(
                "  {:<38} {time:>7.2} us {ratio:>6.2} x {:>7.1} allocations",
                variant.name, allocations[at]
            );
        }
        let [_, plain, models, _, ours] = &times[..] else {
            unreachable!()
        };
        let layer: Vec<_> = ours.iter().zip(models).map(|(ours, models)| ours - models).collect();
        let shares = layer.iter().zip(plain).map(|(layer, plain)| layer / plain).collect();
        println!(
            "  {:<38} {:>7.2} us {:>6.2} x (the last row less \"{}\", round by round)",
            "the layer alone",
            median(layer) * 1e6,
            median(shares),
            variants[2].name,
        );
    }
}

/// The futures are of their own types: nobody boxes a call that they await.
fn variant<F, C>(name: &'static str, runtime: &Rc<Runtime>, call: C) -> Variant
where
    F: Future<Output = ()> + 'static,
    C: Fn() -> F + 'static,
{
    let (runtime, call) = (Rc::clone(runtime), Rc::new(call));
    let run = move |in_flight| {
        let tasks = (0..in_flight).map(|_| {
            let call = Rc::clone(&call);
            tokio::task::spawn_local(async move {
                for _ in 0..CALLS / in_flight {
                    call().await;
                }
            })
        });
        tokio::task::LocalSet::new().block_on(&runtime, async {
            // Collected first, so that all of them run at once.
            for task in tasks.collect::<Vec<_>>() {
                task.await.unwrap();
            }
        });
    };
    Variant {
        name,
        run: Box::new(run),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn variants(url: &str, runtime: &Rc<Runtime>) -> Vec<Variant> {
    let bare = crm_core::call::http_client_builder()
        .unwrap()
        .no_proxy()
        .build()
        .unwrap();
    let address = format!("{url}/api/v2/contacts/5524470");
    let (bytes, plain, models) = (
        sender(&bare, &address),
        sender(&bare, &address),
        sender(&bare, &address),
    );
    let builder = || {
        Client::builder()
            .token("0123456789abcdef0123456789abcdef")
            .base_url(url)
    };
    let ours = |client: Client| {
        move || {
            let client = client.clone();
            let address = AddressAttributes::new().phone("13800000000");
            let operation = UpdateContact::new(5_524_470).name("王五").address_attributes(address);
            async move {
                std::hint::black_box(&client.send(operation).await.unwrap());
            }
        }
    };
    vec![
        variant("bare reqwest, bytes", runtime, move || {
            let request = bytes();
            async move {
                std::hint::black_box(&request.send().await.unwrap().bytes().await.unwrap());
            }
        }),
        variant("bare reqwest, plain derive", runtime, move || {
            let request = plain();
            async move {
                let body = request.send().await.unwrap().bytes().await.unwrap();
                let answer: plain::Envelope<plain::ikcrm::Contact> = serde_json::from_slice(&body).unwrap();
                std::hint::black_box(&answer);
            }
        }),
        // What is left between this and `client.send` is the layer: building, token, quota, judging, tracing.
        variant("bare reqwest, our models", runtime, move || {
            let request = models();
            async move {
                let body = request.send().await.unwrap().bytes().await.unwrap();
                let text = std::str::from_utf8(&body).unwrap();
                let answer = envelope::read::<Contact>(text, &crm_ikcrm::ENVELOPE).unwrap();
                std::hint::black_box(&answer);
            }
        }),
        variant(
            "client.send, no quota",
            runtime,
            ours(builder().quota(Unlimited).build().unwrap()),
        ),
        variant("client.send, with quota", runtime, {
            let roomy = WindowQuota::new(10_000_000, Duration::from_secs(1));
            ours(builder().quota(roomy).build().unwrap())
        }),
    ]
}

/// What somebody without this SDK would write.
fn sender(client: &reqwest::Client, address: &str) -> impl Fn() -> reqwest::RequestBuilder + use<> {
    #[derive(Serialize)]
    struct Body {
        contact: Contact,
    }
    #[derive(Serialize)]
    struct Contact {
        name: String,
        address_attributes: Address,
    }
    #[derive(Serialize)]
    struct Address {
        phone: String,
    }
    let (client, address) = (client.clone(), address.to_owned());
    move || {
        let address_attributes = Address {
            phone: "13800000000".to_owned(),
        };
        let body = Body {
            contact: Contact {
                name: "王五".to_owned(),
                address_attributes,
            },
        };
        client
            .put(&address)
            .header(
                "authorization",
                "Token token=0123456789abcdef0123456789abcdef, device=open_api, version_code=9.9.9",
            )
            .header("accept", "application/json")
            .header("user-agent", "bench")
            .header("content-type", "application/json")
            .body(serde_json::to_vec(&body).unwrap())
    }
}

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        let own = std::env::current_exe().unwrap();
        let mut child = Command::new(own)
            .env(SERVE, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self {
            child,
            url: format!("http://{}", line.trim()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers whatever ends in an empty line and a body of the announced length.
fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{}", listener.local_addr().unwrap());
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{ANSWER}",
            ANSWER.len()
        );
        let answer: Rc<str> = answer.into();
        let local = tokio::task::LocalSet::new();
        local
            .run_until(async {
                loop {
                    let (mut stream, _) = listener.accept().await.unwrap();
                    stream.set_nodelay(true).unwrap();
                    let answer = Rc::clone(&answer);
                    tokio::task::spawn_local(async move {
                        let mut read = Vec::with_capacity(4096);
                        while stream.read_buf(&mut read).await.is_ok_and(|bytes| bytes > 0) {
                            while let Some(end) = request_end(&read) {
                                read.drain(..end);
                                if stream.write_all(answer.as_bytes()).await.is_err() {
                                    return;
                                }
                            }
                        }
                    });
                }
            })
            .await;
    });
}

fn request_end(read: &[u8]) -> Option<usize> {
    let head = read.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&read[..head]).ok()?.to_ascii_lowercase();
    let length = text
        .split_once("content-length: ")
        .and_then(|(_, rest)| rest.split_once('\r'));
    let end = head + length.and_then(|(length, _)| length.parse().ok()).unwrap_or(0);
    (read.len() >= end).then_some(end)
}
