#!/usr/bin/env python3
"""Asks running clusters for what they refuse, and records what clients and brokers print; README.md explains it.

live.py [RELEASE...]   none: every release of RELEASES
CLASSPATHS, WORK: as for record.py. PORT: the first of ten free ports of this machine (19600).
"""
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from record import CLUSTER, HERE, WORK, bare, classpath, clean, number

RELEASES = ["3.3.2", "3.9.2", "4.0.2", "4.1.2", "4.3.1", "4.4.0"]
PORT = int(os.environ.get("PORT", "19600"))
# Clients of another release than the broker, which only need to ask once.
OTHERS = {"3.9.2": ["4.1.2"], "4.1.2": ["3.9.2"], "4.3.1": ["2.8.2"], "4.4.0": ["2.8.2"]}
BASE = f"""node.id=1
process.roles=broker,controller
controller.quorum.voters=1@127.0.0.1:{PORT + 1}
listeners=CLIENTS://127.0.0.1:{PORT},CONTROLLER://127.0.0.1:{PORT + 1}
listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENTS
controller.listener.names=CONTROLLER
log.dirs=$FOLDER/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=3
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
"""
LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="%s" password="%s"'
SECURED = {
    "listener.security.protocol.map": "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
    "sasl.enabled.mechanisms": "PLAIN",
    "sasl.mechanism.inter.broker.protocol": "PLAIN",
    "listener.name.clients.plain.sasl.jaas.config": LOGIN % ("admin", "a") + ' user_admin="a" user_denied="d";',
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:admin;User:ANONYMOUS",
}
# What a client that may not log in, or may do nothing, is given.
LOGINS = {
    "wrong-password": ["security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.jaas.config=" + LOGIN % ("admin", "x") + ";"],
    "other-mechanism": ["security.protocol=SASL_PLAINTEXT", "sasl.mechanism=SCRAM-SHA-256",
                        'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="a";'],
    "plain-text": ["security.protocol=PLAINTEXT"],
    "tls": ["security.protocol=SSL"],
    "denied": ["security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.jaas.config=" + LOGIN % ("denied", "d") + ";"],
}


def java(release, *arguments, **more):
    is_4 = number(release) >= (4, 0, 0)
    log = ("-Dlog4j2.configurationFile=" if is_4 else "-Dlog4j.configuration=file:") + str(HERE / ("log4j2.properties" if is_4 else "log4j.properties"))
    return ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", log, "-cp", classpath(release), *arguments]


def changed(more, folder):
    lines = dict(line.split("=", 1) for line in BASE.splitlines()) | more
    return "".join(f"{key}={value}\n" for key, value in lines.items() if value is not None).replace("$FOLDER", str(folder))


class Broker:
    """A process of a release with its log; formatted before, unless its folder is another one's."""

    def __init__(self, release, folder, more, cluster=CLUSTER, port=PORT, formatted=False, extra=()):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "server.properties").write_text(changed(more, folder))
        if not formatted:
            done = subprocess.run(java(release, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", folder / "server.properties", *extra),
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            assert done.returncode == 0, done.stdout
        self.log = folder / "broker.log"
        self.out = self.log.open("w")
        self.process = subprocess.Popen(java(release, "kafka.Kafka", folder / "server.properties"), stdout=self.out, stderr=subprocess.STDOUT)
        self.port = port

    def wait(self, seconds=240):
        for _ in range(seconds * 4):
            if self.process.poll() is not None:
                return False
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    time.sleep(2)
                    return True
            time.sleep(0.25)
        return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.out.close()
        return self.log.read_text(errors="replace")


def ask(release, what, settings=()):
    done = subprocess.run(java(release, HERE / "Ask.java", f"127.0.0.1:{PORT}", what, *settings), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", timeout=900)
    for block in done.stdout.split("### ")[1:]:
        name, text = block.split("\n", 1)
        if "answered" not in text.split("\n")[-3:]:
            yield name, text


def failures(text):
    """The lines of a broker's log from each failure on."""
    lines = text.splitlines()
    bad = [at for at, line in enumerate(lines) if re.match(r"\[[^]]+\] (ERROR|FATAL|WARN)", line)]
    return "\n".join(line for at, line in enumerate(lines) if any(0 <= at - one < 4 for one in bad))


def record(release):
    root = WORK / f"live-{release}"
    shutil.rmtree(root, ignore_errors=True)
    found = []
    broker = Broker(release, root / "plain", {})
    try:
        assert broker.wait(), broker.log.read_text()[-3000:]
        found += ask(release, "all")
        write(release, root, found)
        for other in OTHERS.get(release, []):
            found += [(f"{name}-by-{other}", text) for name, text in ask(other, "all")]
        found.append(("port-taken", run(release, root / "port", {"node.id": "1"})))
        joins = {"node.id": "2", "process.roles": "broker", "listeners": f"CLIENTS://127.0.0.1:{PORT + 2}"}
        found.append(("other-cluster", run(release, root / "cluster", joins, cluster="rYd0xLe5QjmiMTLYQ1p9Xw")))
        if number(release) > (3, 9, 9):
            found.append(("older-broker-joins", run("3.9.2", root / "older", joins, extra=["--ignore-formatted"])))
        same = Broker(release, root / "same-1", joins, port=PORT + 2)
        same.wait()
        found.append(("same-node-id", run(release, root / "same-2", joins | {"listeners": f"CLIENTS://127.0.0.1:{PORT + 3}"}, seconds=60)))
        same.stop()
        found.append(("no-controller", run(release, root / "alone", joins | {"controller.quorum.voters": f"1@127.0.0.1:{PORT + 9}", "initial.broker.registration.timeout.ms": "8000"}, seconds=60)))
        # The last: another process in its directory can end the first one as well.
        taken = {"log.dirs": root / "plain/data", "listeners": f"CLIENTS://127.0.0.1:{PORT + 2},CONTROLLER://127.0.0.1:{PORT + 3}"}
        found.append(("second-process", run(release, root / "second", taken, formatted=True)))
    finally:
        found.append(("plain-log", failures(broker.stop())))
    broker = Broker(release, root / "secured", SECURED)
    try:
        assert broker.wait(), broker.log.read_text()[-3000:]
        for name, settings in LOGINS.items():
            found += [(f"{question}-{name}", text) for question, text in ask(release, "login", settings)]
    finally:
        found.append(("secured-log", failures(broker.stop())))
    write(release, root, found)
    found += downgrade(release, root)
    write(release, root, found)


def write(release, root, found, kind="live"):
    """What was found so far: a run that is cut short keeps it."""
    out, known = [], set()
    for name, text in found:
        text = clean(text, root).replace(f"127.0.0.1:{PORT}", "127.0.0.1:9092").replace(f":{PORT + 1}", ":9093")
        if text and bare(text) not in known:
            known.add(bare(text))
            out.append(f"### {name}\n{text}\n")
    (HERE / "recorded" / f"{kind}-{release}.txt").write_text("\n".join(out))
    print(release, len(out), "failures of", len(found), flush=True)


def run(release, folder, more, seconds=90, **how):
    """What a process prints that is expected to stop by itself."""
    broker = Broker(release, folder, more, port=0, **how)
    try:
        broker.process.wait(seconds)
    except subprocess.TimeoutExpired:
        pass
    return failures(broker.stop())


def downgrade(release, root):
    """A node whose metadata log was written by this release, started with an older one."""
    older = {"4.4.0": "4.0.2", "4.3.1": "4.1.2", "4.1.2": "3.9.2", "3.9.2": "3.3.2"}.get(release)
    if older:
        yield f"downgrade-to-{older}", run(older, root / "plain", {}, formatted=True, seconds=60)


if __name__ == "__main__":
    for one in sys.argv[1:] or RELEASES:
        record(one)
