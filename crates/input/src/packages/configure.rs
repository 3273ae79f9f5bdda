//! Scripts that look for libraries of C before a program is built: autoconf's, PHP's `config.m4`, `configure.self`.
//!
//! What such a script asks for is the least that the program needs; which librdkafka it gets, the machine decides. What is
//! *not* here: what the scripts do.

use kafka_upgrade_catalog::Component;

use crate::{Document, Encoding, Format, Kind};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "configure", extensions: &["ac", "m4", "self"], names: &[], sniff, read };

/// How such scripts name librdkafka.
const SIGNS: &[&str] = &["RD_KAFKA_VERSION", "-lrdkafka", "librdkafka/rdkafka.h", "(rdkafka,", "[rdkafka]"];

fn sniff(path: &str, text: &str) -> u8 {
    let is_said = |line: &str| {
        let line = line.trim_start();
        !line.starts_with("dnl ") && !line.starts_with("# ") && SIGNS.iter().any(|sign| line.contains(sign))
    };
    if FORMAT.is_named(path) && text.lines().any(is_said) { 90 } else { 0 }
}

fn read(_: &str, _: &str, _: Option<Component>, _: Encoding) -> Document {
    Document { kind: Kind::BuildFile, ..Document::default() }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn a_script_that_looks_for_librdkafka_builds_a_client() {
        for (path, text) in [
            (
                "config.m4",
                "AC_PREPROC_IFELSE([AC_LANG_PROGRAM([[\n#if RD_KAFKA_VERSION >= 0x010503ff\n#endif\n]])])\n",
            ),
            (
                "configure.self",
                "mkl_meta_set \"rdkafka\" \"desc\" \"x\"\nmkl_lib_check rdkafka \"\" fail CC -lrdkafka\n",
            ),
            ("configure.ac", "AC_CHECK_HEADER([librdkafka/rdkafka.h])\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::BuildFile, "{path}");
        }
        for (path, text) in [
            ("config.m4", "dnl needs -lrdkafka\nAC_INIT([kafka])\n"),
            ("a.c", "#if RD_KAFKA_VERSION >= 0x010503ff\n"),
        ] {
            assert_ne!(read(path, text, None).kind, Kind::BuildFile, "{path}");
        }
    }
}
