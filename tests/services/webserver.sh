#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# webserver.sh BIN: Linux's ping and curl against our web server: pages, large ones both ways, many at once, bad requests.
. "$(dirname "$0")/net.sh"
command -v curl >/dev/null || skip "curl is missing"
at curl --version >/dev/null

background webserver "$bin/webserver" -i tap0 --no-breakdown --pcap "$dir/trace.pcapng"
until_true at ping -c 1 -W 1 192.168.10.2
at ping -q -i 0.01 -c 50 -s 1400 192.168.10.2 | grep -q ' 0% packet loss' || die "ping lost something"

get() {
	at curl -sS -m 20 "$@"
}

get http://192.168.10.2/ | grep -q "remora's own TCP" || die "no front page"
get http://192.168.10.2/status >"$dir/status"
python3 -m json.tool "$dir/status" >/dev/null || die "/status is no JSON"
grep -q '"reason": "ICMP_ECHO", "count": 51' "$dir/status" || die "/status does not count what came"
[ "$(get -o /dev/null -w '%{http_code}' http://192.168.10.2/none)" = 404 ] || die "not 404"
[ "$(get -o /dev/null -w '%{http_code}' -X DELETE http://192.168.10.2/)" = 405 ] || die "not 405"
[ "$(get -o /dev/null -w '%{http_code}' -H 'Transfer-Encoding: chunked' -H 'Content-Length: 3' -d abc http://192.168.10.2/upload)" = 400 ] ||
	die "a length and chunks at once are not refused"
get -I http://192.168.10.2/bytes/123456789 | grep -qi '^content-length: 123456789' || die "HEAD does not tell the length"

# Two requests on one connection; two hundred connections at once.
[ "$(get -o "$dir/one" -o "$dir/two" -w '%{num_connects}' http://192.168.10.2/bytes/1 http://192.168.10.2/bytes/2)" = 10 ] ||
	die "the connection is not kept"
at python3 - <<'EOF' || die "two hundred connections at once"
import socket
conns = []
for i in range(200):
    s = socket.create_connection(("192.168.10.2", 80), timeout=20)
    conns.append(s)
for i, s in enumerate(conns):
    s.sendall(b"GET /bytes/%d HTTP/1.1\r\nHost: a\r\n\r\n" % (1000 + i))
for i, s in enumerate(conns):
    data = b""
    while len(data.partition(b"\r\n\r\n")[2]) < 1000 + i:
        piece = s.recv(65536)
        assert piece, "closed too early"
        data += piece
    s.close()
EOF

# Fifty million bytes each way.
python3 - "$dir/expected" <<'EOF'
import sys
per = bytes(((i * 167) >> 3) & 255 for i in range(2048))
open(sys.argv[1], "wb").write((per * 24415)[:50000000])
EOF
get -o "$dir/got" http://192.168.10.2/bytes/50000000
same "$dir/got" "$dir/expected"
hash=$(python3 - "$dir/expected" <<'EOF'
import sys
h = 0xcbf29ce484222325
for b in open(sys.argv[1], "rb").read(1000000):
    h = (h ^ b) * 0x100000001b3 & 0xffffffffffffffff
print("%016x" % h)
EOF
)
head -c 1000000 "$dir/expected" >"$dir/million"
get -T "$dir/million" http://192.168.10.2/upload/x | grep -q "1000000 bytes, FNV-1a $hash" || die "the upload is another"
get -H 'Transfer-Encoding: chunked' -T "$dir/million" http://192.168.10.2/upload/x | grep -q "$hash" || die "the upload in chunks is another"
get -T "$dir/expected" http://192.168.10.2/upload/x | grep -q '^50000000 bytes' || die "the large upload"
kill "$last" && wait "$last" 2>/dev/null || true
if command -v capinfos >/dev/null; then
	capinfos -c "$dir/trace.pcapng" >/dev/null || die "the trace cannot be read"
fi
echo "pages, 200 connections, 50 MB each way"
