# SPDX-License-Identifier: BSD-3-Clause
# need.sh: sourced by the scripts that a stranger runs first. On Debian and its children, need PACKAGE... installs what is
# missing of them; elsewhere it names them and stops (REMORA_NEED=have goes on without looking).
need() {
	[ "${REMORA_NEED:-}" != have ] || return 0
	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		echo "This needs, by Debian's names:" "$@"
		echo "Install them in this system's own way, then run again with REMORA_NEED=have."
		exit 1
	fi

	need_missing=
	for need_package; do
		case $(dpkg-query -W -f '${db:Status-Status}' "$need_package" 2>/dev/null) in
		installed) ;;
		*) need_missing="$need_missing $need_package" ;;
		esac
	done
	[ -n "$need_missing" ] || return 0

	need_sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || { echo "Missing, and neither root nor sudo to install it:$need_missing"; exit 1; }
		need_sudo=sudo
	fi
	echo "Installing with apt, no daemon to be started:$need_missing"
	need_log=$(mktemp)
	if ! need_install $need_missing >"$need_log" 2>&1; then
		tail -n 20 "$need_log"
		echo "apt could not install them; the lines above say why."
		exit 1
	fi
	rm -f "$need_log"
}

# Tests start daemons of their own, in namespaces; this machine's are installed and left alone: Debian asks policy-rc.d
# before it starts one. Its own, where there is one, knows better.
need_install() (
	policy=/usr/sbin/policy-rc.d
	if [ ! -e $policy ]; then
		trap '$need_sudo rm -f $policy' EXIT
		trap 'exit 1' HUP INT TERM
		printf '#!/bin/sh\nexit 101\n' | $need_sudo tee $policy >/dev/null
		$need_sudo chmod 755 $policy
	fi
	apt="$need_sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y"
	$apt update && $apt install --no-install-recommends "$@"
)

# What a build of the programs takes, and what all the tests take on top.
need_build="gcc libc6-dev cmake ninja-build pkg-config libglib2.0-dev libpcap-dev zlib1g-dev libzstd-dev
	libncurses-dev"
need_tests="clang libclang-rt-dev clang-format clang-tidy libcmocka-dev python3 gcc-arm-none-eabi libnewlib-arm-none-eabi
	gcc-s390x-linux-gnu libc6-dev-s390x-cross gcc-aarch64-linux-gnu
	libc6-dev-arm64-cross qemu-user tshark wireshark-common libwireshark-dev libwiretap-dev tcpdump
	iproute2 libcap2-bin valgrind jq gzip zstd zsh fish dpkg-dev file tmux iproute2 iputils-ping procps curl dnsmasq-base nginx-light chrony udhcpc
	isc-dhcp-client nftables nmap qemu-system-arm iputils-arping util-linux"
# The emulated Pico W. A node of another origin brings its own npm, and Debian's would push it out.
command -v npm >/dev/null || need_tests="$need_tests nodejs npm"
