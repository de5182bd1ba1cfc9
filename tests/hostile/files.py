#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""What remora makes of files that are damaged, are none, or cannot be, and of arguments that make no sense.

Each time: the exit code that README promises, the rows in front of the damage, one line about it that names the file (and the
offset, where there is one), no sanitizer's report, bounded memory, and an end.
"""

import argparse
import gzip
import os
import re
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOOD, USAGE, CANNOT, DAMAGED = 0, 1, 2, 3
FRAME = bytes(12) + b"\x88\xb5" + bytes(46)


# ---- captures ----

def pcap(*records, order="<", magic=0xa1b2c3d4, snaplen=65535, linktype=1):
    return struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snaplen, linktype) + b"".join(records)


def record(data=FRAME, cap=None, wire=None, fraction=0):
    cap = len(data) if cap is None else cap
    return struct.pack("<IIII", 1, fraction, cap, cap if wire is None else wire) + data


def block(kind, body, length=None, trailer=None):
    body += bytes(-len(body) % 4)
    length = 12 + len(body) if length is None else length
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length if trailer is None else trailer)


def option(code, value=b"", length=None):
    return struct.pack("<HH", code, len(value) if length is None else length) + value + bytes(-len(value) % 4)


def section(options=b"", length=-1, version=1):
    return block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, version, 0, length) + options)


def interface(options=b"", snaplen=0, linktype=1):
    return block(1, struct.pack("<HHI", linktype, 0, snaplen) + options)


def packet(options=b"", data=FRAME, number=0, cap=None, wire=None, time=1):
    cap = len(data) if cap is None else cap
    head = struct.pack("<IIIII", number, time >> 32, time & 0xffffffff, cap, cap if wire is None else wire)
    return block(6, head + data + bytes(-len(data) % 4) + options)


def simple(data=FRAME):
    return block(3, struct.pack("<I", len(data)) + data)


START = section() + interface()
TWO = START + packet() + packet()
END = option(0)


def damaged_files():
    """(name, bytes, packets in front of the damage, exit code)."""
    yield "empty", b"", 0, CANNOT
    for n in range(1, 24):
        yield f"pcap cut to {n}", pcap()[:n], 0, None
    for n in range(1, 28):
        yield f"pcapng cut to {n}", section()[:n], 0, None
    yield "a pcap of nothing", pcap(), 0, GOOD
    yield "a pcapng of nothing", section(), 0, GOOD
    yield "record head cut", pcap(record(), record()[:9]), 1, DAMAGED
    yield "record cut", pcap(record(), record()[:40]), 1, DAMAGED
    yield "huge record", pcap(record(), record(cap=0xffffffff)), 1, DAMAGED
    yield "cap > snaplen", pcap(record(), snaplen=10), 1, GOOD
    yield "cap > len", pcap(record(wire=10), record()), 2, GOOD
    yield "microseconds of a second or more", pcap(record(fraction=0xffffffff), record()), 2, GOOD
    yield "no such link type", pcap(record(), linktype=65000), 1, GOOD
    yield "big-endian", pcap(order=">") + struct.pack(">IIII", 1, 0, 60, 60) + FRAME, 1, GOOD
    for length in (0, 4, 8, 11, 13, 0x7fffffff, 0xfffffffc, 0xffffffff):
        yield f"block of length {length}", TWO + block(6, bytes(40), length=length), 2, DAMAGED
    yield "block whose lengths differ", TWO + block(6, packet()[8:-4], trailer=400), None, DAMAGED
    yield "block cut", TWO + packet()[:30], 2, DAMAGED
    yield "block cut at its trailer", TWO + packet()[:-2], None, DAMAGED
    yield "packet without interface", section() + packet(), 0, DAMAGED
    yield "simple packet without interface", section() + simple(), 0, DAMAGED
    yield "packet of interface 7", TWO + packet(number=7), 2, DAMAGED
    yield "packet longer than its block", TWO + packet(cap=5000), 2, DAMAGED
    yield "packet captured longer than it was", TWO + packet(wire=3), None, None
    yield "packet longer than snaplen", section() + interface(snaplen=4) + packet(), None, None
    for code, name in ((1, "comment"), (2, "flags"), (9, "interface's resolution")):
        for length in (0, 1, 3, 5, 4000, 0xffff):
            bad = option(code, b"\x06\x00\x00\x00", length=length)
            if code == 9:
                yield f"{name} of {length} bytes", section() + interface(bad) + packet(), None, None
            else:
                yield f"{name} of {length} bytes", TWO + packet(bad), None, None
    yield "options without an end", TWO + packet(option(1, b"good")), 3, GOOD
    for resolution in (0, 6, 9, 18, 19, 20, 0x7f, 0x80, 0x89, 0xbf, 0xc0, 0xff):
        for time in (0, 1 << 40, (1 << 64) - 1):
            start = section() + interface(option(9, bytes((resolution,))) + END)
            yield f"resolution {resolution:#x}, time {time:#x}", start + packet(time=time) + packet(time=1), None, None
    for offset in (-1 << 63, -1, (1 << 63) - 1):
        start = section() + interface(option(14, struct.pack("<q", offset)) + END)
        yield f"time offset {offset}", start + packet(time=(1 << 64) - 1) + packet(), 2, GOOD
    yield "section of unknown length", TWO + TWO, 4, GOOD
    yield "section of length 0", section(length=0) + interface() + packet() + TWO, None, None
    yield "section of a negative length", section(length=-2) + interface() + packet(), None, None
    yield "section of a huge length", section(length=1 << 62) + interface() + packet(), 1, GOOD
    yield "section of version 9", section(version=9) + interface() + packet(), 0, None
    yield "many interfaces", section() + interface() * 5000 + packet(number=4999), 1, GOOD
    yield "gzip cut", gzip.compress(TWO)[:-12], None, DAMAGED
    yield "gzip of two members", gzip.compress(TWO[:70]) + gzip.compress(TWO[70:]), 2, GOOD
    yield "gzip with a bad sum", gzip.compress(TWO)[:-8] + bytes(4) + gzip.compress(TWO)[-4:], None, DAMAGED
    yield "gzip and rubbish", gzip.compress(TWO) + b"rubbish", 2, None
    yield "gzip head alone", gzip.compress(TWO)[:10], 0, None
    yield "zstd head alone", b"\x28\xb5\x2f\xfd\x04", 0, None
    yield "zeros", bytes(5000), 0, CANNOT
    yield "text", b"GET / HTTP/1.1\r\n\r\n", 0, CANNOT
    yield "gzip of gzip", gzip.compress(gzip.compress(TWO)), 0, CANNOT


def bomb(path):
    """A gigabyte of packets in a megabyte."""
    one = pcap(record(bytes(65000)) * 16)[24:]
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    with open(path, "wb") as file:
        file.write(packer.compress(pcap()))
        for _ in range(1000):
            file.write(packer.compress(one))
        file.write(packer.flush())


# ---- judging ----

class Judge:
    def __init__(self, program):
        self.program, self.complaints, self.runs = program, [], 0

    def complain(self, what, text):
        self.complaints.append(f"{what}: {text}")

    def run(self, what, arguments, codes, **more):
        """Runs remora; complains about the exit code, and about more than one line of complaint."""
        self.runs += 1
        try:
            done = subprocess.run([self.program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                                  timeout=120, **more)
        except subprocess.TimeoutExpired:
            self.complain(what, "does not end")
            return b"", ""
        errors = done.stderr.decode("utf-8", "replace")
        if done.returncode not in codes:
            self.complain(what, f"exit code {done.returncode}, not {codes}: {errors[:300]}")
        if "Sanitizer" in errors or "runtime error" in errors:
            self.complain(what, errors[:2000])
        elif done.returncode != GOOD and not errors:
            self.complain(what, f"exit code {done.returncode} without a word")
        elif errors and not errors.startswith("remora: "):
            self.complain(what, errors[:300])
        return done.stdout, errors

    def file(self, folder, name, data, packets, code):
        path = os.path.join(folder, "damaged")
        with open(path, "wb") as file:
            file.write(data)
        codes = (GOOD, CANNOT, DAMAGED) if code is None else (code,)
        out, errors = self.run(name, ["read", path, "-T", "line"], codes)
        rows = out.count(b"\n")
        if packets is not None and rows != packets:
            self.complain(name, f"{rows} rows, not {packets}: {errors}")
        if errors and (errors.count("\n") != 1 or path not in errors):
            self.complain(name, f"not one line with the file's name: {errors!r}")
        if code == DAMAGED and not re.search(r"\b\d+\b", errors.replace(path, "")):
            self.complain(name, f"does not say where: {errors!r}")
        piped, _ = self.run(name + ", piped", ["read", "-", "-T", "line"], codes, input=data)
        if piped != out:
            self.complain(name, "is not the same through a pipe")
        for form in ("tree", "json", "pdml"):
            self.run(f"{name}, {form}", ["read", path, "-T", form], codes)

    def places(self, folder):
        """What is no file, or none that may be read."""
        good = os.path.join(folder, "good.pcapng")
        with open(good, "wb") as file:
            file.write(TWO)
        self.run("a folder", ["read", folder], (CANNOT,))
        self.run("nothing", ["read", os.path.join(folder, "missing")], (CANNOT,))
        self.run("a file as a folder", ["read", good + "/x"], (CANNOT,))
        self.run("/dev/null", ["read", "/dev/null"], (CANNOT,))
        self.run("/dev/zero", ["read", "/dev/zero"], (CANNOT,))
        self.run("/dev/urandom", ["read", "/dev/urandom"], (CANNOT, DAMAGED))
        for name in (b"-v", b"--", b"a b", b"n\xff\xfe\n\x1b[2J"):
            path = os.path.join(os.fsencode(folder), name)
            with open(path, "wb") as file:
                file.write(TWO)
            out, _ = self.run(repr(name), [b"read", path], (GOOD,))
            dashed, _ = self.run(repr(name) + " behind --", [b"read", b"--", name], (GOOD,), cwd=folder)
            named, _ = self.run(repr(name) + " behind -r", [b"-r", name], (GOOD,), cwd=folder)
            if not out == dashed == named:
                self.complain(repr(name), "is not the same however it is named")
        fifo = os.path.join(folder, "fifo")
        os.mkfifo(fifo)
        with subprocess.Popen(["sh", "-c", f"cat '{good}' > '{fifo}'"]):
            out, _ = self.run("a pipe with a name", ["read", fifo], (GOOD,))
        if out.count(b"\n") != 2:
            self.complain("a pipe with a name", "%d rows" % out.count(b"\n"))

    def outputs(self, folder):
        """Where the output goes: full, closed, onto the input."""
        good = os.path.join(folder, "good.pcapng")
        for form in ("line", "tree", "json", "none"):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([self.program, "read", good, "-T", form], stdout=full, stderr=subprocess.PIPE, check=False)
            if form != "none" and (done.returncode != CANNOT or done.stderr.count(b"\n") != 1):
                self.complain(f"-T {form} onto a full disk", f"exit code {done.returncode}, {done.stderr!r}")
        self.run("-w onto a full disk", ["read", good, "-w", "/dev/full"], (CANNOT,))
        self.run("-w into no folder", ["read", good, "-w", folder + "/no/such"], (CANNOT,))
        self.run("-w onto a folder", ["read", good, "-w", folder], (CANNOT,))
        os.link(good, good + ".too")
        os.symlink(good, good + ".link")
        for same in (good, good + ".too", good + ".link", folder + "/./good.pcapng"):
            self.run("-w onto the input", ["read", good, "-w", same], (USAGE, CANNOT))
            if os.path.getsize(good) != len(TWO):
                self.complain("-w onto the input", f"{same} was overwritten")
                with open(good, "wb") as file:
                    file.write(TWO)
        big = os.path.join(folder, "big.pcap")
        with open(big, "wb") as file:
            file.write(pcap(record() * 20000))
        for form in ("line", "tree", "json", "pdml", "breakdown"):
            with subprocess.Popen([self.program, "read", big, "-T", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
                child.stdout.read(100)
                child.stdout.close()
                errors = child.stderr.read()
            if errors or child.returncode not in (GOOD, -signal.SIGPIPE):
                self.complain(f"-T {form} into a closed pipe", f"exit code {child.returncode}, {errors!r}")
        out, _ = self.run("a copy through a pipe", ["read", good, "-w", "-"], (GOOD,))
        if out != TWO:
            self.complain("a copy through a pipe", "differs")

    def arguments(self, folder):
        good = os.path.join(folder, "good.pcapng")
        wrong = (["-c", "0"], ["-c", "-1"], ["-c", "x"], ["-c", "99999999999999999999"], ["-c", ""], ["-T", "no"], ["-T", ""],
                 ["-t", "no"], ["-t", ""], ["-E", "no"], ["-E", "header=maybe"], ["-E", ""], ["-T", "fields"], ["-i", "eth0"],
                 ["-T", "fields", "-e", "ip.srk"], ["-T", "fields", "-e", ""], ["-d", ""], ["-d", "tcp.port"],
                 ["-d", "tcp.port==1,no"], ["-d", "tcp.port==99999,http"], ["--us", ""], ["--us", "1.2.3"], ["--us", "1.2.3.4.5"],
                 ["--classes", "no"], ["--subfields", "x"], ["--color=maybe"], ["--nosuch"], ["-Z"], ["-Y", "ip.src =="],
                 ["-Y", "ip.srk == 1"], ["-Y", "("], ["-f", "no such"], ["-F", "no"], ["-w"], ["-r"], ["-Y"], ["-T"], ["-c"])
        for arguments in wrong:
            _, errors = self.run(" ".join(arguments), ["read", good, *arguments], (USAGE,))
            if arguments[0] not in ("-Y", "-f") and len(errors.splitlines()) > 2:
                self.complain(" ".join(arguments), f"says too much: {errors!r}")
        _, errors = self.run("-e ip.srk", ["read", good, "-T", "fields", "-e", "ip.srk"], (USAGE,))
        if "ip.src" not in errors:
            self.complain("-e ip.srk", f"does not mean ip.src: {errors!r}")
        self.run("-c of eleven digits", ["read", good, "-c", "99999999999"], (GOOD,))
        self.run("an empty filter", ["read", good, "-Y", ""], (GOOD,))
        self.run("no file", ["read", "-T", "none"], (GOOD, USAGE, CANNOT), stdin=subprocess.DEVNULL)

    def memory(self, folder):
        path = os.path.join(folder, "bomb.pcap.gz")
        bomb(path)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.run("a gigabyte in a megabyte", ["read", path, "-T", "none"], (GOOD,))
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        if after > before + 16384:
            self.complain("a gigabyte in a megabyte", f"takes {after} kB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--remora", default=os.path.join(ROOT, "build", "dev", "bin", "remora"))
    judge = Judge(os.path.abspath(parser.parse_args().remora))
    with tempfile.TemporaryDirectory() as folder:
        for name, data, packets, code in damaged_files():
            judge.file(folder, name, data, packets, code)
        judge.places(folder)
        judge.outputs(folder)
        judge.arguments(folder)
        judge.memory(folder)
    print(*judge.complaints, f"{judge.runs} runs, {len(judge.complaints)} complaints", sep="\n")
    return int(bool(judge.complaints))


sys.exit(main())
