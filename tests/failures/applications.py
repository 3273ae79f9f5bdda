#!/usr/bin/env python3
"""Runs connectors and Streams applications that cannot go on, on a cluster that works, and records what they print.

applications.py [RELEASE...]   none: every release of RELEASES
CLASSPATHS, WORK, PORT: as for live.py.
"""
import re
import shutil
import subprocess
import sys

from live import HERE, PORT, WORK, Broker, java, write
from healthy import SERVER, run_tool

RELEASES = ["3.3.2", "3.9.2", "4.1.2", "4.3.1"]
WORKER = f"""bootstrap.servers={SERVER}
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
offset.storage.file.filename=$FOLDER/offsets
listeners=http://127.0.0.1:{PORT + 5}
"""
SOURCE = "name=source\nconnector.class=FileStreamSource\nfile=$FOLDER/from.txt\ntopic=copied\n"
SINK = "name=sink\nconnector.class=FileStreamSink\nfile=$FOLDER/to.txt\ntopics=typed\n"
CONVERTER = "value.converter=org.apache.kafka.connect.storage.StringConverter\n"
CONNECTORS = {
    "connector-absent": "name=source\nconnector.class=io.debezium.connector.mysql.MySqlConnector\n",
    "connector-no-name": SOURCE.replace("name=source\n", ""),
    "connector-no-class": "name=source\n",
    "connector-no-topic": SOURCE.replace("topic=copied\n", ""),
    "connector-transform-absent": SOURCE + "transforms=mask\ntransforms.mask.type=com.example.Mask\n",
    "connector-transform-old-key": SOURCE + "transforms=keep\ntransforms.keep.type=org.apache.kafka.connect.transforms.ReplaceField$Value\ntransforms.keep.whitelist=a\n",
    "connector-converter-absent": SOURCE + "value.converter=io.confluent.connect.avro.AvroConverter\n",
    "connector-tolerance-unknown": SOURCE + "errors.tolerance=most\n",
    "connector-two-subscriptions": SINK + "topics.regex=t.*\n",
    "connector-topics-none": SINK.replace("topics=typed\n", ""),
    "connector-not-json": SINK,
    "connector-file-absent": SOURCE.replace("$FOLDER/from.txt", "/nowhere/from.txt"),
    "connector-topic-absent": SINK.replace("typed", "nowhere") + CONVERTER,
    "connector-transform-fails": SINK + CONVERTER + "transforms=at\ntransforms.at.type=org.apache.kafka.connect.transforms.InsertField$Value\ntransforms.at.static.field=a\ntransforms.at.static.value=b\n",
    "connector-tasks-zero": SOURCE + "tasks.max=0\n",
    "connector-exactly-once": SOURCE + "exactly.once.support=required\n",
}


def plain(text, root):
    """Without what differs from run to run."""
    text = text.replace(str(root), "/kafka")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "6f1c3a90-2b7d-4e55-9c1e-8a40d2f7b613", text)


def connector(release, folder, text):
    """A worker with one connector, until it ends or for a while."""
    folder.mkdir()
    (folder / "from.txt").write_text("one\n")
    for name, content in (("worker", WORKER), ("connector", text)):
        (folder / f"{name}.properties").write_text(content.replace("$FOLDER", str(folder)))
    command = java(release, "org.apache.kafka.connect.cli.ConnectStandalone", folder / "worker.properties", folder / "connector.properties")
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            process.wait(25)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait(60)
    return (folder / "log.txt").read_text(errors="replace")


def record(release):
    root = WORK / f"applications-{release}"
    shutil.rmtree(root, ignore_errors=True)
    found = []
    broker = Broker(release, root / "broker", {})
    try:
        assert broker.wait(), broker.log.read_text()[-3000:]
        for topic in ("typed", "copied"):
            run_tool("topics", release, "--create", "--topic", topic)
        run_tool("console-producer", release, "--topic", "typed", given="one\n")
        done = subprocess.run(java(release, HERE / "AskStreams.java", SERVER, root / "state"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", timeout=600)
        for block in done.stdout.split("### ")[1:]:
            name, text = block.split("\n", 1)
            if "answered" not in text.split("\n")[-3:]:
                found.append((name, plain(text, root)))
        write(release, root, found, "applications")
        for name, text in CONNECTORS.items():
            found.append((name, plain(connector(release, root / name, text), root / name)))
            write(release, root, found, "applications")
    finally:
        broker.stop()


if __name__ == "__main__":
    for one in sys.argv[1:] or RELEASES:
        record(one)
