//! How a cluster keeps its metadata.

use serde::{Deserialize, Serialize};

/// How a cluster keeps its metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// In ZooKeeper.
    Zookeeper,
    /// In a quorum of Kafka controllers.
    Kraft,
}

impl Mode {
    /// The name in reports, listings and links: `zookeeper`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zookeeper => "zookeeper",
            Self::Kraft => "kraft",
        }
    }

    /// The mode of a [`Mode::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Zookeeper, Self::Kraft].into_iter().find(|mode| mode.name() == name)
    }

    /// How a cluster runs: `in ZooKeeper mode`.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Zookeeper => "in ZooKeeper mode",
            Self::Kraft => "in KRaft mode",
        }
    }

    /// As the project writes it: `ZooKeeper`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Zookeeper => "ZooKeeper",
            Self::Kraft => "KRaft",
        }
    }
}
