//! What a configuration of logging names: loggers, and the classes of Log4j 1. What is *not* here: recognising one.

use kafka_upgrade_document::{Kind, Setting, Span, Usage, UsageKind};

/// Whether a logging configuration lies among the resources of an application and names no logger of Kafka's servers,
/// or is ZooKeeper's.
pub(crate) fn is_of_application(path: &str, kind: Kind, text: &str) -> bool {
    const FOLDERS: &[&str] = &["src/main/", "src/test/", "src/it/", "WEB-INF/", "/resources/"];
    let path = path.replace('\\', "/");
    let is_logging = matches!(kind, Kind::Log4jProperties | Kind::Log4j2Properties | Kind::Log4jXml);
    if !is_logging {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    // Loggers of the client are an application's as well; those of the broker and of Connect's worker are not.
    let servers = ["kafka.controller", "kafka.server", "kafka.log", "kafka.request", "connect.runtime"];
    if FOLDERS.iter().any(|folder| path.contains(folder)) {
        return !servers.iter().any(|name| lower.contains(name));
    }
    path.to_ascii_lowercase().contains("zookeeper") && !lower.contains("kafka")
}

/// The loggers of a configuration of either Log4j in `.properties`, or in XML that is read as such.
pub(crate) fn loggers(settings: &[Setting]) -> Vec<Usage> {
    let of_setting = |setting: &Setting| {
        for start in ["log4j.logger.", "log4j.category."] {
            if let Some(name) = setting.key.strip_prefix(start) {
                // In XML the key is made up, and the place is that of the name or its level.
                let length = name.len() as u32;
                let end = setting.key_span.end;
                let is_key = (end - setting.key_span.start) as usize == setting.key.len();
                let span = if is_key { Span::new(end - length, end) } else { setting.key_span };
                return Some(logger(name, span));
            }
        }
        let named = setting.key.strip_prefix("logger.").is_some_and(|rest| rest.ends_with(".name"));
        named.then(|| logger(setting.value.trim(), setting.value_span))
    };
    settings.iter().filter_map(of_setting).collect()
}

/// A logger that is named at a place.
pub(crate) fn logger(name: &str, span: Span) -> Usage {
    Usage::new(UsageKind::Logger, name, span)
}

/// The classes that appenders, layouts and filters of Log4j 1 are made of.
pub(crate) fn classes(settings: &[Setting]) -> Vec<Usage> {
    let of_class = settings.iter().filter(|setting| {
        let made = setting.key.strip_prefix("log4j.appender.");
        made.is_some_and(|rest| !rest.contains('.') || rest.ends_with(".layout"))
    });
    let usage = |setting: &Setting| Usage::new(UsageKind::Class, setting.value.trim(), setting.value_span);
    of_class.map(usage).collect()
}
