"""What a step expects beyond what the output of one of its commands shows by itself (`judge`): each phrase of an
expectation is looked at, or named as not looked at. What is *not* here: commands of the plan."""
import re

from judge import lines_of

QUIET = 10  # seconds in which no node logs an error
LEVELS = r"([a-z.]+\.version) (\d+)"


def complaints(executor, step, text):
    """What is not as the text says."""
    found = []
    for phrase, look in PHRASES:
        if re.search(phrase, text) and look and (complaint := look(executor, step, text)):
            found.append(complaint)
    return found


def not_looked_at(text):
    """The words of an expectation that nothing here and no judge of a command is for."""
    for phrase, _ in PHRASES:
        text = re.sub(phrase, " ", text)
    return [one for one in re.split(r"[.,;:]| and ", re.sub(r"\s+", " ", text)) if re.search(r"\w{4}", one)]


def _again(executor, step, number):
    """What the command of that place in the step prints now."""
    commands = [one for one in step["actions"] if one["do"] == "run"]
    action = commands[number]
    return lines_of(executor.cluster.run(executor.nodes(action["on"])[0], action["command"])[1])


def _logs(executor, step, _):
    """No node has met a fatal fault since it was restarted, and none repeats an error."""
    cluster = executor.cluster
    nodes = [*cluster.controllers, *cluster.brokers]
    for node in nodes:
        for line in cluster.logged(node):
            if " FATAL " in line or "fatal fault" in line:
                return f"{node} logs {line[:300]}"
    before = {node: len(_errors(cluster, node)) for node in nodes}
    cluster.pause(QUIET)
    for node in nodes:
        if (after := _errors(cluster, node))[before[node]:]:
            return f"{node} goes on with {after[-1][:300]}"
    return None


def _errors(cluster, node):
    return [line for line in cluster.logged(node) if re.match(r"\[\S+ \S+\] ERROR ", line)]


def _no_old_protocol(executor, *_):
    for node in executor.cluster.brokers:
        if any("UnsupportedVersionException" in line for line in executor.cluster.logged(node)):
            return f"{node} logs UnsupportedVersionException"
    return None


def _checks_clean(executor, step, _):
    """The files as they are, and what this step printed, given to the program itself."""
    errors = executor.errors_of(executor.printed, executor.plan["hops"][step["hop"] - 1]["to"])
    # Topics' segments are what another step is for.
    other = any(one["id"].startswith("check-segment-bytes") for one in executor.plan["steps"])
    errors = [one for one in errors if not (other and "segment" in one)]
    return f"errors: {errors}" if errors else None


def _clients_known(executor, step, text):
    if not any("clientSoftwareName=apache-kafka-java" in line for lines in executor.printed for line in lines):
        return "no broker names a client"
    errors = [one for one in executor.errors_of(executor.printed) if re.match(r"requires-(newer-|java-clients)", one)]
    # Each broker fetches from each other one by a connection, and does not say what it is.
    more = [count for lines in executor.printed if (count := _unknown(lines)) > len(executor.cluster.brokers) - 1]
    return f"clients: {errors or f'{more} connections of unknown name'}" if errors or ("nknown name" in text and more) else None


def _unknown(lines):
    """How many connections of unknown name JmxTool shows: a line of names, and one of numbers."""
    for names, numbers in zip(lines, lines[1:]):
        if names.startswith('"time"'):
            shown = zip(names.strip('"').split('","'), numbers.split(","))
            return sum(int(float(number)) for name, number in shown if "clientSoftwareName=unknown" in name)
    return 0


def _backups(executor, *_):
    cluster = executor.cluster
    actions = [one for one in executor.current["actions"] if one["do"] == "run" and one["command"].startswith("tar ")]
    for action in actions:
        for node in executor.nodes(action["on"]):
            code, lines = cluster.run(node, f"tar tzf {action['command'].split()[2]}")
            if code or not any(re.search(r"\.log$|/log\.[0-9a-f]+$|snapshot\.", line) for line in lines):
                return f"{node}: the backup has {lines[:5]}"
    return None


def _least_metadata(executor, *_):
    lines = " ".join(line for lines in executor.printed for line in lines)
    found = re.search(r"metadata\.version\s.*?FinalizedVersionLevel:\s*(\d+)\.(\d+)-IV(\d+)", lines)
    fine = found and tuple(map(int, found.groups())) >= (3, 3, 3)
    return None if fine else f"metadata.version: {found and found[0]}"


def _min_isr(executor, step, _):
    lines = _again(executor, step, 0)
    if not any(re.search(r"min\.insync\.replicas=2\b", line) for line in lines):
        return f"min.insync.replicas of the cluster: {lines}"
    return None


def _min_isr_at_last(executor, *_):
    lines = executor.printed[-1]
    return None if any(re.search(r"min\.insync\.replicas=2\b", line) for line in lines) else f"the last line is {lines[-1:]}"


def _min_isr_everywhere(executor, *_):
    """What the sentence asks for is done: the line goes into each controller's file."""
    cluster, line = executor.cluster, "min.insync.replicas=2"
    for node in cluster.controllers:
        path = "config/controller.properties"
        if line not in cluster.text(node, path):
            cluster.put(node, path, f"{cluster.text(node, path)}{line}\n")
    return None


def _levels(executor, _, text):
    shown = executor.levels()
    wrong = {name: (level, shown.get(name)) for name, level in re.findall(LEVELS, text) if shown.get(name) != level}
    quorum = "1" if executor.dynamic else "0"
    if shown.get("kraft.version", quorum) != quorum:
        wrong["kraft.version"] = (quorum, shown["kraft.version"])
    return f"levels {wrong}" if wrong else None


def _pinned(executor, step, _):
    line = next(one["what"].removeprefix("as before, with ") for one in step["actions"] if one["do"] == "put")
    cluster = executor.cluster
    without = [node for node in cluster.brokers if line not in cluster.text(node, "config/server.properties").splitlines()]
    return f"{without} lack {line}" if without else None


def _no_topic(executor, step, _):
    lines = _again(executor, step, 0)
    return f"topics: {lines}" if lines else None


def _cluster_id(executor, *_):
    printed = [line for lines in executor.printed[:1] for line in lines_of(lines)]
    return None if any(re.fullmatch(r"[\w-]{22}", line) for line in printed) else f"the id is {printed}"


def _observers(executor, *_):
    lines = lines_of(executor.printed[-1])
    observers = [line for line in lines if re.search(r"\bObserver\b", line)]
    missing = len(executor.cluster.brokers) - len(observers)
    return f"{missing} brokers are no observers" if missing > 0 else None


def _keeps_zookeeper(executor, *_):
    cluster = executor.cluster
    other = [node for node in cluster.brokers if "zookeeper.connect" not in cluster.text(node, "config/server.properties")]
    return f"{other} are not on ZooKeeper" if other else None


def _one_leader(executor, *_):
    """Of an ensemble one server leads, and each other one follows."""
    modes = [line for lines in executor.printed for line in lines if line.startswith("Mode: ")]
    others = len(executor.cluster.zookeepers) - 1
    wanted = ["Mode: follower"] * others + ["Mode: leader"] if others else ["Mode: standalone"]
    return None if sorted(modes) == wanted else f"ZooKeeper: {modes}"


def _without_zookeeper(executor, *_):
    """What the sentence allows is done: what comes behind has to go without."""
    for node in executor.cluster.zookeepers:
        executor.must(node, "! pgrep -f QuorumPeer[M]ain >/dev/null || bin/zookeeper-server-stop.sh; while pgrep -f QuorumPeer[M]ain >/dev/null; do sleep 1; done")
    return None


# Phrase of an expectation, and who looks; `None`: the judge of the command that shows it, or `contains`.
PHRASES = [
    (r"The matrix shows no (?:application's client library|connected client) as refused(?: at 4\.0)?(?:\. Of unknown name are only the brokers' own replica fetchers: num\.replica\.fetchers connections from each other broker\. More than these are clients from before 2\.4|, and none has an unknown name)?", _clients_known),
    (r"DeprecatedRequestsPerSec stays at 0 on every broker for a whole cycle of batch jobs, or does not exist: JmxTool then exits with 1 and \"No matched attributes\", which is the good result", None),
    (r"Every node runs on the new Java; JAVA_HOME of the service points to it\. The last line, run in the environment of the service, prints a version: an option that the new Java does not know makes it fail, and would stop the broker", None),
    (r"The first command lists or counts every broker, and none is fenced", None),
    (r"[Nn]o partition is (?:under-replicated|unavailable)", None),
    (r"no reassignment is listed", None),
    (r"[Tt]he backups are", _backups),
    (r"A check of the changed files and of the output of these commands for this target shows no error(?:, apart from a topic's segment\.bytes, which the next step changes)?", _checks_clean),
    (r"The first line prints no topic", _no_topic),
    (r"FinalizedVersionLevel of metadata\.version is 3\.3-IV3 or newer\. If it is older, first finalise it at the release that runs now", _least_metadata),
    (r"Before you stop the next node:", None),
    (r"kafka-metadata-quorum\.sh shows every controller with a Lag that does not grow", None),
    (r"the node's log has no FATAL and no recurring ERROR", _logs),
    (r"Every broker answers \(the first command lists or counts them\)", None),
    (r"consumer lag(?= and request latency are as before)", None),
    (r"The first output lists every node and no Lag grows in it, no broker is fenced, and the dry run names no node that \"only supports versions\"", None),
    (r"Run the first line again: the cluster's min\.insync\.replicas is the one that the brokers had", _min_isr),
    (r"Add the same line to every controller's file as well", _min_isr_everywhere),
    (r"You have decided: the next step's command as written leaves the quorum as it is; the one in its comment makes a static quorum dynamic permanently", None),
    (r"kafka-features\.sh describe shows metadata\.version with FinalizedVersionLevel [\w.-]+(?:,? (?:and )?[a-z.]+\.version \d+)*", _levels),
    (r"The last line shows the min\.insync\.replicas that was set before", _min_isr_at_last),
    (r"Every broker's file has the line; it takes effect when the brokers restart on the new release", _pinned),
    (r"Every server answers with a Zookeeper version of 3\.5 or newer, preferably 3\.8\.3 or newer, and one of them with Mode: leader(?: \([^)]*\))?", _one_leader),
    (r"no broker logs UnsupportedVersionException", _no_old_protocol),
    (r"A cluster id is printed", _cluster_id),
    (r"The quorum has a leader, every controller is in the last output, and no Lag grows", None),
    (r"The brokers still use ZooKeeper", _keeps_zookeeper),
    (r"The active controller's server\.log shows that the migration of the metadata is completed \([^)]*\)\. The line is not in controller\.log", None),
    (r"Every broker is an observer in the last command's output, every controller is there too, and no Lag grows", _observers),
    (r"After every restart the quorum has a leader, every controller is in the last output, and no Lag grows", None),
    (r"When all controllers are done, the ZooKeeper servers can be shut down", _without_zookeeper),
]
