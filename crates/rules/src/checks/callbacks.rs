//! Callbacks of a producer in code: from 4.1 on `flush` throws in them.
//!
//! The class files of 4.0.2 and 4.1.2 differ in just that: where the thread is the sender's, the older one logs that this
//! deadlocks, and the newer one throws as well.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Arguments, Usage};
use kafka_upgrade_sorted::Sorted as _;

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::Upgrade;

const PRODUCERS: [&str; 2] =
    ["org.apache.kafka.clients.producer.KafkaProducer", "org.apache.kafka.clients.producer.Producer"];
const FLUSH_IN_CALLBACK: &str = "note-flush-in-a-callback";
/// Longest call of a callback, in bytes.
const MAX_BYTES: usize = 16 * 1024;

pub(super) const CHECK: Check = Check { applies, run, reports: &[FLUSH_IN_CALLBACK] };

fn is_call(usage: &Usage, method: &str) -> bool {
    usage.member.as_ref().is_some_and(|member| {
        PRODUCERS.contains(&member.class.as_str())
            && member.name == method
            && member.arguments != Arguments::None
    })
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.usages.iter().any(|usage| is_call(usage, "flush")))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, FLUSH_IN_CALLBACK) else { return };
    for (file, read) in case.files.iter().enumerate() {
        let calls = |method| read.document.usages.iter().filter(move |usage| is_call(usage, method));
        let mut flushes: Vec<&Usage> = calls("flush").collect();
        flushes.order_by_key(|usage| usage.span);
        let mut inside = BTreeMap::new();
        for send in calls("send") {
            let start = send.span.end;
            let Some(rest) = read.text.get(start as usize..) else { continue };
            let end = start + arguments(rest) as u32;
            let first = flushes.partition_point(|usage| usage.span.start < start);
            let of_call = flushes.iter().skip(first).take_while(|usage| usage.span.end <= end);
            inside.extend(of_call.map(|usage| (usage.span, *usage)));
        }
        for usage in inside.into_values() {
            sink.note(
                note,
                Some(Component::PRODUCER),
                sink.since(note),
                Location::span(file, usage.span),
                &[],
            );
        }
    }
}

/// How many bytes the arguments of a call take that begin with the text; 0 where it is no call.
fn arguments(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (at, sign) in text.char_indices().take_while(|(at, _)| *at < MAX_BYTES) {
        if let Some(open) = quote {
            if !is_escaped && (sign == open || sign == '\n') {
                quote = None;
            }
            is_escaped = !is_escaped && sign == '\\';
            continue;
        }
        match sign {
            '"' | '\'' => quote = Some(sign),
            '(' => depth += 1,
            ')' if depth <= 1 => return at,
            ')' => depth -= 1,
            _ if depth == 0 && !sign.is_whitespace() => return 0,
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn arguments_end_with_their_own_bracket() {
        for (text, length) in
            [("(a, (b) -> c()) ;", 14), ("(\")\", ')', x)", 12), (" = 1; f()", 0), ("(a", 0)]
        {
            assert_eq!(arguments(text), length, "{text}");
        }
    }
}
