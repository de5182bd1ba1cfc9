#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# aarch64.sh: what asks the kernel for things that differ from machine to machine (system calls by number, most of all) compiles
# for a 64-bit ARM, too; and what is allowed and refused by its list of system calls is looked through with that machine's numbers,
# under qemu-user, which has no seccomp of its own. No kernel of an ARM has run it.
set -eu
cd "$(dirname "$0")/../.."
compiler=aarch64-linux-gnu-gcc
command -v $compiler >/dev/null || { echo "skipped: $compiler is missing"; exit 77; }
for source in analyzer/guard/*.c analyzer/live/*.c analyzer/file/relay.c analyzer/file/nameless.c; do
	# GLib's headers are this machine's, whose types are as wide.
	$compiler -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -fsyntax-only -Ianalyzer -Istack/include \
		$(pkg-config --cflags glib-2.0) "$source"
done
command -v qemu-aarch64 >/dev/null || { echo "skipped: qemu-aarch64 is missing"; exit 77; }
calls=$(mktemp)
trap 'rm -f "$calls"' EXIT
$compiler -static -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -Ianalyzer -Istack/include tests/tools/calls.c -o "$calls"
qemu-aarch64 "$calls"
