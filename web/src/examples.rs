//! Texts to try the page with.

/// One of them.
pub(crate) struct Example {
    /// What the button says.
    pub(crate) title: &'static str,
    /// Name and text of each file.
    pub(crate) files: &'static [(&'static str, &'static str)],
}

/// All of them, the one that shows most first.
pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        title: "a broker of the ZooKeeper years",
        files: &[("server.properties", include_str!("../examples/zookeeper-broker.properties"))],
    },
    Example { title: "a Compose file", files: &[("compose.yaml", include_str!("../examples/compose.yaml"))] },
    Example {
        title: "a Java service",
        files: &[("OrderService.java", include_str!("../examples/OrderService.java"))],
    },
    Example {
        title: "a shell script",
        files: &[("maintenance.sh", include_str!("../examples/maintenance.sh"))],
    },
    Example {
        title: "a log4j 1 file",
        files: &[("log4j.properties", include_str!("../examples/log4j.properties"))],
    },
    Example {
        title: "a KRaft broker on 3.7",
        files: &[("broker.properties", include_str!("../examples/kraft-broker.properties"))],
    },
    Example {
        title: "a controller of 4.x",
        files: &[("controller.properties", include_str!("../examples/controller.properties"))],
    },
    Example {
        title: "a producer",
        files: &[("producer.properties", include_str!("../examples/producer.properties"))],
    },
];
