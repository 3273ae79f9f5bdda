"""What the output of a plan's command has to show, as its step's expectation has it in words. `None`: it does."""
import re

# Of nodes before 3.9: a node that was restarted on a newer one is listed with this as well for five minutes.
NO_DIRECTORY = "A" * 22


def lines_of(lines):
    """Without what logging prints."""
    noise = re.compile(r"log4j|SLF4J|StatusLogger|^\[?\d{4}-\d\d-\d\d|^Warning: |^OpenJDK", re.I)
    return [line for line in lines if line.strip() and not noise.search(line)]


def changes(command):
    """Whether a command changes something, so that it is not to be run again only to look."""
    words = r"(^|[ ;])(upgrade|downgrade|--alter|--add|--delete|delete|format|tar|jcmd|sed -i)\b"
    return re.search(words, command) is not None and "--dry-run" not in command


def judge(command, code, lines, cluster):
    """Why a command's output is not what it has to be."""
    text = "\n".join(lines := lines_of(lines))
    if re.search(r"--(under-replicated|unavailable)-partitions", command):
        return None if code == 0 and "Topic:" not in text and not text else f"partitions: {text[:300]}"
    if "reassign-partitions" in command:
        return None if "No partition reassignments found" in text else text[:300]
    if "reassign_partitions" in command:
        return None if "Node does not exist" in text or "NoNode" in text else text[:300]
    if "grep -c 'id:'" in command:
        return None if text == str(len(cluster.brokers)) else f"{text} brokers"
    if "list-endpoints" in command:
        ids = {line.split()[0] for line in lines if line.split()[0].isdigit()}
        fenced = [line for line in lines if re.search(r"\bfenced\b", line) and line.split()[0].isdigit() and "unfenced" not in line]
        missing = {node[-1] for node in cluster.brokers} - ids
        return f"missing {missing}, fenced {fenced}: {text[:300]}" if missing or fenced else None
    if "describe --status" in command:
        return None if code == 0 and re.search(r"LeaderId:\s+\d+", text) else text[-300:]
    if "describe --replication" in command:
        return replication(code, lines, cluster)
    if "JmxTool" in command and "clientSoftwareName" in command:
        # A broker that was restarted leads nothing for a while, and only its replica fetchers are there.
        return None if code == 0 and "clientSoftwareName=" in text else text[-300:]
    if "JmxTool" in command:
        return None if "No matched attributes" in text or (code == 0 and not counted(lines)) else text[-300:]
    if command.startswith("env |"):
        return None if code in (0, 1) else text
    if "--dry-run" in command and "only supports versions" in text:
        return text
    if "awk" in command and "segment" in command:
        return text or None
    if command.startswith("tar "):
        return None if code == 0 or (code == 1 and "file changed as we read it" in text) else text
    if "srvr" in command:
        return None if "Zookeeper version: 3." in text and "Mode:" in text else text[:300]
    if "--all-groups" in command:
        return None if code == 0 and "orders-readers" in text and not behind(lines) else text[-300:]
    return None if code == 0 else f"exit {code}: {text[-400:]}"


def behind(lines):
    """Partitions of which a group has much to read, as kafka-consumer-groups.sh lists them."""
    found, column = [], None
    for words in (line.split() for line in lines):
        if "LAG" in words:
            column = words.index("LAG")
        elif column and len(words) > column and words[column].isdigit() and int(words[column]) > 300:
            found.append(words)
    return found


def counted(lines):
    """Whether JmxTool shows a count that is not zero."""
    values = [line for line in lines if re.match(r"^\d+(,|$)", line)]
    return any(float(one) > 0 for line in values for one in line.split(",")[1:] if re.fullmatch(r"[\d.]+", one))


def replication(code, lines, cluster):
    """Every controller and broker is in the list, and none far behind."""
    if code:
        return "\n".join(lines)[-300:]
    rows = [line.split() for line in lines if re.match(r"^\d+\s", line)]
    column = 3 if any("DirectoryId" in line for line in lines) else 2
    # One that is gone for good is listed for five minutes more.
    gone = f"10{cluster.ghost[-1]}" if cluster.ghost else None
    rows = [row for row in rows if not (row[1] == NO_DIRECTORY and any(one[0] == row[0] and one[1] != NO_DIRECTORY for one in rows))]
    behind = [row for row in rows if int(row[column]) > 20 and row[0] != gone]
    wanted = len(cluster.controllers) + (len(cluster.brokers) if cluster.kraft_brokers else 0)
    voters = [row for row in rows if row[-1] in ("Leader", "Follower")]
    if len(voters) != len(cluster.controllers) or len(rows) < wanted or behind:
        return f"{len(voters)} voters, {len(rows)} of {wanted} nodes, behind: {behind}"
    return None
