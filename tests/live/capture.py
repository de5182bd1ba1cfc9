#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""capture.py REMORA [SCENE…]: packets over a cable of our own, what is shown of them, and what is counted, whatever ends it."""
import json
import os
import re
import signal
import subprocess
import sys
import time

from stage import FAR, Remora, Sender, enter, lay_cable, passed_by, perform, run, tshark

remora = os.path.abspath(sys.argv[1])
PACKETS = 40


def capture(*words, send=PACKETS, how=signal.SIGINT, **more):
	r = Remora(remora, *words, **more)
	Sender().send(send)
	time.sleep(0.1 if how is not None else 0)
	return r.end(how)


def lines(_):
	out, counts = capture(FAR)
	rows = out.splitlines()
	assert len(rows) == PACKETS and "192.0.2.1" in rows[0] and rows[0].endswith("UDP       60  5000 → 5001 len 18"), out
	assert counts == {"captured": PACKETS, "on": FAR, "shown": PACKETS, "unread": 0, "kernel": 0, "here": 0}, counts


def forms(_):
	"""Every form of remora read; a capture and its file say the same."""
	out, _ = capture("-i", FAR, "-T", "json", send=3)
	assert len(json.loads(out)) == 3, out
	out, _ = capture("-i", FAR, "-T", "fields", "-e", "frame.interface_name", "-e", "udp.dstport", "-E", "separator=,", send=2)
	assert out == f"{FAR},5001\n" * 2, out
	for words, expect in ((["-V"], "RFC 791"), (["-x"], "0010 "), (["-T", "breakdown", "--us", "192.0.2.2"], "[")):
		out, _ = capture("-i", FAR, *words, send=1)
		assert expect in out, out


def same_as_read(folder):
	path = folder / "a.pcapng"
	out, _ = capture("-i", FAR, "-w", path, "--print", "-V")
	done = subprocess.run([remora, "read", "-V", path], capture_output=True, text=True, check=True, env={"TZ": "UTC"})
	assert out == done.stdout and out.count("\nFrame ") == PACKETS - 1, (out[:500], done.stdout[:500])


def filters(_):
	r = Remora(remora, FAR, "udp", "port", "53", "-Y", "udp.srcport == 7")
	sender = Sender()
	sender.send(10)
	sender.send(5, port=53)
	sender.send(4, port=53, source_port=7)
	time.sleep(0.1)
	out, counts = r.end()
	assert len(out.splitlines()) == counts["shown"] == 4 and counts["captured"] == passed_by(counts) == 9, counts


def count(folder):
	path = folder / "c.pcapng"
	r = Remora(remora, FAR, "-c", "7", "-w", path)
	Sender().send(PACKETS)
	out, counts = r.end(None)
	assert out == "" and r.process.returncode == 0 and counts["captured"] == counts["shown"] == 7, r.said
	assert passed_by(counts) >= 7 and len(tshark(path)) == 7


def autostop(_):
	began = time.monotonic()
	_, counts = capture(FAR, "-a", "duration:0.7", how=None)
	assert counts["captured"] == PACKETS and 0.6 < time.monotonic() - began < 10, counts
	_, counts = capture(FAR, "-a", "packets:9", how=None)
	assert counts["shown"] == 9, counts


def several(_):
	lay_cable("more0", "more1")
	r = Remora(remora, "-i", FAR, "-i", "more1", "-T", "fields", "-e", "frame.interface_name")
	Sender().send(5)
	Sender("more0").send(6)
	time.sleep(0.1)
	out, counts = r.end()
	assert out.split().count(FAR) == 5 and out.split().count("more1") == 6 and counts["on"] == f"{FAR}, more1", out
	r = Remora(remora, "any", "-T", "fields", "-e", "sll.ifindex")
	Sender().send(5)
	time.sleep(0.1)
	out, counts = r.end()
	assert counts["captured"] == 10 and len(set(out.split())) == 2, (out, counts)  # both ends of the cable
	run("ip", "link", "del", "more0")


def signals(_):
	for how in (signal.SIGTERM, signal.SIGHUP):
		_, counts = capture(FAR, how=how)
		assert counts["captured"] == PACKETS, counts
	r = Remora(remora, FAR)
	Sender().send(3)
	time.sleep(0.1)
	r.process.send_signal(signal.SIGUSR1)
	r.until("dropped here\n")
	assert r.counts()["captured"] == 3
	_, counts = r.end()
	assert counts["captured"] == 3 and r.process.returncode == 0, r.said


def closed_pipe(_):
	"""Whoever read our lines has gone, before a packet came and while they come."""
	for send in (0, 2):
		reader, writer = os.pipe()
		r = Remora(remora, FAR, "-l", stdout=writer)
		os.close(writer)
		Sender().send(send)
		if send > 0:
			os.read(reader, 1)
		os.close(reader)
		Sender().send(send)
		_, counts = r.end(None)
		assert r.process.returncode == 0 and "Broken" not in r.said and passed_by(counts) <= 2 * send, r.said


def vanishing(_):
	lay_cable("gone0", "gone1")
	r = Remora(remora, "gone1")
	Sender("gone0").send(5)
	time.sleep(0.2)
	run("ip", "link", "del", "gone0")
	out, counts = r.end(None)
	assert len(out.splitlines()) == counts["captured"] == 5 and r.process.returncode == 2, r.said
	assert re.search(r"remora: gone1: .*disappeared", r.said), r.said


def session(_):
	"""Under SSH the session itself is left out, and said, unless there is a filter."""
	ssh = {"SSH_CONNECTION": "192.0.2.1 5000 192.0.2.2 5001"}
	for words, shown, says in (((), 3, "your SSH session with 192.0.2.1 port 5000 is left out"), (("-f", ""), 8, "")):
		r = Remora(remora, FAR, *words, env=ssh)
		assert says in r.said and ("left out" in r.said) == bool(says), r.said
		Sender().send(5, protocol=6)
		Sender().send(3)
		time.sleep(0.1)
		_, counts = r.end()
		assert counts["shown"] == passed_by(counts) == shown, counts


def refusals(_):
	def said(*words, **more):
		done = subprocess.run([remora, "live", *words], capture_output=True, text=True, check=False, timeout=20, **more)
		return done.returncode, done.stdout + done.stderr
	assert said("nosuch0") == (2, "remora: nosuch0: there is no such interface; remora live -D lists them\n")
	code, text = said(FAR, "port", "port")
	assert code == 2 and text.startswith('remora: capture filter "port port": '), text
	run("ip", "link", "add", "idle0", "type", "veth", "peer", "name", "idle1")
	code, text = said("idle0")
	assert code == 2 and "$" not in text and "try: sudo ip link set idle0 up" in text, text
	code, text = said("-D")
	assert code == 0 and re.search(r"(?m)^ *\d+  idle0 +no +it is down\n +\$ sudo ip link set idle0 up$", text), text
	assert re.search(rf"(?m)^ *\d+  {FAR} +up\b", text), text
	assert FAR in said("-D", "-q")[1].split()
	assert said("-L", FAR)[1].startswith(f"{FAR}  EN10MB "), said("-L", FAR)
	assert said("-I", FAR) == (2, f"remora: {FAR}: it has no monitor mode: leave -I out\n"), said("-I", FAR)
	for words in (["-a", "speed:3"], ["-b", "files:2", FAR], ["-a", "filesize:3", FAR], ["-s", "-1", FAR], ["-B", "4096", FAR],
			["-f", "udp", FAR, "tcp"]):
		assert said(*words)[0] == 1, said(*words)
	if os.getuid() == 0:
		code, text = said(FAR, user=65534, group=65534, extra_groups=[])
		assert code == 2 and "setcap cap_net_raw+ep" in text, text


def cut(folder):
	path = folder / "s.pcapng"
	capture(FAR, "-s", "48", "-w", path, send=2)
	assert tshark(path, "-T", "fields", "-e", "frame.cap_len", "-e", "frame.len") == ["48\t60"] * 2


def along(_):
	"""What another program captures, from standard input."""
	with subprocess.Popen(["tcpdump", "-i", FAR, "-U", "-w", "-", "-c", "6"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as other:
		other.stderr.readline()
		Sender().send(6)
		done = subprocess.run([remora, "live", "-"], stdin=other.stdout, capture_output=True, text=True, check=True)
	assert len(done.stdout.splitlines()) == 6, done


enter()
lay_cable()
perform([lines, forms, same_as_read, filters, count, autostop, several, signals, closed_pipe, vanishing, session, refusals, cut, along])
