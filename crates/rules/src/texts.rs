//! What is wrong with the texts themselves, and texts that are not what somebody thought.
//!
//! `input` says what and where; here it only gets a rule and a severity. Nothing is passed over in silence.

use kafka_upgrade_document::template;
use kafka_upgrade_document::{Kind, Problem, Span};
use kafka_upgrade_report::Severity;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::failures::{self, Explanations};
use crate::rule::{DOUBTFUL_TEXT, NOT_KAFKA, UNKNOWN_FILE, UNREADABLE_TEXT};
use crate::upgrade::CheckedFile;

/// Reports the problems of one file, and that it could not be placed.
pub(crate) fn judge(
    file: usize,
    read: &CheckedFile<'_>,
    explanations: &Explanations,
    sink: &mut Diagnostics<'_, '_>,
) {
    let problems = &read.document.problems;
    match read.document.kind {
        Kind::NotKafka => {
            let what =
                problems.first().map_or("This is no file of Kafka.", |problem| problem.message.as_str());
            let action = "Leave it out, or state its component if it is Kafka's after all.";
            push(sink, file, NOT_KAFKA, Severity::Info, None, what, "Nothing in it was judged.", action);
        }
        // What was pasted to ask about is no configuration.
        Kind::Unknown if failures::are_explained(file, sink.case, explanations) => return,
        Kind::Unknown if read.component.is_none() => {
            let what = "Nothing here says what this file configures, so nothing in it was judged.";
            let why = "Neither its keys nor its name are those of a broker, client, Connect worker, connector or MirrorMaker.";
            let action = "Give the component whose configuration it is, such as `broker` or `producer`. If it is a failure, paste the lines before it too, from the first ERROR on, and the release and configuration of the program.";
            push(sink, file, UNKNOWN_FILE, Severity::Info, None, what, why, action);
            // How its lines would be read says nothing: nobody knows what reads them.
            return;
        }
        _ => {}
    }
    let skip = usize::from(read.document.kind == Kind::NotKafka);
    for Problem { message, span, fatal } in problems.iter().skip(skip) {
        let (rule, severity, why, action) = if *fatal {
            let why = "Kafka refuses the whole file for it and does not start.";
            (
                UNREADABLE_TEXT,
                Severity::Error,
                why,
                "Correct this place; nothing in the file counts before that.",
            )
        } else if !read.document.kind.is_properties() {
            // What a template makes may well be in order.
            let is_template = template::mask(read.text).is_template;
            (
                DOUBTFUL_TEXT,
                if is_template { Severity::Info } else { Severity::Warning },
                "It was left aside; the rest counts.",
                "Write it so that it is clear.",
            )
        } else {
            let why = "Kafka takes the file, but reads this place differently from how it looks.";
            (DOUBTFUL_TEXT, Severity::Warning, why, "Check that this is meant.")
        };
        push(sink, file, rule, severity, Some(*span), message, why, action);
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one finding, named at each call")]
fn push(
    sink: &mut Diagnostics<'_, '_>,
    file: usize,
    rule: &'static str,
    severity: Severity,
    span: Option<Span>,
    message: &str,
    why: &str,
    action: &str,
) {
    let read = sink.case.files.get(file);
    let draft = Diagnostic::new(severity, rule, Location { file: Some(file), span })
        .subject(read.map(|read| read.path.to_owned()).unwrap_or_default())
        .component(read.and_then(|read| read.component))
        .message(message)
        .why(why)
        .action(action);
    sink.push(draft);
}
