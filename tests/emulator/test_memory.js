// SPDX-License-Identifier: BSD-3-Clause
// The board's memcpy, memmove, memset and memcmp by themselves, as they stand in the image: at every place within a word and
// every length, beside what JavaScript makes of the same bytes; and the clocks that they take.
import { execFileSync } from 'node:child_process';
import { board, check, finish } from './testing.js';

const RAM = 0x20000000, STACK = 0x20040000, BACK = 0x10000101, EDGE = 64;
const { chip } = board();
const { core } = chip;
const symbols = execFileSync('arm-none-eabi-nm', [`${process.env.REMORA_EMULATOR}/pico_w/bin/remora.elf`]).toString();
const memory = chip.sram;
const fresh = Uint8Array.from({ length: 512 }, (_, i) => i * 13 + 5);

// Runs a function on the bytes at the start of memory; its result, and the clocks in which it ran.
function call(name, ...args) {
	core.PC = parseInt(new RegExp(`^([0-9a-f]+) [TW] ${name}$`, 'm').exec(symbols)[1], 16) & ~1;
	args.forEach((value, i) => { core.registers[i] = value; });
	core.SP = STACK;
	core.LR = BACK;
	for (let clocks = 0; clocks < 10000;) {
		clocks += core.executeInstruction();
		if (core.PC === (BACK & ~1))
			return { result: core.registers[0], clocks };
	}
	return { result: -1, clocks: Infinity };
}

// The same done here has to leave the same bytes, those around included.
function same(what, wanted, { result }, to) {
	const is = memory.subarray(0, wanted.length);
	const at = wanted.findIndex((byte, i) => byte !== is[i]);
	check(`${what}: byte ${at} is ${is[at]}, not ${wanted[at]}`, at < 0);
	check(`${what}: returns ${result}`, result === RAM + to);
	return at < 0;
}

function copies(name, to, from, n) {
	memory.set(fresh);
	const wanted = fresh.slice().copyWithin(to, from, from + n);
	return same(`${name} of ${n} bytes from ${from} to ${to}`, wanted, call(name, RAM + to, RAM + from, n), to);
}

function sets(to, n) {
	memory.set(fresh);
	return same(`memset of ${n} bytes at ${to}`, fresh.slice().fill(0xa5, to, to + n), call('memset', RAM + to, 0x1a5, n), to);
}

// The first byte that differs decides, whatever comes behind it.
function compares(a, b, n) {
	memory.set(fresh);
	memory.copyWithin(b, a, a + n);
	let good = call('memcmp', RAM + a, RAM + b, n).result === 0;
	for (let i = 0; i < n && good; i++) {
		memory[b + n - 1] ^= 0xff;
		memory[b + i] = memory[a + i] ^ 0x80;
		good = (call('memcmp', RAM + a, RAM + b, n).result | 0) > 0 === memory[a + i] > memory[b + i];
		memory.copyWithin(b, a, a + n);
	}
	check(`memcmp of ${n} bytes at ${a} and ${b}`, good);
	return good;
}

let good = true;
for (let n = 0; n <= 70 && good; n++)
	for (let a = EDGE; a < EDGE + 4 && good; a++) {
		good = sets(a, n);
		for (let b = 0; b < 4; b++)
			good = good && copies('memcpy', a, 256 + b, n) && copies('memmove', a, 256 + b, n)
				&& (n % 9 !== 0 || compares(a, 256 + b, n));
		for (const near of [-21, -4, -1, 0, 1, 2, 3, 4, 17])
			good = good && copies('memmove', a, a + near, n);
	}
for (const off of [0, 1, 2, 3])
	console.log(`1448 bytes from ${off} bytes behind a word: ${(call('memcpy', RAM + 2048, RAM + 8192 + off, 1448).clocks / 1448).toFixed(2)} clocks each`);
finish();
