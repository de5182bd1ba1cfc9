#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# xcurl.sh BIN: xcurl, from a lease to a page, against dnsmasq (DHCP, DNS), chrony (NTP) and nginx.
. "$(dirname "$0")/net.sh"
for program in dnsmasq nginx chronyd; do
	command -v $program >/dev/null || skip "$program is missing"
done

# A name with more addresses than fit into a datagram: the server cuts its answer, and is asked again by TCP.
for i in $(seq 40); do
	ip -n "$ns" address add 10.9.9.$i/32 dev lo
	echo "10.9.9.$i many.example"
done >"$dir/hosts"
background dnsmasq dnsmasq -k --no-resolv --no-hosts --addn-hosts="$dir/hosts" --interface=tap0 --bind-interfaces --user=root --pid-file= \
	--dhcp-range=192.168.10.50,192.168.10.250,255.255.255.0,2m --dhcp-option=option:ntp-server,192.168.10.1 \
	--dhcp-leasefile="$dir/leases" --dhcp-authoritative --no-ping --address=/server.example/192.168.10.1 --cname=alias.example,target.example \
	--host-record=target.example,192.168.10.1
cat >"$dir/chrony.conf" <<EOF
local stratum 5
allow all
bindaddress 192.168.10.1
cmdport 0
pidfile $dir/chronyd.pid
driftfile $dir/drift
EOF
background chrony chronyd -d -x -u root -f "$dir/chrony.conf"
mkdir -p "$dir/www" "$dir/up"
head -c 50000000 /dev/urandom >"$dir/www/large"
echo '<p>small</p>' >"$dir/www/index.html"
cat >"$dir/nginx.conf" <<EOF
daemon off;
user root;
pid $dir/nginx.pid;
error_log stderr;
events {}
http {
	access_log $dir/access.log;
	client_max_body_size 100m;
	client_body_temp_path $dir/up;
	server {
		listen 80;
		root $dir/www;
		location /gone { return 410; }
		location /chunked { gzip on; gzip_types *; chunked_transfer_encoding on; ssi on; ssi_types *; alias $dir/www/; }
		location /up/ { alias $dir/up/; dav_methods PUT; }
	}
}
EOF
echo '<!--# echo var="host" -->, in chunks' >"$dir/www/page.shtml"
background nginx nginx -c "$dir/nginx.conf" -p "$dir"
until_true at curl -s http://192.168.10.1/

xcurl() {
	at "$bin/xcurl" -i tap0 --no-breakdown "$@"
}

# A page, with every step told and traced.
at "$bin/xcurl" -i tap0 --ntp --pcap "$dir/trace.pcapng" http://server.example/ >"$dir/page" 2>"$dir/steps"
same "$dir/page" "$dir/www/index.html"
for step in 'leased 192.168.10.' 'asked for the time' 'give or take' 'resolved to 192.168.10.1' 'connected to server.example' 'fetched /'; do
	grep -q "$step" "$dir/steps" || die "$(cat "$dir/steps"): nothing of '$step'"
done
grep -q 'DHCP' "$dir/steps" && grep -q 'ARP' "$dir/steps" && grep -q 'TCP' "$dir/steps" || die "no breakdown"

at "$bin/xcurl" -i tap0 many.example >"$dir/page" 2>"$dir/steps" || die "$(cat "$dir/steps")"
same "$dir/page" "$dir/www/index.html"
grep -q 'resolved to 10.9.9.' "$dir/steps" || die "another address"
grep -q 'TCP.*(Destination port)=53.*DNS' "$dir/steps" || die "not by TCP"
xcurl alias.example 2>/dev/null >"$dir/page" || die "by an alias"
same "$dir/page" "$dir/www/index.html"
xcurl http://server.example/large 2>/dev/null >"$dir/large"
same "$dir/large" "$dir/www/large"
xcurl server.example/page.shtml server.example/ 2>"$dir/steps" >"$dir/page" || die "two pages"
grep -q 'by the same connection' "$dir/steps" || die "the connection was not kept"
xcurl http://server.example/chunked/page.shtml 2>/dev/null | grep -q '^server.example, in chunks' || die "chunks"
if nginx -V 2>&1 | grep -q http_dav_module; then
	xcurl -T "$dir/www/large" http://server.example/up/copy 2>/dev/null >/dev/null || die "an upload"
	same "$dir/up/copy" "$dir/www/large"
fi
xcurl -addr 192.168.10.249 -host server.example -nopcap 2>"$dir/steps" >/dev/null || die "lneto's spelling"
grep -q 'leased 192.168.10.249' "$dir/steps" || die "not the address that was asked for"

# Codes are curl's.
code() {
	expected=$1
	shift
	status=0
	xcurl "$@" >"$dir/out" 2>"$dir/steps" || status=$?
	[ $status = "$expected" ] || { cat "$dir/steps"; die "xcurl $*: $status, not $expected"; }
}
code 1 https://server.example/
code 3 http://:80/
code 6 http://none.example/
code 7 http://server.example:81/
code 22 -f http://server.example/gone
code 0 http://server.example/gone
code 2 --nonsense
code 2 -m soon server.example
code 45 -i nonsense/ server.example

# The same as curl, of servers that are silent, say nothing, not all, nonsense, or reset; and of files that are none.
background odd python3 -c '
import socket, struct, threading
words = {9001: None, 9002: b"", 9003: b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    9004: b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", 9005: "reset", 9006: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal"}
keep = []
def serve(port, word):
    door = socket.create_server(("192.168.10.1", port))
    while True:
        s = door.accept()[0]
        s.recv(4096)
        if word is None:
            keep.append(s)
            continue
        if word == "reset":
            s.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            s.sendall(word)
        s.close()
for port, word in words.items():
    threading.Thread(target=serve, args=(port, word)).start()'
both() {
	code "$@"
	shift
	status=0
	at curl -sS "$@" >"$dir/out" 2>"$dir/steps" || status=$?
	[ $status = "$expected" ] || die "curl $*: $status, not $expected"
}
until_true at sh -c 'ss -ltnH | grep -q 9006'
both 1 nonsense://192.168.10.1/
both 3 http://:80/
both 7 http://192.168.10.1:81/
both 18 http://192.168.10.1:9003/
both 18 http://192.168.10.1:9006/
both 22 -f http://192.168.10.1/gone
both 26 -T "$dir/none" http://192.168.10.1/
both 28 -m 0.5 http://192.168.10.1:9001/
both 52 http://192.168.10.1:9002/
both 56 http://192.168.10.1:9005/
both 8 http://192.168.10.1:9004/
status=0
at "$bin/xcurl" -i tap0 --no-breakdown http://192.168.10.1/large >/dev/full 2>"$dir/steps" || status=$?
[ $status = 23 ] || die "a full disk: $status"
if command -v tshark >/dev/null; then
	tshark -r "$dir/trace.pcapng" -Y 'frame.comment contains "the address is ours"' 2>/dev/null | grep -q DHCP ||
		die "the trace does not say what became of the packets"
fi
echo "lease, time, name, pages, 50 MB each way"
