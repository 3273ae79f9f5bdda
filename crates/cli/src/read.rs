//! `read`: what was understood of the inputs, before any judgement.

use std::fmt::Write;

use kafka_upgrade_document::Units;
use kafka_upgrade_input::listing::{ListedFile, Listing};
use kafka_upgrade_report::Cover;

use crate::Ending;
use crate::arguments::{ReadArguments, ReadFormat};
use crate::inputs::Inputs;
use crate::output;

pub(crate) fn run(arguments: &ReadArguments) -> Ending {
    let inputs = Inputs::gather(&arguments.input);
    let documents: Vec<_> = inputs.files.iter().map(|input| (input, input.read(input.component))).collect();
    let secrets = documents.iter().flat_map(|(_, document)| &document.secrets);
    let cover = Cover::new(secrets.map(|secret| (secret.context.as_str(), secret.value.as_str())));
    let files = documents.iter().map(|(input, document)| {
        let mut file = ListedFile::new(&input.path, &input.text, document, Units::Characters);
        if !arguments.with_secrets {
            file.cover_secrets(document, |text| cover.text(text).into_owned());
        }
        file
    });
    let listing = Listing { files: files.collect() };
    match arguments.format {
        ReadFormat::Json => {
            let mut text = serde_json::to_string_pretty(&listing).unwrap_or_default();
            text.push('\n');
            output::print(&text);
        }
        ReadFormat::Text => output::print(&text(&listing)),
    }
    if inputs.incomplete { Ending::Unreadable } else { Ending::Clean }
}

fn text(listing: &Listing) -> String {
    let mut out = String::new();
    for (at, file) in listing.files.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let component = file.component.as_deref().map_or(String::new(), |component| format!(", {component}"));
        line(&mut out, &format!("{}: {}{component}", file.path, file.kind));
        let width =
            file.settings.iter().map(|setting| setting.place.line.to_string().len()).max().unwrap_or(1);
        for setting in &file.settings {
            line(
                &mut out,
                &format!("{:>1$}  {2} = {3}", setting.place.line, width + 2, setting.key, setting.value),
            );
        }
        for usage in &file.usages {
            line(&mut out, &format!("{:>1$}  {2} {3}", usage.place.line, width + 2, usage.kind, usage.name));
        }
        for dependency in &file.dependencies {
            let (artifact, version) = (&dependency.artifact, &dependency.version);
            line(&mut out, &format!("{:>1$}  {artifact} {version}", dependency.place.line, width + 2));
        }
        for observation in &file.observations {
            let (subject, value) = (&observation.subject, &observation.value);
            line(&mut out, &format!("{:>1$}  {subject}: {value}", observation.place.line, width + 2));
        }
        for problem in &file.problems {
            line(&mut out, &format!("  {}:{}: {}", problem.line, problem.column, problem.message));
        }
        let nothing = file.settings.is_empty() && file.usages.is_empty() && file.problems.is_empty();
        if nothing && file.dependencies.is_empty() && file.observations.is_empty() {
            line(&mut out, "  nothing in it");
        }
    }
    out
}

/// One line, with line breaks and characters that control a terminal escaped.
fn line(out: &mut String, text: &str) {
    for sign in text.chars() {
        if output::is_control(sign) {
            let _infallible = write!(out, "{}", sign.escape_default());
        } else {
            out.push(sign);
        }
    }
    out.push('\n');
}
