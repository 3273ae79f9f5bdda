#!/usr/bin/env python3
"""Runs Kafka's programs as they should be run, and keeps their logs in healthy/: they must give no finding.

healthy.py [RELEASE...]   none: every release of RELEASES
CLASSPATHS, WORK, PORT: as for live.py.
"""
import re
import shutil
import subprocess
import sys
import time

from live import PORT, Broker, java
from record import HERE, NOT_PUBLISHED, WORK, main_of, number

RELEASES = ["3.3.2", "3.9.2", "4.0.2", "4.1.2", "4.3.1", "4.4.0"]
SERVER = f"127.0.0.1:{PORT}"
TOOLS = [["topics", "--list"], ["topics", "--describe"], ["groups", "--list"], ["groups", "--describe", "--all-groups"],
         ["configs", "--describe", "--entity-type", "brokers", "--entity-name", "1"], ["log-dirs", "--describe"],
         ["features", "describe"], ["quorum", "describe", "--status"], ["offsets", "--topic", "in"]]
LINES = 400


def plain(text, root):
    """Without what differs from run to run, and without the values that programs print when they start."""
    text = text.replace(str(root), "/kafka").replace(f":{PORT + 1}", ":9093").replace(SERVER, "127.0.0.1:9092")
    lines = [line.rstrip() for line in text.splitlines() if not re.match(r"^\s+[\w.]+ =|^ \(|^$", line)]
    lines = [re.sub(r"\d{4}-\d\d-\d\d \d\d:(\d\d:\d\d,\d{3})", r"2026-11-29 03:\1", line)[:300] for line in lines]
    # Where a program runs is a matter of this machine.
    lines = [line for line in lines if "java.class.path" not in line and "environment:" not in line and "java.library" not in line]
    return "\n".join(lines[:LINES // 2] + lines[LINES // 2:][-LINES // 2:]) + "\n"


def keep(name, release, text, root):
    (HERE / "healthy").mkdir(exist_ok=True)
    (HERE / "healthy" / f"{name}-{release}.log").write_text(plain(text, root))


def output(command, seconds=300):
    """What a program prints; once more where this machine was too busy for it."""
    for _ in range(5):
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
                                  errors="replace", timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
        (WORK / "healthy-last.txt").write_text(done.stdout)
        # Names of settings have the word in them as well.
        if done.returncode == 0 and not re.search(r"^(?!\s+[\w.]+ =).*\wException\b", done.stdout, re.M):
            return done.stdout
    raise AssertionError(f"{command[-4:]} does not work")


def for_a_while(command, seconds):
    """What a program prints that runs until it is stopped."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, errors="replace")
    time.sleep(seconds)
    process.terminate()
    try:
        return process.communicate(timeout=60)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]


def record(release):
    root = WORK / f"healthy-{release}"
    shutil.rmtree(root, ignore_errors=True)
    broker = Broker(release, root / "plain", {})
    try:
        assert broker.wait(), broker.log.read_text()[-3000:]
        clients(release, root)
        tools(release, root)
        worker = root / "worker.properties"
        worker.write_text(f"bootstrap.servers={SERVER}\ngroup.id=c\nkey.converter=org.apache.kafka.connect.json.JsonConverter\n"
                          "value.converter=org.apache.kafka.connect.json.JsonConverter\noffset.storage.topic=o\nconfig.storage.topic=c\n"
                          "status.storage.topic=s\noffset.storage.replication.factor=1\nconfig.storage.replication.factor=1\n"
                          f"status.storage.replication.factor=1\nlisteners=http://127.0.0.1:{PORT + 5}\n")
        keep("connect", release, for_a_while(java(release, "org.apache.kafka.connect.cli.ConnectDistributed", worker), 60), root)
        if "connect-mirror" not in NOT_PUBLISHED.get(release, ()):
            mirror_maker(release, root)
    finally:
        keep("broker", release, broker.stop(), root)
    if number(release) < (4, 0, 0):
        zookeeper_mode(release, root)
    print(release, flush=True)


def clients(release, root):
    """Clients and Streams. The other programs are recorded where these do not work."""
    try:
        keep("clients", release, output(java(release, HERE / "Healthy.java", SERVER, root / "state"), 300), root)
    except AssertionError as error:
        print(f"{release}: clients: {str(error)[-200:]}", flush=True)


def tools(release, root):
    text = ""
    try:
        for name, *arguments in TOOLS:
            main = main_of(name, release).split()[1]
            at = ["--bootstrap-server", SERVER]
            text += f"$ kafka-{name}.sh {' '.join(at + arguments)}\n" + output(java(release, main, *at, *arguments)) + "\n"
        keep("tools", release, text, root)
    except AssertionError as error:
        print(f"{release}: tools: {str(error)[-200:]}", flush=True)


def mirror_maker(release, root):
    """MirrorMaker between a cluster and itself."""
    mirror = root / "mirror.properties"
    mirror.write_text(f"clusters=a,b\na.bootstrap.servers={SERVER}\nb.bootstrap.servers={SERVER}\na->b.enabled=true\na->b.topics=in\n"
                      "replication.factor=1\ncheckpoints.topic.replication.factor=1\nheartbeats.topic.replication.factor=1\n"
                      "offset-syncs.topic.replication.factor=1\noffset.storage.replication.factor=1\nconfig.storage.replication.factor=1\n"
                      "status.storage.replication.factor=1\n")
    keep("mirror", release, for_a_while(java(release, "org.apache.kafka.connect.mirror.MirrorMaker", mirror), 60), root)


def zookeeper_mode(release, root):
    """A ZooKeeper and a broker on it."""
    (root / "zookeeper.properties").write_text(f"dataDir={root}/zookeeper\nclientPort={PORT + 6}\nadmin.enableServer=false\n")
    log = root / "zookeeper.log"
    with log.open("w") as out:
        process = subprocess.Popen(java(release, "org.apache.zookeeper.server.quorum.QuorumPeerMain", root / "zookeeper.properties"),
                                   stdout=out, stderr=subprocess.STDOUT)
        time.sleep(8)
        without = {key: None for key in ("process.roles", "node.id", "controller.quorum.voters", "controller.listener.names")}
        more = {"broker.id": "1", "zookeeper.connect": f"127.0.0.1:{PORT + 6}", "listeners": f"CLIENTS://127.0.0.1:{PORT}",
                "listener.security.protocol.map": "CLIENTS:PLAINTEXT", "zookeeper.connection.timeout.ms": "60000"}
        broker = Broker(release, root / "on-zookeeper", without | more, formatted=True)
        broker.wait()
        time.sleep(5)
        keep("broker-on-zookeeper", release, broker.stop(), root)
        process.terminate()
        process.wait(60)
    keep("zookeeper", release, log.read_text(), root)


if __name__ == "__main__":
    for one in sys.argv[1:] or RELEASES:
        record(one)
