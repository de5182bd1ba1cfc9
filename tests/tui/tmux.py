# SPDX-License-Identifier: BSD-3-Clause
"""A real terminal for tests: a tmux server of its own with one window."""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time


class Terminal:
	"""A shell in a terminal of so many columns and lines."""

	def __init__(self, width=100, height=30, environment=None):
		self.work = tempfile.TemporaryDirectory(prefix="remora-tui-")
		self.folder = pathlib.Path(self.work.name)
		self.socket = self.folder / "tmux"
		self.environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC",
			"TERM": "xterm-256color", "HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder), "PS1": "READY ",
			"ASAN_OPTIONS": "detect_leaks=0", **(environment or {})}
		(self.folder / "tmux.conf").write_text(
			"set -g default-terminal tmux-256color\nset -s set-clipboard on\nset -s escape-time 0\nset -g status off\n")
		self.tmux("-f", self.folder / "tmux.conf", "new-session", "-d", "-x", width, "-y", height, "sh", "-i")
		self.wait("READY")

	def __enter__(self):
		return self

	def __exit__(self, *_):
		self.tmux("kill-server", check=False)
		self.work.cleanup()

	def tmux(self, *words, check=True):
		return subprocess.run(["tmux", "-u", "-S", str(self.socket), *map(str, words)], check=check, capture_output=True,
			env=self.environment, timeout=60).stdout.decode("utf-8", "replace")

	def screen(self, escapes=False):
		return self.tmux("capture-pane", "-p", *(["-e"] if escapes else []))

	def keys(self, *names):
		"""Keys by tmux's names."""
		self.tmux("send-keys", *names)

	def type(self, text):
		self.tmux("send-keys", "-l", text)

	def run(self, *words):
		"""A command line of the shell."""
		self.type(" ".join(word if word in ("|", "<", ">", "&", ";") else shlex.quote(str(word)) for word in words))
		self.keys("Enter")

	def resize(self, width, height):
		self.tmux("resize-window", "-x", width, "-y", height)

	def wait(self, text, gone=False, seconds=20):
		"""Until a text is on the screen, or no longer; returns the screen."""
		end = time.monotonic() + seconds
		while time.monotonic() < end:
			screen = self.screen()
			if (text in screen) != gone:
				return screen
			time.sleep(0.03)
		raise AssertionError(f"{text!r} {'stays' if gone else 'does not appear'}:\n{self.screen()}")

	def ended(self, code):
		"""The program has ended, and what was on the screen before is back: the shell answers. Keys that come before that would
		be the program's."""
		end = time.monotonic() + 20
		while self.tmux("display", "-p", "#{alternate_on}").strip() != "0":
			assert time.monotonic() < end, f"it does not end:\n{self.screen()}"
			time.sleep(0.03)
		self.type("echo ended with $?")
		self.keys("Enter")
		screen = self.wait(f"ended with {code}\n")
		assert "F1 Help" not in screen, screen
		return screen

	def pid_of(self, name):
		"""The process in the window that is called so."""
		shell = int(self.tmux("list-panes", "-F", "#{pane_pid}"))
		end = time.monotonic() + 10
		while time.monotonic() < end:
			for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
				try:
					pid, rest = stat.read_text().split(" (", 1)
				except OSError:
					continue
				called, fields = rest.rsplit(") ", 1)
				if called == name and int(fields.split()[1]) == shell:
					return int(pid)
			time.sleep(0.03)
		raise AssertionError(f"there is no {name} in the window")


def run_tests(known):
	"""Those of `known` that are called test_…, or those of them that the command line names; what main() returns."""
	named = sys.argv[2:]
	tests = [(name, f) for name, f in known.items() if name.startswith("test_") and (not named or name[5:] in named)]
	failed = 0
	for name, test in tests:
		try:
			test()
		except (AssertionError, subprocess.SubprocessError) as why:
			failed += 1
			print(f"{name}: {why}")
	print(f"{len(tests) - failed} passed, {failed} failed")
	return 1 if failed or not tests else 0
