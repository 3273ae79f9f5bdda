//! Source of programs, by the ends of names. What is *not* here: what it does (`administration`), and whether it is of tests.

use kafka_upgrade_document::paths;

/// Whether it is source of a program, by its ending; of scripts the branches are known.
pub(crate) fn is_program(path: &str) -> bool {
    const ENDINGS: [&str; 9] = ["py", "js", "ts", "go", "java", "kt", "scala", "rb", "cs"];
    paths::file_name(path).rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}
