#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""Builds the seeds of fuzz_file: small captures with everything in them that the formats have.

usage: seeds_file.py FOLDER
"""

import gzip
import os
import struct
import sys


def pcap(order, magic, extra=b"", minor=4, link=1):
    out = struct.pack(order + "IHHiIII", magic, 2, minor, 0, 0, 65535, link)
    for i in range(3):
        out += struct.pack(order + "IIII", i, i, 4 * i, 60) + extra + bytes(4 * i)
    return out


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    size = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + size + body + size


def option(order, code, value=b""):
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def section(order):
    return block(order, 0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1) + option(order, 4, b"seed"))


def interface(order, options=b"", link=1):
    return block(order, 1, struct.pack(order + "HHI", link, 0, 96) + options)


def packet(order, number, options=b""):
    return block(order, 6, struct.pack(order + "IIIII", number, 0, 7, 6, 60) + b"packet\0\0" + options)


def pcapng(order):
    out = section(order)
    out += interface(order, option(order, 2, b"eth0") + option(order, 9, b"\x8a") + option(order, 14, bytes(8)) +
                     option(order, 11, b"\0ip") + option(order, 0))
    out += interface(order, option(order, 3, b"tunnel"), 101)
    out += packet(order, 0, option(order, 1, b"comment") + option(order, 2, bytes(4)) + option(order, 7, bytes(9)) +
                  option(order, 2988, bytes(5)) + option(order, 19372, bytes(5)) + option(order, 0))
    out += packet(order, 1)
    out += block(order, 3, struct.pack(order + "I", 4) + b"sees")
    out += block(order, 2, struct.pack(order + "HHIIII", 0, 1, 0, 7, 4, 4) + b"olds" + option(order, 1, b"c"))
    out += block(order, 4, option(order, 1, b"\x0a\0\0\1one\0") + option(order, 2, bytes(16) + b"six\0") +
                 option(order, 0) + option(order, 2, b"dns"))
    out += block(order, 5, struct.pack(order + "III", 0, 0, 1) + option(order, 4, bytes(8)))
    return out


def others(order):
    out = section(order)
    out += block(order, 10, struct.pack(order + "II", 0x544C534B, 4) + b"keys")
    out += block(order, 0xBAD, struct.pack(order + "I", 32473) + b"custom")
    out += block(order, 0x40000BAD, struct.pack(order + "I", 32473) + b"local")
    out += block(order, 9, b"__REALTIME_TIMESTAMP=1467752131000000\nMESSAGE=hello\n")
    out += block(order, 0x204, struct.pack(order + "HQQIH", 1, 10**18, 77, 3, 5) + b"abc")
    out += block(order, 0x221, struct.pack(order + "HQQIHI", 1, 10**18, 77, 3, 5, 1) + b"abc")
    return out + block(order, 0x77, b"unknown")


def main():
    seeds = {
        "micro.pcap": pcap("<", 0xA1B2C3D4),
        "nano.pcap": pcap(">", 0xA1B23C4D, link=113),
        "modified.pcap": pcap("<", 0xA1B2CD34, bytes(8)),
        "old.pcap": pcap("<", 0xA1B2C3D4, minor=3),
        "little.pcapng": pcapng("<"),
        "sections.pcapng": pcapng(">") + pcapng("<"),
        "others.pcapng": others(">"),
    }
    seeds["micro.pcap.gz"] = gzip.compress(seeds["micro.pcap"], mtime=0)
    # One raw block in a zstd frame: magic, a window of 1 KiB, last block, raw, its size.
    raw = seeds["micro.pcap"]
    seeds["micro.pcap.zst"] = b"\x28\xb5\x2f\xfd\0\0" + (len(raw) << 3 | 1).to_bytes(3, "little") + raw
    for name, data in seeds.items():
        with open(os.path.join(sys.argv[1], name), "wb") as f:
            f.write(data)


main()
