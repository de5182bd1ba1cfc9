#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""apply.py PLUGIN [--every N]: "Apply as Filter" on an item of ours selects the frame that it is in.

sharkd says of each item in the trees of all samples which filter that would be; of each key the first is tried, of every Nth
key, over all samples again.
"""


import host

LONGEST = 1500  # characters of a filter: sharkd reads no longer lines


def filters(node, frame, found):
	"""The first filter of each key in the items below a node, and the frame that it must select."""
	text = node.get("f", "")
	if text.startswith("remora") and len(text) < LONGEST:
		found.setdefault(text.split()[0], (text, frame))
	for child in node.get("n", ()):
		filters(child, frame, found)


def main():
	options = host.sampled()
	there, checks = host.Host(options.plugin), host.Checks()
	load = ("load", {"file": str(there.samples())})
	count = there.sharkd([load, ("status", {})])[1]["frames"]
	found = {}
	trees = there.sharkd([load] + [("frame", {"frame": number, "proto": True}) for number in range(1, count + 1)])[1:]
	for number, answer in enumerate(trees, 1):
		for node in answer["tree"]:
			filters(node, number, found)
	tried = list(found.values())[::options.every]
	answers = there.sharkd([load] + [("frames", {"filter": text, "column0": "frame.number:1"}) for text, _ in tried])[1:]
	for (text, number), answer in zip(tried, answers):
		rows = answer if isinstance(answer, list) else []
		checks.expect(any(row["num"] == number for row in rows), f"{text}: frame {number} is not selected: {str(answer)[:100]}")
	checks.expect(len(found) > 700, f"{len(found)} keys in the trees of {count} frames")
	print(f"{len(found)} keys in the trees of {count} frames, {len(tried)} tried")
	checks.end()


main()
