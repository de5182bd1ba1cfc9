#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# run.sh: installs what the tests need and is missing (Debian, Ubuntu), builds with gcc and clang, and runs every test that
# is labelled full. REMORA_LONG=1 runs the long ones too. Where CI=true, a test that is skipped is a failure.
set -eu
cd "$(dirname "$0")/.."
. tests/need.sh
need $need_build $need_tests

jobs=$(nproc)
build() {
	echo "== build: $1"
	cmake --preset "$1" >"build/$1.log" 2>&1 && cmake --build --preset "$1" -j "$jobs" >>"build/$1.log" 2>&1 || {
		tail -n 60 "build/$1.log"
		echo "the build of preset $1 failed; build/$1.log has all of it"
		exit 1
	}
	grep "^-- remora:" "build/$1.log" || :
}
run() {
	preset=$1
	shift
	echo "== test: $preset"
	ctest --preset "$preset" -j "$jobs" --output-junit junit.xml "$@" || exit 1
	if [ "${CI:-}" = true ] && grep -q '<skipped' "build/$preset/junit.xml"; then
		echo "skipped tests count as failed here"
		exit 1
	fi
}

mkdir -p build
build release
build dev-clang
run dev-clang -L '^quick$'
build dev
if [ "${REMORA_LONG:-}" = 1 ]; then
	run dev -L '^(full|long)$'
else
	run dev -L '^full$'
fi
