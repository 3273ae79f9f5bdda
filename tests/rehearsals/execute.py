"""Carries out the actions of a plan's steps on a cluster, by their own words. What is *not* here: what a command's output
has to show (`judge`, `expect`), and how a step is undone (`back`)."""
import os
import re
import time

import expect
from judge import changes, judge, lines_of

PATIENCE = int(os.environ.get("PATIENCE", "300"))  # seconds until what a step expects has to be so
ANYWHERE = "any machine that reaches the brokers"
ACTIVE = "the active controller"


class Stop(Exception):
    """The plan cannot go on; the message is for its author."""


class Executor:
    def __init__(self, cluster, plan, errors_of=lambda printed, to: []):
        """`errors_of`: errors that the program itself finds in the files and in lists of printed lines, on the way to a
        release, or to the target."""
        self.cluster, self.plan, self.errors_of = cluster, plan, errors_of
        self.printed, self.old = [], {}
        self.dynamic = cluster.layout == "dynamic"
        self.unseen, self.met = set(), []

    # Who is meant.

    def nodes(self, on):
        cluster = self.cluster
        if on == ANYWHERE:
            return [next(node for node in cluster.brokers)]
        if on == ACTIVE:
            return [self.active()]
        found = {"each controller": cluster.controllers, "each broker": cluster.brokers, "each node": [*cluster.controllers, *cluster.brokers],
                 "each ZooKeeper server": cluster.zookeepers, "each broker and controller": [*cluster.controllers, *cluster.brokers]}.get(on)
        if found is None:
            raise Stop(f"who is {on}?")
        return list(found)

    def active(self):
        """The node that the last printed output of the step names as the one that decides."""
        for line in reversed([line for lines in self.printed for line in lines]):
            if found := re.search(r"LeaderId:\s+(\d+)|\"brokerid\":(\d+)", line):
                return self.by_number(found[1] or found[2])
        raise Stop("no output names the active controller")

    def by_number(self, number):
        nodes = [*self.cluster.controllers, *self.cluster.brokers]
        at = [node for node in nodes if self.cluster.number(node) == int(number)]
        if not at:
            raise Stop(f"no node has the number {number}")
        return at[0]

    def last_is_active(self, nodes):
        try:
            active = self.active()
        except Stop:
            return nodes
        return [*(node for node in nodes if node != active), *(node for node in nodes if node == active)]

    # What is done.

    def step(self, step, only=None):
        """All of a step. `only`: one node of each kind that it restarts."""
        self.printed, self.current = [], step
        actions = step["actions"]
        at = 0
        while at < len(actions):
            one = actions[at]
            if one["do"] == "stop":
                end = at + 1
                while end < len(actions) and actions[end]["do"] not in ("note", "stop", "expect"):
                    end += 1
                nodes = self.last_is_active(self.nodes(one["on"]))
                for node in nodes[:1] if only else nodes:
                    for action in actions[at:end]:
                        self.act(action, node)
                at = end
                continue
            if one["do"] == "note" and self.is_condition(one["text"]):
                at += 1 + self.conditional(one["text"], actions[at + 1])
                continue
            if one["do"] == "expect":
                self.expect(one, actions)
            elif one["do"] != "note":
                for node in self.nodes(one["on"]):
                    self.act(one, node)
            at += 1

    def act(self, action, node):
        """One action. `node` is whom a restart is for; a command that asks the cluster runs where it says."""
        do, cluster = action["do"], self.cluster
        if do in ("run", "wait"):
            self.look(node if action["on"] != ANYWHERE else self.nodes(ANYWHERE)[0], action["command"])
        elif do in ("stop", "start"):
            for command in action["commands"]:
                self.must(node, command)
            cluster.restarted(node, do == "start")
        elif do == "install":
            cluster.install(node, action["release"])
        elif do == "put":
            self.old.setdefault(node, []).append((action["path"], cluster.text(node, action["path"])))
            cluster.put(node, action["path"], self.text(node, action))

    def text(self, node, action):
        """What a file is to be, by what the action says of it."""
        what = action["what"]
        if line := re.fullmatch(r"as before, with (\S+)=(\S+)", what):
            before = self.cluster.text(node, action["path"])
            kept = [one for one in before.splitlines() if not one.startswith(f"{line[1]}=")]
            return "\n".join([*kept, f"{line[1]}={line[2]}", ""])
        folder = re.search(r"the draft from (\S+/)", what)
        if not folder:
            raise Stop(f"what is {what}?")
        number = self.cluster.number(node)
        of = [one for one in self.plan["drafts"] if one["path"].startswith(folder[1].replace("ID", str(number)))]
        mine = [one for one in of if f"/{node}/" in one["path"] or f"/node-{number}/" in one["path"]]
        if len(mine) != 1:
            raise Stop(f"{node}: {len(mine)} drafts in {folder[1]}")
        return self.cluster.fitted(mine[0]["text"])

    def must(self, node, command):
        code, lines = self.cluster.run(node, command, PATIENCE)
        self.printed.append(lines)
        if code:
            raise Stop(f"{self.current['id']} {node}: {command}: exit {code}: {lines_of(lines)[-3:]}")

    def look(self, node, command):
        """Runs a command until it shows what it has to."""
        until, complaint = time.monotonic() + PATIENCE, None
        first = True
        while first or time.monotonic() < until:
            first = False
            code, lines = self.cluster.run(node, command)
            self.printed.append(lines)
            complaint = judge(command, code, lines, self.cluster)
            if complaint is None:
                return
            if self.cluster.ghost and "only supports versions" in complaint and not self.met:
                # What the step says of a controller that is gone.
                self.met.append(complaint)
                self.cluster.show_ghost(self.cluster.release["controller1"])
            if changes(command) or "awk" in command:
                break
            self.cluster.pause(2)
        if "awk" in command:
            return  # it names what the conditional command behind it is for
        raise Stop(f"{self.current['id']} {node}: {command}: {complaint}")

    # Conditions and expectations.

    def is_condition(self, text):
        return text.startswith(("for each topic that is printed", "only if the first line shows no"))

    def conditional(self, text, action):
        """A command for what an earlier one printed; how many actions it was."""
        if text.startswith("only if"):
            if not any("min.insync.replicas=" in line for line in self.printed[0]):
                self.act(action, None)
            return 1
        for line in lines_of(self.printed[-1]):
            self.act(action | {"command": action["command"].replace("$TOPIC", line.split()[0])}, None)
        return 1

    def expect(self, expectation, actions):
        """Everything that can be looked at again shows what it has to."""
        repeat = [one for one in actions if one["do"] in ("run", "wait") and not changes(one["command"])]
        until = time.monotonic() + PATIENCE
        while True:
            text = "\n".join(line for lines in self.printed for line in lines)
            squeezed = re.sub(r"[ \t]+", " ", text)
            missing = [one for one in expectation["contains"] if one not in squeezed]
            if not missing:
                break
            if time.monotonic() > until:
                raise Stop(f"{self.current['id']}: not shown: {missing}")
            self.cluster.pause(2)
            for one in repeat:
                for node in self.nodes(one["on"]):
                    self.printed.append(self.cluster.run(node, one["command"])[1])
        self.unseen.update(expect.not_looked_at(expectation["text"]))
        while wrong := expect.complaints(self, self.current, expectation["text"]):
            if time.monotonic() > until:
                raise Stop(f"{self.current['id']}: {wrong}")
            self.cluster.pause(2)

    def levels(self):
        """What the last printed features are finalised at."""
        shown = {}
        for lines in self.printed:
            shown |= dict(re.findall(r"Feature: (\S+)\s.*?FinalizedVersionLevel: (\S+)", "\n".join(lines)))
        return shown
