//! A vendor for tests: signs what it is asked about, and can be run as a real server that misbehaves.

use app::licence::{Ask, Desk};
use async_trait::async_trait;
use kernel::Limit;
use licensing::{Claims, LicenceKey};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use time::macros::{date, datetime};

/// Signs everything it is asked about, without a network.
pub struct Vendor;

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

/// The vendor's public key.
pub fn public_key() -> Vec<u8> {
    pair(1).public_key().as_ref().to_vec()
}

/// A key for a plan without a bound on seats.
pub fn key(plan: &str) -> String {
    LicenceKey::issue(plan, Limit::UNLIMITED, date!(2027 - 11 - 30), 77).unwrap().as_str().to_owned()
}

/// What the vendor grants for a key.
pub fn claims(key: &str, nonce: Option<&str>) -> Claims {
    let read = LicenceKey::parse(key).unwrap();
    Claims {
        key: read.as_str().to_owned(),
        tier: read.tier,
        max_seats: read.seats,
        valid_until: datetime!(2027-11-30 18:30 UTC),
        features: None,
        limits: Default::default(),
        licensee: "Quokka Advisers".into(),
        issued_at: datetime!(2026-11-01 00:00 UTC),
        offline: nonce.is_none(),
        development: false,
        revoked: false,
        nonce: nonce.map(str::to_owned),
    }
}

/// The text of a licence file.
pub fn bundle(plan: &str) -> String {
    claims(&key(plan), None).sign(&pair(1))
}

/// A desk with this way to ask.
pub fn desk(endpoint: Arc<dyn Ask>) -> Arc<Desk> {
    let public_key = Some(public_key());
    Arc::new(Desk { endpoint: Some(endpoint), public_key, production: true, installation_key: None })
}

#[async_trait]
impl Ask for Vendor {
    async fn ask(&self, key: &str, _: &str, nonce: &str) -> Result<String, String> {
        Ok(claims(key, Some(nonce)).sign(&pair(1)))
    }
}

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it should.
    Honest,
    /// Takes the question and never answers.
    Silent,
    /// 500.
    Broken,
    /// Signs with another key.
    Lying,
    /// Gives the first answer again and again.
    Replaying,
    /// Says that the licence was taken back.
    Revoking,
}

/// A server on a port of its own; it ends with the test process.
pub struct Server {
    /// Where it listens.
    pub url: String,
    manner: Arc<Mutex<Manner>>,
}

impl Server {
    /// Starts honest.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}/validate", listener.local_addr().unwrap());
        let manner = Arc::new(Mutex::new(Manner::Honest));
        let seen = manner.clone();
        std::thread::spawn(move || {
            let (mut kept, mut first) = (Vec::new(), None);
            for stream in listener.incoming().map_while(Result::ok) {
                let manner = *seen.lock().unwrap();
                let question = question(&stream);
                match answer(manner, &question, &mut first) {
                    Some((status, body)) => reply(stream, status, &body),
                    None => kept.push(stream),
                }
            }
        });
        Self { url, manner }
    }

    /// From now on.
    pub fn be(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }
}

fn question(stream: &TcpStream) -> Value {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(number) = line.to_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}

fn answer(manner: Manner, question: &Value, first: &mut Option<String>) -> Option<(u16, String)> {
    let (key, nonce) = (question["licenseKey"].as_str().unwrap(), question["nonce"].as_str());
    assert_eq!(question["product"], "zippcrm");
    let mut granted = claims(key, nonce);
    let signed = match manner {
        Manner::Silent => return None,
        Manner::Broken => return Some((500, "out of order".into())),
        Manner::Lying => granted.sign(&pair(2)),
        Manner::Honest | Manner::Replaying => granted.sign(&pair(1)),
        Manner::Revoking => {
            granted.revoked = true;
            granted.sign(&pair(1))
        }
    };
    let first = first.get_or_insert_with(|| signed.clone());
    Some((200, if manner == Manner::Replaying { first.clone() } else { signed }))
}

fn reply(mut stream: TcpStream, status: u16, body: &str) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
}
