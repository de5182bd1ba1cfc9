# SPDX-License-Identifier: BSD-3-Clause
# net.sh: read by the tests of this folder. A machine of their own (a network namespace) with a TAP, on whose other side
# our programs are; what is started ends with the test.
set -eu
here=$(dirname "$0")
bin=$1
dir=$(mktemp -d)
ns=remora-$$
pids=

skip() {
	echo "skipped: $1"
	exit 77
}

end() {
	status=$?
	trap - EXIT
	[ $status = 0 ] || [ $status = 77 ] || tail -n 25 "$dir"/*.log 2>/dev/null || true
	for pid in $pids; do
		kill "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	ip netns del "$ns" 2>/dev/null || true
	rm -rf "$dir"
	exit $status
}

die() {
	echo "$*"
	exit 1
}

[ "$(id -u)" = 0 ] || skip "needs root, for a network namespace and a TAP"
[ -c /dev/net/tun ] || skip "there is no /dev/net/tun"
ip netns add "$ns" 2>/dev/null || skip "no network namespaces here"
trap end EXIT
trap 'exit 1' INT TERM

# at COMMAND...: on that machine
at() {
	ip netns exec "$ns" "$@"
}

# background NAME COMMAND...: on that machine, its words in $dir/NAME.log
background() {
	log=$dir/$1.log
	shift
	ip netns exec "$ns" "$@" >"$log" 2>&1 </dev/null &
	last=$!
	pids="$pids $last"
}

# until_true COMMAND...: for at most half a minute, which who asks a lost question twice may need
until_true() {
	for try in $(seq 300); do
		"$@" >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	die "waited in vain for: $*"
}

# beyond NAME: another machine, $ns-out, in place of the TAP: 203.0.113.2 at the other end of a cable whose end here is NAME
beyond() {
	ip -n "$ns" link del tap0
	ip netns add "$ns-out"
	trap 'ip netns del "$ns-out"; end' EXIT
	ip -n "$ns" link add "$1" type veth peer name eth0 netns "$ns-out"
	ip -n "$ns" address add 203.0.113.1/24 dev "$1"
	ip -n "$ns" link set "$1" up
	ip -n "$ns-out" address add 203.0.113.2/24 dev eth0
	ip -n "$ns-out" link set eth0 up
	ip -n "$ns-out" link set lo up
}

# same FILE FILE
same() {
	cmp "$1" "$2" || die "$1 is not $2"
}

ip -n "$ns" link set lo up
ip -n "$ns" tuntap add tap0 mode tap
ip netns exec "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
ip -n "$ns" address add 192.168.10.1/24 dev tap0
ip -n "$ns" link set tap0 up
