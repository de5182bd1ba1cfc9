#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# build.sh: build the fuzz targets into build/fuzz/bin with clang.
set -eu
cd "$(dirname "$0")/../.."

skip() {
	echo "skipped: $1"
	exit 77
}
command -v clang >/dev/null || skip "clang is missing"
runtime=$(clang -fsanitize=fuzzer -### -x c /dev/null 2>&1 | grep -o '"[^"]*libclang_rt.fuzzer[^"]*\.a"' | head -n 1 | tr -d '"')
[ -n "$runtime" ] && [ -f "$runtime" ] || skip "clang's fuzzer runtime is missing (libclang-rt-dev)"

cmake --preset fuzz
cmake --build --preset fuzz
