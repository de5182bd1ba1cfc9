#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Compares the capture file reader with tshark: each packet's number, time, lengths, interface, section, comments.

usage: files.py FILEDUMP [--copy FILECOPY] [--variants N] [FOLDER or FILE...]

FILEDUMP is the built tests/tools/filedump, FILECOPY its neighbour: with it, tshark is also asked whether a copy that went
through the reader and the writer has the same packets. Without folders it takes samples/captures and ../shared/captures, if they
are there. Of each file up to 64 kB, N variants are compared too: cut somewhere, a few bytes changed, packed by gzip.
tshark saying nothing about a file that it stops reading, as it does for some cut ones, is no disagreement; another
number of packets always is.
"""

import argparse
import gzip
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FIELDS = ["number", "time_epoch", "len", "cap_len", "interface_id", "section_number", "comment"]
SMALL = 65536


def tshark(path):
    """Rows of fields; None for a pcap file of a link type that tshark refuses."""
    command = ["tshark", "-n", "-r", path, "-T", "fields", "-E", "aggregator=,", "-E", "occurrence=a"]
    for field in FIELDS:
        command += ["-e", "frame." + field]
    run = subprocess.run(command, capture_output=True, timeout=600)
    if b"(pcap: network type " in run.stderr:
        return None
    return [line.split(b"\t") for line in run.stdout.split(b"\n")[:-1]]


def plain_comment(text):
    """A comment as filedump prints it, in the characters tshark leaves of it."""
    text = re.sub(rb"\\x(..)", lambda m: bytes([int(m.group(1), 16)]), text)
    return text.decode("utf-8", "replace")


def tshark_comment(text):
    escapes = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"\\": b"\\", b"a": b"\a", b"b": b"\b", b"f": b"\f",
               b"v": b"\v"}
    text = re.sub(rb"\\(.)", lambda m: escapes.get(m.group(1), m.group(0)), text)
    return text.decode("utf-8", "replace")


def ours(filedump, path):
    run = subprocess.run([filedump, path], capture_output=True, timeout=600)
    if run.returncode not in (0, 2, 3):
        sys.exit(f"{path}: filedump ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    rows = []
    for line in run.stdout.split(b"\n")[:-1]:
        number, time, length, cap_len, interface, section, _name, comments = line.split(b"\t")[:8]
        rows.append([number, time, length, cap_len, interface, section, comments])
    return rows, run.returncode, run.stderr.decode(errors="replace").strip()


def is_capture(path):
    """tshark also reads text, pictures and other captures, and takes a cut first block for one of these."""
    data = open(path, "rb").read(SMALL)
    if data[:2] == b"\x1f\x8b":
        return len(data) > 256
    pcap = ("d4c3b2a1", "a1b2c3d4", "4d3cb2a1", "a1b23c4d", "34cdb2a1", "a1b2cd34")
    if data[:4] in [bytes.fromhex(m) for m in pcap]:
        return True
    order = {b"\x4d\x3c\x2b\x1a": "little", b"\x1a\x2b\x3c\x4d": "big"}.get(data[8:12])
    return data[:4] == b"\n\r\r\n" and order and int.from_bytes(data[4:8], order) <= len(data)


def same(a, b):
    if a[:6] != b[:6]:
        return False
    return plain_comment(a[6]) == tshark_comment(b[6])


def compare(filedump, path, name):
    """True when they agree."""
    if not is_capture(path):
        return True
    mine, code, error = ours(filedump, path)
    theirs = tshark(path)
    if theirs is None:
        return True
    if len(mine) != len(theirs):
        print(f"{name}: {len(mine)} packets, tshark has {len(theirs)} ({error or 'no error'}, exit {code})")
        return False
    for a, b in zip(mine, theirs):
        if not same(a, b):
            print(f"{name}: {b'|'.join(a).decode(errors='replace')}")
            print(f"{' ' * len(name)}  {b'|'.join(b).decode(errors='replace')} says tshark")
            return False
    return True


def packets_only(rows):
    """Without what differs by intent: local custom blocks stay behind, fractions beyond a second are carried over."""
    return [row[1:] for row in rows if row[4] and len(row[1].partition(b".")[2]) <= 9]


def compare_copy(filedump, filecopy, path, name, scratch):
    """True when a pcapng copy of the file has the packets of the file, for us and, if it was pcapng, for tshark."""
    copy = os.path.join(scratch, "copy.pcapng")
    run = subprocess.run([filecopy, path, copy], capture_output=True, timeout=600)
    if run.returncode != 0:
        print(f"{name}: copying it: {run.stderr.decode(errors='replace').strip()}")
        return False
    before, after = ours(filedump, path)[0], ours(filedump, copy)[0]
    if before and before[0][5]:
        before, after = packets_only(before), packets_only(after)
        tsharks = packets_only(tshark(path)), packets_only(tshark(copy))
    else:
        # pcap has no interfaces and no sections, its copy has one of each
        before = [row[2:4] for row in before]
        after = [row[2:4] for row in after]
        tsharks = (), ()
    if before != after or tsharks[0] != tsharks[1]:
        print(f"{name}: its copy has other packets")
        return False
    return True


def variants(data, count, random):
    for i in range(count):
        changed = bytearray(data)
        kind = i % 3
        if kind == 0:
            del changed[random.randrange(len(changed)):]
        elif kind == 1:
            for _ in range(random.choice((1, 1, 2, 4))):
                changed[random.randrange(len(changed))] = random.choice((0, 0xff, random.randrange(256)))
        else:
            changed = bytearray(gzip.compress(bytes(changed), mtime=0))
            if random.random() < 0.5:
                del changed[random.randrange(len(changed)):]
        yield ("cut", "changed", "packed")[kind], bytes(changed)


def files(places):
    for place in places:
        if os.path.isfile(place):
            yield place
        for folder, _, names in sorted(os.walk(place)):
            for name in sorted(names):
                path = os.path.join(folder, name)
                if re.search(r"\.(pcap|pcapng|cap)(\.gz|\.zst)?$", name) and os.path.getsize(path) < 64 << 20:
                    yield path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("filedump")
    parser.add_argument("--copy")
    parser.add_argument("--variants", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("places", nargs="*")
    options = parser.parse_intermixed_args()
    places = options.places or [os.path.join(ROOT, "samples", "captures"),
                                os.path.join(ROOT, "..", "shared", "captures")]
    for place in places:
        if not os.path.exists(place):
            print(f"{os.path.relpath(place)} is not there: nothing compared in it")
    checked = bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in files(places):
            name = os.path.basename(path)
            checked += 1
            bad += not compare(options.filedump, path, name)
            if options.copy:
                bad += not compare_copy(options.filedump, options.copy, path, name, scratch)
            data = open(path, "rb").read(SMALL + 1)
            if not data or len(data) > SMALL:
                continue
            for i, (kind, changed) in enumerate(variants(data, options.variants,
                                                         random.Random(f"{options.seed} {name}"))):
                variant = os.path.join(scratch, "variant")
                with open(variant, "wb") as f:
                    f.write(changed)
                checked += 1
                if not compare(options.filedump, variant, f"{name}, {kind} {i}"):
                    bad += 1
                    keep = os.environ.get("KEEP")
                    if keep:
                        os.replace(variant, os.path.join(keep, f"{name}.{kind}.{i}"))
    print(f"{checked} files compared with tshark, {bad} differ")
    return bad != 0


sys.exit(main())
