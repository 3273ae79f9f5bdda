//! What pasted output of a plan's commands shows of what its steps expect: it is so, or what is not.
//!
//! Output that several steps ask for counts for the first of them, since it may have been printed before the later ones
//! began; levels of features count for the step that sets them. A command that prints nothing where all is well counts
//! only when the next prompt stands right below it: what ends with the command may still run. What is *not* here:
//! findings about output.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::{Kind, Slice as _};
use kafka_upgrade_report::{Plan, Shown, Step};
use kafka_upgrade_sorted::Sorted as _;

use crate::LEAST_SEGMENT_BYTES;
use crate::upgrade::{CheckedFile, Upgrade};

/// At most this many unexpected lines are shown per step: enough to see what is wrong.
const MAX_MISFITS: usize = 5;

/// What a command prints.
struct Output {
    /// Strings that a command line has to contain, all of them, to be this command.
    command: &'static [&'static str],
    /// What the output is expected to show, in words.
    fits: &'static str,
    /// Whether that is everything the step expects.
    whole: bool,
    read: fn(&str) -> Reading,
    /// Strings in a command line that prints nothing when all is well; empty for a command that always prints
    /// something.
    silent: &'static [&'static str],
}

/// What one line of output shows.
enum Reading {
    Nothing,
    Fits,
    /// In words.
    Misfits(String),
}

const OUTPUTS: &[Output] = &[
    Output {
        command: &["kafka-reassign-partitions", "--list"],
        fits: "no reassignment is listed",
        whole: false,
        read: reassignment,
        silent: &[],
    },
    Output {
        command: &["--under-replicated-partitions"],
        fits: "no partition is under-replicated",
        whole: false,
        read: under_replicated,
        silent: &["kafka-topics", "--describe", "--under-replicated-partitions"],
    },
    Output {
        command: &["--unavailable-partitions"],
        fits: "no partition is unavailable",
        whole: false,
        read: |_| Reading::Nothing,
        silent: &["kafka-topics", "--describe", "--unavailable-partitions"],
    },
    Output {
        command: &["list-endpoints"],
        fits: "brokers are registered and not fenced",
        whole: false,
        read: endpoint,
        silent: &[],
    },
    Output {
        command: &["DeprecatedRequestsPerSec"],
        fits: "this broker counted no request that 4.0 refuses",
        whole: false,
        read: no_old_requests,
        silent: &[],
    },
    Output {
        command: &["segment.bytes", "--entity-type topics"],
        fits: "no topic that is listed has a segment.bytes below 1048576",
        whole: true,
        read: segments,
        silent: &["kafka-configs", "--entity-type topics", "| awk ", "segment\\.bytes=/"],
    },
    Output {
        command: &["srvr"],
        fits: "this ZooKeeper server is 3.5 or newer",
        whole: false,
        read: zookeeper,
        silent: &[],
    },
    Output {
        command: &["Completed migration of metadata from ZooKeeper to KRaft"],
        fits: "the migration of the metadata is completed",
        whole: true,
        read: migrated,
        silent: &[],
    },
    Output {
        command: &["kafka-features", "upgrade", "--dry-run"],
        fits: "the dry run would succeed",
        whole: false,
        read: dry_run,
        silent: &[],
    },
];

/// Adds to each step what the given output shows of it.
pub(super) fn attach(case: &Upgrade<'_>, plan: &mut Plan) {
    let of_kinds = |kinds: &[Kind]| {
        let whole = case.files.iter().filter(|read| !read.is_part && kinds.contains(&read.document.kind));
        let mut found: Vec<&CheckedFile<'_>> = whole.collect();
        found.order_by_key(|read| (read.path, read.text));
        found
    };
    let printed = of_kinds(&[Kind::LiveOutput]);
    // A session in which no command printed anything looks like a shell script.
    let sessions = of_kinds(&[Kind::LiveOutput, Kind::ShellScript]);
    if sessions.is_empty() {
        return;
    }
    for output in OUTPUTS {
        let asks = |step: &&mut Step| {
            step.commands.iter().any(|line| output.command.iter().all(|part| line.contains(part)))
        };
        if let Some(step) = plan.steps.iter_mut().find(asks) {
            let mut shown = lines(&printed, output);
            if shown.is_empty() {
                shown.extend(silence(&sessions, output));
            }
            step.done |= output.whole && shown.iter().any(|one| one.fits);
            step.shown.extend(shown);
        }
    }
    for step in &mut plan.steps {
        if step.id.starts_with("check-metadata-version") {
            least_level(&printed, step);
        } else if step.id.starts_with("finalize-metadata") {
            finalized(&printed, step);
        }
    }
}

/// The lines that are not as expected; if all are, the first of them.
fn lines(printed: &[&CheckedFile<'_>], output: &Output) -> Vec<Shown> {
    let (mut fitting, mut misfits) = (None, Vec::<Shown>::new());
    for (read, line, text) in numbered(printed) {
        match (output.read)(text) {
            Reading::Fits if fitting.is_none() => {
                fitting = Some(shown(read, line, true, output.fits.to_owned()));
            }
            // Several features blocked by the same node give the same sentence.
            Reading::Misfits(what)
                if misfits.len() < MAX_MISFITS && misfits.iter().all(|one| one.text != what) =>
            {
                misfits.push(shown(read, line, false, what));
            }
            _ => {}
        }
    }
    if misfits.is_empty() { Vec::from_iter(fitting) } else { misfits }
}

/// Evidence that a command printed nothing: the next prompt shows that it has ended.
fn silence(sessions: &[&CheckedFile<'_>], output: &Output) -> Option<Shown> {
    let is_asked = |line: &str| {
        // Redirected or piped output is not seen here.
        !output.silent.is_empty()
            && output.silent.iter().all(|part| line.contains(part))
            && !line.contains('>')
            && (!line.contains('|') || output.silent.iter().any(|part| part.contains('|')))
            && !line.ends_with('\\')
    };
    sessions.iter().find_map(|read| {
        let mut lines = read.text.lines().zip(1..).peekable();
        loop {
            let (line, number) = lines.next()?;
            let Some(prompt) = prompt(line).filter(|prompt| is_asked(line.slice(prompt.len()..).trim_end()))
            else {
                continue;
            };
            if lines.peek().is_some_and(|(next, _)| next.starts_with(prompt.trim_end())) {
                return Some(shown(read, number, true, output.fits.to_owned()));
            }
        }
    })
}

/// The prompt before the command in a line: `$ `, `user@host:~$ `, `[root@host ~]# `; never a `#` that begins a
/// comment.
fn prompt(line: &str) -> Option<&str> {
    let end = line.char_indices().find(|(at, one)| {
        matches!(one, '$' | '#' | '%' | '>') && line.slice(at + one.len_utf8()..).starts_with(' ')
    });
    let (at, _) = end.filter(|(at, one)| *at > 0 || *one == '$')?;
    let prompt = line.slice(..at + 2);
    // A prompt is a single sign, or follows a user, host or folder.
    let is_one = at == 0 || prompt.contains(['@', ']', ':', '~', '\\']);
    (is_one && !prompt.contains('=')).then_some(prompt)
}

fn numbered<'p, 'a>(
    printed: &'p [&'p CheckedFile<'a>],
) -> impl Iterator<Item = (&'p CheckedFile<'a>, u32, &'a str)> {
    printed.iter().flat_map(|read| read.text.lines().zip(1..).map(|(text, line)| (*read, line, text)))
}

fn shown(read: &CheckedFile<'_>, line: u32, fits: bool, text: String) -> Shown {
    Shown { fits, text, path: read.path.to_owned(), line }
}

fn reassignment(line: &str) -> Reading {
    if line.starts_with("No partition reassignments found") {
        Reading::Fits
    } else if line.starts_with("Current partition reassignments:") {
        Reading::Misfits("partitions are being reassigned".to_owned())
    } else {
        Reading::Nothing
    }
}

/// `Topic: orders Partition: 0 Leader: 1 Replicas: 1,2,3 Isr: 1,2`, with tabs between.
fn under_replicated(line: &str) -> Reading {
    let value = |key: &str| line.split_once(key)?.1.split_whitespace().next();
    let read = || {
        let (topic, partition) = (value("Topic: ")?, value("Partition: ")?);
        let (replicas, in_sync) = (value("Replicas: ")?, value("Isr: ").unwrap_or_default());
        let count = |list: &str| list.split(',').filter(|one| one.parse::<u32>().is_ok()).count();
        let (all, in_sync) = (count(replicas), count(in_sync));
        let topic = is_name(topic).then_some(topic)?;
        let partition: u32 = partition.parse().ok()?;
        (in_sync < all)
            .then(|| format!("partition {partition} of `{topic}` has {in_sync} of {all} replicas in sync"))
    };
    read().map_or(Reading::Nothing, Reading::Misfits)
}

/// `2  host  9092  null  fenced  broker`
fn endpoint(line: &str) -> Reading {
    let mut words = line.split_whitespace();
    let Some(id) = words.next().and_then(|word| word.parse::<u32>().ok()) else { return Reading::Nothing };
    let words: Vec<&str> = words.collect();
    match words.as_slice() {
        [.., "fenced", "broker"] => Reading::Misfits(format!("broker {id} is fenced")),
        [.., "unfenced", "broker"] => Reading::Fits,
        _ => Reading::Nothing,
    }
}

fn no_old_requests(line: &str) -> Reading {
    if line.starts_with("No matched attributes") && line.contains("DeprecatedRequestsPerSec") {
        return Reading::Fits;
    }
    Reading::Nothing
}

/// `Dynamic configs for topic orders are:`, and below `segment.bytes=100000 sensitive=false …`; `kafka-topics.sh` lists
/// them on the line of the topic.
fn segments(line: &str) -> Reading {
    let begins = |rest: &str| rest.starts_with("segment.bytes=");
    let words = line.trim_start().split([' ', '\t', ',']);
    if let Some(word) = words.into_iter().find(|word| begins(word)) {
        let bytes = word.split_once('=').and_then(|(_, value)| value.parse::<u64>().ok());
        return match bytes {
            Some(bytes) if bytes < u64::from(LEAST_SEGMENT_BYTES) => {
                Reading::Misfits(format!("a topic has a segment.bytes of {bytes}"))
            }
            _ => Reading::Nothing,
        };
    }
    if line.starts_with("Dynamic configs for topic ") { Reading::Fits } else { Reading::Nothing }
}

fn zookeeper(line: &str) -> Reading {
    let version =
        line.strip_prefix("Zookeeper version: ").and_then(|rest| rest.split(['-', ',', ' ']).next());
    match version.and_then(|version| version.parse::<Release>().ok()) {
        Some(version) if version < Release::new(3, 5, 0) => {
            Reading::Misfits(format!("this ZooKeeper server is {version}"))
        }
        Some(_) => Reading::Fits,
        None => Reading::Nothing,
    }
}

fn migrated(line: &str) -> Reading {
    let is_logged = line.starts_with('[');
    if is_logged && line.contains("Completed migration of metadata from ZooKeeper to KRaft") {
        return Reading::Fits;
    }
    Reading::Nothing
}

/// `metadata.version can be upgraded to 33.`, or `… Controller 104 only supports versions 7-25`.
fn dry_run(line: &str) -> Reading {
    if let Some((before, after)) = line.split_once(" only supports versions ") {
        let mut words = before.rsplit(' ');
        let (id, role) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let versions = after.split([' ', '.', ',']).next().unwrap_or_default();
        if let (Ok(id), "Broker" | "Controller", true) = (id.parse::<u32>(), role, is_name(versions)) {
            return Reading::Misfits(format!(
                "{} {id} only supports versions {versions}",
                role.to_ascii_lowercase()
            ));
        }
    }
    if line.starts_with("metadata.version can be upgraded to ") { Reading::Fits } else { Reading::Nothing }
}

/// Levels that `kafka-features.sh describe` printed, with their places.
fn levels<'p, 'a>(
    printed: &'p [&'p CheckedFile<'a>],
) -> impl Iterator<Item = (&'p CheckedFile<'a>, u32, &'a str, &'a str)> {
    numbered(printed).filter_map(|(read, line, text)| {
        let rest = text.split_once("Feature: ")?.1;
        let name = rest.split_whitespace().next()?;
        let level = rest.split_once("FinalizedVersionLevel: ")?.1.split_whitespace().next()?;
        (is_name(name) && is_name(level)).then_some((read, line, name, level))
    })
}

/// `3.3-IV3` as numbers.
fn metadata_version(level: &str) -> Option<(u32, u32, u32)> {
    let (release, internal) = level.split_once("-IV")?;
    let (major, minor) = release.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?, internal.parse().ok()?))
}

fn least_level(printed: &[&CheckedFile<'_>], step: &mut Step) {
    let of_metadata = levels(printed).filter(|(_, _, name, _)| *name == "metadata.version");
    let read = of_metadata.filter_map(|(read, line, _, level)| {
        let fits = metadata_version(level)? >= (3, 3, 3);
        Some(shown(read, line, fits, format!("metadata.version is {level}")))
    });
    step.shown.extend(read.take(MAX_MISFITS));
    step.done = !step.shown.is_empty() && step.shown.iter().all(|one| one.fits);
}

/// Output from before the command shows nothing of its effect: as long as metadata.version is older than expected,
/// the step has not been run.
fn finalized(printed: &[&CheckedFile<'_>], step: &mut Step) {
    let expected = step.actions.iter().flat_map(|action| match action {
        kafka_upgrade_report::Action::Expect { contains, .. } => contains.as_slice(),
        _ => &[],
    });
    let expected = expected.filter_map(|one| one.strip_prefix("FinalizedVersionLevel: ")).next();
    let Some(expected) = expected else { return };
    let reached =
        |(_, _, name, level): &(_, _, &str, &str)| *name == "metadata.version" && *level == expected;
    if !levels(printed).any(|one| reached(&one)) {
        return;
    }
    // The features that its command names: `--feature group.version=1`.
    let command = step.commands.iter().find(|line| !line.starts_with('#') && line.contains(" upgrade "));
    let named = command.iter().flat_map(|line| line.split(" --feature ").skip(1));
    let named: Vec<(&str, u16)> = named
        .filter_map(|one| {
            let (name, level) = one.split_whitespace().next()?.split_once('=')?;
            Some((name, level.parse().ok()?))
        })
        .collect();
    let mut found = Vec::new();
    for (read, line, name, level) in levels(printed) {
        let wanted = named.iter().find(|(one, _)| *one == name).map(|(_, wanted)| *wanted);
        if name == "metadata.version" {
            let text = format!("metadata.version is {level}");
            let fits = level == expected;
            found.push(shown(read, line, fits, if fits { text } else { format!("{text}, not {expected}") }));
        } else if let (Some(wanted), Ok(level)) = (wanted, level.parse::<u16>())
            && level < wanted
        {
            found.push(shown(read, line, false, format!("{name} is {level}, not {wanted}")));
        }
    }
    let misfits: Vec<Shown> = found.iter().filter(|one| !one.fits).take(MAX_MISFITS).cloned().collect();
    let fits = misfits.is_empty();
    step.done = fits;
    step.shown.extend(if fits { found.into_iter().take(1).collect() } else { misfits });
}

/// Whether a word looks like the name of one of Kafka's features.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'.' | b'-' | b'_'))
}
