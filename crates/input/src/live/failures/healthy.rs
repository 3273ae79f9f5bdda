//! What programs that work print, though it reads like a failure.
//!
//! What is *not* here: the words of failures (`signs`).

/// What healthy programs print as errors while they stop.
pub(super) const HARMLESS: &[&str] = &["unable to start processing because of TimeoutException"];

/// What heads a stack trace that means nothing: Connect up to 3.5 looks at every class of its plugins, and at those that
/// they would use if they were there; a client that cannot read which release it is of (Streams 3.3, and jars that were
/// packed into one) goes on without it.
pub(super) const HARMLESS_HEADS: &[&str] = &[
    "could not get type for name ",
    "Error while loading kafka-version.properties",
    "Error while loading kafka-streams-version.properties",
    // A session with ZooKeeper that its client ends; one that never began is reported by what comes before.
    "An exception was thrown while closing send thread for session",
];

/// What healthy programs warn of (`tests/failures/healthy`).
pub(super) const HEALTHY: &[&str] = &[
    "Performing controller activation. The metadata log appears to be empty",
    "Attempting to close NetworkClient that has already been closed",
    "Using an OS temp directory in the state.dir property",
    "All plugins have ServiceLoader manifests",
    "Processing exception handler is not enabled for the GlobalThread",
    "Explicit naming for internal resources is currently disabled",
    "maxCnxns is not configured",
    "pending requests to coordinator, terminating client connections",
    "Either no config or no quorum defined in config",
    // Connect gives its clients all of its own settings; a key that a release removed is explained all the same.
    "' was supplied but isn't a known config",
    "]' were supplied but are not used yet",
    // A broker that starts in an empty directory; where the directory should not be empty it stops, and says why.
    "No meta.properties file under dir",
    // Of Bitnami's image, at each start with a listener without TLS.
    "You set the environment variable ALLOW_PLAINTEXT_LISTENER",
];
