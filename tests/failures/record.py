#!/usr/bin/env python3
"""Starts Kafka's programs wrongly and records what they print; README.md explains it.

record.py [RELEASE...]         none: every release of RELEASES
record.py --again [RELEASE...] writes the recordings anew from the outputs that an earlier run left in WORK
record.py --only='connect-*,format-*' [RELEASE...] those cases alone; what is recorded of others stays
CLASSPATHS: folder of class paths, filled here by Maven. WORK: scratch folder.
"""
import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLASSPATHS = Path(os.environ["CLASSPATHS"]).resolve()
WORK = Path(os.environ["WORK"]).resolve()
RELEASES = ["2.8.2", "3.3.2", "3.9.2", "4.0.2", "4.1.2", "4.3.1", "4.4.0"]
SECONDS = 6  # for one case
LINES = 9  # of an output that are kept: from the first failure on
TABLE = tomllib.loads((HERE / "cases.toml").read_text())
ARTIFACTS = ["kafka_2.13", "kafka-tools", "connect-runtime", "connect-file", "connect-mirror", "kafka-streams"]
# Artifacts that Maven Central does not have of a release.
NOT_PUBLISHED = {"4.4.0": {"connect-file", "connect-mirror"}}
CLUSTER = "MkU3OEVBNTcwNTJENDM2Qg"


def number(release):
    return tuple(int(part) for part in release.split("."))


def classpath(release):
    file = CLASSPATHS / release
    if not file.exists():
        folder = WORK / f"pom-{release}"
        folder.mkdir(parents=True, exist_ok=True)
        of = lambda group, name, version: f"<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"
        wanted = [of("org.apache.kafka", name, release) for name in ARTIFACTS if name not in NOT_PUBLISHED.get(release, ())]
        if number(release) >= (4, 0, 0):
            wanted.append(of("org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.3"))
        (folder / "pom.xml").write_text("<project><modelVersion>4.0.0</modelVersion><groupId>c</groupId><artifactId>c</artifactId>"
                                        f"<version>1</version><dependencies>{''.join(wanted)}</dependencies></project>")
        subprocess.run(["mvn", "-q", "-B", "-f", folder / "pom.xml", "dependency:build-classpath",
                        f"-Dmdep.outputFile={file}", "-Dmdep.includeScope=runtime"], check=True, stdout=subprocess.DEVNULL)
    return file.read_text().strip()


def settings(program, text):
    """The base of a program with a case's settings; `!key` takes one away."""
    lines = {line.split("=")[0]: line for line in TABLE["base"][program].splitlines()}
    for line in text.splitlines():
        key = line.split("=")[0]
        if key.startswith("!"):
            lines.pop(key[1:], None)
        else:
            lines[key] = line
    return "\n".join(lines.values()) + "\n"


def main_of(program, release):
    what = TABLE["programs"][program]
    for since, other in TABLE["moved"].get(program, []):
        if number(release) >= number(since):
            what = f"main {other}"
    return what


def cases(release, root):
    """Writes the folders of every case and gives them."""
    for program, table in TABLE["config"].items():
        for at, (name, text) in enumerate(table.items()):
            folder = root / f"{program}-{name}"
            folder.mkdir(parents=True)
            # What an earlier case left running must not be in the way.
            text = settings(program, text).replace("$FOLDER", str(folder))
            text = re.sub(r"localhost:194(\d\d)", lambda port: f"localhost:{20000 + 100 * at + int(port[1])}", text) if program == "broker" else text
            (folder / "config.properties").write_text(text)
            what = main_of(program, release)
            arguments = ["$FOLDER/config.properties"] if what.startswith("main") else []
            (folder / "case.txt").write_text("\n".join([what, *arguments]) + "\n")
            prepare(folder, name if name != "not-formatted" else "", release, program)
            yield folder
    for name, (program, *arguments) in TABLE["tool"].items():
        folder = root / name
        folder.mkdir(parents=True)
        base = settings("broker", "").replace("$FOLDER", str(folder))
        (folder / "broker.properties").write_text(base)
        (folder / "formatted.properties").write_text(base)
        (folder / "dynamic.properties").write_text(re.sub("controller.quorum.voters=.*", "controller.quorum.bootstrap.servers=localhost:19493", base))
        (folder / "zookeeper.properties").write_text(f"broker.id=1\nzookeeper.connect=localhost:2181\nlog.dirs={folder}/data\n")
        (folder / "case.txt").write_text("\n".join([main_of(program, release), *arguments]) + "\n")
        prepare(folder, name, release, program)
        yield folder


def main_class(folder):
    """The class of the program itself, which a release may not have yet."""
    return (folder / "case.txt").read_text().split("\n")[0].split(" ")[1]


def prepare(folder, name, release, program):
    """Directories that were formatted before, by this node or another."""
    if program == "zookeeper":
        (folder / "node.properties").write_text(f"dataDir={folder}/data\nclientPort=19481\nadmin.enableServer=false\n")
        log = folder / "data/version-2/log.1"
        log.parent.mkdir(parents=True)
        # The header of a log of transactions, or a log that a full disk left empty.
        log.write_bytes(b"ZKLG\0\0\0\2\0\0\0\0\0\0\0\0" if name == "zookeeper-no-snapshot" else b"")
    if (program == "broker" and name and name != "zookeeper-only") or name == "format-twice":
        data = folder / "data"
        data.mkdir()
        identity = "directory.id=sS0sSq3WSTebGCcgIbuC3Q\n" if number(release) >= (3, 7, 0) else ""
        node = "7" if name == "cluster-id-differs" else "1"
        (data / "meta.properties").write_text(f"version=1\nnode.id={node}\ncluster.id={CLUSTER}\n{identity}")


TOOL_TABLE = re.compile(r"Option\b.* Description$|-{5,}|(\* )?-{1,2}[a-z-]+[ ,]|\s{6,}\S|\s+(connect to|config property|to use for|consumer_prop|<)")
BEGINS = re.compile(r"ERROR|FATAL|WARN|xception|rror[: ]|[Mm]issing|Could not|[Ii]nvalid|must|not |nrecognized|nsupported")
NOISE = re.compile(r"SLF4J|Provoke|StatusLogger|\] INFO|\] DEBUG|still runs|NodeExists|Performing controller activation|ServiceLoader manifests, consider|AppInfo mbean|InstanceAlreadyExists|org.reflections|osgi|ClassNotFoundException: (io.netty|reactor|jline|javax.mail|org.jboss|org.conscrypt|org.eclipse.jetty|javax.jms|org.apache.logging.log4j.spi)|handler is not enabled for the GlobalThread|^\*+ |^\*{5,}")


def clean(text, folder):
    """The output from the first failure on, without what differs from run to run; nothing where it is none."""
    text = text.replace(str(folder), "/kafka")
    text = re.sub(r"localhost:2\d+(\d\d)", r"localhost:194\1", text)
    lines, dropped, table = [], False, 0
    for line in (line.rstrip() for line in text.splitlines()):
        is_frame = line.lstrip().startswith(("at ", "... "))
        dropped = bool(NOISE.search(line)) or (dropped and is_frame)
        # Values that a program prints when it starts, one a line, and the list of a tool's options behind its beginning.
        is_value = re.match(r"^\s+[\w.]+ =|^ \(|^$|^exit \d|^made ", line)
        table += bool(TOOL_TABLE.match(line)) and not is_frame
        if not dropped and not is_value and not (TOOL_TABLE.match(line) and not is_frame and table > 3 and "--bootstrap-server" not in line):
            lines.append(line)
    ended = re.findall(r"^exit (\d+)|^(made )", text, re.M)
    failed = any(code not in ("", "0") for code, _ in ended) or not ended
    if not failed and not any(re.search("ERROR|FATAL|WARN|xception", line) for line in lines):
        return ""
    is_log = any(line.startswith("[2") for line in lines)
    first = next((at for at, line in enumerate(lines) if BEGINS.search(line)), 0) if is_log else 0
    out, frames, own, seen = [], 0, False, False
    for line in lines[first:]:
        is_frame = line.lstrip().startswith("at ")
        frames = frames + 1 if is_frame else 0
        own = own or bool(is_frame and re.match(r"\s+at (org\.apache\.)?kafka\.", line)) if is_frame else False
        # Frames show whose failure it is: two, and the first of Kafka's own.
        if frames <= 2 or (own and not seen):
            out.append(line[:420])
        seen = own
    out = [re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}", "2026-11-29 03:12:44,117", line) for line in out]
    out = [line for at, line in enumerate(out) if at == 0 or line != out[at - 1]]
    return "\n".join(out[:LINES])


def bare(text):
    """What is compared between releases: without frames, whose lines differ."""
    return re.sub(r"\d+", "#", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("at ", "... "))))


def mixed(release, changes):
    """The class path with jars of another release: `kafka-clients=2.8.2`; `-kafka-clients` takes a jar away."""
    entries = classpath(release).split(":")
    for change in changes:
        name, _, other = change.lstrip("-").partition("=")
        same = lambda entry, at: re.fullmatch(rf"{re.escape(name)}-{re.escape(at)}\.jar", Path(entry).name)
        entries = [entry for entry in entries if not same(entry, release)]
        if other:
            entries[:0] = [entry for entry in classpath(other).split(":") if same(entry, other)]
    return ":".join(entries)


def wanted(name, only):
    return not only or any(fnmatch.fnmatch(name, one) for one in only)


def processes(release, root, only=()):
    """Runs what needs a JVM of its own, or a compiler, and gives name and output."""
    def run(name, command, folder):
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=120)
        (folder / "output.txt").write_text(f"{done.stdout}\nexit {done.returncode}\n")
        return name, (folder / "output.txt").read_text()
    for name, (since, *command) in TABLE["jvm"].items():
        if number(release) < number(since) or not wanted(name, only):
            continue
        folder = root / name
        folder.mkdir()
        yield run(name, ["java", *[part.replace("$CP", classpath(release)) for part in command]], folder)
    for name, source in TABLE["javac"].items():
        if not wanted(name, only):
            continue
        folder = root / name
        folder.mkdir()
        (folder / "Ours.java").write_text(source)
        yield run(name, ["javac", "-proc:none", "-cp", classpath(release), "Ours.java"], folder)
    for name, case in TABLE["mixed"].items():
        if number(release) < number(case["since"]) or not wanted(name, only):
            continue
        folder = root / name
        folder.mkdir()
        (folder / "config.properties").write_text(settings(case["program"], "").replace("$FOLDER", str(folder)))
        prepare(folder, name, release, case["program"])
        what = main_of(case["program"], release)
        (folder / "case.txt").write_text("\n".join([what, *(["$FOLDER/config.properties"] if what.startswith("main") else [])]) + "\n")
        log = "-Dlog4j2.configurationFile=" if number(release) >= (4, 0, 0) else "-Dlog4j.configuration=file:"
        log += str(HERE / ("log4j2.properties" if number(release) >= (4, 0, 0) else "log4j.properties"))
        subprocess.run(["java", f"-Dseconds={SECONDS}", log, "-cp", mixed(release, case["jars"]), HERE / "Provoke.java", folder],
                       stdin=subprocess.DEVNULL, timeout=120, stderr=subprocess.DEVNULL)
        yield name, (folder / "output.txt").read_text(errors="replace") if (folder / "output.txt").exists() else ""
    for name, (since, *artifact) in TABLE["maven"].items():
        if number(release) < number(since) or not wanted(name, only):
            continue
        folder = root / name
        folder.mkdir()
        group, artifact = artifact
        (folder / "pom.xml").write_text("<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>ours</artifactId>"
                                        f"<version>1</version><dependencies><dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
                                        f"<version>{release}</version></dependency></dependencies></project>")
        done, output = run(name, ["mvn", "-B", "-q", "dependency:build-classpath"], folder)
        yield done, output


def record(release, again=False, only=()):
    known = {bare(block.split("\n", 1)[1].strip()) for file in (HERE / "recorded").glob("*.txt") if file.stem != release
             for block in file.read_text().split("### ")[1:]}
    root = WORK / f"cases-{release}"
    if not again:
        run_all(release, root, only)
    file = HERE / "recorded" / f"{release}.txt"
    kept = [block.split("\n", 1) for block in file.read_text().split("### ")[1:]] if only else []
    out = {name: text.strip() for name, text in kept if not wanted(name, only)}
    known |= {bare(text) for text in out.values()}
    for folder in sorted(folder.parent for folder in root.glob("*/output.txt")):
        output = (folder / "output.txt").read_text(errors="replace")
        # A program that this release does not have yet, or no longer, is another question.
        is_there = not (folder / "case.txt").exists() or "ClassNotFoundException: " + main_class(folder) not in output
        text = clean(output, folder) if is_there else ""
        if text and bare(text) not in known:
            known.add(bare(text))
            out[folder.name] = text
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(f"### {name}\n{text}\n" for name, text in sorted(out.items())))
    print(release, len(out), "failures", flush=True)


def run_all(release, root, only=()):
    shutil.rmtree(root, ignore_errors=True)
    folders = [folder for folder in cases(release, root) if wanted(folder.name, only)]
    log = HERE / ("log4j2.properties" if number(release) >= (4, 0, 0) else "log4j.properties")
    option = "-Dlog4j2.configurationFile=" if number(release) >= (4, 0, 0) else "-Dlog4j.configuration=file:"
    left = folders
    while left:
        # A program that ends the JVM ends its own case; the next JVM goes on behind it.
        subprocess.run(["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", f"-Dseconds={SECONDS}", f"{option}{log}",
                        "-cp", classpath(release), HERE / "Provoke.java", *left], stdin=subprocess.DEVNULL, timeout=3000)
        behind = [folder for folder in left if not (folder / "output.txt").exists()]
        left = behind if len(behind) < len(left) else behind[1:]
    for _ in processes(release, root, only):
        pass


if __name__ == "__main__":
    again = "--again" in sys.argv
    only = [one for name in sys.argv if name.startswith("--only=") for one in name.removeprefix("--only=").split(",")]
    for one in [name for name in sys.argv[1:] if not name.startswith("--")] or RELEASES:
        record(one, again, only)
