#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""views.py PLUGIN: our fields wherever Wireshark shows fields: -T fields, JSON, columns, filters, Decode As, heuristics, expert
items, sharkd; and what the preferences do."""

import json
import struct
import sys

import host

ETHERNET = bytes.fromhex("020000000002 020000000001 0800")


def sum16(data):
	total = sum(struct.unpack(f"!{len(data) // 2}H", data))
	while total >> 16:
		total = (total & 0xffff) + (total >> 16)
	return total ^ 0xffff


def datagram(payload, port):
	"""A frame with a UDP datagram to a port."""
	udp = struct.pack("!4H", 40000, port, 8 + len(payload), 0) + payload
	head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2]))
	return ETHERNET + head[:10] + struct.pack("!H", sum16(head)) + head[12:] + udp


def write(there, name, *frames, link=1):
	path = there.folder / name
	records = b"".join(struct.pack("<4I", 0, 0, len(frame), len(frame)) + frame for frame in frames)
	path.write_bytes(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, link) + records)
	return path


def fields(there, checks):
	"""-T fields: values as Wireshark writes its own."""
	keys = ("eth.dst", "ip.src", "ip.ttl", "ip.id", "ip.flags.df", "udp.srcport", "dns.id", "dns.qry.name", "dns.flags.rcode")
	ask = [option for key in keys for option in ("-e", key, "-e", "remora." + key)]
	rows = there.lines("-r", there.capture(host.SAMPLES / "dns.pcapng"), "-Y", "dns && udp", "-T", "fields", *ask)
	for row in rows:
		column = row.split("\t")
		checks.same(column[1::2], column[0::2], f"-T fields {keys}")
	checks.expect(len(rows) > 10, "frames of DNS")


def as_json(there, checks):
	"""-T json -J remora: layers below ours, each key with its value."""
	said = there.lines("-r", there.capture(host.SAMPLES / "first-light.pcapng"), "-T", "json", "-J", "remora", "--no-duplicate-keys")
	packets = json.loads("\n".join(said))
	seen = set()

	def walk(node):
		for key, value in node.items():
			seen.add(key)
			for child in value if isinstance(value, list) else [value]:
				if isinstance(child, dict):
					walk(child)

	for packet in packets:
		layers = packet["_source"]["layers"]
		if checks.expect("remora" in layers, "a packet without remora in JSON"):
			walk(layers["remora"])
	for key in ("remora.ip.ttl", "remora.tcp.flags.syn", "remora.dns.qry.name", "remora.http.request.method",
		"remora.dhcp.option.type", "remora.ntp.stratum", "remora.breakdown"):
		checks.expect(key in seen, f"{key} is not in the JSON")


def columns(there, checks):
	"""A custom column fills in every frame, in tshark's one-line summary."""
	form = 'gui.column.format:"No.","%m","B","%Cus:remora.breakdown:0:R","T","%Cus:remora.ip.ttl:0:R"'
	rows = there.lines("-r", there.capture(host.SAMPLES / "udp.pcapng"), "-o", form)
	for row in rows:
		checks.expect("[Ethernet len=14" in row, f"column of {row}")
	checks.expect(any(row.rstrip().endswith(" 64") for row in rows), "a column of remora.ip.ttl")


def decode_as(there, checks):
	"""-d: one of our protocols where Wireshark's own would not be, or in place of it."""
	odd = write(there, "odd.pcap", datagram(bytes([0x23, 2, 6, 0xec]) + bytes(44), 4123))
	usual = ("-o", "remora.tree:FALSE", "-T", "fields", "-e", "frame.protocols", "-e", "_ws.col.Protocol")
	checks.same(there.lines("-r", odd, *usual, "-e", "remora.ntp.stratum"), ["eth:ethertype:ip:udp:data\tUDP\t"], "as it is")
	chosen = there.lines("-r", odd, "-d", "udp.port==4123,remora.ntp", *usual, "-e", "remora.ntp.stratum")
	checks.same(chosen, ["eth:ethertype:ip:udp:remora.ntp\tNTP\t2"], "udp.port==4123,remora.ntp")
	query = bytes.fromhex("123401000001000000000000" "0672656d6f7261" "0474657374" "00" "00010001")
	odd = write(there, "query.pcap", datagram(query, 4053))
	found = there.lines("-r", odd, "--disable-heuristic", "dns_udp", "--enable-heuristic", "remora_dns_udp", *usual,
		"-e", "remora.dns.qry.name")
	checks.same(found, ["eth:ethertype:ip:udp:remora.dns\tDNS\tremora.test"], "--enable-heuristic remora_dns_udp")
	name = b"remora.dns\0\0"
	pdu = write(there, "pdu.pcap", struct.pack("!2H", 12, len(name)) + name + bytes(4) + query, link=252)
	checks.same(there.lines("-r", pdu, *usual, "-e", "remora.dns.qry.name")[0].split("\t")[1:], ["DNS", "remora.test"],
		"an exported PDU that names its dissector")
	odd = write(there, "user.pcap", datagram(query, 53), link=147)
	user = ("-o", 'uat:user_dlts:"User 0 (DLT=147)","remora.eth","0","","0",""')
	seen = there.lines("-r", odd, *user, *usual, "-e", "_ws.col.Source", "-e", "_ws.col.Destination", "-e", "remora.ip.dst")
	checks.same(seen, ["user_dlt:remora.eth\tDNS\t192.0.2.1\t192.0.2.2\t192.0.2.2"], "a link type of one's own")
	odd = write(there, "short.pcap", datagram(b"", 53)[:14 + 24])
	seen = there.lines("-r", odd, "-d", "ip.proto==17,remora.udp", *usual)
	checks.same(seen[0].split("\t")[1], "UDP", "the protocol of a datagram that is cut")
	web = there.capture(host.SAMPLES / "http.pcapng")
	asked = ("-Y", "http.request || remora.http.request.method", "-o", "remora.tree:FALSE", "-T", "fields",
		"-e", "remora.http.request.method")
	heads = there.lines("-r", web, "-d", "tcp.port==8080,remora.http", "-d", "tcp.port==80,remora.http", *asked)
	checks.expect("GET" in heads, f"tcp.port==80,remora.http: {heads}")


def expert(there, checks):
	"""What a packet does wrong is an expert item with a name of its own, where Wireshark raises none in its stead."""
	lying = bytearray(datagram(b"x" * 8, 9))
	lying[14 + 10] ^= 0xff          # the sum of IP
	worse = lying[:14 + 26] + b"\1\1" + lying[14 + 28:]           # and that of UDP
	good, cut = datagram(b"z" * 8, 9), datagram(b"y" * 8, 9)[:14 + 6]
	bad = write(there, "bad.pcap", good, bytes(lying), cut, bytes(worse), good, bytes(lying))
	quiet = ("-o", "ip.check_checksum:FALSE", "-o", "udp.check_checksum:FALSE")
	named = there.lines("-r", bad, *quiet, "-Y", "remora.error.checksum", "-T", "fields", "-e", "frame.number",
		"-e", "remora.error.checksum")
	checks.same(named, ["2\t1", "4\t1,1", "6\t1"], "frames with remora.error.checksum, and how many")
	any_of = there.lines("-r", bad, *quiet, "-Y", "_ws.expert.severity == error", "-T", "fields", "-e", "frame.number")
	checks.same(any_of, ["2", "3", "4", "6"], "frames with an expert item of anybody's")
	table = there.lines("-r", bad, *quiet, "-q", "-z", "expert")
	checks.expect(any(row.split() == "4 Checksum remora The checksum is wrong".split() for row in table), f"-z expert: {table}")
	loud = ("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:FALSE")
	for how in (("-Y", "remora.error.checksum"), ("-O", "remora"), ("-q", "-z", "expert")):
		said = [line for line in there.lines("-r", bad, *loud, *how) if "remora.error" in line or "checksum is wrong" in line]
		checks.same(said, [], f"{how} beside Wireshark's own complaint")


def preferences(there, checks):
	"""remora.tree switches the tree off, remora.layers chooses from it."""
	path = there.capture(host.SAMPLES / "dns.pcapng")
	shown = ("-r", path, "-c", "20", "-V")
	heads = [line for line in there.lines(*shown) if line.startswith("remora:")]
	checks.same(len(heads), 20, "trees of ours")
	off = there.lines(*shown, "-o", "remora.tree:FALSE")
	checks.expect(not [line for line in off if line.startswith("remora")], "remora.tree:FALSE")
	checks.same(off, there.lines(*shown, plugin=False), "-V with the tree switched off")
	some = there.lines(*shown, "-o", "remora.layers:ip,udp", "-O", "remora")
	titles = {line.split(",")[0].strip() for line in some if line.startswith("    ") and line[4] not in " ["}
	checks.same(titles, {"Internet Protocol", "User Datagram Protocol"}, "layers that remora.layers:ip,udp shows")
	odd = there.run("tshark", *shown, "-o", "remora.layers:ip,no", "-O", "remora")
	checks.same((odd.returncode, odd.stderr.count(b'no layer "no"')), (0, 1), f"a layer that is none: {odd.stderr}")
	less = there.lines("-r", path, "-c", "20", "--disable-protocol", "remora.ip", "-T", "fields", "-e", "remora.ip.ttl", "-e", "remora.udp")
	checks.expect(any(row.strip() for row in less) and all(row.startswith("\t") for row in less), "--disable-protocol remora.ip")


def daemon(there, checks):
	"""sharkd, which graphical front ends talk to, gives our tree, filters and columns."""
	path = there.capture(host.SAMPLES / "http.pcapng")
	load, all_rows, some, frame, check = there.sharkd([
		("load", {"file": str(path)}), ("frames", {}), ("frames", {"filter": "remora.http.request.method == \"GET\""}),
		("frame", {"frame": 1, "proto": True}), ("check", {"filter": "remora.ip.ttl == 64"})])
	checks.same(load, {"status": "OK"}, "sharkd's load")
	checks.same(check, {"status": "OK"}, "sharkd's check of a filter")
	checks.expect(0 < len(some) < len(all_rows), "frames that sharkd selects")
	ours = [node for node in frame["tree"] if node["l"].startswith("remora")]
	if checks.same(len(ours), 1, "trees of ours in sharkd"):
		checks.expect(all("h" in node for node in ours[0]["n"][:-1]), "layers know their bytes")
		checks.expect("remora.eth.dst" in json.dumps(ours), "sharkd's filters for our fields")


def main():
	there, checks = host.Host(sys.argv[1]), host.Checks()
	for part in (fields, as_json, columns, decode_as, expert, preferences, daemon):
		part(there, checks)
	checks.end()


main()
