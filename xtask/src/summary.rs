//! Reading the counts out of what the test runners print.

use std::ops::AddAssign;

use crate::failures::gather;

/// How many tests passed and failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed, and runners that broke off.
    pub(crate) failed: u64,
    /// Lines that name what failed or passed only at the second try, and why.
    pub(crate) named: Vec<String>,
}

impl Counts {
    /// Counts without names.
    pub(crate) fn of(passed: u64, failed: u64) -> Self {
        Self { passed, failed, named: Vec::new() }
    }

    /// Prints what went wrong and, as the last line, the counts.
    pub(crate) fn print(&self) {
        if !self.named.is_empty() {
            println!("\nFailed, or passed at the second try:");
        }
        for line in &self.named {
            println!("{line}");
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.named.extend(other.named);
    }
}

/// The counts of one runner. One that failed without naming a failed test (it did not compile, it crashed)
/// counts as one failure; so does one that reports nothing at all.
pub(crate) fn judge(succeeded: bool, lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    let lines_read: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    // nextest repeats what a failed test printed, and that ends with a result line of its own.
    let nextest = lines_read.iter().any(|line| line.trim().starts_with("Summary ["));
    for line in lines_read.iter().filter(|line| !(nextest && line.trim().starts_with("test result:"))) {
        counts += read(line);
    }
    if !succeeded && counts.failed == 0 {
        counts.failed = 1;
    }
    counts.named = gather(lines);
    counts
}

/// The counts in one line of nextest, libtest, Vitest or Playwright; zero for every other line.
fn read(line: &str) -> Counts {
    let line = line.trim();
    if line.starts_with("Summary [") && line.contains("run:") {
        let after = line.split("run:").nth(1).unwrap_or_default();
        return Counts::of(
            before_word(after, "passed"),
            before_word(after, "failed") + before_word(after, "timed out"),
        );
    }
    if line.starts_with("test result:") || line.starts_with("Tests ") {
        return Counts::of(before_word(line, "passed"), before_word(line, "failed"));
    }
    // Playwright: a line of its own for each, such as `12 passed (4.2s)`.
    let mut words = line.split_whitespace();
    let number = words.next().and_then(|w| w.parse::<u64>().ok());
    let rest: Vec<&str> = words.collect();
    match (number, rest.as_slice()) {
        (Some(n), ["passed", time]) if time.starts_with('(') => Counts::of(n, 0),
        (Some(n), ["flaky"]) => Counts::of(n, 0),
        (Some(n), ["failed" | "interrupted"]) => Counts::of(0, n),
        _ => Counts::default(),
    }
}

/// The number written before `word`, or zero.
fn before_word(text: &str, word: &str) -> u64 {
    let Some(at) = text.find(word) else { return 0 };
    text[..at].split_whitespace().next_back().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// The line without terminal colours.
pub(crate) fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(succeeded: bool, text: &str) -> (u64, u64) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let counts = judge(succeeded, &lines);
        (counts.passed, counts.failed)
    }

    #[test]
    fn nextest() {
        let text =
            "     Summary [   6.120s] 17 tests run: 14 passed (1 leaky), 2 failed, 1 timed out, 3 skipped";
        assert_eq!(of(false, text), (14, 3));
        let one = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m1\u{1b}[0m test run: \u{1b}[1m1\u{1b}[0m passed, 0 skipped";
        assert_eq!(of(true, one), (1, 0));
    }

    #[test]
    fn what_a_failed_test_printed_is_not_counted_again() {
        let text = "    test result: FAILED. 0 passed; 1 failed; 0 ignored\n     Summary [   1.0s] 9 tests run: 8 passed, 1 failed";
        assert_eq!(of(false, text), (8, 1));
    }

    #[test]
    fn libtest_sums_all_binaries() {
        let text = "test result: ok. 6 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 2 passed; 3 failed; 0 ignored";
        assert_eq!(of(false, text), (8, 3));
    }

    #[test]
    fn vitest_counts_tests_and_not_files() {
        let text = " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 41 passed (42)\n";
        assert_eq!(of(false, text), (41, 1));
        assert_eq!(of(true, " Test Files  3 passed (3)\n      Tests  41 passed (41)"), (41, 0));
    }

    #[test]
    fn playwright() {
        assert_eq!(
            of(false, "  1 failed\n    [chromium] a.spec.ts\n  2 skipped\n  12 passed (4.2s)"),
            (12, 1)
        );
        assert_eq!(of(true, "  12 passed (1.1m)"), (12, 0));
        assert_eq!(of(true, "loaded 12 passed things"), (0, 0));
    }

    #[test]
    fn a_runner_that_breaks_off_is_a_failure() {
        assert_eq!(of(false, "error: could not compile"), (0, 1));
        assert_eq!(of(false, "test result: ok. 5 passed; 0 failed"), (5, 1));
    }
}
