//! What a text shows of a cluster or a program: printed by a tool, logged, or said in a manifest.

use std::fmt;

use kafka_upgrade_catalog::Mode;

use crate::Span;

/// An observation with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// What was observed.
    pub what: Observation,
    /// Where it stands.
    pub span: Span,
}

/// What was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observation {
    /// How a cluster keeps its metadata.
    Mode(Mode),
    /// The release of a broker, or its minor.
    BrokerVersion(String),
    /// The finalised level of a feature, as it is written: `metadata.version`, `3.9-IV0`.
    Level {
        /// The feature's name.
        feature: String,
        /// A number, or the name of a metadata version.
        level: String,
    },
    /// The versions of a request that a broker serves.
    ApiVersions {
        /// The request's name.
        api: String,
        /// The oldest.
        min: i16,
        /// The newest.
        max: i16,
    },
    /// A client that takes part.
    Client(ClientVersion),
    /// A request that a client sends.
    Request(ClientRequest),
    /// A request that a broker refused, or did not offer to a client.
    Refused {
        /// The request's name.
        api: String,
        /// Its version or versions, `9 to 12`; empty where any is meant.
        versions: String,
    },
    /// A client that is configured with the version of the protocol to use.
    ProtocolVersion(ClientVersion),
    /// A program that asks the ZooKeeper of a Kafka cluster.
    AsksZookeeper(&'static str),
    /// A login section for ZooKeeper that only Kafka's brokers use.
    LogsInToZookeeper,
    /// A test that starts a broker with ZooKeeper, by the name of what starts it.
    TestWithZookeeper(&'static str),
    /// A resource of an operator that has loggers of Log4j 1.
    Log4j1Loggers(String),
}

/// A client library, or a program that has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientVersion {
    /// Its name as it is written.
    pub name: String,
    /// Its version; empty where none is written.
    pub version: String,
}

/// A request, and what is known of the client that sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRequest {
    /// The request's name: `Produce`.
    pub api: String,
    /// Its version.
    pub version: i16,
    /// The client's library.
    pub client: Option<ClientVersion>,
    /// Its `client.id`.
    pub id: Option<String>,
    /// The address that it was seen at.
    pub host: Option<String>,
}

impl Observation {
    /// What it is about, in listings.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::Mode(_) => "mode",
            Self::BrokerVersion(_) => "broker-version",
            Self::Level { feature, .. } => feature,
            Self::ApiVersions { .. } => "api-version",
            Self::Client(_) => "client",
            Self::Request(_) => "spoken-api",
            Self::Refused { .. } => "refused-api",
            Self::ProtocolVersion(_) => "protocol-version",
            Self::AsksZookeeper(_) => "asks-zookeeper",
            Self::LogsInToZookeeper => "logs-in-to-zookeeper",
            Self::TestWithZookeeper(_) => "test-with-zookeeper",
            Self::Log4j1Loggers(_) => "log4j-1-loggers",
        }
    }

    /// What was observed of it, in listings: `Produce 0..11`, `librdkafka 1.9.2`,
    /// `Produce 2 from librdkafka 0.9.5 as CLIENT.ID at ADDRESS`.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Mode(mode) => mode.name().to_owned(),
            Self::BrokerVersion(text) | Self::Level { level: text, .. } | Self::Log4j1Loggers(text) => {
                text.clone()
            }
            Self::ApiVersions { api, min, max } => format!("{api} {min}..{max}"),
            Self::Client(client) | Self::ProtocolVersion(client) => client.to_string(),
            Self::Request(request) => request.to_string(),
            Self::Refused { api, versions } => format!("{api} {versions}").trim_end().to_owned(),
            Self::AsksZookeeper(program) => (*program).to_owned(),
            Self::LogsInToZookeeper => "Client".to_owned(),
            Self::TestWithZookeeper(how) => (*how).to_owned(),
        }
    }

    /// The finalised level, if it is of this feature.
    #[must_use]
    pub fn level_of(&self, name: &str) -> Option<&str> {
        match self {
            Self::Level { feature, level } if feature == name => Some(level.trim()),
            _ => None,
        }
    }
}

impl ClientRequest {
    /// The request alone: `Produce 2`.
    #[must_use]
    pub fn request(&self) -> String {
        format!("{} {}", self.api, self.version)
    }
}

impl fmt::Display for ClientVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)?;
        if self.version.is_empty() { Ok(()) } else { write!(out, " {}", self.version) }
    }
}

impl fmt::Display for ClientRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.request())?;
        if let Some(client) = &self.client {
            write!(out, " from {client}")?;
        }
        if let Some(id) = &self.id {
            write!(out, " as {id}")?;
        }
        if let Some(host) = &self.host {
            write!(out, " at {host}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_listed_with_what_is_known_of_its_client() {
        let request = ClientRequest {
            api: "Produce".to_owned(),
            version: 2,
            client: Some(ClientVersion { name: "librdkafka".to_owned(), version: "0.9.5".to_owned() }),
            id: Some("orders".to_owned()),
            host: Some("10.0.0.7".to_owned()),
        };
        let alone = ClientRequest { client: None, id: None, host: None, ..request.clone() };
        assert_eq!(request.to_string(), "Produce 2 from librdkafka 0.9.5 as orders at 10.0.0.7");
        assert_eq!(Observation::Request(alone).value(), "Produce 2");
    }

    #[test]
    fn what_has_no_version_is_listed_without_a_space_behind_it() {
        let client = ClientVersion { name: "sarama".to_owned(), version: String::new() };
        let refused = Observation::Refused { api: "Metadata".to_owned(), versions: String::new() };
        assert_eq!((client.to_string().as_str(), refused.value().as_str()), ("sarama", "Metadata"));
    }
}
