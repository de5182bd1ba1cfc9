#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# servers.sh BIN: our DHCP server leases to other people's clients, our NTP server sets other people's clocks.
. "$(dirname "$0")/net.sh"
ip -n "$ns" address flush dev tap0

background dhcpserver "$bin/dhcpserver" -i tap0 --dns 192.168.10.1 --leases "$dir/leases" --no-breakdown
clients=0
sleep 0.5
if command -v udhcpc >/dev/null; then
	at timeout 20 udhcpc -i tap0 -n -q -f -t 5 -T 1 -s /bin/true >"$dir/udhcpc.log" 2>&1 || die "udhcpc got no lease"
	grep -q '192.168.10.5[0-9]' "$dir/udhcpc.log" || die "udhcpc got another one"
	clients=1
fi
if command -v dhclient >/dev/null; then
	at timeout 30 dhclient -1 -d -sf /bin/true -lf "$dir/dhclient.leases" -pf "$dir/dhclient.pid" tap0 >"$dir/dhclient.log" 2>&1 &
	pids="$pids $!"
	until_true grep -q 'option routers 192.168.10.1' "$dir/dhclient.leases"
	grep -q 'dhcp-lease-time 3600' "$dir/dhclient.leases" || die "dhclient got another lease"
	clients=2
fi
[ $clients -gt 0 ] || skip "neither udhcpc nor dhclient is here"
grep -q '^[0-9]' "$dir/leases" || die "no lease was written down"
kill "$last" && wait "$last" 2>/dev/null || true

command -v chronyd >/dev/null || skip "chronyd is missing"
ip -n "$ns" address add 192.168.10.1/24 dev tap0
background ntpserver "$bin/ntpserver" -i tap0 --no-breakdown
until_true at ping -c 1 -W 1 192.168.10.3
at timeout 30 chronyd -Q -t 20 -u root "pidfile $dir/q.pid" 'server 192.168.10.3 iburst maxsamples 4' >"$dir/chronyd.log" 2>&1 ||
	die "chronyd does not believe us"
offset=$(sed -n 's/.*wrong by \(-\{0,1\}[0-9.]*\) seconds.*/\1/p' "$dir/chronyd.log")
python3 -c "import sys; sys.exit(abs(float('$offset')) > 0.05)" || die "wrong by $offset seconds, says chronyd"
echo "$clients clients have leases; a clock that is off by $offset s"
