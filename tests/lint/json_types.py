#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""json_types.py REMORA: what JSON says of a key is of the type that `remora fields` lists for it, in every sample capture."""

import json
import pathlib
import subprocess
import sys

CAPTURES = pathlib.Path(__file__).resolve().parents[2] / "samples" / "captures"
NUMBER, WORDS = (int, float), (str,)
TYPES = {
    "unsigned": NUMBER,
    "signed": NUMBER,
    "duration": NUMBER,
    "fraction": NUMBER,
    "boolean": (bool,),
    "mark": (bool,),
    "time": WORDS + (type(None),),
}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()


def is_right(kind, value):
    if kind == "unsigned" and isinstance(value, str):
        return int(value, 0) >= 1 << 53  # more than a double holds
    wanted = TYPES.get(kind, WORDS)
    return isinstance(value, wanted) and (not isinstance(value, bool) or bool in wanted)


def main():
    remora = sys.argv[1]
    kinds = {key: kind for key, _, kind in (line.split()[:3] for line in output(remora, "fields").splitlines())}
    wrong, seen = {}, 0
    for capture in sorted(CAPTURES.glob("*.pcap*")):
        for line in output(remora, "read", "-T", "ndjson", capture).splitlines():
            for layer in json.loads(line)["layers"]:
                for key, value in layer["fields"].items():
                    for one in value if isinstance(value, list) else [value]:
                        seen += 1
                        if not is_right(kinds[key], one):
                            wrong[key] = f"{key}: {kinds[key]}, but {one!r} in {capture.name}"
    print(*wrong.values(), f"{seen} values, {len(wrong)} keys of another type", sep="\n")
    return int(bool(wrong) or seen == 0)


sys.exit(main())
