//! Releases as they are typed, and `versions`: which are known.

use kafka_upgrade_catalog::{self as catalog, Release};

use crate::{Ending, output};

/// The release that somebody means.
pub(crate) fn resolve(text: &str) -> Result<Release, String> {
    catalog::resolve(text).map_err(|unknown| format!("{unknown}. `versions` lists them all"))
}

/// `versions`: every release with its date, the Java and Scala that it runs on, and the release whose facts stand in
/// for it.
pub(crate) fn list() -> Ending {
    let mut text = String::from("release  date        Java: servers, clients  Scala       facts\n");
    for release in catalog::releases() {
        let date = catalog::date(release).unwrap_or("unknown");
        let java = format!("{}, {}", catalog::java_of_servers(release), catalog::java_of_clients(release));
        let scala = catalog::scala(release).join(", ");
        let number = release.to_string();
        let line = format!("{number:8} {date:11} {java:22}  {scala:10}  {}", facts(release));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    output::print(&text);
    Ending::Clean
}

/// Where the facts of a release come from, where not all of them are its own.
fn facts(release: Release) -> String {
    let own = catalog::facts_of(release);
    if own != release {
        return format!("of {own}");
    }
    let mut borrowed: Vec<(Release, Vec<&str>)> = Vec::new();
    for component in catalog::components() {
        let Some(from) = catalog::definitions(component, release).next().map(|one| one.facts_from) else {
            continue;
        };
        // The sixteen transforms come from one artifact, so they share one name here.
        let name = if component.name().starts_with("smt.") { "transforms" } else { component.name() };
        if from == release {
            continue;
        }
        match borrowed.iter_mut().find(|(known, _)| *known == from) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => borrowed.push((from, vec![name])),
        }
    }
    let parts: Vec<String> =
        borrowed.iter().map(|(from, names)| format!("{} of {from}", names.join(" "))).collect();
    if parts.is_empty() { "its own".to_owned() } else { format!("its own, but {}", parts.join("; ")) }
}
