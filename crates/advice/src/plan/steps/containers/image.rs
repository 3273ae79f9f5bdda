//! Images of brokers: which one carries a release, how it takes settings, and where its tools are.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Mode;
use kafka_upgrade_sorted::case::Case as _;

use crate::plan::steps::{confluent_versions, minor};

/// First release that apache/kafka was published with.
const FIRST_OF_APACHE: Release = Release::new(3, 7, 0);

/// First release that Bitnami has published no free image of with a version.
const FIRST_NOT_FREE: Release = Release::new(4, 1, 0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Apache,
    Bitnami,
    Confluent,
    /// Images that nobody maintains any more.
    Left,
    /// A custom image.
    Own,
}

/// The image of a node.
#[derive(Clone, Debug)]
pub(super) struct Image {
    /// The image's name without its tag.
    name: String,
    family: Family,
}

impl Image {
    pub(super) fn new(reference: &str) -> Self {
        let plain =
            |one: u8| one.is_ascii_alphanumeric() || matches!(one, b'/' | b'.' | b'-' | b'_' | b':' | b'@');
        let reference =
            if reference.bytes().all(plain) && !reference.starts_with('-') { reference } else { "" };
        let reference = reference.split('@').next().unwrap_or_default();
        let (name, _) =
            reference.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')).unwrap_or((reference, ""));
        let family = match name {
            _ if name.contains("bitnami") => Family::Bitnami,
            _ if name.contains("confluentinc/") || name.contains("/cp-") => Family::Confluent,
            _ if name.contains("wurstmeister/") || name.contains("ubuntu/kafka") => Family::Left,
            _ if name.ends_with("apache/kafka")
                || name.ends_with("apache/kafka-native")
                || name.is_empty() =>
            {
                Family::Apache
            }
            _ => Family::Own,
        };
        let name = if name.is_empty() { "apache/kafka" } else { name };
        Self { name: name.to_owned(), family }
    }

    /// Whether it takes the variables of Bitnami's image.
    pub(super) fn is_bitnamis(&self) -> bool {
        self.family == Family::Bitnami
    }

    /// The image that runs a release.
    pub(super) fn at(&self, release: Release, mode: Mode) -> String {
        match self.family {
            Family::Confluent => {
                let line = confluent_versions::platform_of(release).unwrap_or_else(|| minor(release));
                format!("{}:{line}.0", self.name)
            }
            // The last free tags are from early 4.0; apache/kafka only runs KRaft mode.
            Family::Bitnami | Family::Left if mode == Mode::Zookeeper || release < FIRST_OF_APACHE => {
                format!("bitnamilegacy/kafka:{}", minor(release))
            }
            Family::Bitnami | Family::Left => format!("apache/kafka:{release}"),
            Family::Apache | Family::Own => format!("{}:{release}", self.name),
        }
    }

    /// The image that runs a release in a chart. Bitnami's starts its containers with scripts of its own images, which no
    /// other has; the last free ones are of 4.0.
    pub(super) fn in_chart(&self, release: Release, mode: Mode) -> String {
        match self.family {
            Family::Bitnami if release < FIRST_NOT_FREE => {
                format!("bitnamilegacy/kafka:{}", minor(release))
            }
            Family::Bitnami => format!("$REGISTRY/bitnami/kafka:{release}"),
            _ => self.at(release, mode),
        }
    }

    /// What to know about that.
    pub(super) fn advice_in_chart(&self, release: Release, mode: Mode) -> String {
        if self.family != Family::Bitnami || release < FIRST_NOT_FREE {
            return self.advice(release, mode);
        }
        "Versioned images of bitnami/kafka were removed from Docker Hub in August 2025: the old tags are frozen in \
         bitnamilegacy/kafka (up to 4.0), and Bitnami Secure Images offers `latest` for free and versions by \
         subscription. The chart starts its containers with scripts of Bitnami's own images, so apache/kafka cannot take \
         their place: REGISTRY stands for where you buy the image of this release, or put one that you have built from \
         Bitnami's sources."
            .to_owned()
    }

    /// What to know about the change of image.
    pub(super) fn advice(&self, release: Release, mode: Mode) -> String {
        match self.family {
            Family::Bitnami if mode == Mode::Zookeeper => format!(
                "Versioned images of bitnami/kafka were removed from Docker Hub in August 2025: the old ones are \
                 frozen in bitnamilegacy/kafka, without fixes. Use them only until the cluster has left ZooKeeper. \
                 bitnamilegacy has {}; apache/kafka supports only KRaft and cannot replace it before that.",
                minor(release)
            ),
            Family::Bitnami => format!(
                "Versioned images of bitnami/kafka were removed from Docker Hub in August 2025: the old tags are \
                 frozen in bitnamilegacy/kafka (up to 4.0), and Bitnami Secure Images offers `latest` for free and \
                 versions by subscription. apache/kafka:{release} (or an image of your own) replaces it and takes the \
                 same settings under other names: KAFKA_CFG_X becomes KAFKA_X; KAFKA_KRAFT_CLUSTER_ID becomes \
                 CLUSTER_ID and has to be the id in meta.properties; remove ALLOW_PLAINTEXT_LISTENER and the BITNAMI_ \
                 variables. KAFKA_CLIENT_USERS and KAFKA_INTER_BROKER_USER with their passwords are Bitnami's own: a \
                 listener with a login needs its sasl.jaas.config instead. The data is at /bitnami/kafka/data: mount the volume there and set KAFKA_LOG_DIRS to it. \
                 The user is 1000 (appuser), not 1001."
            ),
            Family::Left => format!(
                "{} is no longer maintained and has no current release. apache/kafka:{release} replaces it (KRaft \
                 only), with CLUSTER_ID and KAFKA_ variables; broker ids that were generated have to be set \
                 explicitly first.",
                self.name
            ),
            Family::Confluent => format!(
                "Confluent's images have the platform's number: {} contains Kafka {}; use its newest patch. Upgrade \
                 Schema Registry, Connect and the rest to the same line after the brokers. From 8.0 on, there is no \
                 ZooKeeper, CLUSTER_ID is required, cp-server needs a licence, and the variables of \
                 io.confluent.metrics.reporter and of the old Control Center have to be removed.",
                self.at(release, mode),
                minor(release)
            ),
            Family::Apache if mode == Mode::Zookeeper => format!(
                "apache/kafka exists from 3.7 on and supports only KRaft; a cluster on ZooKeeper runs in another \
                 vendor's image or in your own, which has to be rebuilt on {release}."
            ),
            Family::Apache => format!(
                "Use the same image with the tag {release}. From 4.0 on, it runs on Java 17 or newer; its settings \
                 are KAFKA_ variables, or a file mounted at /mnt/shared/config; change there what the findings name."
            ),
            Family::Own => format!(
                "{} is an image of your own: build it on {release} (and on Java 17 or newer from 4.0 on). Its start script \
                 must not use ZooKeeper's or MirrorMaker 1's scripts, which 4.0 does not have.",
                self.name
            ),
        }
    }

    /// The variable that sets a key.
    pub(super) fn variable(&self, key: &str) -> String {
        let name = key.replace('.', "_").upper();
        if self.family == Family::Bitnami { format!("KAFKA_CFG_{name}") } else { format!("KAFKA_{name}") }
    }

    /// The folder of its tools, and how their names end.
    pub(super) fn tools(&self) -> (&'static str, &'static str) {
        match self.family {
            Family::Confluent => ("", ""),
            Family::Bitnami | Family::Left => ("", ".sh"),
            Family::Apache => ("/opt/kafka/bin/", ".sh"),
            Family::Own => ("", ".sh"),
        }
    }

    /// Where its data is, unless the settings say otherwise.
    pub(super) fn data(&self) -> &'static str {
        match self.family {
            Family::Bitnami => "/bitnami/kafka/data",
            Family::Confluent => "/var/lib/kafka/data",
            Family::Left => "/kafka",
            Family::Apache | Family::Own => "/var/lib/kafka/data",
        }
    }
}

/// The lines with `image: OLD` name the new one.
pub(super) fn with_image(text: &str, old: &str, new: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let is_image = line.trim_start().trim_start_matches("- ").starts_with("image:");
        let ends = line.split(old).nth(1).is_some_and(|rest| {
            rest.chars().next().is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '\'' | '#'))
        });
        if is_image && ends { line.replacen(old, new, 1) } else { line.to_owned() }
    });
    lines.collect()
}

/// The same where the image stands anywhere in a line that is no comment: in a command, a unit, a job.
pub(super) fn with_image_anywhere(text: &str, old: &str, new: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let mut behind = line.split(old).skip(1).map(|rest| rest.chars().next());
        let is_whole = behind.all(|next| {
            next.is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '\'' | ',' | ';'))
        });
        let is_comment = line.trim_start().starts_with(['#', ';']) || line.trim_start().starts_with("//");
        if is_whole && !is_comment { line.replace(old, new) } else { line.to_owned() }
    });
    lines.collect()
}

/// Rewrites Bitnami's variables for apache/kafka, keeping the data folder where the volume is mounted.
pub(super) fn without_bitnami(text: &str) -> String {
    let says_where = text.contains("KAFKA_CFG_LOG_DIRS") || text.contains("KAFKA_CFG_LOG_DIR:");
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let renamed = line.replace("KAFKA_KRAFT_CLUSTER_ID", "CLUSTER_ID").replace("KAFKA_CFG_", "KAFKA_");
        if line.contains("ALLOW_PLAINTEXT_LISTENER") || line.contains("BITNAMI_DEBUG") {
            continue;
        }
        out.push_str(&renamed);
        // Written as an entry of a map or of a list, like the line before it.
        let value = line.find("KAFKA_CFG_PROCESS_ROLES").filter(|_| !says_where);
        if let Some((before, rest)) = value.and_then(|at| line.split_at_checked(at)) {
            let sign = if rest.trim_end().contains('=') { "=" } else { ": " };
            if !renamed.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&format!("{before}KAFKA_LOG_DIRS{sign}/bitnami/kafka/data"));
            // Some write list items with quotes around the whole.
            out.push_str(if before.ends_with('"') { "\"\n" } else { "\n" });
        }
    }
    out
}

/// Which of Bitnami's charts carries a release.
pub(super) fn chart(release: Release, mode: Mode) -> String {
    let number = match (release.major, release.minor) {
        (4.., _) => "32, or a newer one,",
        (3, 9) => "31",
        (3, 8) => "30",
        (3, 7) => "29",
        (3, 6) => "26",
        _ => "the one whose appVersion is this release",
    };
    let zookeeper = if mode == Mode::Zookeeper {
        " Charts up to 31 have zookeeper.enabled and kraft.enabled; in 32 both are gone with ZooKeeper."
    } else {
        ""
    };
    format!(
        "Bitnami's chart {number} is the one for Kafka {}.{zookeeper} Its source is still open, but its images are no longer \
         free: set image.registry, image.repository and image.tag (and global.security.allowInsecureImages: true), or \
         move to an operator: Strimzi, or Confluent for Kubernetes. Major versions of the chart rename values; its \
         README lists them.",
        minor(release)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bitnamis_variables_become_kafkas_and_the_data_stays() {
        let map = "    environment:\n      KAFKA_CFG_NODE_ID: 7\n      KAFKA_CFG_PROCESS_ROLES: broker\n      ALLOW_PLAINTEXT_LISTENER: \"yes\"\n";
        let want = "    environment:\n      KAFKA_NODE_ID: 7\n      KAFKA_PROCESS_ROLES: broker\n      KAFKA_LOG_DIRS: /bitnami/kafka/data\n";
        assert_eq!(without_bitnami(map), want);
        let list = "      - KAFKA_CFG_PROCESS_ROLES=broker\n";
        let want = "      - KAFKA_PROCESS_ROLES=broker\n      - KAFKA_LOG_DIRS=/bitnami/kafka/data\n";
        assert_eq!(without_bitnami(list), want);
        let given = "      - KAFKA_CFG_LOG_DIRS=/data\n      - KAFKA_CFG_PROCESS_ROLES=broker\n";
        assert_eq!(without_bitnami(given).matches("LOG_DIRS").count(), 1);
    }

    #[test]
    fn only_the_image_that_is_meant_changes() {
        let text = "image: apache/kafka:3.9.0\nother: apache/kafka:3.9.0\nimage: apache/kafka:3.9.0-x\n";
        let want = "image: apache/kafka:4.0.2\nother: apache/kafka:3.9.0\nimage: apache/kafka:3.9.0-x\n";
        assert_eq!(with_image(text, "apache/kafka:3.9.0", "apache/kafka:4.0.2"), want);
    }

    #[test]
    fn each_family_has_its_own_successor() {
        let at = |image: &str, release: &str, mode| {
            Image::new(image).at(release.parse().expect("a release"), mode)
        };
        assert_eq!(at("bitnami/kafka:3.9.0", "4.1.2", Mode::Kraft), "apache/kafka:4.1.2");
        assert_eq!(at("bitnami/kafka:3.6.1", "3.9.2", Mode::Zookeeper), "bitnamilegacy/kafka:3.9");
        assert_eq!(at("confluentinc/cp-kafka:7.6.0", "4.0.2", Mode::Kraft), "confluentinc/cp-kafka:8.0.0");
        assert_eq!(
            at("reg.example.com/team/kafka:1", "4.0.2", Mode::Kraft),
            "reg.example.com/team/kafka:4.0.2"
        );
        assert_eq!(at("$(evil)", "4.0.2", Mode::Kraft), "apache/kafka:4.0.2");
    }
}
