#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""keys.py PLUGIN REMORA: each key of `remora fields` that lies in frames is a field remora.KEY, of the same kind as Wireshark's
own field of that name, under a mask as wide, and its values have names where ours have."""

import subprocess
import sys

import host

# Made by the file or by the columns, not by a frame's bytes: what the plugin leaves to Wireshark.
NOT_IN_FRAMES = ("frame", "_ws.col")

KINDS = {}
for kind, types in {
	"number": "UINT8 UINT16 UINT24 UINT32 CHAR", "wide number": "UINT40 UINT48 UINT56 UINT64",
	"signed number": "INT8 INT16 INT24 INT32", "wide signed number": "INT40 INT48 INT56 INT64",
	"text": "STRING STRINGZ UINT_STRING STRINGZPAD STRINGZTRUNC", "bytes": "BYTES UINT_BYTES",
	"fixed": "FLOAT DOUBLE", "mark": "NONE PROTOCOL",
}.items():
	KINDS.update({"FT_" + name: kind for name in types.split()})

# Wireshark keeps digits as text here and there; where its masks do not lie as ours do, tests/agreement/exceptions.txt says why.
OTHERWISE = {("bytes", "text")}
OTHER_MASKS = {"llc.control.ftype"}


def kinds_of(rows):
	return {KINDS.get(row[0], row[0]) for row in rows}


def ours(remora):
	"""The keys of remora and the protocols that they belong to."""
	said = subprocess.run([remora, "fields"], stdout=subprocess.PIPE, check=True).stdout.decode()
	return {line.split()[0]: line.split()[1] for line in said.splitlines()}


def widths(rows):
	"""How many bits the masks take; none for a field that is whole bytes."""
	return {bin(mask).count("1") for _, _, mask in rows if mask}


def main():
	checks = host.Checks()
	fields = host.Fields(host.Host(sys.argv[1]))
	keys = {key: proto for key, proto in ours(sys.argv[2]).items() if proto not in NOT_IN_FRAMES}
	same = masks = named = 0
	for key, proto in keys.items():
		mine, native = fields.kinds.get("remora." + key), fields.kinds.get(key)
		if not checks.expect(mine or "remora." + key in fields.protocols, f"remora.{key} is no field"):
			continue
		if not mine or not native:
			continue
		pairs = {(a, b) for a in kinds_of(mine) for b in kinds_of(native)}
		if checks.expect(any(a == b or (a, b) in OTHERWISE for a, b in pairs), f"{key}: {mine}, to Wireshark {native}"):
			same += any(row[0] in {other[0] for other in native} for row in mine)
		if widths(mine) and widths(native) and key not in OTHER_MASKS:
			masks += 1
			checks.expect(widths(mine) & widths(native), f"{key}: masks {mine}, to Wireshark {native}")
		named += "remora." + key in fields.names
	checks.expect(masks > 100 and named > 150, f"{masks} keys with masks, {named} with names")
	print(f"{len(keys)} keys: {same} of Wireshark's very type, {masks} with masks as wide, {named} with names of values")
	checks.end()


main()
