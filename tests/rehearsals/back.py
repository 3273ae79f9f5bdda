"""How a step is undone, and done again: every way back that a plan names is taken once. What is *not* here: points of
no return."""
import re
import time


class Back:
    def __init__(self, executor, source):
        self.executor, self.cluster, self.source = executor, executor.cluster, source

    def take(self, step, hop):
        """Undoes a step and does it again; seconds that it took."""
        began = time.monotonic()
        name = step["id"]
        if name.startswith("roll-brokers"):
            self.roll(step, hop)
        elif name.startswith("set-min-insync"):
            self.executor.must("broker1", re.match(r"[^(]+", step["undo"])[0].strip())
            self.executor.step(step)
        elif name.startswith("finalize-metadata"):
            self.lower(step, hop)
        else:
            return 0
        return time.monotonic() - began

    def roll(self, step, hop):
        """All nodes back to the release before, one at a time, brokers before controllers, and forth again."""
        back = [action | {"release": hop["from"]} if action["do"] == "install" else action for action in step["actions"]]
        self.executor.step(step | {"actions": back})
        self.executor.step(step)

    def lower(self, step, hop):
        """The levels go down again; every node waits for its snapshot; one node of each kind goes back and forth."""
        commands = re.findall(r"`([^`]+)`", step["undo"])
        self.executor.must("broker1", commands[0])
        for node in [*self.cluster.controllers, *self.cluster.brokers]:
            self.executor.must(node, commands[1])
        roll = next(one for one in self.executor.plan["steps"] if one["id"].startswith("roll-brokers"))
        before = self.executor.plan["hops"][roll["hop"] - 1]["from"]
        back = [action | {"release": before} if action["do"] == "install" else action for action in roll["actions"]]
        self.executor.step(roll | {"actions": back})
        self.executor.step(roll)
        self.executor.step(step)
