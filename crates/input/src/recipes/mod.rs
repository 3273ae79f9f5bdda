//! What sets machines and services up: Puppet, Chef, Nix, Vagrantfiles and Procfiles, and templates of clouds in code.
//!
//! Evidence is in the entries: quoted keys that are Kafka's by their own names, and words that begin with one of its
//! tools. What is *not* here: what the languages mean beside that; a value that is no text or number is not known.

mod cloud;
mod entries;
mod tasks;
#[cfg(test)]
mod tests;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Embedded, SourceText, paths, template};

use crate::tokens::{self, Comments, TokenKind};
use crate::{Document, Encoding, Format, Kind, Usage, metric_names, program_commands};

pub(crate) use cloud::find as find_clouds;
pub(crate) use tasks::find as find_tasks;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "recipes",
    extensions: &["pp", "nix", "rb"],
    names: &["Vagrantfile", "Procfile"],
    sniff,
    read,
};

fn file_of(path: &str) -> &str {
    paths::file_name(template::plain_name(path))
}

fn sniff(path: &str, text: &str) -> u8 {
    if !FORMAT.is_named(path) || !text.contains("kafka") && !text.contains("zookeeper") {
        return 0;
    }
    match file_of(path) {
        "Vagrantfile" if has_machines(text) => 93,
        "Procfile" | "Vagrantfile" => {
            if text.lines().any(program_commands::names_tool) {
                93
            } else {
                0
            }
        }
        // Source in Ruby with clients in it is read for those.
        file => {
            let is_read = |found| !matches!(found, entries::Found::Part(part) if is_of_program(file, &part));
            let is_class = file.ends_with(".pp") && text.lines().any(is_kafkas_class);
            let is_class = is_class
                || file.ends_with(".rb")
                    && text.lines().any(|line| is_test_of_class(line) || is_attribute(line))
                || file.ends_with(".nix") && text.lines().any(is_library);
            if is_class || entries::find(text).any(is_read) { 93 } else { 0 }
        }
    }
}

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    match file_of(path) {
        "Procfile" => {
            document.kind = Kind::ShellScript;
            processes(text, &mut document);
        }
        "Vagrantfile" => {
            document.kind = Kind::ShellScript;
            provisioning(text, &mut document);
        }
        file => {
            if file.ends_with(".pp") && text.lines().any(is_kafkas_class) {
                java_options(text, &mut document);
            }
            for found in entries::find(text) {
                match found {
                    entries::Found::Part(part) if is_of_program(file, &part) => {}
                    entries::Found::Part(part) => document.parts.push(*part),
                    entries::Found::Version(version) => document.dependencies.push(version),
                }
            }
            if file.ends_with(".pp") && text.contains("jmxtrans") {
                beans(text, &mut document);
            }
        }
    }
    document
}

/// Whether a line of Puppet begins a class, or a type, of a module for Kafka.
fn is_kafkas_class(line: &str) -> bool {
    if declares(line.trim_start()) {
        return true;
    }
    let name = ["class ", "define "].iter().find_map(|word| line.trim_start().strip_prefix(word));
    let name = name.and_then(|name| name.trim_start().split([' ', '(', '{']).next());
    name.is_some_and(|name| name.split("::").any(is_module))
}

/// Whether a name is that of a module for Kafka or what is beside it: `kafka`, `kafka_connect`.
fn is_module(name: &str) -> bool {
    ["kafka", "kafka_connect", "kafka_mirrormaker"].contains(&name)
}

/// Whether a line takes a class, or a type, of a module for Kafka: `class { 'kafka::broker':`, `kafka::topic { 'a':`.
fn declares(line: &str) -> bool {
    let is_name = |name: &str| name.split("::").next().is_some_and(is_module);
    let class = line.strip_prefix("class").map(|rest| rest.trim_start_matches([' ', '{', '\'', '"']));
    let class = class.filter(|_| line.contains('{')).and_then(|rest| rest.split(['\'', '"']).next());
    class.is_some_and(is_name)
        || line.ends_with(['{', ':']) && line.split_once("::").is_some_and(|(name, _)| is_module(name))
}

/// What an agent of jmxtrans is told in Puppet to send on: `'name' => 'kafka.server:type=…'`.
fn beans(text: &str, document: &mut Document) {
    let named = tokens::read(text, Comments::Hash);
    let named = named.iter().filter(|one| one.kind == TokenKind::Text && one.text.starts_with("kafka."));
    let found = named.flat_map(|one| metric_names::beans(one.text, one.span.start + 1, &[]));
    document.usages.extend(found.map(Usage::from));
    if !document.usages.is_empty() && document.parts.is_empty() && document.dependencies.is_empty() {
        document.kind = Kind::Metrics;
    }
}

/// Whether a Vagrantfile sets up machines for Kafka: a name, a group or a variable of theirs, and no mere comment.
fn has_machines(text: &str) -> bool {
    [".provision", "_network", ":ip", ".hostname"].iter().any(|word| text.contains(word))
        && text.lines().map(str::trim_start).any(|line| !line.starts_with('#') && line.contains("kafka"))
}

/// Whether a line of Chef's reads or sets an attribute of Kafka's: `default['kafka']['heap']`, `node[:kafka][:dir]`.
fn is_attribute(line: &str) -> bool {
    let is_one = |(at, word): (usize, &str)| {
        let rest = line.get(at + word.len()..).unwrap_or_default();
        ["['", "[\"", "[:"].iter().any(|sign| {
            let name = rest.strip_prefix(sign).map(|name| name.trim_start_matches("apache_"));
            name.is_some_and(|name| {
                name.strip_prefix("kafka").is_some_and(|rest| rest.starts_with(['\'', '"', ']']))
            })
        })
    };
    !line.trim_start().starts_with('#')
        && ["node", "default", "override", "normal"].iter().any(|word| line.match_indices(word).any(is_one))
}

/// Whether a line of Nix takes the library of C programs: `pkgs.rdkafka`.
fn is_library(line: &str) -> bool {
    let code = line.split('#').next().unwrap_or_default();
    code.split(|one: char| !one.is_ascii_alphanumeric()).any(|word| word == "rdkafka")
}

/// Whether a line of Ruby begins the test of a class of Puppet's for Kafka: `describe 'kafka::broker', type: :class do`.
fn is_test_of_class(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix("describe ") else { return false };
    let name = rest.trim_start_matches(['\'', '"']);
    let is_kafkas = name.split([':', '\'', '"']).next().is_some_and(is_module);
    is_kafkas && [":class", ":define"].iter().any(|sort| rest.contains(sort))
}

/// What a module of Puppet's for Kafka passes to Java: `$broker_log4j_opts = '-Dlog4j.configuration=…'`.
fn java_options(text: &str, document: &mut Document) {
    let options = tokens::read(text, Comments::Hash).into_iter().filter(|one| {
        one.kind == TokenKind::Text && ["-D", "-X"].iter().any(|start| one.text.starts_with(start))
    });
    for one in options {
        let options = SourceText::plain(one.text, one.span.start + 1);
        document.embed(Embedded::JavaOptions { options, of_kafka: true });
    }
}

/// Whether settings are those of a client of a program in Ruby: librdkafka's, which takes other values than Java's.
fn is_of_program(file: &str, part: &Document) -> bool {
    let is_client =
        [Component::CONSUMER, Component::PRODUCER, Component::ADMIN].map(Some).contains(&part.component);
    file.ends_with(".rb") && is_client
}

/// `name: command` of each process.
fn processes(text: &str, document: &mut Document) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((name, command)) = line.split_once(':')
            && !name.is_empty()
            && name.bytes().all(|one| one.is_ascii_alphanumeric() || b"_-".contains(&one))
        {
            let start = at + name.len() + 1;
            document.embed(Embedded::Commands(SourceText::plain(command.trim_end(), start as u32)));
        }
        at += line.len();
    }
}

/// The scripts that a machine is set up with: here-documents, each up to the word that it names.
fn provisioning(text: &str, document: &mut Document) {
    let mut script: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match script {
            Some((start, word)) if line.trim() == word => {
                let body = text.get(start..at).unwrap_or_default();
                document.embed(Embedded::Commands(SourceText::plain(body, start as u32)));
                script = None;
            }
            Some(_) => {}
            None => {
                let word = ["<<-", "<<~"].iter().find_map(|sign| line.split_once(sign)).map(|(_, word)| {
                    let word = word.trim_start_matches(['"', '\'']);
                    let end = word.find(|one: char| !one.is_ascii_alphanumeric() && one != '_');
                    word.get(..end.unwrap_or(word.len())).unwrap_or_default()
                });
                script = word.filter(|word| !word.is_empty()).map(|word| (at + line.len(), word));
            }
        }
        at += line.len();
    }
}
