"""Carries out the drafts of a plan for services of Compose: `compose/docker-compose.yml`, 3.9.2 on ZooKeeper, to 4.1.2.

Each service has a machine of its own (`machines.py`) under the service's name. `up` and `stop` of the plan's steps, and of
the files that it drafts, start and end real processes of the releases that the images carry, whose settings are made of the
variables as Confluent's images make them: `KAFKA_A_B` is `a.b`, listeners are those that are advertised, `CLUSTER_ID`
formats. Records are written between all steps, and each is read once at the end. What is *not* here: Docker itself, its
images, volumes and users.

    CHECK=target/debug/kafka-upgrade-check WORK=target/rehearsals python3 tests/rehearsals/compose.py

Needs what `record.py` needs, but for clones, and PyYAML.
"""
import json
import os
import re
import subprocess
import time
from pathlib import Path

import yaml

import cluster
from machines import HOME, Network

HERE = Path(__file__).parent
SOURCE, TARGET = "3.9.2", "4.1.2"
RELEASES = {"7.9": SOURCE, "8.1": TARGET}
FILE = HERE / "compose" / "docker-compose.yml"
BROKERS = "--bootstrap-server kafka1:9092,kafka2:9092,kafka3:9092"
TOPICS, QUORUM = "org.apache.kafka.tools.TopicCommand", "org.apache.kafka.tools.MetadataQuorumCommand"
PARTITIONS, RECORDS = 6, 200
SMALL = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def plan():
    """The plan's steps, and the file of each step that drafts one, by its folder."""
    check = Path(os.environ["CHECK"]).resolve()
    asked = [check, "check", "--from", SOURCE, "--to", TARGET, "--format", "json", "--fail-on", "never", FILE]
    report = json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE).stdout)["plan"]
    return report["steps"], {one["step"]: one["text"] for one in report["drafts"]}


class Services:
    """Services of a Compose file that run."""

    def __init__(self, network, services):
        self.network, self.running, self.id, self.sent = network, {}, None, 0
        for name in services:
            network.add(name)
        self.read(FILE.read_text())

    def read(self, text):
        self.services = yaml.safe_load(text)["services"]
        for name in self.services.keys() - self.network.machines.keys():
            self.network.add(name)

    def release(self, name):
        image = self.services[name]["image"]
        return next(release for version, release in RELEASES.items() if f":{version}." in image)

    def java(self, machine, release, line):
        jars = f"{HOME}/log:{cluster.libs(release).resolve()}/*"
        return machine.command(f"exec java {SMALL} -cp '{jars}' {line}", 600)

    def tool(self, line, release=SOURCE, given=None):
        done = subprocess.run(self.java(self.network, release, line), input=given, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        return done.stdout

    def settings(self, name):
        """Settings of a service, and the id by which its data is formatted."""
        variables = self.services[name]["environment"]
        known = {key: str(value).replace("${CLUSTER_ID:?the id in meta.properties}", self.id or "") for key, value in variables.items()}
        settings = {key[6:].lower().replace("_", "."): value for key, value in known.items() if key.startswith("KAFKA_")}
        settings["log.dirs"] = "/var/lib/kafka"
        if settings.get("process.roles") != "controller":
            settings.setdefault("listeners", re.sub(r"//[^:,]*:", "//0.0.0.0:", settings["advertised.listeners"]))
        assert "process.roles" in settings or "zookeeper.connect" in settings, f"the image does not start {name}"
        assert ("process.roles" in settings) == ("CLUSTER_ID" in known), f"the image asks {name} for CLUSTER_ID"
        return settings, known.get("CLUSTER_ID")

    def up(self, name):
        machine, release = self.network.machines[name], self.release(name)
        (machine.home / "log").mkdir(exist_ok=True)
        (machine.home / "log" / "log4j.properties").write_text(
            "log4j.rootLogger=INFO, A\nlog4j.appender.A=org.apache.log4j.ConsoleAppender\n"
            "log4j.appender.A.layout=org.apache.log4j.SimpleLayout\n")
        (machine.home / "log" / "log4j2.properties").write_text(
            "rootLogger.level=info\nrootLogger.appenderRef.a.ref=A\nappender.a.type=Console\nappender.a.name=A\n"
            "appender.a.layout.type=PatternLayout\nappender.a.layout.pattern=%p - %m%n\n")
        file, main = machine.home / "server.properties", "kafka.Kafka"
        if "zookeeper" in self.services[name]["image"]:
            file.write_text("dataDir=/var/lib/zookeeper\nclientPort=2181\nadmin.enableServer=false\n")
            main = "org.apache.zookeeper.server.quorum.QuorumPeerMain"
        else:
            settings, identity = self.settings(name)
            file.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
            if identity:
                line = f"kafka.tools.StorageTool format --ignore-formatted -t {identity} -c {HOME}/server.properties"
                subprocess.run(self.java(machine, release, line), check=True, stdout=subprocess.DEVNULL)
        log = open(machine.home / "log" / "server.log", "ab")
        self.running[name] = subprocess.Popen(self.java(machine, release, f"{main} {HOME}/server.properties"),
                                              stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self, name):
        machine = self.network.machines[name]
        machine.run("pkill -TERM java; while pgrep java >/dev/null; do sleep 0.2; done")
        self.running.pop(name).wait(60)

    def logged(self, words):
        return any(words in log.read_text(errors="replace")
                   for machine in self.network.machines.values() for log in machine.home.glob("log/server.log"))

    def is_whole(self, release):
        shown = self.tool(f"{TOPICS} {BROKERS} --describe --topic t", release)
        replicas = re.findall(r"Isr: ([\d,]+)", shown)
        return len(replicas) == PARTITIONS and all(len(one.split(",")) == 3 for one in replicas)

    def settle(self, release):
        """Waits until every broker is in sync, and writes."""
        until(lambda: self.is_whole(release), "every broker is in sync")
        records = "".join(f"m{self.sent + number}\n" for number in range(RECORDS))
        main = "kafka.tools.ConsoleProducer" if release == SOURCE else "org.apache.kafka.tools.ConsoleProducer"
        said = self.tool(f"{main} {BROKERS} --topic t --producer-property acks=all --producer-property enable.idempotence=true",
                         release, records)
        assert "ERROR" not in said and "Exception" not in said, said
        self.sent += RECORDS


def until(holds, what, seconds=300):
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, f"never: {what}"
        time.sleep(2)


def names(action):
    """The services that an action starts or stops, in its order."""
    lines = [line.split("--no-deps")[-1].split("-t 300")[-1] for line in action.get("commands", [])]
    return [name for line in lines for name in line.split() if re.fullmatch(r"[a-z]+\d", name)]


def carry(services, step, text):
    """Carries out a step: a stopped service is started again with its new file, controllers before brokers."""
    services.read(text)
    started = [name for action in step["actions"] if action["do"] == "start" for name in names(action)]
    if step["id"].startswith("roll-brokers"):
        started = sorted(name for name in services.services if name.startswith("controller")) + started
    release = services.release(started[0])
    for name in started:
        if name in services.running:
            services.stop(name)
        services.up(name)
        if name.startswith("controller") and step["id"] != "migrate-provision-controllers":
            until(lambda: "LeaderId" in services.tool(f"{QUORUM} {BROKERS} describe --status", release), "the quorum has a leader")
        if step["id"] != "migrate-provision-controllers":
            services.settle(release)
    for expectation in (one for action in step["actions"] if action["do"] == "expect" for one in action["contains"]):
        if "Completed migration" in expectation:
            until(lambda: services.logged(expectation), expectation)
    services.settle(release)


def main():
    work = (Path(os.environ.get("WORK", "target/rehearsals")) / "compose").resolve()
    network = Network(work, "compose", dict(os.environ))
    try:
        services = Services(network, yaml.safe_load(FILE.read_text())["services"])
        (network.home / "log").mkdir(exist_ok=True)
        services.up("zookeeper")
        time.sleep(5)
        brokers = sorted(name for name in services.services if name != "zookeeper")
        for name in brokers:
            services.up(name)
        until(lambda: "Created topic" in services.tool(f"{TOPICS} {BROKERS} --create --topic t --partitions {PARTITIONS}"), "a topic")
        services.settle(SOURCE)
        of_first = network.machines["kafka1"].run("cat /var/lib/kafka/meta.properties")[1]
        services.id = next(line.split("=")[1] for line in of_first if line.startswith("cluster.id"))
        steps, drafts = plan()
        carried = []
        for step in steps:
            text = drafts.get(step["id"])
            if not text:
                continue
            start = time.monotonic()
            carry(services, step, text)
            if step["id"] == "migrate-finish":
                services.stop("zookeeper")
                services.settle(SOURCE)
            carried.append(step["id"])
            print(step["id"], f"{time.monotonic() - start:.0f} s", flush=True)
        assert sorted(carried) == sorted(drafts), f"not carried out: {drafts.keys() - set(carried)}"
        read = services.tool(f"org.apache.kafka.tools.consumer.ConsoleConsumer {BROKERS} --topic t --from-beginning --timeout-ms 15000", TARGET)
        read = sorted(line for line in read.splitlines() if re.fullmatch(r"m\d+", line))
        assert read == sorted(f"m{number}" for number in range(services.sent)), "not every record was read once"
        print(f"{services.sent} records, each read once", flush=True)
    finally:
        network.close()


if __name__ == "__main__":
    main()
