//! Requests over a fixed number of keep-alive connections, each sending its next as soon as it has its answer.

use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a round showed.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// Requests answered per second.
    pub per_second: f64,
    /// Microseconds of every answer, sorted.
    pub micros: Vec<u32>,
}

impl Round {
    /// Adds another round. The rates are summed.
    pub fn join(&mut self, per_second: f64, micros: Vec<u32>) {
        self.per_second += per_second;
        self.micros.extend(micros);
        self.micros.sort_unstable();
    }

    /// A percentile in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.micros.len() * percent / 100).min(self.micros.len().saturating_sub(1));
        self.micros.get(at).copied().map_or(0.0, |us| f64::from(us) / 1000.0)
    }
}

/// One answer.
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// The head, for its cookies.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A keep-alive connection.
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

impl Wire {
    /// Connects.
    pub async fn open(port: u16) -> Result<Self, String> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(|e| e.to_string())?;
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        Ok(Self { stream, buffer: vec![0; 256 * 1024], filled: 0 })
    }

    /// Sends a request and reads its answer; the status and where head and body end in the buffer.
    async fn exchange(&mut self, request: &[u8]) -> Result<(u16, usize, usize), String> {
        self.stream.write_all(request).await.map_err(|e| e.to_string())?;
        self.filled = 0;
        let mut head_end = 0;
        let mut end = usize::MAX;
        while self.filled < end {
            if self.filled == self.buffer.len() {
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
            let got = self.stream.read(&mut self.buffer[self.filled..]).await.map_err(|e| e.to_string())?;
            if got == 0 {
                return Err("the server closed the connection".into());
            }
            let from = self.filled.saturating_sub(3);
            self.filled += got;
            if head_end == 0
                && let Some(at) = find(&self.buffer[from..self.filled], b"\r\n\r\n")
            {
                head_end = from + at + 4;
                end = head_end + content_length(&self.buffer[..head_end])?;
            }
        }
        let status = std::str::from_utf8(&self.buffer[9..12]).ok().and_then(|t| t.parse().ok());
        Ok((status.ok_or("no status line")?, head_end, end))
    }

    /// Sends a request and keeps its answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer, String> {
        let (status, head_end, end) = self.exchange(request).await?;
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).into_owned();
        Ok(Answer { status, head, body: self.buffer[head_end..end].to_vec() })
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what)
}

fn content_length(head: &[u8]) -> Result<usize, String> {
    let text = std::str::from_utf8(head).map_err(|e| e.to_string())?;
    let line = text.lines().find_map(|line| {
        line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, n)| n)
    });
    line.and_then(|n| n.trim().parse().ok()).ok_or_else(|| format!("an answer without length: {text}"))
}

/// A GET with the session's cookie.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n").into_bytes()
}

/// The status of one GET on a connection of its own.
pub async fn status(port: u16, path: &str, cookie: &str) -> Result<u16, String> {
    Ok(Wire::open(port).await?.ask(&get(path, cookie)).await?.status)
}

/// Signs in; answers the cookie.
pub async fn sign_in(port: u16, email: &str, password: &str) -> Result<String, String> {
    let body = serde_json::json!({ "email": email, "password": password }).to_string();
    let request = format!(
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = Wire::open(port).await?.ask(request.as_bytes()).await?;
    let cookie = answer.head.lines().find_map(|line| {
        line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")).map(|(_, v)| v)
    });
    let cookie = cookie.and_then(|c| c.split(';').next()).map(str::to_owned);
    cookie.ok_or_else(|| format!("sign-in: {} {}", answer.status, String::from_utf8_lossy(&answer.body)))
}

/// Sends what `request` makes of a running number on `connections` connections for `seconds`.
pub async fn round(
    port: u16,
    connections: u64,
    seconds: Duration,
    request: impl Fn(u64) -> Vec<u8>,
) -> Result<Round, String> {
    let begin = Instant::now();
    let one = async |first: u64| -> Result<Vec<u32>, String> {
        let mut wire = Wire::open(port).await?;
        let mut micros = Vec::new();
        let mut number = first;
        while begin.elapsed() < seconds {
            let bytes = request(number);
            number = number.wrapping_add(connections);
            let sent = Instant::now();
            let (status, ..) = wire.exchange(&bytes).await?;
            if status != 200 {
                return Err(format!("status {status} for {}", String::from_utf8_lossy(&bytes)));
            }
            micros.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
        Ok(micros)
    };
    let all = join_all((0..connections).map(one).collect()).await?;
    let took = begin.elapsed().as_secs_f64();
    let mut micros: Vec<u32> = all.into_iter().flatten().collect();
    micros.sort_unstable();
    Ok(Round { per_second: micros.len() as f64 / took, micros })
}

/// Drives all futures on this thread, each woken only by its own socket.
async fn join_all<T>(futures: Vec<impl Future<Output = Result<T, String>>>) -> Result<Vec<T>, String> {
    use futures_util::stream::{FuturesUnordered, TryStreamExt};
    futures.into_iter().collect::<FuturesUnordered<_>>().try_collect().await
}
