//! What a client does, operation by operation, and whether a broker serves the API versions that it takes.
//!
//! Invariant: the range that a broker *serves* counts, not the one that it names: brokers of 4.x name Produce from
//! 0 and refuse 0 to 2. A client that negotiates takes the newest version that both name, so it works exactly when
//! its range and the served one overlap. What is *not* here: sentences about it.

use kafka_upgrade_catalog::client_apis::{self, QuirkKind, Spoken, Version};
use kafka_upgrade_catalog::{self as catalog, Api, Release};
use kafka_upgrade_report::{CellVerdict, Operation};

const PRODUCE: u16 = 0;
const FETCH: u16 = 1;
const LIST_OFFSETS: u16 = 2;
const METADATA: u16 = 3;
const OFFSET_COMMIT: u16 = 8;
const OFFSET_FETCH: u16 = 9;
const FIND_COORDINATOR: u16 = 10;
const JOIN_GROUP: u16 = 11;
const HEARTBEAT: u16 = 12;
const LEAVE_GROUP: u16 = 13;
const SYNC_GROUP: u16 = 14;
const SASL_HANDSHAKE: u16 = 17;
const CREATE_TOPICS: u16 = 19;
const DELETE_TOPICS: u16 = 20;
const INIT_PRODUCER_ID: u16 = 22;
const ADD_PARTITIONS_TO_TXN: u16 = 24;
const END_TXN: u16 = 26;
const DESCRIBE_CONFIGS: u16 = 32;
const SASL_AUTHENTICATE: u16 = 36;

/// One thing that a client does.
struct Act {
    name: &'static str,
    /// Without this API a library cannot do it.
    key: u16,
    /// The oldest version of the first of [`Act::needs`] that can carry it.
    at_least: i16,
    /// What it sends, that which is refused most often first.
    needs: &'static [u16],
}

impl Act {
    const fn new(name: &'static str, key: u16, needs: &'static [u16]) -> Self {
        Self { name, key, at_least: 0, needs }
    }
}

static ACTS: [Act; 12] = [
    Act::new("metadata", METADATA, &[METADATA]),
    Act::new("create-topic", CREATE_TOPICS, &[CREATE_TOPICS, METADATA]),
    Act::new("delete-topic", DELETE_TOPICS, &[DELETE_TOPICS, METADATA]),
    Act::new("describe-configs", DESCRIBE_CONFIGS, &[DESCRIBE_CONFIGS, METADATA]),
    Act::new("produce", PRODUCE, &[PRODUCE, METADATA]),
    Act::new("produce-gzip", PRODUCE, &[PRODUCE, METADATA]),
    // Brokers refuse Zstandard in anything older.
    Act { name: "produce-zstd", key: PRODUCE, at_least: 7, needs: &[PRODUCE, METADATA] },
    Act::new("produce-idempotent", INIT_PRODUCER_ID, &[PRODUCE, INIT_PRODUCER_ID, METADATA]),
    Act::new(
        "produce-transactional",
        ADD_PARTITIONS_TO_TXN,
        &[PRODUCE, ADD_PARTITIONS_TO_TXN, END_TXN, INIT_PRODUCER_ID, FIND_COORDINATOR, METADATA],
    ),
    Act::new("consume-assign", FETCH, &[FETCH, LIST_OFFSETS, METADATA]),
    // Some clients have groups without the group protocol (kafka-rust), so the offset commit decides.
    Act::new(
        "consume-group",
        OFFSET_COMMIT,
        &[
            JOIN_GROUP,
            FETCH,
            LIST_OFFSETS,
            OFFSET_COMMIT,
            OFFSET_FETCH,
            SYNC_GROUP,
            HEARTBEAT,
            LEAVE_GROUP,
            FIND_COORDINATOR,
            METADATA,
        ],
    ),
    Act::new("sasl", SASL_HANDSHAKE, &[SASL_HANDSHAKE, SASL_AUTHENTICATE]),
];

/// The largest key in [`ACTS`].
const LAST: usize = SASL_AUTHENTICATE as usize;

/// The API versions that brokers of one release serve.
pub struct Served {
    /// The release of the broker.
    pub release: Release,
    apis: [Option<&'static Api>; LAST + 1],
}

impl Served {
    /// Taken from the catalog; an unknown release serves nothing.
    pub fn of(release: Release) -> Self {
        let mut apis = [None; LAST + 1];
        for api in catalog::apis(release).filter(|api| api.on_brokers && api.min <= api.stable_max) {
            if let Some(slot) = apis.get_mut(usize::from(api.key)) {
                *slot = Some(api);
            }
        }
        Self { release, apis }
    }

    fn api(&self, key: u16) -> Option<&'static Api> {
        self.apis.get(usize::from(key)).copied().flatten()
    }
}

/// A version of a client library, with the API versions that it supports.
#[derive(Clone, Copy)]
pub struct Client {
    /// Id of the library, such as `kafka-clients`.
    pub library: &'static str,
    /// Name of the settings that it is used with; empty: the defaults.
    pub variant: &'static str,
    /// Its version.
    pub version: Version,
    /// The API versions that it speaks.
    pub spoken: Spoken,
}

impl Client {
    /// `None` when nothing is known of that version.
    pub fn new(library: &'static str, variant: &'static str, version: Version) -> Option<Self> {
        let spoken = client_apis::spoken(library, variant, version)?;
        Some(Self { library, variant, version, spoken })
    }

    /// Whether only some of its APIs are known.
    pub fn is_known_in_part(&self) -> bool {
        self.spoken.api(METADATA).is_none()
    }

    /// How each operation fares at a broker; operations that the library does not have are left out.
    pub fn meets(&self, served: &Served) -> Vec<Operation> {
        ACTS.iter().filter_map(|act| self.does(act, served)).collect()
    }

    /// Whether a broker refuses none of its operations.
    pub fn works(&self, served: &Served) -> bool {
        !ACTS.iter().filter_map(|act| self.does(act, served)).any(|one| one.verdict == CellVerdict::Refused)
    }

    fn does(&self, act: &Act, served: &Served) -> Option<Operation> {
        let mut operation = Operation {
            name: act.name.to_owned(),
            verdict: CellVerdict::Works,
            api: None,
            client: None,
            broker: None,
        };
        let mut quirks = client_apis::quirks(self.library, self.variant, self.version, served.release)
            .filter(|quirk| quirk.operation == act.name && quirk.kind != QuirkKind::Note);
        if let Some(quirk) = quirks.next() {
            operation.verdict = CellVerdict::Refused;
            return (quirk.kind == QuirkKind::Refused).then_some(operation);
        }
        self.spoken.api(act.key).filter(|range| range.max >= act.at_least)?;
        for (at, key) in act.needs.iter().enumerate() {
            let Some(range) = self.spoken.api(*key) else { continue };
            let at_least = if at == 0 { act.at_least } else { 0 };
            let api = served.api(*key);
            let serves =
                api.is_some_and(|api| range.min.max(api.min).max(at_least) <= range.max.min(api.stable_max));
            if !serves {
                operation.verdict = CellVerdict::Refused;
                operation.api = Some(api.map_or_else(|| format!("API {key}"), |api| api.name.to_owned()));
                operation.client = Some([range.min.max(at_least), range.max]);
                operation.broker = api.map(|api| [api.min, api.stable_max]);
                break;
            }
        }
        Some(operation)
    }
}
