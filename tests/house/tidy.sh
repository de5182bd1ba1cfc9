#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# tidy.sh [-a] BINARY_DIR [FILE...]: clang-tidy, as .clang-tidy says, over the files that the build knows or over those named;
# with -a its static analyzer too, which takes ten times as long.
set -eu
checks=--checks=-clang-analyzer-*
[ "$1" != -a ] || { checks=--checks=; shift; }
build=$1
shift
cd "$(dirname "$0")/../.."
command -v clang-tidy >/dev/null || { echo "skipped: clang-tidy is missing"; exit 77; }

if [ $# = 0 ]; then
	set -- $(sed -n 's/^ *"file": "\(.*\.c\)",*$/\1/p' "$build/compile_commands.json" | sort -u)
fi
echo "$# files"
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 clang-tidy -p "$build" --quiet "$checks" --extra-arg=-Wno-unknown-warning-option
