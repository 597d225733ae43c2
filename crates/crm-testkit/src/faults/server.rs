//! The server: accepts, notes what arrived, and lets the fault play.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

use super::fault::{Fault, Times};
use super::play::play;
use super::wire::Head;

/// What the vendor says when nothing is wrong, and how it says what is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Dialect {
    /// The answer to a call.
    pub success: String,
    /// Path of the login.
    pub login_path: String,
    /// The login's answer; `{token}` is replaced by a new token each time.
    pub login: String,
    /// The answer to a login with a wrong password.
    pub login_refusal: String,
    /// The answer to a dead token.
    pub dead_token: String,
    /// The answer to a request that the vendor refuses.
    pub refusal: String,
    /// The answer of an operation that succeeds without data.
    pub no_data: String,
    /// The answer with something else in the data place.
    pub wrong_data: String,
    /// Where redirects point.
    pub elsewhere: String,
}

impl Dialect {
    /// A vendor that answers calls with this, and otherwise speaks like the first that comes to mind.
    #[must_use]
    pub fn new(success: impl Into<String>) -> Self {
        Self {
            success: success.into(),
            login_path: "/login".into(),
            login: r#"{"code":0,"data":{"token":"{token}"}}"#.into(),
            login_refusal: r#"{"code":70002,"message":"wrong password"}"#.into(),
            dead_token: r#"{"code":401,"message":"dead token"}"#.into(),
            refusal: r#"{"code":70001,"message":"refused"}"#.into(),
            no_data: r#"{"code":0}"#.into(),
            wrong_data: r#"{"code":0,"data":"a sentence"}"#.into(),
            elsewhere: "http://127.0.0.1:9/elsewhere".into(),
        }
    }
}

/// A request that arrived, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arrival {
    /// The method; empty when not even the head was read.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, when it was read.
    pub body: Option<Vec<u8>>,
    /// Whether it was the login.
    pub login: bool,
    /// Whether the vendor carried it out, whatever it said afterwards.
    pub applied: bool,
}

/// A vendor on loopback that plays one fault. It ends with its value.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    port: Port,
}

/// What stands behind the port.
#[derive(Debug)]
enum Port {
    Open(JoinHandle<()>),
    /// Bound, so that nobody else gets it, and not listened to: who connects is refused.
    Deaf(#[expect(dead_code, reason = "held for the port")] TcpSocket),
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) fault: Fault,
    pub(super) times: Times,
    pub(super) dialect: Dialect,
    notes: Mutex<Notes>,
}

#[derive(Debug, Default)]
struct Notes {
    arrived: Vec<Arrival>,
    calls: usize,
    logins: usize,
}

impl FaultServer {
    /// A server that plays the fault to every call.
    ///
    /// # Errors
    /// When loopback has no free port.
    pub async fn start(fault: Fault, dialect: Dialect) -> io::Result<Self> {
        Self::start_for(fault, Times::Always, dialect).await
    }

    /// A server that plays the fault once, or always.
    ///
    /// # Errors
    /// When loopback has no free port.
    pub async fn start_for(fault: Fault, times: Times, dialect: Dialect) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let address = socket.local_addr()?;
        let shared = Arc::new(Shared {
            fault,
            times,
            dialect,
            notes: Mutex::default(),
        });
        let port = if fault == Fault::Refused {
            Port::Deaf(socket)
        } else {
            Port::Open(tokio::spawn(accept(socket.listen(1024)?, Arc::clone(&shared))))
        };
        Ok(Self { address, shared, port })
    }

    /// Address to give to the client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All that arrived, in order.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrival> {
        self.shared.lock().arrived.clone()
    }

    /// How many calls arrived, logins aside.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.shared.lock().calls
    }

    /// How many logins arrived.
    #[must_use]
    pub fn logins(&self) -> usize {
        self.shared.lock().logins
    }

    /// How many calls were carried out.
    #[must_use]
    pub fn applied(&self) -> usize {
        self.shared
            .lock()
            .arrived
            .iter()
            .filter(|arrival| arrival.applied && !arrival.login)
            .count()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        if let Port::Open(task) = &self.port {
            task.abort();
        }
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes an arrival and says whether the fault is still on for it.
    pub(super) fn note(&self, arrival: Arrival) -> bool {
        let mut notes = self.lock();
        let before = if arrival.login {
            &mut notes.logins
        } else {
            &mut notes.calls
        };
        *before += 1;
        let first = *before == 1;
        notes.arrived.push(arrival);
        first || self.times == Times::Always
    }

    /// A new token each time; the number tells them apart.
    pub(super) fn login_answer(&self) -> String {
        self.dialect.login.replace("{token}", &self.live_token())
    }

    /// Whether a request carries the token of the last login.
    pub(super) fn is_live(&self, head: &Head) -> bool {
        let token = self.live_token();
        head.target.contains(&token) || head.headers.iter().any(|(_, value)| value.contains(&token))
    }

    fn live_token(&self) -> String {
        format!("wire-token-{:04}-0123456789abcdef", self.lock().logins)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        connections.spawn(serve(stream, Arc::clone(&shared)));
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    // An answer that comes in several writes must not wait for the client's acknowledgement.
    let _ = stream.set_nodelay(true);
    // What a client does to the connection is its affair: it ends the connection, never the server.
    while let Ok(Some(open)) = play(stream, &shared).await {
        stream = open;
    }
}
