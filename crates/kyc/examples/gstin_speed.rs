//! Prints how many GSTINs one core checks per second: `cargo run --release -p kyc --example gstin_speed`.

use std::hint::black_box;
use std::time::Instant;

fn main() {
    let samples: Vec<[u8; 15]> = (0..1000u32).map(sample).collect();
    let rounds = 50_000u32;
    let started = Instant::now();
    let mut valid = 0u64;
    for _ in 0..rounds {
        for gstin in &samples {
            valid += u64::from(kyc::gstin::is_valid_bytes(black_box(gstin.as_slice())));
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let checks = f64::from(rounds) * 1000.0;
    println!("{:.1} million checks per second ({valid} valid of {checks})", checks / seconds / 1e6);
}

/// A GSTIN with a right check character; every fourth one is spoiled.
fn sample(index: u32) -> [u8; 15] {
    let text = format!("27AAPFU{:04}F1Z", index + 1);
    let mut out = [b'0'; 15];
    out[..14].copy_from_slice(text.as_bytes());
    let check = kyc::gstin::check_char(&out[..14]).unwrap_or('0');
    out[14] = check as u8;
    if index % 4 == 3 {
        out[9] = if out[9] == b'9' { b'8' } else { out[9] + 1 };
    }
    out
}
