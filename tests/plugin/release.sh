#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# release.sh [SUITE…]: the plugin on the Wireshark of other Debian releases (trixie), whose packages are unpacked into a scratch
# folder beside the system's own and run from there; then on the system's own, by both ways that CMake finds Wireshark; then
# takes the screenshot. The cross-check goes over every capture at hand, as in the tests. Goes by the mirror of the system's own
# apt sources, and is run by root, who can be nobody. Results are printed; plugin/README.md has the last ones. WORK=FOLDER keeps
# what was unpacked and built.
set -eu
cd "$(dirname "$0")/../.."
source=$(pwd)
work=${WORK:-$(mktemp -d)}
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
chmod 755 "$work"
work=$(cd "$work" && pwd)
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)

fetch() { # SUITE: its Wireshark, and what that needs, in $work/SUITE/root
	place=$work/$1
	[ ! -e "$place/unpacked" ] || return 0
	mkdir -p "$place/root" "$place/apt/etc/apt/apt.conf.d" "$place/apt/etc/apt/preferences.d" \
		"$place/apt/var/lib/apt/lists/partial" "$place/apt/var/cache/apt/archives/partial" "$place/apt/var/lib/dpkg"
	: >"$place/apt/var/lib/dpkg/status"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main" >"$place/apt/etc/apt/sources.list"
	cat >"$place/apt/apt.conf" <<-END_CONF
		Dir "$place/apt";
		Dir::State::status "$place/apt/var/lib/dpkg/status";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::Check-Valid-Until "false";
	END_CONF
	APT_CONFIG=$place/apt/apt.conf apt-get -q update >"$place/apt.log" 2>&1 &&
		APT_CONFIG=$place/apt/apt.conf apt-get -q -y -d install --no-install-recommends tshark wireshark-common \
			libwireshark-dev libwiretap-dev libwsutil-dev wireshark-dev >>"$place/apt.log" 2>&1 || {
		tail -n 5 "$place/apt.log"
		return 1
	}
	for package in "$place"/apt/var/cache/apt/archives/*.deb; do
		case ${package##*/} in          # the system's tools go with the system's C library
		libc6-dev_* | linux-libc-dev_* | libcrypt-dev_* | gcc* | libgcc-*-dev_* | python3* | perl* | pkg*) ;;
		*) dpkg-deb -x "$package" "$place/root" ;;
		esac
	done
	: >"$place/unpacked"
}

wrapper() { # SUITE: a command that runs a program of that release with its own libraries
	cat >"$work/$1/run" <<-END_RUN
		#!/bin/sh
		root=$work/$1/root lib=$work/$1/root/usr/lib/$(gcc -print-multiarch) program=\$1
		shift
		export WIRESHARK_DATA_DIR=\$root/usr/share/wireshark
		exec "\$lib/ld-linux-x86-64.so.2" --library-path "\$lib" "\$root/usr/bin/\$program" "\$@"
	END_RUN
	chmod 755 "$work/$1/run"
}

build() { # FOLDER OPTION…: the plugin in FOLDER/plugin
	folder=$1
	shift
	cmake --fresh -G Ninja -S "$source" -B "$folder" -DREMORA_ANALYZER=OFF -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Release \
		-DCMAKE_C_FLAGS_RELEASE='-O2 -g -Werror' "$@" >"$folder.log" 2>&1 &&
		cmake --build "$folder" >>"$folder.log" 2>&1 || { tail -n 20 "$folder.log"; return 1; }
}

judge() { # NAME PLUGIN TEST [OPTION…]
	name=$1 plugin=$2 test=$3
	shift 3
	if python3 "tests/plugin/$test" "$plugin" "$@" >"$work/said" 2>&1; then
		echo "$name: $test: $(tail -n 2 "$work/said" | paste -s -d " ")"
	else
		echo "$name: $test: FAILED"
		tail -n 20 "$work/said"
		failed=1
	fi
}

all() { # NAME PLUGIN
	judge "$1" "$2" load.py
	judge "$1" "$2" views.py
	judge "$1" "$2" same_frames.py --every 10
	judge "$1" "$2" harm.py --files 30
}

failed=
for suite in ${*:-trixie}; do
	fetch "$suite" || { echo "$suite: its packages cannot be had"; failed=1; continue; }
	wrapper "$suite"
	root=$work/$suite/root lib=$work/$suite/root/usr/lib/$(gcc -print-multiarch)
	export PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_LIBDIR="$lib/pkgconfig:$root/usr/share/pkgconfig"
	for way in pkg-config find_package; do
		options="-DCMAKE_PREFIX_PATH=$root/usr"
		[ $way = find_package ] || options="$options -DCMAKE_DISABLE_FIND_PACKAGE_Wireshark=ON"
		if build "$work/$suite/$way" $options; then
			echo "$suite: $way: $(sed -n 's/^-- remora: //p' "$work/$suite/$way.log")"
		else
			echo "$suite: $way: FAILED"
			failed=1
		fi
	done
	unset PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_LIBDIR
	export REMORA_WIRESHARK_RUN="$work/$suite/run"
	"$work/$suite/run" tshark --version 2>/dev/null | head -n 1
	all "$suite" "$work/$suite/pkg-config/plugin/remora.so"
	judge "$suite" "$work/$suite/pkg-config/plugin/remora.so" crosscheck.py
	unset REMORA_WIRESHARK_RUN
done

build "$work/own" -DCMAKE_DISABLE_FIND_PACKAGE_Wireshark=ON
all own "$work/own/plugin/remora.so"
judge own "$work/own/plugin/remora.so" crosscheck.py
if build "$work/own-config" -DCMAKE_REQUIRE_FIND_PACKAGE_Wireshark=ON; then
	judge own-config "$work/own-config/plugin/remora.so" load.py
else
	echo "own-config: wireshark-dev is not here, find_package was not tried"
fi
if command -v wireshark >/dev/null && command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
	sh tests/plugin/screenshot.sh "$work/own/plugin/remora.so" plugin/screenshot.png
else
	echo "no screenshot: it needs wireshark, xvfb, xdotool, imagemagick"
fi
[ -z "$failed" ]
