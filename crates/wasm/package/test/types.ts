// What a user of the package writes; `tsc` has to take it, and to refuse each line that it is told to.
import { check, explain, fix, init, render, rules, session, versions } from "kafka-upgrade-check";
import type { Explanation, Finding, Fixed, Format, Progress, Report, Request, Rule, Session, Version } from "kafka-upgrade-check";
import { KafkaUpgradeCheck } from "kafka-upgrade-check/element";

await init();
await init(new URL("core_bg.wasm", import.meta.url));
const request: Request = { to: "4.0", mode: "zookeeper", platform: "strimzi", files: [{ path: "a", text: "b" }], have: ["kafka 3.4"] };
const report: Report = check(request);
const worst: Finding | undefined = report.findings[0];
const line: number | undefined = worst?.places?.[0]?.line;
const fixed: Fixed = fix(request);
const applied: number = fixed.files[0]!.applied + fixed.report.summary.error;
const format: Format = "sarif";
const written: string = render(report, format, report.plan.steps.map((step) => step.id));
const open: Session = session();
open.set({ from: "3.4.1" });
open.put("a", "b");
open.remove("a");
const progress: Progress = open.step();
const all: Report = progress.report ?? open.report();
const known: Rule[] = rules();
const releases: Version[] = versions();
const meaning: Explanation[] = explain("log.segment.bytes");
const shown: KafkaUpgradeCheck = document.createElement("kafka-upgrade-check");
shown.addEventListener("report", (event) => console.log(event.detail.verdict === "ready"));
shown.value = [line, applied, written, all.schema, known[0]?.do, releases[0]?.newest, meaning[0]?.kind].join();

// @ts-expect-error: no such mode
check({ mode: "raft" });
// @ts-expect-error: a file has a text
check({ files: [{ path: "a" }] });
// @ts-expect-error: no such format
render(report, "pdf");
// @ts-expect-error: a report has no such field
report.verdicts;
