#!/usr/bin/env python3
"""Records the names that platforms publish of themselves, for `platforms.rs` to hold plans against.

    python3 -m venv env && env/bin/pip install botocore pyyaml
    git clone --depth 1 https://github.com/strimzi/strimzi-kafka-operator
    git clone --depth 1 https://github.com/compose-spec/compose-spec
    env/bin/python record.py strimzi-kafka-operator compose-spec

Writes `msk.txt` (commands of `aws kafka`, their options, values of enumerations and members of what they return, from
botocore's model of the service) and `strimzi.txt` (paths of fields of the resources in the operator's own custom
resource definitions, with the values of those that are enumerations), and `compose.txt` (what a Compose file and its services
may have, from the schema of the Compose specification). Needs the network; the tests do not.
"""
import gzip
import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import botocore
import yaml

HERE = Path(__file__).resolve().parent
RESOURCES = ("kafkas", "kafkanodepools", "kafkaconnects", "kafkamirrormaker2s")
# Deeper ones are Kubernetes' own.
DEPTH = 5


def dashed(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def msk():
    folder = Path(os.path.dirname(botocore.__file__)) / "data" / "kafka"
    model = sorted(folder.glob("*/service-2.json*"))[-1]
    text = gzip.decompress(model.read_bytes()) if model.suffix == ".gz" else model.read_bytes()
    service = json.loads(text)
    shapes = service["shapes"]
    yield f"# botocore {importlib.metadata.version('botocore')}, kafka {model.parent.name}"
    for name, operation in sorted(service["operations"].items()):
        members = shapes[operation["input"]["shape"]].get("members", {}) if "input" in operation else {}
        # The command turns V2 at the end into -v2.
        yield f"command {dashed(name.removesuffix('V2'))}{'-v2' if name.endswith('V2') else ''}"
        yield from (f"option {dashed(name.removesuffix('V2'))}{'-v2' if name.endswith('V2') else ''} --{dashed(one)}" for one in sorted(members))
    for name, shape in sorted(shapes.items()):
        yield from (f"value {one}" for one in sorted(shape.get("enum", [])))
        yield from (f"member {one}" for one in sorted(shape.get("members", {})))


def strimzi(folder):
    for file in sorted((folder / "packaging" / "install" / "cluster-operator").glob("*Crd*.yaml")):
        crd = yaml.safe_load(file.read_text(encoding="utf-8"))
        if crd["spec"]["names"]["plural"] not in RESOURCES:
            continue
        kind = crd["spec"]["names"]["kind"]
        for version in crd["spec"]["versions"]:
            yield from fields(f"{kind}", version["schema"]["openAPIV3Schema"], 0)


def fields(path, schema, depth):
    schema = schema.get("items", schema)
    yield from (f"{path} = {one}" for one in schema.get("enum", []))
    if depth < DEPTH:
        for name, inner in sorted(schema.get("properties", {}).items()):
            yield f"{path}.{name}"
            yield from fields(f"{path}.{name}", inner, depth + 1)


def compose(folder):
    schema = json.loads((folder / "schema" / "compose-spec.json").read_text(encoding="utf-8"))
    yield f"# {schema['$id']} of {subprocess.check_output(['git', '-C', folder, 'log', '-1', '--format=%h, %cs'], text=True).strip()}"
    yield from (f"top {name}" for name in sorted(schema["properties"]))
    for name, field in sorted(schema["definitions"]["service"]["properties"].items()):
        yield f"service {name}"
        yield from (f"service {name} = {one}" for one in field.get("enum", []))


def write(name, lines):
    kept = dict.fromkeys(lines)
    (HERE / name).write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write("msk.txt", msk())
    write("strimzi.txt", strimzi(Path(sys.argv[1])))
    write("compose.txt", compose(Path(sys.argv[2])))
