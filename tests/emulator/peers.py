#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""peers.py RUN.sh FOLDER TEST.js: a test of the emulated board whose access point leads to a TAP in a namespace of its own,
where dnsmasq leases addresses and knows a name, chrony tells the time and nginx has a page. The test's descriptor REMORA_TAP carries the TAP's
frames in both directions, each behind its length in two bytes."""
import fcntl
import os
import pathlib
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "live"))
import stage  # noqa: E402  (what stands beside the live captures' tests)

TAP, US = "air0", "192.168.77.1"
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 2, 0x1000
NGINX = """daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_rlimit_nofile 64;
events {{ worker_connections 32; }}
http {{ access_log off; default_type text/plain; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
server {{ listen {us}:8080; root {folder}/www; }} }}
"""


def open_tap():
	if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
		print("skipped: there is no /dev/net/tun")
		sys.exit(77)
	tap = os.open("/dev/net/tun", os.O_RDWR)
	fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", TAP.encode(), IFF_TAP | IFF_NO_PI))
	quiet = pathlib.Path(f"/proc/sys/net/ipv6/conf/{TAP}/disable_ipv6")
	if os.access(quiet, os.W_OK):
		quiet.write_text("1")
	stage.run("ip", "link", "set", "lo", "up")
	stage.run("ip", "address", "add", f"{US}/24", "dev", TAP)
	stage.run("ip", "link", "set", TAP, "up")
	return tap


def servers(folder):
	www = folder / "www"
	www.mkdir()
	(www / "page").write_text("".join(f"line {i} of a page\n" for i in range(1200)))
	(folder / "nginx.conf").write_text(NGINX.format(folder=folder, us=US))
	yield ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--local=/test/", f"--address=/nginx.test/{US}",
		f"--interface={TAP}", "--except-interface=lo", "--bind-interfaces",
		"--dhcp-range=192.168.77.100,192.168.77.120,1h", f"--dhcp-option=option:ntp-server,{US}", "--leasefile-ro", "--user=root",
		f"--pid-file={folder}/dnsmasq.pid", "--dhcp-authoritative", "--no-ping", f"--log-facility={folder}/dnsmasq.log"]
	yield ["chronyd", "-d", "-x", "-u", "root", "local stratum 3", "allow 192.168.77.0/24", "cmdport 0", f"bindaddress {US}",
		f"pidfile {folder}/chronyd.pid"]
	yield ["nginx", "-c", f"{folder}/nginx.conf", "-e", f"{folder}/nginx.log"]


def relay(tap, test):
	"""Until the other side of the socket has gone."""
	waiting = b""
	while True:
		ready = select.select([tap, test], [], [])[0]
		if tap in ready:
			frame = os.read(tap, 2048)
			test.sendall(struct.pack(">H", len(frame)) + frame)
		if test in ready:
			more = test.recv(65536)
			if not more:
				return
			waiting += more
			while len(waiting) >= 2 and len(waiting) >= 2 + (n := struct.unpack(">H", waiting[:2])[0]):
				os.write(tap, waiting[2 : 2 + n])
				waiting = waiting[2 + n :]


def perform(tap):
	ours, its = socket.socketpair()
	test = subprocess.Popen(["sh", *sys.argv[1:]], env={**os.environ, "REMORA_TAP": str(its.fileno())}, pass_fds=[its.fileno()])
	its.close()
	try:
		relay(tap, ours)
	except (BrokenPipeError, ConnectionResetError):
		pass
	return test.wait()


def main():
	stage.enter()
	os.environ["PATH"] += ":/usr/sbin:/sbin"
	for program in ("dnsmasq", "chronyd", "nginx", "curl", "ping", "ip"):
		if shutil.which(program) is None:
			print(f"skipped: there is no {program}")
			sys.exit(77)
	with tempfile.TemporaryDirectory(prefix="remora-") as name:
		folder = pathlib.Path(name)
		folder.chmod(0o755)
		tap = open_tap()
		running = []
		try:
			for words in servers(folder):
				log = open(folder / f"{words[0]}.out", "w")
				running.append(subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL))
			time.sleep(0.3)
			for server in running:
				assert server.poll() is None, (server.args[0], (folder / f"{server.args[0]}.out").read_text())
			status = perform(tap)
		finally:
			for server in running:
				server.terminate()
			for server in running:
				server.wait(10)
	sys.exit(status)


main()
