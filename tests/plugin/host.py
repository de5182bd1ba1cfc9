# SPDX-License-Identifier: BSD-3-Clause
"""Wireshark's programs with the plugin, as a user whose plugins Wireshark loads: it passes them over in silence for root.

REMORA_WIRESHARK_RUN is a command to put before each program, for a Wireshark that is not the system's own.
"""

import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples/captures"
NOBODY = 65534
LONGEST = 300   # seconds that a program may take
PREFIX = shlex.split(os.environ.get("REMORA_WIRESHARK_RUN", ""))


def series():
	"""Wireshark's version as its plugin folders are named: 4.0."""
	said = subprocess.run([*PREFIX, "tshark", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
	return re.search(rb" (\d+\.\d+)\.\d+", said.stdout)[1].decode()


def sanitizers(plugin):
	"""The runtime of a plugin built with sanitizers: it must be there before Wireshark is."""
	names = subprocess.run(["nm", "-D", plugin], stdout=subprocess.PIPE, check=True).stdout
	if b"__asan_init" not in names:
		return []
	linked = subprocess.run(["ldd", plugin], stdout=subprocess.PIPE, check=True).stdout.decode()
	found = re.findall(r"=> (\S*/lib[au]\w*san\S*)", linked)
	if found:
		return found
	clang = subprocess.run(["clang", "-print-file-name=libclang_rt.asan-x86_64.so"], stdout=subprocess.PIPE, check=True)
	return [clang.stdout.decode().strip()]


def sampled():
	"""The words PLUGIN [--every N] of a command line: who has many cases takes each Nth of them."""
	options = argparse.ArgumentParser()
	options.add_argument("plugin")
	options.add_argument("--every", type=int, default=1)
	return options.parse_args()


class Host:
	"""A scratch folder with a home, the plugin, and copies of captures, all of which an unprivileged user can read."""

	def __init__(self, plugin):
		if not shutil.which("tshark") and not PREFIX:
			print("skipped: there is no tshark")
			sys.exit(77)
		self.scratch = tempfile.TemporaryDirectory(prefix="remora-plugin-", ignore_cleanup_errors=True)
		self.folder = pathlib.Path(self.scratch.name)
		self.folder.chmod(0o755)
		self.series = series()
		for name in ("with", "without", "extcap"):
			(self.folder / name / self.series / "epan").mkdir(parents=True)
		shutil.copy(plugin, self.folder / "with" / self.series / "epan/remora.so")
		self.home = self.folder / "home"
		self.home.mkdir()
		self.user = {}
		if os.geteuid() == 0:
			os.chown(self.home, NOBODY, NOBODY)
			self.user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
		self.preload = sanitizers(plugin)

	def capture(self, path):
		"""The capture where the programs can read it."""
		copy = self.folder / pathlib.Path(path).name
		if not copy.exists():
			shutil.copyfile(path, copy)
		return copy

	def samples(self, *more):
		"""All samples in one file, one after the other."""
		whole = self.folder / "samples.pcapng"
		if not whole.exists():
			files = sorted(SAMPLES.glob("*.pcap*")) + list(more)
			subprocess.run([*PREFIX, "mergecap", "-a", "-w", whole, *files], check=True)
			whole.chmod(0o644)
		return whole

	def environment(self, plugin, more):
		home = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
		home["WIRESHARK_PLUGIN_DIR"] = str(self.folder / ("with" if plugin else "without"))
		home["WIRESHARK_EXTCAP_DIR"] = str(self.folder / "extcap")      # none: Wireshark asks each for its version
		if self.preload and plugin:
			home["LD_PRELOAD"] = ":".join(self.preload)
			home["ASAN_OPTIONS"] = "detect_leaks=0"         # Wireshark keeps what it has until it ends
			home["UBSAN_OPTIONS"] = "halt_on_error=1"
		return home | more

	def run(self, program, *arguments, plugin=True, root=False, env=None, **more):
		"""Runs a program to its end, without looking at its exit code."""
		as_user = {} if root else self.user
		return subprocess.run([*PREFIX, program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
			stdin=None if "input" in more else subprocess.DEVNULL, cwd=self.folder,
			env=self.environment(plugin, env or {}), check=False, timeout=LONGEST, **as_user, **more)

	def lines(self, *arguments, **more):
		"""What tshark prints, a list of lines; that it fails is a failure."""
		done = self.run("tshark", *arguments, **more)
		if done.returncode != 0:
			raise RuntimeError(f"tshark {arguments}: exit code {done.returncode}\n{done.stderr.decode()[-2000:]}")
		return done.stdout.decode("utf-8", "replace").splitlines()

	def sharkd(self, requests, **more):
		"""The results of requests, (method, parameters) each, that one sharkd answers."""
		asked = [{"jsonrpc": "2.0", "id": i, "method": method, "params": parameters}
			for i, (method, parameters) in enumerate(requests, 1)]
		text = "".join(json.dumps(request) + "\n" for request in asked)
		done = self.run("sharkd", "-", input=text.encode(), **more)
		answers = {}
		for line in done.stdout.decode("utf-8", "replace").splitlines():
			if line.startswith("{"):
				answer = json.loads(line)
				answers[answer["id"]] = answer.get("result", answer.get("error"))
		if done.returncode != 0 or len(answers) != len(asked):
			raise RuntimeError(f"sharkd: {len(answers)} of {len(asked)} answers, exit code {done.returncode}\n"
				+ done.stderr.decode()[-2000:])
		return [answers[i] for i in range(1, len(asked) + 1)]


class Fields:
	"""What -G fields says of keys: {key: [(type, base, mask), …]}, and -G values of their values' names."""

	def __init__(self, host):
		self.kinds, self.protocols, self.names = {}, set(), {}
		for line in host.lines("-G", "fields"):
			column = line.split("\t")
			if column[0] == "P":
				self.protocols.add(column[2])
			elif column[0] == "F":
				self.kinds.setdefault(column[2], []).append((column[3], column[5], int(column[6] or "0", 0)))
		for line in host.lines("-G", "values"):
			column = line.split("\t")
			if column[0] == "V" and len(column) >= 4:
				self.names.setdefault(column[1], {})[column[2]] = column[3]
			elif column[0] == "T":
				self.names.setdefault(column[1], {}).update({"1": column[2], "0": column[3]})


class Checks:
	"""Counts what holds and says what does not."""

	def __init__(self):
		self.good, self.bad = 0, 0

	def expect(self, holds, what):
		if holds:
			self.good += 1
		else:
			self.bad += 1
			print("FAILED:", what)
		return holds

	def same(self, found, wanted, what):
		return self.expect(found == wanted, f"{what}: {str(found)[:300]} instead of {str(wanted)[:300]}")

	def end(self):
		print(f"{self.good} checks hold, {self.bad} do not")
		sys.exit(1 if self.bad or not self.good else 0)
