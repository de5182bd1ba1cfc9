// SPDX-License-Identifier: BSD-3-Clause
// Which part of the sources the firmware's flash comes from: each instruction by the line that it was compiled from, wherever
// that was inlined. Tables and texts are one part, since constants do not say where they are from.
import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = [
	['the program', /^samples\/pico_w\//],
	['the board', /^stack\/platform\//],
	["the radio's driver", /^stack\/drivers\//],
	['TCP', /^stack\/(net\/tcp_|include\/remora\/(segment|tcb|net_tcp)\.h)/],
	['HTTP', /^stack\/(net|proto)\/http/],
	['DHCP, DNS, NTP', /^stack\/(net|proto)\/(dhcp|dns|ntp)/],
	['the rest of the stack', /^stack\//],
];

// Bytes of code by part, of all that an ELF file has.
export function codeByPart(elf) {
	const run = (command, words, input) => execFileSync(command, words, { input, maxBuffer: 1 << 26 }).toString().split('\n');
	const code = [...run('arm-none-eabi-objdump', ['-d', '--no-show-raw-insn', elf]).join('\n').matchAll(/^ *([0-9a-f]+):\t/gm)].map(([, at]) => at);
	const files = run('arm-none-eabi-addr2line', ['-e', elf], code.join('\n')).map((line) => relative(ROOT, line));
	const bytes = new Map(PARTS.map(([name]) => [name, 0]).concat([['the SDK and libraries', 0]]));

	code.forEach((at, i) => {
		const step = parseInt(code[i + 1], 16) - parseInt(at, 16);
		const [name] = PARTS.find(([, pattern]) => pattern.test(files[i])) ?? ['the SDK and libraries'];
		bytes.set(name, bytes.get(name) + (step <= 4 ? step : 2));
	});
	return bytes;
}
