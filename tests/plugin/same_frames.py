#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""same_frames.py PLUGIN [--every N]: a display filter over remora.KEY selects the frames that the one over KEY selects.

The filters are those of tests/agreement/filters.txt whose keys are all both Wireshark's and ours, every Nth of them, over all
samples; one sharkd answers, so that the file is read once.
"""

import re
import sys

import host

sys.path.append(str(host.ROOT / "tests/agreement"))
import filters
import oracle

WORD = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<![\w.:/-])([a-z_]\w*(?:\.\w+)*)(?![\w:(/-]|\.\d)""")
OPERATORS = {"and", "or", "not", "xor", "in", "contains", "matches", "eq", "ne", "gt", "lt", "ge", "le", "any_eq", "all_ne",
	"any_ne", "all_eq", "bitwise_and", "any", "all", "true", "false"}

# What later ones say otherwise than Wireshark 4.0 and we: a checksum left to the network card is good, the items of IPv6
# and HTTP reach otherwise.
SINCE_4_0 = re.compile(r"checksum\.status|len\((ipv6|http)\)")


# How far an item of a protocol reaches: over what ICMP quotes, TCP and LLC carry; and bytes that Wireshark made.
OTHER_BYTES = re.compile(r"len\((icmp|icmpv6|llc|tcp)\)|http\.file_data")

# A payload that only one of us has a decoder for, or that Wireshark has seen before.
OURS_ALONE = ("remora.data && !data", "data")


def prefixed(line, fields):
	"""The filter over our keys; None: it asks for something that we do not have."""
	known = True

	def swap(match):
		nonlocal known
		word = match[2]
		if word is None or word in OPERATORS:
			return match[0]
		key = "remora." + word
		if key in fields.kinds or key in fields.protocols:
			return key
		known = False
		return match[0]

	text = WORD.sub(swap, line)
	return text if known and text != line else None


def frames(answer):
	return {row["num"] for row in answer} if isinstance(answer, list) else answer


def main():
	options = host.sampled()
	there, checks = host.Host(options.plugin), host.Checks()
	fields = host.Fields(there)
	pairs = [(line, prefixed(line, fields)) for line in filters.read_filters()]
	pairs = [(line, ours) for line, ours in pairs if ours and not OTHER_BYTES.search(line)
		and (there.series == "4.0" or not SINCE_4_0.search(line))][::options.every]

	aparts = [(where, of) for where, of, _ in filters.APART] + [OURS_ALONE]
	requests = [("setconf", {"name": name, "value": value}) for name, value in (p.split(":") for p in oracle.PREFERENCES)]
	requests.append(("load", {"file": str(there.samples())}))
	start = len(requests)
	requests += [("frames", {"filter": where, "column0": "frame.number:1"}) for where, _ in aparts]
	requests += [("frames", {"filter": text, "column0": "frame.number:1"}) for pair in pairs for text in pair]
	answers = [frames(answer) for answer in there.sharkd(requests)[start:]]
	apart = list(zip(answers, (of for _, of in aparts)))
	for apart_frames, of in apart:
		checks.expect(isinstance(apart_frames, set), f"frames apart for {of}: {apart_frames}")
	answers, selecting, passed, named = answers[len(aparts):], 0, 0, 0
	for i, (line, ours) in enumerate(pairs):
		wanted, found = answers[2 * i:2 * i + 2]
		if not isinstance(wanted, set):         # Wireshark takes a word for a name there, and a field's name is none
			passed += 1
			continue
		if not isinstance(found, set) and '"' in line:
			named += 1
			continue
		if not checks.expect(isinstance(found, set), f"{ours}: {found}"):
			continue
		differ = wanted ^ found
		for apart_frames, of in apart:
			if re.search(of, line):
				differ -= apart_frames
		checks.expect(not differ, f"{ours}: selects {len(found)} frames, without the prefix {len(wanted)}: {sorted(differ)[:5]}")
		selecting += bool(found)
	print(f"{len(pairs)} filters, {selecting} of them select frames, {passed} are none to Wireshark, "
		f"in {named} it has other names for values than we have")
	checks.expect(selecting > len(pairs) / 2, "most filters select frames")
	checks.end()


main()
