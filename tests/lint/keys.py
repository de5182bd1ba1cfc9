#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""keys.py REMORA: every key of remora is one of tshark 4.0's and has its type, or is one of OURS, each with its reason."""

import shutil
import subprocess
import sys

OURS = {
    "frame.link_type": "the number that the file has; frame.encap_type is a number of Wireshark's own",
    "udplite.checksum.status": "remora verifies it, Wireshark 4.0 does not",
}
UNSIGNED = {"FT_UINT8", "FT_UINT16", "FT_UINT24", "FT_UINT32", "FT_UINT40", "FT_UINT48", "FT_UINT56", "FT_UINT64"}
TEXT = {"FT_STRING", "FT_STRINGZ", "FT_UINT_STRING", "FT_STRINGZPAD", "FT_STRINGZTRUNC"}
TYPES = {  # of remora, and what tshark may call them; what is never negative tshark counts signed in places
    "unsigned": UNSIGNED | {"FT_INT16", "FT_INT32", "FT_CHAR"},
    "signed": {"FT_INT8", "FT_INT16", "FT_INT24", "FT_INT32", "FT_INT64"},
    "boolean": {"FT_BOOLEAN"},
    "IPv4": {"FT_IPv4"},
    "IPv6": {"FT_IPv6"},
    "MAC": {"FT_ETHER"},
    "EUI-64": {"FT_EUI64"},
    "bytes": {"FT_BYTES", "FT_UINT_BYTES"} | TEXT,  # digits, which tshark keeps as text in places
    "text": TEXT,
    "name": TEXT,
    "time": {"FT_ABSOLUTE_TIME"},
    "duration": {"FT_RELATIVE_TIME"},
    "fixed": {"FT_FLOAT", "FT_DOUBLE"},
    "mark": {"FT_NONE", "FT_PROTOCOL"},
}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()


def tshark_types():
    """The types that each key has; a protocol's key is of type FT_PROTOCOL."""
    types = {}
    for line in output("tshark", "-G", "fields").splitlines():
        kind, _, key, *more = line.split("\t")
        types.setdefault(key, set()).add("FT_PROTOCOL" if kind == "P" else more[0])
    return types


def complaints(remora):
    known, seen = tshark_types(), set()
    for line in output(remora, "fields").splitlines():
        key, _, kind = line.split()[:3]
        seen.add(key)
        if key not in known:
            if key not in OURS:
                yield f"{key}: tshark knows no such key"
        elif not known[key] & TYPES[kind]:
            yield f"{key}: {kind}, to tshark {'/'.join(sorted(known[key]))}"
    for key in sorted(OURS):
        if key in known or key not in seen:
            yield f"{key}: is not remora's own any more"


def main():
    if shutil.which("tshark") is None or "Wireshark) 4.0" not in output("tshark", "--version"):
        print("skipped: there is no tshark 4.0")
        return 77
    found = list(complaints(sys.argv[1]))
    print(*found, f"{len(found)} complaints about keys", sep="\n")
    return int(bool(found))


sys.exit(main())
