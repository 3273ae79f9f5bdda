//! The configuration as a file for Log4j 2.

use std::fmt::Write as _;

use super::{Logger, Node, Plan};

/// `log4j2.yaml`.
pub(super) fn yaml(plan: &Plan) -> String {
    let mut out = String::from("Configuration:\n");
    if let Some(level) = &plan.threshold {
        line(&mut out, 1, "ThresholdFilter:");
        pair(&mut out, 2, "level", level);
    }
    // One member per type; a list if there are several appenders of a type.
    let mut kinds: Vec<&str> = Vec::new();
    for node in &plan.appenders {
        if !kinds.contains(&node.kind) {
            kinds.push(node.kind);
        }
    }
    if !kinds.is_empty() {
        line(&mut out, 1, "Appenders:");
    }
    for kind in kinds {
        line(&mut out, 2, &format!("{kind}:"));
        for node in plan.appenders.iter().filter(|node| node.kind == kind) {
            let mut inner = String::new();
            members(&mut inner, 4, node);
            item(&mut out, 3, &inner);
        }
    }
    line(&mut out, 1, "Loggers:");
    line(&mut out, 2, "Root:");
    logger(&mut out, 3, &plan.root);
    if !plan.loggers.is_empty() {
        line(&mut out, 2, "Logger:");
    }
    for one in &plan.loggers {
        let mut inner = String::new();
        pair(&mut inner, 4, "name", &one.name);
        logger(&mut inner, 4, one);
        item(&mut out, 3, &inner);
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    out.push_str(text);
    out.push('\n');
}

fn pair(out: &mut String, depth: usize, name: &str, value: &str) {
    line(out, depth, &format!("{name}: {}", quoted(value)));
}

/// Members that are one item of a list: the first line gets the dash.
fn item(out: &mut String, depth: usize, members: &str) {
    let indent = "  ".repeat(depth + 1);
    let first = members.strip_prefix(indent.as_str()).unwrap_or(members);
    let _ = write!(out, "{}- {first}", "  ".repeat(depth));
}

fn members(out: &mut String, depth: usize, node: &Node) {
    for (name, value) in &node.attributes {
        pair(out, depth, name, value);
    }
    let refs: Vec<&Node> = node.children.iter().filter(|child| child.kind == "AppenderRef").collect();
    if !refs.is_empty() {
        line(out, depth, "AppenderRef:");
    }
    for child in refs {
        let mut inner = String::new();
        members(&mut inner, depth + 2, child);
        item(out, depth + 1, &inner);
    }
    for child in node.children.iter().filter(|child| child.kind != "AppenderRef") {
        line(out, depth, &format!("{}:", child.kind));
        members(out, depth + 1, child);
    }
}

fn logger(out: &mut String, depth: usize, logger: &Logger) {
    if let Some(level) = &logger.level {
        line(out, depth, &format!("level: {}", if level == "OFF" { "\"OFF\"" } else { level }));
    }
    if !logger.additive {
        line(out, depth, "additivity: false");
    }
    if !logger.appenders.is_empty() {
        line(out, depth, "AppenderRef:");
        for name in &logger.appenders {
            line(out, depth + 1, &format!("- ref: {}", quoted(name)));
        }
    }
}

/// In double quotes, where YAML takes every character with the escapes of JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(char);
            }
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Also characters that are invisible or change the direction of text.
            char if char.is_control()
                || matches!(u32::from(char), 0x061c | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff) =>
            {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// `log4j2.properties`.
pub(super) fn properties(plan: &Plan) -> String {
    let mut out = String::new();
    if let Some(level) = &plan.threshold {
        out.push_str("filter.threshold.type = ThresholdFilter\n");
        entry(&mut out, "filter.threshold.level", level);
        out.push('\n');
    }
    for (at, node) in plan.appenders.iter().enumerate() {
        component(&mut out, &format!("appender.a{}", at + 1), node);
        out.push('\n');
    }
    let root = &plan.root;
    if let Some(level) = &root.level {
        entry(&mut out, "rootLogger.level", level);
    }
    refs(&mut out, "rootLogger", &root.appenders);
    for (at, one) in plan.loggers.iter().enumerate() {
        let prefix = format!("logger.l{}", at + 1);
        out.push('\n');
        entry(&mut out, &format!("{prefix}.name"), &one.name);
        if let Some(level) = &one.level {
            entry(&mut out, &format!("{prefix}.level"), level);
        }
        if !one.additive {
            entry(&mut out, &format!("{prefix}.additivity"), "false");
        }
        refs(&mut out, &prefix, &one.appenders);
    }
    out
}

fn refs(out: &mut String, prefix: &str, appenders: &[String]) {
    for (at, name) in appenders.iter().enumerate() {
        entry(out, &format!("{prefix}.appenderRef.r{}.ref", at + 1), name);
    }
}

fn component(out: &mut String, prefix: &str, node: &Node) {
    entry(out, &format!("{prefix}.type"), node.kind);
    for (name, value) in &node.attributes {
        entry(out, &format!("{prefix}.{name}"), value);
    }
    for (at, child) in node.children.iter().enumerate() {
        let id = match child.kind {
            "PatternLayout" => "layout".to_owned(),
            "ThresholdFilter" => "filter.threshold".to_owned(),
            "SizeBasedTriggeringPolicy" | "TimeBasedTriggeringPolicy" => "policy".to_owned(),
            "DefaultRolloverStrategy" => "strategy".to_owned(),
            _ => format!("c{}", at + 1),
        };
        component(out, &format!("{prefix}.{id}"), child);
    }
}

fn entry(out: &mut String, key: &str, value: &str) {
    let mut escaped = String::with_capacity(value.len());
    for char in value.chars() {
        match char {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            char if char.is_ascii() && !char.is_control() => escaped.push(char),
            char => {
                let mut units = [0; 2];
                for unit in char.encode_utf16(&mut units) {
                    let _ = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
    }
    let _ = writeln!(out, "{key} = {escaped}");
}
