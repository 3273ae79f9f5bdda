//! Ways of running Kafka: who starts its nodes, and in whose words an upgrade is done. Names only.

/// A way of running Kafka. Its name is part of the contract: the report's `plan.platform`, `--platform`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// Kafka's own scripts on machines: a tarball, packages, systemd.
    Host,
    /// Docker Compose, or containers started one by one.
    Compose,
    /// Plain manifests: StatefulSets and what belongs to them.
    Kubernetes,
    /// A Helm chart that runs the brokers itself, such as Bitnami's.
    Helm,
    /// The Strimzi operator, and Red Hat's Streams for Apache Kafka, which is built from it.
    Strimzi,
    /// Confluent for Kubernetes, Confluent's operator.
    ConfluentForKubernetes,
    /// Confluent Platform on machines: packages, archives, Ansible.
    ConfluentPlatform,
    /// Amazon MSK.
    Msk,
    /// Any other managed service.
    OtherManaged,
}

impl Platform {
    /// Every platform, in the order of its declaration.
    pub const ALL: [Self; 9] = [
        Self::Host,
        Self::Compose,
        Self::Kubernetes,
        Self::Helm,
        Self::Strimzi,
        Self::ConfluentForKubernetes,
        Self::ConfluentPlatform,
        Self::Msk,
        Self::OtherManaged,
    ];

    /// The name in reports and on the command line: kebab case, stable.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Compose => "compose",
            Self::Kubernetes => "kubernetes",
            Self::Helm => "helm",
            Self::Strimzi => "strimzi",
            Self::ConfluentForKubernetes => "confluent-for-kubernetes",
            Self::ConfluentPlatform => "confluent-platform",
            Self::Msk => "msk",
            Self::OtherManaged => "other-managed",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Host => "Kafka's own scripts on machines",
            Self::Compose => "Docker Compose",
            Self::Kubernetes => "Kubernetes manifests",
            Self::Helm => "a Helm chart",
            Self::Strimzi => "Strimzi",
            Self::ConfluentForKubernetes => "Confluent for Kubernetes",
            Self::ConfluentPlatform => "Confluent Platform",
            Self::Msk => "Amazon MSK",
            Self::OtherManaged => "a managed service",
        }
    }

    /// The platform of a name, as [`Platform::name`] gives it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_platform_and_no_two_share_one() {
        for platform in Platform::ALL {
            assert_eq!(Platform::parse(platform.name()), Some(platform));
        }
        assert_eq!(Platform::parse("Host"), None);
    }
}
