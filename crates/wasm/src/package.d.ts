/** Formats of a report, as the command calls them. */
export type Format = "text" | "json" | "markdown" | "html" | "sarif" | "junit" | "github" | "gitlab" | "csv";

/** Texts after all safe fixes. */
export interface Fixed {
  /** In the order of the request; secrets are in them as they were given. */
  files: { path: string; text: string; /** Places at which a fix was applied. */ applied: number }[];
  /** What is left. */
  report: Report;
}

/** How far a session's check is. */
export interface Progress {
  /** Slices that are left, as far as is known; 0 with the report. */
  left: number;
  report?: Report;
}

/** A release of Apache Kafka. */
export interface Version {
  release: string;
  /** `YYYY-MM-DD`. */
  date?: string;
  newest: boolean;
}

/** A rule that people wrote. Computed findings have ids of the same kind and no rule here. */
export interface Rule {
  id: string;
  since: string;
  until?: string;
  severity: Severity;
  /** The key, class, option or library that it is about. */
  subject: string;
  components: string[];
  message: string;
  why: string;
  do: string;
  replacement?: string;
  references: { title: string; url: string }[];
}

/** What is known of a rule, a key or a failure. */
export interface Explanation {
  kind: "rule" | "key" | "failure";
  id: string;
  severity: Severity | null;
  /** What happens; of a key a line for each run of releases that say the same of it. */
  message: string;
  why: string;
  do: string;
  references: { title: string; url: string }[];
}
