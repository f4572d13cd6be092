//! `zippcrm license`: make, look into and check licences. Needs no server and no database.

use super::{fail, print, print_json};
use crate::http::token::random_text;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use clap::Subcommand;
use kernel::moment::{IST, Instant};
use kernel::{Counted, Date, Feature, FeatureSet, Limit};
use licensing::{Claims, LicenceKey};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use time::macros::{format_description, time};

/// What to do with licences.
#[derive(Debug, Subcommand)]
pub enum LicenseCommand {
    /// Make a signing pair. The vendor's is made once and kept offline.
    Keygen {
        /// Where to put it; an existing file is left alone.
        #[arg(long)]
        out: PathBuf,
        /// For development; production refuses what it signs.
        #[arg(long)]
        dev: bool,
    },
    /// Make a key and a signed licence file.
    Issue {
        /// The file of the signing pair.
        #[arg(long)]
        private_key: PathBuf,
        /// starter, growth, professional or enterprise.
        #[arg(long)]
        plan: String,
        /// Seats, or -1 for unlimited.
        #[arg(long, allow_hyphen_values = true)]
        seats: i64,
        /// The last day, like 2027-11-30.
        #[arg(long)]
        until: String,
        /// To whom.
        #[arg(long)]
        licensee: String,
        /// A feature, like cosmos_xbrl; may be repeated. With any, the licence has exactly the named ones instead of its
        /// plan's.
        #[arg(long)]
        feature: Vec<String>,
        /// Another limit, like clients=250; may be repeated.
        #[arg(long)]
        limit: Vec<String>,
        /// Where to put the licence file; without it only the key is printed.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Use a development pair.
        #[arg(long)]
        dev: bool,
    },
    /// Show what a key or a licence file says, without believing it.
    Inspect {
        /// A key, or a file.
        licence: String,
    },
    /// Say whether a key is well formed, or a licence file was signed with this public key and has not ended.
    Verify {
        /// A key, or a file.
        licence: String,
        /// The public key in base64url.
        #[arg(long)]
        public_key: Option<String>,
    },
}

/// A signing pair as its file holds it.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    /// The public half.
    pub public: Vec<u8>,
    development: bool,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Reads the text of the file.
    pub fn read(text: &str) -> Result<Self, String> {
        let json: Value = serde_json::from_str(text).map_err(|_| "this is not a signing pair")?;
        let pkcs8 = json["pkcs8"].as_str().and_then(|text| BASE64.decode(text).ok());
        let pair = Ed25519KeyPair::from_pkcs8(&pkcs8.ok_or("this is not a signing pair")?)
            .map_err(|error| format!("the signing pair is damaged: {error}"))?;
        let public = pair.public_key().as_ref().to_vec();
        Ok(Self { pair, public, development: json["kind"] != "production" })
    }
}

/// Runs one.
pub fn run(command: &LicenseCommand) -> ExitCode {
    let done = match command {
        LicenseCommand::Keygen { out, dev } => keygen(out, *dev),
        LicenseCommand::Issue { private_key, plan, seats, until, licensee, feature, limit, out, dev } => {
            let wanted = Wanted { plan, seats: *seats, until, licensee, features: feature, limits: limit };
            issue(private_key, &wanted, out.as_deref(), *dev)
        }
        LicenseCommand::Inspect { licence } => inspect(licence),
        LicenseCommand::Verify { licence, public_key } => verify(licence, public_key.as_deref()),
    };
    done.unwrap_or_else(|message| fail(&message, 2))
}

fn keygen(out: &Path, dev: bool) -> Result<ExitCode, String> {
    if out.exists() {
        return SigningKey::read(&text_of(out)?).map(|key| print(&BASE64.encode(key.public)));
    }
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new())
        .map_err(|_| "the system gives no randomness")?;
    let public = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(|error| error.to_string())?;
    let public = BASE64.encode(public.public_key());
    let kind = if dev { "development" } else { "production" };
    let text = json!({ "kind": kind, "public": public, "pkcs8": BASE64.encode(pkcs8.as_ref()) }).to_string();
    write_secret(out, &text)?;
    Ok(print(&public))
}

struct Wanted<'a> {
    plan: &'a str,
    seats: i64,
    until: &'a str,
    licensee: &'a str,
    features: &'a [String],
    limits: &'a [String],
}

fn issue(private_key: &Path, wanted: &Wanted<'_>, out: Option<&Path>, dev: bool) -> Result<ExitCode, String> {
    let signing = SigningKey::read(&text_of(private_key)?)?;
    if signing.development != dev {
        let advice = if dev {
            "this pair is not for development; leave --dev out"
        } else {
            "this is a development pair; say --dev"
        };
        return Err(advice.into());
    }
    let last_day = Date::parse(wanted.until, format_description!("[year]-[month]-[day]"))
        .map_err(|_| format!("\"{}\" is not a day like 2027-11-30", wanted.until))?;
    let salt = random_text().ok_or("the system gives no randomness")?;
    let salt = salt.bytes().fold(0u16, |sum, byte| sum.rotate_left(5) ^ u16::from(byte));
    let seats = Limit::of(wanted.seats);
    let key = LicenceKey::issue(wanted.plan, seats, last_day, salt).map_err(|error| error.to_string())?;
    let mut limits = BTreeMap::new();
    for text in wanted.limits {
        let parsed =
            text.split_once('=').and_then(|(name, n)| Some((Counted::parse(name)?, n.parse().ok()?)));
        let (counted, number) =
            parsed.ok_or_else(|| format!("\"{text}\" is not a limit like clients=250"))?;
        limits.insert(counted.as_str().to_owned(), Limit::of(number));
    }
    let next_day = last_day.next_day().ok_or("that day is too far away")?;
    let claims = Claims {
        key: key.as_str().to_owned(),
        tier: key.tier.clone(),
        max_seats: seats,
        valid_until: next_day.with_time(time!(0:00)).assume_offset(IST),
        features: features_of(wanted.features)?,
        limits,
        licensee: wanted.licensee.to_owned(),
        issued_at: now(),
        offline: true,
        development: dev,
        revoked: false,
        nonce: None,
    };
    if let Some(out) = out {
        std::fs::write(out, claims.sign(&signing.pair)).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    Ok(print(key.as_str()))
}

/// Exactly the named ones; none leaves it to the plan.
fn features_of(names: &[String]) -> Result<Option<FeatureSet>, String> {
    let known = |name: &String| Feature::parse(name).ok_or_else(|| format!("\"{name}\" is not a feature"));
    let set = names.iter().map(known).collect::<Result<FeatureSet, _>>()?;
    Ok((!names.is_empty()).then_some(set))
}

fn inspect(licence: &str) -> Result<ExitCode, String> {
    if Path::new(licence).is_file() {
        let claims = Claims::inspect(&text_of(Path::new(licence))?).map_err(|error| error.to_string())?;
        return Ok(print_json(&claims.to_json()));
    }
    let key = LicenceKey::parse(licence).map_err(|error| error.to_string())?;
    let last_day = key.last_day.to_string();
    Ok(print_json(
        &json!({ "key": key.as_str(), "tier": key.tier, "seats": key.seats.get(), "lastDay": last_day }),
    ))
}

fn verify(licence: &str, public_key: Option<&str>) -> Result<ExitCode, String> {
    if !Path::new(licence).is_file() {
        let key = LicenceKey::parse(licence).map_err(|error| error.to_string())?;
        return Ok(print(&format!(
            "{} is well formed. Only the vendor can say whether it is valid.",
            key.as_str()
        )));
    }
    let public_key = public_key.ok_or("name the public key with --public-key")?;
    let public_key = BASE64.decode(public_key).map_err(|_| "the public key is not base64url")?;
    let claims =
        Claims::verify(&text_of(Path::new(licence))?, &public_key).map_err(|error| error.to_string())?;
    if claims.revoked || claims.valid_until <= now() {
        return Err("It is signed, and it has ended.".into());
    }
    // The end is the midnight after the last day in India.
    let last_day = (claims.valid_until.to_offset(IST) - time::Duration::SECOND).date();
    Ok(print(&format!("Signed for {}, {}, until {}.", claims.licensee, claims.tier, last_day)))
}

fn text_of(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write_secret(path: &Path, text: &str) -> Result<(), String> {
    let write = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        std::io::Write::write_all(&mut options.open(path)?, text.as_bytes())
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}

#[expect(clippy::disallowed_methods, reason = "a command without a server has no injected clock")]
fn now() -> Instant {
    Instant::now_utc()
}
