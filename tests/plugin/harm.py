#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""harm.py PLUGIN [--files N] [--seed S] [--rounds N]: the plugin never harms its host.

N captures, damaged by `editcap -E`, under Wireshark's strict memory checks and with each of its dissector bugs an abort: with
the plugin tshark ends as it does without, and shows the same of its own protocols. A sharkd that opens files again and again
does not grow.
"""

import argparse
import concurrent.futures
import itertools
import os
import pathlib
import random
import subprocess

import host

STRICT = {"WIRESHARK_DEBUG_WMEM_OVERRIDE": "strict", "WIRESHARK_ABORT_ON_DISSECTOR_BUG": "1"}
SHARED = host.ROOT.parent / "shared/captures"
BATCH = 10      # files that tshark reads at once
MOST = 400      # frames of a file: damage is in all of them
LARGE = 300000  # bytes of a file
GROWTH = 3000   # kB that a daemon may have more after many times the same files

# What filters and columns see of Wireshark's own, when fields of ours are asked for beside them.
KEYS = ("frame.protocols", "frame.len", "eth.src", "ip.src", "ip.ttl", "ip.checksum.status", "ipv6.nxt", "tcp.srcport",
	"tcp.flags", "tcp.len", "udp.length", "dns.qry.name", "http.request.uri", "dhcp.option.type", "_ws.malformed",
	"_ws.col.Protocol", "_ws.col.Info")


def damaged(there, path, number, seed):
	"""A damaged copy of a capture; the share of bytes that it loses differs from copy to copy."""
	copy = there.folder / f"damaged-{number}.pcapng"
	share = random.Random(seed).choice(("0.002", "0.02", "0.05"))
	done = subprocess.run([*host.PREFIX, "editcap", "-E", share, "--seed", str(seed), "-r", path, copy, f"1-{MOST}"],
		stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
	return copy if done.returncode == 0 else None


def joined(there, copies, number):
	"""Damaged files one after the other: most of what tshark takes for one of them is its start."""
	whole = there.folder / f"batch-{number}.pcapng"
	subprocess.run([*host.PREFIX, "mergecap", "-a", "-w", whole, *copies], check=True)
	whole.chmod(0o644)
	for copy in copies:
		copy.unlink()
	return whole


def without_ours(pdml):
	"""The lines of PDML without our protocols, and without its heading, which has the time of day."""
	kept, inside = [], False
	for line in pdml.split(b"\n"):
		if line.startswith(b"  <proto name=\"remora"):
			inside = True
		if not inside and not line.startswith(b"<pdml "):
			kept.append(line)
		if line == b"  </proto>":
			inside = False
	return kept


def fatal(done):
	"""What must never be in what a program says."""
	for sign in (b"Dissector bug", b"DISSECTOR_ASSERT", b"AddressSanitizer", b"runtime error:", b"LeakSanitizer"):
		for text in (done.stdout, done.stderr):
			if sign in text:
				at = text.index(sign)
				return text[max(0, at - 200):at + 600].decode("utf-8", "replace")
	return None


def judge(there, whole, name):
	"""What is wrong with the plugin over a damaged capture: a list of texts."""
	wrong, asked = [], [option for key in KEYS for option in ("-e", key)]
	plain = ("-T", "fields", *asked)
	forms = (
		(("-T", "pdml"), ("-T", "pdml"), without_ours),
		(plain, (*plain, "-e", "remora.ip.ttl", "-e", "remora.disagreement", "-o", "remora.crosscheck:TRUE"),
			lambda said: [line.split(b"\t")[:len(KEYS)] for line in said.split(b"\n")]),
	)
	for without, ours, native in forms:
		before = there.run("tshark", "-n", "-r", whole, *without, plugin=False, env=STRICT)
		after = there.run("tshark", "-n", "-r", whole, *ours, env=STRICT)
		if before.returncode != after.returncode:
			wrong.append(f"{name}: ends with {before.returncode}, with the plugin {after.returncode}"
				f"\n{after.stderr[-1500:].decode('utf-8', 'replace')}")
		elif fatal(after) and not fatal(before):
			wrong.append(f"{name}: {fatal(after)}")
		else:
			a, b = native(before.stdout), native(after.stdout)
			if before.returncode < 0:       # a bug of Wireshark's own ended both, somewhere in what they had not yet written
				a, b = (said[:min(len(a), len(b)) - 1] for said in (a, b))
			wrong += differ(a, b, f"{name}: -T {ours[1]}")
	return wrong


def differ(plain, ours, name):
	for a, b in itertools.zip_longest(plain, ours, fillvalue=b"nothing"):
		if a != b:
			return [f"{name}: without the plugin\n  {a!r:.600}\nwith it\n  {b!r:.600}"]
	return []


def fuzz(there, checks, files, seed):
	paths = sorted(itertools.chain(host.SAMPLES.glob("*.pcap*"), SHARED.glob("*/*.pcap*")))
	paths = [path for path in paths if path.stat().st_size <= LARGE]
	random.Random(seed).shuffle(paths)
	takes = [path for path in paths[:files] if damaged(there, path, 0, seed)]      # editcap cannot write what some files hold
	jobs = list(enumerate(itertools.islice(itertools.cycle(takes), files)))

	def batch(first):
		some = jobs[first:first + BATCH]
		copies = [damaged(there, path, number, seed + number) for number, path in some]
		copies = [copy for copy in copies if copy]
		whole = joined(there, copies, first)
		name = ", ".join(f"{path.name} --seed {seed + number}" for number, path in some)
		wrong = judge(there, whole, name)
		whole.unlink()
		return len(copies), wrong

	with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
		judged = 0
		for count, wrong in pool.map(batch, range(0, files, BATCH)):
			judged += count
			checks.expect(not wrong, "\n".join(wrong))
	print(f"{judged} damaged files, seeds from {seed}")
	checks.same(judged, files, "files that editcap damaged")


def resident(pid):
	status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
	return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def growth(there, checks, rounds):
	"""The same files opened again and again in one sharkd, with our tree looked at in each."""
	paths = [there.capture(host.SAMPLES / name) for name in ("dns.pcapng", "http.pcapng", "tcp-options.pcapng", "dhcp.pcapng")]
	sizes = {}
	for plugin in (False, True):
		command = [*host.PREFIX, "sharkd", "-"]
		with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
			env=there.environment(plugin, {}), cwd=there.folder, **there.user) as daemon:
			number, sizes[plugin] = 0, []

			def ask(method, **parameters):
				nonlocal number
				number += 1
				text = ", ".join(f'"{key}": "{value}"' for key, value in parameters.items())
				daemon.stdin.write(f'{{"jsonrpc": "2.0", "id": {number}, "method": "{method}", "params": {{{text}}}}}\n')
				daemon.stdin.flush()
				while not daemon.stdout.readline().startswith(f'{{"jsonrpc":"2.0","id":{number},'):
					pass

			for turn in range(1, rounds + 1):
				for path in paths:
					ask("load", file=path)
					ask("frames", filter="remora.ip.ttl == 64 || remora.breakdown contains NTP" if plugin else "ip.ttl == 64")
					ask("frame", frame="3", proto="true")
				if turn in (5, rounds):
					sizes[plugin].append(resident(daemon.pid))
			ask("bye")
	for plugin, (few, many) in sizes.items():
		print(f"sharkd {'with' if plugin else 'without'} the plugin: {few} kB after 5 rounds, {many} kB after {rounds}")
	more = (sizes[True][1] - sizes[True][0]) - (sizes[False][1] - sizes[False][0])
	checks.expect(more <= GROWTH, f"with the plugin sharkd grows by {more} kB more than without")


def main():
	options = argparse.ArgumentParser()
	options.add_argument("plugin")
	options.add_argument("--files", type=int, default=60)
	options.add_argument("--rounds", type=int, default=12)
	options.add_argument("--seed", type=int, default=1)
	options = options.parse_args()
	there, checks = host.Host(options.plugin), host.Checks()
	fuzz(there, checks, options.files, options.seed)
	growth(there, checks, options.rounds)
	checks.end()


main()
