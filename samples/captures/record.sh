#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# record.sh [-o DIR] [SCENE...]: records the captures of this directory again, all of them or the scenes named.
#
# Real programs talk to each other over the real kernel. All of it happens in fresh mount, process, host-name and
# network namespaces: nothing on this machine is changed or stopped, and when the script ends, however it ends, the
# kernel takes every process, interface and temporary file away with the namespaces. Addresses, link addresses and
# names are those set aside for documentation (RFC 5737, 3849, 2606); what the machine is called stays outside.
set -eu

here=$(dirname "$(realpath "$0")")

packages='arping:iputils-arping avahi-browse:avahi-utils avahi-daemon:avahi-daemon chronyd:chrony curl:curl
	dbus-daemon:dbus-daemon dhclient:isc-dhcp-client dhcpd:isc-dhcp-server dhcrelay:isc-dhcp-relay
	dig:bind9-dnsutils dnsmasq:dnsmasq-base dnssec-signzone:bind9-utils dumpcap:wireshark-common
	ethtool:ethtool gtlsclient:ngtcp2-client gtlsserver:ngtcp2-server ip:iproute2 named:bind9
	nc:netcat-openbsd nft:nftables nginx:nginx-light openssl:openssl ovs-vsctl:openvswitch-switch
	ping:iputils-ping python3:python3 radvd:radvd socat:socat tcpdump:tcpdump tracepath:iputils-tracepath
	tshark:tshark unshare:util-linux zstd:zstd'

usage() {
	echo "usage: record.sh [-o DIR] [SCENE...]"
	echo "scenes:" "$(cd "$here/scenes" && ls ./*.sh | sed 's,^\./[0-9]*-,,; s,\.sh$,,' | xargs)"
}

out=$here
while getopts o:h option; do
	case $option in
	o) mkdir -p "$OPTARG" && out=$(realpath "$OPTARG") ;;
	h) usage; exit 0 ;;
	*) usage >&2; exit 1 ;;
	esac
done
shift $((OPTIND - 1))

if [ -z "${REMORA_INSIDE-}" ]; then
	PATH=$PATH:/usr/sbin:/sbin
	missing=
	for pair in $packages; do
		command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
	done
	if [ -n "$missing" ]; then
		echo "record.sh: these programs are missing: apt-get install$missing" >&2
		exit 1
	fi
	if [ "$(id -u)" != 0 ]; then
		echo "record.sh: only root may make network namespaces" >&2
		exit 1
	fi
	env -i PATH="$PATH" LC_ALL=C TZ=UTC HOME=/ REMORA_INSIDE=1 \
		unshare --mount --uts --ipc --net --pid --fork --kill-child --mount-proc -- \
		bash "$here/record.sh" -o "$out" -- "$@" &
	world=$!
	trap 'kill -9 $world 2>/dev/null || true' EXIT
	trap 'exit 1' HUP INT TERM
	wait $world
	exit
fi

# From here on we are process 1 of a small world of our own.
run=/run/remora
mount -t tmpfs tmpfs /run
mkdir -p $run/bin $run/www /run/netns /run/dbus
hostname host.remora.example
echo nameserver 192.0.2.1 > $run/resolv.conf
mount --bind $run/resolv.conf /etc/resolv.conf
printf '127.0.0.1 localhost\n' > $run/hosts
mount --bind $run/hosts /etc/hosts
# AppArmor confines these by their path to the directories of the running system; copies may read ours.
for program in chronyd dhclient dhcpd named tcpdump; do
	cp "$(command -v $program)" $run/bin/
done
PATH=$run/bin:$PATH
chmod 755 $run

. "$here/stage.sh"
set -E
trap 'die "failed at ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND"' ERR

recorded=0
for scene in "$here"/scenes/*.sh; do
	name=${scene##*/}; name=${name#*-}; name=${name%.sh}
	[ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
	recorded=$((recorded + 1))
	echo "== $name"
	open_scene
	. "$scene"
	close_scene
done
[ $recorded != 0 ] || { usage >&2; exit 1; }
