//! What went wrong, gathered from what the test runners print, so that the last lines of a run name it.

use crate::summary::plain;

/// At most so many lines are repeated.
const MOST: usize = 40;

/// Begins of lines that say why, inside the report of one failed browser test.
const REASONS: [&str; 7] =
    ["Error:", "Test timeout", "Locator:", "Expected", "Received", "> ", "unexpected value"];

/// The names of tests that failed or passed only at the second try, each with the lines that say why.
pub(crate) fn gather(lines: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut browser = false;
    let mut panicked = false;
    for line in lines {
        let line = plain(line);
        let text = line.trim();
        if panicked {
            found.push(format!("    {text}"));
        }
        panicked = text.starts_with("thread '") && text.contains("panicked at");
        let starts = numbered(text);
        let tried = starts || text.starts_with("Retry #");
        browser = (browser || tried) && !text.starts_with("attachment #");
        let reason = browser && REASONS.iter().any(|begin| text.starts_with(begin));
        if tried || names_a_test(text) {
            found.push(text.trim_end_matches(['─', ' ']).to_owned());
        } else if panicked || reason {
            found.push(format!("    {text}"));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|line| seen.insert(line.clone()));
    found.truncate(MOST);
    found
}

/// The line of nextest or Vitest for a test that failed or was flaky.
fn names_a_test(text: &str) -> bool {
    let attempt = text.starts_with("TRY ") && text.contains(" FAIL [");
    attempt
        || ["FAIL [", "FLAKY ", "TIMEOUT [", "SIGABRT [", "FAIL  "]
            .iter()
            .any(|begin| text.starts_with(begin))
}

/// The head of Playwright's report of one failed test, such as `1) e2e/a.spec.ts:9:3 › a story ───`.
fn numbered(text: &str) -> bool {
    let number = text.split_once(") e2e/").map(|(number, _)| number);
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        gather(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_browser_test_is_named_with_its_reason() {
        let text = "  ✘  26 e2e/a.spec.ts:9:3 › a story (17.9s)\n\n  1) e2e/a.spec.ts:9:3 › a story ─────\n\n    \
                    Error: expect(page).toHaveURL(expected) failed\n\n    Received string:  \"/filings\"\n    \
                    Call log:\n      - Expect\n    > 27 |   await expect(page);\n    attachment #1: screenshot\n    \
                    Error: of something else\n";
        let expected = [
            "1) e2e/a.spec.ts:9:3 › a story",
            "    Error: expect(page).toHaveURL(expected) failed",
            "    Received string:  \"/filings\"",
            "    > 27 |   await expect(page);",
        ];
        assert_eq!(of(text), expected);
    }

    #[test]
    fn a_rust_test_is_named_once_with_its_panic() {
        let text = "        \u{1b}[31;1mFAIL\u{1b}[0m [   0.123s] api::http walk::all\n\
                    thread 'walk::all' panicked at crates/api/tests/http/walk.rs:3:5:\nassertion failed\n\
                    PASS [   0.1s] api::http walk::none\n        FAIL [   0.123s] api::http walk::all\n";
        let expected = [
            "FAIL [   0.123s] api::http walk::all",
            "    thread 'walk::all' panicked at crates/api/tests/http/walk.rs:3:5:",
            "    assertion failed",
        ];
        assert_eq!(of(text), expected);
    }

    #[test]
    fn a_second_try_and_a_web_test_are_named() {
        let text = "   FLAKY 2/2 [   0.2s] api::http walk::all\n FAIL  src/lib/format.test.ts > formats\n ok";
        assert_eq!(
            of(text),
            ["FLAKY 2/2 [   0.2s] api::http walk::all", "FAIL  src/lib/format.test.ts > formats"]
        );
        assert_eq!(of("Tests  41 passed (41)"), Vec::<String>::new());
    }
}
