//! The keys of a Log4j 1 file with what their values stand for, and remarks on its lines.
//!
//! What is *not* here: what the keys mean (`read`).

use std::collections::BTreeMap;

use kafka_upgrade_document::{LineIndex, Setting};
use kafka_upgrade_sorted::Sorted as _;
use kafka_upgrade_syntax::log4j;

use super::Remark;

/// Values within values that are put in.
const MAX_DEPTH: usize = 8;

/// One file.
pub(super) struct File {
    pub(super) settings: Vec<Setting>,
    lines: LineIndex,
    pub(super) by_key: BTreeMap<String, usize>,
    remarks: Vec<Remark>,
}

impl File {
    pub(super) fn new(text: &str) -> Self {
        let settings = log4j::settings(text);
        let keys = settings.iter().enumerate().map(|(at, setting)| (setting.key.clone(), at));
        let by_key = keys.collect();
        Self { settings, lines: LineIndex::new(text), by_key, remarks: Vec::new() }
    }

    pub(super) fn into_remarks(mut self) -> Vec<Remark> {
        self.remarks.order_by(|a, b| (a.line, &a.message).cmp(&(b.line, &b.message)));
        self.remarks.dedup();
        self.remarks
    }

    pub(super) fn remark(&mut self, key: &str, message: impl Into<String>) {
        let at = self.by_key.get(key).and_then(|at| self.settings.get(*at));
        let line = at.map_or(1, |setting| self.lines.line(setting.key_span.start));
        self.remarks.push(Remark { line, message: message.into() });
    }

    /// The value of a key, with its variables replaced.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        let setting = self.settings.get(*self.by_key.get(key)?)?;
        Some(self.resolve(setting.value.trim(), 0))
    }

    /// Keys below a prefix, with what is left of them, in the order of the file.
    pub(super) fn below(&self, prefix: &str) -> Vec<(String, String)> {
        let effective = self.settings.iter().filter(|setting| setting.effective);
        let below = effective.filter_map(|setting| {
            let rest = setting.key.strip_prefix(prefix)?;
            Some((setting.key.clone(), rest.to_owned()))
        });
        below.collect()
    }

    fn resolve(&self, text: &str, depth: usize) -> String {
        let mut resolved = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            resolved.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                resolved.push_str("${");
                rest = after;
                continue;
            };
            let own = self.by_key.get(name).and_then(|at| self.settings.get(*at));
            match own.filter(|_| depth < MAX_DEPTH && resolved.len() < 4_096) {
                Some(setting) => resolved.push_str(&self.resolve(setting.value.trim(), depth + 1)),
                None => {
                    resolved.push_str("${sys:");
                    resolved.push_str(name);
                    resolved.push('}');
                }
            }
            rest = behind;
        }
        resolved.push_str(rest);
        resolved
    }
}
