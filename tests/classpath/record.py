#!/usr/bin/env python3
"""Looks for the target of every call that kafka-streams makes into kafka-clients, release by release.

record.py VERSION...: resolves both jars of each version with Maven, reads the constant pools of their classes, and
prints, for each Streams, the clients that lack something and what. `crates/catalog/data/class_path.csv` is made of it,
with the newest patch of each minor: the range of clients around Streams' own that lack nothing, and one example on each
side. Clients that lack no more than constructors of `StreamsRebalanceData` count as fitting: only applications with
`group.protocol=streams` get there. Needs Python 3 and Maven.
"""
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

OWN = "org/apache/kafka/"
SIZES = {3: 5, 4: 5, 5: 9, 6: 9, 7: 3, 8: 3, 9: 5, 10: 5, 11: 5, 12: 5, 15: 4, 16: 3, 17: 5, 18: 5, 19: 3, 20: 3}
OF_OBJECT = {"getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait", "clone", "finalize"}


def read(data):
    """The class of a class file: its name, what is above it, its members, the members and classes that it names."""
    count = struct.unpack(">H", data[8:10])[0]
    pool, at, index = {}, 10, 1
    while index < count:
        tag = data[at]
        if tag == 1:
            length = struct.unpack(">H", data[at + 1 : at + 3])[0]
            pool[index] = (tag, data[at + 3 : at + 3 + length].decode("utf8", "replace"))
            at += 3 + length
        else:
            short = data[at + 1 : at + 5]
            pool[index] = (tag, struct.unpack(">H", short[:2])[0], *struct.unpack(">H", short[2:4].ljust(2, b"\0")))
            at += SIZES[tag]
            index += tag in (5, 6)
        index += 1

    def name(index):
        return pool[pool[index][1]][1]

    _, this, above, interfaces = struct.unpack(">HHHH", data[at : at + 8])
    at += 8
    parents = [name(i) for i in struct.unpack(f">{interfaces}H", data[at : at + 2 * interfaces])]
    parents += [name(above)] if above else []
    at += 2 * interfaces
    members = set()
    for _ in "fields", "methods":
        number = struct.unpack(">H", data[at : at + 2])[0]
        at += 2
        for _ in range(number):
            _, its, descriptor, attributes = struct.unpack(">HHHH", data[at : at + 8])
            members.add((pool[its][1], pool[descriptor][1]))
            at += 8
            for _ in range(attributes):
                at += 6 + struct.unpack(">I", data[at + 2 : at + 6])[0]
    uses = set()
    for entry in list(pool.values()):
        if entry[0] in (9, 10, 11):
            what = pool[entry[2]]
            uses.add((name(entry[1]), pool[what[1]][1], pool[what[2]][1]))
    classes = {pool[entry[1]][1] for entry in pool.values() if entry[0] == 7}
    return name(this), parents, members, uses, classes


def jar(path):
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.endswith(".class") and not n.startswith("META-INF")]
        classes = [read(archive.read(n)) for n in names if not n.endswith("module-info.class")]
    return {one[0]: one for one in classes}


def has(world, owner, name, descriptor):
    if owner not in world:
        return not owner.startswith(OWN)
    _, parents, members, *_ = world[owner]
    if (name, descriptor) in members or name in OF_OBJECT:
        return True
    return any(has(world, parent, name, descriptor) for parent in parents if parent != "java/lang/Object")


def missing(streams, clients):
    world = {**clients, **streams}
    lacks = set()
    for _, _, _, uses, classes in streams.values():
        lacks |= {c for c in classes if c.startswith(OWN) and c not in world}
        known = ((c, n, d) for c, n, d in uses if c.startswith(OWN) and c in world)
        lacks |= {f"{c}.{n}" for c, n, d in known if not has(world, c, n, d)}
    return sorted(one.replace("/", ".") for one in lacks)


def main(versions):
    with tempfile.TemporaryDirectory() as folder:
        jars = {}
        for version in versions:
            for artifact in "kafka-clients", "kafka-streams":
                wanted = f"org.apache.kafka:{artifact}:{version}"
                copy = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={wanted}", f"-DoutputDirectory={folder}"]
                subprocess.run(copy, check=True)
                jars[artifact, version] = jar(os.path.join(folder, f"{artifact}-{version}.jar"))
    for streams in versions:
        for clients in versions:
            lacks = missing(jars["kafka-streams", streams], jars["kafka-clients", clients])
            if lacks:
                print(streams, clients, len(lacks), *lacks[:20])


main(sys.argv[1:])
