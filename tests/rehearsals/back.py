"""How a step is undone, and done again: every way back that a plan names is taken once. What is *not* here: points of
no return."""
import re
import time

from judge import lines_of


class Back:
    def __init__(self, executor):
        self.executor, self.cluster = executor, executor.cluster

    def take(self, step, hop):
        """Undoes a step and does it again; seconds that it took."""
        began = time.monotonic()
        name = step["id"]
        if name.startswith("roll-brokers"):
            self.roll(step, hop)
        elif name.startswith("pin-protocol"):
            for node in self.cluster.brokers:
                path, text = self.executor.old[node].pop()
                self.cluster.put(node, path, text)
            self.executor.step(step)
        elif name.startswith("check-segment-bytes"):
            self.small_again(step)
        elif name.startswith("set-min-insync"):
            self.executor.must("broker1", re.match(r"[^(]+", step["undo"])[0].strip())
            self.executor.step(step)
        elif name.startswith("finalize-metadata"):
            self.lower(step, hop)
        elif name == "migrate-provision-controllers":
            self.without_controllers()
            self.executor.step(step)
        elif name == "migrate-switch-on":
            self.switch_off(step)
        elif name == "migrate-brokers-to-kraft":
            self.restore()
            self.executor.step(step)
            # All the way back to ZooKeeper, from where brokers ran without it.
            self.restore()
            self.switch_off(self.step_of("migrate-switch-on"))
            self.executor.step(step)
        else:
            return 0
        return time.monotonic() - began

    def small_again(self, step):
        """The topics get their old values, and the step is done again."""
        alter = step["actions"][-2]["command"]
        for topic, value in (line.split() for line in lines_of(self.executor.printed[0])):
            self.executor.must("broker1", re.sub(r"segment\.bytes=\d+", f"segment.bytes={value}", alter.replace("$TOPIC", topic)))
        self.executor.step(step)

    def roll(self, step, hop):
        """All nodes back to the release before, one at a time, brokers before controllers, and forth again."""
        back = [action | {"release": hop["from"]} if action["do"] == "install" else action for action in step["actions"]]
        self.executor.step(step | {"actions": back})
        self.executor.step(step)

    def step_of(self, name):
        return next(one for one in self.executor.plan["steps"] if one["id"] == name)

    def without_controllers(self):
        """The controllers stop, and their metadata folders go."""
        for node in self.cluster.controllers:
            self.executor.must(node, "bin/kafka-server-stop.sh; while pgrep -f 'kafka\\.Kafka ' >/dev/null; do sleep 1; done")
            folder = re.search(r"^log\.dirs=(\S+)", self.cluster.text(node, "config/controller.properties"), re.M)[1]
            self.executor.must(node, f"rm -r {folder}")

    def switch_off(self, step):
        """No controllers, the two nodes deleted by the commands of the undo, brokers with their files of before; then
        both steps again."""
        shell = re.search(r"bin/zookeeper-shell\.sh [^;]*? delete ", step["undo"])[0]
        self.without_controllers()
        for path in ("/controller", "/migration"):
            self.executor.must("broker1", f"{shell}{path}")
        controllers, self.cluster.controllers = self.cluster.controllers, []
        self.cluster.kraft_brokers = False
        self.restore()
        self.cluster.controllers = controllers
        self.executor.step(self.step_of("migrate-provision-controllers"))
        self.executor.step(step)

    def restore(self):
        """Each broker gets its file of the step before and is restarted; the next one when all replicas are in sync."""
        for node in self.cluster.brokers:
            path, text = self.executor.old[node].pop()
            self.executor.must(node, "bin/kafka-server-stop.sh; while pgrep -f 'kafka\\.Kafka ' >/dev/null; do sleep 1; done")
            self.cluster.put(node, path, text)
            self.executor.must(node, f"bin/kafka-server-start.sh -daemon {path}")
            self.executor.look("broker1", f"{self.cluster.tool('kafka-topics.sh')} --describe --under-replicated-partitions")

    def lower(self, step, hop):
        """The levels go down again; every node waits for its snapshot; all nodes go back and forth."""
        commands = re.findall(r"`([^`]+)`", step["undo"])
        self.executor.must("broker1", commands[0])
        for node in [*self.cluster.controllers, *self.cluster.brokers]:
            self.executor.must(node, commands[1])
        roll = next(one for one in self.executor.plan["steps"] if one["id"].startswith("roll-brokers"))
        before = self.executor.plan["hops"][roll["hop"] - 1]["from"]
        self.executor.must("broker1", f"{self.cluster.tool('kafka-features.sh')} describe")
        level = self.executor.levels().get("metadata.version", "")
        if not level.startswith(f"{before.rsplit('.', 1)[0]}-"):
            raise RuntimeError(f"metadata.version was lowered to {level}")
        back = [action | {"release": before} if action["do"] == "install" else action for action in roll["actions"]]
        self.executor.step(roll | {"actions": back})
        self.executor.step(roll)
        self.executor.step(step)
