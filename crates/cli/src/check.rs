//! `check`: what breaks and what changes for the inputs.

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Context, JSON, Report, Source, Summary, json_to};
use kafka_upgrade_rules::{File, Request, SAID};

use crate::Ending;
use crate::arguments::{CheckArguments, FailOn, PathArguments};
use crate::inputs::{Input, Inputs};
use crate::{drafted, output};

pub(crate) fn run(arguments: &CheckArguments) -> Ending {
    let mut inputs = Inputs::gather(&arguments.input);
    if inputs.files.is_empty() && arguments.have.is_empty() && inputs.incomplete {
        return Ending::Unreadable;
    }
    let report = judge(&mut inputs.files, &arguments.have, &arguments.path, arguments.platform);
    let said = arguments.have.join("\n");
    let mut sources: Vec<Source<'_>> =
        inputs.files.iter().map(|input| Source { path: &input.path, text: &input.text }).collect();
    sources.push(Source { path: SAID, text: &said });
    if let Some(format) = kafka_upgrade_report::format(&arguments.format) {
        // Colours are always written here; the stream strips them if its output shows none.
        let (with_secrets, verbose) = (arguments.with_secrets, arguments.verbose);
        let context =
            Context { sources: &sources, colour: true, with_secrets, verbose, ..Context::default() };
        if format.name == JSON.name {
            output::stream(|out| json_to(&report, &context, out));
        } else {
            output::print(&format.write(&report, &context));
        }
    }
    let written =
        arguments.write_drafts.as_ref().is_none_or(|folder| drafted::write(folder, &report, &inputs.files));
    if inputs.incomplete || !written {
        Ending::Unreadable
    } else if fails(arguments.fail_on, report.summary) {
        Ending::Found
    } else if arguments.fail_on == FailOn::Unknown && report.summary.unknown > 0 {
        Ending::Unknown
    } else {
        Ending::Clean
    }
}

/// Checks the files that were gathered.
pub(crate) fn judge(
    inputs: &mut [Input],
    have: &[String],
    path: &PathArguments,
    platform: Option<Platform>,
) -> Report {
    let read = inputs.iter_mut().map(|input| input.document.take()).collect();
    let files = inputs.iter().map(|input| {
        let file = File::new(&input.path, &input.text);
        File { encoding: input.encoding, component: input.component, ..file }
    });
    let files: Vec<File<'_>> = files.collect();
    let have: Vec<&str> = have.iter().map(String::as_str).collect();
    let request = Request {
        from: path.from,
        to: path.to.unwrap_or_else(kafka_upgrade_catalog::newest),
        mode: path.mode.map(Into::into),
        platform,
        component: None,
        files: &files,
        have: &have,
        units: Units::Characters,
    };
    kafka_upgrade_session::check_read(&request, read)
}

const fn fails(on: FailOn, summary: Summary) -> bool {
    match on {
        FailOn::Error | FailOn::Unknown => summary.error > 0,
        FailOn::Warning => summary.error + summary.warning > 0,
        FailOn::Info => summary.error + summary.warning + summary.info > 0,
        FailOn::Never => false,
    }
}
