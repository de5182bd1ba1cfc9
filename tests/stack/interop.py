#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""interop.py HOST REMORA: the stack beside the Linux kernel, on a TAP and on one end of a cable, in a namespace of its own."""
import os
import pathlib
import queue
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

OURS, KERNEL = "10.9.0.2", "10.9.0.1"
GROUP = "239.1.2.3"
wrong = 0


def check(name, ok, more=""):
    global wrong
    if not ok:
        print(f"FAILED: {name} {more}", flush=True)
        wrong += 1


def run(*command, timeout=30):
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout)


class Host:
    """The program under test; its lines are read as they come."""

    def __init__(self, program, interface, pcap=None, prefix=()):
        command = [*prefix, program, interface, OURS, *([pcap] if pcap else [])]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.wait("ready")

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def wait(self, beginning, timeout=15):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=0.2)
            except queue.Empty:
                continue
            if line is None:
                break
            if line.startswith(beginning):
                return line
        return f"no {beginning}"

    def end(self):
        """Ends it. Returns how often each reason was."""
        self.process.stdin.close()
        counts = {}
        while (line := self.lines.get(timeout=20)) is not None:
            if match := re.fullmatch(r"([A-Z0-9_]+) (\d+)", line):
                counts[match[1]] = int(match[2])
        check("the host ends well", self.process.wait(timeout=20) == 0)
        return counts


def pings(prefix=()):
    for arguments in (["-c3", "-i0.2"], ["-c3", "-i0.2", "-s0"], ["-c2", "-i0.2", "-s1472"], ["-c3", "-i0.2", "-s3000"],
                      ["-c2", "-i0.2", "-s20000"], ["-f", "-c2000"]):
        done = run(*prefix, "ping", "-n", "-W2", *arguments, OURS)
        check(f"ping {' '.join(arguments)}", " 0% packet loss" in done.stdout, done.stdout[-200:])


def udp():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(3)
    s.connect((OURS, 7))
    for n in (1, 18, 19, 1472, 1473, 3000, 40000):
        data = bytes(i * 7 & 255 for i in range(n))
        s.send(data)
        try:
            check(f"{n} bytes come back", s.recv(65535) == data)
        except TimeoutError:
            check(f"{n} bytes come back", False, "nothing came")
    s.connect((OURS, 9))
    s.send(b"anybody?")
    try:
        s.recv(10)
        check("a closed port", False, "somebody answered")
    except ConnectionRefusedError:
        pass
    except TimeoutError:
        check("a closed port", False, "nobody said so")
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, 200)
    raw.sendto(b"a protocol that nobody speaks", (OURS, 0))


def asks(host):
    for n in (0, 56, 1472, 3000, 60000):
        host.tell(f"ping {KERNEL} {n}")
        line = host.wait("ping")
        check(f"it pings the kernel with {n} bytes", line == "ping answered", line)
    host.tell(f"ping 10.9.0.77 10")
    line = host.wait("ping")
    check("a neighbour that is not there", line == "ping fault 1", line)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.settimeout(3)
    server.bind((KERNEL, 5000))
    host.tell(f"send {KERNEL} 5000 3000")
    data, peer = server.recvfrom(65535)
    check("3000 bytes in fragments reach the kernel", data == b"x" * 3000 and peer == (OURS, 4000), str(peer))
    server.sendto(b"back", peer)
    check("and an answer comes", host.wait("heard") == "heard 4")
    host.tell(f"send {KERNEL} 5001 10")
    check("a closed port of the kernel's", host.wait("fault") == "fault 3")


def groups(host, interface):
    everything = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x800))
    everything.bind((interface, 0))
    everything.settimeout(5)
    host.tell(f"join {GROUP}")
    host.wait("joined")
    wanted = socket.inet_aton(GROUP)
    reports = []
    end = time.monotonic() + 5
    while len(reports) < 2 and time.monotonic() < end:
        frame = everything.recv(2000)
        if frame[23] == 2 and frame[26:30] == socket.inet_aton(OURS):
            reports.append(frame)
    check("the kernel sees IGMPv3 reports", len(reports) == 2 and all(
        r[14] == 0x46 and r[38] == 0x22 and wanted in r for r in reports))
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(3)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(KERNEL))
    s.sendto(b"to the group", (GROUP, 7))
    try:
        data, peer = s.recvfrom(100)
        check("who is in the group answers", data == b"to the group" and peer == (OURS, 7), str(peer))
    except TimeoutError:
        check("who is in the group answers", False)
    # A router of version 2 asks: the answer is of version 2, and to the group.
    query = struct.pack("!BBH4s", 0x11, 10, 0, bytes(4))
    total = sum(struct.unpack("!4H", query))
    query = struct.pack("!BBH4s", 0x11, 10, 0xffff & ~((total & 0xffff) + (total >> 16)), bytes(4))
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, 2)
    raw.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(KERNEL))
    raw.sendto(query, ("224.0.0.1", 0))
    end = time.monotonic() + 5
    seen = False
    while not seen and time.monotonic() < end:
        frame = everything.recv(2000)
        seen = frame[23] == 2 and frame[30:34] == wanted and frame[38] == 0x16
    check("a query of version 2 is answered", seen)
    host.tell(f"leave {GROUP}")
    host.wait("left")
    s.settimeout(0.5)
    s.sendto(b"to the group", (GROUP, 7))
    try:
        s.recvfrom(100)
        check("who has left is silent", False)
    except TimeoutError:
        pass


def claims(host, interface):
    host.tell(f"claim {KERNEL}")
    check("an address that the kernel has", host.wait("claim") == "claim 4")
    host.tell("claim 10.9.0.5")
    check("a free address", host.wait("claim") == "claim 2")
    check("and it is held", host.wait("claim") == "claim 3")
    check("the kernel finds it taken", run("arping", "-D", "-c2", "-w3", "-I", interface, "10.9.0.5").returncode == 1)
    run("arping", "-U", "-c1", "-w2", "-I", interface, "-s", "10.9.0.5", "10.9.0.5")


def tap(program, remora, folder):
    pcap = f"{folder}/all.pcapng"
    host = Host(program, "tap0", pcap)
    run("ip", "addr", "add", f"{KERNEL}/24", "dev", "tap0")
    found = run("arping", "-c2", "-w3", "-I", "tap0", OURS)
    check("arping", found.stdout.count("reply from") + found.stdout.count("bytes from") >= 2, found.stdout)
    pings()
    udp()
    asks(host)
    groups(host, "tap0")
    claims(host, "tap0")
    run("ip", "addr", "add", "10.9.0.5/24", "dev", "tap0")
    run("arping", "-U", "-c1", "-w2", "-I", "tap0", "10.9.0.5")
    time.sleep(0.3)
    counts = host.end()
    for reason in ("ARP_ANSWERED", "ARP_CONFLICT", "ARP_DEFENDS", "ICMP_ECHO", "IP_FRAGMENT_KEPT", "IP_PIECE", "UDP_ANSWERED",
                   "UDP_PORT", "IP_PROTOCOL", "ICMP_REPLY", "ICMP_ERROR", "IGMP_QUERY"):
        check(f"{reason} was counted", counts.get(reason, 0) > 0)
    read = run(remora, "read", "-T", "fields", "-e", "frame.comment", pcap)
    check("the capture has a comment for each frame", read.returncode == 0 and
          read.stdout.count("(") >= sum(counts.values()), f"{read.stderr} {read.stdout[:200]} {sum(counts.values())}")
    if shutil.which("tshark"):
        seen = run("tshark", "-r", pcap, "-Y", 'frame.comment contains "ICMP_ECHO,"', "-T", "fields", "-e", "frame.number")
        check("tshark sees the outcomes", seen.stdout.count("\n") == counts["ICMP_ECHO"], seen.stderr[-200:])


def cable(program):
    """An interface that is shared with the kernel, its sums left to a card that is not there."""
    other = subprocess.Popen(["unshare", "-n", "sleep", "600"])
    time.sleep(0.3)
    inside = ["nsenter", "-t", str(other.pid), "-n"]
    try:
        run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1")
        run("ip", "link", "set", "v1", "netns", str(other.pid))
        run("ip", "link", "set", "v0", "up")
        run(*inside, "ip", "addr", "add", f"{KERNEL}/24", "dev", "v1")
        run(*inside, "ip", "link", "set", "v1", "up")
        host = Host(program, "v0")
        pings(inside)
        echoed = run(*inside, sys.executable, "-c", (
            "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.settimeout(3)\n"
            f"s.sendto(b'abc' * 100, ('{OURS}', 7))\nprint(s.recv(1000) == b'abc' * 100)"))
        check("UDP by a cable", echoed.stdout == "True\n", echoed.stderr[-200:])
        host.end()
    finally:
        other.terminate()
        other.wait()


def main():
    program, remora = (str(pathlib.Path(p).resolve()) for p in sys.argv[1:3])
    if os.environ.get("INTEROP_INSIDE") != "1":
        for tool in ("unshare", "nsenter", "ip", "ping", "arping"):
            if not shutil.which(tool):
                print(f"skipped: {tool} is missing")
                return 77
        if os.geteuid() != 0 or run("unshare", "-n", "true").returncode != 0 or not os.path.exists("/dev/net/tun"):
            print("skipped: a namespace and a TAP need root")
            return 77
        os.execvpe("unshare", ["unshare", "-n", sys.executable, *sys.argv], {**os.environ, "INTEROP_INSIDE": "1"})
    run("ip", "link", "set", "lo", "up")
    with tempfile.TemporaryDirectory() as folder:
        tap(program, remora, folder)
    cable(program)
    print(f"{wrong} wrong")
    return 1 if wrong else 0


sys.exit(main())
