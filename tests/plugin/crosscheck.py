#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""crosscheck.py PLUGIN [--samples]: inside Wireshark, no field of remora's disagrees with Wireshark's own but by the shared
exceptions, over all captures or the samples alone; and where Wireshark is told something else, that is seen.
"""

import argparse
import concurrent.futures
import os
import re
import sys

import host

sys.path.append(str(host.ROOT / "tests/agreement"))
import oracle

TAP = ("-z", "remora,crosscheck")
SHOWN = ("-T", "fields", "-e", "frame.number", "-e", "remora.disagreement")
ROW = re.compile(r"(\S+) +(\d+) +(\d+) +(\d+) +(\d+)(?: +(\d+))?$")


def summary(lines):
	"""{key: (compared, agreed, excused, disagree)} as the tap prints them; "all" is their sum."""
	rows = (ROW.match(line) for line in lines)
	return {row[1]: tuple(map(int, row.groups()[1:5])) for row in rows if row}


def judge(there, path):
	copy = there.capture(path)
	# Where the tree is shown, Wireshark goes to the end with the lengths of its fields.
	how = SHOWN if path.startswith(oracle.SAMPLES) else ("-q",)
	lines = there.lines(*oracle.options(), "-r", copy, *how, *TAP)
	apart = sum(int(line.split()[0]) for line in lines if " not compared: " in line)
	return os.path.basename(path), summary(lines), apart


def quiet(there, paths, checks):
	"""No disagreement in any capture; a frame without a layer that both know has nothing to compare."""
	compared = agreed = passed = 0
	with concurrent.futures.ThreadPoolExecutor(2) as pool:
		for name, rows, apart in pool.map(lambda path: judge(there, path), paths):
			if not checks.expect("all" in rows, f"{name}: the tap prints no sum"):
				continue
			differ = {key: row[3] for key, row in rows.items() if row[3]}
			checks.expect(not differ, f"{name}: disagreements {differ}")
			compared, agreed, passed = compared + rows["all"][0], agreed + rows["all"][1], passed + apart
	print(f"{len(paths)} captures, {compared} fields compared, {agreed} agree, {compared - agreed} are excused, "
		f"{passed} others have nothing to compare with")
	checks.expect(agreed > 0.95 * (compared + passed) > 0, "most fields agree")


def differing(there, name, *options):
	"""The frames with disagreements, and what they say, in the tree and by a filter."""
	arguments = (*oracle.options(), "-r", there.capture(host.SAMPLES / name), *options)
	shown = [line.split("\t") for line in there.lines(*arguments, *SHOWN)]
	found = {number: text for number, text in shown if text}
	filtered = [line.split("\t")[0] for line in there.lines(*arguments, "-Y", "remora.disagreement", *SHOWN)]
	return found, filtered


def tells(there, checks):
	"""The same capture with Wireshark misled: what it says then of port 53 is not what remora says."""
	on, misled = ("-o", "remora.crosscheck:TRUE"), ("-d", "udp.port==53,ntp")
	name = "dns.pcapng"
	found, filtered = differing(there, name, *on)
	checks.same((found, filtered), ({}, []), "disagreements of " + name)
	found, filtered = differing(there, name, *misled)
	checks.same((found, filtered), ({}, []), "disagreements while the cross-check is off")
	found, filtered = differing(there, name, *on, *misled)
	checks.expect(found, "Decode As makes no disagreement")
	checks.same(filtered, list(found), "frames by the filter")
	_, again = differing(there, name, *on, *misled, "-2")
	checks.same(again, filtered, "frames by the filter in a second pass")
	checks.expect(all("dns.id: remora 0x" in text for text in found.values()), f"what is told: {list(found.values())[:1]}")
	arguments = (*oracle.options(), *misled, "-r", there.capture(host.SAMPLES / name), "-q")
	rows = summary(there.lines(*arguments, *TAP))
	checks.same(rows.get("dns.id", ())[3:], (len(found),), "disagreements about dns.id in the summary")
	checks.same(summary(there.lines(*arguments, "-2", *TAP)), rows, "the summary of a second pass")
	part = summary(there.lines(*arguments, "-z", TAP[1] + ",udp.srcport == 53"))
	checks.expect(0 < part["udp"][0] < rows["udp"][0], "a filter for the summary")
	checks.same(summary(there.lines(*arguments, "-z", TAP[1] + ",")), rows, "the summary with no filter behind the comma")
	for wrong in ("crosscheckx", "crosscheck,no.such.field"):
		done = there.run("tshark", *arguments, "-z", "remora," + wrong)
		checks.same((done.returncode, done.stdout), (1, b""), f"-z remora,{wrong}")
	listed = there.lines(*oracle.options(), *on, *misled, "-r", there.capture(host.SAMPLES / name), "-q", "-z", "expert,warn")
	checks.expect(any("dns.id: remora" in line for line in listed), "expert items of disagreements")


def main():
	options = argparse.ArgumentParser()
	options.add_argument("plugin")
	options.add_argument("--samples", action="store_true", help="no other captures")
	options = options.parse_args()
	there, checks = host.Host(options.plugin), host.Checks()
	quiet(there, oracle.captures(folders=[oracle.SAMPLES] if options.samples else ())[::-1], checks)
	tells(there, checks)
	checks.end()


main()
