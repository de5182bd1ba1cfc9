# SPDX-License-Identifier: BSD-3-Clause
"""A made-up machine: a home folder, a prefix with remora in it, a PATH, all of a user who is not root."""
import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

NOBODY = 65534
SUBJECT, TEXT = 8, 26  # columns of a finding


class Machine:
	def __init__(self, root, remora):
		self.root = root
		self.is_root = os.getuid() == 0
		for name in ("home", "path", "lib", "common", "prefix/bin"):
			(root / name).mkdir(parents=True)
		self.home, self.path, self.lib, self.common = (root / name for name in ("home", "path", "lib", "common"))
		self.remora = root / "prefix/bin/remora"
		shutil.copy(remora, self.remora)
		self.own(self.home)

	def own(self, path):
		"""Gives a file or folder to the user that remora runs as."""
		if self.is_root:
			os.chown(path, NOBODY, NOBODY)

	def user(self):
		return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if self.is_root else {}

	def environment(self, **more):
		return {"HOME": str(self.home), "PATH": str(self.path), "LD_LIBRARY_PATH": str(self.lib), "LC_ALL": "C.UTF-8",
			"WIRESHARK_PLUGIN_DIR": str(self.common), **more}

	def run(self, *words, as_root=False, **more):
		"""What remora says (standard output, then standard error), and its exit code."""
		done = subprocess.run([self.remora, *words], env=self.environment(**more), cwd=self.root, stdin=subprocess.DEVNULL,
			capture_output=True, check=False, timeout=60, **({} if as_root else self.user()))
		text = (done.stdout + done.stderr).decode("utf-8")
		assert "Sanitizer" not in text and "runtime error" not in text, text
		return text, done.returncode


def findings(text):
	"""[verdict, subject, text, [commands]] of each finding; what else is printed must be a heading or the last line."""
	found = []
	for line in text.splitlines():
		match = re.fullmatch(r"  (ok|warn|fail) +(\S.*)", line)
		if match:
			found.append([match[1], line[SUBJECT:TEXT].strip(), line[TEXT:], []])
		elif line.startswith(" " * TEXT + "$ "):
			found[-1][3].append(line[TEXT + 2:])
			continue
		elif line.startswith(" " * TEXT):
			found[-1][2] += " " + line[TEXT:]
		else:
			assert re.fullmatch(r"|[A-Z][a-z]+|\d+ good, \d+ to look at, \d+ failed", line), line
		assert len(line) <= 80 or " " not in line[TEXT:], line
	return found


@contextlib.contextmanager
def machine(remora):
	with tempfile.TemporaryDirectory() as work:
		root = pathlib.Path(work).resolve()
		root.chmod(0o755)
		yield Machine(root, remora)
