// SPDX-License-Identifier: BSD-3-Clause
// What the tests share: the board with a radio, and checks that say what they saw.
import { readFileSync } from 'node:fs';
import { Machine } from './machine.js';
import { Radio } from './radio.js';
import { Wires } from './wires.js';

const folder = process.env.REMORA_EMULATOR;

export function file(name) {
	return readFileSync(`${folder}/${name}`);
}

// The board with our boot ROM and the firmware that was built for the tests.
export function board(options = {}) {
	return new Machine({ rom: `${folder}/bootrom.bin`, image: `${folder}/pico_w/bin/remora.uf2`, ...options });
}

// Who is on the air, if nobody else is said to be.
const NETWORKS = [
	{ ssid: 'remora', channel: 6, rssi: -48, key: 'sharks and fish' },
	{ ssid: 'open sea', channel: 1, rssi: -70 },
	{ ssid: 'silent', channel: 11, rssi: -80, behaviour: 'silent' },
	{ ssid: 'club', channel: 11, rssi: -60, behaviour: 'refuse' },
];

// A Pico W: the board, a radio at its wires, and an air that keeps what is sent.
export function pico({ delay = 2, flip = 0, air = {}, ...options } = {}) {
	const machine = board(options);
	const networks = NETWORKS.map((network, i) => ({ bssid: Buffer.from([2, 0xaa, 0xbb, 0xcc, 0xdd, i]), ...network }));
	const all = { networks, sent: [], send(frame) { this.sent.push(frame); }, ...air };
	const radio = new Radio(machine, { firmware: file('firmware.bin'), clm: file('clm.bin'), air: all });
	const wires = new Wires(machine, radio, { delay, flip });
	const began = Date.now();
	let seen = 0;

	// Types a line and waits for a text behind it; without a line, behind what was waited for last. Says how long that took.
	const expect = (line, text, seconds = 10) => {
		if (line !== null)
			machine.type(`${line}\r`);
		const from = line === null ? seen : machine.uart.length, since = machine.seconds;
		const good = machine.run(seconds, () => machine.uart.indexOf(text, from) >= 0);
		check(`${line ?? 'waiting'}: "${text}" within ${seconds} s`, good, `${machine.uart.slice(from)}${machine.stopped ?? ''}`);
		seen = good ? machine.uart.indexOf(text, from) + text.length : machine.uart.length;
		console.log(`${machine.seconds.toFixed(2).padStart(7)} s (${((Date.now() - began) / 1000).toFixed(1)} s here)  `
			+ `${line ?? ''} -> ${text}, after ${(machine.seconds - since).toFixed(3)} s`);
		return good;
	};
	return { machine, radio, wires, air: all, expect };
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
