// SPDX-License-Identifier: BSD-3-Clause
// What the tests share: the board with a radio, and checks that say what they saw.
import { readFileSync } from 'node:fs';
import { Machine } from './machine.js';
import { Wires } from './wires.js';

const folder = process.env.REMORA_EMULATOR;

export function file(name) {
	return readFileSync(`${folder}/${name}`);
}

// The board with our boot ROM and the firmware that was built for the tests.
export function board(options = {}) {
	return new Machine({ rom: `${folder}/bootrom.bin`, image: `${folder}/pico_w/bin/remora.uf2`, ...options });
}

// A radio at the board's wires.
export function wire(machine, radio, options) {
	radio.wires = new Wires(machine, radio, options);
	return radio;
}

let failures = 0;

export function check(what, good, seen = '') {
	if (good)
		return;
	failures++;
	console.log(`FAILED: ${what}${seen === '' ? '' : `\n  seen: ${typeof seen === 'string' ? seen : JSON.stringify(seen)}`}`);
}

export function finish() {
	process.exit(failures ? 1 : 0);
}
