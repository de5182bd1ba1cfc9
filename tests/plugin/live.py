#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""live.py PLUGIN: our fields in a tshark that captures as it goes, at the end of a cable in a namespace of its own. The user is
nobody, with the capabilities that capturing needs and no others."""

import os
import subprocess
import sys

import host

sys.path.append(str(host.ROOT / "tests/live"))
import stage

RIGHTS = "+net_raw,+net_admin"
COUNT = 20


def main():
	if os.geteuid() != 0 and os.environ.get("REMORA_STAGE") != "1":
		print("skipped: only root can capture as nobody")
		sys.exit(77)
	stage.enter()
	stage.lay_cable()
	there, checks = host.Host(sys.argv[1]), host.Checks()
	there.user = {}
	command = ["setpriv", f"--reuid={host.NOBODY}", f"--regid={host.NOBODY}", "--clear-groups", "--inh-caps=" + RIGHTS,
		"--ambient-caps=" + RIGHTS, "tshark", "-l", "-i", stage.FAR, "-c", str(COUNT), "-o", "remora.crosscheck:TRUE", "-T", "fields"]
	for key in ("frame.number", "ip.dst", "remora.ip.dst", "remora.udp.dstport", "remora.disagreement"):
		command += ["-e", key]
	tshark = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=there.folder, env=there.environment(True, {}))
	said = b""
	while b"Capture started" not in said:
		line = tshark.stderr.readline()
		if not line:
			break
		said += line
	stage.Sender().send(COUNT)
	out, rest = tshark.communicate(timeout=host.LONGEST)
	rows = [line.split("\t") for line in out.decode().splitlines()]
	wanted = [[str(number), "192.0.2.2", "192.0.2.2", "5001", ""] for number in range(1, COUNT + 1)]
	checks.same(rows, wanted, f"what tshark shows as it captures ({(said + rest).decode()[-500:]})")
	checks.same(tshark.returncode, 0, "tshark's exit code")
	checks.end()


main()
