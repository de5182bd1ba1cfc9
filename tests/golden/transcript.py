#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
"""transcript.py OUT.pcap: frames as in lneto's published transcript of a page fetch: DHCP, ARP, ICMP, DNS, NTP, TCP, HTTP.

Addresses, ports, flags and lengths are the transcript's; what it does not tell (identifiers, sequence numbers, texts) is made up.
"""
import struct
import sys

US, ROUTER, EVERYONE = "d85ed34303eb", "e84d749f614a", "ffffffffffff"
ZERO, MINE, GATE, ALL = "0.0.0.0", "192.168.1.53", "192.168.1.1", "255.255.255.255"
CLOCK, GOOGLE = "170.210.222.10", "142.251.129.142"
DF, ANY = 0x4000, 0


def ip4(text):
	return bytes(int(n) for n in text.split("."))


def total(data):
	data += b"\0" * (len(data) & 1)
	s = sum(struct.unpack(">%dH" % (len(data) // 2), data))
	while s >> 16:
		s = (s & 0xffff) + (s >> 16)
	return ~s & 0xffff


def ethernet(dst, src, kind, payload):
	return bytes.fromhex(dst + src) + struct.pack(">H", kind) + payload


def ipv4(dst_mac, src_mac, src, dst, flags, proto, payload):
	head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, flags, 64, proto, 0) + ip4(src) + ip4(dst)
	head = head[:10] + struct.pack(">H", total(head)) + head[12:]
	return ethernet(dst_mac, src_mac, 0x0800, head + payload)


def transport(src, dst, proto, segment, at):
	pseudo = ip4(src) + ip4(dst) + struct.pack(">BBH", 0, proto, len(segment))
	return segment[:at] + struct.pack(">H", total(pseudo + segment)) + segment[at + 2:]


def udp(dst_mac, src_mac, src, dst, flags, sport, dport, payload):
	segment = struct.pack(">HHHH", sport, dport, 8 + len(payload), 0) + payload
	return ipv4(dst_mac, src_mac, src, dst, flags, 17, transport(src, dst, 17, segment, 6))


def tcp(dst_mac, src_mac, src, dst, ip_flags, sport, dport, flags, payload=b"", options=b""):
	segment = struct.pack(">HHIIBBHHH", sport, dport, 1508, 77, (20 + len(options)) << 2, flags, 2920, 0, 0)
	segment += options + payload
	return ipv4(dst_mac, src_mac, src, dst, ip_flags, 6, transport(src, dst, 6, segment, 16))


def ping():
	body = bytes(56)
	head = struct.pack(">BBHHH", 8, 0, 0, 1, 1)
	message = head[:2] + struct.pack(">H", total(head + body)) + head[4:] + body
	return ipv4(US, ROUTER, GATE, MINE, DF, 1, message)


def arp(dst_mac, src_mac, op, sender, sender_ip, target, target_ip):
	return ethernet(dst_mac, src_mac, 0x0806, struct.pack(">HHBBH", 1, 0x0800, 6, 4, op) + bytes.fromhex(sender) +
		ip4(sender_ip) + bytes.fromhex(target) + ip4(target_ip))


def dhcp(op, yours, server, options, length):
	message = struct.pack(">BBBBIHH", op, 1, 6, 0, 0x8f3a21c4, 0, 0) + ip4(ZERO) + ip4(yours) + ip4(server) + ip4(ZERO)
	message += bytes.fromhex(US) + bytes(10) + bytes(64) + bytes(128) + bytes.fromhex("63825363")
	for tag, value in options:
		message += bytes([tag, len(value)]) + value
	return (message + b"\xff").ljust(length, b"\0")


def dns(length, response):
	name = b"\x04pool\x03ntp\x03org\0" if length in (41, 105) else b"\x06google\x03com\0"
	message = struct.pack(">HHHHHH", 0x1234, 0x8180 if response else 0x0100, 1, int(response), 0, 0) + name + b"\0\1\0\1"
	if response:
		message += b"\xc0\x0c\0\1\0\1" + struct.pack(">IH", 60, 4) + ip4(CLOCK)
	return message.ljust(length, b"\0")


def ntp(mode, reference, receive, transmit):
	def stamp(seconds):
		return struct.pack(">II", seconds, 0)
	return bytes([0x20 | mode, 0, 0, 0]) + bytes(12) + stamp(reference) + stamp(0) + stamp(receive) + stamp(transmit)


def http(text, length):
	return text.encode().ljust(length, b"x")


def seconds_1900(year_2026_second):
	return 3976214400 + year_2026_second


def frames():
	ask = [(53, b"\1"), (50, ip4(GATE)), (55, bytes([1, 3, 6, 42, 51, 12])), (12, b"remora")]
	request = [(53, b"\3"), (50, ip4(MINE)), (54, ip4(GATE)), (12, b"remora")]
	offer = [(53, b"\2"), (54, ip4(GATE)), (51, struct.pack(">I", 3600)), (3, ip4(GATE)), (6, ip4(GATE))]
	ack = [(53, b"\5")] + offer[1:]
	yield udp(EVERYONE, US, ZERO, ALL, DF, 68, 67, dhcp(1, ZERO, ALL, ask, 286))
	yield ping()
	yield arp(EVERYONE, ROUTER, 1, ROUTER, GATE, "000000000000", MINE) + bytes(18)
	yield udp(US, ROUTER, GATE, MINE, ANY, 67, 68, dhcp(2, MINE, ZERO, offer, 548))
	yield udp(EVERYONE, US, ZERO, ALL, DF, 68, 67, dhcp(1, MINE, ZERO, request, 284))
	yield udp(US, ROUTER, GATE, MINE, ANY, 67, 68, dhcp(2, MINE, ZERO, ack, 548))
	yield arp(EVERYONE, US, 1, US, MINE, "000000000000", GATE)
	yield arp(US, ROUTER, 2, ROUTER, GATE, US, MINE) + bytes(18)
	yield arp(US, ROUTER, 1, ROUTER, GATE, "000000000000", MINE) + bytes(18)
	yield arp(ROUTER, US, 2, US, MINE, ROUTER, GATE)
	yield udp(ROUTER, US, MINE, GATE, DF, 57216, 53, dns(41, False))
	yield udp(US, ROUTER, GATE, MINE, DF, 53, 57216, dns(105, True))
	yield udp(ROUTER, US, MINE, CLOCK, DF, 1023, 123, ntp(3, 0, 0, 0))
	yield udp(US, ROUTER, CLOCK, MINE, ANY, 123, 1023,
		ntp(4, seconds_1900(2584), seconds_1900(3603), seconds_1900(3603)))
	yield udp(ROUTER, US, MINE, GATE, DF, 56316, 53, dns(39, False))
	yield udp(US, ROUTER, GATE, MINE, DF, 53, 56316, dns(55, True))
	mss = b"\2\4\5\xb4"
	yield tcp(ROUTER, US, MINE, GOOGLE, DF, 51982, 80, 0x02, options=mss)
	yield tcp(US, ROUTER, GOOGLE, MINE, DF, 80, 51982, 0x12, options=mss) + bytes(2)
	yield tcp(ROUTER, US, MINE, GOOGLE, DF, 51982, 80, 0x10)
	yield tcp(ROUTER, US, MINE, GOOGLE, DF, 51982, 80, 0x18, b"GET / HTTP/1.1\r\nHost: google.com\r\nUser-Agent: remora\r\n"
		b"Accept: text/html\r\nConnection: close\r\nDNT: 1\r\n\r\n"[:200])
	yield tcp(US, ROUTER, GOOGLE, MINE, ANY, 80, 51982, 0x10) + bytes(6)
	yield tcp(US, ROUTER, GOOGLE, MINE, ANY, 80, 51982, 0x18,
		http("HTTP/1.1 301 Moved Permanently\r\nLocation: http://www.google.com/\r\n"
			"Content-Type: text/html\r\nContent-Length: 708\r\n\r\n", 792))
	yield tcp(US, ROUTER, GOOGLE, MINE, ANY, 80, 51982, 0x11) + bytes(6)
	yield tcp(ROUTER, US, MINE, GOOGLE, DF, 51982, 80, 0x10)


def main():
	with open(sys.argv[1], "wb") as out:
		out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
		for n, frame in enumerate(frames()):
			out.write(struct.pack("<IIII", 1767229198 + n, 0, len(frame), len(frame)) + frame)


main()
