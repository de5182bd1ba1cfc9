#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# httptap.sh BIN: a TAP by HTTP: its API as lneto's clients know it, guests with leases of their own, an unprivileged xcurl,
# a web server behind it, captures that take nothing from anybody, and callers who must not be heard.
. "$(dirname "$0")/net.sh"
for program in curl dnsmasq nginx setpriv; do
	command -v $program >/dev/null || skip "$program is missing"
done
ip -n "$ns" link del tap0
background httptap "$bin/httptap" --dns 192.168.10.1
tap=$last
until_true at curl -s http://127.0.0.1:7070/info
[ "$(awk '/^Uid:/ { print $2 $3 $4 $5 }' /proc/$tap/status)" = 65534655346553465534 ] || die "it still runs as root"
grep -q '^Seccomp:.*2$' /proc/$tap/status || die "it may call what it likes of the kernel"
grep -q '^CapEff:.*[1-9a-f]' /proc/$tap/status && die "it has capabilities left"

get() {
	at curl -sS -m 15 "$@"
}
status() {
	get -o /dev/null -w '%{http_code}' "$@"
}
url=http://127.0.0.1:7070

# The API.
get $url/info | python3 -c '
import json, sys
i = json.load(sys.stdin)
assert i["MTU"] == 1500 and i["IPPrefix"] == "192.168.10.1/24" and len(i["HardwareAddr"]) == 17 and i["DataReady"] in (True, False), i'
get "$url/info?id=a" >"$dir/a" && get "$url/info?id=b" >"$dir/b" && get "$url/info?id=a" >"$dir/a2"
cmp -s "$dir/a" "$dir/b" && die "two guests have one address"
same "$dir/a" "$dir/a2"
[ "$(get "$url/recv?id=nobody-writes-to-me")" = '""' ] || die "/recv does not answer an empty string"
at python3 "$(dirname "$0")/client.py" $url | grep -q '192.168.10.1 is at' || die "the client in Python"

# Who must not be heard.
[ "$(status -H 'Host: evil.example' $url/info)" = 403 ] || die "another Host"
[ "$(status -H 'Host: 127.0.0.1:7070.evil.example' $url/info)" = 403 ] || die "another Host"
[ "$(status -H 'Origin: http://evil.example' -d '""' $url/send)" = 403 ] || die "an Origin"
[ "$(status -H 'Sec-Fetch-Site: cross-site' $url/recv)" = 403 ] || die "a page of a stranger's"
[ "$(status $url/send)" = 405 ] || die "GET /send"
for body in '' '""' 'x' '"AAAA"' '"!!!!"' '"AAAAAAAAAAAAAAAAAAAAAAAAAAA"' '{"a":1}'; do
	[ "$(status -d "$body" $url/send)" = 400 ] || die "/send takes $body"
done
head -c 200000 /dev/zero | tr '\0' A >"$dir/long"
[ "$(status --data-binary "@$dir/long" $url/send)" = 413 ] || die "a body that is too large"
[ "$(status "$url/info?id=../../etc")" = 503 ] || die "an id that is none"
[ "$(ss -ltnH 'sport = :7070' -N "$ns" 2>/dev/null | awk '{ print $4 }')" = 127.0.0.1:7070 ] || die "it listens to others"

# A guest without privileges fetches pages, while somebody listens.
mkdir -p "$dir/www"
head -c 300000 /dev/urandom >"$dir/www/page"
cat >"$dir/nginx.conf" <<EOF
daemon off;
user root;
pid $dir/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	server { listen 192.168.10.1:80; root $dir/www; }
}
EOF
background nginx nginx -c "$dir/nginx.conf" -p "$dir"
background capture curl -sN --output "$dir/capture.pcapng" $url/capture
capture=$last
until_true at curl -s http://192.168.10.1/
unprivileged() {
	at setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs "$@"
}
unprivileged "$bin/xcurl" --http-tap $url --no-breakdown http://192.168.10.1/page >"$dir/page" 2>"$dir/steps" || die "$(cat "$dir/steps")"
same "$dir/page" "$dir/www/page"
grep -q 'leased 192.168.10.' "$dir/steps" || die "no lease"

# Another guest is a web server: the kernel and a third guest read its pages.
background webserver setpriv --reuid 65534 --regid 65534 --clear-groups "$bin/webserver" --http-tap $url --addr 192.168.10.9/24 --no-breakdown
until_true at curl -sS -m 3 http://192.168.10.9/
get http://192.168.10.9/bytes/100000 | wc -c | grep -qx 100000 || die "pages of a guest's"
unprivileged "$bin/xcurl" --http-tap $url --no-breakdown http://192.168.10.9/bytes/50000 2>/dev/null | wc -c | grep -qx 50000 ||
	die "from guest to guest"
sleep 0.3
kill $capture && wait $capture 2>/dev/null || true
if command -v tshark >/dev/null; then
	for filter in 'dhcp.option.dhcp == 5' 'arp.opcode == 2' 'http.request.uri == "/page"' 'http.request.uri == "/bytes/50000"'; do
		tshark -r "$dir/capture.pcapng" -Y "$filter" 2>/dev/null | grep -q . || die "not captured: $filter"
	done
fi

# A token, and an end that leaves nothing.
kill $tap && wait $tap 2>/dev/null || true
background token "$bin/httptap" --token secret
until_true at curl -s $url/info
[ "$(status $url/info)" = 401 ] || die "without a token"
[ "$(status -H 'Authorization: Bearer Secret' $url/info)" = 401 ] || die "with another token"
[ "$(status -H 'Authorization: Bearer secret' $url/info)" = 200 ] || die "with the token"
kill $last && wait $last 2>/dev/null || true

# An httptap that is not ours.
for kind in old new; do
	at ip tuntap add tap0 mode tap
	at ip address add 192.168.10.1/24 dev tap0
	at ip link set tap0 up
	background "other-$kind" python3 "$here/other_tap.py" tap0 $kind
	other=$last
	until_true at curl -s $url/info
	background "dhcp-$kind" dnsmasq -k --port=0 --interface=tap0 --bind-interfaces --user=root --pid-file= --no-ping \
		--dhcp-range=192.168.10.50,192.168.10.250 --dhcp-leasefile="$dir/leases"
	dhcp=$last
	unprivileged "$bin/xcurl" --http-tap $url --no-breakdown http://192.168.10.1/page >"$dir/page" 2>"$dir/steps" ||
		die "$kind: $(cat "$dir/steps")"
	same "$dir/page" "$dir/www/page"
	kill $dhcp $other && wait $dhcp $other 2>/dev/null || true
	at ip link del tap0
done
echo "guests, leases, captures; strangers are not heard; somebody else's httptap"
