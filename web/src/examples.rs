//! Texts to try the page with.

/// One of them.
pub(crate) struct Example {
    /// What the button says.
    pub(crate) title: &'static str,
    /// Name of the file.
    pub(crate) path: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

/// All of them, the one that shows most first.
pub(crate) const EXAMPLES: &[Example] = &[
    Example {
        title: "a broker of the ZooKeeper years",
        path: "server.properties",
        text: include_str!("../examples/zookeeper-broker.properties"),
    },
    Example {
        title: "a KRaft broker on 3.7",
        path: "broker.properties",
        text: include_str!("../examples/kraft-broker.properties"),
    },
    Example {
        title: "a controller of 4.x",
        path: "controller.properties",
        text: include_str!("../examples/controller.properties"),
    },
    Example {
        title: "a producer",
        path: "producer.properties",
        text: include_str!("../examples/producer.properties"),
    },
];
