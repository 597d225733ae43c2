//! Reading a request and writing an answer, byte by byte.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// No head of ours is longer.
const HEAD_LIMIT: usize = 64 * 1024;

/// A request's head, and what of its body came with it.
pub(super) struct Head {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    length: usize,
    begun: Vec<u8>,
}

impl Head {
    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// Reads a head; `None` when the other side has closed.
pub(super) async fn read_head(stream: &mut TcpStream) -> io::Result<Option<Head>> {
    let mut read = Vec::new();
    loop {
        let mut room = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut room);
        let parsed = request
            .parse(&read)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        if let httparse::Status::Complete(end) = parsed {
            let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
            let headers: Vec<_> = request
                .headers
                .iter()
                .map(|header| (header.name.to_ascii_lowercase(), text(header.value)))
                .collect();
            let length = headers.iter().find(|(name, _)| name == "content-length");
            return Ok(Some(Head {
                method: request.method.unwrap_or_default().to_owned(),
                target: request.path.unwrap_or_default().to_owned(),
                length: length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0),
                begun: read[end..].to_vec(),
                headers,
            }));
        }
        if read.len() > HEAD_LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(None);
        }
    }
}

/// Reads the body to its announced end.
pub(super) async fn read_body(stream: &mut TcpStream, head: &Head) -> io::Result<Vec<u8>> {
    let mut body = head.begun.clone();
    while body.len() < head.length {
        if stream.read_buf(&mut body).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(body)
}

/// The bytes of an answer with its right length.
pub(super) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut bytes = head(status, headers);
    bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// The bytes of an answer's head, without length and without the empty line.
pub(super) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Test\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.into_bytes()
}

/// Ends a connection with a reset instead of an orderly close.
pub(super) fn reset(stream: TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}

/// Writes and closes in order, and reads what is still coming: an unread request would turn the close into a reset.
pub(super) async fn write_and_close(mut stream: TcpStream, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.shutdown().await?;
    let mut rest = [0; 1024];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}
