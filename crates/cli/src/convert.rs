//! `convert`: a Log4j 1 file for Log4j 2 on standard output; what could not be carried over on standard error.
//!
//! Ends with 1 when something could not, with 2 when the input is no Log4j 1 file.

use kafka_upgrade_document::Kind;
use kafka_upgrade_log4j as log4j;
use kafka_upgrade_report::Cover;

use crate::Ending;
use crate::arguments::{ConvertArguments, InputArguments};
use crate::inputs::Inputs;
use crate::output;

pub(crate) fn run(arguments: &ConvertArguments) -> Ending {
    let input = InputArguments {
        component: None,
        stdin_name: "stdin".to_owned(),
        no_ignore: false,
        paths: vec![arguments.file.clone()],
    };
    let inputs = Inputs::gather(&input);
    let [file] = inputs.files.as_slice() else {
        if !inputs.incomplete {
            output::error(&format!("{}: one file is converted at a time.", arguments.file));
        }
        return Ending::Unreadable;
    };
    let document = file.read(None);
    match document.kind {
        Kind::Log4jProperties | Kind::Log4jXml => {}
        _ => {
            output::error(&format!("{}: this is no Log4j 1 configuration.", file.path));
            return Ending::Unreadable;
        }
    }
    let (text, remarks) = log4j::convert(&file.text, arguments.to.into());
    output::print_file(text.as_bytes());
    let secrets = document.secrets.iter();
    let cover = Cover::new(secrets.map(|secret| (secret.context.as_str(), secret.value.as_str())));
    if !output::kept_secrets(&cover, &text).is_empty() {
        output::note(&format!("{} is converted with its secrets as they were.", file.path));
    }
    for remark in &remarks {
        output::note(&cover.text(&format!("{}:{}: {}", file.path, remark.line, remark.message)));
    }
    if remarks.is_empty() { Ending::Clean } else { Ending::Found }
}
