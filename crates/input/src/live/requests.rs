//! Which client still speaks which version of a request: request logs, refusals, and the metric that counts them.

use kafka_upgrade_catalog::{self as catalog, Api};

use super::{Line, Live, between};

/// Whether a line tells of requests.
pub(super) fn is_one(line: &str) -> bool {
    is_metric(line)
        || (line.contains("Completed request:") && line.contains("equest"))
        || refused(line).is_some()
}

/// `kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,request=Produce,version=2,…` and the names that
/// exporters make of it.
fn is_metric(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.contains("deprecatedrequestspersec") && lower.contains("request=") && lower.contains("version=")
}

/// Whether the line is one of these.
pub(super) fn read(line: Line<'_>, live: &mut Live) -> bool {
    let text = line.text;
    if is_metric(text) {
        metric(line, live);
    } else if let Some((_, json)) = text.split_once("Completed request:") {
        completed(line, json, live);
    } else if let Some((api, version, place)) = refused(text) {
        live.observe("refused-api", &format!("{} {version}", api.name), line.place(place));
    } else {
        return false;
    }
    true
}

/// The value of a tag, quoted or not.
fn tag<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let at = text.match_indices(name).find(|(at, _)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_')
    });
    let rest = text.get(at?.0 + name.len()..)?.strip_prefix('=')?;
    let quoted = rest.strip_prefix('"');
    let end = if quoted.is_some() { &['"'][..] } else { &[',', '}', ':', ' ', '\t', '"'][..] };
    let value = quoted.unwrap_or(rest);
    value.get(..value.find(end).unwrap_or(value.len()))
}

fn metric(line: Line<'_>, live: &mut Live) {
    // A count of nothing says that nobody does it.
    let count = line.text.rsplit([' ', '=', ':', '\t']).next().unwrap_or_default();
    if count.parse::<f64>().is_ok_and(|count| count == 0.0) {
        return;
    }
    let (Some(request), Some(version)) = (tag(line.text, "request"), tag(line.text, "version")) else {
        return;
    };
    let either = |one, other| tag(line.text, one).or_else(|| tag(line.text, other));
    let client = Client {
        software: either("clientSoftwareName", "client_software_name"),
        version: either("clientSoftwareVersion", "client_software_version"),
    };
    tell(line, (request, request), version, client, live);
}

/// What a client says of itself; brokers write `unknown` for one that does not.
struct Client<'t> {
    software: Option<&'t str>,
    version: Option<&'t str>,
}

/// Tells a request (its name and where it is written) and who sends it.
fn tell(line: Line<'_>, (api, place): (&str, &str), version: &str, client: Client<'_>, live: &mut Live) {
    let known = |value: &&str| !value.is_empty() && *value != "unknown";
    let mut spoken = format!("{api} {version}");
    if let Some(software) = client.software.filter(known) {
        let name = format!("{software} {}", client.version.filter(known).unwrap_or_default());
        let name = name.trim_end();
        live.observe("client", name, line.place(software));
        spoken = format!("{spoken} from {name}");
    }
    live.observe("spoken-api", &spoken, line.place(place));
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
    let client = Client {
        software: either("\"softwareName\":\"", "softwareName="),
        version: either("\"softwareVersion\":\"", "softwareVersion="),
    };
    tell(line, (api.name, version), version, client, live);
}

/// An API by its name: `PRODUCE`, `LIST_OFFSETS`, `ListOffsets`.
fn named(name: &str) -> Option<&'static Api> {
    let plain = name.replace('_', "");
    catalog::apis(catalog::newest()).find(|api| api.name.eq_ignore_ascii_case(&plain))
}

/// `… Received request api key 0 with version 2 which is not supported`, `UnsupportedVersionException: … does not support
/// PRODUCE with version in range [9,9]`: the API, the version, and where the API is named.
fn refused(line: &str) -> Option<(&'static Api, &str, &str)> {
    if let Some(key) = between(line, "eceived request api key ", &[' ', ',']) {
        let version = between(line, "with version ", &[' ', ',', '.'])?;
        let by_key = key.parse().ok().and_then(|key| catalog::api(catalog::newest(), key));
        return Some((by_key.or_else(|| named(key))?, version, key));
    }
    let name = between(line, "does not support ", &[' '])?;
    let range = between(line, "with version in range [", &[']'])?;
    Some((named(name)?, range, name))
}
