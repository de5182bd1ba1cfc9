// SPDX-License-Identifier: BSD-3-Clause
// Figures of the firmware with our own stack as its only peer, in emulated time: processor clocks for a full frame, bytes on
// the bus, memory. They are the same in each run; figures.json has them, and what grows by 2 % fails.
// `test_figures.js PEER write` takes those of this run for the ones to hold. The clocks are the whole program's while it is
// awake, its server, its console and the frames of acknowledgments included; asleep it waits for the bus and for the air.
// The bus's bytes are those of the full frames and of all that is asked around them, commands, padding and status; other
// frames, acknowledgments above all, are told beside them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { codeByPart } from './parts.js';
import { check, finish, pico } from './testing.js';
import { Peer } from './peer.js';

const [, , program, write] = process.argv;
const GOALS = { flash: 80000, ram: 40000, stack: 4096, received_clocks: 12000, sent_clocks: 12000, received_bus: 1.06, sent_bus: 1.06 };
const folder = process.env.REMORA_EMULATOR;
const FLASH = 0x10000000, RAM = 0x20000000, LOADED = ['.data', '.scratch_x', '.scratch_y'];

// The image without the radio's own: what is loaded from flash, and what stands in memory: all sections there, the heap that
// nobody needs and the 4 kB for calls among them.
function sizes() {
	const sections = execFileSync('arm-none-eabi-size', ['-A', `${folder}/pico_w/bin/remora.elf`]).toString()
		.matchAll(/^(\.\S+) +([0-9]+) +([0-9]+)$/gm);
	let flash = 0, ram = 0;
	for (const [, name, size, at] of sections) {
		if (at >= RAM)
			ram += Number(size);
		if (at >= FLASH && (at < RAM || LOADED.includes(name)))
			flash += Number(size);
	}
	const radio = ['firmware.bin', 'clm.bin', 'nvram.txt'].reduce((sum, name) => sum + readFileSync(`${folder}/${name}`).length, 0);
	return { flash: flash - radio, ram };
}

const figures = sizes();
const code = codeByPart(`${folder}/pico_w/bin/remora.elf`);
code.set('tables and texts', figures.flash - [...code.values()].reduce((sum, n) => sum + n));
code.forEach((n, name) => console.log(`${name.padEnd(23)} ${String(n).padStart(6)} bytes of flash`));
let peer = null;
const { machine, radio, expect } = pico({ air: { send: (frame) => peer.send(frame) } });
peer = new Peer(program, machine, radio);

expect(null, 'radio: ready', 5);
expect('join remora "sharks and fish"', 'radio: up', 5);
expect(null, 'address: ', 10);
expect(null, 'time: ', 10);
const address = /address: ([0-9.]+)/.exec(machine.uart)[1];

// Clocks in which the processor did not sleep, and bytes on the bus, for each full frame.
function measure(name, way, run) {
	machine.run(1);
	const before = { awake: machine.cycles - machine.asleep, words: radio.words, short: radio.short, full: peer.full[way], seconds: machine.seconds };
	run();
	const frames = peer.full[way] - before.full;
	const awake = machine.cycles - machine.asleep - before.awake, seconds = machine.seconds - before.seconds;
	figures[`${name}_clocks`] = Math.round(awake / frames);
	const bus = (words) => Number((words * 4 / (frames * 1500)).toFixed(4));
	const words = radio.words - before.words, short = radio.short - before.short;
	figures[`${name}_bus`] = bus(words - short);
	console.log(`${name}: ${frames} full frames in ${seconds.toFixed(3)} s, the processor awake for ${(100 * awake / machine.chip.clkSys / seconds).toFixed(1)} %,`
		+ ` ${bus(words)} bytes on the bus for each of theirs with all other frames`);
}

measure('received', 'down', () => expect('get http://192.168.77.1:8080/', 'get: 200, 300000 bytes', 20));
measure('sent', 'up', () => {
	for (let i = 1; i <= 4; i++) {
		peer.fetch(address);
		machine.run(5, () => (machine.news = true, peer.fetched >= i * 62400));
	}
});
check('four long pages', peer.fetched >= 4 * 62400, peer.fetched);
expect('status', 'call stack at most ', 5);
machine.run(0.01);
figures.stack = Number(/call stack at most ([0-9]+)/.exec(machine.uart)[1]);
check('the radio has nothing to complain about', radio.refused.length === 0, radio.refused);
peer.end();

const kept = new URL('figures.json', import.meta.url);
const held = write ? {} : JSON.parse(readFileSync(kept));
for (const [name, value] of Object.entries(figures)) {
	console.log(`${name.padEnd(16)} ${String(value).padStart(8)}  goal ${GOALS[name]}${held[name] === undefined ? '' : `, held ${held[name]}`}`);
	check(`${name} is what it may be (${GOALS[name]})`, value <= GOALS[name], value);
	check(`${name} has not grown by 2 % (${held[name]})`, write || value <= held[name] * 1.02, value);
}
if (write)
	writeFileSync(kept, `${JSON.stringify(figures, null, '\t')}\n`);
finish();
