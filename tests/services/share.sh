#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# share.sh BIN: httptap on an interface that the kernel has already: guests lease from the network's own server, fetch pages
# from it, and are reached from there; the kernel's own traffic goes on.
. "$(dirname "$0")/net.sh"
for program in dnsmasq python3 setpriv curl; do
	command -v $program >/dev/null || skip "$program is missing"
done
beyond lan0
ip netns exec "$ns-out" dnsmasq -k --no-resolv --no-hosts --interface=eth0 --bind-interfaces --user=root --pid-file= --no-ping \
	--dhcp-range=203.0.113.50,203.0.113.59,255.255.255.0,2m --dhcp-leasefile="$dir/leases" --dhcp-authoritative \
	--address=/far.example/203.0.113.2 >"$dir/dnsmasq.log" 2>&1 &
pids="$pids $!"
mkdir "$dir/www"
head -c 300000 /dev/urandom >"$dir/www/page"
ip netns exec "$ns-out" python3 -m http.server -d "$dir/www" 8000 >"$dir/far.log" 2>&1 &
pids="$pids $!"
background httptap "$bin/httptap" -i lan0
until_true at curl -s http://127.0.0.1:7070/info
until_true at curl -s http://203.0.113.2:8000/page
at curl -s http://127.0.0.1:7070/info | grep -q '"IPPrefix":"203.0.113.1/24"' || die "another prefix"
unprivileged() {
	at setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs "$@"
}
unprivileged "$bin/xcurl" -ihttp --no-breakdown http://far.example:8000/page >"$dir/page" 2>"$dir/steps" || die "$(cat "$dir/steps")"
same "$dir/page" "$dir/www/page"
grep -q 'leased 203.0.113.5' "$dir/steps" || die "another lease"
background webserver setpriv --reuid 65534 --regid 65534 --clear-groups "$bin/webserver" --http-tap http://127.0.0.1:7070 \
	--addr 203.0.113.9/24 --no-breakdown
out() {
	ip netns exec "$ns-out" curl -sS -m 10 "$@"
}
until_true out -o "$dir/bytes" http://203.0.113.9/bytes/100000
[ "$(wc -c <"$dir/bytes")" = 100000 ] || die "pages of a guest's"
at curl -sS -m 5 -o "$dir/own" http://203.0.113.2:8000/page || die "the kernel is cut off"
same "$dir/own" "$dir/www/page"
echo "guests on a network of others"
