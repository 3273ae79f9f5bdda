//! What the target's own validation says of a file.
//!
//! Each refusal stands in the file's report. It also becomes a finding, unless one is already about the same
//! key: crossing when the source release takes the file in this respect, of the target's state otherwise.

use std::cell::RefCell;
use std::collections::BTreeSet;

use kafka_upgrade_catalog::{Component, Release, Validator, ValueType, definition};
use kafka_upgrade_document::secrets::is_cover;
use kafka_upgrade_document::{Kind, Setting, paths};
use kafka_upgrade_report::{Confidence, Refusal};
use kafka_upgrade_sorted::Gather as _;
use kafka_upgrade_validate::{self as validate, Settings};

use crate::checks::existing_topics;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::fix;
use crate::notes::{self, ChangeKind, Note, Remedy};
use crate::refused_since::RefusedSince;
use crate::rule::{Computed, Rule};
use crate::upgrade::{CheckedFile, Upgrade};
use crate::words::{self, kebab};

/// Key that is reported as missing when Kafka names `process.roles`.
const QUORUM: &str = "controller.quorum.bootstrap.servers";

/// The answer for one file.
#[derive(Debug, Default)]
pub struct Answer {
    /// `None`: not a configuration, or nobody can say.
    pub accepted: Option<bool>,
    /// Why not.
    pub refusals: Vec<Refusal>,
}

/// Asks, and reports as findings what no other finding is about.
pub fn judge(file: usize, read: &CheckedFile<'_>, code: &Code<'_>, sink: &mut Diagnostics<'_, '_>) -> Answer {
    let case = sink.case;
    let Some(component) = read.component else {
        judge_alone(file, read, sink);
        return Answer::default();
    };
    let joined = joined(read, component);
    let settings = settings(read, component, &joined);
    let found = asked(read)(component, &settings, case.to);
    let mut refusals: Vec<Refusal> = Vec::new();
    let line_of = |at| read.lines().line(at);
    if let Some(problem) = read.document.problems.iter().find(|problem| problem.fatal) {
        let line = Some(line_of(problem.span.start));
        refusals.push(Refusal { subject: read.path.to_owned(), line, message: problem.message.clone() });
    }
    // A configuration without a name is sent to a URL that contains the name.
    let named_elsewhere = !read.document.kind.is_properties();
    for refusal in &found {
        if named_elsewhere && refusal.setting.is_none() && refusal.key == "name" {
            continue;
        }
        let setting = refusal.setting.and_then(|index| read.document.settings.get(index));
        // Kafka names the roles here; a reader looks for what is missing.
        let subject = if refusal.rule == "missing-quorum" { QUORUM } else { &refusal.key };
        // What is set to something that nobody knows here is not missing.
        let is_set = |one: &Setting| one.effective && one.key == subject && one.has_placeholder();
        if setting.is_none_or(|setting| setting.key != subject) && read.document.settings.iter().any(is_set) {
            continue;
        }
        if existing_topics::keeps(read, component, &refusal.key, case.to) {
            continue;
        }
        if setting.is_some_and(|setting| code.has_class(refusal, setting)) {
            continue;
        }
        // A group that the code names is one of the configuration.
        let lacks_group = refusal.key == "enable.auto.commit" && !settings.has("group.id");
        if component == Component::CONSUMER && lacks_group && code.names_group {
            continue;
        }
        // A covered value is one that nobody knows here.
        if setting.is_some_and(|setting| is_cover(&setting.value))
            && !is_closed(component, &refusal.key, case.to)
        {
            continue;
        }
        let line = setting.map(|setting| line_of(setting.key_span.start));
        let is_incomplete =
            setting.is_none() && is_incomplete(read, component, &refusal.key, &settings, sink.case);
        refusals.push(Refusal { subject: refusal.key.to_string(), line, message: refusal.message.clone() });
        if !is_incomplete && !sink.has_error(file, subject) {
            let question =
                Question { component, settings: &settings, asked: asked(read), known: &read.refused };
            report(file, (refusal, setting), &question, sink);
        }
    }
    // A partial configuration may also be wrong in what is missing here.
    let accepted = (!refusals.is_empty() || !read.document.is_partial).then_some(refusals.is_empty());
    Answer { accepted, refusals }
}

/// Whether a key is missing only because the rest of the configuration is elsewhere. If the running release refuses a
/// container's settings too, the container must get more from elsewhere; an addition to a broker's file does not say
/// which broker it is for.
fn is_incomplete(
    read: &CheckedFile<'_>,
    component: Component,
    key: &str,
    settings: &Settings<'_>,
    case: &Upgrade<'_>,
) -> bool {
    const IDENTITY: [&str; 8] = [
        "node.id",
        "broker.id",
        "process.roles",
        "zookeeper.connect",
        "log.dirs",
        "log.dir",
        "controller.quorum.voters",
        "controller.quorum.bootstrap.servers",
    ];
    let is_addition = component == Component::BROKER
        && read.document.kind.is_properties()
        && IDENTITY.iter().all(|key| read.broker_setting(key).is_none());
    let runs_so = || {
        let refused = case.from.map(|from| asked(read)(component, settings, from)).unwrap_or_default();
        read.document.kind == Kind::Containers && refused.iter().any(|one| one.key == key)
    };
    is_addition || runs_so()
}

/// What code of the request brings to configurations that lack it.
#[derive(Debug)]
pub struct Code<'c> {
    /// A consumer is given its group.
    names_group: bool,
    /// Classes that have a source file, without their packages.
    classes: BTreeSet<&'c str>,
}

impl<'c> Code<'c> {
    /// Of all files of a case.
    pub fn of(case: &'c Upgrade<'_>) -> Self {
        let names_group = |read: &CheckedFile<'_>| {
            read.component.is_none() && read.document.settings.iter().any(|one| one.key == "group.id")
        };
        let class = |read: &CheckedFile<'c>| {
            let (stem, end) = paths::file_name(read.path).rsplit_once('.')?;
            ["java", "kt", "scala"].contains(&end).then_some(stem)
        };
        Self {
            names_group: case.files.iter().any(names_group),
            classes: case.files.iter().filter_map(class).gather(),
        }
    }

    /// Whether a class that is refused is one of the default package: such a name is else one that lacks its package.
    fn has_class(&self, refusal: &validate::Refusal<'_>, setting: &Setting) -> bool {
        refusal.rule == "refused-class" && self.classes.contains(setting.value.trim())
    }
}

/// The keys for which each of some releases refuses a file, or settings in it where they stand for themselves; in the
/// order of the releases.
pub(crate) fn keys(read: &CheckedFile<'_>, releases: &[Release]) -> Vec<BTreeSet<String>> {
    if let Some(component) = read.component {
        let joined = joined(read, component);
        let settings = settings(read, component, &joined);
        let refused = |release: &Release| asked(read)(component, &settings, *release);
        let keys = |release| refused(release).into_iter().map(|one| one.key.into_owned()).gather();
        return releases.iter().map(keys).collect();
    }
    let alone = read.document.settings.iter().enumerate().filter_map(|(index, one)| {
        let settings: Settings<'_> = [(one.key.as_str(), one.value.as_str(), index)].into_iter().collect();
        Some((one, one.component?, settings))
    });
    let alone: Vec<_> = alone.collect();
    let keys = |release: &Release| {
        let refused = alone.iter().filter(|(_, component, settings)| {
            !validate::refusals_of_part(*component, settings, *release).is_empty()
        });
        refused.map(|(one, _, _)| one.key.clone()).gather()
    };
    releases.iter().map(keys).collect()
}

/// Settings in code and commands belong to configurations that nobody sees whole: each is asked about alone.
fn judge_alone(file: usize, read: &CheckedFile<'_>, sink: &mut Diagnostics<'_, '_>) {
    for (index, setting) in read.document.settings.iter().enumerate() {
        // What is not written as a value has none here.
        let is_known = !setting.value.is_empty()
            && !setting.value.contains(['$', '{'])
            && !setting.has_placeholder()
            && !is_of_vendor(&setting.key);
        let Some(component) = setting.component.filter(|_| is_known) else { continue };
        if is_cover(&setting.value) && !is_closed(component, &setting.key, sink.case.to) {
            continue;
        }
        if existing_topics::keeps(read, component, &setting.key, sink.case.to) {
            continue;
        }
        let settings: Settings<'_> =
            [(setting.key.as_str(), setting.value.as_str(), index)].into_iter().collect();
        let asked: Asked = validate::refusals_of_part;
        let question = Question { component, settings: &settings, asked, known: &RefCell::default() };
        for refusal in &asked(component, &settings, sink.case.to) {
            if !sink.has_error_at(file, setting.key_span) {
                report(file, (refusal, Some(setting)), &question, sink);
            }
        }
    }
    judge_in_flight(file, read, sink);
}

/// The only value that is refused because of another key: idempotence, which is on by default, limits it. Whether both
/// keys belong to the same producer is not known.
fn judge_in_flight(file: usize, read: &CheckedFile<'_>, sink: &mut Diagnostics<'_, '_>) {
    const KEY: &str = "max.in.flight.requests.per.connection";
    let producers = read.document.settings.iter().enumerate();
    let producers = producers.filter(|(_, one)| one.component == Some(Component::PRODUCER));
    let settings: Settings<'_> =
        producers.map(|(index, one)| (one.key.as_str(), one.value.as_str(), index)).collect();
    let open =
        |key: &str| settings.get(key).is_some_and(|one| one.value.is_empty() || one.value.contains('$'));
    if !settings.has(KEY) || [KEY, "enable.idempotence", "acks", "retries"].into_iter().any(open) {
        return;
    }
    let (component, asked): (_, Asked) = (Component::PRODUCER, validate::refusals);
    let question = Question { component, settings: &settings, asked, known: &RefCell::default() };
    for refusal in asked(component, &settings, sink.case.to) {
        let setting = refusal.setting.and_then(|index| read.document.settings.get(index));
        if let Some(setting) = setting.filter(|one| refusal.key == KEY && one.key == KEY) {
            let before = sink.drafts.len();
            report(file, (&refusal, Some(setting)), &question, sink);
            sink.drafts.iter_mut().skip(before).for_each(|draft| draft.confidence = Confidence::Possible);
        }
    }
}

/// What releases are asked about a configuration, and what they have answered.
struct Question<'q> {
    component: Component,
    settings: &'q Settings<'q>,
    asked: Asked,
    known: &'q RefCell<RefusedSince>,
}

/// What a release is asked about a file.
type Asked = for<'a> fn(Component, &'a Settings<'a>, Release) -> Vec<validate::Refusal<'a>>;

fn asked(read: &CheckedFile<'_>) -> Asked {
    let is_whole = read.component.is_some() && !read.document.is_partial;
    if is_whole { validate::refusals } else { validate::refusals_of_part }
}

/// Whether a key takes only numbers, booleans or listed words. A covered value cannot have been one of them, since
/// such values are no secrets.
fn is_closed(component: Component, key: &str, to: Release) -> bool {
    definition(component, key, to).is_some_and(|definition| {
        let is_text = matches!(
            definition.value_type,
            ValueType::String | ValueType::List | ValueType::Password | ValueType::Class
        );
        !is_text || matches!(definition.validator, Validator::In(_) | Validator::InIgnoringCase(_))
    })
}

/// Whether only a distribution of Kafka has the key: its brokers and tools know it, and Kafka's validation does not.
fn is_of_vendor(key: &str) -> bool {
    key.starts_with("confluent.")
}

/// Components whose own validation looks at keys behind a prefix: those of one listener, client, cluster, flow or
/// transform.
fn keeps_prefixes(component: Component) -> bool {
    use Component as Of;
    let own = [Of::BROKER, Of::STREAMS, Of::MM2, Of::CONNECTOR_SOURCE, Of::CONNECTOR_SINK];
    own.contains(&component)
}

/// Keys behind a prefix, as they stand in the file, with the number of their setting.
fn joined(read: &CheckedFile<'_>, component: Component) -> Vec<(usize, String)> {
    let prefixed = |setting: &Setting| keeps_prefixes(component) && !setting.prefix.is_empty();
    let all = read.document.settings.iter().enumerate().filter(|(_, setting)| setting.effective);
    all.filter(|(_, setting)| prefixed(setting))
        .map(|(index, setting)| (index, format!("{}{}", setting.prefix, setting.key)))
        .collect()
}

/// The file's own settings, without those that it hands on to other components.
fn settings<'r>(
    read: &'r CheckedFile<'_>,
    component: Component,
    joined: &'r [(usize, String)],
) -> Settings<'r> {
    let all = read.document.settings.iter().enumerate();
    let own = all.filter(|(_, setting)| {
        setting.effective
            && !setting.has_placeholder()
            && !is_of_vendor(&setting.key)
            && (setting.prefix.is_empty() || !keeps_prefixes(component))
            && read.component_of(setting) == Some(component)
    });
    let own = own.map(|(index, setting)| (setting.key.as_str(), setting.value.as_str(), index));
    let of_listeners = joined.iter().filter_map(|(index, key)| {
        let setting = read.document.settings.get(*index)?;
        Some((key.as_str(), setting.value.as_str(), *index))
    });
    own.chain(of_listeners).collect()
}

fn report(
    file: usize,
    (refusal, setting): (&validate::Refusal<'_>, Option<&Setting>),
    question: &Question<'_>,
    sink: &mut Diagnostics<'_, '_>,
) {
    let (case, component) = (sink.case, question.component);
    let key = refusal.key.as_ref();
    let since = since(case, question, key);
    let place = setting.map_or(Location::file(file), |setting| Location::span(file, setting.key_span));
    // A running broker is sent it, and goes on running.
    let sent = component == Component::BROKER
        && case.files.get(file).is_some_and(|read| read.document.kind == Kind::ShellScript);
    if let Some(note) = note_about(key, file, setting, component, sink).filter(|_| !sent) {
        match setting {
            Some(setting) => sink.note_at(note, component, since, (file, setting), &[]),
            None => sink.note(note, Some(component), since, place, &[("key", key)]),
        }
        return;
    }
    let to = case.to;
    let who = words::who(component);
    let topic = matches!(component, Component::TOPIC | Component::GROUP | Component::CLIENT_METRICS);
    let detail = &refusal.message;
    let message = match (setting, topic || sent) {
        (Some(_), false) => format!("`{key}` keeps this {who} from starting on {to}. {detail}"),
        (Some(_), true) => format!("{to} refuses this {who} for its `{key}`. {detail}"),
        (None, false) => format!("This {who} would not start on {to}: `{key}` is missing."),
        (None, true) => format!("{to} refuses this {who}: `{key}` is missing."),
    };
    let rule = if setting.is_some() { Computed::RefusedValue } else { Computed::Requires };
    let rule = Rule::computed(rule, &kebab(key));
    let why = match since {
        Some(since) => {
            format!("{since} is the first release on the upgrade path whose own validation refuses this.")
        }
        None if topic || sent => format!("The validation of {to} refuses this."),
        None => format!("The validation that {to} does at start refuses this."),
    };
    let unknown = topic && definition(component, key, to).is_none();
    let draft = Diagnostic::error(rule, place)
        .subject(key.to_owned())
        .component(Some(component))
        .since(since)
        .change(if setting.is_some() { ChangeKind::Refused } else { ChangeKind::Requires })
        .message(message)
        .why(why)
        .action(match setting {
            Some(_) if unknown => "Remove the line.".to_owned(),
            Some(_) => format!("Give `{key}` a value that {to} takes."),
            None => format!("Set `{key}`."),
        })
        .fix(
            setting
                .filter(|_| unknown)
                .zip(case.files.get(file))
                .and_then(|(setting, read)| fix::mend(read, setting, Remedy::Remove, false)),
        );
    sink.push(draft);
}

/// A note that brings the words for a refusal of this key.
fn note_about(
    key: &str,
    file: usize,
    setting: Option<&Setting>,
    component: Component,
    sink: &Diagnostics<'_, '_>,
) -> Option<&'static Note> {
    let case = sink.case;
    let read = case.files.get(file)?;
    let kinds: &[ChangeKind] = match setting {
        Some(_) => &[ChangeKind::Refused, ChangeKind::Removed, ChangeKind::Renamed],
        None => &[ChangeKind::Requires],
    };
    notes::about(key)
        .filter(|note| {
            kinds.contains(&note.kind) && note.since <= case.to && case.applies(note, read, component)
        })
        .filter(|note| {
            note.values.is_empty()
                || setting.is_some_and(|setting| crate::upgrade::has_value(note.values, &setting.value))
        })
        .max_by_key(|note| note.since)
}

/// The first release on the upgrade path that refuses the key; `None` when the source does already or is not known.
fn since(case: &Upgrade<'_>, question: &Question<'_>, key: &str) -> Option<Release> {
    let from = case.from.filter(|from| *from < case.to)?;
    let Question { component, settings, asked, known } = question;
    let refused = |release| -> Vec<String> {
        asked(*component, settings, release).into_iter().map(|refusal| refusal.key.into_owned()).collect()
    };
    let mut known = known.borrow_mut();
    known.ask(from, case.to, refused);
    known.since(key, case.to)
}
