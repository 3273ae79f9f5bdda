//! Which packages may be clients of Kafka, by their names alone.
//!
//! What is *not* here: packages that the catalog knows.

/// Whether a package that nobody here knows may be a client, or have one inside: by its name, unless that is one for
/// tests, types, or another program of the kind.
pub(crate) fn may_be_client(name: &str) -> bool {
    const OTHERS: &[&str] =
        &["testcontainers", "@types/", "types-", "avro", "schema", "serializer", "mock", "lint"];
    // Clients whose names do not say so.
    const CLIENTS: &[&str] = &["poseidon", "hermann", "sinek", "kaffe", "klife", "waterdrop", "quixstreams"];
    let name = name.to_ascii_lowercase();
    (["kafka", "goka"].iter().any(|sign| name.contains(sign)) || CLIENTS.contains(&name.as_str()))
        && !OTHERS.iter().any(|other| name.contains(other))
}
