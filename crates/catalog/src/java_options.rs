//! Options that Java refuses to start with.
//!
//! Source: `data/java_options.csv`, which `cargo xtask record-java-options` writes by asking the Java that is there.
//! What is *not* here: options that Java takes with a warning.

use crate::tables::JAVA_OPTIONS;

/// Whether that Java refuses to start with an option, named as `UseParNewGC` (without `-XX:`, sign and value), or
/// with its dash for other kinds of options. An option that one Java refuses is refused by all newer ones.
#[must_use]
pub fn is_refused(name: &str, java: u8) -> bool {
    let at = JAVA_OPTIONS.binary_search_by(|(known, _)| str::cmp(known, name)).ok();
    at.and_then(|at| JAVA_OPTIONS.get(at)).is_some_and(|(_, since)| *since <= java)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_java_17_refused_is_known_and_what_it_takes_is_not() {
        for name in ["UseConcMarkSweepGC", "PrintGCDateStamps", "MaxPermSize", "-Xincgc", "-Djava.ext.dirs"] {
            assert!(is_refused(name, 17) && is_refused(name, 21), "{name}");
            assert!(!is_refused(name, 11), "{name}");
        }
        for name in
            ["UseG1GC", "MaxGCPauseMillis", "ExplicitGCInvokesConcurrent", "PrintGCDetails", "-Xloggc", ""]
        {
            assert!(!is_refused(name, 17), "{name}");
        }
    }

    #[test]
    fn what_only_newer_javas_refused_is_refused_by_those_alone() {
        assert!(!is_refused("UseBiasedLocking", 17) && is_refused("UseBiasedLocking", 21));
        assert!(!is_refused("MaxRAMFraction", 21) && is_refused("MaxRAMFraction", 25));
    }
}
