"""A cluster as it is described: its files, its machines, its releases. What is *not* here: the plan."""
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = Path(os.environ.get("WORK", HERE.parents[1] / "target" / "rehearsals")).resolve()
DOMAIN = "kafka.example.com"
BROKERS = [f"broker{number}" for number in (1, 2, 3)]
CONTROLLERS = [f"controller{number}" for number in (1, 2, 3)]
ZOOKEEPERS = [f"zookeeper{number}" for number in (1, 2, 3)]
JAVA = {"KAFKA_HEAP_OPTS": "-Xmx320m", "KAFKA_JVM_PERFORMANCE_OPTS": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 " + os.environ.get("JVM_OPTS", ""), "KAFKA_GC_LOG_OPTS": " "}
POM = """<project><modelVersion>4.0.0</modelVersion><groupId>c</groupId><artifactId>c</artifactId><version>1</version><dependencies>
{}</dependencies></project>"""
DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>\n"
TLS = "/var/lib/kafka-tls"


def number(release):
    return tuple(int(part) for part in release.split("."))


def libs(release, whole=True):
    """Folder with the jars of a release, brought by Maven, and with the logging that its archive has. Not `whole`: of
    its clients alone."""
    folder = WORK / "libs" / (release if whole else f"{release}-clients")
    if folder.exists():
        return folder
    at = number(release)
    wanted = [("org.apache.kafka", "kafka_2.13" if whole else "kafka-clients", release)]
    if whole and at >= (3, 3):
        wanted.append(("org.apache.kafka", "kafka-tools", release))
    if at < (3, 2):
        wanted.append(("org.slf4j", "slf4j-log4j12", "1.7.30"))
    elif at < (4, 0):
        wanted.append(("org.slf4j", "slf4j-reload4j", "1.7.36"))
    else:
        wanted += [("org.apache.logging.log4j", "log4j-slf4j-impl", "2.24.3"), ("org.apache.logging.log4j", "log4j-core", "2.24.3"),
                   ("com.fasterxml.jackson.dataformat", "jackson-dataformat-yaml", "2.16.2")]
    pom = WORK / f"pom-{folder.name}"
    pom.mkdir(parents=True, exist_ok=True)
    (pom / "pom.xml").write_text(POM.format("".join(DEPENDENCY.format(*one) for one in wanted)))
    copy = ["mvn", "-q", "-B", "-f", pom / "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={folder}", "-DincludeScope=runtime"]
    subprocess.run(copy, check=True, stdout=subprocess.DEVNULL)
    return folder


def laid(release):
    """Folder for `libs` of a node: one jar that names all of the release. Kafka's scripts look at each jar with a process
    of its own, at each start of a tool, which is most of the time where processors are busy."""
    folder, jars = WORK / "laid" / release, libs(release)
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".jars").symlink_to(jars)
        line = "Class-Path: " + " ".join(f".jars/{jar.name}" for jar in sorted(jars.glob("*.jar")))
        lines = [line[:70], *(" " + line[at:at + 69] for at in range(70, len(line), 69))]
        with zipfile.ZipFile(folder / "all.jar", "w") as jar:
            jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n" + "\r\n".join(lines) + "\r\n\r\n")
    return folder


def scripts(release):
    """Folder with `bin` and `config` of a release, and where they are from: the first clone of KAFKA_REPOS that has its
    tag, else the first with the branch of its minor."""
    folder = WORK / "scripts" / release
    if not folder.exists():
        names = [release, release.rsplit(".", 1)[0]]
        clones = [Path(one) for one in os.environ["KAFKA_REPOS"].split(":")]
        found = next(((clone, name) for name in names for clone in clones if _has(clone, name)), None)
        if not found:
            raise RuntimeError(f"no clone has the scripts of {release}")
        folder.mkdir(parents=True)
        clone, name = found
        archive = subprocess.run(["git", "-C", clone, "archive", name, "bin", "config"], check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "x", "-C", folder], input=archive, check=True)
        (folder / "from").write_text(f"{clone.parent.name} {name}")
    return folder, (folder / "from").read_text()


def _has(clone, name):
    kind = "tags" if name.count(".") == 2 else "heads"
    show = ["git", "-C", clone, "cat-file", "-e", f"refs/{kind}/{name}:bin/kafka-features.sh"]
    return subprocess.run(show, stderr=subprocess.DEVNULL).returncode == 0


def texts(layout, security, controllers=CONTROLLERS, zookeepers=ZOOKEEPERS[:1]):
    """The files as a reader has them: path and text. The tests put them together in the same way."""
    names = json.loads((HERE / "clusters" / "names.json").read_text())
    values = names[layout] | names[security]
    kraft = layout != "zookeeper"
    if kraft:
        key, _, all_of_them = values["QUORUM"].partition("=")
        values["QUORUM"] = f"{key}={','.join(all_of_them.split(',')[:len(controllers)])}"
    nodes = [*(controllers if kraft else []), *BROKERS]
    found = {}
    for node in nodes:
        role = "controller" if node.startswith("controller") else "server"
        folder = HERE / "clusters"
        parts = [folder / ("kraft" if kraft else "zookeeper") / f"{role}.properties", folder / security / f"{role}.properties"]
        parts.append(folder / security / ("kraft.properties" if kraft else "zookeeper.properties"))
        text = "".join(part.read_text() for part in parts if part.exists())
        for name, value in [*values.items(), ("ID", node[-1])]:
            text = text.replace(f"@{name}@", value)
        text = re.sub(r"^(zookeeper\.connect=)[\w.]+(:\d+)", lambda one: one[1] + ",".join(f"{name}.{DOMAIN}{one[2]}" for name in zookeepers), text, flags=re.M)
        found[f"{node}/{role}.properties"] = text
    return found


def check(files, source, target, mode, extra=()):
    """The report about files that are given as path and text."""
    folder = WORK / "files"
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    command = [os.environ["CHECK"], "check", "--format", "json", "--fail-on", "never", "--with-secrets", "--from", source, "--to", target, "--mode", mode, *extra, "."]
    return json.loads(subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True).stdout)


class Cluster:
    """The machines with what is installed on them, and who they are."""

    def __init__(self, network, layout, security, controllers=CONTROLLERS, ghost=None, zookeepers=ZOOKEEPERS[:1]):
        self.network, self.layout, self.security, self.ghost = network, layout, security, ghost
        self.kraft = layout != "zookeeper"
        self.release, self.origin, self.logs = {}, {}, {}
        self.controllers = list(controllers) if self.kraft else []
        self.brokers = list(BROKERS)
        self.zookeepers = [] if self.kraft else list(zookeepers)
        self.sources = texts(layout, security, controllers, zookeepers)
        for name in self.zookeepers + (self.controllers or CONTROLLERS) + BROKERS + ([ghost] if ghost else []):
            network.add(name)
        self.log = (WORK / "log.txt").open("w")
        if security == "tls":
            self.certify()

    def machine(self, name):
        return self.network.machines[name]

    def say(self, line):
        print(f"{time.strftime('%H:%M:%S')} {line}", file=self.log, flush=True)

    def run(self, name, line, seconds=240):
        """Runs a line on a machine and keeps what it printed in the log."""
        began = time.monotonic()
        code, lines = self.machine(name).run(line, seconds)
        shown = "".join(f"\n    {one}" for one in lines[:400])
        self.say(f"[{name}] $ {line}{shown}\n    = {code}, {time.monotonic() - began:.1f} s")
        return code, lines

    def must(self, name, line, seconds=240):
        code, lines = self.run(name, line, seconds)
        if code:
            raise RuntimeError(f"{name}: {line}: {lines[-3:]}")
        return lines

    def install(self, name, release):
        """Puts a release in place; the node's own files stay."""
        home = self.machine(name).home
        kept, self.origin[release] = scripts(release)
        for folder in ("bin", "libs"):
            shutil.rmtree(home / folder, ignore_errors=True) if not (home / folder).is_symlink() else (home / folder).unlink()
        shutil.copytree(kept / "bin", home / "bin")
        (home / "libs").symlink_to(laid(release))
        (home / "shared").unlink(missing_ok=True)
        (home / "shared").symlink_to(WORK / "shared" / release)
        (home / "config").mkdir(exist_ok=True)
        for one in (kept / "config").glob("*log4j*"):
            shutil.copy(one, home / "config")
        self.release[name] = release
        folder = HERE / "clusters" / self.security
        for one in ("admin", "controller-admin", "client", "zookeeper-tls"):
            source = folder / f"{one}.properties"
            source = source if source.exists() or one == "zookeeper-tls" else folder / "admin.properties"
            text = source.read_text() if source.exists() else ""
            password = "controller-secret" if self.kraft else "CHANGE-THIS-PASSWORD"
            (home / "config" / f"{one}.properties").write_text(text.replace("@PASSWORD@", password))

    def put(self, name, path, text):
        """A file at its place on a machine."""
        (self.machine(name).home / path).write_text(text)

    def certify(self):
        """An authority, and a certificate for each machine."""
        tls = WORK / "tls"
        shutil.rmtree(tls, ignore_errors=True)
        tls.mkdir()
        run = lambda line: subprocess.run(line, shell=True, cwd=tls, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run("openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=authority -keyout ca.key -out ca.crt")
        run("keytool -importcert -noprompt -alias authority -file ca.crt -keystore trust.p12 -storetype PKCS12 -storepass changeit")
        for name in [*self.network.machines, "clients"]:
            host = f"{name}.{DOMAIN}"
            run(f"openssl req -newkey rsa:2048 -nodes -subj /CN={host} -keyout {name}.key -out {name}.csr")
            (tls / "names").write_text(f"subjectAltName=DNS:{host}")
            run(f"openssl x509 -req -in {name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile names -out {name}.crt")
            run(f"openssl pkcs12 -export -in {name}.crt -inkey {name}.key -certfile ca.crt -name node -passout pass:changeit -out {name}.p12")
            machine = self.network.machines.get(name, self.network)
            kept = machine.data / Path(TLS).name
            kept.mkdir(exist_ok=True)
            shutil.copy(tls / f"{name}.p12", kept / "node.p12")
            shutil.copy(tls / "trust.p12", kept / "trust.p12")

    def begin(self, release):
        """From nothing to a cluster of that release with its users."""
        for name in self.network.machines:
            if self.kraft or not name.startswith("controller"):
                self.install(name, release)
        for path, text in self.sources.items():
            node, file = path.split("/")
            self.put(node, f"config/{file}", text)
        if self.kraft:
            self.format(release)
            for node in self.controllers:
                self.must(node, "bin/kafka-server-start.sh -daemon config/controller.properties")
        else:
            self.begin_zookeeper()
            address = re.search(r"^zookeeper\.connect=([^/\s]+)", self.sources["broker1/server.properties"], re.M)[1]
            shell = f"bin/zookeeper-shell.sh {address}" + (" -zk-tls-config-file config/zookeeper-tls.properties" if self.security == "tls" else "")
            self.must("zookeeper1", f"until {shell} ls / | grep -q zookeeper; do sleep 1; done; {shell} create /kafka ''")
            if self.security == "scram":
                user = "bin/kafka-configs.sh --zookeeper zookeeper1:2181/kafka --alter --entity-type users --entity-name {0} --add-config 'SCRAM-SHA-512=[password={0}-secret]'"
                self.must("broker1", user.format("admin"))
        for node in self.brokers:
            self.must(node, "bin/kafka-server-start.sh -daemon config/server.properties")
        self.must("broker1", f"until {self.tool('kafka-broker-api-versions.sh')} 2>/dev/null | grep -c 'id:' | grep -qx 3; do sleep 1; done")
        if self.security == "scram":
            self.must("broker1", f"{self.tool('kafka-configs.sh')} --alter --entity-type users --entity-name app --add-config 'SCRAM-SHA-512=[password=app-secret]'")
            for what in ("--operation All --topic '*'", "--operation All --group '*'", "--operation All --transactional-id '*'", "--operation IdempotentWrite --cluster"):
                self.must("broker1", f"{self.tool('kafka-acls.sh')} --add --allow-principal User:app {what}")

    def begin_zookeeper(self):
        parts = [HERE / "clusters" / "zookeeper" / "zookeeper.properties", HERE / "clusters" / self.security / "zookeeper-server.properties"]
        text = "".join(part.read_text() for part in parts if part.exists())
        if len(self.zookeepers) > 1:
            text += "".join(["initLimit=30\nsyncLimit=15\n", *(f"server.{node[-1]}={node}.{DOMAIN}:2888:3888\n" for node in self.zookeepers)])
        for node in self.zookeepers:
            self.put(node, "config/zookeeper.properties", text)
            folder = self.machine(node).data / "zookeeper"
            folder.mkdir()
            (folder / "myid").write_text(node[-1])
            self.must(node, "bin/zookeeper-server-start.sh -daemon config/zookeeper.properties")

    def show_ghost(self, release):
        """A controller that the others do not know as a voter registers, and is gone for good."""
        node = self.ghost
        self.install(node, release)
        self.put(node, "config/controller.properties", self.ghost_file(self.sources["controller1/controller.properties"]))
        dynamic = " --no-initial-controllers" if self.layout == "dynamic" else ""
        self.must(node, f"rm -rf /var/lib/kafka/* logs; bin/kafka-storage.sh format --cluster-id MkU3OEVBNTcwNTJENDM2Qg{dynamic} --config config/controller.properties")
        self.must(node, "bin/kafka-server-start.sh -daemon config/controller.properties")
        self.must(node, "until grep -qs 'acknowledged ControllerRegistrationRequest' logs/*.log; do sleep 1; done")
        self.must(node, "bin/kafka-server-stop.sh; while pgrep -f 'kafka\\.Kafka ' >/dev/null; do sleep 1; done; rm -rf /var/lib/kafka/*")

    def ghost_file(self, source):
        """The file of the first controller with number and address of the one that is gone."""
        number = f"10{self.ghost[-1]}"
        source = re.sub(r"^node\.id=.*$", f"node.id={number}", source, flags=re.M)
        # A controller of a static quorum has to stand among its own voters.
        source = re.sub(r"^(controller\.quorum\.voters=.*)$", rf"\1,{number}@{self.ghost}.{DOMAIN}:9093", source, flags=re.M)
        return re.sub(r"^listeners=.*$", f"listeners=CONTROLLER://{self.ghost}.{DOMAIN}:9093", source, flags=re.M)

    def format(self, release):
        users = " --add-scram 'SCRAM-SHA-512=[name=admin,password=admin-secret]'" if self.security == "scram" else ""
        cluster = "--cluster-id MkU3OEVBNTcwNTJENDM2Qg"
        voters, others = "", ""
        if self.layout == "dynamic":
            ids = self.must("controller1", "for i in 1 2 3; do bin/kafka-storage.sh random-uuid 2>/dev/null; done")
            hosts = zip(self.controllers, [one for one in ids if re.fullmatch(r"[\w-]{22}", one)])
            voters = " --initial-controllers " + ",".join(f"10{node[-1]}@{node}.{DOMAIN}:9093:{one}" for node, one in hosts)
            others = " --no-initial-controllers"
        for node in self.controllers:
            self.must(node, f"bin/kafka-storage.sh format {cluster} --config config/controller.properties{voters}{users}")
        for node in self.brokers:
            self.must(node, f"bin/kafka-storage.sh format {cluster} --config config/server.properties{others}{users}")

    def tool(self, name):
        """A tool of Kafka's that asks the brokers."""
        servers = ",".join(f"{node}.{DOMAIN}:9092" for node in self.brokers)
        secured = " --command-config config/admin.properties" if self.security != "plain" else ""
        return f"bin/{name} --bootstrap-server {servers}{secured}"

    # What a step changes.

    kraft_brokers = False

    def number(self, node):
        """`node.id`, or `broker.id`, by the file that it has now."""
        path = "config/controller.properties" if node.startswith("controller") else "config/server.properties"
        text = self.text(node, path)
        found = re.search(r"^(?:node|broker)\.id=(\d+)", text, re.M)
        return int(found[1]) if found else self.drafted.get(node, -1)

    def text(self, node, path):
        file = self.machine(node).home / path
        return file.read_text() if file.exists() else ""

    def files(self):
        """The files of all nodes as they are now."""
        paths = [*((node, "controller.properties") for node in self.controllers), *((node, "server.properties") for node in self.brokers)]
        return {f"{node}/{file}": self.text(node, f"config/{file}") for node, file in paths}

    def fitted(self, text):
        """A draft for this machine, on which several nodes share a processor and elections take long."""
        slow = "controller.quorum.fetch.timeout.ms=20000\ncontroller.quorum.election.timeout.ms=5000\nbroker.session.timeout.ms=30000\n"
        return text + slow

    def logged(self, node):
        """What a node logged since it was stopped last."""
        found = []
        for name in ("server.log", "controller.log"):
            file = self.machine(node).home / "logs" / name
            if file.exists():
                text, mark = file.read_text(errors="replace"), self.logs.get((node, name), 0)
                # A log that was put aside in the meantime begins anew.
                found += text[mark if mark <= len(text) else 0:].splitlines()
        return found

    def restarted(self, node, runs):
        if not runs:
            for name in ("server.log", "controller.log"):
                file = self.machine(node).home / "logs" / name
                self.logs[node, name] = len(file.read_text(errors="replace")) if file.exists() else 0
        if node.startswith("broker") and runs:
            self.kraft_brokers = "process.roles" in self.text(node, "config/server.properties") or self.kraft_brokers

    def pause(self, seconds):
        """Between two looks at the same thing."""
        time.sleep(seconds)
