"""Machines on one machine: each is a set of Linux namespaces with its own processes, addresses, host names and /var/lib,
so that a plan's commands run as they are printed, and `kafka-server-stop.sh` stops the Kafka of its machine alone.

They reach each other over a bridge that leads nowhere else. What is *not* here: Kafka. Needs root on Linux, iproute2.
"""
import atexit
import shutil
import subprocess
from pathlib import Path

# Process 1 of each machine, which takes care of processes that lost their parent.
INIT = "import os,time\nwhile True:\n try: os.wait()\n except ChildProcessError: time.sleep(0.2)"
HOME = "/mnt/kafka"
ALL = ["-n", "-m", "-u", "-p"]


def _enter(pid, *command):
    subprocess.run(["nsenter", "-t", str(pid), *ALL, *command], check=True, stdin=subprocess.DEVNULL)


def _ip(pid, *command):
    """With the process numbers of outside, by which `ip` finds the other end of a cable."""
    subprocess.run(["nsenter", "-t", str(pid), "-n", "ip", *command], check=True, stdin=subprocess.DEVNULL)


class Machine:
    """One of them. `home` is the folder in which commands run."""

    def __init__(self, network, name, number, environment):
        self.name, self.network, self.environment = name, network, environment
        self.host, self.address = f"{name}.{network.domain}", f"10.77.0.{number}"
        self.folder = network.work / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.home, self.data = self.folder / "kafka", self.folder / "var"
        for folder in (self.home, self.data):
            folder.mkdir(parents=True)
        unshare = ["unshare", *ALL, "-f", "--mount-proc", "--kill-child", "python3", "-c", INIT]
        self.holder = subprocess.Popen(unshare, stdin=subprocess.DEVNULL)
        atexit.register(self.holder.kill)
        while not (children := Path(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children").read_text().split()):
            if self.holder.poll() is not None:
                raise RuntimeError("no namespaces: root is needed")
        self.pid = int(children[0])

    def connect(self, number):
        """Puts it on the network; `number` is that of its cable."""
        switch = self.network.pid
        _ip(switch, "link", "add", f"v{number}", "type", "veth", "peer", "name", "eth0", "netns", str(self.pid))
        _ip(switch, "link", "set", f"v{number}", "master", "br0", "up")
        _ip(self.pid, "addr", "add", f"{self.address}/24", "dev", "eth0")
        _ip(self.pid, "link", "set", "eth0", "up")
        self.furnish()

    def furnish(self):
        """Its own names and data."""
        _ip(self.pid, "link", "set", "lo", "up")
        _enter(self.pid, "mount", "--bind", str(self.data), "/var/lib")
        _enter(self.pid, "mount", "-t", "tmpfs", "tmpfs", "/tmp")  # jcmd finds a process by its number there
        _enter(self.pid, "mount", "--bind", str(self.network.hosts), "/etc/hosts")
        # The same path on every machine, so that archives of Java classes fit all of them.
        _enter(self.pid, "mount", "-t", "tmpfs", "tmpfs", "/mnt")
        _enter(self.pid, "mkdir", HOME)
        _enter(self.pid, "mount", "--bind", str(self.home), HOME)
        _enter(self.pid, "hostname", self.name)

    def command(self, line, seconds):
        """How a line of a shell is run there. Variables that it sets stay for the lines behind it, on any machine."""
        kept = self.network.work / "variables"
        script = f'cd {HOME}; [ -f {kept} ] && . {kept}\n{line}\nrc=$?\nfor v in CLUSTER_ID MIN_ISR JMX_URL; do [ -n "${{!v-}}" ] && echo "$v=\'${{!v}}\'"; done >{kept}.new; [ -s {kept}.new ] && cp {kept}.new {kept}\nexit $rc'
        return ["nsenter", "-t", str(self.pid), *ALL, "timeout", "-k", "5", str(seconds), "bash", "-c", script]

    def run(self, line, seconds=240):
        """Exit code and lines; standard error with its own lines in between."""
        done = subprocess.run(self.command(line, seconds), env=self.environment, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
        return done.returncode, done.stdout.splitlines()

    def start(self, argv, log):
        """A process that runs on, with a pipe to its standard input."""
        enter = ["nsenter", "-t", str(self.pid), *ALL, f"--wd={self.home}", *argv]
        return subprocess.Popen(enter, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)


class Network(Machine):
    """The switch, which is a machine as well: clients run on it."""

    def __init__(self, work, domain, environment):
        self.work, self.domain, self.machines = work, domain, {}
        self.hosts = work / "hosts"
        work.mkdir(parents=True, exist_ok=True)
        (work / "variables").unlink(missing_ok=True)
        self.hosts.write_text("127.0.0.1 localhost\n")
        super().__init__(self, "clients", 1, environment)
        _ip(self.pid, "link", "add", "br0", "type", "bridge")
        _ip(self.pid, "link", "set", "br0", "up")
        _ip(self.pid, "addr", "add", "10.77.0.1/24", "dev", "br0")
        self.furnish()

    def add(self, name):
        """A new machine of that name."""
        number = len(self.machines) + 2
        machine = Machine(self, name, number, self.environment)
        # In place, for the file is mounted elsewhere.
        with self.hosts.open("a") as hosts:
            hosts.write(f"{machine.address} {machine.host} {machine.name}\n")
        machine.connect(number)
        self.machines[name] = machine
        return machine

    def close(self):
        """Ends every process on every machine."""
        for machine in [*self.machines.values(), self]:
            machine.holder.kill()
            machine.holder.wait()
