//! What each fault does on the wire.

use std::io::{self, Write};
use std::sync::OnceLock;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::fault::Fault;
use super::server::{Arrival, Shared};
use super::wire::{Head, answer, head, read_body, read_head, reset, write_and_close};

const JSON: (&str, &str) = ("content-type", "application/json");
const GZIP: (&str, &str) = ("content-encoding", "gzip");
const PAGE: &[u8] = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
/// Pieces of a body that is too large.
const PIECE: usize = 1024 * 1024;
const PIECES: usize = 100;

/// Serves one request. Gives the connection back when another may follow on it.
pub(super) async fn play(mut stream: TcpStream, shared: &Shared) -> io::Result<Option<TcpStream>> {
    if shared.fault == Fault::ResetBeforeRequest {
        // The client has sent, and nothing of it is read: an earlier reset would, or would not, meet it still connecting.
        if stream.peek(&mut [0]).await? == 0 {
            return Ok(None);
        }
        if shared.note(arrival(None, None, false)) {
            return reset(stream).map(|()| None);
        }
    }
    let Some(head) = read_head(&mut stream).await? else {
        return Ok(None);
    };
    if head.path() == shared.dialect.login_path {
        return login(stream, shared, &head).await;
    }
    if shared.fault == Fault::ResetDuringRequest && shared.note(arrival(Some(&head), None, false)) {
        return reset(stream).map(|()| None);
    }
    let body = read_body(&mut stream, &head).await?;
    let fault = shared.fault;
    let on = match fault {
        // The arrival was noted before the fault ended.
        Fault::ResetBeforeRequest | Fault::ResetDuringRequest => false,
        _ => shared.note(arrival(Some(&head), Some(body), applied(fault))),
    };
    if !on {
        return write(stream, &answer(200, &[JSON], shared.dialect.success.as_bytes())).await;
    }
    if fault == Fault::OneSession && !shared.is_live(&head) {
        return write(stream, &answer(200, &[JSON], shared.dialect.dead_token.as_bytes())).await;
    }
    misbehave(stream, shared).await
}

fn arrival(head: Option<&Head>, body: Option<Vec<u8>>, applied: bool) -> Arrival {
    Arrival {
        method: head.map(|head| head.method.clone()).unwrap_or_default(),
        target: head.map(|head| head.target.clone()).unwrap_or_default(),
        headers: head.map(|head| head.headers.clone()).unwrap_or_default(),
        body,
        login: false,
        applied,
    }
}

/// Whether a vendor with this fault has carried the call out by the time it goes wrong. Where it is open, the worse is
/// played.
fn applied(fault: Fault) -> bool {
    !matches!(
        fault,
        Fault::MovedPermanently
            | Fault::TemporaryRedirect
            | Fault::Unauthorized
            | Fault::Forbidden
            | Fault::NotFound
            | Fault::Conflict
            | Fault::TooManyRequests
            | Fault::RetryAtOnce
            | Fault::RetryInAnHour
            | Fault::RetryAtDate
            | Fault::RefusedIn200
            | Fault::RefusedIn400
            | Fault::DeadToken
    )
}

async fn login(mut stream: TcpStream, shared: &Shared, head: &Head) -> io::Result<Option<TcpStream>> {
    let body = read_body(&mut stream, head).await?;
    let on = shared.note(Arrival {
        login: true,
        ..arrival(Some(head), Some(body), true)
    });
    let bytes = match shared.fault {
        Fault::LoginDown if on => answer(502, &[], PAGE),
        Fault::LoginRefused if on => answer(200, &[JSON], shared.dialect.login_refusal.as_bytes()),
        Fault::LoginHtml if on => answer(200, &[], PAGE),
        _ => answer(200, &[JSON], shared.login_answer().as_bytes()),
    };
    write(stream, &bytes).await
}

async fn write(mut stream: TcpStream, bytes: &[u8]) -> io::Result<Option<TcpStream>> {
    stream.write_all(bytes).await?;
    Ok(Some(stream))
}

async fn close(stream: TcpStream, bytes: &[u8]) -> io::Result<Option<TcpStream>> {
    write_and_close(stream, bytes).await.map(|()| None)
}

async fn misbehave(stream: TcpStream, shared: &Shared) -> io::Result<Option<TcpStream>> {
    let dialect = &shared.dialect;
    let success = dialect.success.as_bytes();
    let half = &success[..success.len() / 2];
    match shared.fault {
        Fault::ResetAfterRequest => reset(stream).map(|()| None),
        Fault::ClosedAfterRequest => close(stream, b"").await,
        Fault::Silent => silence(stream).await,
        Fault::NotHttp => close(stream, b"SSH-2.0-OpenSSH_9.6\r\n").await,
        Fault::HalfHead => close(stream, b"HTTP/1.1 200 OK\r\ncontent-type: appli").await,
        Fault::HalfBody => {
            let mut bytes = answer(200, &[JSON], success);
            bytes.truncate(bytes.len() - success.len() / 2);
            close(stream, &bytes).await
        }
        Fault::HalfChunkedBody => {
            let mut bytes = head(200, &[JSON, ("transfer-encoding", "chunked")]);
            bytes.extend_from_slice(format!("\r\n{:x}\r\n", half.len()).as_bytes());
            bytes.extend_from_slice(half);
            bytes.extend_from_slice(b"\r\n");
            close(stream, &bytes).await
        }
        Fault::CutBody => {
            let mut bytes = head(200, &[JSON, ("connection", "close")]);
            bytes.extend_from_slice(b"\r\n");
            bytes.extend_from_slice(half);
            close(stream, &bytes).await
        }
        Fault::SlowBody => drip(stream, success).await,
        Fault::LengthTooShort => lengths(stream, success, success.len() / 2).await,
        Fault::LengthTooLong => lengths(stream, success, success.len() + 100).await,
        Fault::Compressed => write(stream, &answer(200, &[JSON, GZIP], &packed([success])?)).await,
        Fault::GzipBomb => write(stream, &answer(200, &[JSON, GZIP], bomb()?)).await,
        Fault::HugeBody => flood(stream, false).await,
        Fault::HugeChunkedBody => flood(stream, true).await,
        _ => write(stream, &in_order(shared)).await,
    }
}

/// Faults whose answer is whole and well-formed HTTP.
fn in_order(shared: &Shared) -> Vec<u8> {
    let dialect = &shared.dialect;
    let location = ("location", dialect.elsewhere.as_str());
    match shared.fault {
        Fault::MovedPermanently => answer(301, &[location], PAGE),
        Fault::Found => answer(302, &[location], PAGE),
        Fault::TemporaryRedirect => answer(307, &[location], b""),
        Fault::Unauthorized => answer(401, &[], PAGE),
        Fault::Forbidden => answer(403, &[], PAGE),
        Fault::NotFound => answer(404, &[], PAGE),
        Fault::Conflict => answer(409, &[], PAGE),
        Fault::TooManyRequests => answer(429, &[], b""),
        Fault::RetryAtOnce => answer(429, &[("retry-after", "0")], b""),
        Fault::RetryInAnHour => answer(429, &[("retry-after", "3600")], b""),
        Fault::RetryAtDate => answer(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], b""),
        Fault::InternalError => answer(500, &[], PAGE),
        Fault::BadGateway => answer(502, &[], PAGE),
        Fault::Unavailable => answer(503, &[], b""),
        Fault::RefusedIn200 => answer(200, &[JSON], dialect.refusal.as_bytes()),
        Fault::RefusedIn400 => answer(400, &[JSON], dialect.refusal.as_bytes()),
        Fault::SuccessIn500 => answer(500, &[JSON], dialect.success.as_bytes()),
        Fault::DeadToken => answer(200, &[JSON], dialect.dead_token.as_bytes()),
        Fault::InvalidUtf8 => answer(200, &[JSON], b"{\"code\":0,\"data\":{\"name\":\"\xff\xfe\"}}"),
        Fault::ByteOrderMark => answer(200, &[JSON], &[b"\xEF\xBB\xBF", dialect.success.as_bytes()].concat()),
        Fault::DeepNesting => answer(200, &[JSON], nested(&dialect.success).as_bytes()),
        Fault::DuplicateKeys => answer(200, &[JSON], twice(&dialect.success).as_bytes()),
        Fault::Empty => answer(200, &[JSON], b""),
        Fault::Html => answer(200, &[], PAGE),
        Fault::NoData => answer(200, &[JSON], dialect.no_data.as_bytes()),
        Fault::NotEnvelope => answer(200, &[JSON], br#"{"status":"ok","items":[1,2]}"#),
        Fault::WrongData => answer(200, &[JSON], dialect.wrong_data.as_bytes()),
        _ => answer(200, &[JSON], dialect.success.as_bytes()),
    }
}

/// Holds the connection open until the client gives up.
async fn silence(stream: TcpStream) -> io::Result<Option<TcpStream>> {
    while stream.readable().await.is_ok() {
        match stream.try_read(&mut [0; 64]) {
            Ok(0) => break,
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => break,
            _ => {}
        }
    }
    Ok(None)
}

async fn drip(mut stream: TcpStream, body: &[u8]) -> io::Result<Option<TcpStream>> {
    let mut begin = head(200, &[JSON]);
    begin.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    stream.write_all(&begin).await?;
    for byte in body.iter().cycle() {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stream.write_all(&[*byte]).await?;
    }
    Ok(None)
}

async fn lengths(stream: TcpStream, body: &[u8], announced: usize) -> io::Result<Option<TcpStream>> {
    let mut bytes = head(200, &[JSON]);
    bytes.extend_from_slice(format!("content-length: {announced}\r\n\r\n").as_bytes());
    bytes.extend_from_slice(body);
    close(stream, &bytes).await
}

async fn flood(mut stream: TcpStream, chunked: bool) -> io::Result<Option<TcpStream>> {
    let mut begin = head(200, &[JSON]);
    if chunked {
        begin.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
    } else {
        begin.extend_from_slice(format!("content-length: {}\r\n\r\n", PIECE * PIECES).as_bytes());
    }
    stream.write_all(&begin).await?;
    let piece = vec![b' '; PIECE];
    for _ in 0..PIECES {
        if chunked {
            stream.write_all(format!("{PIECE:x}\r\n").as_bytes()).await?;
        }
        stream.write_all(&piece).await?;
        if chunked {
            stream.write_all(b"\r\n").await?;
        }
    }
    stream.write_all(if chunked { b"0\r\n\r\n" } else { b"" }).await?;
    Ok(Some(stream))
}

/// 100 MB of spaces, compressed once.
fn bomb() -> io::Result<&'static [u8]> {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(bomb) = BOMB.get() {
        return Ok(bomb);
    }
    let piece = vec![b' '; PIECE];
    let bomb = packed(std::iter::repeat_n(piece.as_slice(), PIECES))?;
    Ok(BOMB.get_or_init(|| bomb))
}

fn packed<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for piece in pieces {
        encoder.write_all(piece)?;
    }
    encoder.finish()
}

/// The envelope of a success around a data place of 10,000 arrays.
fn nested(success: &str) -> String {
    let envelope = &success[..success.find("\"data\"").unwrap_or(1)];
    format!("{envelope}\"data\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000))
}

/// An object with all of its members written twice.
fn twice(object: &str) -> String {
    let members = object.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    members.map_or_else(|| object.to_owned(), |members| format!("{{{members},{members}}}"))
}
