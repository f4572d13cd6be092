//! How far a long run is, on one line of a terminal. Into a file or a pipe nothing is written.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(200);

/// Steps between looks at the clock.
const LOOK: u64 = 256;

/// Counts what is done.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
    whole: Option<u64>,
    done: u64,
    last: Option<Instant>,
}

impl Progress {
    /// Of how many, where that is known beforehand.
    pub fn new(whole: Option<u64>) -> Self {
        Self { shown: std::io::stderr().is_terminal(), whole, done: 0, last: None }
    }

    /// One more.
    pub fn step(&mut self) {
        self.done += 1;
        if !self.shown || !self.done.is_multiple_of(LOOK) {
            return;
        }
        let now = Instant::now();
        if self.last.is_some_and(|last| now - last < EVERY) {
            return;
        }
        self.last = Some(now);
        let mut err = std::io::stderr();
        let _ = write!(err, "\r\x1b[K{}", words(self.done, self.whole));
        let _ = err.flush();
    }

    /// Takes the line away, so that what follows stands alone.
    pub fn end(&self) {
        if self.last.is_some() {
            let mut err = std::io::stderr();
            let _ = write!(err, "\r\x1b[K");
            let _ = err.flush();
        }
    }
}

fn words(done: u64, whole: Option<u64>) -> String {
    match whole.filter(|whole| *whole > 0) {
        Some(whole) => format!("{done} of {whole} entries checked ({} %)", done.min(whole) * 100 / whole),
        None => format!("{done} entries checked"),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn it_says_how_much_is_done_of_how_much() {
        assert_eq!(words(256, Some(1_024)), "256 of 1024 entries checked (25 %)");
        assert_eq!(words(256, None), "256 entries checked");
        assert_eq!(words(5, Some(0)), "5 entries checked");
    }
}
