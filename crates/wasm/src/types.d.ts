/** What to check. Releases are written "4.0.0", or "4.0" for the newest patch of 4.0. */
export interface Request {
  /** Release that runs now; detected from the files when it is absent. */
  from?: string;
  /** Release to get to; the newest when it is absent. */
  to?: string;
  mode?: "zookeeper" | "kraft";
  /** How the brokers are run, for the plan; detected from the files when it is absent. */
  platform?: Platform;
  /** Overrules what the files seem to be, such as "broker". */
  component?: string;
  files?: { path: string; text: string }[];
  /** What runs, as one would write it: "brokers 2.8 on ZooKeeper, librdkafka 1.9". */
  have?: string[];
  /** Whether passwords and the like stand in the report, as a program needs them that applies its edits. */
  withSecrets?: boolean;
}

/** How Kafka is run. */
export type Platform =
  | "host"
  | "compose"
  | "kubernetes"
  | "helm"
  | "strimzi"
  | "confluent-for-kubernetes"
  | "confluent-platform"
  | "msk"
  | "other-managed";

export type Severity = "error" | "warning" | "info";

/** Report v1, as the command writes it with `--format json`. */
export interface Report {
  schema: 1;
  tool: { version: string; catalog_newest: string };
  path: {
    from: string | null;
    to: string;
    mode: "zookeeper" | "kraft" | null;
    detected: { what: "from" | "mode" | "platform"; value: string; because: string; path: string; line: number }[];
  };
  /** From worst to best. A later version may add words: treat one that is not known as "unknown". */
  verdict: "blocked" | "action-needed" | "unknown" | "review" | "ready";
  /** Findings by severity, and how many of them mean that something could not be judged. */
  summary: { error: number; warning: number; info: number; unknown: number };
  files: FileReport[];
  findings: Finding[];
  /** Failures that were pasted, sorted by file and place. */
  errors?: PastedError[];
  matrix: Matrix;
  plan: Plan;
  /** Clusters that are judged apart, by name; empty where everything is taken for one. */
  clusters?: Cluster[];
  /** What no file can show, one sentence each. */
  manual: string[];
  checks: { id: string; outcome: "ran" | "did-not-apply" | "switched-off"; findings: number }[];
}

/** A failure that stands in a pasted text: a line of a log with the exceptions below it. */
export interface PastedError {
  path: string;
  /** The line of the message that states why, 1-based. */
  line: number;
  message: string;
  /** How often it is in the text, and when first and last. */
  count: number;
  first?: string;
  last?: string;
  /** The rule that explains it, "failure-not-known" where none does. */
  rule: string;
  cause?: string;
  /** What of the other files it points at. */
  points: { path: string; line?: number; what: string }[];
  /** What else to paste. */
  ask?: string;
}

/** One of several clusters. */
export interface Cluster {
  name: string;
  /** Why its files are taken for one cluster. */
  because: string;
  files: string[];
  from: string | null;
  mode: "zookeeper" | "kraft" | null;
  verdict: Report["verdict"];
  summary: Report["summary"];
  /** Its steps name findings by their places in the report. */
  plan: Plan;
}

export interface FileReport {
  path: string;
  kind:
    | "broker-properties"
    | "producer-properties"
    | "consumer-properties"
    | "admin-properties"
    | "streams-properties"
    | "connect-worker-properties"
    | "connector-properties"
    | "mirror-maker-properties"
    | "entity-properties"
    | "log4j-properties"
    | "log4j2-properties"
    | "log4j-xml"
    | "log4j2-markup"
    | "connector-json"
    | "java-source"
    | "kotlin-source"
    | "scala-source"
    | "shell-script"
    | "build-file"
    | "containers"
    | "application-config"
    | "metrics"
    | "live-output"
    | "inventory"
    | "not-kafka"
    | "unknown";
  component: string | null;
  /** Whether the target's own validation takes the file as it stands; null where it is not a configuration. */
  accepted: boolean | null;
  refusals: { subject: string; line: number | null; message: string }[];
}

/** Lines and columns are 1-based; columns and offsets count UTF-16 code units. */
export interface Finding {
  rule: string;
  severity: Severity;
  confidence: "certain" | "likely" | "possible";
  subject: string;
  component?: string;
  since?: string;
  path?: string;
  line?: number;
  column?: number;
  end_line?: number;
  end_column?: number;
  message: string;
  why: string;
  do: string;
  replacement?: string;
  fix?: { title: string; safe: boolean; edits: Edit[] };
  references: { title: string; url: string }[];
  /** Further places of the same cause; the first is the finding's own. */
  places?: Place[];
  /** Who has to deal with it. */
  owner: "brokers" | "clients" | "connect" | "streams" | "build" | "ops";
  /** How it is known, and the release that it was taken from. */
  evidence?: {
    by: "validator" | "javac" | "broker" | "rehearsal" | "jars" | "docs";
    release?: string;
  };
  hop?: string;
}

/** Replace one range of the text. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A further place of a finding. Rule, subject and message are the finding's where they are absent. */
export interface Place {
  path: string;
  line?: number;
  column?: number;
  end_line?: number;
  end_column?: number;
  rule?: string;
  subject?: string;
  message?: string;
  /** The edits of the finding's fix in this file. */
  edits: Edit[];
}

/** What runs, against releases; the target is one of the columns. */
export interface Matrix {
  columns: string[];
  rows: MatrixRow[];
}

export interface MatrixRow {
  subject: string;
  version: string | null;
  sense: "broker-upgrade" | "client-broker" | "client-upgrade" | "runtime" | "features";
  path?: string;
  line?: number;
  /** One a column. */
  cells: MatrixCell[];
}

export type CellVerdict = "works" | "works-with-changes" | "refused" | "neutral" | "unknown";

export interface MatrixCell {
  release: string;
  verdict: CellVerdict;
  word: string;
  /** What the project promises, which is not what happens. */
  supported: boolean | null;
  reason: string;
  /** Indices of the report's findings. */
  findings: number[];
  evidence: "computed" | "ran";
  operations?: Operation[];
}

/** Ranges are oldest and newest version of the API. */
export interface Operation {
  name: string;
  verdict: Exclude<CellVerdict, "works-with-changes" | "neutral">;
  api?: string;
  client?: [number, number];
  broker?: [number, number];
}

export interface Plan {
  possible: boolean;
  why_not: string | null;
  hops: Hop[];
  steps: Step[];
  drafts: { step: string; path: string; source?: string; text: string }[];
  platform: Platform;
  /** Hops whose actions, as they are here but for names, were carried out on real processes. */
  rehearsed: Rehearsal[];
}

/** A hop that was carried out on a cluster of real processes while clients wrote and read. */
export interface Rehearsal {
  /** Number of the hop, from 1. */
  hop: number;
  /** As `2026-11-29`. */
  date: string;
  from: string;
  to: string;
  /** `scram` is with ACLs. */
  security: "plain" | "scram" | "tls";
  seconds: number;
}

/** One thing that a step does; `on` is a node by its name, or which of the nodes. */
export type Action =
  | { do: "put"; on: string; path: string; what: string }
  | { do: "install"; on: string; release: string }
  | { do: "stop" | "start"; on: string; commands: string[] }
  | { do: "run" | "wait"; on: string; command: string }
  | { do: "expect"; text: string; contains: string[] }
  | { do: "note"; text: string };

export interface Hop {
  kind: "prepare" | "clients" | "upgrade" | "migrate-to-kraft" | "finalize";
  from: string;
  to: string;
  mode: "zookeeper" | "kraft";
  title: string;
  /** Of its actions without the reader's names and releases; empty where hops are not rehearsed. */
  fingerprint: string;
}

export interface Step {
  /** Stable for the same upgrade path. */
  id: string;
  /** Number of its hop, from 1. */
  hop: number;
  title: string;
  why: string;
  /** The lines of the actions. */
  commands: string[];
  actions: Action[];
  verify: string;
  reversible: boolean;
  undo: string;
  /** Indices of the report's findings. */
  findings: number[];
  /** What output that was given shows of what to see afterwards. */
  shown?: Shown[];
  /** Whether that output shows all of it. */
  done?: boolean;
}

/** What a line of an output shows of what a step expects. */
export interface Shown {
  fits: boolean;
  text: string;
  path: string;
  /** From 1. */
  line: number;
}
