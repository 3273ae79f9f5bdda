use super::*;

fn yaml(text: &str) -> String {
    convert(text, Form::Yaml).0
}

fn remarks(text: &str) -> Vec<(u32, String)> {
    convert(text, Form::Yaml).1.into_iter().map(|remark| (remark.line, remark.message)).collect()
}

const CONSOLE: &str = "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\n\
    log4j.appender.out.layout=org.apache.log4j.PatternLayout\nlog4j.appender.out.layout.ConversionPattern=[%d{ISO8601}] %m%n\n";

#[test]
fn a_console_becomes_one_with_the_same_pattern_and_level() {
    let want = "Configuration:\n  Appenders:\n    Console:\n      - name: \"out\"\n        PatternLayout:\n          \
        pattern: \"[%d{DEFAULT}] %m%n\"\n  Loggers:\n    Root:\n      level: INFO\n      AppenderRef:\n        - ref: \"out\"\n";
    assert_eq!(yaml(CONSOLE), want);
    assert!(remarks(CONSOLE).is_empty());
}

#[test]
fn a_daily_file_rolls_as_its_pattern_of_dates_says() {
    let of = |dates: &str| {
        let text = format!(
            "log4j.rootLogger=INFO,f\nlog4j.appender.f=org.apache.log4j.DailyRollingFileAppender\n\
             log4j.appender.f.File=${{kafka.logs.dir}}/a.log\n{dates}\nlog4j.appender.f.layout=org.apache.log4j.SimpleLayout\n"
        );
        let out = yaml(&text);
        out.lines().find_map(|line| line.trim().strip_prefix("filePattern: ").map(str::to_owned)).unwrap()
    };
    assert_eq!(
        of("log4j.appender.f.DatePattern='.'yyyy-MM-dd-HH"),
        "\"${sys:kafka.logs.dir}/a.log.%d{yyyy-MM-dd-HH}\""
    );
    assert_eq!(of("log4j.appender.f.datePattern=-yyyy'.gz'"), "\"${sys:kafka.logs.dir}/a.log-%d{yyyy}.gz\"");
    assert_eq!(of(""), "\"${sys:kafka.logs.dir}/a.log.%d{yyyy-MM-dd}\"");
}

#[test]
fn a_file_that_rolls_by_size_keeps_as_many_and_counts_in_the_same_direction() {
    let text = "log4j.rootLogger=INFO,f\nlog4j.appender.f=org.apache.log4j.RollingFileAppender\n\
        log4j.appender.f.File=a.log\nlog4j.appender.f.MaxFileSize=100mb\nlog4j.appender.f.MaxBackupIndex=7\n\
        log4j.appender.f.Threshold=WARN\nlog4j.appender.f.layout=org.apache.log4j.SimpleLayout\n";
    let out = yaml(text);
    for part in [
        "filePattern: \"a.log.%i\"",
        "size: \"100 MB\"",
        "max: \"7\"",
        "fileIndex: \"min\"",
        "ThresholdFilter:\n          level: \"WARN\"",
    ] {
        assert!(out.contains(part), "{part} in\n{out}");
    }
}

#[test]
fn loggers_keep_levels_additivity_and_appenders() {
    let text = format!(
        "{CONSOLE}log4j.logger.kafka=WARN\nlog4j.category.a.B$=, out\nlog4j.additivity.a.B$=false\nlog4j.additivity.c=false\n"
    );
    let out = yaml(&text);
    let want = "    Logger:\n      - name: \"kafka\"\n        level: WARN\n      - name: \"a.B$\"\n        additivity: false\n        \
        AppenderRef:\n          - ref: \"out\"\n      - name: \"c\"\n        additivity: false\n";
    assert!(out.ends_with(want), "{out}");
}

#[test]
fn what_cannot_be_converted_is_reported_at_its_line() {
    let text = "log4j.rootLogger=LOUD, out, k, gone\nlog4j.debug=true\n\
        log4j.appender.out=org.apache.log4j.ConsoleAppender\nlog4j.appender.out.layout=net.logstash.log4j.JSONEventLayoutV1\n\
        log4j.appender.out.Colour=red\nlog4j.appender.k=org.apache.kafka.log4jappender.KafkaLog4jAppender\n\
        log4j.appender.idle=org.apache.log4j.ConsoleAppender\n";
    let remarks = remarks(text);
    let lines: Vec<u32> = remarks.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 1, 2, 4, 5, 6, 7], "{remarks:#?}");
    let out = yaml(text);
    assert!(
        out.contains("level: DEBUG") && out.contains("- ref: \"out\"\n") && !out.contains("ref: \"k\""),
        "{out}"
    );
}

#[test]
fn names_that_the_file_sets_are_put_in_and_a_circle_ends() {
    let text = CONSOLE.replace("[%d{ISO8601}] %m%n", "${p}") + "p=%c ${a} %m%n\na=${b}\nb=${a}\n";
    assert!(yaml(&text).contains("pattern: \"%c ${sys:"), "{}", yaml(&text));
}

#[test]
fn the_same_configuration_can_be_written_as_properties() {
    let (out, _) = convert(&format!("{CONSOLE}log4j.logger.kafka=WARN\n"), Form::Properties);
    let want = "appender.a1.type = Console\nappender.a1.name = out\nappender.a1.layout.type = PatternLayout\n\
        appender.a1.layout.pattern = [%d{DEFAULT}] %m%n\n\nrootLogger.level = INFO\nrootLogger.appenderRef.r1.ref = out\n\n\
        logger.l1.name = kafka\nlogger.l1.level = WARN\n";
    assert_eq!(out, want);
}

#[test]
fn a_text_without_loggers_gives_the_root_that_log4j_1_has() {
    assert_eq!(yaml(""), "Configuration:\n  Loggers:\n    Root:\n      level: DEBUG\n");
}

#[test]
fn the_cleaner_is_named_as_every_release_has_it() {
    let text = format!(
        "{CONSOLE}log4j.logger.kafka.log.LogCleaner=DEBUG, out\nlog4j.additivity.kafka.log.LogCleaner=false\n"
    );
    let out = convert(&text, Form::Properties).0;
    for (at, name) in [
        "kafka.log.LogCleaner",
        "org.apache.kafka.storage.internals.log.LogCleaner",
        "org.apache.kafka.storage.internals.log.LogCleaner$CleanerThread",
        "org.apache.kafka.storage.internals.log.Cleaner",
    ]
    .into_iter()
    .enumerate()
    {
        let logger = format!("logger.l{}", at + 1);
        let want = format!(
            "{logger}.name = {name}\n{logger}.level = DEBUG\n{logger}.additivity = false\n{logger}.appenderRef.r1.ref = out\n"
        );
        assert!(out.contains(&want), "{want} in\n{out}");
    }
    assert_eq!(remarks(&text).len(), 1);
    let both = format!("{text}log4j.logger.org.apache.kafka.storage.internals.log.LogCleaner=WARN\n");
    assert_eq!(convert(&both, Form::Properties).0.matches("log.LogCleaner\n").count(), 2);
    assert!(!yaml(CONSOLE).contains("LogCleaner"));
}
