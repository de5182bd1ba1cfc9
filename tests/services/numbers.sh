#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# numbers.sh BIN: how hard nmap finds it to predict our initial sequence numbers: 250 at least.
. "$(dirname "$0")/net.sh"
command -v nmap >/dev/null || skip "nmap is missing"

background webserver "$bin/webserver" -i tap0 --no-breakdown
until_true at ping -c 1 -W 1 192.168.10.2
# nmap's figure is an estimate from six numbers, and now and then says less of random ones; never thrice.
for try in 1 2 3; do
	at nmap -n -Pn -O -v --max-os-tries 1 -p 80,81 192.168.10.2 >"$dir/nmap.log" 2>&1 || die "nmap has failed"
	difficulty=$(sed -n 's/^TCP Sequence Prediction: Difficulty=\([0-9]*\).*/\1/p' "$dir/nmap.log")
	echo "TCP Sequence Prediction: Difficulty=${difficulty:-none}"
	[ "${difficulty:-0}" -lt 250 ] || exit 0
done
die "less than 250"
