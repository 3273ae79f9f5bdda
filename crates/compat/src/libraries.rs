//! Which client library, in which version, decides about something that runs.
//!
//! What is *not* here: what it meets at a broker. Invariant: what is not known is said with where to look for it.

use kafka_upgrade_catalog::client_apis::{self, Inside, Version};
use kafka_upgrade_catalog::clients::{Decides, Product};
use kafka_upgrade_catalog::{self as catalog, Release};

use crate::operations::Client;

/// Id of Kafka's own client library.
pub const JAVA: &str = "kafka-clients";
/// The oldest release in the catalog; older clients are looked up by their own version numbers.
const READ: Version = Version([2, 0, 0]);

/// Something that runs, as a file, a person or a cluster names it.
#[derive(Clone, Copy, Debug)]
pub struct Installed<'a> {
    /// What it is; `None` for a name that nobody here knows.
    pub product: Option<&'static Product>,
    /// Its name as it was given.
    pub name: &'a str,
    /// Its version as it was given; empty when it was not.
    pub version: &'a str,
    /// The release of Kafka that it is, or carries.
    pub release: Option<Release>,
}

/// The client library of something that runs.
pub struct Found {
    /// The library that determines what is supported, in its version.
    pub client: Client,
    /// The product that was named.
    pub product: &'static Product,
    /// Name and version of the library inside, if it is not the named product itself.
    pub inside: Option<String>,
    /// If the version is older than all examined ones: why the oldest of those stands in. What it is refused, the
    /// older version is refused too; what it can do, the older one may not do.
    pub older: Option<String>,
}

/// The library that decides for an item; `Err` with what is not known and where to look.
pub fn library(item: &Installed<'_>) -> Result<Found, String> {
    let Installed { name, version: given, .. } = *item;
    let Some(product) = item.product else {
        return Err(format!(
            "Nothing is known of `{name}`. Look up which API versions it speaks, or which client library is inside: \
             kafka-clients and librdkafka are known here, so name that one with its version."
        ));
    };
    let title = product.title;
    if given.is_empty() {
        let example = format!("Name it, such as `{} 1.2.3`.", product.id);
        return Err(format!("It is not known which version of {title} runs. {example}"));
    }
    let version = || {
        Version::parse(given).ok_or_else(|| {
            format!(
                "`{given}` is no version that can be read. Name the version of {title} that is installed."
            )
        })
    };
    match product.decides {
        Decides::Kafka => {
            let version = version()?;
            let version = match item.release {
                Some(release) if version >= READ => of_kafka(title, given, release)?,
                _ if version < READ => version,
                _ => return Err(look_for(title, given, JAVA)),
            };
            let inside = (product.id != JAVA).then(|| format!("{JAVA} {}", version.text()));
            known(product, JAVA, version, inside)
        }
        Decides::Distribution => {
            let release = item.release.ok_or_else(|| look_for(title, given, JAVA))?;
            let version = of_kafka(title, given, release)?;
            known(product, JAVA, version, Some(format!("{JAVA} {}", version.text())))
        }
        Decides::Own => known(product, product.id, version()?, None),
        Decides::Embeds => {
            // rdkafka-sys states it in its own version: 4.7.0+2.3.0.
            let carried = given.split_once('+').and_then(|(_, inside)| Version::parse(inside));
            let version = version()?;
            let mut as_in = String::new();
            let (library, inside) = match client_apis::inside(product.id, version) {
                Some((library, Inside::Same, _)) => (library, Some(version)),
                Some((library, Inside::Version(text), looked_at)) => {
                    if looked_at != version && carried.is_none() {
                        as_in =
                            format!(" as in {}, the nearest version that was looked at", looked_at.text());
                    }
                    if text.ends_with('+') && carried.is_none() {
                        as_in.insert_str(0, " or newer (its lock file says which)");
                    }
                    (library, carried.or_else(|| Version::parse(text)))
                }
                Some((library, Inside::Unknown, _)) => (library, carried),
                None => (client_apis::library_inside(product.id).unwrap_or("client library"), None),
            };
            let inside = inside.ok_or_else(|| look_for(title, given, library))?;
            known(product, library, inside, Some(format!("{library} {}{as_in}", inside.text())))
        }
    }
}

/// A release that exists, as the version of its client.
fn of_kafka(title: &str, given: &str, release: Release) -> Result<Version, String> {
    if catalog::releases().any(|known| known == release) {
        return Ok(Version::of(release));
    }
    let newest = catalog::newest();
    Err(format!(
        "There is no {title} {given} that is known here; the newest is {newest}. Look up which version of {JAVA} is \
         installed and name that."
    ))
}

fn look_for(title: &str, version: &str, library: &str) -> String {
    format!(
        "Which {library} is inside of {title} {version} is not known here. Look it up in its lock file, its image or \
         its release notes, and name {library} with its version."
    )
}

fn known(
    product: &'static Product,
    library: &'static str,
    version: Version,
    inside: Option<String>,
) -> Result<Found, String> {
    if let Some(client) = Client::new(library, "", version) {
        return Ok(Found { client, product, inside, older: None });
    }
    let text = version.text();
    let Some(oldest) = client_apis::versions(library, "").next() else {
        return Err(format!(
            "Which API versions {} {text} speaks is not known here. Try it against a broker of that release, or look \
             at kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec of brokers of 3.7 to 3.9 while it runs.",
            product.title
        ));
    };
    let older = format!(
        "{library} {text} is older than {}, the oldest that was looked at. Expect it to meet at least what that one does.",
        oldest.text()
    );
    match Client::new(library, "", oldest) {
        Some(client) => Ok(Found { client, product, inside, older: Some(older) }),
        None => Err(older),
    }
}
