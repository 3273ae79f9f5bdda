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
    assert text.count("\n") > 1, f"{name}: nothing was printed"
    (HERE / "healthy").mkdir(exist_ok=True)
    (HERE / "healthy" / f"{name}-{release}.log").write_text(plain(text, root))


def output(command, seconds=300, given=""):
    """What a program prints; once more where this machine was too busy for it."""
    for _ in range(5):
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, input=given, text=True, errors="replace",
                                  timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
        (WORK / "healthy-last.txt").write_text(done.stdout)
        # What clients log at INFO and WARN while they work names exceptions as well.
        if done.returncode == 0 and not re.search(r"^(Exception in thread|Error\b|\[[^]]*\] (ERROR|FATAL))", done.stdout, re.M):
            return done.stdout
    raise AssertionError(f"{command[-4:]} does not work")


def for_a_while(command, seconds, done=lambda: False):
    """What a program prints that runs until it is stopped: a few seconds behind what it was run for, or after a while."""
    with (WORK / "healthy-last.txt").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not done():
            time.sleep(1)
        time.sleep(5)
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return (WORK / "healthy-last.txt").read_text(errors="replace")


def record(release):
    root = WORK / f"healthy-{release}"
    shutil.rmtree(root, ignore_errors=True)
    broker = Broker(release, root / "plain", {})
    try:
        assert broker.wait(), broker.log.read_text()[-3000:]
        clients(release, root)
        tools(release, root)
        console("console", release, root)
        if "connect-file" not in NOT_PUBLISHED.get(release, ()):
            connect_standalone(release, root)
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
            text += run_tool(name, release, *arguments)
        keep("tools", release, text, root)
    except AssertionError as error:
        print(f"{release}: tools: {str(error)[-200:]}", flush=True)


def run_tool(name, release, *arguments, given=""):
    """What was typed, and what the tool printed."""
    at = ["--bootstrap-server", SERVER, *arguments]
    main = main_of(name, release).split()[1]
    return f"$ kafka-{name}.sh {' '.join(at)}\n" + output(java(release, main, *at), given=given) + "\n"


def console(name, release, root):
    """The console clients, and what names a group behind them."""
    try:
        text = run_tool("topics", release, "--create", "--topic", "typed", "--partitions", "2", "--replication-factor", "1")
        text += run_tool("console-producer", release, "--topic", "typed", given="".join(f"{at}\n" for at in range(9)))
        text += run_tool("console-consumer", release, "--topic", "typed", "--group", "typed", "--from-beginning", "--max-messages", "9")
        text += run_tool("groups", release, "--describe", "--group", "typed")
        keep(name, release, text, root)
    except AssertionError as error:
        print(f"{release}: {name}: {str(error)[-200:]}", flush=True)


def connect_standalone(release, root):
    """A worker that copies a file into a topic, and the topic into another file."""
    run_tool("topics", release, "--create", "--topic", "copied")
    (root / "from.txt").write_text("one\ntwo\n")
    worker, source, sink = (root / f"{name}.properties" for name in ("standalone", "source", "sink"))
    worker.write_text(f"bootstrap.servers={SERVER}\nkey.converter=org.apache.kafka.connect.json.JsonConverter\n"
                      "value.converter=org.apache.kafka.connect.json.JsonConverter\noffset.flush.interval.ms=5000\n"
                      f"offset.storage.file.filename={root}/offsets\nlisteners=http://127.0.0.1:{PORT + 5}\n")
    source.write_text(f"name=source\nconnector.class=FileStreamSource\ntasks.max=1\nfile={root}/from.txt\ntopic=copied\n")
    sink.write_text(f"name=sink\nconnector.class=FileStreamSink\ntasks.max=1\nfile={root}/to.txt\ntopics=copied\n")
    copied = lambda: (root / "to.txt").exists() and (root / "to.txt").read_text() == "one\ntwo\n"
    text = for_a_while(java(release, "org.apache.kafka.connect.cli.ConnectStandalone", worker, source, sink), 240, copied)
    if copied():
        keep("connect-standalone", release, text, root)
    else:
        print(f"{release}: connect-standalone: {text[-300:]}", flush=True)


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
        console("console-on-zookeeper", release, root)
        keep("broker-on-zookeeper", release, broker.stop(), root)
        process.terminate()
        process.wait(60)
    keep("zookeeper", release, log.read_text(), root)


if __name__ == "__main__":
    for one in sys.argv[1:] or RELEASES:
        record(one)
