#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""load.py PLUGIN: Wireshark finds the plugin, for a user; it exports the five names that Wireshark looks for, and no other."""

import os
import subprocess
import sys

import host

NAMES = {"plugin_describe", "plugin_register", "plugin_version", "plugin_want_major", "plugin_want_minor"}


def exported(plugin):
	listed = subprocess.run(["nm", "-D", "--defined-only", plugin], stdout=subprocess.PIPE, check=True).stdout.decode()
	names = {line.split()[-1] for line in listed.splitlines()}
	return {name for name in names if not name.startswith("__odr_asan")}        # the sanitizer's own


def listed(there, **more):
	rows = [line.split("\t") for line in there.lines("-G", "plugins", **more)]
	return [row for row in rows if row[0].strip() == "remora.so"]


def main():
	plugin, checks = sys.argv[1], host.Checks()
	there = host.Host(plugin)
	checks.same(exported(plugin), NAMES, "exported names")
	rows = listed(there)
	if checks.same(len(rows), 1, "times in tshark -G plugins"):
		checks.same(rows[0][2], "dissector", "what it is to Wireshark")
	checks.same(listed(there, plugin=False), [], "without the plugin")
	if os.geteuid() == 0 and not there.preload:     # Wireshark asks programs for their version, which would hang in them
		checks.same(listed(there, root=True), [], "for root")
	checks.end()


main()
