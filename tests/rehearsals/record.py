#!/usr/bin/env python3
"""Carries plans out on real processes and records what became of each hop; README.md explains it.

record.py LAYOUT SECURITY FROM TO [OPTION]...   such as: static plain 3.9.2 4.4.0 back
"""
import sys

sys.dont_write_bytecode = True  # beside tests there is no place for it

import datetime
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from back import Back
from cluster import CONTROLLERS, DOMAIN, JAVA, WORK, ZOOKEEPERS, Cluster, check, libs
from execute import Executor, Stop
from machines import Network

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = Path(HERE).parents[1] / "crates" / "advice" / "data" / "rehearsals.txt"
UNDONE = Path(HERE) / "undone.txt"

LAYOUT = "%d %p %c %m%n"
# Standard output is for the counts alone; clients before 4.0 log by log4j, later ones by log4j2.
LOG4J = f"""log4j.rootLogger=ERROR, stderr
log4j.appender.stderr=org.apache.log4j.ConsoleAppender
log4j.appender.stderr.Target=System.err
log4j.appender.stderr.layout=org.apache.log4j.PatternLayout
log4j.appender.stderr.layout.ConversionPattern={LAYOUT}
"""
LOG4J2 = f"""rootLogger.level=error
rootLogger.appenderRef.stderr.ref=stderr
appender.stderr.type=Console
appender.stderr.name=stderr
appender.stderr.target=SYSTEM_ERR
appender.stderr.layout.type=PatternLayout
appender.stderr.layout.pattern={LAYOUT}
"""


def load(cluster, release, clients):
    """Starts producers and consumers of the release that the cluster begins with, or of an older one; they stay as they
    are."""
    classes = WORK / "load"
    jars = f"{libs(clients, whole=clients == release)}/*"
    subprocess.run(["javac", "-nowarn", "-cp", jars, "-d", classes, f"{HERE}/load/Load.java"], check=True)
    machine = cluster.network
    properties = cluster.machine("broker1").home / "config" / "client.properties"
    servers = ",".join(f"{node}.{DOMAIN}:9092" for node in cluster.brokers)
    logging = {name: machine.home / f"{name}.properties" for name in ("log4j", "log4j2")}
    logging["log4j"].write_text(LOG4J)
    logging["log4j2"].write_text(LOG4J2)
    old = "true" if release < "4" else "false"
    small = "100000" if release < "4.1" else "1048576"
    command = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-Dold.topics={old}", f"-Dsegment.bytes={small}",
               f"-Dlog4j.configuration=file:{logging['log4j']}", f"-Dlog4j2.configurationFile=file:{logging['log4j2']}",
               "-cp", f"{classes}:{jars}", "Load", servers, str(properties)]
    log = WORK / "load.txt"
    process = machine.start(command, log.open("w"))
    if (line := process.stdout.readline().strip()) != "running":
        raise Stop(f"the load does not run: {line or log.read_text()[-300:]}")
    return process


def verdict(process):
    """Ends the load and counts."""
    process.stdin.close()
    line = process.stdout.readline()
    process.wait()
    counts = json.loads(line)
    wrong = {name: counts[name] for name in ("lost", "twice", "unordered", "missedByGroup", "takenBackButRead") if counts[name]}
    return counts, wrong


def turn_dynamic(executor, step):
    """What the comment of the step that finalises offers, and what the step says of the files of a quorum that was made
    dynamic; then each node is restarted."""
    cluster = executor.cluster
    command = next(one["text"].split(": ", 1)[1] for one in step["actions"] if one["do"] == "note")
    executor.must("broker1", command)
    for node in [*cluster.controllers, *cluster.brokers]:
        path = f"config/{'controller' if node in cluster.controllers else 'server'}.properties"
        text = re.sub(r"^controller\.quorum\.voters=(.*)$", lambda line: "controller.quorum.bootstrap.servers=" + re.sub(r"\d+@", "", line[1]), cluster.text(node, path), flags=re.M)
        cluster.put(node, path, text)
    roll = next(one for one in executor.plan["steps"] if one["id"].startswith("roll-brokers"))
    executor.dynamic = True
    executor.step(roll | {"actions": [one for one in roll["actions"] if one["do"] != "install"]})
    executor.step(step | {"actions": step["actions"][2:]})
    _, lines = cluster.run("broker1", f"{cluster.tool('kafka-metadata-quorum.sh')} describe --status")
    voters = next((line for line in lines if line.startswith("CurrentVoters")), "")
    if len(re.findall(r'"directoryId": ?"[\w-]{22}"', voters)) != len(cluster.controllers):
        raise Stop(f"voters of the dynamic quorum: {voters}")


def carry(cluster, plan, options, hops, again, errors_of, seen):
    """All steps of a plan. With the option `half-way` a new plan is made (`again`) of the files as they are when the
    migration is switched on, and goes on from there."""
    executor = Executor(cluster, plan, errors_of)
    seen.append(executor)
    # `back`: each; `back=finalize`: of steps whose ids begin so.
    which = [one.partition("=")[2] for one in options if one.partition("=")[0] == "back"]
    back = Back(executor) if which else None
    for number, hop in enumerate(plan["hops"], 1):
        step = None
        began, undone = time.monotonic(), {}
        for step in (one for one in plan["steps"] if one["hop"] == number):
            print(f"{datetime.datetime.now():%H:%M:%S} {step['id']}", flush=True)
            if step["id"] == "migrate-provision-controllers":
                cluster.controllers = list(CONTROLLERS)
            executor.step(step)
            if back and step["reversible"] and step["id"].startswith(which[0]):
                if seconds := back.take(step, hop):
                    undone[re.sub(r"(-\d+)+$", "", step["id"])] = round(seconds)
            if "half-way" in options and step["id"] == "migrate-switch-on":
                return carry(cluster, again(), [one for one in options if one != "half-way"], hops, again, errors_of, seen)
        ways = sum(undone.values())
        hops.append(hop | {"seconds": round(time.monotonic() - began - ways), "back": ways, "undone": undone})
        if "turn" in options and step and step["id"].startswith("finalize-metadata"):
            turn_dynamic(executor, step)
        if f"until={number}" in options:
            return


def scenario(layout, security, source, target, options):
    mode = "zookeeper" if layout == "zookeeper" else "kraft"
    network = Network(WORK / "machines", DOMAIN, {**os.environ, **JAVA, "LC_ALL": "C"})
    hops, faults, counts, process, seen = [], [], {}, None, []
    try:
        ghost = "controller4" if "ghost" in options else None
        cluster = Cluster(network, layout, security, CONTROLLERS[:1] if "small" in options else CONTROLLERS, ghost, ZOOKEEPERS if "ensemble" in options else ZOOKEEPERS[:1])
        report = check(cluster.sources, source, target, mode)
        plan = report["plan"]
        (WORK / "plan.json").write_text(json.dumps(plan, indent=1))
        cluster.drafted = {f"controller{at + 1}": number for at, number in enumerate(sorted({int(one) for draft in plan["drafts"] for one in re.findall(r"/node-(\d+)/", draft["path"])}))}
        if layout == "zookeeper":
            cluster.controllers = []
        cluster.kraft_brokers = cluster.kraft
        cluster.begin(source)
        if ghost:
            cluster.show_ghost(source)
        clients = next((one.removeprefix("clients=") for one in options if one.startswith("clients=")), source)
        process = load(cluster, source, clients)

        def errors_of(printed, to=target):
            outputs = {f"output-{at}.txt": "\n".join(lines) for at, lines in enumerate(printed)}
            now = "kraft" if cluster.kraft_brokers else "zookeeper"
            report = check(cluster.files() | outputs, cluster.release["broker1"], to, now)
            return [f"{one['rule']} {one.get('path')}: {one['message'][:200]}" for one in report["findings"] if one["severity"] == "error"]

        carry(cluster, plan, options, hops, lambda: check(cluster.files(), source, target, mode)["plan"], errors_of, seen)
        if ghost and not any(one.met for one in seen):
            faults.append("no command noticed the controller that is gone")
        value = cluster.run("broker1", f"{cluster.tool('kafka-configs.sh')} --describe --entity-type topics --entity-name orders --all")[1]
        if not any(re.search(r"min\.insync\.replicas=2 ", line) for line in value):
            faults.append("min.insync.replicas of orders is no longer 2")
            hops.clear()
    except (Stop, RuntimeError) as stop:
        faults.append(str(stop))
    finally:
        # Whoever ends this program meanwhile would lose the hops that are done.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            # Hops that ended before a stop count where no record was lost since.
            counts, wrong = verdict(process) if process else ({}, {"load": "did not run"})
        except ValueError:
            wrong = {"load": "did not end"}
        if wrong:
            faults.append(f"records: {wrong}")
            hops.clear()
        network.close()
    return {"date": f"{datetime.date.today()}", "layout": layout, "security": security, "from": source, "to": target, "options": options,
            "scripts": cluster.origin, "hops": hops, "unseen": sorted({words for one in seen for words in one.unseen}), "faults": faults, **counts}


def keep(outcome):
    """Writes the hops that ended without a fault to the core's data, each in place of an older line of the same."""
    lines = DATA.read_text().splitlines()
    for hop in outcome["hops"]:
        if hop["kind"] == "clients":
            continue
        what = f"{hop['from']} {hop['to']} {outcome['security']}"
        lines = [one for one in lines if not (one.endswith(f" {hop['fingerprint']}") and f" {what} " in one)]
        lines.append(f"{outcome['date']} {what} {hop['seconds']} {hop['fingerprint']}")
    DATA.write_text("\n".join(lines[:1] + sorted(lines[1:])) + "\n")
    lines = UNDONE.read_text().splitlines()
    where = f"{outcome['layout']} {outcome['security']} {outcome['from']} {outcome['to']}"
    for step, seconds in (one for hop in outcome["hops"] for one in hop["undone"].items()):
        lines = [one for one in lines if f" {where} {step} " not in one]
        lines.append(f"{outcome['date']} {where} {step} {seconds}")
    UNDONE.write_text("\n".join(lines[:1] + sorted(lines[1:])) + "\n")


def end(*_):
    raise Stop("ended from outside")


def main():
    # Whoever ends this program ends the machines with it, and keeps the hops that are done.
    signal.signal(signal.SIGTERM, end)
    layout, security, source, target, *options = sys.argv[1:]
    outcome = scenario(layout, security, source, target, options)
    with (WORK / "outcomes.jsonl").open("a") as file:
        file.write(json.dumps(outcome) + "\n")
    keep(outcome)
    for hop in outcome.pop("hops"):
        print(f"  {hop['title']}: {hop['seconds']} s, ways back {hop['back']} s")
    print(json.dumps(outcome))
    sys.exit(1 if outcome["faults"] else 0)


if __name__ == "__main__":
    main()
