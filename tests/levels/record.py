#!/usr/bin/env python3
"""Runs the plan's own commands on real clusters and records what they do to feature levels; README.md explains it.

record.py FROM-TO[:QUORUM]...   such as 3.9.2-4.4.0 or 4.0.2-4.4.0:dynamic; none: every pair of pairs.txt
CHECK: the built command. CLASSPATHS: folder of class paths, filled here by Maven. WORK: scratch folder.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECK = Path(os.environ["CHECK"]).resolve()
CLASSPATHS = Path(os.environ["CLASSPATHS"]).resolve()
WORK = Path(os.environ["WORK"]).resolve()
OUT = HERE / "outcomes.jsonl"
NODES = ("controller", "broker")
SECONDS = 240  # for one command, and for one node to come up
STEPS = ("check-registered-nodes", "set-min-insync-replicas", "choose-quorum", "finalize-metadata")
POM = """<project><modelVersion>4.0.0</modelVersion><groupId>c</groupId><artifactId>c</artifactId><version>1</version><dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{0}</version></dependency>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>{0}</version></dependency>
</dependencies></project>"""


def number(release):
    return tuple(int(part) for part in release.split("."))


def tools(release):
    """Main class of each script; of those that moved, by release."""
    at = number(release)
    return {
        "kafka-features": "kafka.admin.FeatureCommand" if at < (3, 5) else "org.apache.kafka.tools.FeatureCommand",
        "kafka-configs": "kafka.admin.ConfigCommand" if at < (4, 4) else "org.apache.kafka.tools.ConfigCommand",
        "kafka-cluster": "kafka.tools.ClusterTool" if at < (3, 5) else "org.apache.kafka.tools.ClusterTool",
        "kafka-metadata-quorum": "kafka.admin.MetadataQuorumCommand" if at < (3, 5) else "org.apache.kafka.tools.MetadataQuorumCommand",
        "kafka-storage": "kafka.tools.StorageTool",
        "kafka-broker-api-versions": "kafka.admin.BrokerApiVersionsCommand" if at < (4, 0) else "org.apache.kafka.tools.BrokerApiVersionsCommand",
    }


def classpath(release):
    file = CLASSPATHS / release
    if not file.exists():
        folder = WORK / f"pom-{release}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pom.xml").write_text(POM.format(release))
        subprocess.run(["mvn", "-q", "-B", "-f", folder / "pom.xml", "dependency:build-classpath",
                        f"-Dmdep.outputFile={file}", "-Dmdep.includeScope=runtime"], check=True, stdout=subprocess.DEVNULL)
    return file.read_text().strip()


class Cluster:
    """One controller and one broker on loopback, with the files of this folder."""

    def __init__(self, quorum):
        self.quorum, self.running, self.processes = quorum, None, []
        shutil.rmtree(WORK / "cluster", ignore_errors=True)
        self.home = WORK / "cluster"
        (self.home / "bin").mkdir(parents=True)
        for node in NODES:
            text = (HERE / quorum / f"{node}.properties").read_text()
            (self.home / f"{node}.properties").write_text(text + f"log.dirs={self.home}/{node}\n")

    def install(self, release):
        """Puts the scripts of a release in place."""
        for tool, main in tools(release).items():
            script = self.home / "bin" / f"{tool}.sh"
            script.write_text(f'#!/bin/sh\nexec java -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(cat {CLASSPATHS / release})" {main} "$@" 2>&1\n')
            script.chmod(0o755)

    def format(self, release):
        self.install(release)
        classpath(release)
        for node in NODES:
            how = " --standalone" if self.quorum == "dynamic" and node == "controller" else ""
            how = how or (" --no-initial-controllers" if self.quorum == "dynamic" else "")
            done = self.run(f"bin/kafka-storage.sh format --cluster-id MkU3OEVBNTcwNTJENDM2Qg --config {node}.properties{how}")
            if done[0]:
                raise RuntimeError(f"format {release}: {done[1]}")

    def start(self, release):
        self.stop()
        self.install(release)
        self.running = release
        for node in NODES:
            log = open(self.home / f"{node}-{release}.log", "w")
            command = ["java", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "kafka.Kafka", f"{node}.properties"]
            environment = {**os.environ, "CLASSPATH": classpath(release)}
            self.processes.append(subprocess.Popen(command, cwd=self.home, env=environment, stdout=log, stderr=subprocess.STDOUT))
        for _ in range(SECONDS // 3):
            if self.levels():
                return
            if any(one.poll() is not None for one in self.processes):
                break
        raise RuntimeError(f"{release} does not come up; see {self.home}")

    def stop(self):
        # A broker waits for a controller when it stops, so it goes first.
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self.processes = []

    def run(self, command):
        """Exit code and lines, without those of logging."""
        try:
            done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.home, text=True, timeout=SECONDS,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired:
            return 124, ["timed out"]
        lines = [line.rstrip() for line in done.stdout.splitlines()]
        noise = re.compile(r"log4j|SLF4J|^\[?\d{4}-\d\d-\d\d|StatusLogger", re.I)
        return done.returncode, [line for line in lines if line and not noise.search(line)]

    def levels(self):
        """What is finalised, by feature."""
        _, lines = self.run("bin/kafka-features.sh --bootstrap-server localhost:19392 describe")
        found = (re.match(r"Feature: (\S+).*FinalizedVersionLevel: (\S+)", line) for line in lines)
        return {one[1]: one[2] for one in found if one}

    def min_isr(self):
        """The value that the broker goes by."""
        command = "bin/kafka-configs.sh --bootstrap-server localhost:19392 --describe --entity-type brokers --entity-name 1 --all"
        found = re.search(r"^\s*min\.insync\.replicas=(\d+)", "\n".join(self.run(command)[1]), re.M)
        return int(found[1]) if found else None


def plan_of(source, target, quorum):
    """The steps that finalise, as the command prints them."""
    files = [f"{node}.properties" for node in NODES]
    command = [CHECK, "check", "--format", "json", "--fail-on", "never", "--from", source, "--to", target, "--mode", "kraft", *files]
    report = json.loads(subprocess.run(command, cwd=HERE / quorum, stdout=subprocess.PIPE, check=True).stdout)
    return [step for step in report["plan"]["steps"] if step["id"].startswith(STEPS)]


def scenario(source, target, quorum):
    """Every line of one pair: levels before and after, and each command with its answer."""
    cluster, lines = Cluster(quorum), []

    def add(step, command="", changes=True):
        code, output = cluster.run(command)
        line = {"from": source, "to": target, "quorum": quorum, "tools": cluster.running, "step": step, "command": command,
                "exit": code, "output": output}
        if changes:
            line |= {"levels": cluster.levels(), "minIsr": cluster.min_isr()}
        lines.append(line)
        print(f"{source} {target} {quorum} {step}: {code} {command[-100:]}", flush=True)

    try:
        cluster.format(source)
        cluster.start(source)
        add("before")
        cluster.start(target)
        add("rolled")
        if number(target) >= (4, 0):
            add("mapping", f"bin/kafka-features.sh --bootstrap-server localhost:19392 version-mapping --release-version {target.rsplit('.', 1)[0]}", False)
        steps = plan_of(source, target, quorum)
        if quorum == "unset":
            steps = [step for step in steps if not step["id"].startswith("set-min")]
        for step in steps:
            for command in step["commands"]:
                if not command.startswith("#"):
                    add(step["id"], command, " upgrade " in command and "--dry-run" not in command)
        minor = source.rsplit(".", 1)[0]
        features = "bin/kafka-features.sh --bootstrap-server localhost:19392"
        if number(target) >= (4, 0):
            add("lower-by-release", f"{features} downgrade --release-version {minor} --dry-run", False)
        undo = steps[-1]["undo"].split("`")[1] if steps[-1]["reversible"] else f"{features} downgrade --metadata {minor}"
        add("lower", undo)
        if number(target) >= (4, 0):
            add("raise-by-release", f"{features} upgrade --release-version {target.rsplit('.', 1)[0]}")
            add("lower-kraft-version", f"{features} downgrade --feature kraft.version=0")
    finally:
        cluster.stop()
    return lines


def main():
    pairs = sys.argv[1:] or [line for line in (HERE / "pairs.txt").read_text().split("\n") if line and not line.startswith("#")]
    for pair in pairs:
        releases, _, quorum = pair.partition(":")
        source, target = releases.split("-")
        quorum = quorum or "static"
        began = time.monotonic()
        lines = scenario(source, target, quorum)
        kept = [line for line in OUT.read_text().splitlines() if OUT.exists()] if OUT.exists() else []
        same = {"from": source, "to": target, "quorum": quorum}
        kept = [line for line in kept if not same.items() <= json.loads(line).items()]
        kept += [json.dumps(line, ensure_ascii=False) for line in lines]
        OUT.write_text("\n".join(kept) + "\n")
        print(f"{pair}: {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
