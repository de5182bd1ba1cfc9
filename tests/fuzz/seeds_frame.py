#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""seeds_frame.py REMORA: makes corpus/frame and corpus/dns anew: of each sample capture the shortest frame of each stack of
protocols, and of DNS over UDP every message.

Seeds with names stay: apart-* is what the unit tests of decoders take apart, found-* is what fuzzing found, the least of it that
reaches the same code."""
import pathlib
import re
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
LINKTYPES = re.search(r"linktypes\[\] = \{([^}]*)\}", (HERE / "fuzz_frame.c").read_text())[1]
LINKTYPES = [int(number) for number in LINKTYPES.split(",")]


def frames(data):
    """(link type, bytes) of the packets of a little-endian pcapng file of one section."""
    interfaces, at = [], 0
    while at + 12 <= len(data):
        kind, length = struct.unpack_from("<II", data, at)
        if kind == 1:
            interfaces.append(struct.unpack_from("<H", data, at + 8)[0])
        elif kind == 6:
            interface, _, _, cap, _ = struct.unpack_from("<5I", data, at + 8)
            yield interfaces[interface], data[at + 28:at + 28 + cap]
        at += length


def read(remora, *arguments):
    return subprocess.run([remora, "read", *arguments], check=True, stdout=subprocess.PIPE).stdout


def write(name, seeds):
    out = HERE / "corpus" / name
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("[0-9]*"):
        old.unlink()
    for number, seed in enumerate(sorted(seeds, key=lambda seed: (len(seed), seed))):
        (out / f"{number:03}").write_bytes(seed)
    print(f"{name}: {len(seeds)} seeds, {sum(map(len, seeds))} bytes")


def main():
    remora = pathlib.Path(sys.argv[1]).resolve()
    shortest, messages = {}, set()
    for capture in sorted((HERE / "../../samples/captures").resolve().glob("*.pcap*")):
        stacks = read(remora, "-T", "fields", "-e", "frame.protocols", capture).decode().splitlines()
        for (linktype, frame), stack in zip(frames(read(remora, "-F", "pcapng", "-w", "-", capture)), stacks, strict=True):
            key = capture.stem, stack
            if linktype in LINKTYPES and len(frame) <= len(shortest.get(key, (0, b"." * 2000))[1]):
                shortest[key] = linktype, frame
            if stack.endswith("ip:udp:dns"):
                messages.add(b"\0" + frame[42:])
    write("frame", {bytes([LINKTYPES.index(linktype), 0]) + frame for linktype, frame in shortest.values()})
    write("dns", messages)


main()
