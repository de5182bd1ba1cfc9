#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# nat.sh BIN: xcurl, unprivileged, through httptap --nat to a server behind a router that knows nothing of our network.
. "$(dirname "$0")/net.sh"
for program in nft python3 setpriv; do
	command -v $program >/dev/null || skip "$program is missing"
done
at nft list tables >/dev/null 2>&1 || skip "nft does not work here"
beyond wan0
at sysctl -qw net.ipv4.ip_forward=0
mkdir "$dir/www"
echo 'from far away' >"$dir/www/page"
ip netns exec "$ns-out" python3 -m http.server -d "$dir/www" 8000 >"$dir/far.log" 2>&1 &
pids="$pids $!"
background httptap "$bin/httptap" --nat
tap=$last
until_true at curl -s http://127.0.0.1:7070/info
until_true at curl -s http://203.0.113.2:8000/page
at setpriv --reuid 65534 --regid 65534 --clear-groups "$bin/xcurl" -ihttp --no-breakdown http://203.0.113.2:8000/page >"$dir/page" 2>"$dir/steps" ||
	die "$(cat "$dir/steps")"
same "$dir/page" "$dir/www/page"
grep -q '203.0.113.1 ' "$dir/far.log" || die "the server saw our own address: $(cat "$dir/far.log")"
undone() {
	[ -z "$(at nft list tables)" ] && [ "$(at sysctl -n net.ipv4.ip_forward)" = 0 ]
}
kill $tap && wait $tap 2>/dev/null || true
undone || die "left: $(at nft list tables), $(at sysctl net.ipv4.ip_forward)"

# However it ends.
background again "$bin/httptap" --nat
until_true at curl -s http://127.0.0.1:7070/info
undone && die "no NAT"
kill -9 $last && wait $last 2>/dev/null || true
until_true undone
echo "out through NAT, and nothing of it left"
