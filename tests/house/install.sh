#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# install.sh BINARY_DIR: what is installed is enough, wherever it is moved to: samples/breakdown.c builds against it with
# pkg-config and with CMake and takes a frame apart.
set -eu
build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
work=$build/install-test
frame=e84d749f614ad85ed34303eb08004500002c0001400040062f81c0a801358efb818ecb0e0050000005e40000000060020b6800000000020405b40000

fail() {
	echo "$1"
	exit 1
}

# The library comes from the build without sanitizers, the rest from this one.
rm -rf "$work"
mkdir -p "$work/pkg-config" "$work/cmake"
cmake --install "$build" --prefix "$work/first" >/dev/null
cmake --install "$build/targets/stack" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/prefix"
prefix=$work/prefix
for file in bin/remora include/remora/remora.h lib/libremora.a share/man/man1/remora.1 share/doc/remora/copyright \
	share/bash-completion/completions/remora share/zsh/site-functions/_remora share/fish/vendor_completions.d/remora.fish; do
	[ -s "$prefix/$file" ] || fail "$file is not installed"
done
"$prefix/bin/remora" --version
bash -n "$prefix/share/bash-completion/completions/remora"

export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
cc -Wall -Werror "$source/samples/breakdown.c" $(pkg-config --cflags --libs remora) -o "$work/pkg-config/breakdown"

cat >"$work/cmake/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.25)
project(stranger LANGUAGES C)
find_package(remora REQUIRED)
add_executable(breakdown $source/samples/breakdown.c)
target_link_libraries(breakdown remora::remora)
END
cmake -G Ninja -S "$work/cmake" -B "$work/cmake/build" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
cmake --build "$work/cmake/build"

for program in pkg-config/breakdown cmake/build/breakdown; do
	"$work/$program" $frame >"$work/said"
	grep -q 'Ethernet.*IPv4.*TCP.*(Source port)=51982' "$work/said" || fail "$program does not see a SYN: $(cat "$work/said")"
done
cat "$work/said"
