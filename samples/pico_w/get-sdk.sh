#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# get-sdk.sh [FOLDER]: brings the Pico SDK as Debian 13 packages it, checked by apt, and unpacks it into FOLDER
# (build/pico-sdk) without installing anything. Prints what to set PICO_SDK_PATH to. Needs apt, a few seconds and 64 MB.
set -eu
folder=${1:-$(dirname "$0")/../../build/pico-sdk}
sdk=$folder/usr/src/pico-sdk
if [ -e "$sdk/pico_sdk_init.cmake" ]; then
	echo "PICO_SDK_PATH=$(cd "$sdk" && pwd)"
	exit 0
fi
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || {
	echo "get-sdk.sh: this system has no apt; get the Pico SDK (2.1 or later) and set PICO_SDK_PATH" >&2
	exit 1
}

# The mirror is the one that apt is configured for; packages of the next release are not installed, only unpacked.
targets() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "$@" 2>/dev/null | grep -v security | head -n 1
}
mirror=$(targets "Codename: $(. /etc/os-release && echo "${VERSION_CODENAME:-}")")
[ -n "$mirror" ] || mirror=$(targets)
[ -n "$mirror" ] || { echo "get-sdk.sh: apt has no lists here; run apt-get update first" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
chmod 755 "$work"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/sources.list"
next() {
	apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
		-o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" "$@" >"$work/log" 2>&1 ||
		{ tail -n 5 "$work/log" >&2; exit 1; }
}
next update
(cd "$work" && next download pico-sdk-source tinyusb-source)
for package in "$work"/*.deb; do
	dpkg-deb -x "$package" "$work/unpacked"
done
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
mv "$work/unpacked" "$folder"
echo "PICO_SDK_PATH=$(cd "$sdk" && pwd)"
