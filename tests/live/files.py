#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""files.py REMORA FLOOD [SCENE…]: what is on disk of a capture, at any moment and whatever becomes of the program."""
import os
import pathlib
import random
import re
import subprocess
import sys
import time

from stage import FAR, NEAR, Remora, Sender, enter, lay_cable, passed_by, perform, run, tshark

enter()
remora, flood = (os.path.abspath(name) for name in sys.argv[1:3])
del sys.argv[2]
sample = pathlib.Path(__file__).resolve().parents[2] / "samples/captures/first-light.pcapng"
kills = int(os.environ.get("KILLS", "12"))
NAME = re.compile(r"r_(\d{5})_\d{14}\.pcapng")


def numbers(path):
	return [int(line[:16], 16) for line in tshark(path, "-T", "fields", "-e", "udp.payload")]


def ring(folder):
	"""Files by packets: together they have every packet once; each can be read by itself."""
	r = Remora(remora, FAR, "-w", folder / "r.pcapng", "-b", "packets:10")
	Sender().send(35)
	time.sleep(0.3)
	_, counts = r.end()
	assert counts["shown"] == 35 and r.process.returncode == 0, r.said
	files = sorted(folder.iterdir())
	assert [NAME.fullmatch(f.name)[1] for f in files] == ["00001", "00002", "00003", "00004"], files
	assert [len(numbers(f)) for f in files] == [10, 10, 10, 5]
	assert sum((numbers(f) for f in files), []) == list(range(35))


def ring_of_two(folder):
	r = Remora(remora, FAR, "-w", folder / "r.pcapng", "-b", "packets:10", "-b", "files:2")
	Sender().send(45)
	time.sleep(0.3)
	r.end()
	files = sorted(folder.iterdir())
	assert [len(numbers(f)) for f in files] == [10, 5] and NAME.fullmatch(files[0].name)[1] == "00004", files


def ring_by_size(folder):
	r = Remora(remora, FAR, "-w", folder / "r.pcapng.zst", "-b", "filesize:10", "-a", "files:3")
	Sender().send(60, size=1000)
	_, counts = r.end(None)
	files = sorted(folder.iterdir())
	assert len(files) == 3 and all(f.name.endswith(".pcapng.zst") for f in files), files
	for f in files:
		subprocess.run(["zstd", "-dq", f], check=True)
		assert 9 <= len(numbers(f.with_suffix(""))) <= 11, f
	assert counts["shown"] < 60, counts


def ring_by_time(folder):
	began = time.monotonic()
	r = Remora(remora, FAR, "-w", folder / "r.pcapng", "-b", "duration:0.4")
	for _ in range(4):
		Sender().send(3)
		time.sleep(0.25)
	r.end()
	files = sorted(folder.iterdir())
	assert 2 <= len(files) <= 1 + (time.monotonic() - began) / 0.4 and sum(len(numbers(f)) for f in files) == 12, files


def ring_by_interval(folder):
	"""A file turns with the second of the clock, whenever it was begun."""
	r = Remora(remora, FAR, "-w", folder / "r.pcapng", "-b", "interval:1")
	for _ in range(12):
		Sender().send(2)
		time.sleep(0.2)
	r.end()
	seconds = [[int(float(line)) for line in tshark(f, "-T", "fields", "-e", "frame.time_epoch")] for f in sorted(folder.iterdir())]
	# What has come at the turn of a second may be written a moment behind it; in a second nothing may come.
	seconds = [of_file for of_file in seconds if of_file]
	assert len(seconds) >= 3 and all(len(set(of_file)) <= 2 for of_file in seconds), seconds
	assert sum(map(len, seconds)) == 24 and sorted(set(sum(seconds, []))) == [max(of_file) for of_file in seconds], seconds


def one_file(folder):
	"""It ends by its size; what the interface counted stands at its end."""
	path = folder / "a.pcapng"
	r = Remora(remora, FAR, "-w", path, "-a", "filesize:20")
	Sender().send(100, size=1000)
	r.end(None)
	assert 18 <= len(numbers(path)) <= 21 and path.stat().st_size < 24000
	about = run("capinfos", "-I", path)
	assert f"Name = {FAR}" in about and "Number of stat entries = 1" in about, about


def pcap(folder):
	path = folder / "a.pcap"
	r = Remora(remora, FAR, "-w", path)
	Sender().send(5)
	time.sleep(0.1)
	r.end()
	assert numbers(path) == list(range(5)) and path.read_bytes()[:4] in (bytes.fromhex("d4c3b2a1"), bytes.fromhex("4d3cb2a1"))


def to_a_pipe(_):
	r = Remora(remora, FAR, "-w", "-")
	Sender().send(5)
	time.sleep(0.1)
	r.process.send_signal(2)
	out, _ = r.process.communicate(timeout=20)
	done = subprocess.run([remora, "read", "-"], input=out, capture_output=True, check=True)
	assert len(done.stdout.splitlines()) == 5, done


def at_most_a_second(folder):
	"""What is a second old is in the file, while the capture goes on."""
	path = folder / "a.pcapng"
	r = Remora(remora, FAR, "-w", path)
	Sender().send(7)
	time.sleep(1)
	assert len(numbers(path)) == 7
	r.end()


def last_moment(path):
	"""Seconds since 1970 of the last packet, or 0."""
	return max(map(float, tshark(path, "-T", "fields", "-e", "frame.time_epoch")), default=0)


def killed(folder):
	"""At any moment: what is there is whole packets, from the first on, and at most a second is missing."""
	seed = int(os.environ.get("SEED", "4"))
	dice = random.Random(seed)
	for _ in range(kills):
		path = folder / "k.pcapng"
		r = Remora(remora, FAR, "-w", path)
		rate, size = dice.choice([500, 5000, 50000]), dice.choice([60, 154, 1400])
		began = time.time()
		with subprocess.Popen([flood, NEAR, str(rate * 3), str(rate), str(size)], stdout=subprocess.DEVNULL) as sender:
			time.sleep(dice.uniform(0, 1.5))
			r.process.kill()
			ended = time.time()
			sender.kill()
		r.process.communicate()
		time.sleep(0.1)
		found = numbers(path)
		assert found == list(range(len(found))), (seed, rate, len(found))
		assert ended - max(began, last_moment(path)) < 1, (seed, rate, len(found))
		path.unlink()


def full_disk(folder):
	"""It is said, and the program ends; what fits is whole."""
	if os.getuid() != 0:
		return
	disk = folder / "disk"
	disk.mkdir()
	if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], check=False, stderr=subprocess.DEVNULL).returncode:
		return
	try:
		r = Remora(remora, FAR, "-w", disk / "a.pcapng")
		Sender().send(400, size=1400)
		_, counts = r.end(None)
		assert r.process.returncode == 2 and "No space left on device" in r.said and counts["captured"] > 100, r.said
		found = numbers(disk / "a.pcapng")
		assert found == list(range(len(found))), found
	finally:
		run("umount", disk)


def one_writer(folder):
	"""A file that is being written to stays whole, whoever else wants to write there."""
	path = folder / "mine.pcapng"
	r = Remora(remora, FAR, "-w", path)
	Sender().send(5)
	time.sleep(0.3)
	for words in (["live", FAR, "-w", path], ["read", "-w", path, sample]):
		done = subprocess.run([remora, *words], capture_output=True, text=True, timeout=20, check=False)
		assert done.returncode == 2 and "Text file busy" in done.stderr, done
	Sender().send(5)
	r.end()
	assert numbers(path) == 2 * list(range(5))
	run(remora, "read", "-w", path, sample)
	assert len(tshark(path)) == 33


def load(folder):
	"""A packet is shown, dropped or filtered out, and nothing else."""
	path = folder / "l.pcapng"
	r = Remora(remora, FAR, "-w", path, "-B", "2")
	count = 60000
	run(flood, NEAR, str(count), "0")
	time.sleep(0.5)
	_, counts = r.end(seconds=60)
	assert passed_by(counts) == count and counts["unread"] == 0, counts
	r = Remora(remora, FAR, "-q", "-T", "none", "-Y", "udp.port == 1", "-B", "1")
	run(flood, NEAR, str(count), "0")
	_, counts = r.end(seconds=60)
	assert passed_by(counts) == count and counts["shown"] == 0, counts


lay_cable()
perform([ring, ring_of_two, ring_by_size, ring_by_time, ring_by_interval, one_file, pcap, to_a_pipe, at_most_a_second, killed, full_disk, one_writer, load])
