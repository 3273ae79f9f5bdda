//! Which files are of a program's tests, by their paths and kinds.
//!
//! What a test sets wrong it may set on purpose, and what it sets in vain fails nowhere. What is *not* here: what becomes
//! of findings in them.

use kafka_upgrade_document::{Kind, paths};

use crate::checked_file::CheckedFile;

/// Whether it is source of a test.
pub(crate) fn is_source(read: &CheckedFile<'_>) -> bool {
    matches!(read.document.kind, Kind::JavaSource | Kind::KotlinSource | Kind::ScalaSource)
        && paths::parts(read.path).any(|folder| matches!(folder, "test" | "tests"))
}

/// Whether it is one that tests of a program read.
pub(crate) fn is_resource(path: &str) -> bool {
    let parts: Vec<&str> = paths::parts(path).collect();
    parts.windows(3).any(|parts| parts == ["src", "test", "resources"])
}

/// Whether name or folders call it a test's, in whatever language.
pub(crate) fn is_named(path: &str) -> bool {
    const FOLDERS: [&str; 8] =
        ["test", "tests", "__tests__", "spec", "testdata", "mocks", "testHelpers", "e2e"];
    let (folders, file) = paths::split(path);
    let stem = file.split('.').next().unwrap_or_default();
    let named = file.contains(".test.") || file.contains(".spec.") || stem.ends_with("_test");
    named
        || stem.ends_with("_spec")
        || stem.starts_with("test_")
        || stem.ends_with("Test")
        || stem.ends_with("Tests")
        || paths::parts(folders).any(|folder| FOLDERS.contains(&folder))
}

/// Whether its name says that it is wrong on purpose, among tests.
pub(crate) fn is_wrong_on_purpose(path: &str) -> bool {
    const SIGNS: [&str; 5] = ["invalid", "incorrect", "malformed", "broken", "illegal"];
    let name = paths::file_name(path).to_ascii_lowercase();
    is_named(path) && SIGNS.iter().any(|sign| name.contains(sign))
}

/// Whether a test compares it with what a program prints or makes, or gives it to one that changes texts.
pub(crate) fn is_golden(path: &str) -> bool {
    let (folders, file) = paths::split(path);
    let stem = file.split('.').next().unwrap_or_default();
    let is_compared =
        || matches!(stem, "expected" | "golden" | "input" | "output") || file.ends_with(".golden");
    // What kuttl waits for: `01-assert.yaml`.
    let is_awaited = || {
        let step = stem.strip_suffix("-assert").or_else(|| stem.strip_suffix("-errors"));
        step.is_some_and(|step| !step.is_empty() && step.bytes().all(|one| one.is_ascii_digit()))
    };
    is_awaited()
        || paths::parts(folders).any(|folder| matches!(folder, "__snapshots__" | "snapshots" | "golden"))
            && is_named(path)
        || paths::parts(folders).any(|folder| folder == "testcases")
        || paths::parts(folders).any(|folder| folder == "testdata") && is_compared()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_their_names_and_folders() {
        for path in
            ["a/test_x.py", "x_test.go", "src/x.spec.ts", "tests/a.rb", r"a\__tests__\b.js", "FooTests.cs"]
        {
            assert!(is_named(path), "{path}");
        }
        for path in ["contest.py", "src/latest.go", "a/testing.js", "protest/x.py"] {
            assert!(!is_named(path), "{path}");
        }
        assert!(is_golden("m/testcases/defer/expected.conf") && is_golden("testdata/a.golden"));
        assert!(is_golden("m/testcases/defer/telegraf.conf"));
        assert!(
            is_golden("tests/kuttl/kafka/01-assert.yaml") && !is_golden("tests/kuttl/kafka/01-install.yaml")
        );
        assert!(!is_golden("testdata/kafka.conf") && !is_golden("config/expected.conf"));
        assert!(is_wrong_on_purpose("src/test/plans/invalid-topic.yaml"));
        assert!(!is_wrong_on_purpose("plans/invalid-topic.yaml") && !is_wrong_on_purpose("test/topic.yaml"));
        assert!(
            is_resource(r"app\src\test\resources\a.yml") && !is_resource("src/main/resources/test/a.yml")
        );
    }
}
