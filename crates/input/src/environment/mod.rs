//! Names of environment variables that mean something wherever they are set: in a script, a unit, a container, a test.
//!
//! What is *not* here: where they are set. Readers of those texts ask here what a name stands for.

mod clients;
mod mapping;

pub(crate) use self::clients::{CLIENTS, STARTS, is_known, is_of_client, key_in};
pub(crate) use self::mapping::Mapping;

/// Variables that Kafka's scripts, or Java itself, hand to Java.
const FOR_JAVA: &[&str] = &[
    "EXTRA_ARGS",
    "JAVA_OPTS",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "JVMFLAGS",
    "KAFKA_GC_LOG_OPTS",
    "KAFKA_HEAP_OPTS",
    "KAFKA_JMX_OPTS",
    "KAFKA_JVM_PERFORMANCE_OPTS",
    "KAFKA_LOG4J_OPTS",
    "KAFKA_OPTS",
    "SERVER_JVMFLAGS",
    "ZOOKEEPER_CLIENT_OPTS",
];

/// Whether a variable passes its value to Java.
pub(crate) fn is_for_java(variable: &str) -> bool {
    FOR_JAVA.contains(&variable)
}
