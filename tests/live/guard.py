#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""guard.py REMORA ACTS [SCENE…]: what remora gives up before it looks at packets, and that nothing else changes by that."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from stage import FAR, Remora, Sender, enter, family, lay_cable, passed_by, perform

enter()
remora, acts = (os.path.abspath(name) for name in sys.argv[1:3])
del sys.argv[2]
top = pathlib.Path(__file__).resolve().parents[2]
NOBODY = 65534
environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "LC_ALL": "C.UTF-8"}  # whoever looks for leaks stays outside


def ten_acts(folder):
	folder.chmod(0o777)
	users = [{}, {"user": NOBODY, "group": NOBODY, "extra_groups": []}] if os.getuid() == 0 else [{}]
	for role in ("reader", "live", "capture", "screen"):
		for user in users:
			done = subprocess.run([acts, role], cwd=folder, env=environment, capture_output=True, text=True, check=False, **user)
			lines = done.stdout.splitlines()
			refused = [line for line in lines if line.endswith("Operation not permitted")]
			assert done.returncode == 0 and len(refused) >= 10 and lines[-1].endswith("goes"), (role, done)
			assert re.match(r"user [1-9]\d*, no capabilities, (Landlock \d+|no Landlock), \d+ system calls$", lines[0]), lines[0]


def same_output(_):
	"""With a sandbox and without, in every form, and in the corners that want something of the system."""
	captures = sorted((top / "samples/captures").glob("*.pcap*"))
	words = [["-t", "ad"], ["-V"], ["-x"], ["-T", "json"], ["-T", "pdml"], ["-T", "breakdown", "--us", "192.0.2.1"], ["-T", "none"]]
	corners = [["-Y", 'http.host matches "ex(a|b)+mple"'], ["-f", "port domain or arp"], ["-c", "3", "-n"],
		["-d", "udp.port==53,http"], ["-Y", 'frame matches "(a|b)*c"']]
	tried = 0
	for number, path in enumerate(captures):
		for more in [words[number % len(words)], corners[number % len(corners)]]:
			both = [subprocess.run([remora, "read", *more, *option, path], env={**environment, "TZ": "Europe/Berlin"}, capture_output=True,
				check=False) for option in ([], ["--no-sandbox"])]
			assert (both[0].stdout, both[0].stderr, both[0].returncode) == (both[1].stdout, both[1].stderr, both[1].returncode), (
				path, more, both[0].stderr)
			tried += 1
	assert tried >= 20, tried


def status_of(pid):
	return dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())


def gone_by_then(folder):
	"""While packets are looked at: no root, no capability, no new privileges, a filter of system calls."""
	r = Remora(remora, FAR, "-l", "-w", folder / "a.pcapng", "--print", env=environment)
	Sender().send(1)
	r.process.stdout.readline()
	family_names = []
	for pid in family(r.process.pid):
		status = status_of(pid)
		family_names.append(status["Name"])
		if status["Name"] == "remora-broker":
			continue
		assert "0" not in status["Uid"].split(), status
		assert int(status["CapEff"], 16) == int(status["CapPrm"], 16) == 0, status
		assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", status
	assert {"remora-capture", "remora-broker", "remora-writer"} < set(family_names), family_names
	r.end()
	r = Remora(remora, FAR, "--no-sandbox", env=environment)
	assert status_of(r.process.pid)["Seccomp"] == "0"
	r.end()


def before_the_first_byte(folder):
	"""remora read has a file open, and few rights, before the first byte of it is there; what is no capture leaves -w FILE alone."""
	pipe, old = folder / "pipe", folder / "old.pcap"
	os.mkfifo(pipe)
	capture = (top / "samples/captures/first-light.pcapng").read_bytes()
	for first, code in [(capture, 0), (b"no capture at all", 2)]:
		old.write_bytes(b"what was there")
		with subprocess.Popen([remora, "read", pipe, "-w", old], env=environment, stderr=subprocess.PIPE) as process:
			with open(pipe, "wb") as writer:
				deadline = time.monotonic() + 10
				while status_of(process.pid)["Seccomp"] != "2":
					assert time.monotonic() < deadline, status_of(process.pid)
					time.sleep(0.01)
				assert old.read_bytes() == b"what was there"
				writer.write(first)
			said = process.communicate(timeout=20)[1]
		assert process.returncode == code, said
		assert (old.read_bytes() == b"what was there") == (code != 0), old.read_bytes()[:50]


def with_setcap(folder):
	"""A user who is nobody, and a program that may capture."""
	if os.getuid() != 0:
		return
	program = folder / "remora"
	folder.chmod(0o755)
	shutil.copy(remora, program)
	program.chmod(0o755)
	subprocess.run(["setcap", "cap_net_raw+ep", program], check=True)
	r = Remora(program, FAR, env=environment, user=NOBODY, group=NOBODY, extra_groups=[], cwd="/")
	Sender().send(10)
	time.sleep(0.1)
	for pid in family(r.process.pid):
		status = status_of(pid)
		if status["Name"] != "remora-broker":
			assert status["Uid"].split() == [str(NOBODY)] * 4 and int(status["CapPrm"], 16) == 0, status
	out, counts = r.end(leaks=False)
	assert len(out.splitlines()) == counts["captured"] == passed_by(counts) == 10, r.said


def under_sudo(_):
	"""The user who called sudo, not root, is who packets are taken apart as."""
	if os.getuid() != 0:
		return
	r = Remora(remora, FAR, env={**environment, "SUDO_UID": "1234", "SUDO_GID": "1235"})
	status = status_of(r.process.pid)
	assert status["Uid"].split() == ["1234"] * 4 and status["Gid"].split() == ["1235"] * 4 and status["Groups"].strip() == "", status
	r.end()


lay_cable()
perform([ten_acts, same_output, before_the_first_byte, gone_by_then, with_setcap, under_sudo])
