//! Which client still speaks which version of a request: request logs, and the metric that counts old ones.

use kafka_upgrade_catalog::{self as catalog, Api};
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{ClientRequest, ClientVersion, Observation, Observed};

use super::{Line, Live, MAX_OBSERVATIONS, between};

/// Whether a line reports requests.
pub(super) fn is_one(line: &str) -> bool {
    is_metric(line) || (line.contains("Completed request:") && line.contains("equest"))
}

/// `kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,request=Produce,version=2,…` and the names that
/// exporters make of it.
fn is_metric(line: &str) -> bool {
    // Most lines are of something else, which this rules out at once. Rules of exporters, queries and commands name it by a
    // pattern.
    let maybe = line.contains("equests") || line.contains("ocket");
    if !maybe || line.contains(['(', '*', '$']) {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    lower.contains("deprecatedrequestspersec") && lower.contains("request=") && lower.contains("version=")
        || is_connections(line)
}

/// `kafka.server:type=socket-server-metrics,clientSoftwareName=…,clientSoftwareVersion=…,…:connections` and what
/// exporters make of it: who is connected.
fn is_connections(line: &str) -> bool {
    let lower = line.to_ascii_lowercase().replace(['_', '-'], "");
    lower.contains("socketservermetrics") && lower.contains("clientsoftwarename=")
}

/// What a line leaves for the next one: the names of columns of JmxTool's table, whose counts come below.
#[derive(Default)]
pub(super) struct Requests<'t> {
    columns: Vec<Option<Line<'t>>>,
}

impl<'t> Requests<'t> {
    /// Whether the next line may be the counts of the last one.
    pub(super) fn is_open(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether the line is one of these.
    pub(super) fn read(&mut self, line: Line<'t>, live: &mut Live) -> bool {
        let text = line.text;
        if text.starts_with("\"time\",\"") && is_metric(text) {
            self.finish(live);
            // No name has a quote in it; the commas are inside of the quotes.
            self.columns =
                text.split("\",\"").map(|name| is_metric(name).then_some(line.part(name))).collect();
        } else if text.starts_with("#mbean = ") && is_metric(text) {
            // As jmxterm shows it; its attributes stand below.
            self.finish(live);
            self.columns = vec![Some(line)];
        } else if is_metric(text) {
            if !is_zero(text) && !is_aside(text) {
                metric(line, live);
            }
        } else if let Some((_, rest)) = text.split_once("Completed request:") {
            completed(line, rest, live);
        } else if !self.columns.is_empty() && is_row(text) {
            let columns = std::mem::take(&mut self.columns);
            let counts = text.trim().strip_prefix("Count = ").unwrap_or(text).split([',', ';']);
            for (column, count) in columns.into_iter().zip(counts) {
                if let Some(column) = column.filter(|_| !is_zero(count)) {
                    metric(column, live);
                }
            }
        } else {
            return false;
        }
        true
    }

    /// Reports the columns that no row follows: brokers make that metric with the first request that it counts.
    pub(super) fn finish(&mut self, live: &mut Live) {
        for column in std::mem::take(&mut self.columns).into_iter().flatten() {
            metric(column, live);
        }
    }
}

/// A row of JmxTool's table: the time, then values; of jmxterm the one attribute.
fn is_row(line: &str) -> bool {
    if line.trim_start().starts_with("Count = ") {
        return true;
    }
    let mut cells = line.split(',');
    let time = cells.next().unwrap_or_default();
    time.len() > 9 && time.bytes().all(|byte| byte.is_ascii_digit()) && cells.next().is_some()
}

/// Whether the line counts nothing: nobody does it. Only a count says so: a rate goes to nothing by itself.
fn is_zero(line: &str) -> bool {
    let count = match line.split_once('}') {
        // Exporters may write the time behind the count.
        Some((_, rest)) => rest.split_whitespace().next(),
        None => line.trim_end_matches([' ', ';', '"']).rsplit([' ', ':', '\t']).next(),
    };
    let count = count.unwrap_or_default();
    let count = count.strip_prefix("Count=").unwrap_or(count);
    let count = count.strip_prefix(['-', '+']).unwrap_or(count);
    let (number, exponent) = count.split_once(['e', 'E']).unwrap_or((count, "0"));
    number.contains('0')
        && number.matches('.').count() < 2
        && number.bytes().all(|byte| matches!(byte, b'0' | b'.'))
        && exponent.parse::<i32>().is_ok()
}

/// Whether the line is of another attribute than the count: `…:OneMinuteRate=0.0`, `…:EventType=requests`.
fn is_aside(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.starts_with("# ")
        || ["rate=", "rate{", "eventtype=", "rateunit="].iter().any(|sign| lower.contains(sign))
}

/// The value of a tag, quoted or not.
fn tag<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let at = text.match_indices(name).find(|(at, _)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let behind = text.slice(at + name.len()..);
        behind.starts_with('=') && !before.is_some_and(|before| before.is_alphanumeric() || before == '_')
    });
    let rest = text.get(at?.0 + name.len() + 1..)?;
    let quoted = rest.strip_prefix('"');
    let end = if quoted.is_some() { &['"'][..] } else { &[',', '}', ':', ' ', '\t', '"'][..] };
    let value = quoted.unwrap_or(rest);
    value.get(..value.find(end).unwrap_or(value.len()))
}

fn metric(line: Line<'_>, live: &mut Live) {
    if is_connections(line.text) {
        let either = |one, other| tag(line.text, one).or_else(|| tag(line.text, other));
        let software = either("clientSoftwareName", "client_software_name");
        let version = either("clientSoftwareVersion", "client_software_version").unwrap_or_default();
        if let Some(software) = software.filter(|software| *software != "unknown") {
            let client = ClientVersion { name: software.to_owned(), version: version.to_owned() };
            live.observe(Observation::Client(client), line.place(software));
        }
        return;
    }
    let (Some(request), Some(version)) = (tag(line.text, "request"), tag(line.text, "version")) else {
        return;
    };
    let either = |one, other| tag(line.text, one).or_else(|| tag(line.text, other));
    let client = Client {
        software: either("clientSoftwareName", "client_software_name"),
        version: either("clientSoftwareVersion", "client_software_version"),
        ..Client::default()
    };
    // Each fetch is counted once more by its sender, under these names.
    if !["FetchConsumer", "FetchFollower"].contains(&request) {
        report(line, (request, request), version, client, live);
    }
}

/// What a client says of itself; brokers write `unknown` for one that does not.
#[derive(Default)]
struct Client<'t> {
    software: Option<&'t str>,
    version: Option<&'t str>,
    /// Its `client.id`.
    id: Option<&'t str>,
    /// The address that it was seen at.
    host: Option<&'t str>,
}

/// Reports a request (its name and where it is written) and who sends it.
fn report(line: Line<'_>, (api, place): (&str, &str), version: &str, client: Client<'_>, live: &mut Live) {
    let known = |value: &&str| !value.is_empty() && *value != "unknown" && *value != "null";
    let Ok(version) = version.parse::<i16>() else { return };
    let is_old = named(api).is_some_and(|api| version < api.min);
    // Requests that some release refuses matter most, so the others may fill only half of the list.
    if !is_old && live.document.observations.len() > MAX_OBSERVATIONS / 2 {
        return;
    }
    let mut request = ClientRequest { api: api.to_owned(), version, client: None, id: None, host: None };
    if let Some(software) = client.software.filter(known) {
        let version = client.version.filter(known).unwrap_or_default().to_owned();
        let client = ClientVersion { name: software.to_owned(), version };
        live.observe(Observation::Client(client.clone()), line.place(software));
        request.client = Some(client);
    }
    // For requests that no release refuses, the senders do not matter.
    if is_old {
        request.id = client.id.filter(known).map(str::to_owned);
        if let Some(host) = client.host {
            // One address of each is enough to begin with.
            let is_same = |one: &Observed| match &one.what {
                Observation::Request(known) => ClientRequest { host: None, ..known.clone() } == request,
                _ => false,
            };
            if live.document.observations.iter().any(is_same) {
                return;
            }
            request.host = Some(host.to_owned());
        }
    }
    live.observe(Observation::Request(request), line.place(place));
}

/// A line of the request log: JSON since 2.6, text before.
fn completed(line: Line<'_>, rest: &str, live: &mut Live) {
    let ends = &[',', '}', ')', '"', ' '][..];
    let either = |one, other| between(rest, one, ends).or_else(|| between(rest, other, ends));
    let by_key = between(rest, "\"requestApiKey\":", ends).and_then(|key| key.parse().ok());
    let by_name = between(rest, "RequestHeader(apiKey=", ends);
    let api = by_key.and_then(|key| catalog::api(catalog::newest(), key)).or_else(|| by_name.and_then(named));
    let version = either("\"requestApiVersion\":", "apiVersion=");
    let (Some(api), Some(version)) = (api, version) else { return };
    let id = between(rest, "\"clientId\":\"", &['"']).or_else(|| between(rest, "clientId=", &[',', ')']));
    // `127.0.0.1:9092-10.0.0.7:41152-0`, from 4.0 with one more number: the second address is the client's.
    let connection =
        between(rest, "\"connection\":\"", &['"']).or_else(|| between(rest, "connection ", &[';']));
    let host = connection.and_then(|addresses| addresses.split('-').nth(1)?.rsplit_once(':'));
    let client = Client {
        software: either("\"softwareName\":\"", "softwareName="),
        version: either("\"softwareVersion\":\"", "softwareVersion="),
        id,
        host: host.map(|(host, _)| host),
    };
    report(line, (api.name, version), version, client, live);
}

/// An API by its name: `PRODUCE`, `LIST_OFFSETS`, `ListOffsets`.
pub(super) fn named(name: &str) -> Option<&'static Api> {
    let plain = name.replace('_', "");
    catalog::apis(catalog::newest()).find(|api| api.name.eq_ignore_ascii_case(&plain))
}
