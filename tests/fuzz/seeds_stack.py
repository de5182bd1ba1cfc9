#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""seeds_stack.py: writes corpus/stack/: schedules that reach each part of the live stack."""
import pathlib
import struct

MAC, PEER = bytes([2, 0, 0, 0, 0, 1]), bytes([2, 0, 0, 0, 0, 2])
OUT = b"\x04"


def total(data):
    data += b"\0" * (len(data) % 2)
    words = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while words >> 16:
        words = (words & 0xffff) + (words >> 16)
    return 0xffff & ~words


def frame(data, fair=False):
    return bytes([1 if fair else 0]) + struct.pack("!HB", len(data), 0) + data


def ether(kind, payload, to=MAC):
    return to + PEER + struct.pack("!H", kind) + payload


def arp(op, sender=2, target=1):
    return frame(ether(0x806, struct.pack("!HHBBH", 1, 0x800, 6, 4, op) + PEER + bytes([10, 0, 0, sender]) + MAC
                       + bytes([10, 0, 0, target])))


def ip(proto, payload, ident=1, fragment=0, options=b""):
    header = struct.pack("!BBHHHBBH", 0x45 + len(options) // 4, 0, 0, ident, fragment, 64, proto, 0)
    return frame(ether(0x800, header + bytes([10, 0, 0, 2, 10, 0, 0, 1]) + options + payload), fair=True)


def icmp(kind, code, rest):
    body = struct.pack("!BBH", kind, code, 0) + rest
    return struct.pack("!BBH", kind, code, total(body)) + rest


def udp(source, to, data):
    return struct.pack("!HHHH", source, to, 8 + len(data), 0) + data


def wait(milliseconds):
    return b"\x02" + struct.pack("!H", milliseconds)


def call(what, value):
    return b"\x03" + struct.pack("!BH", what, value)


ECHO = icmp(8, 0, struct.pack("!HH", 7, 1) + bytes(range(200)))
QUOTED = struct.pack("!BBHHHBBH", 0x45, 0, 60, 1, 0, 64, 17, 0) + bytes([10, 0, 0, 1, 10, 0, 0, 2]) + udp(4000, 9, b"")
SEEDS = {
    "arp": arp(1) + arp(2) + arp(1, 1, 1) + arp(1, 0, 1) + OUT,
    "echo": ip(1, ECHO) + ip(1, ECHO, options=b"\x94\x04\0\0"),
    "fragments": ip(1, ECHO[:80], 5, 0x2000) + ip(1, ECHO[80:160], 5, 0x200a) + ip(1, ECHO[160:], 5, 20)
    + ip(1, ECHO[:80], 6, 0x2000) + ip(1, ECHO[40:160], 6, 0x2005) + ip(17, ECHO[:80], 7, 0x2000) + wait(31000) + arp(1) + OUT,
    "udp": ip(17, udp(5, 7, b"echo")) + ip(17, udp(5, 8, b"nobody")) + ip(17, udp(9, 4000, b"x")) + ip(200, b"nobody"),
    "send": arp(1) + call(1, 100) + OUT + call(1, 3000) + OUT + call(0, 3000) + OUT + call(0, 60000) + OUT,
    "ask": call(1, 100) + OUT + wait(1000) + OUT + wait(1000) + OUT + arp(2) + OUT + wait(61000) + OUT + call(1, 9) + OUT,
    "errors": arp(1) + call(1, 100) + OUT + ip(1, icmp(3, 3, bytes(4) + QUOTED)) + ip(1, icmp(3, 4, b"\0\0\x02\0" + QUOTED))
    + ip(1, icmp(11, 1, bytes(4) + QUOTED)) + ip(1, icmp(5, 0, bytes(4) + QUOTED)) + ip(1, icmp(0, 0, bytes(8))),
    "groups": call(2, 5) + OUT + wait(1000) + OUT + frame(ether(0x800, bytes.fromhex("46c0002000000000010200000a000002e0000001"
              "94040000") + b"\x11\x32\xee\xcd" + bytes(4), bytes.fromhex("01005e000001"))) + wait(6000) + OUT + call(3, 5) + OUT,
    "claim": b"".join([call(4, 9)] + [wait(2000) + OUT] * 6 + [arp(1, 9, 9), OUT, arp(2, 9, 9), OUT, call(5, 0)]),
    "vlan": call(9, 0x8064) + arp(1) + frame(ether(0x8100, struct.pack("!HH", 100, 0x800))) + call(0, 9) + OUT + call(9, 0),
    "configure": call(6, 0) + ip(17, udp(5, 7, b"echo")) + call(6, 0xffff) + call(7, 0) + call(8, 0x1234) + call(1, 5) + OUT,
}

folder = pathlib.Path(__file__).parent / "corpus" / "stack"
folder.mkdir(parents=True, exist_ok=True)
for name, schedule in SEEDS.items():
    (folder / name).write_bytes(schedule)
