//! What a Log4j 1 file says, as Log4j 1 reads it: the last of equal keys counts, names of options do not care
//! about case, a level that is no level is DEBUG.

use std::collections::BTreeSet;

use super::file::File;
use super::{Logger, Plan, appender};

/// Levels of Log4j 1; both know them by the same names.
const LEVELS: &[&str] = &["OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL"];

/// Loggers named after a class that moved in 4.1, with the names that they have from then on.
const MOVED: &[(&str, &[&str])] = &[(
    "kafka.log.LogCleaner",
    &[
        "org.apache.kafka.storage.internals.log.LogCleaner",
        "org.apache.kafka.storage.internals.log.LogCleaner$CleanerThread",
        "org.apache.kafka.storage.internals.log.Cleaner",
    ],
)];

impl File {
    pub(super) fn plan(&mut self) -> Plan {
        let threshold = self.value("log4j.threshold").map(|level| self.level("log4j.threshold", &level));
        let root_key =
            ["log4j.rootLogger", "log4j.rootCategory"].into_iter().find(|key| self.value(key).is_some());
        let mut root = match root_key {
            Some(key) => self.logger(key, ""),
            None => Logger { additive: true, ..Logger::default() },
        };
        // Log4j 1's root logs DEBUG by default; without a level Log4j 2 would use ERROR.
        root.level.get_or_insert_with(|| "DEBUG".to_owned());
        let mut loggers = Vec::new();
        for prefix in ["log4j.logger.", "log4j.category."] {
            for (key, name) in self.below(prefix) {
                loggers.push(self.logger(&key, &name));
            }
        }
        for (key, name) in self.below("log4j.additivity.") {
            // This line alone is enough to create the logger.
            if !loggers.iter().any(|logger| logger.name == name) {
                let additive = self.is_additive(&key);
                loggers.push(Logger { name, additive, ..Logger::default() });
            }
        }
        self.add_moved(&mut loggers);
        let appenders = self.appenders(&mut root, &mut loggers);
        self.rest();
        Plan { threshold, appenders, root, loggers }
    }

    /// Loggers of classes that moved after 4.0 under their new names as well, so that the file serves every release.
    fn add_moved(&mut self, loggers: &mut Vec<Logger>) {
        for (old, new) in MOVED {
            let Some(at) = loggers.iter().rposition(|logger| logger.name == *old) else { continue };
            let named = |name: &str| loggers.iter().any(|logger| logger.name == name);
            let names: Vec<&str> = new.iter().copied().filter(|name| !named(name)).collect();
            let Some(same) = loggers.get(at).cloned().filter(|_| !names.is_empty()) else { continue };
            for key in ["log4j.logger.", "log4j.category."].map(|prefix| format!("{prefix}{old}")) {
                if self.by_key.contains_key(&key) {
                    self.remark(
                        &key,
                        format!("From 4.1 on `{old}` is the name of no logger; {} are added with the same level and appenders.", in_words(&names)),
                    );
                }
            }
            let added = names.into_iter().map(|name| Logger { name: name.to_owned(), ..same.clone() });
            let added: Vec<Logger> = added.collect();
            loggers.splice(at + 1..at + 1, added);
        }
    }

    fn logger(&mut self, key: &str, name: &str) -> Logger {
        let value = self.value(key).unwrap_or_default();
        let mut parts = value.split(',').map(str::trim);
        let level = parts.next().unwrap_or_default();
        let inherits =
            level.is_empty() || ["INHERITED", "NULL"].iter().any(|word| level.eq_ignore_ascii_case(word));
        if inherits && name.is_empty() && !level.is_empty() {
            self.remark(
                key,
                "The root inherits from nothing: Log4j 1 ignores this level, and DEBUG is written.",
            );
        }
        let level = (!inherits).then(|| self.level(key, level));
        let appenders = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let additivity = format!("log4j.additivity.{name}");
        Logger { name: name.to_owned(), level, additive: self.is_additive(&additivity), appenders }
    }

    fn is_additive(&self, key: &str) -> bool {
        self.value(key).is_none_or(|value| !value.eq_ignore_ascii_case("false"))
    }

    /// A level by the name that Log4j 2 knows.
    pub(super) fn level(&mut self, key: &str, level: &str) -> String {
        let (name, class) = level.split_once('#').unwrap_or((level, ""));
        let known = LEVELS.iter().find(|known| known.eq_ignore_ascii_case(name.trim()));
        if !class.is_empty() {
            self.remark(
                key,
                format!(
                    "`{class}` is a level of one's own; DEBUG stands in unless its name is a common one."
                ),
            );
        } else if known.is_none() && !name.contains("${sys:") {
            self.remark(key, format!("`{name}` is no level: Log4j 1 takes DEBUG for it, and so is written."));
        }
        match known {
            Some(known) => (*known).to_owned(),
            None if name.contains("${sys:") => name.to_owned(),
            None => "DEBUG".to_owned(),
        }
    }

    /// Appenders that loggers name, and the loggers without the names of those that could not be converted.
    fn appenders(&mut self, root: &mut Logger, loggers: &mut [Logger]) -> Vec<super::Node> {
        let mut wanted: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for logger in std::iter::once(&*root).chain(loggers.iter()) {
            wanted.extend(logger.appenders.iter().filter(|name| seen.insert((*name).clone())).cloned());
        }
        let (mut nodes, mut done) = (Vec::new(), BTreeSet::new());
        let mut next = 0;
        while let Some(name) = wanted.get(next).cloned() {
            next += 1;
            if let Some(made) = appender::convert(self, &name) {
                for inner in made.uses {
                    if seen.insert(inner.clone()) {
                        wanted.push(inner);
                    }
                }
                nodes.push(made.node);
                done.insert(name);
            }
        }
        for logger in std::iter::once(root).chain(loggers) {
            logger.appenders.retain(|name| done.contains(name));
        }
        for (key, name) in self.below("log4j.appender.") {
            if !name.contains('.') && !seen.contains(&name) {
                self.remark(
                    &key,
                    format!("No logger names the appender `{name}`; it is left out, as Log4j 1 does."),
                );
            }
        }
        nodes
    }

    /// Remarks about other `log4j.` keys, which have no equivalent in the new file.
    fn rest(&mut self) {
        const READ: &[&str] = &["appender.", "logger.", "category.", "additivity."];
        for (key, name) in self.below("log4j.") {
            let message = match name.as_str() {
                "rootLogger" | "threshold" => continue,
                "rootCategory" if self.value("log4j.rootLogger").is_none() => continue,
                "rootCategory" => {
                    "`log4j.rootLogger` is set too and counts; this line has no effect.".to_owned()
                }
                "debug" | "configDebug" => {
                    "Log4j 2 prints what it does itself with `-Dlog4j2.debug`, not in the file.".to_owned()
                }
                "reset" => "Log4j 2 always begins anew; the line is left out.".to_owned(),
                name if READ.iter().any(|start| name.starts_with(start)) => continue,
                _ => format!("`{key}` has no place in a file for Log4j 2 and is left out."),
            };
            self.remark(&key, message);
        }
    }
}

/// Names in code's quotes, with commas.
fn in_words(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
