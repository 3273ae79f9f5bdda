// The package as a program in Node uses it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { check, explain, fix, init, render, rules, session, versions } from "kafka-upgrade-check";

const BROKER = "broker.id=1\nzookeeper.connect=zk:2181\nlog.dirs=/d\nssl.key.password=Hq7-Vb2xW9\ndelegation.token.master.key=Zt4-abcdef\ninter.broker.protocol.version=3.4\n";
const files = [{ path: "server.properties", text: BROKER }];
const request = { to: "4.0", files };

test("a check has the report of the command, with secrets covered", async () => {
  await init();
  const report = check(request);
  assert.equal(report.schema, 1);
  assert.equal(report.path.from, "3.4.1");
  assert.match(report.path.to, /^4\.0\.\d+$/);
  assert.equal(report.verdict, "blocked");
  assert.ok(report.findings.some((finding) => finding.rule === "removed-delegation-token-master-key"));
  assert.ok(report.plan.steps.length > 5);
  assert.ok(!JSON.stringify(report).includes("Hq7-Vb2xW9"));
  assert.ok(JSON.stringify(check({ ...request, withSecrets: true })).includes("Zt4-abcdef"));
});

test("places count UTF-16 code units", () => {
  const text = "# 😀 before it\nmetrics.jmx.blacklist=😀x\n";
  const report = check({ to: "4.0", component: "broker", files: [{ path: "a.properties", text }], withSecrets: true });
  const finding = report.findings.find(({ subject }) => subject === "metrics.jmx.blacklist");
  const [edit] = finding.fix.edits;
  assert.equal(text.slice(edit.start, edit.end), "metrics.jmx.blacklist");
});

test("a session gives the same report, slice by slice, whatever was put and removed before", () => {
  const open = session({ to: "4.0" });
  open.put("other.properties", "broker.id=2\n");
  open.put("server.properties", "broker.id=1\n");
  open.step();
  open.remove("other.properties");
  open.put("server.properties", BROKER);
  let slices = 0;
  let progress;
  do {
    progress = open.step();
    slices += 1;
    assert.equal(progress.left === 0, progress.report !== undefined);
  } while (!progress.report);
  assert.ok(slices > 1);
  assert.deepEqual(progress.report, check(request));
  assert.deepEqual(open.report(), progress.report);
  open.set({ to: "3.9" });
  assert.match(open.report().path.to, /^3\.9\./);
  open.free();
});

test("what is no string is refused in words, and nothing else is broken by it", () => {
  const open = session({ to: "4.0" });
  for (const wrong of [undefined, null, 7, {}, ["a"]]) {
    assert.throws(() => open.put(wrong, "broker.id=1\n"), /path is no string/);
    assert.throws(() => open.put("server.properties", wrong), /text is no string/);
    assert.throws(() => open.remove(wrong), /path is no string/);
    assert.throws(() => explain(wrong), /no string/);
    assert.throws(() => render(check(request), wrong), /format is no string/);
  }
  open.put("server.properties", BROKER);
  assert.deepEqual(open.report(), check(request));
});

test("fixes keep every other byte, and what is left is reported", () => {
  const { files: [fixed], report } = fix(request);
  assert.ok(fixed.applied > 0);
  assert.equal(fixed.text, BROKER.replace("delegation.token.master.key", "delegation.token.secret.key"));
  assert.ok(!report.findings.some((finding) => finding.rule === "removed-delegation-token-master-key"));
});

test("a report is rendered in every format", () => {
  const report = check(request);
  const step = report.plan.steps[0].id;
  for (const [format, part] of Object.entries({ text: "Blocked", json: '"schema": 1', markdown: "# Kafka from", html: "<!doctype html>", sarif: '"2.1.0"', junit: "<testsuites", github: "::error", gitlab: "fingerprint", csv: "severity," })) {
    assert.ok(render(report, format, [step]).includes(part), format);
  }
  assert.ok(render(report, "markdown", [step]).includes("- [x]"));
  assert.equal(JSON.parse(render(report, "sarif")).runs[0].columnKind, "utf16CodeUnits");
  assert.deepEqual(JSON.parse(render(report, "json")), report);
  assert.throws(() => render(report, "pdf"), /`pdf` is none of text, json/);
});

test("rules, keys, failures and releases are explained", () => {
  assert.ok(rules().length > 200 && rules().every(({ id, since, message }) => id && since && message && !/[{}]/.test(message)));
  assert.equal(explain("removed-zookeeper-connect")[0].kind, "rule");
  assert.match(explain("log.segment.bytes")[0].message, /1073741824 bytes \(1 GiB\)/);
  assert.ok(explain("org.apache.kafka.common.config.ConfigException: Missing required configuration `zookeeper.connect` which has no default value.").length > 0);
  assert.deepEqual(explain("no such thing"), []);
  assert.equal(versions().filter((version) => version.newest).length, 1);
  assert.match(versions().find((version) => version.release === "4.0.0").date, /^\d{4}-\d\d-\d\d$/);
});

test("what is not known is refused in words", () => {
  assert.throws(() => check({ to: "9.9" }), /9\.9/);
  assert.throws(() => check({ component: "brokr" }), /`brokr` is no component/);
  assert.throws(() => check({ files: [{ path: 1 }] }), /the request is not of its shape: (?!Error)/);
  assert.throws(() => session({ platform: "moon" }), /`moon` is no platform/);
});

test("it works in a worker", async () => {
  const worker = new Worker(new URL("worker.mjs", import.meta.url));
  try {
    const answer = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    worker.postMessage(request);
    assert.deepEqual(await answer, check(request));
  } finally {
    await worker.terminate();
  }
});
