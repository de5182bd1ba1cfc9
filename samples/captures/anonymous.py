#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""anonymous.py FILE...: drops what a recorder writes about its own machine (processor, kernel) from a pcapng file.

The options go from the section header and the interface descriptions (RFC draft-ietf-opsawg-pcapng 4.1, 4.2); all else
stays as it was recorded.
"""
import struct
import sys

SECTION, INTERFACE = 0x0A0D0D0A, 1
TELLTALE = {SECTION: (16, {2, 3}), INTERFACE: (8, {12, 15})}  # length of the fixed part, options to drop


def kept_options(raw, drop):
    out, at = b"", 0
    while at + 4 <= len(raw):
        code, length = struct.unpack_from("<HH", raw, at)
        size = 4 + (length + 3 & ~3)
        if code not in drop:
            out += raw[at:at + size]
        at += size
    return out


def anonymous(raw):
    out, at = b"", 0
    while at < len(raw):
        kind, size = struct.unpack_from("<II", raw, at)
        body = raw[at + 8:at + size - 4]
        if kind in TELLTALE:
            fixed, drop = TELLTALE[kind]
            body = body[:fixed] + kept_options(body[fixed:], drop)
        out += struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
        at += size
    return out


for name in sys.argv[1:]:
    with open(name, "rb") as f:
        raw = f.read()
    with open(name, "wb") as f:
        f.write(anonymous(raw))
